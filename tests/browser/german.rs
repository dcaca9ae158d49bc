//! No English is left on the German page, in any state that it has.

use std::collections::BTreeSet;
use std::time::Duration;

use sandbox::fixtures::{MYSQL, SQL_SERVER};
use sandbox::{Fault, FaultTiming, FixedResponse, Route};

use crate::common::page::Page;
use crate::common::stage::Stage;

/// Words that German hasn't. Words of the API (COMPLETED, manual, `connect-src`) and of both languages (Name, Status, Token)
/// are none of them.
const ENGLISH: [&str; 83] = [
    "the",
    "and",
    "of",
    "is",
    "are",
    "with",
    "for",
    "from",
    "your",
    "you",
    "not",
    "no",
    "this",
    "that",
    "it",
    "its",
    "be",
    "been",
    "has",
    "have",
    "had",
    "can",
    "can't",
    "isn't",
    "doesn't",
    "to",
    "at",
    "by",
    "or",
    "as",
    "on",
    "backup",
    "backups",
    "instance",
    "instances",
    "database",
    "databases",
    "request",
    "requests",
    "answer",
    "error",
    "show",
    "hide",
    "copy",
    "copied",
    "create",
    "created",
    "load",
    "loading",
    "choose",
    "chosen",
    "cancel",
    "close",
    "type",
    "size",
    "begin",
    "duration",
    "description",
    "endpoint",
    "project",
    "engine",
    "clear",
    "print",
    "receipt",
    "note",
    "enter",
    "remove",
    "add",
    "must",
    "only",
    "first",
    "last",
    "time",
    "since",
    "nothing",
    "sent",
    "refused",
    "started",
    "done",
    "dismiss",
    "language",
    "light",
    "dark",
];

/// Everything that the page says: its texts, those for screen readers too, and its title.
async fn words(page: &Page) -> BTreeSet<String> {
    let script = "const said = [document.title];
         const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT,
             node => node.parentElement.closest('script, noscript, pre, bdi, .id, .records dd, option[lang=en]') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
         while (walker.nextNode()) { said.push(walker.currentNode.data); }
         for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
             for (const name of ['aria-label', 'title', 'placeholder', 'alt']) { said.push(element.getAttribute(name) ?? ''); }
         }
         return said.join('\\n');";
    let said = page.script(script, vec![]).await;
    // The names of a permission, of a variable and of a page of the API's documents aren't the page's own words.
    let foreign = ["rds:backup:create", "OS_PROJECT_ID", "Creating a DB Instance"];
    let said = foreign.into_iter().fold(said.as_str().unwrap().to_owned(), |said, name| said.replace(name, ""));
    said.split(|character: char| !(character.is_alphabetic() || character == '\'')).map(str::to_lowercase).collect()
}

async fn is_german(page: &Page, state: &str) {
    let words = words(page).await;
    assert!(words.len() > 20, "{state}: the page says hardly anything");
    let english: Vec<&str> = ENGLISH.into_iter().filter(|word| words.contains(*word)).collect();
    // Names of the test's own are no words of the page.
    assert!(english.is_empty(), "{state}: {english:?} in\n{}", page.text_of("body").await);
}

#[tokio::test]
async fn every_state_is_german() {
    Stage::new()
        .in_language("de")
        .with_settle_time(Duration::from_millis(500))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            is_german(page, "empty").await;
            page.press("Create backup").await;
            page.press("Show request").await;
            is_german(page, "errors").await;
            page.visit(&format!("{}#name=1x&token=x&nmae=x", scene.site.url)).await;
            is_german(page, "notices").await;
            page.press("Clear form").await;
            is_german(page, "cleared").await;
            page.connect().await;
            page.press("Load instances").await;
            page.says("reports-sqlserver").await;
            is_german(page, "list").await;
            page.press("Choose reports-sqlserver").await;
            page.press("Suggest a name").await;
            page.press("Add database").await;
            page.type_into("Database 1", "db1").await;
            page.press("Show request").await;
            is_german(page, "request").await;
            let hold = sandbox.hold();
            page.press("Create backup").await;
            page.sees("Asking the API").await;
            is_german(page, "sending").await;
            drop(hold);
            page.sees("Backup started").await;
            is_german(page, "started").await;
            sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            page.press("Copy receipt").await;
            is_german(page, "completed").await;
            for number in 0..3 {
                sandbox.create_backup(MYSQL, &format!("s{number}"));
                sandbox.finish_backups();
            }
            page.press("Remove database 1").await;
            page.replace("Instance ID", MYSQL).await;
            page.press("Show backups").await;
            page.until("document.querySelector('.chart')", "the chart is drawn").await;
            is_german(page, "chart").await;
            for (number, fault) in [
                Fault::Refusal(403, sandbox::ErrorFormat::RdsV3),
                Fault::Refusal(409, sandbox::ErrorFormat::RdsV3),
                Fault::Throttled(None),
                Fault::Refusal(500, sandbox::ErrorFormat::Gateway),
            ]
            .into_iter()
            .enumerate()
            {
                page.replace("Backup name", &format!("abgelehnt-{number}")).await;
                sandbox.inject(Route::Create, FaultTiming::BeforeCommit, fault.clone());
                page.press("Create backup").await;
                page.until("document.querySelector('.outcome .refused, .outcome .underway h3')", "it is told").await;
                is_german(page, &format!("{fault:?}")).await;
                page.until("!document.querySelector('.outcome .underway')", "it is over").await;
                is_german(page, &format!("{fault:?}, at the end")).await;
            }
            sandbox.respond_next_with(FixedResponse::json(401, r#"{"error_code":"APIGW.0301","error_msg":"x"}"#));
            page.replace("Backup name", "abgelehnt").await;
            page.press("Create backup").await;
            page.sees("The API rejected the token").await;
            is_german(page, "rejected token").await;
        })
        .await;
}

#[tokio::test]
async fn faults_of_every_field_are_german() {
    Stage::new()
        .in_language("de")
        .play(async |scene| {
            let page = &scene.page;
            page.fill(SQL_SERVER, "backup").await;
            for (label, text) in [
                ("Endpoint", "http://rds.example"),
                ("Endpoint", "rds example"),
                ("Project ID", "a-b"),
                ("Token", "ä"),
                ("Instance ID", "d8e6ca5a624745bcb546a227aa3ae1cfno01"),
                ("Backup name", "1. x"),
                ("Description", "a & b"),
            ] {
                page.replace(label, text).await;
                page.leave().await;
                is_german(page, &format!("{label} {text}")).await;
            }
        })
        .await;
}
