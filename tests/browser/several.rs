//! Several presses at once: each has its card, its POST and its backup.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, POSTGRESQL};
use sandbox::{FaultTiming, ListDelay, Route};

use crate::common::page::Page;
use crate::common::stage::{Scene, Stage};

/// Presses for a second backup, of another instance.
async fn press_second(page: &Page) {
    page.replace("Instance ID", POSTGRESQL).await;
    page.replace("Backup name", "second").await;
    page.press("Create backup").await;
}

async fn both_are_followed(scene: &Scene) {
    let both = "document.querySelectorAll('article.followed').length === 2";
    scene.page.until(both, "both backups have a card").await;
    let names: Vec<_> =
        scene.sandbox.backups().into_iter().map(|backup| (backup.name, backup.instance.id.clone())).collect();
    for made in [("first", MYSQL), ("second", POSTGRESQL)] {
        assert_eq!(names.iter().filter(|(name, id)| (name.as_str(), id.as_str()) == made).count(), 1, "{names:?}");
    }
    assert_eq!(names.len(), 2, "{names:?}");
}

#[tokio::test]
async fn the_second_is_pressed_while_the_first_is_being_sent() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "first").await;
            let hold = sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            page.sees("Asking the API to create “first”").await;
            sandbox.wait_for_calls(Route::Create, 1).await;
            press_second(page).await;
            page.sees("Asking the API to create “second”").await;
            page.has(".cards", "Asking the API to create “first”").await;
            sandbox.wait_for_calls(Route::Create, 2).await;
            drop(hold);
            both_are_followed(scene).await;
            assert_eq!(sandbox.call_count(Route::Create), 2);
            // Each tells its own end.
            sandbox.complete_backups("first");
            page.has(".cards", "backup completed (COMPLETED)").await;
            page.shows("backup in progress (BUILDING)").await;
            page.is_titled("BUILDING – second").await;
        })
        .await;
}

#[tokio::test]
async fn the_second_is_pressed_while_the_first_is_looked_for() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "first").await;
            sandbox.set_list_delay(ListDelay::UntilEnded);
            sandbox.drop_all_responses(FaultTiming::AfterCommit);
            page.press("Create backup").await;
            page.sees("It can't be told yet whether the backup was made").await;
            sandbox.stop_dropping_responses();
            let sent = sandbox.call_count(Route::Create);
            press_second(page).await;
            page.sees("Backup started").await;
            page.has(".cards", "It can't be told yet whether the backup was made").await;
            sandbox.end_list_delay();
            page.has(".cards", "The backup exists").await;
            both_are_followed(scene).await;
            assert_eq!(sandbox.call_count(Route::Create), sent + 1);
        })
        .await;
}

#[tokio::test]
async fn the_second_is_pressed_while_the_first_is_read_for() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "first").await;
            let hold = sandbox.hold_only(Route::Backups);
            page.press("Create backup").await;
            page.sees("Looking whether the name “first” is free").await;
            press_second(page).await;
            page.sees("Looking whether the name “second” is free").await;
            drop(hold);
            both_are_followed(scene).await;
            assert_eq!((sandbox.call_count(Route::Create), sandbox.call_count(Route::Backups)), (2, 2));
        })
        .await;
}

#[tokio::test]
async fn the_same_press_again_shows_its_card_and_sends_nothing() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "first").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            press_second(page).await;
            both_are_followed(scene).await;
            page.replace("Instance ID", MYSQL).await;
            page.replace("Backup name", "first").await;
            page.press("Create backup").await;
            page.until("document.querySelector('.outcome h3').innerText === 'first'", "the first is in view").await;
            // Another request under its name is refused where it was typed.
            page.type_into("Description", "other words").await;
            page.press("Create backup").await;
            page.until("document.querySelector('#console [aria-invalid=true]')", "the name is marked").await;
            page.complains("Backup name", "A backup of this name was asked for already").await;
            assert_eq!(sandbox.requests_with(&Method::POST).len(), 2);
            both_are_followed(scene).await;
        })
        .await;
}
