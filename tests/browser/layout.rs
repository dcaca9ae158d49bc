//! The page fits the screen that it is on.

use crate::stage::Stage;

#[tokio::test]
async fn nothing_sticks_out_sideways_on_a_narrow_screen() {
    for language in ["en", "de"] {
        Stage::new()
            .in_language(language)
            .with_window(320, 640)
            .play(async |scene| {
                let page = &scene.page;
                let (create, add) = if language == "de" {
                    ("Sicherung anlegen", "Datenbank hinzufügen")
                } else {
                    ("Create backup", "Add database")
                };
                page.press(add).await;
                page.press(create).await;
                page.until("document.querySelector('.refused')", "the faults are shown").await;
                let width = page.script("return document.documentElement.scrollWidth;", vec![]).await;
                assert!(width.as_u64().unwrap() <= 320, "{language}: {width} px wide");
            })
            .await;
    }
}
