//! How many clicks and keys the job takes, here and in Swagger UI on the same OpenAPI document: what docs/comparison.md says
//! is counted here.

use axum::Router;
use axum::http::{Method, header};
use axum::routing::get;
use sandbox::Route;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use serde_json::json;
use thirtyfour::Key;
use thirtyfour::prelude::*;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::common::host::workspace;
use crate::common::page::Page;
use crate::common::stage::{Scene, Stage};

/// A user whose clicks and keys are counted as the browser hears them.
struct Counted<'a>(&'a Page);

impl<'a> Counted<'a> {
    async fn new(page: &'a Page) -> Self {
        page.script(
            "window.effort = { click: 0, keydown: 0 }; window.counts = true;
             for (const name of ['click', 'keydown']) {
                 addEventListener(name, event => { if (window.counts && event.isTrusted) { window.effort[name] += 1; } }, true);
             }",
            vec![],
        )
        .await;
        Self(page)
    }

    /// Clicks on something.
    async fn click(&self, element: &WebElement) {
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap();
    }

    /// Pastes where the focus is what was copied elsewhere.
    async fn paste(&self, text: &str) {
        let copy = "window.counts = false; window.before = document.activeElement;
             const area = document.createElement('textarea'); area.id = 'elsewhere'; area.value = arguments[0];
             document.body.append(area); area.select();";
        self.0.script(copy, vec![json!(text)]).await;
        self.0.keys(Key::Control + "c").await;
        self.0
            .script(
                "document.getElementById('elsewhere').remove(); window.before.focus(); window.counts = true;",
                vec![],
            )
            .await;
        self.0.keys(Key::Control + "v").await;
    }

    /// Clicks and keys so far.
    async fn effort(&self) -> (u64, u64) {
        let effort = self.0.script("return [window.effort.click, window.effort.keydown];", vec![]).await;
        (effort[0].as_u64().unwrap(), effort[1].as_u64().unwrap())
    }
}

/// A user who pastes the token, and loads the instances of its project.
async fn loads_instances(page: &Page) -> Counted<'_> {
    let user = Counted::new(page).await;
    user.click(&page.field("Token").await).await;
    user.paste(&token()).await;
    page.says("Filled in from the token: ").await;
    user.click(&page.button("Load instances").await).await;
    page.says("orders-mysql").await;
    user
}

/// The clicks and keys that the document says of something.
fn documented(what: &str) -> (u64, u64) {
    let document = std::fs::read_to_string(workspace().join("docs/comparison.md")).unwrap();
    let row = document.lines().find(|line| line.starts_with(&format!("| {what} |"))).expect("the row is missing");
    let mut numbers = row.split('|').filter_map(|cell| cell.trim().parse().ok());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

#[tokio::test]
async fn of_a_backup_on_this_page_is_what_the_comparison_says() {
    Stage::new()
        .in_chromium()
        .in_language("en")
        .direct()
        .offering_the_sandbox()
        .play(async |scene| {
            let page = &scene.page;
            let user = loads_instances(page).await;
            user.click(&page.button("Choose orders-mysql").await).await;
            user.click(&page.button("Create backup").await).await;
            page.sees("Backup started").await;
            assert_eq!(user.effort().await, documented("this page"));
        })
        .await;
}

#[tokio::test]
async fn of_three_databases_before_a_release_is_what_the_comparison_says() {
    Stage::new()
        .in_chromium()
        .in_language("en")
        .direct()
        .offering_the_sandbox()
        .play(async |scene| {
            let page = &scene.page;
            let user = loads_instances(page).await;
            for name in ["orders-mysql", "billing-postgresql", "reports-sqlserver"] {
                let name = format!("[aria-label='Add {name} to the selection']");
                user.click(&page.driver.find(By::Css(&name)).await.unwrap()).await;
            }
            user.click(&page.button("Create 3 backups").await).await;
            page.has(".outcome", "3 backups: 3 running").await;
            assert_eq!(user.effort().await, documented("this page, three at once"));
        })
        .await;
}

/// The calls until the request was sent, that one included. What the browser asks by itself is none.
fn calls_to_create(scene: &Scene) -> Vec<Route> {
    let requests = scene.sandbox.requests();
    let mut calls: Vec<Route> =
        requests.iter().filter_map(|request| Route::of(&request.method, &request.uri)).collect();
    calls.truncate(calls.iter().position(|route| *route == Route::Create).unwrap() + 1);
    calls
}

#[tokio::test]
async fn of_the_look_before_the_request_is_a_call_and_no_click() {
    Stage::new()
        .in_chromium()
        .in_language("en")
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            let user = Counted::new(page).await;
            user.click(&page.button("Create backup").await).await;
            page.sees("Backup started").await;
            assert_eq!(user.effort().await, (1, 0));
            // The list tells whether the name is free.
            assert_eq!(calls_to_create(scene), [Route::Backups, Route::Create]);
        })
        .await;
}

/// Swagger UI as its documentation says, on the OpenAPI document of this project with the sandbox as its server.
async fn swagger_ui(endpoint: &str) -> String {
    let file = workspace().join("sandbox/openapi.json");
    let mut document: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    document["servers"] = json!([{ "url": endpoint }]);
    let index =
        "<!doctype html><meta charset=utf-8><title>Swagger UI</title><link rel=stylesheet href=/dist/swagger-ui.css><div id=ui></div>
        <script src=/dist/swagger-ui-bundle.js></script>
        <script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui' });</script>";
    let page = [(header::CONTENT_TYPE, "text/html")];
    let site = Router::new()
        .route("/", get(move || async move { (page, index) }))
        .route("/openapi.json", get(move || async move { axum::Json(document) }))
        .nest_service("/dist", ServeDir::new(workspace().join("xtask/npm/node_modules/swagger-ui-dist")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, site).await });
    url
}

#[tokio::test]
async fn of_a_backup_in_swagger_ui_is_what_the_comparison_says() {
    Stage::new()
        .in_chromium()
        .in_language("en")
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.driver.goto(swagger_ui(&scene.sandbox.endpoint()).await).await.unwrap();
            page.until("document.querySelector('.opblock-post')", "the operation is listed").await;
            let user = Counted::new(page).await;
            let find = async |css: &str| {
                page.until(&format!("document.querySelector({})", json!(css)), css).await;
                page.driver.find(By::Css(css)).await.unwrap()
            };
            user.click(&find(".auth-wrapper .authorize").await).await;
            user.click(&find(".auth-container input").await).await;
            user.paste(&token()).await;
            user.click(&find(".auth-btn-wrapper .authorize").await).await;
            user.click(&find(".auth-btn-wrapper .btn-done").await).await;
            user.click(&find(".opblock-post .opblock-summary-control").await).await;
            user.click(&find(".opblock-post .try-out__btn").await).await;
            user.click(&find(".opblock-post input[placeholder=project_id]").await).await;
            user.paste(PROJECT_ID).await;
            user.click(&find(".opblock-post textarea.body-param__text").await).await;
            page.keys(Key::Control + "a").await;
            user.paste(&json!({ "instance_id": MYSQL, "name": "by-swagger-ui" }).to_string()).await;
            user.click(&find(".opblock-post .execute").await).await;
            page.until("document.querySelector('.live-responses-table')", "the answer is shown").await;
            assert_eq!(scene.sandbox.backups().len(), 1, "the backup is made");
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            assert_eq!(user.effort().await, documented("Swagger UI 5.35.0"));
            // What it writes to the console is for it to say.
            page.messages().await;
        })
        .await;
}
