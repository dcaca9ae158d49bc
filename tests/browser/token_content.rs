//! What a token says by itself: it fills empty fields, and shows what is wrong with it before anything is sent.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, TokenKind, token, token_of_kind};
use sandbox::iam_token::Claims;
use sandbox::{Fault, FaultTiming, FixedResponse, Route};
use serde_json::json;

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
            page.until(
                "/[（(]23 ?(h|小时) ?5\\d ?(min|分钟)[)）]/.test(document.querySelector('.field-token').innerText)",
                "how long",
            )
            .await;
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            // The sandbox's project names no region: no endpoint is guessed.
            assert_eq!(page.value("Endpoint").await, "");
            page.says("Filled in from the token: ").await;
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
                (TokenKind::Expired, "This token expired on"),
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
async fn a_refusal_names_the_cause_that_the_token_states_itself() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            for (kind, says) in [
                (TokenKind::Expired, "The token that was used expired on"),
                (TokenKind::AnotherProject, "The token that was used is for the project “sandbox_another”"),
                (TokenKind::Account, "The token that was used is for the account “OTC-EU-DE-00000000001000000001”"),
            ] {
                page.press("Forget token").await;
                page.paste_into("Token", &token_of_kind(kind)).await;
                page.press("Create backup").await;
                page.sees(says).await;
                page.press("Load instances").await;
                page.until("document.querySelector('.instances .note').innerText", "the list says why").await;
                page.has(".instances .note", says).await;
            }
            // One that was right, and is accepted no longer.
            page.press("Forget token").await;
            page.paste_into("Token", &token()).await;
            sandbox.renew_token();
            page.press("Create backup").await;
            page.sees("By what it says, the token that was used is right").await;
            // One that can't be read.
            page.press("Forget token").await;
            page.paste_into("Token", &"f".repeat(32)).await;
            page.press("Create backup").await;
            page.sees("The token was rejected when the page looked").await;
            assert!(!page.text_of(".outcome").await.contains(&*page.words("The token that was used")));
            assert!(sandbox.requests_with(&Method::POST).is_empty());
        })
        .await;
}

/// What nginx answers when a header is longer than its buffer.
const TOO_LARGE: &str = "<html>\r\n<head><title>400 Request Header Or Cookie Too Large</title></head>\r\n</html>";

#[tokio::test]
async fn a_header_that_is_too_long_has_the_length_of_the_token_and_an_empty_list_the_project() {
    Stage::new()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            // As long as one of the largest clouds.
            let long = Claims { roles: vec!["op_gated_feature"; 80], ..Claims::new() }.token();
            page.paste_into("Token", &long).await;
            let too_large = FixedResponse { content_type: "text/html", ..FixedResponse::json(400, TOO_LARGE) };
            for route in [Route::Backups, Route::Create] {
                sandbox.inject_always(route, FaultTiming::BeforeCommit, Fault::FixedResponse(too_large.clone()));
            }
            page.press("Create backup").await;
            page.sees("The token is too long for a proxy on the way").await;
            page.until(
                &format!("document.querySelector('.outcome').innerText.match(/\\d[.,]\\d{{3}}/)?.[0].replace(/[.,]/, '') === '{}'", long.len()),
                "its length is said",
            )
            .await;
            let none = json!({ "instances": [], "total_count": 0 });
            let none = FixedResponse::json(200, none.to_string());
            sandbox.inject_always(Route::Instances, FaultTiming::BeforeCommit, Fault::FixedResponse(none));
            page.press("Load instances").await;
            page.says("The project sandbox has no instances at this endpoint. They may be in a sub-project").await;
        })
        .await;
}

#[tokio::test]
async fn what_the_token_says_is_in_its_description_and_a_link_has_none_of_it() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Project ID", "another").await;
            page.paste_into("Token", &token()).await;
            page.has(SUMMARY, "The token says: project “sandbox”").await;
            let described = page
                .script(
                    "return document.getElementById('field-token').getAttribute('aria-describedby').split(' ')
                         .map(id => document.getElementById(id).innerText).join(' ');",
                    vec![],
                )
                .await;
            assert!(described.as_str().is_some_and(|text| text.contains("sandbox-operator")), "{described}");
            page.press("Copy link to this form").await;
            let copied = page.clipboard().await;
            assert!(copied.ends_with("#project_id=another"), "{copied}");
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
            page.press("Copy: As a command of the OpenStack client").await;
            page.says("Copied").await;
            assert_eq!(page.clipboard().await, "openstack token issue -f value -c id");
        })
        .await;
}
