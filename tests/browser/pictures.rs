//! Pictures of the page for people to look at, and for the README. Not a test: run by `cargo xtask pictures`.

use std::path::Path;

use sandbox::world::{MYSQL, SQL_SERVER};

use crate::page::Page;
use crate::stage::{Scene, Stage, workspace};

async fn take(page: &Page, name: &str) {
    let folder = workspace().join("target/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name).with_extension("png");
    page.driver.screenshot(Path::new(&file)).await.unwrap();
}

async fn started(scene: &Scene) {
    let page = &scene.page;
    page.fill(&scene.sandbox, SQL_SERVER, "before-upgrade-2026-11-24").await;
    page.type_into("Description", "Before the upgrade to release 12").await;
    page.press("Add database").await;
    page.paste_into("Database 1", "db1, sales").await;
    page.press("Create backup").await;
    page.sees("Backup started").await;
    page.leave().await;
    page.script("scrollTo(0, 0);", vec![]).await;
}

#[tokio::test]
#[ignore = "makes pictures, tests nothing"]
async fn pictures() {
    Stage::new()
        .with_window(1280, 1080)
        .play(async |scene| {
            started(scene).await;
            take(&scene.page, "started").await;
        })
        .await;
    Stage::new()
        .with_window(1280, 1080)
        .dark()
        .play(async |scene| {
            started(scene).await;
            take(&scene.page, "started-dark").await;
        })
        .await;
    Stage::new()
        .with_window(360, 1900)
        .play(async |scene| {
            started(scene).await;
            take(&scene.page, "started-360").await;
        })
        .await;
    Stage::new()
        .with_window(1280, 1000)
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Endpoint", "http://rds.eu-de.otc.t-systems.com").await;
            page.type_into("Backup name", "1. backup").await;
            page.type_into("Description", "a & b").await;
            page.press("Add database").await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            take(page, "errors").await;
            page.press("Deutsch").await;
            take(page, "errors-german").await;
            page.set_window(360, 2200).await;
            take(page, "errors-german-360").await;
        })
        .await;
    Stage::new()
        .with_window(1280, 900)
        .dark()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(&scene.sandbox, MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.press("Create backup").await;
            page.sees("A backup of this name exists").await;
            take(page, "refused-dark").await;
        })
        .await;
    Stage::new()
        .without_cors()
        .with_window(1280, 900)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(&scene.sandbox, MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("No answer").await;
            take(page, "no-answer").await;
        })
        .await;
    Stage::new()
        .with_window(1280, 900)
        .in_language("de")
        .play(async |scene| take(&scene.page, "empty-german").await)
        .await;
    Stage::new()
        .with_window(1280, 900)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(&scene.sandbox, MYSQL, "backup").await;
            let _hold = scene.sandbox.hold();
            page.press("Create backup").await;
            page.sees("Asking").await;
            take(page, "sending").await;
        })
        .await;
}
