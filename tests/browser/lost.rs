//! The answer gets lost, and the user learns whether the backup was made.

use std::time::Duration;

use axum::http::Method;
use sandbox::fixtures::MYSQL;
use sandbox::{ErrorFormat, Fault, FaultTiming, Route};

use crate::common::browser::Browser;
use crate::common::stage::Stage;

#[tokio::test]
async fn the_browser_sends_again_and_it_is_one_backup_shown_as_made() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            scene.sandbox.drop_responses(&[FaultTiming::AfterCommit]);
            page.press("Create backup").await;
            page.sees("The backup exists").await;
            page.shows("“backup” is in the instance's list, and wasn't there before your press").await;
            assert!(page.said_as("alert").await.is_empty());
            // One press, one fetch, and yet two requests in most browsers: the second is the browser's own. Firefox sends it
            // only when the connection had been used before, which is for it to say.
            let sent = scene.sandbox.requests_with(&Method::POST).len();
            let least = if page.browser == Browser::Chromium { 2 } else { 1 };
            assert!((least..=2).contains(&sent), "{sent} requests");
            let backups = scene.sandbox.backups();
            let [backup] = &backups[..] else { panic!("one backup") };
            page.shows(&backup.id).await;
        })
        .await;
}

#[tokio::test]
async fn no_answer_arrives_at_all_and_the_backup_is_found() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            scene.sandbox.drop_all_responses(FaultTiming::AfterCommit);
            page.press("Create backup").await;
            page.sees("The backup exists").await;
            assert_eq!(scene.sandbox.backups().len(), 1);
        })
        .await;
}

#[tokio::test]
async fn nothing_was_made_and_the_user_is_told_and_tries_again_with_the_same_name() {
    Stage::new()
        .direct()
        .with_settle_time(Duration::from_millis(500))
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            scene.sandbox.drop_all_responses(FaultTiming::BeforeCommit);
            page.press("Create backup").await;
            page.sees("No backup was created").await;
            page.shows("no backup named “backup”. It is safe to try again.").await;
            assert!(scene.sandbox.backups().is_empty());
            scene.sandbox.stop_dropping_responses();
            page.press("Try again").await;
            page.sees("Backup started").await;
            let names: Vec<_> = scene.sandbox.backups().into_iter().map(|backup| backup.name).collect();
            assert_eq!(names, ["backup"]);
        })
        .await;
}

#[tokio::test]
async fn a_gateway_fails_behind_the_backup_and_it_is_found() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            scene.sandbox.inject(Route::Create, FaultTiming::AfterCommit, Fault::Refusal(502, ErrorFormat::Html));
            page.press("Create backup").await;
            page.sees("The backup exists").await;
            page.shows("The service behind the gateway didn't answer in time").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}
