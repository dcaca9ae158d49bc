//! A page that is left open: an hour with twenty backups on their way, with clocks that run faster.

use axum::http::Method;

use super::memory::{Held, of_wasm};
use crate::common::stage::{KEEP_MEMORY, Stage};

/// So many times faster than the world's the page's clocks run.
const FASTER: u32 = 240;

/// So many backups are followed.
const FOLLOWED: u64 = 20;
/// Each is asked for so often before the page is measured.
const FIRST_ROUNDS: u64 = 20;
/// Each is asked for at least so often while the page is watched: in fifty minutes, every thirty seconds and somewhat later.
const ROUNDS: u64 = 20;

/// Nodes that the card of one backup may have more than it had: how long nothing was heard of it is a paragraph with its
/// text, which comes when an answer is late and goes with the next one, and the text of the clock beside it may be drawn
/// anew. A node that each call leaves behind would be `ROUNDS` for each card, and more.
const NODES_OF_A_CARD: u64 = 4;
/// Listeners that a call has while it is under way.
const LISTENERS_OF_A_CALL: u64 = 2;
/// KiB that JavaScript's heap may grow by: what V8 keeps of compiled code differs by some hundred. A KiB that each call leaves
/// behind would be more.
const HEAP: u64 = 300;
/// KiB that the wasm's memory may grow by: it grows by pages of 64, and one may be needed when more calls meet than did in the
/// first ten minutes. A KiB that each call leaves behind would be six.
const WASM: u64 = 64;

#[tokio::test]
async fn following_twenty_backups_for_an_hour_leaves_memory_flat() {
    let faster = format!(
        "{KEEP_MEMORY}
         const [later, now, sinceLoad] = [window.setTimeout, Date.now, performance.now.bind(performance)];
         let [speed, start, loaded] = [1, now(), sinceLoad()];
         window.setTimeout = (act, pause, ...given) => later(act, pause / speed, ...given);
         Date.now = () => start + (now() - start) * speed;
         performance.now = () => loaded + (sinceLoad() - loaded) * speed;
         // Not before it has started: that has time limits of its own.
         window.hurry = () => {{ [speed, start, loaded] = [{FASTER}, now(), sinceLoad()]; }};
         const call = window.fetch;
         window.calls = 0;
         window.fetch = (...given) => {{ window.calls += 1; return call(...given); }};"
    );
    Stage::new()
        .in_its_own_browser()
        .in_chromium()
        .watched_by(&faster)
        .large()
        .set("answer_seconds", 600.into())
        .set("poll_seconds", 30.into())
        .play(async |scene| {
            let page = &scene.page;
            // One at a time is all that an instance takes.
            page.fill("", "").await;
            page.script("window.hurry();", vec![]).await;
            for number in 0..FOLLOWED {
                page.replace("Instance ID", &format!("{number:032x}in01")).await;
                page.replace("Backup name", &format!("backup-{number:02}")).await;
                page.press("Create backup").await;
                page.until(
                    &format!("document.querySelectorAll('article.followed').length === {}", number + 1),
                    "it is followed",
                )
                .await;
            }
            // What the first rounds leave behind (caches, compiled code, the browser's list of the last calls) is no growth. It is
            // rounds that fill these: how many a busy machine gets done in ten minutes of a clock that runs faster, nobody knows.
            page.script("[window.begun, window.calls] = [Date.now(), 0];", vec![]).await;
            let minutes_and_calls = |minutes: u32, rounds: u64| {
                let calls = FOLLOWED * rounds;
                format!("Date.now() - window.begun >= {minutes} * 60000 && window.calls > {calls}")
            };
            page.until(&minutes_and_calls(10, FIRST_ROUNDS), "the first rounds are over").await;
            let (early, early_wasm) = (Held::by(page).await, of_wasm(page).await);
            let asked = scene.sandbox.requests_with(&Method::GET).len();
            page.until(&minutes_and_calls(60, FIRST_ROUNDS + ROUNDS), "an hour has passed").await;
            let (late, late_wasm) = (Held::by(page).await, of_wasm(page).await);
            let calls = scene.sandbox.requests_with(&Method::GET).len() - asked;
            println!("{early:?}, {early_wasm} KiB of wasm -> {late:?}, {late_wasm} KiB of wasm; {calls} calls");
            assert!(u64::try_from(calls).unwrap() >= FOLLOWED * ROUNDS, "it goes on asking: {calls} calls");
            let grew = |early: u64, late: u64, by: u64, what: &str| {
                assert!(late <= early + by, "{what}: {early} -> {late}, and {by} more would do");
            };
            grew(early.nodes, late.nodes, FOLLOWED * NODES_OF_A_CARD, "nodes");
            grew(early.listeners, late.listeners, FOLLOWED * LISTENERS_OF_A_CALL, "listeners");
            grew(early.heap, late.heap, HEAP, "KiB of JavaScript's heap");
            grew(early_wasm, late_wasm, WASM, "KiB of the wasm's memory");
        })
        .await;
}
