//! What an instance has in backups before another one is made, and how far the new one can be relied on.

use sandbox::Route;
use sandbox::fixtures::MYSQL;

use crate::common::stage::Stage;

#[tokio::test]
async fn a_chosen_instance_says_what_it_has_and_the_new_backup_how_it_compares() {
    Stage::new()
        .with_backups(300)
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            let hold = scene.sandbox.hold_only(Route::Backups);
            page.chooses_instance("orders-mysql").await;
            page.has(".overview", "Looking for the last full backup").await;
            drop(hold);
            page.has(".overview", "Last full backup: “hourly-00000”").await;
            page.has(".overview", "13 completed manual backups").await;
            page.has(".overview", "MySQL: run no schema change (DDL)").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            page.sees("For comparison, an earlier full backup, “hourly-00000”").await;
            // The sandbox's new backups are small.
            page.sees("This one has less than half of that size.").await;
            page.script("document.querySelector('.outcome details.restore').open = true;", vec![]).await;
            page.sees(&format!("\"restore_point\": {{\"instance_id\": \"{MYSQL}\", \"type\": \"backup\"")).await;
            page.press("Copy: As a command of the OpenStack client").await;
            let command = page.clipboard().await;
            assert!(command.starts_with(&format!("openstack rds instance create --from-instance {MYSQL} --backup ")));
            page.press("Copy receipt").await;
            page.says("Receipt copied").await;
            let receipt = page.clipboard().await;
            assert!(receipt.contains("createManualSnapshot") && receipt.contains("hourly-00000"), "{receipt}");
        })
        .await;
}

#[tokio::test]
async fn an_instance_without_a_backup_says_so_and_one_whose_list_fails_that_it_cannot_be_told() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.chooses_instance("orders-mysql").await;
            page.has(".overview", "The instance's list has no completed full backup.").await;
            let refused = sandbox::Fault::Refusal(500, sandbox::ErrorFormat::RdsV3);
            scene.sandbox.inject_always(Route::Backups, sandbox::FaultTiming::BeforeCommit, refused);
            page.press("Show backups").await;
            page.has(".overview", "Whether there is a full backup can't be told").await;
            // An ID that is typed says nothing of another instance.
            page.replace("Instance ID", "d8e6ca5a624745bcb546a227aa3ae1cfin03").await;
            page.until("!document.querySelector('.overview')", "nothing is said of another instance").await;
        })
        .await;
}

#[tokio::test]
async fn a_press_that_would_run_into_automated_backups_says_so_and_until_when() {
    Stage::new()
        .in_backup_window()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.chooses_instance("orders-mysql").await;
            page.has(".field-instance_id", "Automated backups of this instance are made at this time, until").await;
            // It may be pressed all the same.
            page.press("Create backup").await;
            page.sees("Backup started").await;
        })
        .await;
}
