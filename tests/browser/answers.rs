//! Whatever the server answers, the user sees the status and everything that it says.

use std::time::Duration;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID};
use sandbox::{FixedResponse, Sandbox, Settings};

use crate::common::stage::Stage;

#[tokio::test]
async fn the_source_documents_answers_are_shown_whole() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backupDemo").await;
            scene.sandbox.respond_next_with(FixedResponse::json(200, r#"{ "backup": { "id": "2f4ddb93-b901-4b08-93d8-1d2e472f30fe", "name": "backupDemo", "description": "This is a description", "begin_time": "2016-09-12T01:17:05", "status": "BUILDING", "type": "manual", "instance_id": "d8e6ca5a624745bcb546a227aa3ae1cfin01", "databases": [{ "name": "db1" }] } }"#));
            page.press("Create backup").await;
            page.sees("Backup started").await;
            for part in [
                "2f4ddb93-b901-4b08-93d8-1d2e472f30fe", "backupDemo", "This is a description", "2016-09-12T01:17:05",
                "The API doesn't state the time zone", "backup in progress (BUILDING)", "manual full backup (manual)",
                "d8e6ca5a624745bcb546a227aa3ae1cfin01", "db1",
            ] {
                page.shows(part).await;
            }
            page.press("Copy: Backup ID").await;
            page.sees("Backup ID copied").await;
            assert_eq!(page.clipboard().await, "2f4ddb93-b901-4b08-93d8-1d2e472f30fe");
        })
        .await;
}

#[tokio::test]
async fn times_unknown_words_and_missing_parts_are_shown_as_they_are() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            scene.sandbox.respond_next_with(FixedResponse::json(
                201,
                r#"{"backup":{"id":"x1","begin_time":"2018-08-06T12:41:14+0800","status":"PAUSED","type":"weekly"}}"#,
            ));
            page.press("Create backup").await;
            page.sees("Backup accepted").await;
            for part in [
                "not a documented status (PAUSED)",
                "not a documented type (weekly)",
                "2018-08-06T12:41:14+0800",
                "2018-08-06 04:41:14 UTC",
                "your local time",
            ] {
                page.shows(part).await;
            }
            let raw = page.driver.find(thirtyfour::By::Css("details.raw > summary")).await.unwrap();
            raw.click().await.unwrap();
            page.shows(r#""status":"PAUSED""#).await;
            page.press("Copy: Answer as received").await;
            page.sees("Answer copied").await;
            assert!(page.clipboard().await.starts_with(r#"{"backup":{"id":"x1""#));
        })
        .await;
}

/// A page of a gateway.
fn html(status: u16) -> FixedResponse {
    let page = "<html><head><title>Access denied</title></head><body><h1>Access denied</h1></body></html>";
    FixedResponse { content_type: "text/html", ..FixedResponse::json(status, page) }
}

#[tokio::test]
async fn every_shape_of_a_refusal_shows_its_status_its_code_and_its_words() {
    let cases: [(FixedResponse, &[&str]); 11] = [
        (
            FixedResponse::json(400, r#"{"error_code":"DBS.280277","error_msg":"Invalid object name."}"#),
            &["400", "DBS.280277", "Invalid object name.", "doesn't accept the backup name"],
        ),
        (
            FixedResponse::json(409, r#"{"errCode":"RDS.0011","externalMessage":"Wait."}"#),
            &["409", "RDS.0011", "Wait.", "The instance is busy"],
        ),
        (
            FixedResponse::json(404, r#"{"error_msg":"Not published.","error_code":"APIGW.0101","request_id":"71ec"}"#),
            &["404", "APIGW.0101", "71ec", "The endpoint doesn't know this call"],
        ),
        (
            FixedResponse::json(401, r#"{"error":{"code":401,"message":"Authenticate.","title":"Unauthorized"}}"#),
            &["401", "Authenticate.", "The API rejected the token"],
        ),
        (
            FixedResponse::json(401, r#"{"error":{"code":"111401001","message":"Invalid token.","ext_message":null}}"#),
            &["401", "111401001", "Invalid token."],
        ),
        // Not the API's shape: whoever it was, the page doesn't say that it was the API, or about the token's rights.
        (html(403), &["403", "The request was refused, apparently on the way to the API", "Answer as received"]),
        (html(401), &["401", "The login was refused, apparently on the way to the API", "Answer as received"]),
        (FixedResponse::json(404, r#"{"itemNotFound":{"code":"404","message":"Gone."}}"#), &["404", "Gone."]),
        (
            FixedResponse::json(400, r#"{"error_code":"DBS.280251","error_msg":"Invalid backup cycle."}"#),
            &["400", "DBS.280251", "Invalid backup cycle."],
        ),
        (
            FixedResponse::json(400, r#"{"detail":"unheard of"}"#),
            &["400", "The request was refused, apparently on the way to the API", "Answer as received"],
        ),
        (
            FixedResponse::json(429, r#"{"error_code":"APIG.0308","error_msg":"Throttled."}"#),
            &["429", "Too many requests", "No backup was created."],
        ),
    ];
    Stage::new()
        .with_settle_time(Duration::from_millis(300))
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            for (number, (answer, parts)) in cases.into_iter().enumerate() {
                let answer_rejects = answer.status == 401;
                if answer_rejects && answer.content_type == "text/html" && page.endpoint.starts_with('/') {
                    // At a path of its own server that is the login of the server: `hosted.rs`.
                    continue;
                }
                let name = format!("case-{number}");
                page.replace("Backup name", &name).await;
                scene.sandbox.respond_next_with(answer);
                page.press("Create backup").await;
                page.sees(&name).await;
                // Some refusals are true at once, others once the list has been read.
                page.until("document.querySelector('.outcome [role=alert]').innerText", "it is told").await;
                for part in parts {
                    page.shows(part).await;
                }
                // Told is what happened; the parts of the answer are there to be read.
                let told = page.said_as("alert").await;
                // With a token that was rejected no list can confirm what a gateway says.
                let end = if answer_rejects { "It can't be told" } else { "No backup was created." };
                assert!(told.contains(&page.words(end)) && !told.contains("HTTP"), "{told}");
                assert_eq!(page.value("Backup name").await, name);
            }
            page.is_titled("RDS Backup Console").await;
            assert!(scene.sandbox.backups().is_empty());
        })
        .await;
}

#[tokio::test]
async fn an_answer_that_is_neither_a_backup_nor_a_refusal_is_looked_into() {
    let html = "<html><h1>502 Bad Gateway</h1><script>document.title='taken over'</script></html>";
    let broken = r#"{"backup":{"id":"#;
    let cases = [
        (
            FixedResponse { content_type: "text/html", ..FixedResponse::json(502, html) },
            "The service behind the gateway didn't answer",
        ),
        (
            FixedResponse { content_type: "text/plain", ..FixedResponse::json(503, "") },
            "The body of the answer is empty",
        ),
        (FixedResponse::json(500, r#"{"error_code":"DBS.108000","error_msg":"Server failure."}"#), "Server failure."),
        (FixedResponse::json(200, r#"{"ok":true}"#), "The answer isn't what the API documents"),
        (
            FixedResponse { breaks_off: true, ..FixedResponse::json(503, broken) },
            "before the body of the answer was read",
        ),
        (
            FixedResponse { breaks_off: true, ..FixedResponse::json(200, broken) },
            "before the body of the answer was read",
        ),
    ];
    Stage::new()
        .direct()
        .with_settle_time(Duration::from_millis(300))
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "backup").await;
            for (answer, words) in cases {
                let status = answer.status.to_string();
                scene.sandbox.respond_next_with(answer);
                page.press("Create backup").await;
                // The list has been read, and the sandbox has made nothing.
                page.sees("It is safe to try again").await;
                page.shows(words).await;
                page.shows(&status).await;
                assert!(page.said_as("alert").await.contains(&page.words("No backup was created")));
                assert_eq!(page.value("Backup name").await, "backup");
            }
            page.is_titled("RDS Backup Console").await;
            assert!(scene.sandbox.backups().is_empty());
            page.press("Try again").await;
            page.sees("Backup started").await;
        })
        .await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_goes_nowhere_else() {
    Stage::new()
        .with_settle_time(Duration::from_millis(300))
        .play(async |scene| {
            let page = &scene.page;
            let other = Sandbox::start(Settings::default()).await.unwrap();
            page.fill(MYSQL, "backup").await;
            for status in [301, 307, 308] {
                let location = Some(format!("{}/v3/{PROJECT_ID}/backups", other.endpoint()));
                scene.sandbox.respond_next_with(FixedResponse { location, ..FixedResponse::json(status, "") });
                page.press("Create backup").await;
                page.sees("It is safe to try again").await;
            }
            assert_eq!(scene.sandbox.requests_with(&Method::POST).len(), 3);
            assert!(other.requests().is_empty());
        })
        .await;
}
