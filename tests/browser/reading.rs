//! The page reads the instance's backups before it sends: what that finds, and what it costs where it can't be had.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, token};
use sandbox::{ErrorFormat, Fault, FaultTiming, FixedResponse, Route, Sandbox};

use crate::common::page::Page;
use crate::common::stage::Stage;

/// How many lists of an instance's backups were asked for, and how many backups.
fn calls(sandbox: &Sandbox) -> (usize, usize) {
    (sandbox.call_count(Route::Backups), sandbox.call_count(Route::Create))
}

async fn is_started(page: &Page) {
    page.press("Create backup").await;
    page.sees("Backup started").await;
}

#[tokio::test]
async fn a_name_that_is_taken_costs_one_list_and_is_not_sent() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            let id = sandbox.create_backup(MYSQL, "weekly").unwrap();
            sandbox.finish_backups();
            page.fill(MYSQL, "weekly").await;
            page.press("Create backup").await;
            page.has(".outcome [role=alert]", "The name was taken before").await;
            page.shows(&id).await;
            page.complains("Backup name", "A backup of this name exists").await;
            assert_eq!(calls(sandbox), (1, 0));
            page.replace("Backup name", "weekly-2").await;
            page.is_content("Backup name").await;
            is_started(page).await;
            assert_eq!(calls(sandbox), (2, 1));
        })
        .await;
}

#[tokio::test]
async fn a_kept_list_never_refuses_a_name() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            sandbox.create_backup(MYSQL, "weekly");
            sandbox.finish_backups();
            page.fill(MYSQL, "weekly").await;
            page.press("Show backups").await;
            page.has(".backups", "1 backup").await;
            sandbox.delete_backups("weekly");
            sandbox.finish_deletions();
            is_started(page).await;
            assert_eq!(calls(sandbox), (2, 1));
        })
        .await;
}

#[tokio::test]
async fn a_table_from_before_the_press_spares_no_reading() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.press("Show backups").await;
            page.says("This instance has no backups yet").await;
            is_started(page).await;
            assert_eq!(calls(sandbox), (2, 1));
        })
        .await;
}

#[tokio::test]
async fn an_api_that_forbids_lists_costs_one_more_call_and_nothing_else() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            sandbox.inject_always(
                Route::Backups,
                FaultTiming::BeforeCommit,
                Fault::FixedResponse(FixedResponse::forbidden()),
            );
            page.fill(MYSQL, "backup").await;
            is_started(page).await;
            assert_eq!(calls(sandbox), (1, 1));
            page.shows(&sandbox.backups()[0].id).await;
        })
        .await;
}

#[tokio::test]
async fn lists_that_fail_are_tried_twice_and_keep_nobody_from_a_backup() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            sandbox.inject_always(Route::Backups, FaultTiming::BeforeCommit, Fault::Refusal(500, ErrorFormat::RdsV3));
            page.fill(MYSQL, "backup").await;
            is_started(page).await;
            assert_eq!(calls(sandbox), (2, 1));
        })
        .await;
}

#[tokio::test]
async fn lists_that_hang_do_not_hold_a_press_for_ever() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            let hold = sandbox.hold_only(Route::Backups);
            page.press("Create backup").await;
            page.sees("Looking whether the name “backup” is free. Nothing has been sent yet.").await;
            page.sees("Backup started").await;
            assert_eq!(calls(sandbox), (1, 1));
            drop(hold);
        })
        .await;
}

#[tokio::test]
async fn a_press_that_is_cancelled_meanwhile_has_sent_nothing() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            let hold = sandbox.hold_only(Route::Backups);
            page.press("Create backup").await;
            page.sees("Nothing has been sent yet.").await;
            sandbox.wait_for_calls(Route::Backups, 1).await;
            page.press("Cancel").await;
            page.has(".outcome [role=alert]", "Nothing was sent").await;
            page.shows("You cancelled before the request was sent.").await;
            drop(hold);
            assert!(sandbox.requests_with(&Method::POST).is_empty() && sandbox.backups().is_empty());
            page.press("Try again").await;
            page.sees("Backup started").await;
            assert_eq!((sandbox.call_count(Route::Create), sandbox.backups().len()), (1, 1));
        })
        .await;
}

#[tokio::test]
async fn a_token_that_the_list_rejects_has_sent_nothing() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.paste_into("Token", &format!("MII{}", "x".repeat(1_100))).await;
            page.press("Create backup").await;
            page.has(".outcome [role=alert]", "Nothing was sent").await;
            page.has_focus("Token").await;
            page.complains("Token", "The API rejected the token").await;
            assert_eq!(calls(sandbox), (1, 0));
            page.paste_into("Token", &token()).await;
            page.press("Try again").await;
            page.sees("Backup started").await;
            assert_eq!(calls(sandbox), (2, 1));
        })
        .await;
}

#[tokio::test]
async fn what_does_not_answer_gets_nothing_before_its_user_wants_it() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            sandbox.stop_listening().await;
            page.press("Create backup").await;
            page.has(".outcome [role=alert]", "Nothing was sent").await;
            page.shows(&format!("Can't reach {}", page.endpoint)).await;
            sandbox.start_listening().await;
            assert!(sandbox.requests().is_empty());
            page.press("Create anyway").await;
            page.sees("Backup started").await;
            assert_eq!((sandbox.requests_with(&Method::POST).len(), sandbox.backups().len()), (1, 1));
        })
        .await;
}
