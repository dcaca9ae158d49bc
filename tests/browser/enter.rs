//! Enter creates a backup where the page says so, and nowhere else: in the fields of one line and on `Create backup`, and
//! with Ctrl in the six fields.

use std::time::Duration;

use axum::http::Method;
use sandbox::Route;
use sandbox::fixtures::{MYSQL, SQL_SERVER};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::common::page::{LABELS, Page};
use crate::common::stage::{Scene, Stage};

/// The text of several lines, in which Enter begins a new one.
const MULTILINE: &str = "Description";
const SUBMIT: &str = "Create backup";

/// Keeps the presses of everything but `Create backup` and the summaries from what listens for them: what a button does is up to
/// the button; that it sends the form would be the browser's doing. Counts how often something comes to be under way,
/// which is what a press that sends shows at once, before anything has reached the API.
const WATCH: &str = "
    addEventListener('click', event => {
        if (event.target.closest('#create-backup')) { return; }
        event.stopImmediatePropagation();
        if (event.target.closest('a')) { event.preventDefault(); }
    }, true);
    window.sent = 0;
    const isUnderWay = () => document.querySelector('.outcome .underway') !== null;
    let before = isUnderWay();
    new MutationObserver(() => {
        const now = isUnderWay();
        if (now && !before) { window.sent += 1; }
        before = now;
    }).observe(document.querySelector('.outcome'), { subtree: true, childList: true, attributes: true });
";

/// Moves the focus to the next control that wasn't there before, and gives its name; nothing when there is no other.
const NEXT: &str = "
    const controls = 'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]';
    const next = [...document.querySelectorAll(controls)].find(control =>
        control.tabIndex >= 0 && !control.disabled && control.checkVisibility() && !('walked' in control.dataset));
    if (!next) { return null; }
    next.dataset.walked = '';
    next.focus();
    if (document.activeElement !== next) { throw new Error(`no focus: ${next.outerHTML}`); }
    return next.labels?.[0]?.innerText ?? next.getAttribute('aria-label') ?? next.innerText ?? '';
";

/// Waits until the page has drawn what a key did, and gives how often the form was sent.
const SENT: &str = "
    const done = arguments[arguments.length - 1];
    requestAnimationFrame(() => setTimeout(() => done(window.sent)));
";

async fn sent(page: &Page) -> u64 {
    page.driver.execute_async(SENT, vec![]).await.unwrap().json().as_u64().unwrap()
}

/// Presses Enter where the focus is, with Ctrl or without, and says whether that sent the form.
async fn sends(page: &Page, with_control: bool) -> bool {
    let before = sent(page).await;
    let keys = page.driver.action_chain();
    let keys = if with_control {
        keys.key_down(Key::Control).send_keys(Key::Enter + "").key_up(Key::Control)
    } else {
        keys.send_keys(Key::Enter + "")
    };
    keys.perform().await.unwrap();
    let times = sent(page).await - before;
    assert!(times <= 1, "one press sent {times} times");
    page.until("!document.querySelector('.outcome .underway')", "it has come to an end").await;
    times == 1
}

/// Walks over everything that can have the focus, what comes while it walks included, and presses Enter on each. What sends
/// must be what may; what reaches the API must be what was sent.
async fn walk(scene: &Scene, state: &str) {
    let page = &scene.page;
    let posts = scene.sandbox.requests_with(&Method::POST).len();
    page.script("document.querySelectorAll('[data-walked]').forEach(one => delete one.dataset.walked);", vec![]).await;
    if page.script("return 'sent' in window;", vec![]).await == json!(false) {
        page.script(WATCH, vec![]).await;
    }
    let (mut walked, mut by_enter, mut by_control) = (0, Vec::new(), Vec::new());
    while let Value::String(name) = page.script(NEXT, vec![]).await {
        walked += 1;
        assert!(walked < 200, "{state}: the walk has no end");
        if sends(page, false).await {
            by_enter.push(name.clone());
        }
        if name == MULTILINE {
            // A new line would be a fault.
            page.keys(Key::Backspace + "").await;
        }
        if sends(page, true).await {
            by_control.push(name);
        }
    }
    println!("{state}: {walked} controls");
    let fields = LABELS.into_iter().filter(|label| *label != MULTILINE);
    assert_eq!(by_enter, fields.chain([SUBMIT]).collect::<Vec<_>>(), "{state}: Enter");
    assert_eq!(by_control, LABELS.into_iter().chain([SUBMIT]).collect::<Vec<_>>(), "{state}: Ctrl and Enter");
    let arrived = scene.sandbox.requests_with(&Method::POST).len() - posts;
    assert_eq!(arrived, by_enter.len() + by_control.len(), "{state}: what reached the API");
}

/// Opens the list of instances and the request.
async fn open_both(page: &Page) {
    page.press("Load instances").await;
    page.says("reports-sqlserver").await;
    page.press("Show request").await;
    page.until("document.querySelector('.request')", "the request is shown").await;
}

/// What is refused is settled soon.
fn stage() -> Stage {
    Stage::new()
        .in_language("en")
        .with_settle_time(Duration::from_millis(100))
        .with_poll_time(Duration::from_millis(100))
}

#[tokio::test]
async fn sends_from_the_fields_and_create_backup_alone_whatever_is_open() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            scene.sandbox.create_backup(MYSQL, "weekly");
            scene.sandbox.finish_backups();
            page.fill(MYSQL, "backup").await;
            open_both(page).await;
            page.type_into("Search instances", "s").await;
            page.press("Show backups").await;
            page.until("document.querySelector('.backups tbody tr')", "the backups are listed").await;
            // What is refused changes nothing: each press finds the same page.
            scene.sandbox.set_status(MYSQL, Some("REBOOTING"));
            walk(scene, "instances, backups and the request are shown").await;
        })
        .await;
}

#[tokio::test]
async fn sends_from_no_tick_box_and_from_no_database() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            page.fill("", "backup").await;
            open_both(page).await;
            page.press("Choose reports-sqlserver").await;
            page.says("archive").await;
            page.field("sales").await.click().await.unwrap();
            page.press("Add database").await;
            page.type_into("Database 2", "db2").await;
            scene.sandbox.set_status(SQL_SERVER, Some("REBOOTING"));
            walk(scene, "databases are ticked and typed").await;
        })
        .await;
}

#[tokio::test]
async fn sends_from_no_choice_of_the_engine_and_from_nothing_in_an_answer() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            page.choose("Engine", "Microsoft SQL Server").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            page.script("document.querySelectorAll('details').forEach(one => { one.open = true; });", vec![]).await;
            // The name is taken by now, which needs no POST to be found.
            page.replace("Backup name", "another").await;
            scene.sandbox.set_status(SQL_SERVER, Some("REBOOTING"));
            walk(scene, "the engine is chosen, a backup was made").await;
        })
        .await;
}

/// Presses Enter as a keyboard does: once, and then as often as it repeats a key that is held.
async fn enter(page: &Page, is_repetition: bool) {
    let key = json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "text": "\r",
        "windowsVirtualKeyCode": 13, "autoRepeat": is_repetition });
    page.driver.cdp().send_raw("Input.dispatchKeyEvent", key).await.unwrap();
}

#[tokio::test]
async fn that_is_held_is_one_press() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "held").await;
            page.script(WATCH, vec![]).await;
            enter(page, false).await;
            page.sees("Backup started").await;
            // What is under way would take a second press for the first one.
            scene.sandbox.finish_backups();
            page.sees("Backup completed").await;
            for label in ["Backup name", "Instance ID"] {
                page.script("arguments[0].focus();", vec![page.field(label).await.to_json().unwrap()]).await;
                enter(page, true).await;
            }
            let button = page.button("Create backup").await;
            page.script("arguments[0].focus();", vec![button.to_json().unwrap()]).await;
            enter(page, true).await;
            assert_eq!(sent(page).await, 1);
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn once_more_while_it_is_under_way_sends_nothing_more() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "pressed").await;
            let hold = scene.sandbox.hold();
            enter(page, false).await;
            enter(page, false).await;
            scene.sandbox.wait_for_request(&Method::GET).await;
            enter(page, false).await;
            let answer = scene.sandbox.hold_only(Route::Create);
            drop(hold);
            scene.sandbox.wait_for_request(&Method::POST).await;
            enter(page, false).await;
            page.press("Create backup").await;
            drop(answer);
            page.sees("Backup started").await;
            page.press("Create backup").await;
            scene.sandbox.finish_backups();
            page.sees("Backup completed").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            page.until("document.querySelectorAll('.card').length === 1", "one press has one card").await;
        })
        .await;
}

#[tokio::test]
async fn that_is_held_on_a_choice_sends_nothing_where_the_focus_goes() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill("", "chosen").await;
            page.press("Load instances").await;
            page.says("orders-mysql").await;
            let choose = page.button("Choose orders-mysql").await;
            page.script("arguments[0].focus();", vec![choose.to_json().unwrap()]).await;
            enter(page, false).await;
            page.until("document.activeElement.id === 'field-name'", "the name has the focus").await;
            page.script(WATCH, vec![]).await;
            enter(page, true).await;
            assert_eq!(sent(page).await, 0);
            // The next press is one.
            enter(page, false).await;
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn that_ends_a_word_of_an_input_method_sends_nothing() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "composed").await;
            page.script(WATCH, vec![]).await;
            for (label, with) in
                LABELS.into_iter().flat_map(|label| [(label, "isComposing: true"), (label, "keyCode: 229")])
            {
                let key = format!(
                    "arguments[0].dispatchEvent(new KeyboardEvent('keydown',
                         {{ key: 'Enter', ctrlKey: true, bubbles: true, composed: true, cancelable: true, {with} }}));"
                );
                page.script(&key, vec![page.field(label).await.to_json().unwrap()]).await;
            }
            assert_eq!(sent(page).await, 0);
            assert!(scene.sandbox.requests_with(&Method::POST).is_empty());
        })
        .await;
}

/// What an input method does with a key is its own, whichever key it is.
#[tokio::test]
async fn and_other_keys_of_an_input_method_are_left_to_it() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "composed").await;
            page.press("Suggest a name").await;
            page.until("document.getElementById('field-name').value !== 'composed'", "a name is suggested").await;
            let suggested = page.value("Backup name").await;
            page.press("Show request").await;
            page.until("document.querySelector('.request')", "the request is shown").await;
            for with in ["isComposing: true", "keyCode: 229"] {
                for key in ["key: 'Escape'", "key: 'Enter', repeat: true", "key: 'z', keyCode: 90, ctrlKey: true"] {
                    let key = format!(
                        "return arguments[0].dispatchEvent(new KeyboardEvent('keydown',
                             {{ {key}, bubbles: true, composed: true, cancelable: true, {with} }}));"
                    );
                    let field = page.field("Backup name").await.to_json().unwrap();
                    assert_eq!(page.script(&key, vec![field]).await, true, "{key} is taken from the input method");
                }
            }
            page.until("document.querySelector('.request')", "it is still shown").await;
            assert_eq!(page.value("Backup name").await, suggested);
            // A real composition, whose keys the browser marks itself.
            page.script("arguments[0].select();", vec![page.field("Description").await.to_json().unwrap()]).await;
            page.script("arguments[0].focus();", vec![page.field("Description").await.to_json().unwrap()]).await;
            let text = json!({ "text": "さ", "selectionStart": 1, "selectionEnd": 1 });
            page.driver.cdp().send_raw("Input.imeSetComposition", text).await.unwrap();
            for key in ["Escape", "Enter"] {
                let key = json!({ "type": "rawKeyDown", "key": "Process", "code": key, "windowsVirtualKeyCode": 229 });
                page.driver.cdp().send_raw("Input.dispatchKeyEvent", key).await.unwrap();
            }
            page.until("document.querySelector('.request')", "it is still shown").await;
            page.driver.cdp().send_raw("Input.insertText", json!({ "text": "さ" })).await.unwrap();
            assert_eq!(page.value("Description").await, "さ");
            assert!(scene.sandbox.requests_with(&Method::POST).is_empty());
        })
        .await;
}

#[tokio::test]
async fn and_a_double_click_are_one_press_even_if_the_answer_comes_in_between() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "clicked").await;
            page.script(WATCH, vec![]).await;
            let button = page.button("Create backup").await;
            button.scroll_into_view().await.unwrap();
            let click = async |count: u32| {
                let place = "const place = arguments[0].getBoundingClientRect();
                     return [place.x + place.width / 2, place.y + place.height / 2];";
                let place = page.script(place, vec![button.to_json().unwrap()]).await;
                for kind in ["mousePressed", "mouseReleased"] {
                    let press =
                        json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": count });
                    page.driver.cdp().send_raw("Input.dispatchMouseEvent", press).await.unwrap();
                }
            };
            click(1).await;
            page.sees("Backup started").await;
            scene.sandbox.finish_backups();
            page.sees("Backup completed").await;
            click(2).await;
            assert_eq!(sent(page).await, 1);
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}
