//! The page where its operator has it: in any folder, and behind a login.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use sandbox::{Route, Sandbox};
use serde_json::json;

use crate::common::login::{Challenge, WebServer};
use crate::common::page::Page;
use crate::common::stage::{Scene, Stage};

/// An endpoint of the web server, relative to the page.
const RELATIVE: &str = "./api";
/// What the page says of a login in place of the API.
const SIGN_IN: &str = "Your session with it seems to have ended: sign in again";

fn stage() -> Stage {
    // The sandbox isn't asked by the page itself, and needn't allow that.
    Stage::new().direct().without_cors()
}

/// The page on a web server with a login, with everything filled in.
async fn filled(scene: &Scene) -> WebServer {
    let settings = json!({ "poll_seconds": 0.1, "settle_seconds": 1 });
    let web_server = WebServer::start("/tools/rds", settings, &scene.sandbox).await;
    let page = &scene.page;
    page.visit(&web_server.url).await;
    page.enter(&[("Endpoint", RELATIVE), ("Project ID", PROJECT_ID)]).await;
    page.enter(&[("Instance ID", MYSQL), ("Backup name", "backup")]).await;
    page.paste_into("Token", &token()).await;
    web_server
}

async fn is_not_to_blame_for_it(page: &Page, sandbox: &Sandbox) {
    assert!(!page.is_faulty("Token").await);
    page.shows_nowhere("rejected").await;
    page.shows_nowhere("CORS").await;
    assert!(sandbox.requests_with(&Method::POST).is_empty());
}

#[tokio::test]
async fn in_a_folder_it_starts_and_backs_up_by_an_endpoint_beside_it() {
    stage()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            let web_server = filled(scene).await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.until("location.hash.includes('endpoint=%2Ftools%2Frds%2Fapi&')", "the link has the whole path").await;
            assert!(sandbox.requests().iter().all(|request| request.uri.path().starts_with("/v3/")));
            sandbox.finish_backups();
            page.sees("Backup completed").await;
            // The address leads back to the folder, and the endpoint is the same there.
            page.reload().await;
            page.until("location.pathname === '/tools/rds/'", "it is the same page").await;
            page.visit(&format!("{}index.html#endpoint={RELATIVE}&project_id={PROJECT_ID}", web_server.url)).await;
            assert_eq!(page.value("Endpoint").await, RELATIVE);
            page.paste_into("Token", &token()).await;
            page.press("Load instances").await;
            page.says("orders-mysql").await;
        })
        .await;
}

#[tokio::test]
async fn an_ended_session_is_the_web_servers_and_nothing_is_lost() {
    for challenge in [Challenge::Redirect, Challenge::RedirectElsewhere, Challenge::Page, Challenge::Unauthorized] {
        stage()
            .play(async |scene| {
                let (page, sandbox) = (&scene.page, &scene.sandbox);
                let web_server = filled(scene).await;
                page.is_whole().await;
                web_server.end_sessions(challenge);
                page.press("Create backup").await;
                page.sees("Nothing was sent").await;
                page.shows("The web server of this page answered in place of the API").await;
                page.shows(SIGN_IN).await;
                is_not_to_blame_for_it(page, sandbox).await;
                assert!(sandbox.requests().is_empty(), "the login has answered");
                page.press("Load instances").await;
                page.says(SIGN_IN).await;
                // No redirect is followed, so that the token goes nowhere.
                assert_eq!(web_server.came_elsewhere(), []);
                // Signed in again in another tab.
                web_server.sign_in();
                page.press("Try again").await;
                page.sees("Backup started").await;
                assert_eq!(sandbox.requests_with(&Method::POST).len(), 1);
                assert_eq!(page.value("Token").await, token());
            })
            .await;
    }
}

#[tokio::test]
async fn a_session_that_ends_behind_the_list_leaves_open_what_became_of_the_request() {
    stage()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            let web_server = filled(scene).await;
            let hold = sandbox.hold_only(Route::Backups);
            page.press("Create backup").await;
            sandbox.wait_for_calls(Route::Backups, 1).await;
            web_server.end_sessions(Challenge::Redirect);
            drop(hold);
            page.sees("It can't be told whether the backup was made").await;
            page.shows(SIGN_IN).await;
            is_not_to_blame_for_it(page, sandbox).await;
            web_server.sign_in();
            page.press("Look again").await;
            page.sees("No backup was created").await;
        })
        .await;
}

#[tokio::test]
async fn a_followed_backup_waits_for_the_user_to_sign_in_again() {
    stage()
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            let web_server = filled(scene).await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            web_server.end_sessions(Challenge::Page);
            page.sees(SIGN_IN).await;
            page.shows("The page has stopped asking; the backup doesn't depend on it.").await;
            sandbox.finish_backups();
            web_server.sign_in();
            page.press("Look again").await;
            page.sees("Backup completed").await;
        })
        .await;
}
