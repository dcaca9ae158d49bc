//! A user creates a backup.

use axum::http::Method;
use console_core::Language;
use sandbox::Route;
use sandbox::fixtures::{MYSQL, PROJECT_ID, SQL_SERVER, token};
use thirtyfour::prelude::*;

use crate::common::stage::Stage;

/// The first request of the source document.
const MYSQL_BODY: &str =
    r#"{"instance_id":"d8e6ca5a624745bcb546a227aa3ae1cfin01","name":"backup","description":"manual backup"}"#;
/// The second.
const SQL_SERVER_BODY: &str = r#"{"instance_id":"d8e6ca5a624745bcb546a227aa3ae1cfin04","name":"backup","description":"manual backup","databases":[{"name":"db1"},{"name":"db2"}]}"#;

#[tokio::test]
async fn of_a_mysql_instance() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.type_into("Description", "manual backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;

            let posts = scene.sandbox.requests_with(&Method::POST);
            assert_eq!(posts.len(), 1);
            let post = &posts[0];
            assert_eq!(post.uri.to_string(), format!("/v3/{PROJECT_ID}/backups"));
            assert_eq!(post.body_text(), MYSQL_BODY);
            assert_eq!(post.header("x-auth-token"), token());
            assert_eq!(post.header("content-type"), "application/json");
            assert_eq!(post.header("x-language"), Language::of_tag(page.language.get()).api_tag());
            // fetch's "no-store" asks caches on the way to stay out of it.
            assert_eq!(post.header("cache-control"), "no-cache");
            for absent in ["cookie", "authorization", "referer"] {
                assert_eq!(post.header(absent), "", "{absent}");
            }

            let backups = scene.sandbox.backups();
            let [backup] = &backups[..] else { panic!("one backup") };
            for part in
                [&*backup.id, "manual backup", MYSQL, "backup in progress (BUILDING)", "manual full backup (manual)"]
            {
                page.shows(part).await;
            }
            let said = page.said_as("status").await;
            assert!(said.starts_with(&page.words("Backup started")) && !said.contains(&*backup.id), "{said}");
            assert!(!page.text_of(".outcome").await.contains(&page.words("success")), "BUILDING is no success yet");
        })
        .await;
}

#[tokio::test]
async fn of_two_databases_of_a_sql_server_instance() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            page.type_into("Description", "manual backup").await;
            page.press("Add database").await;
            page.has_focus("Database 1").await;
            page.type_into("Database 1", "db1").await;
            page.press("Add database").await;
            page.type_into("Database 2", "db2").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            page.shows("db1, db2").await;
            let posts = scene.sandbox.requests_with(&Method::POST);
            assert_eq!(posts.iter().map(sandbox::RecordedRequest::body_text).collect::<Vec<_>>(), [SQL_SERVER_BODY]);
        })
        .await;
}

#[tokio::test]
async fn of_databases_pasted_as_a_list() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            page.press("Add database").await;
            page.paste_into("Database 1", "db1; sales\ndb2,\n").await;
            assert_eq!(page.value("Database 1").await, "db1");
            assert_eq!(page.value("Database 2").await, "sales");
            page.has_focus("Database 3").await;
            page.press("Remove database 2").await;
            page.has_focus("Database 2").await;
            assert_eq!(page.value("Database 2").await, "db2");
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let body = scene.sandbox.requests_with(&Method::POST)[0].body_text().to_owned();
            assert!(body.ends_with(r#""databases":[{"name":"db1"},{"name":"db2"}]}"#), "{body}");
        })
        .await;
}

#[tokio::test]
async fn with_enter_in_a_field_and_the_form_keeps_everything() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "nightly_2026").await;
            page.type_into("Backup name", Key::Enter + "").await;
            page.sees("Backup started").await;
            let body = format!(r#"{{"instance_id":"{MYSQL}","name":"nightly_2026"}}"#);
            assert_eq!(scene.sandbox.requests_with(&Method::POST)[0].body_text(), body);
            assert_eq!(page.value("Endpoint").await, page.endpoint);
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            assert_eq!(page.value("Token").await, token());
            assert_eq!(page.value("Instance ID").await, MYSQL);
            assert_eq!(page.value("Backup name").await, "nightly_2026");
        })
        .await;
}

#[tokio::test]
async fn with_control_and_enter_in_any_field_and_only_once() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            page.type_into("Description", Key::Control + Key::Enter).await;
            page.sees("Backup started").await;
            scene.sandbox.finish_backups();
            page.replace("Backup name", "another").await;
            // In a field of one line Enter alone sends already.
            page.type_into("Backup name", Key::Control + Key::Enter).await;
            page.is_titled("BUILDING – another").await;
            assert_eq!((scene.sandbox.backups().len(), scene.sandbox.requests_with(&Method::POST).len()), (2, 2));
        })
        .await;
}

#[tokio::test]
async fn with_a_double_click_once() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            let hold = scene.sandbox.hold_only(Route::Create);
            let button = page.button("Create backup").await;
            button.scroll_into_view().await.unwrap();
            page.driver.action_chain().double_click_element(&button).perform().await.unwrap();
            scene.sandbox.wait_for_request(&Method::POST).await;
            // And twice more while the request is under way, by mouse and by keyboard.
            button.click().await.unwrap();
            page.type_into("Backup name", Key::Enter + "").await;
            drop(hold);
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            assert_eq!(scene.sandbox.backups().len(), 1);
        })
        .await;
}

#[tokio::test]
async fn and_what_is_typed_meanwhile_changes_nothing_of_it() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            let hold = scene.sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            scene.sandbox.wait_for_request(&Method::POST).await;
            page.shows("Asking the API to create “backup”").await;
            page.type_into("Backup name", "-later").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            drop(hold);
            page.sees("Backup started").await;
            page.shows("backup").await;
            let body = scene.sandbox.requests_with(&Method::POST)[0].body_text().to_owned();
            assert_eq!(body, format!(r#"{{"instance_id":"{SQL_SERVER}","name":"backup"}}"#));
            assert_eq!(page.value("Backup name").await, "backup-later");
            assert_eq!(page.value("Database 1").await, "db1");
        })
        .await;
}

#[tokio::test]
async fn and_a_new_send_takes_the_old_answer_out_of_view() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "first").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            let id = scene.sandbox.backups()[0].id.clone();
            page.shows(&id).await;
            page.replace("Instance ID", SQL_SERVER).await;
            page.replace("Backup name", "second").await;
            let hold = scene.sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            page.sees("Asking the API").await;
            // The first one has made room, and stays among the others.
            page.until(
                &format!("!document.querySelector('.outcome').innerText.includes('{id}')"),
                "the old answer is out of view",
            )
            .await;
            page.has(".cards", "first").await;
            drop(hold);
            page.sees("Backup started").await;
            assert_eq!(scene.sandbox.backups().len(), 2);
        })
        .await;
}

#[tokio::test]
async fn in_every_other_language() {
    for language in Language::loaded() {
        Stage::new()
            .in_language(language.tag())
            .play(async |scene| {
                let page = &scene.page;
                page.fill(MYSQL, "backup").await;
                page.press("Create backup").await;
                page.sees("Backup started").await;
                page.shows("backup in progress (BUILDING)").await;
                assert_eq!(page.script("return document.documentElement.lang;", vec![]).await, language.tag());
                let title = page.words("BUILDING – backup – RDS Backup Console");
                assert_eq!(page.driver.title().await.unwrap(), title);
                // The API knows two languages.
                let asked = if language == Language::SimplifiedChinese { "zh-cn" } else { "en-us" };
                assert_eq!(scene.sandbox.requests_with(&Method::POST)[0].header("x-language"), asked);
                page.choose("Language", "English").await;
                page.language.set("en");
                page.sees("Backup started").await;
                assert_eq!(page.script("return document.documentElement.lang;", vec![]).await, "en");
            })
            .await;
    }
}
