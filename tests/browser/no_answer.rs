//! There is no answer, and the user is told what that means for the backup.

use std::time::Duration;

use axum::http::Method;
use sandbox::Route;
use sandbox::fixtures::{MYSQL, SQL_SERVER};
use serde_json::json;

use crate::common::stage::Stage;

#[tokio::test]
async fn the_server_is_down() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            scene.sandbox.stop_listening().await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            page.shows(&format!("Can't reach {}", page.endpoint)).await;
            page.shows("CORS").await;
            page.shows("cargo xtask serve --endpoint").await;
            // Only when its user wants it does the page send to what doesn't answer.
            page.press("Create anyway").await;
            page.sees("can't be reached at the moment (offline, VPN, name or certificate)").await;
            page.shows("It can't be told yet whether the backup was made").await;
            page.shows("CORS").await;
            page.press("Stop looking").await;
            page.sees("It can't be told whether the backup was made").await;
            page.shows(&format!("Look by hand for “backup” among the backups of {MYSQL}")).await;
            assert!(page.said_as("alert").await.contains(&page.words("It can't be told")));
            assert_eq!(page.value("Endpoint").await, page.endpoint);
        })
        .await;
}

#[tokio::test]
async fn the_api_does_not_allow_the_pages_origin() {
    Stage::new()
        .direct()
        .without_cors()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            for part in ["Can't reach", "CORS", "cargo xtask serve --endpoint", "enter that path as the endpoint"] {
                page.shows(part).await;
            }
            page.press("Create anyway").await;
            page.sees("It can't be told whether the backup was made").await;
            for part in
                ["The endpoint answers", "CORS", "cargo xtask serve --endpoint", "enter that path as the endpoint"]
            {
                page.shows(part).await;
            }
            assert!(scene.sandbox.requests_with(&Method::POST).is_empty());
            // What asked whether anything answers took no token along.
            let probes = scene.sandbox.requests_with(&Method::GET);
            assert!(!probes.is_empty() && probes.iter().all(|probe| probe.header("x-auth-token").is_empty()));
        })
        .await;
}

#[tokio::test]
async fn the_user_cancels_and_the_backup_is_found() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            let hold = scene.sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            scene.sandbox.wait_for_request(&Method::POST).await;
            let hold_lists = scene.sandbox.hold_only(Route::Backups);
            page.press("Cancel").await;
            page.sees("You cancelled. The request had been sent by then.").await;
            page.shows("It can't be told yet whether the backup was made").await;
            // The server goes on with what it has received, whether or not someone still waits for the answer.
            scene.sandbox.create_backup(MYSQL, "backup");
            drop((hold, hold_lists));
            page.sees("The backup exists").await;
            page.shows(&scene.sandbox.backups()[0].id).await;
            // The form can be used again.
            page.replace("Instance ID", SQL_SERVER).await;
            page.replace("Backup name", "another").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let names: Vec<_> = scene.sandbox.backups().into_iter().map(|backup| backup.name).collect();
            assert_eq!(names, ["backup", "another"]);
        })
        .await;
}

#[tokio::test]
async fn the_time_limit_is_reached() {
    Stage::new()
        .with_time_limit(Duration::from_millis(500))
        .with_settle_time(Duration::from_millis(300))
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            let (hold, hold_lists) = (scene.sandbox.hold_only(Route::Create), scene.sandbox.hold_only(Route::Instance));
            page.press("Create backup").await;
            page.sees("No answer within the time limit.").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            drop((hold, hold_lists));
            // Whether the server still worked on what it had received is for it to say: the page says what is true.
            let known = ["The backup exists", "It is safe to try again"].map(|words| page.words(words));
            let condition = known.clone().map(|words| format!("document.body.innerText.includes({})", json!(words)));
            page.until(&condition.join(" || "), "it is known").await;
            let is_made = !scene.sandbox.backups().is_empty();
            page.shows(if is_made { "The backup exists" } else { "It is safe to try again" }).await;
        })
        .await;
}

/// Keeps count of the waits between two readings, by their time: of those that are set, and of those that have fired. The time limits
/// of requests are longer.
const COUNT_TIMERS: &str = "
    window.timers = new Set();
    window.fired = 0;
    const [set, clear] = [window.setTimeout, window.clearTimeout];
    window.setTimeout = (act, pause, ...given) => {
        const fire = () => { window.fired += window.timers.delete(timer); act(...given); };
        const timer = set(fire, pause);
        if (pause > 1000 && pause < 20000) { window.timers.add(timer); }
        return timer;
    };
    window.clearTimeout = timer => { window.timers.delete(timer); clear(timer); };
";

#[tokio::test]
async fn a_wait_that_is_given_up_leaves_no_timer() {
    Stage::new()
        .watched_by(COUNT_TIMERS)
        .with_settle_time(Duration::from_secs(300))
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            let _hold = scene.sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            scene.sandbox.wait_for_request(&Method::POST).await;
            page.press("Cancel").await;
            page.sees("It can't be told yet whether the backup was made").await;
            page.until("window.timers.size > 0", "it waits before it looks again").await;
            page.press("Stop looking").await;
            page.sees("It can't be told whether the backup was made").await;
            page.script("window.fired = 0;", vec![]).await;
            page.until("window.timers.size === 0", "no timer is left").await;
            assert_eq!(page.script("return window.fired;", vec![]).await, 0);
        })
        .await;
}
