//! A user chooses instead of typing: instance, databases, name.

use axum::http::Method;
use sandbox::Route;
use sandbox::fixtures::{MYSQL, PROJECT_ID, SQL_SERVER};

use crate::common::stage::Stage;

#[tokio::test]
async fn an_instance_and_its_databases() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.press("Load instances").await;
            page.says("reports-sqlserver").await;
            page.says("SQLServer 2022_SE · primary with standby · ACTIVE").await;
            page.type_into("Search instances", "sqlserver").await;
            page.until("!document.querySelector('.instances').innerText.includes('billing')", "the search filters")
                .await;
            page.press("Choose reports-sqlserver").await;
            assert_eq!(page.value("Instance ID").await, SQL_SERVER);
            page.says("archive").await;
            page.field("sales").await.click().await.unwrap();
            page.type_into("Backup name", "partial").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let body = scene.sandbox.requests_with(&Method::POST)[0].body_text().to_owned();
            assert!(body.ends_with(r#""databases":[{"name":"sales"}]}"#), "{body}");
            // What arrives is what was meant, to the last character.
            let targets: Vec<String> =
                scene.sandbox.requests_with(&Method::GET).iter().map(|request| request.uri.to_string()).collect();
            for meant in [
                format!("/v3/{PROJECT_ID}/instances?offset=0&limit=100"),
                format!("/v3/{PROJECT_ID}/instances/{SQL_SERVER}/database/detail?page=1&limit=100"),
            ] {
                assert!(targets.contains(&meant), "{meant} isn't among {targets:?}");
            }
            assert!(!targets.iter().any(|target| target.ends_with('&')), "{targets:?}");
        })
        .await;
}

#[tokio::test]
async fn the_primary_of_a_replica_that_cannot_be_chosen() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            scene.sandbox.set_status(SQL_SERVER, Some("RESTORING"));
            page.connect().await;
            page.press("Load instances").await;
            page.says("Read replica: back up its primary orders-mysql").await;
            page.says("Can't be backed up while its status is RESTORING").await;
            page.press("Choose primary orders-mysql").await;
            assert_eq!(page.value("Instance ID").await, MYSQL);
            // MySQL has no partial backups: nothing is offered.
            page.shows_nowhere("Add database").await;
        })
        .await;
}

#[tokio::test]
async fn databases_are_typed_where_the_api_lists_none() {
    Stage::new()
        .without_database_list()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.press("Load instances").await;
            page.says("reports-sqlserver").await;
            page.press("Choose reports-sqlserver").await;
            page.says("This instance has no backups yet").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            page.press("Suggest a name").await;
            let name = page.value("Backup name").await;
            assert!(name.starts_with("reports-sqlserver-20"), "{name}");
            page.press("Create backup").await;
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.backups()[0].name, name);
        })
        .await;
}

#[tokio::test]
async fn databases_of_a_chosen_instance_of_another_engine_are_refused_without_a_choice_that_is_not_there() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            page.press("Load instances").await;
            page.until("!document.querySelector('.below-list select')", "the list says which engine it is").await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            page.complains(
                "Database 1",
                "only Microsoft SQL Server supports partial backups, and this is given as an instance of MySQL",
            )
            .await;
            page.shows_nowhere("Engine").await;
            assert_eq!(scene.sandbox.call_count(Route::Create), 0);
        })
        .await;
}

#[tokio::test]
async fn a_name_that_the_list_has_is_a_warning_and_is_refused_before_sending() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            scene.sandbox.create_backup(MYSQL, "weekly");
            scene.sandbox.finish_backups();
            page.fill(MYSQL, "weekly").await;
            page.press("Show backups").await;
            page.until("document.querySelector('.backups tbody tr')", "the list is there").await;
            page.has(".backups", "1 backup").await;
            for part in [
                "weekly",
                "manual full backup",
                "backup completed",
                "UTC",
                "4 min",
                "2.7 MB",
                &scene.sandbox.backups()[0].id,
            ] {
                page.has(".backups tbody:last-child", part).await;
            }
            // It may have been deleted since: a warning, and the list is read again at the press.
            let id = scene.sandbox.backups()[0].id.clone();
            page.field("Backup name").await.click().await.unwrap();
            page.leave().await;
            page.is_content("Backup name").await;
            let described = page.described("Backup name").await;
            assert!(described.contains(&id), "{described}");
            let lists = scene.sandbox.call_count(Route::Backups);
            page.press("Create backup").await;
            page.sees("The name was taken before").await;
            page.shows(&id).await;
            page.complains("Backup name", "A backup of this name exists").await;
            assert_eq!(
                (scene.sandbox.call_count(Route::Backups), scene.sandbox.call_count(Route::Create)),
                (lists + 1, 0)
            );
        })
        .await;
}

#[tokio::test]
async fn a_busy_instance_is_waited_for() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            scene.sandbox.set_status(MYSQL, Some("REBOOTING"));
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("The instance is busy").await;
            page.press("Try again when the instance is ready").await;
            page.sees("Its status is REBOOTING").await;
            scene.sandbox.set_status(MYSQL, None);
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 2);
            assert_eq!(scene.sandbox.backups().len(), 1);
        })
        .await;
}
