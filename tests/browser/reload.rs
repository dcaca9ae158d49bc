//! A reload while something is under way: the page says what it was doing, asks nothing before its user's press, and then
//! finds it.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, token};
use sandbox::{FaultTiming, ListDelay, Route, Sandbox};
use thirtyfour::WindowHandle;

use crate::common::page::{DRAWN, Page};
use crate::common::stage::{Scene, Stage};

/// The button of a card that names where the token goes.
fn at(page: &Page, words: &str) -> String {
    format!("{words} {}", page.endpoint)
}

/// Loads the page again, and gives it a token. Neither asks for anything.
async fn reload(scene: &Scene) {
    let (page, sandbox) = (&scene.page, &scene.sandbox);
    page.reload().await;
    page.until("document.querySelector('.outcome h3')", "the card is back").await;
    let asked = sandbox.requests().len();
    assert_eq!(page.value("Token").await, "");
    page.paste_into("Token", &token()).await;
    page.leave().await;
    page.sees("The page asks for nothing before you press").await;
    assert_eq!(sandbox.requests().len(), asked, "nothing is asked before a press");
}

fn posts(sandbox: &Sandbox) -> usize {
    sandbox.requests_with(&Method::POST).len()
}

#[tokio::test]
async fn while_it_is_being_sent() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.type_into("Description", "before the upgrade").await;
            let hold = sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            sandbox.wait_for_calls(Route::Create, 1).await;
            page.sees("Asking the API").await;
            reload(scene).await;
            page.shows("It can't be told yet whether the backup was made").await;
            page.shows(
                "This page was opened anew, or its tab duplicated, before it was known what had become of the request.",
            )
            .await;
            // What the server has received it may work on, whoever waits for the answer.
            sandbox.create_backup(MYSQL, "backup");
            page.press(&at(page, "Look again at")).await;
            page.sees("The backup exists").await;
            page.shows(&sandbox.backups()[0].id).await;
            page.shows("before the upgrade").await;
            drop(hold);
        })
        .await;
}

#[tokio::test]
async fn while_it_is_looked_for() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            sandbox.set_list_delay(ListDelay::UntilEnded);
            sandbox.drop_all_responses(FaultTiming::AfterCommit);
            page.press("Create backup").await;
            page.sees("The page is looking for “backup”").await;
            sandbox.stop_dropping_responses();
            let sent = posts(sandbox);
            reload(scene).await;
            page.shows("It can't be told yet whether the backup was made").await;
            page.press(&at(page, "Look again at")).await;
            page.sees("The page is looking for “backup”").await;
            sandbox.end_list_delay();
            page.sees("The backup exists").await;
            assert_eq!((posts(sandbox), sandbox.backups().len()), (sent, 1));
        })
        .await;
}

#[tokio::test]
async fn while_it_is_built() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.type_into("Description", "before the upgrade").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            reload(scene).await;
            page.shows("This page was opened anew, or its tab duplicated, while this backup was followed").await;
            page.shows("before the upgrade").await;
            page.press(&at(page, "Follow at")).await;
            page.sees("backup in progress (BUILDING)").await;
            sandbox.finish_backups();
            page.sees("The backup is there and can be used.").await;
            page.is_titled("✓ COMPLETED – backup").await;
            assert_eq!(posts(sandbox), 1);
            assert_eq!(page.script("return document.querySelectorAll('article.card').length;", vec![]).await, 1);
            // What has ended is known, and asked for no more.
            let asked = sandbox.requests().len();
            page.reload().await;
            page.sees("The backup is there and can be used.").await;
            page.shows("before the upgrade").await;
            assert_eq!(page.script("return document.querySelectorAll('article.card').length;", vec![]).await, 1);
            assert_eq!(sandbox.requests().len(), asked);
        })
        .await;
}

#[tokio::test]
async fn a_press_before_the_reload_and_the_same_press_after_it_are_one_backup() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            let hold = sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            sandbox.wait_for_calls(Route::Create, 1).await;
            page.reload().await;
            page.sees("It can't be told yet whether the backup was made").await;
            sandbox.create_backup(MYSQL, "backup");
            // The form has what was typed, and its user presses as if nothing had been.
            page.paste_into("Token", &token()).await;
            let sent = posts(sandbox);
            page.press("Create backup").await;
            page.sees("The backup exists").await;
            assert_eq!((posts(sandbox), sandbox.backups().len()), (sent, 1));
            drop(hold);
        })
        .await;
}

/// Goes to another tab of the browser.
async fn go_to(page: &Page, tab: WindowHandle) {
    page.driver.switch_to_window(tab).await.unwrap();
}

#[tokio::test]
async fn a_tab_that_is_duplicated_meanwhile_sends_nothing_by_itself() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            let hold = sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            sandbox.wait_for_calls(Route::Create, 1).await;
            let first = page.driver.window().await.unwrap();
            // A tab that another one opens begins with a copy of what that keeps, as a duplicated one does.
            page.script("window.open(location.href);", vec![]).await;
            let tabs = page.driver.windows().await.unwrap();
            let second = tabs.into_iter().find(|tab| *tab != first).unwrap();
            let asked = sandbox.requests().len();
            go_to(page, second).await;
            page.until(DRAWN, "the form is drawn").await;
            page.sees("It can't be told yet whether the backup was made").await;
            page.sees("The page asks for nothing before you press").await;
            assert_eq!(sandbox.requests().len(), asked);
            go_to(page, first.clone()).await;
            drop(hold);
            page.sees("Backup started").await;
            assert_eq!((posts(sandbox), sandbox.backups().len()), (1, 1));
        })
        .await;
}
