//! The token: pasted as it comes, hidden, forgotten.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, token};

use crate::common::stage::Stage;

#[tokio::test]
async fn is_taken_out_of_a_header_block_of_curl() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            let block = format!("HTTP/1.1 201 Created\nDate: Tue, 24 Nov 2026 01:25:41 GMT\nX-Subject-Token: {}\nVary: X-Auth-Token\n\n{{\"token\":{{}}}}", token());
            page.paste_into("Token", &block).await;
            assert_eq!(page.value("Token").await, token());
            let removed = "Removed from what you entered: “X-Subject-Token:” and what stood around the header.";
            page.has(".field-token", removed).await;
            let (count, end) = (token().len(), &token()[token().len() - 4..]);
            page.has(".field-token", &format!("{:03} characters, ending in {end}", count - 1_000)).await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST)[0].header("x-auth-token"), token());
        })
        .await;
}

#[tokio::test]
async fn is_cleaned_when_it_is_typed_with_its_header_name() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Token", format!("X-Auth-Token: \"{}\"", token())).await;
            page.leave().await;
            // What cleans it may still be on its way.
            page.has(".field-token", "“X-Auth-Token:” and quotation marks").await;
            assert_eq!(page.value("Token").await, token());
        })
        .await;
}

#[tokio::test]
async fn is_hidden_until_shown_and_gone_when_forgotten() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            assert_eq!(page.field("Token").await.attr("type").await.unwrap().as_deref(), Some("password"));
            page.press("Show token").await;
            assert_eq!(page.field("Token").await.attr("type").await.unwrap().as_deref(), Some("text"));
            assert_eq!(page.value("Token").await, token());
            // Sending hides it again.
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert_eq!(page.field("Token").await.attr("type").await.unwrap().as_deref(), Some("password"));
            let markup = page.script("return document.documentElement.outerHTML;", vec![]).await;
            assert!(!markup.as_str().unwrap().contains(&token()[..40]), "the token is in the markup");
            page.press("Forget token").await;
            page.until("document.querySelector('.field-token input').value === ''", "the token is gone").await;
            page.has_focus("Token").await;
            assert_eq!(page.value("Backup name").await, "backup");
        })
        .await;
}
