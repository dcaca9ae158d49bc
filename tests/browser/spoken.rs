//! What a screen reader says at each step, by @guidepup/virtual-screen-reader in the page: live regions once each, and no
//! chatter while the page polls.

use std::time::Duration;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, SQL_SERVER};
use sandbox::{FaultTiming, Route};
use thirtyfour::Key;

use crate::common::page::Page;
use crate::common::stage::{Scene, Stage, languages};

/// What is said of a press that goes well.
const READING: (&str, &str) = ("polite", "Looking whether the name");
const SENDING: (&str, &str) = ("polite", "Asking the API");
const STARTED: (&str, &str) = ("polite", "Backup started");
const COMPLETED: (&str, &str) = ("polite", "Backup completed");

/// Starts the screen reader.
async fn listen(page: &Page) {
    let script = "const done = arguments[arguments.length - 1];
         import('/reader.js').then(async ({ virtual }) => {
             window.reader = virtual; window.heard = 0;
             await virtual.start({ container: document.body });
             await virtual.clearSpokenPhraseLog?.();
             done(true);
         }).catch(error => done(String(error)));";
    let started = page.driver.execute_async(script, vec![]).await.unwrap();
    assert_eq!(*started.json(), serde_json::json!(true));
}

/// What it has said since it was last asked for.
async fn heard(page: &Page) -> Vec<String> {
    let script = "const done = arguments[arguments.length - 1];
         window.reader.spokenPhraseLog().then(log => { done(log.slice(window.heard)); window.heard = log.length; });";
    let log = page.driver.execute_async(script, vec![]).await.unwrap().json().clone();
    log.as_array().unwrap().iter().map(|phrase| phrase.as_str().unwrap().to_owned()).collect()
}

/// What live regions have made it say. It repeats a region for each change that belongs to one event: that counts once.
async fn announced(page: &Page) -> Vec<String> {
    // A region that is emptied says nothing.
    let live = |phrase: &String| {
        ["polite: ", "assertive: "].iter().any(|manner| phrase.starts_with(manner) && phrase != manner)
    };
    let mut phrases: Vec<String> = heard(page).await.into_iter().filter(live).collect();
    phrases.dedup();
    phrases
}

/// Checks that these were announced, in this order, and nothing else.
async fn announces(page: &Page, expected: &[(&str, &str)]) {
    let phrases = announced(page).await;
    let fits = phrases.len() == expected.len()
        && phrases
            .iter()
            .zip(expected)
            .all(|(phrase, (manner, start))| phrase.starts_with(&format!("{manner}: {}", page.words(start))));
    assert!(fits, "expected {expected:?}, heard {phrases:#?}");
}

fn stage(language: &'static str) -> Stage {
    Stage::new().in_chromium().direct().in_language(language).with_poll_time(Duration::from_millis(200))
}

async fn asked(scene: &Scene, times: usize) {
    let gets = || scene.sandbox.requests_with(&Method::GET).len();
    let wanted = gets() + times;
    while gets() < wanted {
        scene.sandbox.wait_for_request(&Method::GET).await;
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_way_through_the_form_and_to_the_backup() {
    for language in languages() {
        stage(language)
            .play(async |scene| {
                let page = &scene.page;
                listen(page).await;
                page.keys(Key::Tab + "").await;
                page.keys(Key::Enter + "").await;
                page.has_focus("Instance ID").await;
                let said = heard(page).await.join("\n");
                let field = page.words("Instance ID");
                assert!(said.contains(&format!("textbox, {field}, ")) && said.contains("required"), "{said}");

                page.press("Create backup").await;
                page.until("document.activeElement.id === 'summary'", "the summary has the focus").await;
                announces(page, &[("assertive", "There is a problem: nothing was sent")]).await;
                page.connect().await;
                page.type_into("Instance ID", MYSQL).await;
                page.replace("Backup name", "backup").await;
                page.leave().await;
                page.until("!document.getElementById('summary')", "everything is mended").await;
                announces(page, &[]).await;

                let hold = scene.sandbox.hold();
                page.press("Create backup").await;
                page.sees("Looking whether the name").await;
                announces(page, &[READING]).await;
                scene.sandbox.wait_for_request(&Method::GET).await;
                let answer = scene.sandbox.hold_only(Route::Create);
                drop(hold);
                page.sees("Asking the API").await;
                announces(page, &[SENDING]).await;
                drop(answer);
                page.sees("Backup started").await;
                announces(page, &[STARTED]).await;
                asked(scene, 3).await;
                announces(page, &[]).await;
                scene.sandbox.finish_backups();
                page.sees("The backup is there and can be used.").await;
                announces(page, &[COMPLETED]).await;
            })
            .await;
    }
}

#[tokio::test]
async fn an_answer_that_got_lost_and_a_refusal() {
    for language in languages() {
        stage(language)
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "backup").await;
                listen(page).await;
                scene.sandbox.drop_responses(&[FaultTiming::AfterCommit; 2]);
                page.press("Create backup").await;
                page.sees("The backup exists").await;
                asked(scene, 2).await;
                let looked_for = ("polite", "It can't be told yet whether the backup was made");
                announces(page, &[READING, SENDING, looked_for, ("polite", "The backup exists")]).await;
                scene.sandbox.finish_backups();
                page.says("backup completed (COMPLETED)").await;
                announces(page, &[COMPLETED]).await;
                page.press("Create backup").await;
                page.sees("The name was taken before").await;
                // The backup that has this name stands in the list below.
                announces(page, &[READING, ("assertive", "The name was taken before")]).await;
            })
            .await;
    }
}

#[tokio::test]
async fn two_at_a_time_and_each_once() {
    for language in languages() {
        stage(language)
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "first").await;
                listen(page).await;
                page.press("Create backup").await;
                page.sees("Backup started").await;
                announces(page, &[READING, SENDING, STARTED]).await;

                page.replace("Instance ID", SQL_SERVER).await;
                page.replace("Backup name", "second").await;
                page.leave().await;
                page.press("Create backup").await;
                page.sees("second").await;
                page.sees("Backup started").await;
                // That the first card makes room for the second is no news.
                announces(page, &[READING, SENDING, STARTED]).await;
                asked(scene, 4).await;
                announces(page, &[]).await;

                scene.sandbox.complete_backups("first");
                page.has(".cards", "Backup completed").await;
                announces(page, &[("polite", "✓ COMPLETED – first")]).await;
                asked(scene, 2).await;
                scene.sandbox.complete_backups("second");
                page.sees("Backup completed").await;
                announces(page, &[COMPLETED]).await;

                // A form with faults takes the place of the newest card, and gives it back.
                page.replace("Backup name", "1").await;
                page.press("Create backup").await;
                page.until("document.activeElement.id === 'summary'", "the summary has the focus").await;
                announces(page, &[("assertive", "There is a problem: nothing was sent")]).await;
                page.press("Clear form").await;
                page.sees("Backup completed").await;
                let cleared = announced(page).await;
                let again: Vec<_> =
                    cleared.iter().filter(|phrase| phrase.contains(&page.words("Backup completed"))).collect();
                assert!(again.is_empty(), "{again:?} is said again");
            })
            .await;
    }
}
