//! The prerendered page: its form is seen, and takes text, before the program is there.

use std::path::PathBuf;
use std::time::Duration;

use console_core::Language;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use serde_json::json;
use thirtyfour::prelude::*;

use crate::common::host::{Wasm, workspace};
use crate::common::page::{DRAWN, Page};
use crate::common::stage::{Stage, languages};

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

/// A file in which the form of a language stands, and where it is in that.
fn file_of(language: Language) -> (PathBuf, [&'static str; 2]) {
    let file = if language == Language::default() {
        "static/prerender.html".to_owned()
    } else {
        format!("static/prerender/{}.html", language.tag())
    };
    (workspace().join(file), ["<div class=\"console\"", "\n</div>\n"])
}

#[tokio::test]
async fn it_is_what_the_program_draws() {
    for language in Language::ALL {
        Stage::new()
            .in_language(language.tag())
            .in_chromium()
            .play(async |scene| {
                let (file, [start, end]) = file_of(language);
                let whole = std::fs::read_to_string(&file).unwrap();
                let (before, rest) = whole.split_once(start).unwrap();
                let (form, after) = rest.split_once(end).unwrap();
                let prerendered = in_one_line(&[start, form, end].concat());
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
                if std::env::var("CONSOLE_LANGUAGES").is_ok_and(|wish| wish == "write") {
                    std::fs::write(&file, [before, &laid_out(&drawn), after].concat()).unwrap();
                } else {
                    assert!(
                        drawn == prerendered,
                        "{} isn't what is drawn:\n{drawn}\nTo renew it: cargo xtask languages",
                        file.display()
                    );
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
    for language in Language::loaded() {
        Stage::new()
            .in_language("en")
            .watched_by(HOLD)
            .play(async |scene| {
                let page = &scene.page;
                let option = page.text_of(&format!("option[lang={}]", language.tag())).await;
                page.choose("Language", &option).await;
                page.language.set(language.tag());
                page.says("Backup name").await;
                show_prerendered(page).await;
                page.until("document.documentElement.lang !== 'en'", "its form has come").await;
                page.says("Loading the console").await;
                page.says("Backup name").await;
                assert_eq!(page.script("return document.documentElement.lang;", vec![]).await, json!(language.tag()));
                page.type_into("Backup name", "nightly").await;
                release(page).await;
                assert_eq!(page.value("Backup name").await, "nightly");
            })
            .await;
    }
}

/// The prerendered forms of other languages come when `window.send` is called.
const SLOW_FORM: &str = "
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function () { window.send = () => send.call(this); };";

#[tokio::test]
async fn it_keeps_its_language_once_somebody_types_in_it() {
    for language in Language::loaded() {
        Stage::new()
            .in_language(language.tag())
            .watched_by(HOLD)
            .watched_by(SLOW_FORM)
            .play(async |scene| {
                let page = &scene.page;
                show_prerendered(page).await;
                assert!(page.text_of("label[for=field-name]").await == "Backup name");
                let typed = "const field = document.getElementById('field-name'); field.focus();";
                page.script(typed, vec![]).await;
                page.keys("nightly").await;
                // Without the focus, too, what was typed stays.
                for still in ["", "document.activeElement.blur();"] {
                    page.script(still, vec![]).await;
                    page.script("window.send();", vec![]).await;
                    page.passes(Duration::from_millis(300)).await;
                    assert_eq!(
                        page.script("return document.getElementById('field-name').value;", vec![]).await,
                        "nightly"
                    );
                    assert!(page.text_of("label[for=field-name]").await == "Backup name");
                    page.script("window.send = () => {};", vec![]).await;
                }
                release(page).await;
                assert_eq!(page.value("Backup name").await, "nightly");
            })
            .await;
    }
}

#[tokio::test]
async fn a_form_that_comes_after_the_program_changes_nothing() {
    for language in Language::loaded() {
        Stage::new()
            .in_language(language.tag())
            .watched_by(SLOW_FORM)
            .play(async |scene| {
                let page = &scene.page;
                page.says("Backup name").await;
                page.script("window.send();", vec![]).await;
                page.passes(Duration::from_millis(300)).await;
                page.fill(MYSQL, "backup").await;
                page.press("Create backup").await;
                page.sees("Backup started").await;
            })
            .await;
    }
}

#[tokio::test]
async fn without_its_form_in_that_language_the_page_starts_all_the_same() {
    for language in Language::loaded() {
        Stage::new()
            .in_language(language.tag())
            .watched_by("XMLHttpRequest.prototype.send = function () { this.onloadend(); };")
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "backup").await;
                page.press("Create backup").await;
                page.sees("Backup started").await;
            })
            .await;
    }
}

/// As in browsers from before 2023.
const WITHOUT_USER_VALID: &str = "
    for (const kind of [Document, Element]) {
        for (const name of ['querySelector', 'querySelectorAll', 'closest', 'matches']) {
            const find = kind.prototype[name];
            if (find) {
                kind.prototype[name] = function (selector) {
                    if (selector.includes(':user-')) { throw new DOMException('unknown', 'SyntaxError'); }
                    return find.call(this, selector);
                };
            }
        }
    }";

#[tokio::test]
async fn a_browser_without_newer_selectors_gets_the_page_or_the_sentence() {
    for language in languages() {
        Stage::new()
            .in_language(language)
            .watched_by(WITHOUT_USER_VALID)
            .play(async |scene| {
                scene.page.fill(MYSQL, "backup").await;
                scene.page.press("Create backup").await;
                scene.page.sees("Backup started").await;
            })
            .await;
        Stage::new()
            .in_language(language)
            .watched_by(WITHOUT_USER_VALID)
            .watched_by("delete window.WebAssembly;")
            .play(async |scene| scene.page.says("This browser has no WebAssembly, or it is switched off.").await)
            .await;
    }
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
