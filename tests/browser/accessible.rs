//! Everyone can use the page: checked by axe-core in every state, in every language and both sets of colours, wide and narrow.

use std::time::Duration;

use console_core::Language;
use sandbox::fixtures::{MYSQL, SQL_SERVER};
use sandbox::{ErrorFormat, Fault, FaultTiming, Route};
use serde_json::json;

use crate::common::axe::check;
use crate::common::stage::{Scene, Stage, languages};

fn stage() -> Stage {
    Stage::new().in_chromium().with_settle_time(Duration::from_secs(1))
}

/// Leads through the states of the page, and checks each.
async fn walk(scene: &Scene) {
    let (page, sandbox) = (&scene.page, &scene.sandbox);
    check(page, "empty").await;
    page.press("Create backup").await;
    page.sees("Nothing was sent").await;
    check(page, "errors").await;
    page.press("Show request").await;
    check(page, "errors in the request").await;
    page.visit(&format!("{}#name=linked&token=x", scene.site.url)).await;
    check(page, "notices").await;
    page.connect().await;
    page.press("Load instances").await;
    page.says("reports-sqlserver").await;
    check(page, "instances").await;
    page.press("Choose reports-sqlserver").await;
    page.says("archive").await;
    page.press("Add database").await;
    page.type_into("Database 1", "db1").await;
    page.press("Show request").await;
    check(page, "the request").await;
    page.press("Hide request").await;
    let hold = sandbox.hold();
    page.press("Create backup").await;
    page.sees("Asking the API").await;
    check(page, "loading").await;
    drop(hold);
    page.sees("Backup started").await;
    check(page, "created").await;
    sandbox.finish_backups();
    page.says("backup completed (COMPLETED)").await;
    check(page, "completed").await;
    page.replace("Backup name", "refused").await;
    sandbox.inject(Route::Create, FaultTiming::BeforeCommit, Fault::Refusal(403, ErrorFormat::RdsV3));
    page.press("Create backup").await;
    page.sees("No backup was created").await;
    check(page, "refused").await;
    for number in 0..3 {
        sandbox.create_backup(MYSQL, &format!("earlier-{number}"));
        sandbox.finish_backups();
    }
    page.replace("Instance ID", MYSQL).await;
    page.press("Show backups").await;
    page.until("document.querySelector('.chart')", "the chart is drawn").await;
    page.script("document.querySelectorAll('details').forEach(details => details.open = true);", vec![]).await;
    check(page, "list and chart").await;
}

#[tokio::test]
async fn in_every_state_wide_and_light() {
    stage().play(async |scene| walk(scene).await).await;
}

#[tokio::test]
async fn in_every_state_dark_and_in_every_other_language() {
    for language in Language::loaded() {
        stage().in_language(language.tag()).dark().play(async |scene| walk(scene).await).await;
    }
}

#[tokio::test]
async fn in_every_state_at_320_pixels() {
    stage().with_window(320, 640).play(async |scene| walk(scene).await).await;
}

#[tokio::test]
async fn when_nobody_knows_what_became_of_it() {
    for language in languages() {
        Stage::new()
            .in_chromium()
            .in_language(language)
            .without_cors()
            .direct()
            .play(async |scene| {
                let page = &scene.page;
                page.fill(SQL_SERVER, "backup").await;
                page.press("Create backup").await;
                page.sees(&format!("Can't reach {}: check address, port and VPN", page.endpoint)).await;
                check(page, "unreachable").await;
                page.press("Create anyway").await;
                page.sees("It can't be told yet").await;
                check(page, "looking").await;
                page.sees("It can't be told whether").await;
                check(page, "unknown outcome").await;
            })
            .await;
        Stage::new()
            .in_chromium()
            .in_language(language)
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "backup").await;
                scene.sandbox.drop_responses(&[FaultTiming::AfterCommit]);
                page.press("Create backup").await;
                page.sees("The backup exists").await;
                check(page, "found").await;
                page.replace("Instance ID", SQL_SERVER).await;
                page.replace("Backup name", "second").await;
                page.press("Create backup").await;
                page.sees("Backup started").await;
                page.press("Create backup").await;
                check(page, "two at a time").await;
                page.reload().await;
                page.sees("This page was opened anew, or its tab duplicated, while").await;
                check(page, "after a reload").await;
            })
            .await;
    }
}

#[tokio::test]
async fn every_target_has_24_pixels() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.press("Load instances").await;
            page.says("reports-sqlserver").await;
            page.press("Choose reports-sqlserver").await;
            page.says("archive").await;
            page.press("Suggest a name").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            let small = page
                .script(
                    "return [...document.querySelectorAll('button, input, select, textarea, summary, a')]
                         .map(target => [target.getBoundingClientRect(), target.outerHTML])
                         .filter(([box]) => box.width > 0 && (box.width < 24 || box.height < 24)).map(([, html]) => html);",
                    vec![],
                )
                .await;
            assert_eq!(small, json!([]));
        })
        .await;
}
