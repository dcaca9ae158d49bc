//! A project with 1,000 instances. That 10,000 backups don't hold the page up is measured in `tests/measured/speed.rs`.

use crate::common::stage::Stage;

#[tokio::test]
async fn a_thousand_instances_are_loaded_and_searched() {
    Stage::new()
        .large()
        .play(async |scene| {
            let page = &scene.page;
            page.connect().await;
            page.press("Load instances").await;
            page.says("The first 100 of 1,000 instances").await;
            page.type_into("Search instances", "shard-995").await;
            page.says("shard-995").await;
            page.press("Choose shard-995").await;
            page.says("Backups of shard-995").await;
        })
        .await;
}
