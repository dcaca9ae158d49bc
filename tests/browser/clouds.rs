//! Where the clouds differ: which databases can be backed up by themselves, and whether each individually.

use axum::http::Method;
use sandbox::Cloud;
use sandbox::fixtures::{MYSQL, POSTGRESQL, SQL_SERVER};

use crate::common::axe::check;
use crate::common::stage::{Scene, Stage};

const INDIVIDUALLY: &str = "Back up each database individually";

/// What was asked for, in the order of the presses.
fn bodies(scene: &Scene) -> Vec<String> {
    scene.sandbox.requests_with(&Method::POST).iter().map(|post| post.body_text().to_owned()).collect()
}

async fn has_no_box(scene: &Scene) {
    let absent = "!document.querySelector('.individually')";
    scene.page.until(absent, "there is no box for individual backups").await;
}

#[tokio::test]
async fn huawei_cloud_backs_up_databases_of_postgresql_and_each_individually() {
    Stage::new()
        .in_chromium()
        .in_cloud(Cloud::Huawei)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(POSTGRESQL, "together").await;
            page.has(".databases", "for PostgreSQL and Microsoft SQL Server only").await;
            page.press("Add database").await;
            page.type_into("Database 1", "ledger").await;
            assert!(!page.field(INDIVIDUALLY).await.is_selected().await.unwrap());
            check(page, "the box").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            scene.sandbox.finish_backups();
            page.field(INDIVIDUALLY).await.click().await.unwrap();
            page.replace("Backup name", "individually").await;
            page.press("Show request").await;
            page.says(r#""backup_database_individually":true"#).await;
            page.press("Create backup").await;
            page.sees("individually").await;
            page.sees("Backup started").await;
            let together =
                format!(r#"{{"instance_id":"{POSTGRESQL}","name":"together","databases":[{{"name":"ledger"}}]"#);
            let individually = together.replace("together", "individually");
            let expected = [together + "}", individually + r#","backup_database_individually":true}"#];
            assert_eq!(bodies(scene), expected);
            // Without databases it would mean nothing.
            page.press("Remove database 1").await;
            has_no_box(scene).await;
        })
        .await;
}

#[tokio::test]
async fn a_reload_keeps_the_tick_and_a_chosen_instance_of_postgresql_lists_its_databases() {
    Stage::new()
        .in_cloud(Cloud::Huawei)
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.chooses_instance("billing-postgresql").await;
            page.field("invoices").await.click().await.unwrap();
            page.field(INDIVIDUALLY).await.click().await.unwrap();
            page.reload().await;
            page.is_whole().await;
            assert!(page.field(INDIVIDUALLY).await.is_selected().await.unwrap());
            assert_eq!(page.value("Database 1").await, "invoices");
        })
        .await;
}

#[tokio::test]
async fn open_telekom_cloud_does_neither() {
    Stage::new()
        .in_cloud(Cloud::Otc)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            page.has(".databases", "for Microsoft SQL Server only").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            page.is_whole().await;
            has_no_box(scene).await;
            page.replace("Instance ID", POSTGRESQL).await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            page.complains(
                "Database 1",
                "only Microsoft SQL Server supports partial backups, and this is given as an instance of PostgreSQL",
            )
            .await;
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}

#[tokio::test]
async fn a_tick_that_the_cloud_of_another_endpoint_cannot_follow_is_not_dropped() {
    Stage::new()
        .in_chromium()
        .in_cloud(Cloud::Huawei)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            page.field(INDIVIDUALLY).await.click().await.unwrap();
            page.complains(
                "Database 1",
                "only PostgreSQL and Microsoft SQL Server support partial backups, and this is given as an instance of MySQL",
            )
            .await;
            page.replace("Instance ID", SQL_SERVER).await;
            page.is_content("Database 1").await;
            page.replace("Endpoint", "rds.eu-de.otc.t-systems.com").await;
            page.complains(INDIVIDUALLY, "Untick “Back up each database individually”").await;
            assert!(page.field(INDIVIDUALLY).await.is_selected().await.unwrap());
            check(page, "the box that is to be unticked").await;
            page.field(INDIVIDUALLY).await.click().await.unwrap();
            has_no_box(scene).await;
            page.replace("Endpoint", &page.endpoint).await;
            page.is_content(INDIVIDUALLY).await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let body =
                format!(r#"{{"instance_id":"{SQL_SERVER}","name":"backup","databases":[{{"name":"db1"}}]}}"#);
            assert_eq!(bodies(scene), [body]);
        })
        .await;
}
