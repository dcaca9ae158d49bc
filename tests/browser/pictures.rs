//! Pictures of the page for people to look at, and for the README. Not a test: run by `cargo xtask pictures`.

use std::path::Path;
use std::time::Duration;

use console_core::Language;
use sandbox::fixtures::{MYSQL, SQL_SERVER, TokenKind, token_of_kind};
use sandbox::{ErrorFormat, Fault, FaultTiming, Route};

use crate::common::host::workspace;
use crate::common::page::Page;
use crate::common::stage::{Scene, Stage, languages};

async fn take(page: &Page, name: &str) {
    let folder = workspace().join("target/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name).with_extension("png");
    page.driver.screenshot(Path::new(&file)).await.unwrap();
}

async fn started(scene: &Scene) {
    let page = &scene.page;
    page.fill(SQL_SERVER, "before-upgrade-2026-11-24").await;
    page.type_into("Description", "Before the upgrade to release 12").await;
    page.press("Add database").await;
    page.paste_into("Database 1", "db1, sales").await;
    page.press("Create backup").await;
    page.sees("Backup started").await;
    page.leave().await;
    page.script("scrollTo(0, 0);", vec![]).await;
}

/// What is new to most people who look: the request, the end with its receipt, the chart.
#[tokio::test]
#[ignore = "makes pictures, tests nothing"]
async fn pictures_of_the_way() {
    for language in languages() {
        let name = format!("way-{language}");
        Stage::new()
            .in_language(language)
            .with_window(1280, 800)
            .play(async |scene| {
                let page = &scene.page;
                take(page, &format!("{name}-empty")).await;
                for number in 0..12 {
                    scene.sandbox.create_backup(MYSQL, &format!("earlier-{number}"));
                    scene.sandbox.finish_backups();
                }
                page.fill(MYSQL, "before-upgrade").await;
                page.press("Show backups").await;
                page.until("document.querySelector('.chart')", "the chart is drawn").await;
                page.press("Create backup").await;
                page.sees("Backup started").await;
                take(page, &format!("{name}-started")).await;
                scene.sandbox.finish_backups();
                page.says("backup completed (COMPLETED)").await;
                page.press("Show request").await;
                page.set_window(1280, 1900).await;
                page.script("scrollTo(0, 0);", vec![]).await;
                take(page, &format!("{name}-completed")).await;
                page.set_window(2560, 1200).await;
                take(page, &format!("{name}-2560")).await;
                page.set_window(320, 3800).await;
                take(page, &format!("{name}-320")).await;
            })
            .await;
    }
}

/// The whole page, as high as it is.
async fn take_whole(page: &Page, name: &str) {
    let width = page.script("return innerWidth;", vec![]).await.as_u64().unwrap();
    let height = page.script("return document.documentElement.scrollHeight;", vec![]).await.as_u64().unwrap();
    page.set_window(u32::try_from(width).unwrap(), u32::try_from(height).unwrap().max(700)).await;
    page.leave().await;
    page.script("scrollTo(0, 0);", vec![]).await;
    take(page, name).await;
}

/// Every state that a press can come to.
async fn activity(scene: &Scene, name: &str) {
    let (page, sandbox) = (&scene.page, &scene.sandbox);
    let take = async |state: &str| take_whole(page, &format!("activity-{name}-{state}")).await;
    let press = async |backup: &str| {
        page.replace("Backup name", backup).await;
        page.press("Create backup").await;
    };
    page.press("Create backup").await;
    page.sees("Nothing was sent").await;
    take("faults").await;
    page.type_into("Project ID", "another").await;
    page.paste_into("Endpoint", "https://iam.eu-de.otc.t-systems.com/v3").await;
    page.paste_into("Token", &token_of_kind(TokenKind::Expired)).await;
    page.has(".field-token", "This token is for the project “sandbox”").await;
    take("wrong-token").await;
    page.press("Forget token").await;
    page.fill(MYSQL, "before-upgrade").await;
    let hold = sandbox.hold_only(Route::Create);
    page.press("Create backup").await;
    page.sees("Asking the API").await;
    take("sending").await;
    drop(hold);
    page.sees("Backup started").await;
    take("started").await;
    press("1").await;
    page.sees("Nothing was sent").await;
    take("started-and-faults").await;
    sandbox.finish_backups();
    page.says("backup completed (COMPLETED)").await;
    page.replace("Backup name", "before-upgrade").await;
    take("completed").await;
    page.press("Create backup").await;
    page.sees("The name was taken before").await;
    take("taken").await;
    sandbox.inject(Route::Create, FaultTiming::BeforeCommit, Fault::Refusal(403, ErrorFormat::RdsV3));
    press("refused-2026-11-24").await;
    page.sees("The page is making sure that nothing was created").await;
    take("making-sure").await;
    page.sees("No backup was created").await;
    take("refused").await;
    sandbox.fail_next();
    press("fails-2026-11-24").await;
    page.sees("Backup started").await;
    sandbox.finish_backups();
    page.sees("Backup failed").await;
    take("failed").await;
    sandbox.drop_all_responses(FaultTiming::BeforeCommit);
    let hold = sandbox.hold_only(Route::Backups);
    page.replace("Instance ID", SQL_SERVER).await;
    press("lost-2026-11-24").await;
    drop(hold);
    page.until("[...document.querySelectorAll('.outcome .actions button')].length === 1", "it looks").await;
    page.sees("It can't be told yet").await;
    sandbox.stop_dropping_responses();
    page.press("Stop looking").await;
    page.sees("You stopped the search").await;
    take("untold").await;
    press("reloaded-2026-11-24").await;
    page.sees("Backup started").await;
    page.reload().await;
    page.sees("This page was opened anew, or its tab duplicated, while").await;
    take("reloaded").await;
}

#[tokio::test]
#[ignore = "makes pictures, tests nothing"]
async fn pictures_of_what_became_of_each_press() {
    let stage = || Stage::new().with_settle_time(Duration::from_secs(2));
    stage().with_window(1280, 800).play(async |scene| activity(scene, "1280").await).await;
    for language in Language::loaded().map(Language::tag) {
        stage().with_window(1920, 900).in_language(language).play(async |scene| activity(scene, language).await).await;
    }
    stage().with_window(1280, 800).dark().play(async |scene| activity(scene, "dark").await).await;
    stage().with_window(360, 700).play(async |scene| activity(scene, "360").await).await;
}

#[tokio::test]
#[ignore = "makes pictures, tests nothing"]
async fn pictures() {
    let wide = || Stage::new().with_window(1280, 1080);
    wide()
        .play(async |scene| {
            started(scene).await;
            take(&scene.page, "started").await;
        })
        .await;
    wide()
        .dark()
        .play(async |scene| {
            started(scene).await;
            take(&scene.page, "started-dark").await;
        })
        .await;
    Stage::new()
        .with_window(360, 2300)
        .play(async |scene| {
            started(scene).await;
            take(&scene.page, "started-360").await;
        })
        .await;
    wide().play(async |scene| faulty(&scene.page).await).await;
    Stage::new()
        .with_window(1280, 900)
        .with_idle_time(Duration::from_secs(3))
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.replace("Endpoint", "rds.eu-nl.otc.t-systems.com").await;
            page.leave().await;
            take(page, "endpoint-changed").await;
            page.says("The token was forgotten").await;
            take(page, "token-forgotten").await;
        })
        .await;
    wide()
        .dark()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            page.press("Create backup").await;
            page.sees("The name was taken before").await;
            take(page, "taken-dark").await;
        })
        .await;
    wide()
        .without_cors()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            take(page, "unreachable").await;
        })
        .await;
    wide()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "before-upgrade").await;
            scene.sandbox.drop_responses(&[FaultTiming::AfterCommit]);
            page.press("Create backup").await;
            page.sees("The backup exists").await;
            scene.sandbox.finish_backups();
            page.says("COMPLETED").await;
            take(page, "lost-answer").await;
        })
        .await;
    Stage::new().large().with_window(1280, 1500).play(async |scene| chosen(scene).await).await;
    for language in Language::loaded().map(Language::tag) {
        wide()
            .in_language(language)
            .play(async |scene| {
                let page = &scene.page;
                page.connect().await;
                page.press("Load instances").await;
                page.says("billing-postgresql").await;
                take(page, &format!("instances-{language}")).await;
            })
            .await;
    }
}

async fn faulty(page: &Page) {
    page.type_into("Endpoint", "http://rds.eu-de.otc.t-systems.com").await;
    page.type_into("Backup name", "1. backup").await;
    page.type_into("Description", "a & b").await;
    page.press("Add database").await;
    page.press("Create backup").await;
    page.sees("Nothing was sent").await;
    take(page, "errors").await;
    for language in Language::loaded().map(Language::tag) {
        page.set_window(1280, 1080).await;
        page.choose("Language", &page.text_of(&format!("option[lang={language}]")).await).await;
        page.language.set(language);
        page.says("There is a problem: nothing was sent").await;
        take(page, &format!("errors-{language}")).await;
        page.set_window(360, 2200).await;
        take(page, &format!("errors-{language}-360")).await;
    }
}

async fn chosen(scene: &Scene) {
    let page = &scene.page;
    page.connect().await;
    page.press("Load instances").await;
    page.says("The first 100 of 1,000 instances").await;
    page.type_into("Search instances", "orders").await;
    page.press("Choose orders-mysql").await;
    page.press("Suggest a name").await;
    page.says("10,000 backups").await;
    page.script("scrollTo(0, 0);", vec![]).await;
    take(page, "chosen").await;
}

/// Several instances with one press: selected, refused in part, ended.
#[tokio::test]
#[ignore = "makes pictures, tests nothing"]
async fn pictures_of_several_instances() {
    let pictures = languages().map(|language| (language, format!("batch-{language}"), 1280));
    for (language, name, width) in pictures.into_iter().chain([("en", "batch-360".to_owned(), 360)]) {
        let mut stage = Stage::new().in_language(language).with_window(width, 1900);
        if language != "en" {
            stage = stage.dark();
        }
        stage
            .with_settle_time(Duration::from_secs(1))
            .play(async |scene| {
                let page = &scene.page;
                page.connect().await;
                page.press("Load instances").await;
                page.until("!document.querySelector('.instances progress')", "the list is there").await;
                page.script("document.querySelectorAll('.select').forEach(box => box.click());", vec![]).await;
                take(page, &format!("{name}-selected")).await;
                scene.sandbox.inject(Route::Create, FaultTiming::BeforeCommit, Fault::Refusal(403, ErrorFormat::RdsV3));
                page.press("Create 3 backups").await;
                page.has(".outcome", "3 backups: 1 without a backup, 2 running").await;
                page.script("scrollTo(0, 0);", vec![]).await;
                take(page, &format!("{name}-refused")).await;
                scene.sandbox.finish_backups();
                page.has(".outcome", "3 backups: 1 without a backup, 2 completed").await;
                page.script("document.querySelector('.outcome').scrollIntoView();", vec![]).await;
                take(page, &format!("{name}-ended")).await;
            })
            .await;
    }
}
