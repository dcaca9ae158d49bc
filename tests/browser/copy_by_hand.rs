//! A user copies something, and the browser doesn't allow it.

use sandbox::fixtures::MYSQL;
use serde_json::json;
use thirtyfour::Key;

use crate::common::page::Page;
use crate::common::stage::Stage;

const REFUSED: &str = "navigator.clipboard.writeText = async () => { throw new DOMException('', 'NotAllowedError'); };";
/// As on a page without https.
const ABSENT: &str = "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });";
const SENTENCE: &str = "Failed to copy: the browser didn't allow it. Copy the text from the field.";
const FIELD: &str = "document.querySelector('.by-hand textarea')";

/// What the field holds; it has the focus, all of it is selected, and no attribute or text of the document repeats it.
async fn shown(page: &Page) -> String {
    page.says(SENTENCE).await;
    page.until(&format!("document.activeElement === {FIELD}"), "the field has the focus").await;
    assert_eq!(
        page.script(&format!("return {FIELD}.labels[0].innerText.trim();"), vec![]).await,
        page.words("Text to copy")
    );
    let whole = format!(
        "return [{FIELD}.value, {FIELD}.readOnly, {FIELD}.selectionEnd - {FIELD}.selectionStart, {FIELD}.outerHTML];"
    );
    let whole = page.script(&whole, vec![]).await;
    let text = whole[0].as_str().unwrap();
    assert!(!text.is_empty() && whole[1] == true);
    assert_eq!(whole[2].as_u64().unwrap(), text.encode_utf16().count() as u64, "all of it is selected");
    assert!(!whole[3].as_str().unwrap().contains(text), "{}", whole[3]);
    text.to_owned()
}

async fn is_gone(page: &Page) {
    page.until(&format!("!{FIELD}"), "the field is gone").await;
}

#[tokio::test]
async fn a_text_is_in_a_field_that_ctrl_c_copies_and_escape_closes() {
    for script in [REFUSED, ABSENT] {
        Stage::new()
            .watched_by(script)
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "by-hand").await;
                page.press("Copy link to this form").await;
                let link = shown(page).await;
                assert!(link.starts_with(&scene.site.url) && link.contains("name=by-hand"), "{link}");
                page.keys(Key::Control + "c").await;
                assert_eq!(page.clipboard().await, link);
                // What the page is served by has nothing to do with it.
                assert!(!page.text_of(".form .copy").await.contains("https"));
                page.set_window(500, 800).await;
                let fits = "return document.documentElement.scrollWidth <= innerWidth;";
                assert_eq!(page.script(fits, vec![]).await, true, "a long link sticks out");
                page.press("Show request").await;
                is_gone(page).await;
                page.press("Copy link to this form").await;
                shown(page).await;
                page.keys(Key::Escape + "").await;
                is_gone(page).await;
                let focused = page.script("return document.activeElement.innerText;", vec![]).await;
                assert_eq!(focused, page.words("Copy link to this form"));
                page.until("document.querySelector('.request')", "nothing else is closed").await;
                page.keys(Key::Escape + "").await;
                page.until("!document.querySelector('.request')", "the request is closed").await;
            })
            .await;
    }
}

#[tokio::test]
async fn whatever_can_be_copied_is_there_line_by_line_and_goes_with_the_next_copy() {
    Stage::new()
        .watched_by(REFUSED)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "by-hand").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.press("Copy: Backup ID").await;
            let id = shown(page).await;
            page.press("Copy link to follow").await;
            assert!(shown(page).await.contains(&id));
            page.press("Show backups").await;
            is_gone(page).await;
            page.until("document.querySelector('.backups td .copy button')", "the backup is listed").await;
            page.script("document.querySelector('.backups td .copy button').focus();", vec![]).await;
            page.keys(Key::Enter + "").await;
            assert_eq!(shown(page).await, id);
            page.keys(Key::Escape + "").await;
            is_gone(page).await;
            page.until("document.activeElement.closest('.backups td')", "the row has the focus").await;
            // A poll that comes meanwhile leaves it there; what its user does elsewhere doesn't.
            page.press("Copy: Backup ID").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            assert_eq!(shown(page).await, id);
            page.press("Copy receipt").await;
            let receipt = shown(page).await;
            assert!(receipt.contains(&id) && receipt.lines().count() > 3, "{receipt}");
            page.type_into("Description", "typed").await;
            is_gone(page).await;
        })
        .await;
}

#[tokio::test]
async fn the_token_is_in_no_field() {
    Stage::new()
        .watched_by(REFUSED)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "by-hand").await;
            let token = page.value("Token").await;
            page.press("Show request").await;
            for name in ["Copy: The request", "Copy: As a command of curl"] {
                page.press(name).await;
                assert!(!shown(page).await.contains(&token));
            }
            let in_document =
                page.script("return document.documentElement.outerHTML.includes(arguments[0]);", vec![json!(token)]);
            assert_eq!(in_document.await, false);
        })
        .await;
}
