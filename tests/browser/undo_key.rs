//! A user presses Ctrl+Z in a field in which the page has replaced something.

use sandbox::fixtures::{MYSQL, PROJECT_ID};
use serde_json::json;
use thirtyfour::Key;

use crate::common::page::Page;
use crate::common::stage::Stage;

async fn undo(page: &Page, label: &str) {
    undo_by_browser(page, label).await;
    page.has_focus(label).await;
}

/// Where the focus is after that is the browser's as well: Chromium moves it to the field in which it undoes something.
async fn undo_by_browser(page: &Page, label: &str) {
    page.script("arguments[0].focus();", vec![page.field(label).await.to_json().unwrap()]).await;
    page.keys(Key::Control + "z").await;
}

/// Whether the browser was kept from undoing something itself, at the last key.
const WATCH: &str = "window.prevented = [];
    addEventListener('keydown', event => {
        if (event.key.toLowerCase() === 'z' && event.ctrlKey) window.prevented.push(event.defaultPrevented);
    });";

async fn prevented(page: &Page) -> serde_json::Value {
    page.script("return window.prevented.splice(0);", vec![]).await
}

#[tokio::test]
async fn a_suggested_name_gives_way_to_the_typed_one_and_what_was_typed_is_the_browsers() {
    Stage::new()
        .watched_by(WATCH)
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Backup name", "typed").await;
            page.is_whole().await;
            page.press("Suggest a name").await;
            page.until("document.getElementById('field-name').value.startsWith('backup-')", "a name is suggested")
                .await;
            page.type_into("Description", "elsewhere").await;
            undo(page, "Backup name").await;
            assert_eq!(page.value("Backup name").await, "typed");
            assert_eq!(page.value("Description").await, "elsewhere");
            assert_eq!(prevented(page).await, json!([true]));
            // Nothing is left that the page would undo: the browser is asked, whatever it does.
            undo_by_browser(page, "Backup name").await;
            page.press("Suggest a name").await;
            page.type_into("Backup name", "x").await;
            undo_by_browser(page, "Backup name").await;
            page.keys(Key::Control + (Key::Shift + "z")).await;
            assert_eq!(prevented(page).await, json!([false, false, false]));
        })
        .await;
}

#[tokio::test]
async fn a_pasted_url_and_a_pasted_header_block_give_way_to_what_stood_there() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.is_whole().await;
            let (endpoint, token) = (page.value("Endpoint").await, page.value("Token").await);
            let url = "https://rds.eu-de.otc.t-systems.com/v3/11112222333344445555666677778888/backups";
            page.paste_into("Endpoint", url).await;
            page.until("document.getElementById('field-endpoint').value.endsWith('systems.com')", "it is split").await;
            assert_ne!(page.value("Project ID").await, PROJECT_ID);
            undo(page, "Endpoint").await;
            assert_eq!(page.values(&["Endpoint", "Project ID"]).await, [endpoint, PROJECT_ID.to_owned()]);
            page.paste_into("Token", "X-Subject-Token: MIIanother").await;
            page.until("document.getElementById('field-token').value === 'MIIanother'", "the token is found").await;
            undo(page, "Token").await;
            assert_eq!(page.value("Token").await, token);
        })
        .await;
}

#[tokio::test]
async fn a_pasted_list_of_databases_gives_way_to_one_entry() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.press("Add database").await;
            page.is_whole().await;
            page.paste_into("Database 1", "one\ntwo\nthree").await;
            page.until("document.getElementById('field-database-2').value === 'three'", "they are there").await;
            page.keys(Key::Control + "z").await;
            page.until("!document.getElementById('field-database-1')", "one is left").await;
            page.has_focus("Database 1").await;
            assert_eq!(page.value("Database 1").await, "");
        })
        .await;
}

#[tokio::test]
async fn the_first_paste_of_a_token_is_undone_and_what_it_filled_in_stays() {
    Stage::new()
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            page.paste_into("Token", &sandbox::fixtures::token()).await;
            page.until(&format!("document.getElementById('field-project_id').value === '{PROJECT_ID}'"), "it is read")
                .await;
            undo(page, "Token").await;
            assert_eq!(page.values(&["Token", "Project ID"]).await, ["", PROJECT_ID]);
            undo(page, "Project ID").await;
            assert_eq!(page.value("Project ID").await, "");
        })
        .await;
}
