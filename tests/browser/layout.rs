//! The page fits the screen that it is on.

use crate::common::page::LABELS;
use crate::common::stage::Stage;

#[tokio::test]
async fn every_input_has_its_label_and_the_name_that_the_api_gives_it() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.press("Add database").await;
            let names = ["endpoint", "project_id", "token", "instance_id", "name", "description", "databases"];
            for (label, name) in LABELS.into_iter().chain(["Database 1"]).zip(names) {
                assert_eq!(page.field(label).await.attr("name").await.unwrap().as_deref(), Some(name), "{label}");
            }
            let headings =
                page.script("return [...document.querySelectorAll('h2')].map(h => h.innerText);", vec![]).await;
            assert_eq!(
                headings,
                serde_json::json!(["Connection", "Backup", "Answer"].map(|heading| page.words(heading)))
            );
        })
        .await;
}

#[tokio::test]
async fn nothing_sticks_out_sideways_on_a_narrow_screen() {
    for language in ["en", "de"] {
        Stage::new()
            // Firefox has no window as narrow as that.
            .in_chromium()
            .in_language(language)
            .with_window(320, 640)
            .play(async |scene| {
                let page = &scene.page;
                let (create, add, endpoint) = if language == "de" {
                    ("Sicherung anlegen", "Datenbank hinzufügen", "Endpunkt")
                } else {
                    ("Create backup", "Add database", "Endpoint")
                };
                // The page asks whether the token may go to the second one.
                page.type_into(endpoint, "rds.eu-de.otc.t-systems.com").await;
                page.paste_into("Token", &sandbox::world::token()).await;
                page.replace(endpoint, "rds.ap-southeast-1.myhuaweicloud.com").await;
                page.press(add).await;
                page.press(create).await;
                page.until("document.querySelector('.refused')", "the faults are shown").await;
                let width = page.script("return document.documentElement.scrollWidth;", vec![]).await;
                assert!(width.as_u64().unwrap() <= 320, "{language}: {width} px wide");
            })
            .await;
    }
}
