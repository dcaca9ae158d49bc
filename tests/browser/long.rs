//! A page that is left open: an hour with twenty backups on their way, with clocks that run faster.

use serde_json::json;

use crate::common::page::Page;
use crate::common::stage::{KEEP_MEMORY, Stage};

/// So many times faster than the world's the page's clocks run.
const FASTER: u32 = 240;

/// What the page holds: nodes, listeners, kilobytes of JavaScript's heap and of the wasm.
async fn held(page: &Page) -> [u64; 4] {
    let tools = page.driver.cdp();
    tools.send_raw("HeapProfiler.collectGarbage", json!({})).await.unwrap();
    let metrics = tools.send_raw("Performance.getMetrics", json!({})).await.unwrap();
    let metric = |name: &str| {
        let metrics = metrics["metrics"].as_array().unwrap();
        let found = metrics.iter().find(|metric| metric["name"] == name).unwrap();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts and bytes")]
        let value = found["value"].as_f64().unwrap() as u64;
        value
    };
    let memory = page.script("return window.memory.buffer.byteLength;", vec![]).await.as_u64().unwrap();
    [metric("Nodes"), metric("JSEventListeners"), metric("JSHeapUsedSize") >> 10, memory >> 10]
}

#[tokio::test]
async fn following_twenty_backups_for_an_hour_leaves_memory_flat() {
    let faster = format!(
        "{KEEP_MEMORY}
         const [later, now, start] = [window.setTimeout, Date.now, Date.now()];
         window.setTimeout = (act, pause, ...given) => later(act, pause / {FASTER}, ...given);
         Date.now = () => start + (now() - start) * {FASTER};"
    );
    Stage::new()
        .in_chromium()
        .watched_by(&faster)
        .large()
        .set("answer_seconds", 600.into())
        .set("poll_seconds", 30.into())
        .play(async |scene| {
            let page = &scene.page;
            page.driver.cdp().send_raw("Performance.enable", json!({})).await.unwrap();
            // One at a time is all that an instance takes.
            page.fill("", "").await;
            for number in 0..20 {
                page.replace("Instance ID", &format!("{number:032x}in01")).await;
                page.replace("Backup name", &format!("backup-{number:02}")).await;
                page.press("Create backup").await;
                page.until(
                    &format!("document.querySelectorAll('.followed article').length === {}", number + 1),
                    "it is followed",
                )
                .await;
            }
            // What the first rounds leave behind (caches, compiled code) is no growth.
            let minutes = |minutes: u32| format!("Date.now() - window.begun >= {minutes} * 60000");
            page.script("window.begun = Date.now();", vec![]).await;
            page.until(&minutes(10), "ten minutes have passed").await;
            let (early, asked) = (held(page).await, scene.sandbox.requests().len());
            page.until(&minutes(60), "an hour has passed").await;
            let (late, asked_at_last) = (held(page).await, scene.sandbox.requests().len());
            println!("nodes, listeners, heap KB, wasm KB: {early:?} -> {late:?}; {} requests", asked_at_last - asked);
            assert!(asked_at_last - asked > 20 * 30, "it goes on asking");
            assert_eq!(late[0], early[0], "nodes");
            // A call that is under way has two.
            assert!(late[1] <= early[1] + 2 * 20, "listeners: {} and {}", early[1], late[1]);
            assert!(late[2] <= early[2] + 300, "JavaScript's heap grew from {} to {} KB", early[2], late[2]);
            assert_eq!(late[3], early[3], "the memory of the wasm");
        })
        .await;
}
