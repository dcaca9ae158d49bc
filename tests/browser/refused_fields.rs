//! A user is told what to change before anything is sent.

use axum::http::Method;
use sandbox::fixtures::{MYSQL, POSTGRESQL, PROJECT_ID, SQL_SERVER, token};

use crate::common::page::LABELS;
use crate::common::stage::{Scene, Stage};

/// Field, what is typed into it, and the message. What is typed before is replaced.
fn cases() -> Vec<(&'static str, String, &'static str)> {
    let node = MYSQL.replace("in01", "no01");
    let backup = MYSQL.replace("in01", "br01");
    [
        ("Endpoint", "", "Enter the endpoint"),
        ("Endpoint", "http://rds.eu-de.otc.t-systems.com", "must start with https://"),
        ("Endpoint", "https://me@rds.example", "Remove what stands before the @"),
        ("Endpoint", "https://rds.example?x=1", "Remove ? or #"),
        ("Endpoint", "https://rds.example/other", "Remove /other from the endpoint"),
        ("Endpoint", "//rds.example", "must start with one slash"),
        ("Endpoint", "rds example", "Remove space"),
        ("Endpoint", "ftp://rds.example", "not with ftp://"),
        ("Endpoint", "rds.example:0", "must be a number from 1 to 65535"),
        ("Project ID", "", "Enter the project ID"),
        ("Project ID", "0483-b6b", "Remove “-” (character 5)"),
        ("Token", "", "Enter the token"),
        ("Token", "MIIä", "Remove “ä” (character 4)"),
        ("Instance ID", "", "Enter the instance ID"),
        ("Instance ID", &node, "This is the ID of a node"),
        ("Instance ID", &backup, "This is the ID of a backup"),
        ("Backup name", "", "Enter a backup name"),
        ("Backup name", "abc", "must have 4 characters or more. It has 3"),
        ("Backup name", &"a".repeat(65), "must have 64 characters or less. It has 65"),
        ("Backup name", "1abc", "must start with a letter A–Z or a–z, not with “1”"),
        ("Backup name", "back.up", "Replace “.” (character 5)"),
        ("Description", "a & b = c", "must not contain “&” and “=”"),
        ("Description", &"d".repeat(257), "must have 256 characters or less. It has 257"),
        ("Description", "one\ntwo", "must be a single line"),
    ]
    .map(|(label, text, message)| (label, text.to_owned(), message))
    .into()
}

fn good(scene: &Scene, label: &str) -> String {
    match label {
        "Endpoint" => scene.page.endpoint.clone(),
        "Project ID" => PROJECT_ID.to_owned(),
        "Instance ID" => MYSQL.to_owned(),
        "Backup name" => "backup".to_owned(),
        _ => String::new(),
    }
}

#[tokio::test]
async fn each_field_says_what_to_change_and_nothing_is_sent() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            for (label, text, message) in cases() {
                page.replace(label, &text).await;
                page.press("Create backup").await;
                page.sees("Nothing was sent").await;
                page.shows("One field needs a change").await;
                page.complains(label, message).await;
                page.follows_fault(message).await;
                page.has_focus(label).await;
                if label == "Token" {
                    // To type it takes a browser seconds.
                    page.paste_into(label, &token()).await;
                } else {
                    page.replace(label, &good(scene, label)).await;
                }
                page.is_content(label).await;
            }
            assert!(scene.sandbox.requests().is_empty());
            // The same form, mended, is sent.
            page.press("Create backup").await;
            page.sees("Backup started").await;
        })
        .await;
}

#[tokio::test]
async fn an_empty_form_asks_for_all_it_needs_and_the_focus_goes_to_the_first() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.press("Create backup").await;
            page.sees("5 fields need a change").await;
            for label in &LABELS[..5] {
                assert!(page.is_faulty(label).await, "{label}");
            }
            page.is_content("Description").await;
            page.is_titled("Error: RDS Backup Console").await;
            let summary = page.text_of("#summary").await;
            assert!(summary.starts_with(&page.words("There is a problem: nothing was sent")), "{summary}");
            page.has("#summary", "Enter the endpoint").await;
            assert_eq!(summary.lines().count(), 6, "{summary}");
            page.follows_fault("Enter the project ID").await;
            page.has_focus("Project ID").await;
            // With its label: the field alone would say nothing.
            let top = page.script("return document.querySelector('label').getBoundingClientRect().top;", vec![]).await;
            assert!(top.as_f64().unwrap() >= 0.0, "the label is above the screen's edge");
        })
        .await;
}

#[tokio::test]
async fn nothing_is_said_while_first_typing_but_what_no_typing_mends() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Backup name", "ab").await;
            page.is_content("Backup name").await;
            page.leave().await;
            page.complains("Backup name", "It has 2").await;
            page.type_into("Backup name", "cd").await;
            page.is_content("Backup name").await;
            page.type_into("Description", "50 %, a<").await;
            page.complains("Description", "must not contain “<”").await;
        })
        .await;
}

#[tokio::test]
async fn the_counter_counts_what_the_user_sees() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Description", "naïve").await;
            page.has(".field-description", "You have 251 characters remaining").await;
            page.paste_into("Description", &"👍".repeat(250)).await;
            page.has(".field-description", "You have 6 characters remaining").await;
            page.paste_into("Description", &"é".repeat(300)).await;
            page.has(".field-description", "You have 44 characters too many").await;
            // Nothing was cut off.
            assert_eq!(page.value("Description").await.chars().count(), 300);
            page.paste_into("Description", "cafe\u{301}").await;
            page.has(".field-description", "made of several").await;
        })
        .await;
}

#[tokio::test]
async fn warnings_do_not_block() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill("my-instance", "backup").await;
            page.replace("Project ID", "abc").await;
            page.leave().await;
            page.has(".field-project_id", "usually have 32 characters").await;
            assert!(page.described("Project ID").await.contains(&page.words("usually have 32 characters")));
            page.is_content("Project ID").await;
            page.press("Create backup").await;
            page.sees("HTTP status").await;
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 1);
            assert!(page.described("Instance ID").await.contains(&page.words("Instance IDs of RDS usually")));
        })
        .await;
}

#[tokio::test]
async fn a_pasted_url_fills_endpoint_and_project() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            let url = format!("{}/v3/{PROJECT_ID}/backups", scene.page.endpoint.clone());
            page.paste_into("Endpoint", &url).await;
            assert_eq!(page.value("Endpoint").await, scene.page.endpoint.clone());
            assert_eq!(page.value("Project ID").await, PROJECT_ID);
            page.has(".form", "were taken from the address").await;
        })
        .await;
}

#[tokio::test]
async fn databases_are_for_sql_server_unless_the_user_knows_better() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(POSTGRESQL, "backup").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            page.press("Create backup").await;
            page.sees("Nothing was sent").await;
            page.complains(
                "Database 1",
                "only Microsoft SQL Server supports partial backups, and this is given as an instance of PostgreSQL",
            )
            .await;
            page.follows_fault("Remove the databases").await;
            page.has_focus("Database 1").await;
            assert!(scene.sandbox.requests().is_empty());
            // The docs misuse the suffix: the user says which engine it is.
            page.choose("Engine", "Microsoft SQL Server").await;
            page.until("!document.querySelector('[aria-invalid]')", "the list is accepted").await;
            page.press("Create backup").await;
            page.sees("HTTP status").await;
            let body = scene.sandbox.requests_with(&Method::POST)[0].body_text().to_owned();
            assert!(body.contains(r#""databases":[{"name":"db1"}]"#), "{body}");
        })
        .await;
}

#[tokio::test]
async fn blank_and_repeated_databases_are_refused() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            for label in ["Database 1", "Database 2", "Database 3"] {
                page.press("Add database").await;
                page.has_focus(label).await;
            }
            page.type_into("Database 1", "db1").await;
            page.type_into("Database 3", "db1").await;
            page.press("Create backup").await;
            page.sees("2 fields need a change").await;
            page.complains("Database 2", "Enter the name of the database, or remove this entry").await;
            page.complains("Database 3", "Database 1 has this name already").await;
            page.is_content("Database 1").await;
            page.follows_fault("Enter the name of the database").await;
            page.has_focus("Database 2").await;
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}
