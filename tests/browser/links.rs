//! What a user gets by a link, by a reload of the tab, and takes along as a link. Never the token.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, SQL_SERVER, token};

use crate::common::page::Page;
use crate::common::stage::Stage;

async fn address(page: &Page) -> String {
    page.script("return location.href;", vec![]).await.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_link_fills_the_form_and_nothing_is_sent_without_a_press() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            let link = format!(
                "{}#endpoint={}&project_id={PROJECT_ID}&instance_id={SQL_SERVER}&name=from-a-ticket&description=before%20the+upgrade&databases=db1&databases=sales",
                scene.site.url, page.endpoint
            );
            page.visit(&link).await;
            page.says("The form was filled from a link").await;
            assert_eq!(page.value("Endpoint").await, page.endpoint);
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            assert_eq!(page.value("Instance ID").await, SQL_SERVER);
            assert_eq!(page.value("Backup name").await, "from-a-ticket");
            assert_eq!(page.value("Description").await, "before the upgrade");
            assert_eq!(page.value("Database 2").await, "sales");
            assert_eq!(address(page).await, scene.site.url, "the address keeps nothing");
            assert!(scene.sandbox.requests().is_empty());
            page.press("Dismiss").await;
            page.shows_nowhere("The form was filled from a link").await;
            page.paste_into("Token", &token()).await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let body = scene.sandbox.requests_with(&Method::POST)[0].body_text().to_owned();
            assert!(body.contains(r#""databases":[{"name":"db1"},{"name":"sales"}]"#), "{body}");
        })
        .await;
}

#[tokio::test]
async fn values_of_a_link_are_checked_and_a_token_in_it_is_dropped_and_the_user_told_why() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            let fragment = "#token=MIISecretOfALink&name=1%3Cb%3E&nmae=x";
            // Into the address of the page that is open, too.
            for visits in [true, false] {
                if visits {
                    page.visit(&format!("{}{fragment}", scene.site.url)).await;
                } else {
                    page.press("Dismiss").await;
                    page.script(&format!("location.hash = '{fragment}';"), vec![]).await;
                }
                page.says("The link had a token in it, and the page has dropped it").await;
                page.says("parts that this page doesn't know: nmae").await;
                page.complains("Backup name", "must start with a letter A–Z or a–z, not with “1”").await;
                assert_eq!(page.value("Token").await, "");
                assert_eq!(address(page).await, scene.site.url);
                let everything = page
                    .script("return document.documentElement.outerHTML + JSON.stringify({...sessionStorage});", vec![])
                    .await;
                assert!(!everything.as_str().unwrap().contains("SecretOfALink"));
            }
        })
        .await;
}

#[tokio::test]
async fn a_copied_link_gives_the_form_as_it_stood_without_the_token() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "a-name").await;
            page.type_into("Description", "50 % + more #1").await;
            page.press("Add database").await;
            page.type_into("Database 1", "über db").await;
            page.press("Copy link to this form").await;
            page.says("Link copied").await;
            let link = page.clipboard().await;
            assert!(link.starts_with(&format!("{}#endpoint=", scene.site.url)) && !link.contains("MII"), "{link}");
            page.press("Clear form").await;
            page.visit(&link).await;
            assert_eq!(page.value("Description").await, "50 % + more #1");
            assert_eq!(page.value("Database 1").await, "über db");
            assert_eq!(
                (page.value("Instance ID").await, page.value("Token").await),
                (SQL_SERVER.into(), String::new())
            );
        })
        .await;
}

#[tokio::test]
async fn what_was_typed_survives_a_reload_and_goes_with_clear_form() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "typed-long").await;
            page.type_into("Description", "and with care").await;
            page.reload().await;
            assert_eq!(page.value("Backup name").await, "typed-long");
            assert_eq!(page.value("Description").await, "and with care");
            assert_eq!(page.value("Instance ID").await, MYSQL);
            assert_eq!(page.value("Token").await, "");
            page.paste_into("Token", &token()).await;
            page.press("Clear form").await;
            page.has_focus("Token").await;
            for label in ["Token", "Endpoint", "Project ID", "Instance ID", "Backup name", "Description"] {
                assert_eq!(page.value(label).await, "", "{label}");
            }
            // Pressed by mistake, it is mended by one press; the token is gone for good.
            page.press("Bring it back").await;
            assert_eq!(page.value("Description").await, "and with care");
            assert_eq!(page.value("Token").await, "");
            page.press("Clear form").await;
            page.reload().await;
            assert_eq!(page.value("Backup name").await, "");
        })
        .await;
}

#[tokio::test]
async fn a_backup_is_followed_again_after_a_reload_and_on_another_machine() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "watched").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let id = scene.sandbox.backups()[0].id.clone();
            let link = address(page).await;
            assert!(link.contains(&format!("#watch={MYSQL}/{id}&endpoint=")) && !link.contains("MII"), "{link}");
            page.press("Copy link to follow").await;
            assert_eq!(page.clipboard().await, link);
            page.reload().await;
            // Until then the old page asks for its backup.
            let asked = scene.sandbox.requests().len();
            page.sees("This page was opened anew, or its tab duplicated, while this backup was followed").await;
            // What is under way isn't what another machine has.
            page.script("sessionStorage.clear();", vec![]).await;
            page.visit(&link).await;
            page.sees("A link names this backup").await;
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            page.paste_into("Token", &token()).await;
            page.leave().await;
            page.sees("The page asks for nothing before you press").await;
            let follow = format!("Follow at {}", page.endpoint);
            page.button(&follow).await;
            assert_eq!(scene.sandbox.requests().len(), asked, "nothing is asked before a press");
            page.press(&follow).await;
            page.says("backup in progress (BUILDING)").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            page.is_titled("✓ COMPLETED – watched").await;
            page.has(".followed", "watched").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}
