//! A user follows a backup until it is there.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, POSTGRESQL};
use sandbox::{Fault, FaultTiming, Route};

use crate::common::stage::{Scene, Stage};

async fn start(scene: &Scene) {
    scene.sandbox.create_backup(MYSQL, "an-earlier-one");
    scene.sandbox.finish_backups();
    scene.page.fill(MYSQL, "backup").await;
    scene.page.type_into("Description", "before the upgrade").await;
    scene.page.press("Create backup").await;
    scene.page.sees("Backup started").await;
}

#[tokio::test]
async fn it_completes_and_page_title_and_notification_say_so() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            // What the operating system would show.
            page.script(
                "window.Notification = class { static permission = 'granted';
                 static async requestPermission() { return 'granted'; }
                 constructor(text, options) { structuredClone(options?.data); window.notified = text; } };",
                vec![],
            )
            .await;
            start(scene).await;
            page.is_titled("BUILDING – backup – RDS Backup Console").await;
            page.has(".followed", "backup in progress (BUILDING)").await;
            page.says("The last one took 4 min").await;
            page.has(".followed", "Time since the request: 0:0").await;
            let bar = "const bar = document.querySelector('.followed progress').getBoundingClientRect(); return bar.width > 99 && bar.height > 3;";
            assert_eq!(page.script(bar, vec![]).await, true, "that it goes on is to be seen");
            page.press("Notify me when it is done").await;
            page.says("This page has the browser notify you, as long as it stays open.").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            page.shows("The backup is there and can be used.").await;
            page.is_titled("✓ COMPLETED – backup").await;
            assert_eq!(page.script("return window.notified;", vec![]).await, "✓ COMPLETED – backup");
            page.has(".followed", "Duration: 4 min").await;
            // The list has no description: that of the answer to the request stays.
            page.shows("before the upgrade").await;
        })
        .await;
}

#[tokio::test]
async fn leaving_the_page_asks_first_while_a_request_runs_or_a_backup_is_followed() {
    // What the browser sends before it leaves, and whether the page wants it to ask.
    let asks = "const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event); return event.defaultPrevented;";
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            assert_eq!(page.script(asks, vec![]).await, false, "nothing runs");
            let hold = scene.sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            page.sees("Waiting for its answer").await;
            assert_eq!(page.script(asks, vec![]).await, true, "a request runs");
            drop(hold);
            page.sees("Backup started").await;
            assert_eq!(page.script(asks, vec![]).await, true, "a backup is followed");
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            assert_eq!(page.script(asks, vec![]).await, false, "it is done");
        })
        .await;
}

#[tokio::test]
async fn it_fails_and_the_page_says_what_can_be_found_out() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            scene.sandbox.fail_next();
            start(scene).await;
            scene.sandbox.finish_backups();
            page.says("backup failed (FAILED)").await;
            // It was a list that said so, and later than the answer.
            page.shows("The backup has failed and can't be used").await;
            page.shows("The page learned of it").await;
            page.says("The API gives this reason: The backup lock was not obtained.").await;
            page.says("Usual causes").await;
            page.is_titled("✗ FAILED – backup").await;
        })
        .await;
}

#[tokio::test]
async fn the_token_expires_and_a_new_one_goes_on() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            start(scene).await;
            let token = scene.sandbox.renew_token();
            page.says("The token was rejected. Enter a new one of the same project").await;
            // Nothing is wrong with the backup.
            page.shows("Backup started").await;
            scene.sandbox.finish_backups();
            page.paste_into("Token", &token).await;
            page.says("backup completed (COMPLETED)").await;
        })
        .await;
}

#[tokio::test]
async fn a_throttled_question_is_asked_again_later() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            scene.sandbox.inject(Route::Backup, FaultTiming::BeforeCommit, Fault::Throttled(Some(1)));
            page.press("Create backup").await;
            page.says("Nothing heard for").await;
            page.shows("Backup started").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn several_are_followed_at_once() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "first").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.replace("Instance ID", POSTGRESQL).await;
            page.replace("Backup name", "second").await;
            page.press("Create backup").await;
            page.until("document.querySelectorAll('article.followed').length === 2", "both are followed").await;
            scene.sandbox.finish_backups();
            page.until("document.querySelectorAll('article.followed.accepted').length === 2", "both are there").await;
        })
        .await;
}

#[tokio::test]
async fn the_presses_are_exported_without_the_token() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.script(
                "window.saved = []; const make = URL.createObjectURL;
                 URL.createObjectURL = blob => { blob.text().then(text => window.saved.push(text)); return make(blob); };",
                vec![],
            )
            .await;
            start(scene).await;
            page.press("Export as JSON").await;
            page.press("Export as CSV").await;
            page.until("window.saved.length === 2", "both files are saved").await;
            let saved = page.script("return window.saved;", vec![]).await;
            let id = &scene.sandbox.backups()[1].id;
            let json: serde_json::Value = serde_json::from_str(saved[0].as_str().unwrap()).unwrap();
            assert_eq!((&json[0]["name"], &json[0]["outcome"], &json[0]["id"]), (&"backup".into(), &"created".into(), &id.as_str().into()));
            let csv = saved[1].as_str().unwrap();
            assert!(csv.starts_with("requested_at,name,instance_id,outcome,") && csv.contains(id), "{csv}");
            assert!(!saved.to_string().contains("MIISandbox"));
        })
        .await;
}
