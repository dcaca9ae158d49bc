//! A user sees what will be sent before it is sent, takes it along as a command, and repeats it.

use std::process::Stdio;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, SQL_SERVER, token};
use thirtyfour::Key;

use crate::common::page::Page;
use crate::common::stage::Stage;

async fn copied(page: &Page, button: &str) -> String {
    page.press(button).await;
    page.says("Request copied").await;
    page.clipboard().await
}

#[tokio::test]
async fn the_copied_curl_command_makes_the_backup_that_the_page_shows() {
    Stage::new()
        .direct()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "by_curl").await;
            page.type_into("Description", "50 % of $HOME `id` \\ #1").await;
            page.press("Add database").await;
            page.type_into("Database 1", "it's").await;
            page.replace("Database 1", "db1").await;
            page.press("Show request").await;
            let shown = copied(page, "Copy: The request").await;
            let command = copied(page, "Copy: As a command of curl").await;
            for text in [&shown, &command] {
                assert!(!text.contains("MIISandbox"), "{text}");
            }
            let curl = tokio::process::Command::new("sh")
                .args(["-c", &format!("{command} --silent")])
                .env("OS_TOKEN", token())
                .stdout(Stdio::piped())
                .output()
                .await
                .unwrap();
            let answer = String::from_utf8(curl.stdout).unwrap();
            assert!(answer.contains(&scene.sandbox.backups()[0].id), "{answer}");
            scene.sandbox.finish_backups();
            page.replace("Backup name", "by_page").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            // Both requests are what was shown, but for the name.
            let posts = scene.sandbox.requests_with(&Method::POST);
            let [by_curl, by_page] = &posts[..] else { panic!("two requests") };
            let body = shown.rsplit("\n\n").next().unwrap();
            assert_eq!(by_curl.body_text(), body);
            assert_eq!(by_page.body_text(), body.replace("by_curl", "by_page"));
            let url = format!("{}{}", scene.sandbox.endpoint(), by_page.uri);
            assert!(shown.starts_with(&format!("POST {url}\nX-Auth-Token: ********\n")), "{shown}");
            for name in ["content-type", "x-language", "x-auth-token"] {
                assert_eq!(by_curl.header(name), by_page.header(name), "{name}");
            }
            assert!(shown.contains(&format!("Content-Type: {}", by_page.header("content-type"))));
            assert!(shown.contains(&format!("X-Language: {}", by_page.header("x-language"))));
        })
        .await;
}

#[tokio::test]
async fn the_openstack_command_is_shown_where_it_can_express_the_request() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "nightly").await;
            page.type_into("Description", "before the upgrade").await;
            page.press("Show request").await;
            let command = copied(page, "Copy: As a command of the OpenStack client").await;
            let expected =
                format!("openstack rds backup create '--description=before the upgrade' nightly {SQL_SERVER}");
            assert_eq!(command, expected);
            page.press("Add database").await;
            page.type_into("Database 1", "a,b").await;
            page.says("The OpenStack client can't express this").await;
            page.type_into("Database 1", Key::Escape + "").await;
            page.shows_nowhere("The OpenStack client can't express this").await;
        })
        .await;
}

#[tokio::test]
async fn a_faulty_form_shows_which_fields_stand_in_the_way_and_needs_no_token() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.press("Show request").await;
            page.has(".request", "It can be shown once this is mended:").await;
            page.has(".request", "Enter the instance ID").await;
            page.type_into("Endpoint", page.endpoint.clone()).await;
            page.type_into("Project ID", PROJECT_ID).await;
            page.type_into("Instance ID", MYSQL).await;
            page.type_into("Backup name", "nightly").await;
            page.until("document.querySelector('.request pre')", "the request is shown").await;
            page.press("Hide request").await;
            page.until("!document.querySelector('.request')", "it is hidden").await;
            assert!(scene.sandbox.requests().is_empty());
        })
        .await;
}

#[tokio::test]
async fn a_backup_is_repeated_with_a_new_name_or_for_another_instance() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "first").await;
            page.type_into("Description", "before the upgrade").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            // That its name exists now is no fault of the form.
            page.is_content("Backup name").await;
            scene.sandbox.finish_backups();
            page.press("Repeat with a new name").await;
            page.has_focus("Backup name").await;
            let name = page.value("Backup name").await;
            assert!(name.starts_with("backup-20"), "{name}");
            page.press("Create backup").await;
            page.until("document.querySelectorAll('article.followed').length === 2", "there is a second").await;
            page.press("Repeat for another instance").await;
            page.has_focus("Instance ID").await;
            assert_eq!(
                (page.value("Instance ID").await, page.value("Backup name").await),
                (String::new(), String::new())
            );
            assert_eq!(page.value("Description").await, "before the upgrade");
            let bodies: Vec<_> =
                scene.sandbox.requests_with(&Method::POST).iter().map(|post| post.body_text().to_owned()).collect();
            assert_eq!(bodies[1], bodies[0].replace("first", &name));
        })
        .await;
}
