//! The prerendered page: its form is seen, and takes text, before the program is there.

use std::path::PathBuf;

use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use serde_json::json;
use thirtyfour::prelude::*;

use crate::common::host::{Wasm, workspace};
use crate::common::page::{DRAWN, Page};
use crate::common::stage::Stage;

/// Keeps the program back while `hold` is set, until `release` is called.
const HOLD: &str = "
    const get = window.fetch;
    const released = new Promise(done => { window.release = done; });
    window.fetch = async (...given) => {
        if (sessionStorage.hold && String(given[0]).includes('.wasm')) {
            document.documentElement.dataset.held = '';
            await released;
        }
        return get(...given);
    };
";

/// Loads the page again without its program.
async fn show_prerendered(page: &Page) {
    page.script("sessionStorage.hold = 'true';", vec![]).await;
    page.driver.refresh().await.unwrap();
    // The script that asks for the program has chosen its language by then.
    page.until("'held' in document.documentElement.dataset", "the program is asked for").await;
}

/// Lets the program come.
async fn release(page: &Page) {
    page.script("sessionStorage.removeItem('hold'); window.release();", vec![]).await;
    page.until(DRAWN, "the form is drawn").await;
    // While it is kept back, Chromium finds that it comes late.
    let messages = page.messages().await;
    assert!(messages.iter().all(|message| message.contains("preload")), "{messages:?}");
}

/// Tags that are never closed.
const VOID: [&str; 4] = ["<input", "<br", "<img", "<hr"];

/// A tag on a line of its own, each in its depth; what has nothing in it stays so.
fn laid_out(html: &str) -> String {
    let mut depth = 0_usize;
    let mut laid_out = String::new();
    let mut lines = html.replace("><", ">\n<").lines().map(str::to_owned).collect::<Vec<_>>().into_iter().peekable();
    while let Some(mut line) = lines.next() {
        let name = line.trim_start_matches('<').split([' ', '>']).next().unwrap().to_owned();
        if let Some(end) = lines.next_if_eq(&format!("</{name}>")) {
            line += &end;
        }
        let closes = line.starts_with("</");
        depth -= usize::from(closes);
        laid_out += &["  ".repeat(depth), line.clone(), "\n".to_owned()].concat();
        let opens = !closes && !line.contains("</") && !VOID.iter().any(|tag| line.starts_with(tag));
        depth += usize::from(opens);
    }
    laid_out
}

fn in_one_line(html: &str) -> String {
    html.lines().map(str::trim).collect()
}

/// The answers of the prerendered page, which say that the program isn't there yet.
fn answers(html: &str) -> &str {
    let start = html.find("<div class=\"answers\">").unwrap();
    &html[start..html.find("</div></main>").unwrap()]
}

#[tokio::test]
async fn it_is_what_the_program_draws() {
    for language in ["en", "de"] {
        Stage::new()
            .in_language(language)
            .in_chromium()
            .play(async |scene| {
                let file: PathBuf = workspace().join("static/prerender").join(language).with_extension("html");
                let prerendered = in_one_line(&std::fs::read_to_string(&file).unwrap());
                // Nothing in it can be pressed, and nothing is left out but what would have to be pressed.
                let drawn = scene
                    .page
                    .script(
                        "const page = document.querySelector('.console').cloneNode(true);
                         page.querySelector('.skip').remove();
                         page.querySelector('.columns').classList.add('prerender');
                         page.querySelectorAll('button, select').forEach(one => { one.disabled = true; });
                         page.querySelector('.answers').replaceChildren();
                         return page.outerHTML;",
                        vec![],
                    )
                    .await;
                let drawn = drawn.as_str().unwrap().replace("<div class=\"answers\"></div>", answers(&prerendered));
                if std::env::var("CONSOLE_PRERENDER").is_ok_and(|wish| wish == "write") {
                    std::fs::write(&file, laid_out(&drawn)).unwrap();
                } else {
                    assert!(drawn == prerendered, "{} isn't what is drawn:\n{drawn}\nTo renew it: CONSOLE_PRERENDER=write cargo xtask test chromium -- prerender::it_is", file.display());
                }
            })
            .await;
    }
}

#[tokio::test]
async fn what_is_typed_into_it_is_in_the_form_and_typing_goes_on() {
    Stage::new()
        .watched_by(HOLD)
        .play(async |scene| {
            let page = &scene.page;
            show_prerendered(page).await;
            page.type_into("Endpoint", &*page.endpoint).await;
            page.type_into("Project ID", "no project").await;
            // As pasted from a header.
            page.type_into("Token", format!("X-Auth-Token: {}", token())).await;
            page.type_into("Description", "Before the upgrade").await;
            page.type_into("Instance ID", MYSQL).await;
            page.type_into("Backup name", "night").await;
            release(page).await;
            page.keys("ly").await;
            assert_eq!(page.value("Backup name").await, "nightly");
            assert_eq!(page.value("Description").await, "Before the upgrade");
            assert_eq!(page.value("Token").await, token());
            // A field that was left is judged, as ever.
            assert!(page.is_faulty("Project ID").await);
            page.replace("Project ID", PROJECT_ID).await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let backups = scene.sandbox.backups();
            assert_eq!(backups.iter().filter(|backup| backup.name == "nightly").count(), 1);
        })
        .await;
}

#[tokio::test]
async fn the_caret_stays_where_it_is() {
    Stage::new()
        .watched_by(HOLD)
        .play(async |scene| {
            let page = &scene.page;
            show_prerendered(page).await;
            for (label, rest) in [("Description", "on"), ("Backup name", "ly")] {
                page.type_into(label, "night").await;
                page.keys(Key::Left + Key::Left).await;
                page.keys(rest).await;
            }
            release(page).await;
            page.keys("X").await;
            assert_eq!(page.value("Description").await, "nigonht");
            assert_eq!(page.value("Backup name").await, "niglyXht");
        })
        .await;
}

#[tokio::test]
async fn nothing_in_it_sends_or_leaves_the_page() {
    Stage::new()
        .watched_by(HOLD)
        .play(async |scene| {
            let page = &scene.page;
            let address = page.driver.current_url().await.unwrap();
            show_prerendered(page).await;
            page.fill(MYSQL, "nightly").await;
            page.keys(Key::Enter + "").await;
            page.keys(Key::Control + Key::Enter).await;
            assert!(!page.button("Create backup").await.is_enabled().await.unwrap());
            assert_eq!(page.driver.current_url().await.unwrap(), address);
            release(page).await;
            page.is_whole().await;
            page.sees("The API's answer will appear here.").await;
            assert_eq!(page.value("Backup name").await, "nightly");
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}

#[tokio::test]
async fn a_draft_comes_back_where_nothing_was_typed() {
    Stage::new()
        .watched_by(HOLD)
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Project ID", PROJECT_ID).await;
            page.type_into("Backup name", "yesterday").await;
            show_prerendered(page).await;
            page.type_into("Backup name", "today").await;
            release(page).await;
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            assert_eq!(page.value("Backup name").await, "today");
        })
        .await;
}

#[tokio::test]
async fn it_speaks_the_language_that_was_chosen() {
    Stage::new()
        .in_language("en")
        .watched_by(HOLD)
        .play(async |scene| {
            let page = &scene.page;
            page.choose("Language", "Deutsch").await;
            page.language.set("de");
            page.says("Backup name").await;
            show_prerendered(page).await;
            page.says("Die Konsole wird geladen").await;
            assert_eq!(page.script("return document.documentElement.lang;", vec![]).await, json!("de"));
            page.type_into("Backup name", "nachts").await;
            release(page).await;
            assert_eq!(page.value("Backup name").await, "nachts");
        })
        .await;
}

#[tokio::test]
async fn it_keeps_its_language_once_a_field_has_the_focus() {
    Stage::new()
        .in_language("de")
        .watched_by(HOLD)
        // Before the script is there that would choose the language.
        .watched_by(
            "new MutationObserver((_, observer) => {
                 const field = document.querySelector('.prerender #field-name');
                 if (field) { observer.disconnect(); field.focus(); }
             }).observe(document, { subtree: true, childList: true });",
        )
        .play(async |scene| {
            let page = &scene.page;
            show_prerendered(page).await;
            assert!(page.text_of("label[for=field-name]").await == "Backup name");
            page.keys("nightly").await;
            release(page).await;
            page.keys("-1").await;
            assert_eq!(page.value("Backup name").await, "nightly-1");
        })
        .await;
}

#[tokio::test]
async fn what_was_typed_can_be_taken_from_a_page_that_cannot_start() {
    Stage::new()
        .watched_by(HOLD)
        .with_wasm(Wasm::Missing)
        .play(async |scene| {
            let page = &scene.page;
            show_prerendered(page).await;
            page.type_into("Description", "Before the upgrade").await;
            page.script("window.release();", vec![]).await;
            page.says("The console can't start.").await;
            assert_eq!(page.value("Description").await, "Before the upgrade");
            page.shows_nowhere("Loading").await;
            // That it can't be had is what this test wants.
            page.messages().await;
        })
        .await;
}
