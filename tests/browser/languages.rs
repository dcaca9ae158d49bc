//! No English is left on a page in another language, in any state that it has.

use std::collections::BTreeSet;
use std::time::Duration;

use console_core::Language;
use sandbox::fixtures::{MYSQL, PROJECT_ID, SQL_SERVER};
use sandbox::{Fault, FaultTiming, FixedResponse, Route};

use crate::common::page::Page;
use crate::common::stage::{Scene, Stage};
use crate::common::words::in_language;

/// Words that no other language with Latin letters has. Words of the API (COMPLETED, manual, `connect-src`) and of several
/// languages (Name, Status, Token) are none of them.
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

/// What a page in other letters may have in Latin ones: names of products, protocols and formats, units, what users have to type
/// or find elsewhere, and the names of this test's own.
const NAMES: [&str; 45] = [
    "ap",
    "api",
    "archive",
    "billing",
    "building",
    "ch",
    "completed",
    "csv",
    "ctrl",
    "cts",
    "curl",
    "db",
    "ddl",
    "de",
    "eu",
    "failed",
    "http",
    "https",
    "huawei",
    "iam",
    "id",
    "json",
    "localhost",
    "mb",
    "mysql",
    "nl",
    "nmae",
    "openstack",
    "operator",
    "orders",
    "otc",
    "postgresql",
    "rds",
    "reports",
    "sales",
    "sandbox",
    "southeast",
    "sqlserver",
    "swiss",
    "telekom",
    "token",
    "url",
    "utc",
    "west",
    "xxxx",
];
/// Names of which a part alone would be a foreign word.
const WHOLE_NAMES: [&str; 20] = [
    "rds:backup:create",
    "OS_AUTH_URL",
    "OS_PASSWORD",
    "OS_PROJECT_ID",
    "OS_TOKEN",
    PROJECT_ID,
    "OS_USERNAME",
    "OS_USER_DOMAIN_NAME",
    "Creating a DB Instance",
    "Microsoft SQL Server",
    "Open Telekom Cloud",
    "Huawei Cloud",
    "X-Subject-Token",
    "python-otcextensions",
    "rds.eu-de.otc.t-systems.com",
    "2022_SE",
    "ACTIVE",
    "in01",
    "in03",
    "in04",
];

/// Everything that the page says: its texts, those for screen readers too, and its title.
async fn words(page: &Page) -> BTreeSet<String> {
    let script = "const said = [document.title];
         const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT,
             node => node.parentElement.closest('script, noscript, pre, bdi, .id, .records dd, option[lang]') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
         while (walker.nextNode()) { said.push(walker.currentNode.data); }
         for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
             for (const name of ['aria-label', 'title', 'placeholder', 'alt']) { said.push(element.getAttribute(name) ?? ''); }
         }
         // The end of the token, which the page shows.
         const end = document.getElementById('field-token')?.value.slice(-4);
         return end ? said.join('\\n').replaceAll(end, '') : said.join('\\n');";
    let said = page.script(script, vec![]).await;
    let said = WHOLE_NAMES.into_iter().fold(said.as_str().unwrap().to_owned(), |said, name| said.replace(name, ""));
    let is_latin = |character: &char| character.is_ascii_alphabetic() || *character == '\'';
    let split = |word: &str| -> Vec<String> {
        if word.chars().all(|character| character.is_alphabetic() && character < '\u{2e80}') {
            return vec![word.to_lowercase()];
        }
        // Chinese puts no space between its own characters and others.
        let runs = word.split(|character| !is_latin(&character)).filter(|run| !run.is_empty());
        runs.map(str::to_lowercase).chain([word.chars().filter(|character| !is_latin(character)).collect()]).collect()
    };
    said.split(|character: char| !(character.is_alphabetic() || character == '\'')).flat_map(split).collect()
}

/// Whether a language is written in Latin letters, so that a foreign word is known by its being English only.
fn is_in_latin_letters(language: Language) -> bool {
    in_language(language.tag(), "Language").contains(|character: char| character.is_ascii_alphabetic())
}

async fn has_no_foreign_word(page: &Page, language: Language, state: &str) {
    let words = words(page).await;
    assert!(words.len() > 20, "{state}: the page says hardly anything");
    let is_foreign = |word: &&String| {
        let is_latin = word.len() > 1 && word.chars().all(|character| character.is_ascii_alphabetic());
        if is_in_latin_letters(language) {
            ENGLISH.contains(&word.as_str())
        } else {
            is_latin && !NAMES.contains(&word.as_str())
        }
    };
    let foreign: Vec<&String> = words.iter().filter(is_foreign).collect();
    // Names of the test's own are no words of the page.
    assert!(foreign.is_empty(), "{state}: {foreign:?} in\n{}", page.text_of("body").await);
}

#[tokio::test]
async fn every_state_is_in_its_language() {
    for language in Language::loaded() {
        Stage::new()
            .in_language(language.tag())
            .with_settle_time(Duration::from_millis(500))
            .play(async |scene| walk(scene, language).await)
            .await;
    }
}

/// Leads through the states of the page, and looks at the words of each.
async fn walk(scene: &Scene, language: Language) {
    let (page, sandbox) = (&scene.page, &scene.sandbox);
    has_no_foreign_word(page, language, "empty").await;
    page.press("Create backup").await;
    page.press("Show request").await;
    has_no_foreign_word(page, language, "errors").await;
    page.visit(&format!("{}#name=1x&token=x&nmae=x", scene.site.url)).await;
    has_no_foreign_word(page, language, "notices").await;
    page.press("Clear form").await;
    has_no_foreign_word(page, language, "cleared").await;
    page.connect().await;
    page.press("Load instances").await;
    page.says("reports-sqlserver").await;
    has_no_foreign_word(page, language, "list").await;
    page.press("Choose reports-sqlserver").await;
    page.press("Suggest a name").await;
    page.press("Add database").await;
    page.type_into("Database 1", "db1").await;
    page.press("Show request").await;
    has_no_foreign_word(page, language, "request").await;
    let hold = sandbox.hold();
    page.press("Create backup").await;
    page.sees("Asking the API").await;
    has_no_foreign_word(page, language, "sending").await;
    drop(hold);
    page.sees("Backup started").await;
    has_no_foreign_word(page, language, "started").await;
    sandbox.finish_backups();
    page.says("backup completed (COMPLETED)").await;
    page.press("Copy receipt").await;
    has_no_foreign_word(page, language, "completed").await;
    for number in 0..3 {
        sandbox.create_backup(MYSQL, &format!("s{number}"));
        sandbox.finish_backups();
    }
    page.press("Remove database 1").await;
    page.replace("Instance ID", MYSQL).await;
    page.press("Show backups").await;
    page.until("document.querySelector('.chart')", "the chart is drawn").await;
    has_no_foreign_word(page, language, "chart").await;
    for (number, fault) in [
        Fault::Refusal(403, sandbox::ErrorFormat::RdsV3),
        Fault::Refusal(409, sandbox::ErrorFormat::RdsV3),
        Fault::Throttled(None),
        Fault::Refusal(500, sandbox::ErrorFormat::Gateway),
    ]
    .into_iter()
    .enumerate()
    {
        page.replace("Backup name", &format!("xxxx-{number}")).await;
        sandbox.inject(Route::Create, FaultTiming::BeforeCommit, fault.clone());
        page.press("Create backup").await;
        page.until("document.querySelector('.outcome .refused, .outcome .underway h3')", "it is told").await;
        has_no_foreign_word(page, language, &format!("{fault:?}")).await;
        page.until("!document.querySelector('.outcome .underway')", "it is over").await;
        has_no_foreign_word(page, language, &format!("{fault:?}, at the end")).await;
    }
    sandbox.respond_next_with(FixedResponse::json(401, r#"{"error_code":"APIGW.0301","error_msg":"x"}"#));
    page.replace("Backup name", "xxxx").await;
    page.press("Create backup").await;
    page.sees("The API rejected the token").await;
    has_no_foreign_word(page, language, "rejected token").await;
}

#[tokio::test]
async fn faults_of_every_field_are_in_its_language() {
    for language in Language::loaded() {
        Stage::new().in_language(language.tag()).play(async |scene| walk_faults(&scene.page, language).await).await;
    }
}

async fn walk_faults(page: &Page, language: Language) {
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
        has_no_foreign_word(page, language, &format!("{label} {text}")).await;
    }
}
