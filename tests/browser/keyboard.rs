//! The whole job without a mouse.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use thirtyfour::Key;

use crate::common::page::Page;
use crate::common::stage::{Stage, languages};

/// The name of what has the focus: its label, its own words, or its name for screen readers.
async fn focused(page: &Page) -> String {
    let script = "const element = document.activeElement;
         return element.labels?.[0]?.innerText ?? element.getAttribute('aria-label') ?? element.innerText ?? '';";
    page.script(script, vec![]).await.as_str().unwrap().trim().to_owned()
}

/// Presses Tab until something with this name has the focus, and says how often that was.
async fn tab_to(page: &Page, name: &str) -> usize {
    let wanted = page.words(name);
    let mut way = Vec::new();
    for presses in 1..=30 {
        page.keys(Key::Tab + "").await;
        let reached = focused(page).await;
        if reached == wanted {
            let outline = page.script("return getComputedStyle(document.activeElement).outlineStyle;", vec![]).await;
            assert_eq!(outline, "solid", "the focus on {wanted} can't be seen");
            return presses;
        }
        way.push(reached);
    }
    panic!("Tab doesn't come to {wanted:?}: {way:?}");
}

#[tokio::test]
async fn a_backup_is_made_followed_and_taken_along() {
    for language in languages() {
        Stage::new()
            .in_language(language)
            .play(async |scene| {
                let page = &scene.page;
                let endpoint = page.endpoint.clone();
                for (label, text) in [("Token", token().as_str()), ("Endpoint", endpoint.as_str())] {
                    tab_to(page, label).await;
                    page.keys(text).await;
                }
                assert_eq!(page.value("Project ID").await, PROJECT_ID, "the token fills it in");
                tab_to(page, "Load instances").await;
                page.keys(Key::Enter + "").await;
                page.says("orders-mysql").await;
                tab_to(page, "Choose orders-mysql").await;
                page.keys(Key::Enter + "").await;
                page.has_focus("Backup name").await;
                assert_eq!(page.value("Instance ID").await, MYSQL);
                assert!(page.value("Backup name").await.starts_with("orders-mysql-"), "it names the backup");
                tab_to(page, "Create backup").await;
                page.keys(Key::Enter + "").await;
                page.sees("Backup started").await;
                scene.sandbox.finish_backups();
                page.says("backup completed (COMPLETED)").await;
                tab_to(page, "Copy receipt").await;
                page.keys(Key::Enter + "").await;
                page.says("Receipt copied").await;
                assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            })
            .await;
    }
}

#[tokio::test]
async fn from_the_top_to_create_backup_it_takes_nine_presses_of_tab_at_most() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.script("document.activeElement.blur(); scrollTo(0, 0);", vec![]).await;
            page.driver.execute("document.body.tabIndex = -1; document.body.focus();", vec![]).await.unwrap();
            assert_eq!(tab_to(page, "Skip to the backup").await, 1);
            page.keys(Key::Enter + "").await;
            page.has_focus("Instance ID").await;
            let presses = 1 + tab_to(page, "Create backup").await;
            assert!(presses <= 9, "{presses} presses");
            println!("{presses} presses of Tab from the top to Create backup");
        })
        .await;
}

#[tokio::test]
async fn faults_are_found_and_mended_and_escape_closes_what_is_open() {
    for language in languages() {
        Stage::new()
            .in_language(language)
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "1").await;
                page.keys(Key::Enter + "").await;
                page.until("document.activeElement.id === 'summary'", "the summary has the focus").await;
                page.keys(Key::Tab + "").await;
                page.keys(Key::Enter + "").await;
                page.has_focus("Backup name").await;
                page.keys(Key::Control + "a").await;
                page.keys("backup").await;
                page.is_content("Backup name").await;
                page.until("!document.getElementById('summary')", "nothing is left to mend").await;

                tab_to(page, "Show request").await;
                page.keys(Key::Enter + "").await;
                page.until("document.querySelector('.request')", "the request is shown").await;
                page.keys(Key::Escape + "").await;
                page.until("!document.querySelector('.request')", "the request is closed").await;
                assert_eq!(focused(page).await, page.words("Show request"));
                page.press("Load instances").await;
                page.says("orders-mysql").await;
                page.keys(Key::Escape + "").await;
                page.until("!document.querySelector('.instances')", "the list is closed").await;
                assert_eq!(focused(page).await, page.words("Load instances"));
            })
            .await;
    }
}
