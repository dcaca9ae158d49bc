//! A user wants to be notified when a backup is done, and the browser can do that or not.

use sandbox::fixtures::MYSQL;
use serde_json::json;

use crate::common::page::Page;
use crate::common::stage::{Scene, Stage};

const BUTTON: &str = "Notify me when it is done";
const PROMISE: &str = "This page has the browser notify you, as long as it stays open.";
const DENIED: &str = "No notification: the browser blocks those of this page.";
const UNSUPPORTED: &str = "No notification: this browser has none for this page.";

/// A browser whose notifications are those of the operating system: it asks its user, whose next answer is `window.answer`.
const BROWSER: &str = "
    window.notified = [];
    window.asked = 0;
    window.Notification = class {
        static permission = 'default';
        static async requestPermission() {
            window.asked += 1;
            return this.permission = window.answer;
        }
        constructor(text, options) {
            structuredClone(options?.data);
            if (Notification.permission === 'granted') window.notified.push(text);
        }
        close() {}
    };";

/// Chrome on Android, in which only service workers have notifications.
const ANDROID: &str = "
    window.answer = 'granted';
    Object.assign(window, { Notification: class extends window.Notification {
        constructor() { throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.'); }
    } });";

/// Starts a backup and presses for a notification; what the user answers, if the browser asks.
async fn press_for(scene: &Scene, answer: &str) {
    scene.page.fill(MYSQL, "backup").await;
    scene.page.press("Create backup").await;
    scene.page.sees("Backup started").await;
    press_again(&scene.page, answer).await;
}

async fn press_again(page: &Page, answer: &str) {
    page.script("window.answer = arguments[0];", vec![json!(answer)]).await;
    page.press(BUTTON).await;
}

/// Whether the button is there.
async fn is_offered(page: &Page) -> bool {
    page.text_of("body").await.contains(&page.words(BUTTON))
}

async fn finish(scene: &Scene) {
    scene.sandbox.finish_backups();
    scene.page.says("backup completed (COMPLETED)").await;
}

async fn notified(page: &Page) -> serde_json::Value {
    page.script("return window.notified;", vec![]).await
}

#[tokio::test]
async fn one_is_shown_at_the_end_and_none_at_the_press() {
    Stage::new()
        .watched_by(BROWSER)
        .play(async |scene| {
            let page = &scene.page;
            press_for(scene, "granted").await;
            page.says(PROMISE).await;
            assert!(!is_offered(page).await);
            assert_eq!(notified(page).await, json!([]));
            finish(scene).await;
            assert_eq!(notified(page).await, json!(["✓ COMPLETED – backup"]));
            assert!(!page.text_of("body").await.contains(&page.words(PROMISE)), "it has come");
        })
        .await;
}

#[tokio::test]
async fn a_question_that_is_closed_can_be_asked_again_and_settings_that_forbid_them_can_be_changed() {
    Stage::new()
        .watched_by(BROWSER)
        .play(async |scene| {
            let page = &scene.page;
            press_for(scene, "default").await;
            page.says("No notification: the browser's question was closed without an answer.").await;
            press_again(page, "denied").await;
            page.says(DENIED).await;
            page.says("They can be allowed in its settings for this site.").await;
            press_again(page, "granted").await;
            page.says(PROMISE).await;
            finish(scene).await;
            assert_eq!(notified(page).await, json!(["✓ COMPLETED – backup"]));
        })
        .await;
}

#[tokio::test]
async fn a_browser_that_has_none_for_pages_says_so_at_the_press_and_asks_its_user_nothing() {
    for script in ["delete window.Notification;".to_owned(), [BROWSER, ANDROID].concat()] {
        Stage::new()
            .watched_by(&script)
            .play(async |scene| {
                let page = &scene.page;
                press_for(scene, "granted").await;
                page.says(UNSUPPORTED).await;
                assert!(!is_offered(page).await, "it would change nothing");
                assert!(page.script("return window.asked ?? 0;", vec![]).await == json!(0));
                finish(scene).await;
                page.is_titled("✓ COMPLETED – backup").await;
            })
            .await;
    }
}

#[tokio::test]
async fn one_that_is_forbidden_meanwhile_or_fails_is_said_to_be_missing() {
    for (change, sentence) in [("Notification.permission = 'denied';", DENIED), (ANDROID, UNSUPPORTED)] {
        let change = if change == ANDROID {
            [ANDROID, "Notification.permission = 'granted';"].concat()
        } else {
            change.to_owned()
        };
        Stage::new()
            .watched_by(BROWSER)
            .play(async |scene| {
                let page = &scene.page;
                press_for(scene, "granted").await;
                page.says(PROMISE).await;
                page.script(&change, vec![]).await;
                finish(scene).await;
                page.says(sentence).await;
                assert_eq!(notified(page).await, json!([]));
            })
            .await;
    }
}

/// The browser's own notifications: its headless shell has the interface, and denies whatever isn't granted by its driver.
#[tokio::test]
async fn a_real_browser_is_asked_without_anything_being_shown() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            press_for(scene, "unused").await;
            page.says("No notification: ").await;
        })
        .await;
}
