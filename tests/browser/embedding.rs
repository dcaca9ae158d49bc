//! The console as a part of other pages: the examples, run as they stand.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use serde_json::json;

use crate::common::host::workspace;
use crate::common::page::Page;
use crate::common::portal::{Part, Portal, build_example, example};
use crate::common::stage::{Scene, Stage, languages};
use crate::common::words::in_language;

fn stage() -> Stage {
    Stage::new().direct().in_language("en")
}

async fn plain(scene: &Scene, tokens: Vec<String>) -> Portal {
    let portal = Portal::serve(example("plain"), tokens).await;
    portal.open(scene).await;
    portal
}

/// Asks for a backup of the MySQL instance.
async fn create(part: &Part<'_>, name: &str) {
    part.type_into("Instance ID", MYSQL).await;
    part.type_into("Backup name", name).await;
    part.press("Create backup").await;
}

async fn events(page: &Page, expected: &[&str]) {
    let condition = format!(
        "JSON.stringify([...document.querySelectorAll('#events li')].map(item => item.innerText)) === {}",
        json!(json!(expected).to_string())
    );
    page.until(&condition, &format!("the portal was told {expected:?}")).await;
}

#[tokio::test]
async fn two_on_a_plain_page_one_with_a_supplied_token() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            let portal = plain(scene, vec![token()]).await;
            let (first, second) = (Part(page, "#first"), Part(page, "#second"));
            first.says("Backups of team A").await;
            assert!(!first.text().await.contains("Token"), "there is no field for a supplied token");
            first.type_into("Instance ID", MYSQL).await;
            first.type_into("Backup name", "by-the-element").await;
            assert!(portal.asked.borrow().is_empty(), "it is asked for when it is needed");
            first.press("Create backup").await;
            first.says("Backup started").await;
            events(page, &["first: backup-created: by-the-element BUILDING"]).await;
            let asked = portal.asked.borrow()[0].clone();
            assert!(asked.contains("endpoint=http%3A%2F%2F127.0.0.1") && asked.contains(PROJECT_ID), "{asked}");
            assert_eq!(scene.sandbox.requests_with(&Method::POST)[0].header("x-auth-token"), token());
            scene.sandbox.finish_backups();
            first.says("Backup completed").await;

            // The other one knows nothing of it: its language, its colours, its own token.
            second.says("Die Antwort der API erscheint hier").await;
            second.type_into("Projekt-ID", PROJECT_ID).await;
            second.type_into("Token", &token()).await;
            second.type_into("Instanz-ID", MYSQL).await;
            second.type_into("Name der Sicherung", "by-the-element").await;
            second.press("Sicherung anlegen").await;
            second.says("Der Name war schon vorher vergeben").await;
            events(
                page,
                &[
                    "first: backup-created: by-the-element BUILDING",
                    "first: backup-finished: by-the-element COMPLETED",
                    "second: backup-refused: by-the-element name_taken",
                ],
            )
            .await;
            let address = page
                .script("return location.href + JSON.stringify([{...localStorage}, {...sessionStorage}]);", vec![])
                .await;
            assert!(
                !address.as_str().unwrap().contains("by-the-element"),
                "address and storage are the portal's: {address}"
            );
        })
        .await;
}

#[tokio::test]
async fn styles_of_portal_and_console_do_not_meet_and_it_brings_no_landmarks() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let (first, second) = (Part(page, "#first"), Part(page, "#second"));
            first.says("Backups of team A").await;
            second.says("Sicherung anlegen").await;
            let looks = "const style = getComputedStyle(root.querySelector('button.primary'));
                 const text = getComputedStyle(root.querySelector('.console'));
                 return [style.borderTopStyle, style.fontStyle, style.textTransform, text.fontSize, text.colorScheme,
                     root.querySelectorAll('header, main, h1, a.skip').length];";
            assert_eq!(first.script(looks).await, json!(["solid", "normal", "none", "15px", "normal", 0]));
            assert_eq!(second.script(looks).await, json!(["solid", "normal", "none", "15px", "dark", 0]));
            let portal = page
                .script(
                    "const input = getComputedStyle(document.querySelector('#project'));
                     return [input.borderTopStyle, getComputedStyle(document.body).fontFamily.split(',')[0], document.documentElement.lang, document.title];",
                    vec![],
                )
                .await;
            assert_eq!(portal, json!(["dotted", "Georgia", "en", "A portal with the backup console"]));
        })
        .await;
}

#[tokio::test]
async fn a_supplied_token_that_is_rejected_or_does_not_come_makes_way_for_the_field() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            for (tokens, words) in [
                (vec![format!("MII{}", "x".repeat(1100))], "The API rejected the token"),
                (vec![String::new()], "The page around this form supplied no token."),
            ] {
                plain(scene, tokens).await;
                let first = Part(page, "#first");
                create(&first, "backup").await;
                first.says(words).await;
                first.type_into("Token", &token()).await;
                first.press("Create backup").await;
                first.says("Backup started").await;
                scene.sandbox.finish_backups();
                scene.sandbox.create_backup(MYSQL, "another");
                scene.sandbox.finish_backups();
                if words.starts_with("The API") {
                    first.says("Backup completed").await;
                    scene.sandbox.forget_backups();
                }
            }
        })
        .await;
}

#[tokio::test]
async fn attributes_and_options_can_change_and_unmounting_aborts() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let first = Part(page, "#first");
            first.type_into("Instance ID", MYSQL).await;
            first.type_into("Backup name", "kept").await;
            page.script("document.querySelector('#first').setAttribute('language', 'de');", vec![]).await;
            first.says("Sicherung anlegen").await;
            assert_eq!(first.field("Name der Sicherung").await.value().await.unwrap().unwrap(), "kept");
            page.script("window.second.set({ title: 'Neuer Titel', theme: 'light' });", vec![]).await;
            Part(page, "#second").says("Neuer Titel").await;
            let hold = scene.sandbox.hold();
            page.script(
                "const send = window.fetch;
                 window.fetch = (request, ...rest) => { if (request.method === 'POST') { window.sent = request; } return send(request, ...rest); };",
                vec![],
            )
            .await;
            first.press("Sicherung anlegen").await;
            scene.sandbox.wait_for_request(&Method::POST).await;
            assert_eq!(page.script("return window.sent.signal.aborted;", vec![]).await, false);
            page.script("document.querySelector('#first').remove();", vec![]).await;
            page.until("window.sent.signal.aborted", "the request is aborted").await;
            drop(hold);
        })
        .await;
}

#[tokio::test]
async fn it_speaks_every_language_of_the_page() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let first = Part(page, "#first");
            for language in languages() {
                let script = format!("document.querySelector('#first').setAttribute('language', '{language}');");
                page.script(&script, vec![]).await;
                first.says(&in_language(language, "Create backup")).await;
                let seen = first.script("return root.querySelector('.console').lang;").await;
                assert_eq!(seen, json!(language));
            }
        })
        .await;
}

#[tokio::test]
async fn built_with_vite_and_typescript_react_and_vue() {
    for example in ["vite", "react", "vue"] {
        stage()
            .play(async |scene| {
                let page = &scene.page;
                let folder = tempfile::tempdir().unwrap();
                let portal = Portal::serve(build_example(example, folder.path()).await, vec![token()]).await;
                portal.open(scene).await;
                let part = Part(page, "#console");
                part.type_into("Instance ID", MYSQL).await;
                part.type_into("Backup name", "by-example").await;
                if example != "vite" {
                    // The portal renders again and again, while the user types, and while a press waits.
                    let before = page.text_of("#clock").await;
                    page.until(
                        &format!("document.querySelector('#clock').innerText !== {}", json!(before)),
                        "it renders",
                    )
                    .await;
                    assert_eq!(part.field("Backup name").await.value().await.unwrap().unwrap(), "by-example");
                }
                part.press("Create backup").await;
                part.says("Backup started").await;
                let newest =
                    |text: &str| format!("document.querySelector('#newest').innerText.startsWith({})", json!(text));
                page.until(&newest("by-example: BUILDING"), "the portal was told").await;
                scene.sandbox.finish_backups();
                page.until(&newest("by-example: COMPLETED in "), "and of the end").await;
                assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            })
            .await;
    }
}

/// A page with nothing but a module script, which runs with the module beside it.
async fn blank(scene: &Scene, body: &str) -> (tempfile::TempDir, Portal) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), format!("<!doctype html><meta charset=utf-8>{body}")).unwrap();
    let portal = Portal::serve(folder.path().to_owned(), vec![token()]).await;
    portal.open(scene).await;
    (folder, portal)
}

/// Defines the element, with the sandbox as its endpoint.
const DEFINE: &str = "<script type=module>import './rds-backup-console/index.js';</script>";

/// Runs a script as the page's own: errors of what a driver runs are the driver's, in Firefox.
async fn in_page(page: &Page, script: &str) {
    let run = "const script = document.createElement('script'); script.textContent = arguments[0]; document.head.append(script);";
    page.script(run, vec![json!(script)]).await;
}

/// A console in the page `blank`, with a text that its user has typed.
async fn typed(part: &Part<'_>) {
    part.type_into("Backup name", "kept").await;
}

async fn is_kept(part: &Part<'_>) {
    assert_eq!(part.field("Backup name").await.value().await.unwrap().unwrap(), "kept");
}

#[tokio::test]
async fn another_supplier_takes_over_in_place_and_none_gives_way_to_the_field() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let first = Part(page, "#first");
            typed(&first).await;
            first.type_into("Instance ID", MYSQL).await;
            page.script(
                "const first = document.querySelector('#first');
                 first.token = first.token;
                 window.asked = 0;
                 const supply = first.token;
                 for (let times = 0; times < 20; times += 1) { first.token = target => { window.asked += 1; return supply(target); }; }",
                vec![],
            )
            .await;
            is_kept(&first).await;
            first.press("Create backup").await;
            first.says("Backup started").await;
            assert_eq!(page.script("return window.asked;", vec![]).await, 1, "the newest is asked");
            page.script("document.querySelector('#first').token = undefined;", vec![]).await;
            first.type_into("Token", &token()).await;
            is_kept(&first).await;
            first.says("kept").await;
            // What was typed stays in use.
            page.script("document.querySelector('#first').token = () => 'MII';", vec![]).await;
            assert_eq!(first.field("Token").await.value().await.unwrap().unwrap(), token());
        })
        .await;
}

#[tokio::test]
async fn a_supplier_that_throws_rejects_gives_nothing_or_never_answers_is_said_to_have_supplied_none() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            for supplier in [
                "() => { throw new Error('no'); }",
                "async () => { throw new WebAssembly.RuntimeError('no'); }",
                "() => undefined",
                "() => 42",
                "() => ({ then(resolve, reject) { reject(); } })",
            ] {
                plain(scene, vec![token()]).await;
                page.script(&format!("document.querySelector('#first').token = {supplier};"), vec![]).await;
                let first = Part(page, "#first");
                create(&first, "kept").await;
                first.says("The page around this form supplied no token. Enter one, and try again.").await;
                is_kept(&first).await;
            }
            plain(scene, vec![token()]).await;
            page.script("document.querySelector('#first').token = () => new Promise(() => {});", vec![]).await;
            let first = Part(page, "#first");
            create(&first, "kept").await;
            first.press("Cancel").await;
            is_kept(&first).await;
            assert!(scene.sandbox.requests_with(&Method::POST).is_empty());
        })
        .await;
}

#[tokio::test]
async fn what_was_set_before_the_element_was_defined_counts() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            let early = "<rds-backup-console id=console></rds-backup-console>
                <script>
                    const early = document.querySelector('#console');
                    early.token = () => 'MII';
                    early.options = { title: 'Set early', language: 'en' };
                </script>";
            let _portal = blank(scene, &format!("{early}{DEFINE}")).await;
            let part = Part(page, "#console");
            part.says("Set early").await;
            assert!(!part.text().await.contains("Token"), "the supplier counts");
            // An option that isn't set any more is at its default again, and a wrong one is named as what it is.
            page.script("document.querySelector('#console').options = { titel: 'x' };", vec![]).await;
            part.says("The option “titel” that the page around this console sets isn't used: there is no setting")
                .await;
            assert!(!part.text().await.contains("Set early") && !part.text().await.contains("config.json"));
        })
        .await;
}

#[tokio::test]
async fn a_fault_of_the_pages_own_wasm_leaves_it_alone_and_one_of_its_own_does_not() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let (first, second) = (Part(page, "#first"), Part(page, "#second"));
            typed(&first).await;
            second.says("Die Antwort der API erscheint hier").await;
            in_page(
                page,
                "addEventListener('error', event => event.preventDefault());
                 window.complaints = [];
                 const trap = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97,
                     112, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
                 const { exports } = new WebAssembly.Instance(new WebAssembly.Module(trap));
                 window.trapped = 0;
                 addEventListener('error', () => { window.trapped += 1; window.complaints = []; });
                 addEventListener('unhandledrejection', event => { event.preventDefault(); window.trapped += 1; });
                 setTimeout(exports.trap);
                 Promise.resolve().then(exports.trap);",
            )
            .await;
            page.until("window.trapped >= 2", "the page's own program broke").await;
            is_kept(&first).await;
            // The console's own: a listener of its breaks while it works.
            in_page(
                page,
                "Object.defineProperty(KeyboardEvent.prototype, 'key', { get() { throw new WebAssembly.RuntimeError('own'); } });",
            )
            .await;
            first.script("root.querySelector('input').dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true }));")
                .await;
            first.until("root.textContent.includes('The page has stopped because of a fault of its own')", "the first says so").await;
            second.until("root.textContent.includes('wegen eines eigenen Fehlers')", "the second says so in its language").await;
            page.script("window.complaints = [];", vec![]).await;
        })
        .await;
}

#[tokio::test]
async fn moving_it_keeps_it_and_consoles_on_one_element_do_not_empty_each_other() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let first = Part(page, "#first");
            typed(&first).await;
            page.script("document.body.append(document.querySelector('#first'));", vec![]).await;
            is_kept(&first).await;
            page.script(
                "document.body.moveBefore?.(document.querySelector('#first'), document.body.firstChild);
                 window.third = window.mount(document.querySelector('#second'), { title: 'The third', language: 'en' });",
                vec![],
            )
            .await;
            is_kept(&first).await;
            let second = Part(page, "#second");
            let third = "root.lastElementChild.shadowRoot.querySelector('.console')";
            second.until(&format!("{third}.innerText.includes('The third')"), "the third is there").await;
            second.says("Die Antwort der API erscheint hier").await;
            // Labels lead to the fields of their own console.
            second.type_into("Projekt-ID", "of-the-second").await;
            let of_third = "[...root.lastElementChild.shadowRoot.querySelectorAll('input')].map(it => it.value).join('')";
            assert_eq!(second.script(&format!("return {of_third};")).await, "");
            page.script("window.second.unmount();", vec![]).await;
            second.until(&format!("{third}.innerText.includes('The third')"), "the third is still there").await;
            assert!(!second.text().await.contains("Die Antwort der API"));
            page.script("window.third.unmount();", vec![]).await;
            assert_eq!(second.script("return root.childNodes.length;").await, 0);
        })
        .await;
}

#[tokio::test]
async fn language_direction_and_colours_are_those_of_its_place_and_other_styles_stay_outside() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            let body = format!(
                "<style>
                     :root {{ color-scheme: dark; letter-spacing: 9px; text-transform: uppercase; white-space: pre; cursor: wait; }}
                     #console {{ font: 40px cursive; line-height: 4; visibility: visible; text-align: right; --text: red; }}
                 </style>
                 <div lang=de dir=rtl><rds-backup-console id=console></rds-backup-console></div>{DEFINE}"
            );
            let _portal = blank(scene, &body).await;
            let part = Part(page, "#console");
            part.says("Die Antwort der API erscheint hier").await;
            let looks = "const look = getComputedStyle(root.querySelector('.console'));
                 return [look.colorScheme, look.direction, look.letterSpacing, look.textTransform, look.whiteSpace, look.cursor,
                     look.fontSize, look.color];";
            let dark = json!(["dark", "rtl", "normal", "none", "normal", "auto", "15px", "rgb(230, 237, 245)"]);
            assert_eq!(part.script(looks).await, dark);
            let attributes = "return document.querySelector('#console').getAttributeNames();";
            assert_eq!(page.script(attributes, vec![]).await, json!(["id"]), "no attribute of the page's element is touched");
            page.script("document.querySelector('#console').setAttribute('theme', 'light');", vec![]).await;
            part.until("getComputedStyle(root.querySelector('.console')).colorScheme === 'light'", "it is light").await;
        })
        .await;
}

#[tokio::test]
async fn the_language_that_was_chosen_last_counts_whoever_chose_it_and_one_that_is_missing_is_said() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let (first, second) = (Part(page, "#first"), Part(page, "#second"));
            second.says("Die Antwort der API erscheint hier").await;
            // The file of the Chinese sentences comes when the test wants it, and once it doesn't.
            page.script(
                "const fetched = window.fetch;
                 window.held = [];
                 window.fetch = (...given) => String(given[0]).includes('-chinese-')
                     ? new Promise((resolve, reject) => window.held.push(come => come ? resolve(fetched(...given)) : reject(new TypeError('gone'))))
                     : fetched(...given);
                 const choice = document.querySelector('#first').shadowRoot.querySelector('select');
                 choice.selectedIndex = [...choice.options].findIndex(option => option.lang === 'zh-CN');
                 choice.dispatchEvent(new Event('change', { bubbles: true }));",
                vec![],
            )
            .await;
            page.until("window.held.length === 1", "the sentences are asked for").await;
            // The portal chooses another one meanwhile, and its choice is the newer one.
            page.script("document.querySelector('#first').setAttribute('language', 'de'); window.held.pop()(true);", vec![]).await;
            first.says("Sicherung anlegen").await;
            page.script("window.second.set({ language: 'zh-CN' });", vec![]).await;
            second.says(&in_language("zh-CN", "Create backup")).await;
            first.says("Sicherung anlegen").await;
        })
        .await;
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let first = Part(page, "#first");
            typed(&first).await;
            page.script(
                "const fetched = window.fetch;
                 window.fetch = (...given) => String(given[0]).includes('-chinese-') ? Promise.reject(new TypeError('gone')) : fetched(...given);
                 document.querySelector('#first').setAttribute('language', 'zh-CN');",
                vec![],
            )
            .await;
            first.says("The sentences of that language couldn't be loaded.").await;
            assert_eq!(first.script("return root.querySelector('.console').lang;").await, "en");
            is_kept(&first).await;
        })
        .await;
}

#[tokio::test]
async fn a_path_is_of_the_pages_origin_whatever_its_base_is() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            let body = "<base href='https://elsewhere.example/app/'>
                 <rds-backup-console id=console endpoint='./api' language=en></rds-backup-console>
                 <script>
                     window.called = [];
                     const send = window.fetch;
                     window.fetch = (request, ...rest) => { window.called.push(request.url ?? String(request)); return send(request, ...rest); };
                 </script>
                 <script type=module>await import(`${location.origin}/rds-backup-console/index.js`);</script>";
            let _portal = blank(scene, body).await;
            let part = Part(page, "#console");
            part.type_into("Project ID", PROJECT_ID).await;
            part.type_into("Token", &token()).await;
            part.press("Load instances").await;
            part.says("The list couldn't be loaded").await;
            let called = "return window.called.filter(url => url.includes('/v3/')).map(url => new URL(url).origin === location.origin);";
            assert_eq!(page.script(called, vec![]).await, json!([true]));
        })
        .await;
}

#[tokio::test]
async fn the_detail_of_an_event_is_frozen_and_has_what_the_types_say() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            page.script("addEventListener('backup-created', ({ detail }) => { window.detail = detail; });", vec![])
                .await;
            let first = Part(page, "#first");
            create(&first, "frozen").await;
            page.until("window.detail", "the page was told").await;
            let found = page
                .script(
                    "const frozen = value => typeof value !== 'object' || value === null
                         || Object.isFrozen(value) && Object.values(value).every(frozen);
                     return [frozen(window.detail), Object.keys(window.detail)];",
                    vec![],
                )
                .await;
            let types = std::fs::read_to_string(workspace().join("module/index.d.ts")).unwrap();
            let receipt = types.split("export interface Receipt {").nth(1).unwrap().split("\n}").next().unwrap();
            let name = |line: &str| Some(line.trim().split_once(": ").filter(|_| !line.contains(" * "))?.0.to_owned());
            let mut documented: Vec<String> = receipt.lines().filter_map(name).collect();
            let mut sent: Vec<String> = serde_json::from_value(found[1].clone()).unwrap();
            documented.sort_unstable();
            sent.sort_unstable();
            assert_eq!((found[0].as_bool(), sent), (Some(true), documented));
        })
        .await;
}

#[tokio::test]
async fn a_server_can_import_it() {
    let module = workspace().join("dist-module/index.js");
    let script = format!("const module = await import({}); console.log(Object.keys(module).join());", json!(module));
    let output = tokio::process::Command::new("node").args(["--input-type=module", "--eval", &script]).output().await;
    let output = output.unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "RdsBackupConsole,mount");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
