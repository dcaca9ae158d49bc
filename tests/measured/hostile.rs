//! A server that means harm: nothing of what it sends runs, misleads, freezes the page or fills its memory.

use sandbox::fixtures::MYSQL;
use sandbox::{Fault, FaultTiming, FixedResponse, Route};
use serde_json::{Value, json};

use crate::common::page::Page;
use crate::common::stage::{KEEP_MEMORY, Scene, Stage};

/// Counts how long the page is busy at a time.
const WATCH: &str = "
    window.tasks = [];
    try {
        new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(task => task.duration)))
            .observe({ type: 'longtask' });
    } catch { }";

/// The longest time that the page may be busy, in milliseconds: longer, and a key waits noticeably (INP, "good").
const LONGEST: u64 = 200;
/// The most memory that the wasm may have, in bytes: the answer of 4 MiB at most that is read, as text, as what it says and as
/// what is drawn of it, and as much again for what the allocator can't use.
const MOST_MEMORY: u64 = 64 << 20;

fn say(scene: &Scene, route: Route, body: impl Into<Vec<u8>>) {
    scene.sandbox.inject(route, FaultTiming::BeforeCommit, Fault::FixedResponse(FixedResponse::json(200, body)));
}

/// Checks that the page has kept its calm since it was filled in.
async fn is_calm(page: &Page, case: &str) {
    let busy = page.script("return Math.round(Math.max(0, ...window.tasks));", vec![]).await.as_u64().unwrap();
    assert!(busy <= LONGEST, "{case}: the page was busy for {busy} ms");
    let memory = page.script("return window.memory.buffer.byteLength;", vec![]).await.as_u64().unwrap();
    assert!(memory <= MOST_MEMORY, "{case}: the wasm has {memory} bytes");
    page.script("window.tasks = [];", vec![]).await;
}

fn backup(parts: &Value) -> String {
    // Without a name: one with another than was asked for is no answer.
    let mut backup = json!({ "id": "b1", "status": "COMPLETED", "type": "manual" });
    backup.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    json!({ "backup": backup }).to_string()
}

#[tokio::test]
async fn what_it_sends_is_text_and_shown_as_what_it_is() {
    let script = "<img src=x onerror=\"window.ran = 1\"><script>window.ran = 1</script>";
    Stage::new().in_its_own_browser()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            let parts = json!({ "id": script, "description": "gpj.\u{202e}exe\u{0}", "databases": [{ "name": "\u{2066}db" }] });
            say(scene, Route::Create, backup(&parts));
            page.press("Create backup").await;
            page.sees(script).await;
            page.shows("gpj.[U+202E]exe[U+0000]").await;
            page.shows("[U+2066]db").await;
            let error = json!({ "error_code": "\u{1b}[31m", "error_msg": format!("{script}\u{202e}") }).to_string();
            scene.sandbox.respond_next_with(FixedResponse::json(400, error));
            page.press("Create backup").await;
            page.sees("[U+001B][31m").await;
            page.shows(&format!("{script}[U+202E]")).await;
            let instances = json!({ "instances": [{ "id": "i1\u{202e}", "name": script, "status": "\u{200f}ACTIVE", "datastore": { "type": "<b>" } }] });
            say(scene, Route::Instances, instances.to_string());
            page.press("Load instances").await;
            page.says(script).await;
            page.says("[U+200F]ACTIVE").await;
            page.says("i1[U+202E]").await;
            assert_eq!(page.script("return [window.ran ?? 0, document.images.length];", vec![]).await, json!([0, 0]));
        })
        .await;
}

#[tokio::test]
async fn other_types_repeated_keys_and_broken_text_do_no_harm() {
    let cases: [(&[u8], &str); 7] = [
        (
            br#"{"backup":{"id":7,"name":["x"],"status":{},"type":1.5,"begin_time":true,"databases":"x","size":"y"}}"#,
            "7",
        ),
        (br#"{"backup":{"id":"first","id":"second"},"backup":{"id":"third","status":"COMPLETED"}}"#, "third"),
        (b"{\"backup\":{\"id\":\"b\xff\xfe1\",\"status\":\"COMPLETED\"}}", "b\u{fffd}\u{fffd}1"),
        (b"\xef\xbb\xbf{\"backup\":{\"id\":\"behind a mark\"}}", "behind a mark"),
        (br#"{"backup":{"id":"__proto__","__proto__":{"name":"x"},"constructor":{"prototype":1}}}"#, "__proto__"),
        (br#"{"backup":{"id":"long","size":1e999,"begin_time":"-99999999999-01-01T00:00:00Z"}}"#, "-99999999999"),
        (br#"{"backup":{"id":"late","begin_time":"2026-11-24T00:00:00+9999","end_time":""}}"#, "+9999"),
    ];
    Stage::new()
        .in_its_own_browser()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            for (number, (body, words)) in cases.into_iter().enumerate() {
                // The same name again is the same press.
                page.replace("Backup name", &format!("case-{number}")).await;
                say(scene, Route::Create, body);
                page.press("Create backup").await;
                page.sees(words).await;
            }
        })
        .await;
}

#[tokio::test]
async fn what_is_too_much_is_cut_and_keeps_nobody_waiting() {
    let long = "a".repeat(1 << 20);
    let databases: Vec<Value> = (0..100_000).map(|number| json!({ "name": format!("db{number}") })).collect();
    let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
    let cases = [
        (backup(&json!({ "id": long, "description": long, "status": long })), "aaa…[+1048064]"),
        (backup(&json!({ "databases": databases })), "db0, db1"),
        (backup(&json!({ "description": "wide" })).replace("\"wide\"", &deep), "COMPLETED"),
        (backup(&json!({ "description": "\u{202e}".repeat(300_000) })), "[U+202E][U+202E]"),
    ];
    Stage::new()
        .in_its_own_browser()
        .watched_by(KEEP_MEMORY)
        .watched_by(WATCH)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.script("window.tasks = [];", vec![]).await;
            for (number, (body, words)) in cases.into_iter().enumerate() {
                page.replace("Backup name", &format!("case-{number}")).await;
                say(scene, Route::Create, body);
                page.press("Create backup").await;
                page.sees(words).await;
                page.script("document.querySelector('details.raw').open = true;", vec![]).await;
                is_calm(page, words).await;
            }
            let instances: Vec<Value> = (0..100_000).map(|number| json!({ "id": format!("i{number}") })).collect();
            say(scene, Route::Instances, json!({ "instances": instances }).to_string());
            page.press("Load instances").await;
            page.until("document.querySelector('.instances li')", "the instances are listed").await;
            is_calm(page, "instances").await;
        })
        .await;
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_read_and_the_backup_is_looked_for() {
    Stage::new()
        .in_its_own_browser()
        .watched_by(KEEP_MEMORY)
        .watched_by(WATCH)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.script("window.tasks = [];", vec![]).await;
            let huge = vec![b' '; 50 << 20];
            scene.sandbox.inject(
                Route::Create,
                FaultTiming::AfterCommit,
                Fault::FixedResponse(FixedResponse::json(200, huge.clone())),
            );
            page.press("Create backup").await;
            page.sees("The backup exists").await;
            page.shows("The answer is longer than 4 MiB. The API sends nothing of that size, so it was not read.")
                .await;
            say(scene, Route::Instances, huge);
            page.press("Load instances").await;
            page.says("The list couldn't be loaded").await;
            is_calm(page, "50 MiB").await;
            page.press("Load instances").await;
            page.says("reports-sqlserver").await;
        })
        .await;
}
