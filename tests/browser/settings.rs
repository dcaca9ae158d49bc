//! What the operator sets in `config.json`, and what users set for themselves.

use console_core::Language;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use serde_json::json;

use crate::common::stage::Stage;

#[tokio::test]
async fn the_operator_sets_endpoints_project_language_colours_title_and_logo() {
    for language in Language::loaded().map(Language::tag) {
        Stage::new()
            .set("endpoints", json!([{ "address": "/api/here", "name": "Our proxy" }]))
            .set("project_id", json!(PROJECT_ID))
            .set("language", json!(language))
            .set("theme", json!("dark"))
            .set("title", json!("Sicherungen der Bank"))
            .set("logo", json!("config.json"))
            .in_language("en")
            .play(async |scene| {
                let page = &scene.page;
                assert_eq!(page.driver.title().await.unwrap(), "Sicherungen der Bank");
                page.language.set(language);
                assert_eq!(page.value("Project ID").await, PROJECT_ID);
                page.says("Sicherungen der Bank").await;
                let seen = page
                    .script(
                        "return [document.documentElement.lang, document.documentElement.dataset.theme,
                            getComputedStyle(document.querySelector('.console-root')).colorScheme,
                            document.querySelector('.logo').getAttribute('src'),
                            [...document.querySelectorAll('datalist option')].map(option => option.value)];",
                        vec![],
                    )
                    .await;
                assert_eq!(seen, json!([language, "dark", "dark", "config.json", ["/api/here"]]));
            })
            .await;
    }
}

#[tokio::test]
async fn a_faulty_setting_is_named_and_the_rest_counts() {
    Stage::new()
        .set("titel", json!("x"))
        .set("poll_seconds", json!("fast"))
        .set("project_id", json!(PROJECT_ID))
        .play(async |scene| {
            let page = &scene.page;
            page.says("The setting “titel” of this page (config.json) isn't used: there is no setting of this name.")
                .await;
            page.says("The setting “poll_seconds” of this page (config.json) isn't used: it must be a number").await;
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
        })
        .await;
}

#[tokio::test]
async fn a_host_that_is_not_allowed_is_refused_before_anything_is_sent() {
    Stage::new()
        .set("allowed_hosts", json!(["rds.eu-de.otc.t-systems.com"]))
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.follows_fault("allows calls to these hosts only: rds.eu-de.otc.t-systems.com").await;
            page.press("Load instances").await;
            page.has_focus("Endpoint").await;
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}

#[tokio::test]
async fn a_limit_that_cannot_be_read_allows_the_pages_own_server_only_and_is_said() {
    Stage::new()
        .set("allowed_hosts", json!(["*.0.0.1", "http://127.0.0.1"]))
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.says(
                "The setting “allowed_hosts[1]” of this page (config.json) isn't used: it may not stand for several",
            )
            .await;
            page.says("the page calls its own server and the hosts that are rightly listed in allowed_hosts").await;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.follows_fault("which hosts its operator allows").await;
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}

#[tokio::test]
async fn a_page_whose_settings_are_no_json_says_so_and_calls_its_own_server_only() {
    Stage::new()
        .with_config("{ not json")
        .play(async |scene| {
            let page = &scene.page;
            page.says("The settings of this page (config.json) can't be used").await;
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            if scene.site.endpoint.starts_with('/') {
                page.sees("Backup started").await;
            } else {
                page.follows_fault("which hosts its operator allows").await;
                assert!(scene.sandbox.requests().is_empty());
            }
        })
        .await;
}

#[tokio::test]
async fn language_and_colours_are_kept_for_the_next_visit() {
    for language in Language::loaded().map(Language::tag) {
        Stage::new()
            .in_language("en")
            .play(async |scene| {
                let page = &scene.page;
                page.paste_into("Token", &token()).await;
                page.choose("Colours", "Dark").await;
                let option = page.text_of(&format!("option[lang={language}]")).await;
                page.choose("Language", &option).await;
                page.language.set(language);
                page.says("Create backup").await;
                page.reload().await;
                page.says("Create backup").await;
                let seen = page.script(
                    "return [document.documentElement.lang, getComputedStyle(document.documentElement).colorScheme, {...localStorage}];",
                    vec![],
                );
                let kept = json!({ "rds-backup-console.language": language, "rds-backup-console.theme": "dark" });
                assert_eq!(seen.await, json!([language, "dark", kept]));
            })
            .await;
    }
}
