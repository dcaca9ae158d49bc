//! The console as a part of other pages: the examples, run as they stand.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use serde_json::json;

use crate::common::page::Page;
use crate::common::portal::{Part, Portal, build_with_vite, example};
use crate::common::stage::{Scene, Stage, languages};
use crate::common::words::in_language;

fn stage() -> Stage {
    Stage::new().direct().in_language("en")
}

async fn plain(scene: &Scene, tokens: Vec<String>) -> Portal {
    let portal = Portal::serve(example("plain"), tokens).await;
    portal.open(scene).await;
    portal
}

async fn events(page: &Page, expected: &[&str]) {
    let condition = format!(
        "JSON.stringify([...document.querySelectorAll('#events li')].map(item => item.innerText)) === {}",
        json!(json!(expected).to_string())
    );
    page.until(&condition, &format!("the portal was told {expected:?}")).await;
}

#[tokio::test]
async fn two_on_a_plain_page_one_with_a_supplied_token() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            let portal = plain(scene, vec![token()]).await;
            let (first, second) = (Part(page, "#first"), Part(page, "#second"));
            first.says("Backups of team A").await;
            assert!(!first.text().await.contains("Token"), "there is no field for a supplied token");
            first.type_into("Instance ID", MYSQL).await;
            first.type_into("Backup name", "by-the-element").await;
            assert!(portal.asked.borrow().is_empty(), "it is asked for when it is needed");
            first.press("Create backup").await;
            first.says("Backup started").await;
            events(page, &["first: backup-created: by-the-element BUILDING"]).await;
            let asked = portal.asked.borrow()[0].clone();
            assert!(asked.contains("endpoint=http%3A%2F%2F127.0.0.1") && asked.contains(PROJECT_ID), "{asked}");
            assert_eq!(scene.sandbox.requests_with(&Method::POST)[0].header("x-auth-token"), token());
            scene.sandbox.finish_backups();
            first.says("Backup completed").await;

            // The other one knows nothing of it: its language, its colours, its own token.
            second.says("Die Antwort der API erscheint hier").await;
            second.type_into("Projekt-ID", PROJECT_ID).await;
            second.type_into("Token", &token()).await;
            second.type_into("Instanz-ID", MYSQL).await;
            second.type_into("Name der Sicherung", "by-the-element").await;
            second.press("Sicherung anlegen").await;
            second.says("Der Name war schon vorher vergeben").await;
            events(
                page,
                &[
                    "first: backup-created: by-the-element BUILDING",
                    "first: backup-finished: by-the-element COMPLETED",
                    "second: backup-refused: by-the-element name_taken",
                ],
            )
            .await;
            let address = page
                .script("return location.href + JSON.stringify([{...localStorage}, {...sessionStorage}]);", vec![])
                .await;
            assert!(
                !address.as_str().unwrap().contains("by-the-element"),
                "address and storage are the portal's: {address}"
            );
        })
        .await;
}

#[tokio::test]
async fn styles_of_portal_and_console_do_not_meet_and_it_brings_no_landmarks() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let (first, second) = (Part(page, "#first"), Part(page, "#second"));
            first.says("Backups of team A").await;
            second.says("Sicherung anlegen").await;
            let looks = "const style = getComputedStyle(root.querySelector('button.primary'));
                 const text = getComputedStyle(root.querySelector('.console'));
                 return [style.borderTopStyle, style.fontStyle, style.textTransform, text.fontSize, text.colorScheme,
                     root.querySelectorAll('header, main, h1, a.skip').length];";
            assert_eq!(first.script(looks).await, json!(["solid", "normal", "none", "15px", "light dark", 0]));
            assert_eq!(second.script(looks).await, json!(["solid", "normal", "none", "15px", "dark", 0]));
            let portal = page
                .script(
                    "const input = getComputedStyle(document.querySelector('#project'));
                     return [input.borderTopStyle, getComputedStyle(document.body).fontFamily.split(',')[0], document.documentElement.lang, document.title];",
                    vec![],
                )
                .await;
            assert_eq!(portal, json!(["dotted", "Georgia", "en", "A portal with the backup console"]));
        })
        .await;
}

#[tokio::test]
async fn a_supplied_token_that_is_rejected_or_does_not_come_makes_way_for_the_field() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            for (tokens, words) in [
                (vec![format!("MII{}", "x".repeat(1100))], "The API rejected the token"),
                (vec![String::new()], "The page around this form supplied no token."),
            ] {
                plain(scene, tokens).await;
                let first = Part(page, "#first");
                first.type_into("Instance ID", MYSQL).await;
                first.type_into("Backup name", "backup").await;
                first.press("Create backup").await;
                first.says(words).await;
                first.type_into("Token", &token()).await;
                first.press("Create backup").await;
                first.says("Backup started").await;
                scene.sandbox.finish_backups();
                scene.sandbox.create_backup(MYSQL, "another");
                scene.sandbox.finish_backups();
                if words.starts_with("The API") {
                    first.says("Backup completed").await;
                    scene.sandbox.forget_backups();
                }
            }
        })
        .await;
}

#[tokio::test]
async fn attributes_and_options_can_change_and_unmounting_aborts() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let first = Part(page, "#first");
            first.type_into("Instance ID", MYSQL).await;
            first.type_into("Backup name", "kept").await;
            page.script("document.querySelector('#first').setAttribute('language', 'de');", vec![]).await;
            first.says("Sicherung anlegen").await;
            assert_eq!(first.field("Name der Sicherung").await.value().await.unwrap().unwrap(), "kept");
            page.script("window.second.set({ title: 'Neuer Titel', theme: 'light' });", vec![]).await;
            Part(page, "#second").says("Neuer Titel").await;
            let hold = scene.sandbox.hold();
            page.script(
                "const send = window.fetch;
                 window.fetch = (request, ...rest) => { if (request.method === 'POST') { window.sent = request; } return send(request, ...rest); };",
                vec![],
            )
            .await;
            first.press("Sicherung anlegen").await;
            scene.sandbox.wait_for_request(&Method::POST).await;
            assert_eq!(page.script("return window.sent.signal.aborted;", vec![]).await, false);
            page.script("document.querySelector('#first').remove();", vec![]).await;
            page.until("window.sent.signal.aborted", "the request is aborted").await;
            drop(hold);
        })
        .await;
}

#[tokio::test]
async fn it_speaks_every_language_of_the_page() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            plain(scene, vec![token()]).await;
            let first = Part(page, "#first");
            for language in languages() {
                let script = format!("document.querySelector('#first').setAttribute('language', '{language}');");
                page.script(&script, vec![]).await;
                first.says(&in_language(language, "Create backup")).await;
                let seen = first.script("return root.querySelector('.console').lang;").await;
                assert_eq!(seen, json!(language));
            }
        })
        .await;
}

#[tokio::test]
async fn built_with_vite_and_typescript() {
    stage()
        .play(async |scene| {
            let page = &scene.page;
            let folder = tempfile::tempdir().unwrap();
            let portal = Portal::serve(build_with_vite(folder.path()).await, vec![token()]).await;
            portal.open(scene).await;
            let part = Part(page, "#console");
            part.type_into("Instance ID", MYSQL).await;
            part.type_into("Backup name", "by-vite").await;
            part.press("Create backup").await;
            part.says("Backup started").await;
            page.until("document.querySelector('#newest').innerText === 'by-vite: BUILDING'", "the portal was told")
                .await;
            scene.sandbox.finish_backups();
            page.until(
                "document.querySelector('#newest').innerText.startsWith('by-vite: COMPLETED in ')",
                "and of the end",
            )
            .await;
        })
        .await;
}
