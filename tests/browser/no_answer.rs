//! There is no answer, and the user is told what that means for the backup.

use std::time::Duration;

use axum::http::Method;
use sandbox::world::MYSQL;
use sandbox::{Sandbox, Settings};

use crate::stage::Stage;

#[tokio::test]
async fn the_server_is_down() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            let other = Sandbox::start(Settings::default()).await.unwrap();
            page.fill(&other, MYSQL, "backup").await;
            let endpoint = other.endpoint();
            drop(other);
            let address = endpoint.trim_start_matches("http://").to_owned();
            assert!(tokio::net::TcpStream::connect(address).await.is_err(), "the server still listens");
            page.press("Create backup").await;
            page.sees("No answer").await;
            for part in ["offline", "CORS", "cargo xtask serve --endpoint", "A backup named “backup” may exist"] {
                page.shows(part).await;
            }
            assert!(page.said_as("alert").await.contains("No answer"));
            assert_eq!(page.value("Endpoint").await, endpoint);
        })
        .await;
}

#[tokio::test]
async fn the_api_does_not_allow_the_pages_origin() {
    Stage::new()
        .without_cors()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(&scene.sandbox, MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("No answer").await;
            page.shows("CORS").await;
            page.shows("enter that path as the endpoint").await;
            assert_eq!(scene.sandbox.requests_with(&Method::OPTIONS).len(), 1);
            assert!(scene.sandbox.requests_with(&Method::POST).is_empty());
        })
        .await;
}

#[tokio::test]
async fn the_user_cancels() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(&scene.sandbox, MYSQL, "backup").await;
            let hold = scene.sandbox.hold();
            page.press("Create backup").await;
            scene.sandbox.received(&Method::POST).await;
            page.press("Cancel").await;
            page.sees("Cancelled").await;
            page.shows("A backup named “backup” may exist").await;
            drop(hold);
            // The form can be used again, and the answer to the cancelled request doesn't show.
            page.replace("Backup name", "another").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let names: Vec<_> = scene.sandbox.backups().into_iter().map(|backup| backup.name).collect();
            assert!(names.contains(&"another".to_owned()), "{names:?}");
            page.shows("another").await;
        })
        .await;
}

#[tokio::test]
async fn the_time_limit_is_reached() {
    Stage::new()
        .with_time_limit(Duration::from_millis(300))
        .play(async |scene| {
            let page = &scene.page;
            page.fill(&scene.sandbox, MYSQL, "backup").await;
            let _hold = scene.sandbox.hold();
            page.press("Create backup").await;
            page.sees("No answer within the time limit").await;
            page.shows("A backup named “backup” may exist").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}
