//! Several instances with one press.

use std::time::Duration;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, POSTGRESQL, SQL_SERVER, token};
use sandbox::{ErrorFormat, Fault, FaultTiming, Route};
use serde_json::json;
use thirtyfour::Key;

use crate::common::axe::check;
use crate::common::page::Page;
use crate::common::stage::{Scene, Stage, languages};

const THREE: [&str; 3] = ["orders-mysql", "billing-postgresql", "reports-sqlserver"];

/// The check box that selects an instance.
fn check_box(page: &Page, name: &str) -> String {
    let label = page.words(&format!("Add {name} to the selection"));
    format!("document.querySelector('.instances input[aria-label={}]')", json!(label))
}

async fn tick(page: &Page, name: &str) {
    page.script(&format!("{}.click();", check_box(page, name)), vec![]).await;
}

/// Connects, and selects three instances.
async fn select_three(page: &Page) {
    page.connect().await;
    page.press("Load instances").await;
    page.until("!document.querySelector('.instances progress')", "the list is there").await;
    for name in THREE {
        tick(page, name).await;
    }
    page.has(".field-instances", "3 instances selected").await;
}

/// The summary of all.
async fn sums_up(page: &Page, summary: &str) {
    page.has(".outcome [role=status]", summary).await;
}

fn instances_backed_up(scene: &Scene) -> Vec<String> {
    let mut instances: Vec<String> =
        scene.sandbox.backups().into_iter().map(|backup| backup.instance.id.clone()).collect();
    instances.sort();
    instances
}

#[tokio::test]
async fn three_are_backed_up_with_one_press_and_end_in_one_receipt() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            select_three(page).await;
            // The names are there before anything is sent.
            for name in THREE {
                page.has(".selected", &format!("{name}-20")).await;
            }
            assert_eq!(sandbox.call_count(Route::Create), 0);
            page.press("Create 3 backups").await;
            sums_up(page, "3 backups: 3 running").await;
            page.is_titled("3 backups: 3 running").await;
            let mut expected = [MYSQL, POSTGRESQL, SQL_SERVER].map(str::to_owned).to_vec();
            expected.sort();
            assert_eq!(instances_backed_up(scene), expected);
            // The same press again makes nothing.
            page.press("Create 3 backups").await;
            sums_up(page, "3 backups: 3 running").await;
            assert_eq!(sandbox.call_count(Route::Create), 3);
            page.press("Copy link to follow").await;
            let link = page.clipboard().await;
            assert_eq!(link.matches("watch=").count(), 3, "{link}");
            sandbox.finish_backups();
            sums_up(page, "All backups are completed.").await;
            page.is_titled("3 backups: 3 completed").await;
            page.press("Copy receipt").await;
            page.says("Receipt copied").await;
            let receipt = page.clipboard().await;
            assert_eq!(receipt.matches("createManualSnapshot").count(), 3, "{receipt}");
            assert!(!receipt.contains(&token()));
            page.button("Download receipt as CSV").await;
        })
        .await;
}

#[tokio::test]
async fn one_that_is_refused_stops_none_of_the_others_and_is_tried_again_alone() {
    Stage::new()
        .with_settle_time(Duration::from_secs(1))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            select_three(page).await;
            sandbox.inject(Route::Create, FaultTiming::BeforeCommit, Fault::Refusal(403, ErrorFormat::RdsV3));
            page.press("Create 3 backups").await;
            sums_up(page, "3 backups: 1 without a backup, 2 running").await;
            page.press("Try the refused one again").await;
            sums_up(page, "3 backups: 3 running").await;
            assert_eq!(sandbox.call_count(Route::Create), 4);
            assert_eq!(instances_backed_up(scene).len(), 3);
        })
        .await;
}

#[tokio::test]
async fn a_reload_takes_all_up_and_cancel_keeps_back_what_was_not_sent() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            select_three(page).await;
            page.press("Create 3 backups").await;
            sums_up(page, "3 backups: 3 running").await;
            page.reload().await;
            sums_up(page, "3 backups: 3 not followed").await;
            assert_eq!(page.value("Name pattern").await, "{instance}-{date}T{time}Z");
            page.has(".selected", MYSQL).await;
            page.paste_into("Token", &token()).await;
            let look = format!("Look for the 3 at {}", page.endpoint);
            page.press(&look).await;
            sums_up(page, "3 backups: 3 running").await;
            assert_eq!(sandbox.call_count(Route::Create), 3);
            sandbox.finish_backups();
            sums_up(page, "All backups are completed.").await;
            // Other names: other backups.
            page.press("Load instances").await;
            page.until("!document.querySelector('.instances progress')", "the list is there").await;
            page.replace("Name pattern", "second-{instance}").await;
            let hold = sandbox.hold_only(Route::Backups);
            page.press("Create 3 backups").await;
            sums_up(page, "3 backups: 3 being requested").await;
            page.press("Cancel").await;
            sums_up(page, "3 backups: 3 without a backup").await;
            drop(hold);
            page.press("Try the 3 without a backup again").await;
            sums_up(page, "3 backups: 3 running").await;
            assert_eq!(sandbox.call_count(Route::Create), 6);
        })
        .await;
}

/// Whoever clicks `Cancel` twice doesn't meet what sends in its place.
#[tokio::test]
async fn a_second_click_on_cancel_sends_nothing() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            select_three(page).await;
            let hold = sandbox.hold_only(Route::Backups);
            page.press("Create 3 backups").await;
            sums_up(page, "3 backups: 3 being requested").await;
            let cancel = page.button("Cancel").await;
            cancel.scroll_into_view().await.unwrap();
            page.driver.action_chain().double_click_element(&cancel).perform().await.unwrap();
            sums_up(page, "3 backups: 3 without a backup").await;
            // Nor later: where `Cancel` stood, nothing stands that sends.
            page.driver.action_chain().click().perform().await.unwrap();
            sums_up(page, "3 backups: 3 without a backup").await;
            drop(hold);
            assert_eq!(sandbox.call_count(Route::Create), 0);
        })
        .await;
}

#[tokio::test]
async fn names_are_checked_before_anything_is_sent() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            select_three(page).await;
            page.replace("Name pattern", "nightly").await;
            page.leave().await;
            page.complains("Name pattern", "Each backup needs a name of its own").await;
            page.press("Create 3 backups").await;
            page.follows_fault("Each backup needs a name of its own").await;
            page.has_focus("Name pattern").await;
            page.replace("Name pattern", "nightly-{host}").await;
            page.complains("Name pattern", "Name pattern knows {instance}, {date} and {time}").await;
            page.replace("Name pattern", "nightly-{instance}").await;
            page.is_content("Name pattern").await;
            page.has(".selected", "nightly-orders-mysql").await;
            assert_eq!(sandbox.call_count(Route::Create), 0);
            page.press("Remove orders-mysql").await;
            page.has(".field-instances", "2 instances selected").await;
            page.press("Clear selection").await;
            page.has_focus("Instance ID").await;
            assert!(sandbox.requests().iter().all(|request| request.method != Method::POST));
        })
        .await;
}

#[tokio::test]
async fn a_range_is_selected_by_keyboard() {
    Stage::new()
        .in_chromium()
        .large()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.press("Load instances").await;
            page.has(".instances", "The first 100 of 1,000 instances").await;
            let boxes = "[...document.querySelectorAll('.instances .select')]";
            page.script(&format!("{boxes}[0].focus();"), vec![]).await;
            page.keys(" ").await;
            page.has(".field-instances", "1 instance selected").await;
            page.script(&format!("{boxes}[19].focus();"), vec![]).await;
            page.keys(Key::Shift + " ").await;
            page.has(".field-instances", "20 instances selected").await;
            let ticked = format!("{boxes}.slice(0, 20).every(box => box.checked) && !{boxes}[20].checked");
            page.until(&ticked, "the range is ticked").await;
            page.press("Create 20 backups").await;
            sums_up(page, "20 backups: 20 running").await;
            scene.sandbox.finish_backups();
            sums_up(page, "All backups are completed.").await;
        })
        .await;
}

#[tokio::test]
async fn everyone_can_use_it() {
    for language in languages() {
        Stage::new()
            .in_chromium()
            .in_language(language)
            .with_window(360, 740)
            .with_settle_time(Duration::from_secs(1))
            .play(async |scene| {
                let (page, sandbox) = (&scene.page, &scene.sandbox);
                select_three(page).await;
                check(page, "three selected").await;
                page.replace("Name pattern", "nightly").await;
                page.press("Create 3 backups").await;
                page.follows_fault("Each backup needs a name of its own").await;
                check(page, "names alike").await;
                page.replace("Name pattern", "nightly-{instance}").await;
                sandbox.inject(Route::Create, FaultTiming::BeforeCommit, Fault::Refusal(403, ErrorFormat::RdsV3));
                page.press("Create 3 backups").await;
                sums_up(page, "3 backups: 1 without a backup, 2 running").await;
                check(page, "one refused").await;
                sandbox.finish_backups();
                sums_up(page, "3 backups: 1 without a backup, 2 completed").await;
                check(page, "ended").await;
            })
            .await;
    }
}
