//! The token stays in memory, goes where its user wants it, and is gone when it is forgotten.

use std::time::Duration;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, SQL_SERVER, token};
use sandbox::{FaultTiming, FixedResponse, RecordedRequest, Route, Sandbox, Settings};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::common::page::{DRAWN, Page};
use crate::common::stage::{KEEP_MEMORY, Scene, Stage};

/// A part of the sandbox's token that stands nowhere else: of the JSON in it, as it is encoded.
fn marker() -> String {
    token()[200..240].to_owned()
}

/// What the token says when it is decoded: the name of its user, and the ID of its account.
const USER: &str = "sandbox-operator";
const ACCOUNT_ID: &str = "5bd28a1e3a8d4f0cbb5b3d6a9f3f7e01";

/// Keeps what leaves the page through the browser.
const WATCH: &str = "
    window.kept = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = blob => { blob.text().then(text => window.kept.push(text)); return create(blob); };
    const write = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = text => { window.kept.push(text); return write(text); };
    for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
        const print = console[name];
        console[name] = (...words) => { window.kept.push(words.map(String).join(' ')); print(...words); };
    }
    window.Notification = class {
        static permission = 'granted';
        static async requestPermission() { return 'granted'; }
        constructor(...words) { structuredClone(words[1]?.data); window.kept.push(JSON.stringify(words)); }
    };";

/// Every place of the browser where a page can leave something, as one text.
async fn traces(page: &Page) -> String {
    let script = "
        const done = arguments[arguments.length - 1];
        (async () => {
            const databases = indexedDB.databases ? await indexedDB.databases() : [];
            done(JSON.stringify({
                local: { ...localStorage },
                session: { ...sessionStorage },
                databases,
                caches: await caches.keys(),
                cookies: document.cookie,
                address: location.href,
                history: [history.length, history.state],
                name: window.name,
                title: document.title,
                requests: performance.getEntriesByType('resource').map(entry => entry.name),
                markup: document.documentElement.outerHTML,
                kept: window.kept,
            }));
        })();";
    page.driver.execute_async(script, vec![]).await.unwrap().json().as_str().unwrap().to_owned()
}

/// Whether the memory of the wasm holds the token: a part of it, or of the signature in it once it is decoded.
async fn is_in_memory(page: &Page) -> bool {
    let script = "
        const memory = new Uint8Array(window.memory.buffer);
        const decoded = Uint8Array.from(atob(arguments[1].replaceAll('-', '/')), byte => byte.charCodeAt(0));
        const holds = wanted => {
            for (let start = memory.indexOf(wanted[0]); start >= 0; start = memory.indexOf(wanted[0], start + 1)) {
                if (wanted.every((byte, index) => memory[start + index] === byte)) { return true; }
            }
            return false;
        };
        return holds(new TextEncoder().encode(arguments[0])) || holds(decoded.slice(-40, -8));";
    page.script(script, vec![json!(marker()), json!(token())]).await == json!(true)
}

/// Uses everything that the page has.
async fn use_everything(scene: &Scene) {
    let (page, sandbox) = (&scene.page, &scene.sandbox);
    page.connect().await;
    page.press("Show token").await;
    page.press("Hide token").await;
    page.press("Create backup").await;
    page.says("Nothing was sent").await;
    page.press("Load instances").await;
    page.says("reports-sqlserver").await;
    page.press("Choose reports-sqlserver").await;
    page.press("Show backups").await;
    page.says("This instance has no backups yet").await;
    page.press("Suggest a name").await;
    page.press("Create backup").await;
    page.sees("Backup started").await;
    page.press("Notify me when it is done").await;
    page.press("Copy: Backup ID").await;
    page.script("document.querySelector('details.raw').open = true;", vec![]).await;
    page.press("Copy: Answer as received").await;
    sandbox.finish_backups();
    page.says("backup completed (COMPLETED)").await;
    page.replace("Backup name", "lost").await;
    sandbox.drop_all_responses(FaultTiming::AfterCommit);
    page.press("Create backup").await;
    page.sees("The backup exists").await;
    sandbox.stop_dropping_responses();
    sandbox.finish_backups();
    page.until("document.title.startsWith('✓ COMPLETED – lost')", "it is completed").await;
    sandbox.renew_token();
    page.replace("Backup name", "rejected").await;
    page.press("Create backup").await;
    page.sees("The token was rejected when the page looked").await;
    page.press("Export as JSON").await;
    page.press("Export as CSV").await;
    page.until("window.kept.length >= 5", "copies, notifications and exports are kept").await;
}

#[tokio::test]
async fn leaves_no_trace_and_is_in_the_header_of_calls_to_the_chosen_endpoint_only() {
    Stage::new()
        .watched_by(KEEP_MEMORY)
        .watched_by(WATCH)
        .play(async |scene| {
            let (page, elsewhere) = (&scene.page, Sandbox::start(Settings::default()).await.unwrap());
            use_everything(scene).await;
            assert!(is_in_memory(page).await, "the search finds what is there");
            let traces = traces(page).await;
            assert!(traces.contains("lost") && traces.contains("requested_at"), "the search sees copies and exports");
            assert!(!traces.contains(&marker()), "{traces}");
            let mut parsed: Value = serde_json::from_str(&traces).unwrap();
            // What is on the screen is in the markup; nothing of what the token says is anywhere else.
            let markup = parsed.as_object_mut().unwrap().remove("markup").unwrap();
            assert!(markup.as_str().is_some_and(|markup| markup.contains(USER)), "the token's user is on the page");
            for said in [USER, ACCOUNT_ID, "expires_at", "te_admin"] {
                assert!(!parsed.to_string().contains(said), "{said}: {parsed}");
            }
            assert_eq!(
                (&parsed["local"], &parsed["databases"], &parsed["caches"], &parsed["cookies"]),
                (&json!({}), &json!([]), &json!([]), &json!(""))
            );
            // What was typed and what is under way, and only that, is kept for a reload of the tab.
            let session: Vec<&String> = parsed["session"].as_object().unwrap().keys().collect();
            assert_eq!(session, ["rds-backup-console.draft", "rds-backup-console.underway"]);
            let origins = [scene.site.url.trim_end_matches('/'), &scene.sandbox.endpoint()];
            for request in parsed["requests"].as_array().unwrap() {
                let address = request.as_str().unwrap();
                assert!(origins.iter().any(|origin| address.starts_with(origin)), "{address} is a third party's");
            }
            for message in page.messages().await {
                assert!(!message.contains(&marker()), "{message}");
            }
            let requests = scene.sandbox.requests();
            assert!(requests.iter().filter(|request| request.header("x-auth-token").contains(&marker())).count() > 5);
            for request in &requests {
                let rest = RecordedRequest { headers: without_token(request), ..request.clone() };
                assert!(!format!("{rest:?}").contains(&marker()), "{rest:?}");
            }
            assert!(elsewhere.requests().is_empty());
            page.press("Forget token").await;
            page.has_focus("Token").await;
            assert!(!is_in_memory(page).await, "the token is still in the memory of the wasm");
        })
        .await;
}

#[tokio::test]
async fn that_an_answer_repeats_is_hidden_before_anything_is_made_of_it() {
    Stage::new()
        .watched_by(KEEP_MEMORY)
        .watched_by(WATCH)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            let body = json!({ "error_code": "DBS.280277", "error_msg": format!("Not with {} here.", token()) });
            sandbox.respond_next_with(FixedResponse::json(400, body.to_string()));
            page.press("Create backup").await;
            page.sees("Not with ******** here.").await;
            // Nor does it outlive the token that is forgotten.
            page.press("Forget token").await;
            page.script("document.querySelector('details.raw').open = true;", vec![]).await;
            page.press("Copy: Answer as received").await;
            page.until("window.kept.length >= 1", "the copy is kept").await;
            let traces = traces(page).await;
            assert!(traces.contains("Not with ******** here.") && !traces.contains(&marker()), "{traces}");
            assert!(!is_in_memory(page).await, "the token is still in the memory of the wasm");
        })
        .await;
}

fn without_token(request: &RecordedRequest) -> axum::http::HeaderMap {
    let mut headers = request.headers.clone();
    headers.remove("x-auth-token");
    headers
}

#[tokio::test]
async fn goes_to_an_edited_endpoint_only_when_the_user_confirms_it() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            let other = Sandbox::start(Settings::default()).await.unwrap();
            page.fill(MYSQL, "backup").await;
            page.replace("Endpoint", &other.endpoint()).await;
            page.leave().await;
            let given = scene.sandbox.endpoint();
            page.complains("Endpoint", &format!("The token was given for {given}. Confirm that it is to go to")).await;
            for button in ["Load instances", "Show backups"] {
                page.press(button).await;
                page.has_focus("Endpoint").await;
            }
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            page.follows_fault("The token was given for").await;
            page.has_focus("Endpoint").await;
            assert!(other.requests().is_empty() && scene.sandbox.requests().is_empty());
            page.press(&format!("Use the token at {}", other.endpoint())).await;
            page.is_content("Endpoint").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert_eq!((other.backups().len(), scene.sandbox.requests().len()), (1, 0));
        })
        .await;
}

#[tokio::test]
async fn is_forgotten_when_nobody_uses_the_page_but_not_while_a_request_runs() {
    let idle = Duration::from_millis(400);
    Stage::new()
        .with_idle_time(idle)
        .with_poll_time(Duration::from_millis(200))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.type_into("Instance ID", SQL_SERVER).await;
            page.type_into("Backup name", "backup").await;
            page.type_into("Endpoint", page.endpoint.clone()).await;
            page.type_into("Project ID", PROJECT_ID).await;
            let hold = sandbox.hold_only(Route::Create);
            page.type_into("Token", token() + Key::Enter).await;
            sandbox.wait_for_request(&Method::POST).await;
            page.passes(idle * 2).await;
            assert_eq!(page.value("Token").await, token(), "a request runs");
            drop(hold);
            page.sees("Backup started").await;
            page.passes(idle * 2).await;
            assert_eq!(page.value("Token").await, token(), "a backup is followed");
            sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            page.says("The token was forgotten because the page had not been used for a while, or was left.").await;
            assert_eq!((page.value("Token").await, page.value("Backup name").await), (String::new(), "backup".into()));
        })
        .await;
}

#[tokio::test]
async fn goes_nowhere_by_a_link_only_by_the_press_that_names_the_host() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let (page, other) = (&scene.page, Sandbox::start(Settings::default()).await.unwrap());
            let id = other.create_backup(MYSQL, "theirs").unwrap();
            // Typed while the endpoint is blank: it is bound to none yet.
            page.type_into("Token", token()).await;
            page.leave().await;
            let link = format!("#watch={MYSQL}/{id}&endpoint={}&project_id={PROJECT_ID}", other.endpoint());
            page.script("location.hash = arguments[0];", vec![json!(link)]).await;
            page.sees("A link names this backup").await;
            page.field("Token").await.click().await.unwrap();
            page.leave().await;
            page.passes(Duration::from_millis(300)).await;
            assert!(other.requests().is_empty() && scene.sandbox.requests().is_empty());
            page.press(&format!("Follow at {}", other.endpoint())).await;
            page.sees("theirs").await;
            let asked = other.requests_with(&Method::GET);
            assert!(asked.iter().any(|request| request.header("x-auth-token") == token()));
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}

#[tokio::test]
async fn given_for_one_endpoint_does_not_go_to_that_of_a_link() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let (page, other) = (&scene.page, Sandbox::start(Settings::default()).await.unwrap());
            page.connect().await;
            page.leave().await;
            let link = format!("#watch={MYSQL}/b1&endpoint={}&project_id={PROJECT_ID}", other.endpoint());
            page.script("location.hash = arguments[0];", vec![json!(link)]).await;
            page.sees("A link names this backup").await;
            assert_eq!(page.value("Endpoint").await, page.endpoint, "a link to follow fills only what is empty");
            page.press(&format!("Follow at {}", other.endpoint())).await;
            page.sees("There is no token for this endpoint and project.").await;
            assert!(other.requests().is_empty());
            // The card says where it is, and leads to a token for it.
            page.shows("The form doesn't have the endpoint and the project of this.").await;
            page.shows(&format!("{}, ", other.endpoint())).await;
            page.press(&format!("Put {} into the form", other.endpoint())).await;
            page.has_focus("Token").await;
            assert_eq!(page.value("Endpoint").await, other.endpoint());
            page.says("The form was filled for what you pressed.").await;
            page.shows_nowhere("The form doesn't have the endpoint and the project of this.").await;
            page.press(&format!("Follow at {}", other.endpoint())).await;
            page.passes(Duration::from_millis(100)).await;
            assert!(other.requests().is_empty(), "the token of the first goes to no other host");
            page.paste_into("Token", &token()).await;
            page.leave().await;
            other.wait_for_calls(Route::Backup, 1).await;
        })
        .await;
}

/// The fetch of the second part fails, once `window.release` is called.
const PART_FAILS: &str = "
    const fetched = window.fetch;
    const may = new Promise((_, reject) => { window.release = () => reject(new TypeError('Failed to fetch')); });
    may.catch(() => {});
    window.fetch = async (...given) => {
        if (String(given[0]).includes('-later-')) { await may; }
        return fetched(...given);
    };";

#[tokio::test]
async fn in_a_link_is_out_of_the_address_and_of_every_notice_at_once() {
    let backup = format!("watch={MYSQL}/b1&endpoint=https%3A%2F%2Frds.example&project_id={PROJECT_ID}");
    let fragments = [
        format!("#{}", token()),
        format!("#{backup}&token={}", token()),
        format!("#{backup}&{}", token()),
        format!("#X-Auth-Token={}&{backup}", token()),
        format!("#watch={MYSQL}/b1&token={}", token()),
    ];
    for part in ["", PART_FAILS] {
        Stage::new()
            .watched_by(WATCH)
            .watched_by(part)
            .play(async |scene| {
                let page = &scene.page;
                for fragment in &fragments {
                    page.visit(&format!("{}{fragment}", scene.site.url)).await;
                    page.says("The link had a token in it, and the page has dropped it").await;
                    let before = traces(page).await;
                    if part == PART_FAILS {
                        page.script("window.release();", vec![]).await;
                        page.passes(Duration::from_millis(100)).await;
                    }
                    for traces in [before, traces(page).await] {
                        assert!(!traces.contains(&marker()), "{fragment}: {traces}");
                    }
                    assert_eq!(page.value("Token").await, "");
                }
                assert!(scene.sandbox.requests().is_empty());
                // What this test has made fail.
                page.messages().await;
            })
            .await;
    }
}

#[tokio::test]
async fn deleted_by_hand_is_forgotten_for_what_runs() {
    Stage::new()
        .watched_by(KEEP_MEMORY)
        .with_poll_time(Duration::from_millis(100))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            sandbox.wait_for_calls(Route::Backup, 2).await;
            assert!(is_in_memory(page).await);
            page.type_into("Token", Key::Control + "a").await;
            page.type_into("Token", Key::Delete + "").await;
            page.leave().await;
            page.sees("There is no token for this endpoint and project.").await;
            let asked = sandbox.requests().len();
            page.passes(Duration::from_millis(600)).await;
            assert_eq!(sandbox.requests().len(), asked);
            assert!(!is_in_memory(page).await, "the token is still in the memory of the wasm");
            // The backup goes on, and so does the page with a token.
            page.paste_into("Token", &token()).await;
            sandbox.finish_backups();
            page.sees("The backup is there and can be used.").await;
        })
        .await;
}

#[tokio::test]
async fn is_gone_from_a_page_that_is_put_away() {
    Stage::new()
        .watched_by(KEEP_MEMORY)
        .with_poll_time(Duration::from_millis(100))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert!(is_in_memory(page).await);
            // What the browser does before it puts a page away.
            page.script("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));", vec![]).await;
            page.until("document.querySelector('.field-token input').value === ''", "the token is gone").await;
            page.sees("There is no token for this endpoint and project.").await;
            assert!(!is_in_memory(page).await, "the token is still in the memory of the wasm");
            // And truly: away and back, by whatever way the browser takes.
            page.paste_into("Token", &token()).await;
            page.leave().await;
            page.driver.goto(sandbox.endpoint()).await.unwrap();
            // The driver can lose sight of a page that the browser takes from its cache; what is there then is looked at below.
            let _ = page.driver.back().await;
            page.until(DRAWN, "the form is drawn").await;
            page.until("document.querySelector('.outcome h3')", "the card is back").await;
            assert_eq!(page.value("Token").await, "");
            let asked = sandbox.requests_with(&Method::GET).len();
            page.passes(Duration::from_millis(400)).await;
            assert_eq!(sandbox.requests_with(&Method::GET).len(), asked);
        })
        .await;
}
