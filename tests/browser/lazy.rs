//! The later part of the program is loaded while the form is filled in: late, or not at all.

use std::time::Duration;

use axum::http::Method;
use console_core::Language;
use sandbox::fixtures::MYSQL;
use serde_json::json;

use crate::common::host::Wasm;
use crate::common::page::Page;
use crate::common::stage::Stage;

/// Fetches of the part wait until `window.release` is called: with an error, or without.
const HELD_BACK: &str = "
    const fetched = window.fetch;
    window.asked = 0;
    const may = new Promise((resolve, reject) => { window.release = error => error ? reject(error) : resolve(); });
    may.catch(() => {});
    window.fetch = async (...given) => {
        if (String(given[0]).includes('-later-')) { window.asked += 1; if (window.asked === 1) { await may; } }
        return fetched(...given);
    };";

#[tokio::test]
async fn what_was_pressed_before_it_is_here_is_done_once_when_it_comes() {
    Stage::new()
        .watched_by(HELD_BACK)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Loading the part of this page that talks to the API").await;
            // A press from impatience.
            page.press("Create backup").await;
            assert_eq!(scene.sandbox.requests().len(), 0);
            page.script("window.release();", vec![]).await;
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn when_it_can_not_be_had_the_page_says_so_keeps_the_form_and_tries_again() {
    Stage::new()
        .watched_by(HELD_BACK)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.script("window.release(new TypeError('Failed to fetch'));", vec![]).await;
            page.sees("A part of this page couldn't be loaded").await;
            page.sees("Nothing was sent").await;
            assert_eq!(scene.sandbox.requests().len(), 0);
            assert_eq!(page.value("Backup name").await, "backup");
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert_eq!(page.script("return window.asked;", vec![]).await, json!(2));
        })
        .await;
}

#[tokio::test]
async fn a_backup_from_before_a_reload_is_told_of_without_it() {
    let missing = "
        const fetched = window.fetch;
        window.fetch = async (...given) => {
            if (String(given[0]).includes('-later-') && sessionStorage.missing) { throw new TypeError('Failed to fetch'); }
            return fetched(...given);
        };";
    Stage::new()
        .watched_by(missing)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.script("sessionStorage.missing = 'true';", vec![]).await;
            page.reload().await;
            page.sees("An earlier request, or the backup that a link names, can't be shown").await;
            page.script("sessionStorage.removeItem('missing');", vec![]).await;
            page.reload().await;
            page.sees(&format!("Follow at {}", page.endpoint)).await;
        })
        .await;
}

/// The sentences of a language never come. Whoever gives up waiting for them says so by the signal of the fetch.
fn never(language: Language) -> String {
    const NEVER: &str = "
        const fetched = window.fetch;
        window.fetch = (url, options) => String(url).includes('-MODULE-')
            ? new Promise((_, fail) => options?.signal?.addEventListener('abort', () => fail(options.signal.reason)))
            : fetched(url, options);";
    NEVER.replace("MODULE", language.module())
}

#[tokio::test]
async fn a_page_in_another_language_starts_in_english_when_its_sentences_never_come() {
    for language in Language::loaded() {
        Stage::new()
            .in_language(language.tag())
            .in_chromium()
            .watched_by(&never(language))
            .play(async |scene| {
                let page = &scene.page;
                page.until("document.documentElement.lang === 'en'", "it has started in English").await;
                page.until("document.body.innerText.includes('The sentences of that language')", "it says why").await;
            })
            .await;
    }
}

/// The sentences of a language come when `window.release` is called.
fn slow(language: Language) -> String {
    const SLOW: &str = "
        const fetched = window.fetch;
        const may = new Promise(done => { window.release = done; });
        window.fetch = async (...given) => {
            if (!String(given[0]).includes('-MODULE-')) { return fetched(...given); }
            await may;
            const come = await fetched(...given);
            window.come = true;
            return come;
        };";
    SLOW.replace("MODULE", language.module())
}

/// Chooses a language as its switch offers it.
async fn choose(page: &Page, language: Language) {
    let option = page.text_of(&format!("option[lang={}]", language.tag())).await;
    page.choose("Language", &option).await;
}

#[tokio::test]
async fn of_two_choices_of_a_language_the_last_one_counts() {
    for language in Language::loaded() {
        Stage::new()
            .in_language("en")
            .watched_by(&slow(language))
            .play(async |scene| {
                let page = &scene.page;
                choose(page, language).await;
                choose(page, Language::English).await;
                page.script("window.release();", vec![]).await;
                page.until("window.come", "the sentences are there").await;
                page.passes(Duration::from_millis(500)).await;
                page.until("document.documentElement.lang === 'en'", "it is still English").await;
                page.says("Create backup").await;
                // It is the same on the next visit.
                page.reload().await;
                page.says("Create backup").await;
            })
            .await;
    }
}

#[tokio::test]
async fn of_two_languages_that_both_have_to_come_the_last_choice_counts_whichever_comes_last() {
    let [first, second] = [Language::German, Language::SimplifiedChinese];
    Stage::new()
        .in_language("en")
        .watched_by(&slow(first))
        .play(async |scene| {
            let page = &scene.page;
            choose(page, first).await;
            choose(page, second).await;
            page.language.set(second.tag());
            page.says("Create backup").await;
            page.script("window.release();", vec![]).await;
            page.until("window.come", "the sentences of the first one are there").await;
            page.passes(Duration::from_millis(500)).await;
            page.says("Create backup").await;
        })
        .await;
}

#[tokio::test]
async fn another_one_in_its_place_is_not_used() {
    Stage::new()
        .with_wasm(Wasm::PartAltered)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("A part of this page couldn't be loaded").await;
            assert_eq!(scene.sandbox.requests().len(), 0);
            // The browser says that the integrity is another one: what this test expects in the console.
            page.messages().await;
        })
        .await;
}

#[tokio::test]
async fn a_page_that_is_only_looked_at_does_not_load_it() {
    Stage::new()
        .watched_by(HELD_BACK)
        .play(async |scene| {
            let page = &scene.page;
            page.says("Create backup").await;
            assert_eq!(page.script("return window.asked;", vec![]).await, json!(0));
            page.type_into("Backup name", "b").await;
            page.until("window.asked === 1", "the part is asked for").await;
        })
        .await;
}

/// What a key changes in the page: its own field, and nothing else.
#[tokio::test]
async fn a_key_changes_its_own_field_only() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.press("Show backups").await;
            page.says("Name contains").await;
            page.press("Add database").await;
            for (label, field) in [("Description", ".field-description"), ("Database 1", ".field-databases")] {
                page.script(
                    "window.changed = [];
                     window.observer?.disconnect();
                     window.observer = new MutationObserver(list => window.changed.push(...list.map(change => change.target)));
                     window.observer.observe(document.getElementById('console'), { subtree: true, childList: true, attributes: true, characterData: true });",
                    vec![],
                )
                .await;
                page.type_into(label, "a").await;
                page.until(&format!("document.querySelector('{field} :is(input, textarea)').value === 'a'"), "it is typed").await;
                let elsewhere = page
                    .script(
                        "return window.changed.filter(node => {
                            const element = node.nodeType === 1 ? node : node.parentElement;
                            return !element?.closest(arguments[0]) && !element?.closest('.followed');
                         }).map(node => (node.outerHTML ?? node.textContent).slice(0, 200));",
                        vec![json!(field)],
                    )
                    .await;
                assert_eq!(elsewhere, json!([]), "{label}");
            }
        })
        .await;
}
