//! What a token says by itself: it fills empty fields, and shows what is wrong with it before anything is sent.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, TokenKind, token, token_of_kind};

use crate::common::stage::Stage;

const SUMMARY: &str = ".field-token";

#[tokio::test]
async fn one_paste_fills_the_project_and_says_what_was_read() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.paste_into("Token", &token()).await;
            page.has(SUMMARY, "The token says: project “sandbox”, user “sandbox-operator”.").await;
            page.has(SUMMARY, "Valid until").await;
            page.until("/ \\(23 h 5\\d min\\)/.test(document.querySelector('.field-token').innerText)", "how long")
                .await;
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            // The sandbox's project names no region: no endpoint is guessed.
            assert_eq!(page.value("Endpoint").await, "");
            page.says("Empty fields were filled from the token").await;
            page.press("Bring it back").await;
            assert_eq!(page.value("Project ID").await, "");
            assert_eq!(page.value("Token").await, token());
            // What was typed stays.
            page.press("Forget token").await;
            page.type_into("Project ID", "another").await;
            page.paste_into("Token", &token()).await;
            page.has(SUMMARY, "This token is for the project “sandbox”").await;
            assert_eq!(page.value("Project ID").await, "another");
            page.press("Use the project of the token").await;
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            page.shows_nowhere("This token is for the project “sandbox”").await;
        })
        .await;
}

#[tokio::test]
async fn a_token_that_is_certainly_wrong_is_refused_with_what_is_wrong_with_it() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            for (wrong, says) in [
                (token_of_kind(TokenKind::Cut), "the rest was cut off"),
                ("HPUAWJ4GEXAMPLE1KEY2".to_owned(), "This is an access key"),
            ] {
                page.press("Forget token").await;
                page.paste_into("Token", &wrong).await;
                page.has(SUMMARY, says).await;
                page.press("Create backup").await;
                page.says("Nothing was sent").await;
            }
            page.press("Forget token").await;
            page.paste_into("Token", &format!("{}{}", token(), token())).await;
            page.press("Keep only the token").await;
            assert_eq!(page.value("Token").await, token());
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn a_token_that_is_probably_wrong_is_sent_all_the_same() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            for (kind, says) in [
                (TokenKind::Account, "This token is for the account “OTC-EU-DE-00000000001000000001”"),
                (TokenKind::AnotherProject, "This token is for the project “sandbox_another”"),
                (TokenKind::Expired, "By this computer's clock this token expired"),
            ] {
                page.press("Forget token").await;
                page.paste_into("Token", &token_of_kind(kind)).await;
                page.has(SUMMARY, says).await;
            }
            page.press("Create backup").await;
            page.sees("The token was rejected").await;
            assert_eq!(scene.sandbox.requests_with(&Method::GET).len(), 1, "the list before the request");
            assert!(scene.sandbox.requests_with(&Method::POST).is_empty());
        })
        .await;
}

#[tokio::test]
async fn the_address_of_another_service_leads_to_rds_and_a_missing_token_to_the_command_for_one() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Project ID", PROJECT_ID).await;
            page.paste_into("Endpoint", "https://iam.eu-de.otc.t-systems.com/v3").await;
            page.press("Use rds.eu-de.otc.t-systems.com").await;
            assert_eq!(page.value("Endpoint").await, "rds.eu-de.otc.t-systems.com");
            page.press("Create backup").await;
            page.says("How to get a token").await;
            page.script("document.querySelector('.field-token details').open = true;", vec![]).await;
            page.has(SUMMARY, "https://iam.eu-de.otc.t-systems.com/v3/auth/tokens?nocatalog=true").await;
            page.has(SUMMARY, PROJECT_ID).await;
            page.has(SUMMARY, "openstack token issue -f value -c id").await;
        })
        .await;
}
