//! The API refuses, and the user learns why and what to do.

use std::time::Duration;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, MYSQL_REPLICA, POSTGRESQL, SQL_SERVER, token};
use sandbox::{Fault, FaultTiming, FixedResponse, Route};

use crate::common::stage::{Scene, Stage};

/// How long a server may be at a request: some refusals are true once that is over.
const SETTLE: Duration = Duration::from_millis(300);

/// Presses `Create backup` and checks that the one request was refused as expected.
async fn is_refused(scene: &Scene, heading: &str, status: &str, code: &str) {
    let before = scene.sandbox.requests_with(&Method::POST).len();
    let backups = scene.sandbox.backups().len();
    scene.page.press("Create backup").await;
    scene.page.has(".outcome [role=alert]", heading).await;
    scene.page.has(".outcome [role=alert]", "No backup was created.").await;
    for part in [status, code] {
        scene.page.shows(part).await;
    }
    assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), before + 1);
    assert_eq!(scene.sandbox.backups().len(), backups);
}

#[tokio::test]
async fn a_name_that_was_taken_before() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            // The list that is read before the request doesn't tell: the refusal does, and then the list of all types.
            scene.sandbox.create_backup_with(MYSQL, "backup", |backup| backup.begin -= Duration::from_secs(3_600));
            scene.sandbox.finish_backups();
            scene.sandbox.inject(
                Route::Backups,
                FaultTiming::BeforeCommit,
                Fault::FixedResponse(FixedResponse::forbidden()),
            );
            page.press("Create backup").await;
            page.has(".outcome [role=alert]", "The name was taken before").await;
            let backups = scene.sandbox.backups();
            let [backup] = &backups[..] else { panic!("one backup") };
            page.shows(&backup.id).await;
            for part in ["Nothing new was created", "409", "DBS.201201", "The object already exists."] {
                page.shows(part).await;
            }
            page.complains("Backup name", "A backup of this name exists").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            page.replace("Backup name", "backup2").await;
            page.is_content("Backup name").await;
        })
        .await;
}

#[tokio::test]
async fn a_second_backup_while_one_is_running() {
    Stage::new()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "first").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.replace("Backup name", "second").await;
            page.press("Create backup").await;
            page.sees("Another backup of this instance is running").await;
            // The backup that runs may be this very one: nothing is concluded before the instance has ended it.
            page.sees("it may be at this very backup").await;
            assert!(page.said_as("alert").await.is_empty());
            scene.sandbox.finish_backups();
            page.has(".outcome [role=alert]", "No backup was created.").await;
            for part in ["Another backup of this instance is running", "409", "DBS.201205"] {
                page.shows(part).await;
            }
            assert_eq!((scene.sandbox.requests_with(&Method::POST).len(), scene.sandbox.backups().len()), (2, 1));
        })
        .await;
}

#[tokio::test]
async fn a_token_that_is_not_right_and_then_one_that_is() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.paste_into("Token", &format!("MII{}", "x".repeat(1100))).await;
            page.press("Create backup").await;
            // The list that is read first is refused already.
            page.has(".outcome [role=alert]", "Nothing was sent").await;
            for part in ["The token was rejected when the page looked", "401", "APIGW.0301", "Request ID"] {
                page.shows(part).await;
            }
            assert!(scene.sandbox.requests_with(&Method::POST).is_empty());
            page.complains("Token", "The API rejected the token").await;
            page.has_focus("Token").await;
            assert_eq!(page.value("Backup name").await, "backup");
            page.paste_into("Token", &token()).await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn a_read_replica_an_unknown_instance_and_an_unknown_database() {
    Stage::new()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL_REPLICA, "backup").await;
            is_refused(scene, "This instance doesn't allow manual backups", "400", "DBS.212003").await;
            page.complains("Instance ID", "doesn't allow manual backups").await;
            page.shows("It may be a read replica").await;

            page.replace("Instance ID", &POSTGRESQL.replace('a', "b")).await;
            is_refused(scene, "There is no such instance", "404", "DBS.200602").await;
            page.complains("Instance ID", "There is no such instance").await;

            page.replace("Instance ID", SQL_SERVER).await;
            page.press("Add database").await;
            page.type_into("Database 1", "db9").await;
            is_refused(scene, "A database doesn't exist", "400", "DBS.280128").await;
            page.complains("Database 1", "A database doesn't exist").await;
        })
        .await;
}

#[tokio::test]
async fn a_project_that_is_not_the_tokens() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.replace("Project ID", &"a".repeat(32)).await;
            is_refused(scene, "The token isn't allowed to do this", "403", "DBS.200010").await;
            page.shows("The token that was used is for the project “sandbox”").await;
        })
        .await;
}
