//! The page starts, lets nothing in, and says when it can't.

use crate::common::browser::Browser;
use crate::common::host::Wasm;
use crate::common::stage::{Stage, languages};

#[tokio::test]
async fn a_page_without_its_wasm_or_with_another_one_says_what_to_do() {
    for (index, language) in languages().into_iter().enumerate() {
        let wasm = if index % 2 == 0 { Wasm::Missing } else { Wasm::Altered };
        Stage::new()
            .in_language(language)
            .with_wasm(wasm)
            .play(async |scene| {
                scene.page.says("The console can't start.").await;
                scene.page.says("application/wasm").await;
                // That the integrity isn't the expected one is what this test wants; Firefox tells no page of it.
                let messages = scene.page.messages().await;
                let is_told = messages.iter().any(|message| message.contains("integrity"));
                assert_eq!(is_told, scene.page.browser == Browser::Chromium, "{messages:?}");
            })
            .await;
    }
}

#[tokio::test]
async fn the_frame_is_painted_before_the_wasm_is_there_and_nothing_moves() {
    for (language, width) in languages().map(|language| (language, 1280)).into_iter().chain([("en", 360)]) {
        Stage::new()
            .in_chromium()
            .direct()
            .in_language(language)
            .with_window(width, 800)
            // The wasm waits until the frame has been painted, and is in its language, as on a slow line.
            .watched_by(
                "const get = window.fetch;
                 const painted = new Promise(done => {
                     new PerformanceObserver(done).observe({ type: 'paint', buffered: true });
                 });
                 window.fetch = async (...given) => {
                     if (String(given[0]).includes('.wasm')) {
                         await painted;
                         while (!navigator.language.startsWith(document.documentElement.lang)) { await new Promise(setTimeout); }
                         window.frame = document.querySelector('#console').innerText;
                     }
                     return get(...given);
                 };
                 window.moved = [];
                 const name = ({ node }) => node?.outerHTML?.slice(0, 120) ?? String(node?.data ?? node);
                 new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved.push(...entry.sources.map(name)); }))
                     .observe({ type: 'layout-shift', buffered: true });",
            )
            .play(async |scene| {
                let frame = scene.page.script("return window.frame;", vec![]).await;
                let title = scene.page.words("RDS Backup Console");
                assert!(frame.as_str().unwrap().starts_with(&title), "{frame}");
                let moved = scene.page.script("return window.moved;", vec![]).await;
                assert_eq!(moved, serde_json::json!([]), "{language}, {width} px");
            })
            .await;
    }
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told_so() {
    Stage::new()
        .watched_by("delete window.WebAssembly;")
        .play(async |scene| scene.page.says("This browser has no WebAssembly, or it is switched off.").await)
        .await;
}

#[tokio::test]
async fn a_browser_without_javascript_is_told_so() {
    Stage::new()
        .without_javascript()
        .play(async |scene| {
            let page = scene.page.driver.find(thirtyfour::By::Tag("body")).await.unwrap();
            let text = page.text().await.unwrap();
            assert!(
                text.contains("This page needs JavaScript and WebAssembly.") && !text.contains("Loading"),
                "{text}"
            );
        })
        .await;
}

#[tokio::test]
async fn an_inline_script_a_foreign_image_and_a_foreign_call_are_blocked() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.script(
                "window.blocked = [];
                 document.addEventListener('securitypolicyviolation', event => {
                     window.blocked.push(event.effectiveDirective);
                     document.body.dataset.blocked = window.blocked.join(' ');
                 });
                 const script = document.createElement('script');
                 try { script.textContent = 'window.ran = true'; } catch { window.typed = true; }
                 const image = document.createElement('img');
                 image.src = 'https://elsewhere.invalid/pixel.png';
                 document.body.append(script, image);
                 fetch('https://elsewhere.invalid/?token').catch(() => {});",
                vec![],
            )
            .await;
            for directive in ["script-src", "img-src", "connect-src"] {
                let condition = format!("document.body.dataset.blocked.includes('{directive}') || window.typed && '{directive}' === 'script-src'");
                page.until(&condition, &format!("{directive} blocks")).await;
            }
            assert_eq!(page.script("return window.ran ?? false;", vec![]).await, false);
            // They are what this test expects in the console.
            page.messages().await;
        })
        .await;
}

#[tokio::test]
async fn a_whole_run_violates_no_policy() {
    Stage::new()
        .watched_by("window.blocked = []; document.addEventListener('securitypolicyviolation', event => window.blocked.push(event.violatedDirective));")
        .play(async |scene| {
            let page = &scene.page;
            page.fill(sandbox::fixtures::MYSQL, "backup").await;
            page.press("Load instances").await;
            page.says("reports-sqlserver").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.press("Export as CSV").await;
            page.choose("Language", "Deutsch").await;
            page.sees("Sicherung").await;
            assert_eq!(page.script("return window.blocked;", vec![]).await, serde_json::json!([]));
        })
        .await;
}

#[tokio::test]
async fn an_endpoint_that_the_policy_of_the_document_does_not_name_is_refused_at_its_field() {
    Stage::new()
        .watched_by(HEARD)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(sandbox::fixtures::MYSQL, "backup").await;
            page.replace("Endpoint", "rds.elsewhere.invalid").await;
            page.press("Load instances").await;
            page.has_focus("Endpoint").await;
            page.press("Create backup").await;
            page.follows_fault("this page may not call https://rds.elsewhere.invalid").await;
            // Nobody has asked the browser, which would have said so.
            assert_eq!(page.script("return window.heard;", vec![]).await, serde_json::json!([]));
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}

#[tokio::test]
async fn another_host_of_the_clouds_is_refused_at_its_field_with_the_one_that_is_meant() {
    Stage::new()
        .watched_by(HEARD)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(sandbox::fixtures::MYSQL, "backup").await;
            page.replace("Endpoint", "abc.apic.eu-de.otc.t-systems.com").await;
            page.press("Create backup").await;
            page.follows_fault("the host of the RDS API, rds.eu-de.otc.t-systems.com").await;
            assert_eq!(page.script("return window.heard;", vec![]).await, serde_json::json!([]));
        })
        .await;
}

/// What the browser refuses because of the policy.
const HEARD: &str = "window.heard = [];
    document.addEventListener('securitypolicyviolation', event => window.heard.push(event.blockedURI));";

#[tokio::test]
async fn what_only_the_web_servers_policy_forbids_was_not_sent_and_the_page_says_why() {
    Stage::new()
        .direct()
        .with_policy("connect-src 'self'")
        .play(async |scene| {
            let page = &scene.page;
            page.fill(sandbox::fixtures::MYSQL, "backup").await;
            page.press("Load instances").await;
            page.says("This page is set up to call certain endpoints only").await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            page.shows("connect-src").await;
            assert!(scene.sandbox.requests().is_empty());
            page.messages().await;
        })
        .await;
}

#[tokio::test]
async fn what_a_policy_only_reports_was_sent_and_is_looked_for() {
    Stage::new()
        .direct()
        .with_reported_policy("connect-src 'self'")
        .watched_by(HEARD)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(sandbox::fixtures::MYSQL, "backup").await;
            scene.sandbox.drop_all_responses(sandbox::FaultTiming::AfterCommit);
            page.press("Create backup").await;
            page.sees("The backup exists").await;
            assert_ne!(page.script("return window.heard;", vec![]).await, serde_json::json!([]));
            page.messages().await;
        })
        .await;
}

#[tokio::test]
async fn a_page_that_breaks_says_so_and_what_it_means_for_the_backup() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.paste_into("Token", &sandbox::fixtures::token()).await;
            page.enter(&[("Backup name", "kept")]).await;
            page.is_whole().await;
            // No element can be made any more: yew has to give up.
            page.script(
                "Document.prototype.createElement = Document.prototype.createElementNS = Node.prototype.cloneNode =
                     () => { throw new Error('broken'); };",
                vec![],
            )
            .await;
            page.press("Add database").await;
            page.says("The page has stopped because of a fault of its own. Reload it to go on").await;
            page.says("check what the form has then: the token isn't kept, and the rest may be.").await;
            page.says("A backup that was asked for is not affected").await;
            // The trap is what this test expects in the console; what was typed isn't there.
            let log = page.messages().await;
            assert!(!log.iter().any(|message| message.contains("MIISandbox")), "{log:?}");
            page.reload().await;
            assert_eq!(page.values(&["Token", "Backup name"]).await, ["", "kept"]);
        })
        .await;
}
