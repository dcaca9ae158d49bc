//! The page on every screen, on paper, and as its user's system wants it.

use sandbox::fixtures::{MYSQL, SQL_SERVER};
use serde_json::json;

use crate::common::page::Page;
use crate::common::stage::{Scene, Stage, languages};

async fn emulate(page: &Page, name: &str, value: &str) {
    let feature = json!({ "features": [{ "name": name, "value": value }] });
    page.driver.cdp().send_raw("Emulation.setEmulatedMedia", feature).await.unwrap();
}

/// Brings everything onto the page that it can have.
async fn show_everything(scene: &Scene) {
    let page = &scene.page;
    for number in 0..3 {
        scene.sandbox.create_backup(MYSQL, &format!("earlier-{number}"));
        scene.sandbox.finish_backups();
    }
    page.visit(&format!("{}#description=linked&token=x&unknown={}", scene.site.url, "long".repeat(30))).await;
    page.connect().await;
    page.chooses_instance("reports-sqlserver").await;
    page.says("archive").await;
    page.press("Suggest a name").await;
    page.press("Add database").await;
    page.type_into("Database 1", "db1").await;
    page.press("Show request").await;
    page.press("Create backup").await;
    page.sees("Backup started").await;
    scene.sandbox.finish_backups();
    page.says("backup completed (COMPLETED)").await;
    page.replace("Instance ID", MYSQL).await;
    page.press("Show backups").await;
    page.until("document.querySelector('.chart')", "the chart is drawn").await;
    page.press("Load instances").await;
    page.says("orders-mysql").await;
    page.press("Create backup").await;
    page.script("document.querySelectorAll('details').forEach(details => details.open = true);", vec![]).await;
}

/// The elements that stick out of the screen, but for what scrolls by itself.
async fn sticking_out(page: &Page) -> serde_json::Value {
    let script = "if (document.documentElement.scrollWidth <= innerWidth) { return []; }
         return [...document.querySelectorAll('body *')]
             .filter(element => !element.closest('.table, pre, .unseen, .records') && element.getBoundingClientRect().right > innerWidth + 1)
             .map(element => element.outerHTML.slice(0, 120));";
    page.script(script, vec![]).await
}

#[tokio::test]
async fn nothing_sticks_out_from_320_to_2560_pixels_nor_at_400_percent() {
    for language in languages() {
        Stage::new()
            .in_chromium()
            .in_language(language)
            .play(async |scene| {
                let page = &scene.page;
                show_everything(scene).await;
                // 400 % of a screen of 1280 by 1024 leave 320 by 256 CSS pixels.
                for (width, height) in [(320, 256), (320, 900), (599, 900), (768, 1024), (961, 700), (1280, 800), (2560, 1440)] {
                    page.set_window(width, height).await;
                    assert_eq!(sticking_out(page).await, json!([]), "{language}, {width} px");
                }
                let longest = page
                    .script(
                        "const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
                         return Math.max(...[...document.querySelectorAll('p')].map(p => p.getBoundingClientRect().width)) / rem;",
                        vec![],
                    )
                    .await;
                assert!(longest.as_f64().unwrap() < 75.0, "a line has {longest} rem");
            })
            .await;
    }
}

#[tokio::test]
async fn connection_and_backup_fit_a_screen_of_1280_by_800() {
    for language in languages() {
        Stage::new()
            .in_chromium()
            .in_language(language)
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "backup").await;
                let script = "return document.querySelector('button.primary').getBoundingClientRect().bottom;";
                let bottom = page.script(script, vec![]).await.as_f64().unwrap();
                assert!(bottom <= 800.0, "{language}: the button ends at {bottom}");
                page.press("Create backup").await;
                page.sees("Backup started").await;
                let seen = "const box = document.querySelector('.outcome').getBoundingClientRect();
                    return box.top >= 0 && box.top < innerHeight / 2;";
                assert_eq!(page.script(seen, vec![]).await, true, "{language}: the result isn't where the eye is");
            })
            .await;
    }
}

#[tokio::test]
async fn motion_is_reduced_and_forced_colours_leave_every_state_visible() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            emulate(page, "prefers-reduced-motion", "reduce").await;
            let hold = scene.sandbox.hold();
            page.press("Create backup").await;
            page.sees("Asking the API").await;
            let turn = page
                .script("return getComputedStyle(document.querySelector('.spinner')).animationDuration;", vec![])
                .await;
            assert_eq!(turn, "4s");
            drop(hold);
            page.sees("Backup started").await;
            emulate(page, "forced-colors", "active").await;
            page.replace("Backup name", "1").await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            let borders = page
                .script(
                    "return ['.summary', '[aria-invalid=true]', '.card'].map(selector =>
                         getComputedStyle(document.querySelector(selector)).borderTopWidth);",
                    vec![],
                )
                .await;
            assert_eq!(borders, json!(["2px", "2px", "2px"]));
        })
        .await;
}

#[tokio::test]
async fn a_page_without_a_backup_prints_without_its_buttons() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await.unwrap();
            let printed = page.text_of("body").await;
            assert!(printed.contains(&page.words("Backup name")), "{printed}");
            assert!(!printed.contains(&page.words("Create backup")), "{printed}");
        })
        .await;
}
