//! What a user takes to the change ticket: copied, downloaded, printed.

use sandbox::fixtures::{MYSQL, PROJECT_ID};
use serde_json::{Value, json};

use crate::common::stage::{Scene, Stage};

async fn completed(scene: &Scene) -> String {
    let page = &scene.page;
    page.fill(MYSQL, "before-upgrade").await;
    page.type_into("Description", "ticket 4711").await;
    page.press("Create backup").await;
    page.sees("Backup started").await;
    scene.sandbox.finish_backups();
    page.says("backup completed (COMPLETED)").await;
    scene.sandbox.backups()[0].id.clone()
}

#[tokio::test]
async fn a_finished_backup_has_a_receipt_to_copy_and_to_download() {
    Stage::new()
        .watched_by(
            "window.saved = []; const make = URL.createObjectURL;
             URL.createObjectURL = blob => { blob.text().then(text => window.saved.push(text)); return make(blob); };",
        )
        .play(async |scene| {
            let page = &scene.page;
            let id = completed(scene).await;
            page.press("Copy receipt").await;
            page.says("Receipt copied").await;
            let text = page.clipboard().await;
            page.press("Download receipt").await;
            page.until("window.saved.length === 1", "the file is saved").await;
            let saved = page.script("return window.saved[0];", vec![]).await;
            let receipt: Value = serde_json::from_str(saved.as_str().unwrap()).unwrap();
            for (label, key, value) in [
                ("Backup ID", "id", id.as_str()),
                ("Name", "name", "before-upgrade"),
                ("Status", "status", "COMPLETED"),
                ("Type", "type", "manual"),
                ("Instance ID", "instance_id", MYSQL),
                ("Description", "description", "ticket 4711"),
                ("Endpoint", "endpoint", &page.endpoint),
                ("Project ID", "project_id", PROJECT_ID),
            ] {
                assert!(text.contains(&format!("{}: {value}\n", page.words(label))), "{label} is missing in\n{text}");
                assert_eq!(receipt[key], value, "{key}");
            }
            for (label, key) in [("Requested", "requested"), ("Begin", "begin"), ("End", "end")] {
                let (utc, local) = (receipt[key]["utc"].as_str().unwrap(), receipt[key]["local"].as_str().unwrap());
                assert!(utc.ends_with('Z') && !local.is_empty(), "{key}: {utc} {local}");
                assert!(
                    text.contains(&format!("{}: {utc} ({local})\n", page.words(label))),
                    "{label} is missing in\n{text}"
                );
            }
            assert!(receipt["duration_seconds"].as_i64().unwrap() >= 240, "{receipt}");
            let request_id = receipt["request_id"].as_str().unwrap();
            assert!(text.contains(request_id) && !request_id.is_empty());
            assert_eq!(receipt["known_by"], "answer");
            assert!(text.contains(&page.words("The backup is yours: its ID came in the answer")), "{text}");
            for taken in [&text, saved.as_str().unwrap()] {
                assert!(!taken.contains("MIISandbox"), "{taken}");
            }
        })
        .await;
}

#[tokio::test]
async fn it_is_printed_as_a_record_and_not_as_a_form() {
    Stage::new()
        .in_chromium()
        .watched_by("window.print = () => { window.printed = true; };")
        .play(async |scene| {
            let page = &scene.page;
            let id = completed(scene).await;
            page.press("Print").await;
            assert_eq!(page.script("return window.printed;", vec![]).await, true);
            page.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await.unwrap();
            let printed = page.text_of("body").await;
            for part in [page.words("Record of a backup"), id, "ticket 4711".into(), "COMPLETED".into()] {
                assert!(printed.contains(&part), "{part} is missing in\n{printed}");
            }
            assert!(!printed.contains(&page.words("Create backup")) && !printed.contains("MII"), "{printed}");
            let width = page.script("return document.documentElement.scrollWidth <= innerWidth;", vec![]).await;
            assert_eq!(width, true);
        })
        .await;
}
