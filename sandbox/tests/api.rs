//! The sandbox, called over its socket: it answers as the API's pages document.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

mod calls;

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use sandbox::document::Schema;
use sandbox::fixtures::{self, LARGE_PROJECT_BACKUPS, MYSQL, MYSQL_REPLICA, PROJECT_ID, SQL_SERVER};
use sandbox::{ErrorFormat, Fault, FaultTiming, Route, Sandbox, Settings};
use serde_json::json;

use crate::calls::{backup, call, create, json_of, list, refusal, start};

fn call_to_create(sandbox: &Sandbox) -> RequestBuilder {
    let request = call(sandbox, Method::POST, &format!("/v3/{PROJECT_ID}/backups"));
    request.header("Content-Type", "application/json").body(backup(MYSQL, "backup").to_string())
}

#[tokio::test]
async fn a_created_backup_is_answered_and_listed_as_the_document_says() {
    let sandbox = start(Duration::from_secs(600)).await;
    let body = json!({
        "instance_id": SQL_SERVER, "name": "backup", "description": "manual backup",
        "databases": [{ "name": "db1" }, { "name": "db2" }],
    });
    let response = create(&sandbox, &body).await;
    assert_eq!(response.status(), 200);
    let answer = json_of(response).await;
    assert_eq!(Schema::named("CreatedBackup").unwrap().check(&answer), Ok(()));
    for (key, value) in body.as_object().unwrap() {
        assert_eq!(&answer["backup"][key], value);
    }
    assert_eq!((&answer["backup"]["status"], &answer["backup"]["type"]), (&json!("BUILDING"), &json!("manual")));
    let listed = list(&sandbox, SQL_SERVER).await;
    assert_eq!(Schema::named("BackupList").unwrap().check(&listed), Ok(()));
    assert_eq!(listed["total_count"], 1);
    assert_eq!(listed["backups"][0]["id"], answer["backup"]["id"]);
    assert_eq!(listed["backups"][0].get("description"), None);
    assert_eq!(list(&sandbox, MYSQL).await["total_count"], 0);
}

#[tokio::test]
async fn a_backup_is_building_for_the_set_time_and_then_completed() {
    let sandbox = start(Duration::from_millis(300)).await;
    create(&sandbox, &backup(MYSQL, "backup")).await;
    let first = list(&sandbox, MYSQL).await;
    assert_eq!(first["backups"][0]["status"], "BUILDING");
    let completed = async {
        loop {
            let listed = list(&sandbox, MYSQL).await;
            if listed["backups"][0]["status"] == "COMPLETED" {
                return listed;
            }
        }
    };
    let listed = tokio::time::timeout(Duration::from_secs(20), completed).await.unwrap();
    assert_eq!(Schema::named("BackupList").unwrap().check(&listed), Ok(()));
    assert!(listed["backups"][0]["end_time"].is_string());
}

#[tokio::test]
async fn refusals_have_the_documented_codes() {
    let sandbox = start(Duration::from_secs(600)).await;
    assert_eq!(create(&sandbox, &backup(MYSQL, "taken")).await.status(), 200);
    for (body, status, code) in [
        (backup(MYSQL, "taken"), 409, "DBS.201201"),
        (backup(SQL_SERVER, "taken"), 409, "DBS.201201"),
        (backup(MYSQL, "other"), 409, "DBS.201205"),
        (backup(MYSQL_REPLICA, "other"), 400, "DBS.212003"),
        (backup("unknown", "other"), 404, "DBS.200602"),
        (backup(MYSQL, "a"), 400, "DBS.280277"),
        (json!({ "instance_id": MYSQL, "name": "other", "description": "<" }), 400, "DBS.280127"),
        (json!({ "instance_id": MYSQL, "name": "other", "databases": [{ "name": "db1" }] }), 400, "DBS.200001"),
        (json!({ "instance_id": SQL_SERVER, "name": "other", "databases": [{ "name": "db9" }] }), 400, "DBS.280128"),
        (json!(null), 400, "DBS.200001"),
    ] {
        assert_eq!(refusal(create(&sandbox, &body).await).await, (status, code.to_owned()), "{body}");
    }
    assert_eq!(sandbox.backups().len(), 1);
}

#[tokio::test]
async fn token_project_path_and_content_type_are_checked() {
    let sandbox = start(Duration::from_secs(600)).await;
    let path = format!("/v3/{PROJECT_ID}/backups");
    let body = backup(MYSQL, "backup").to_string();
    let url = format!("{}{path}", sandbox.endpoint());
    for token in [None, Some("MIIother")] {
        let request = Client::new().post(&url).header("Content-Type", "application/json").body(body.clone());
        let request = token.into_iter().fold(request, |request, token| request.header("X-Auth-Token", token));
        assert_eq!(refusal(request.send().await.unwrap()).await, (401, "APIGW.0301".into()));
    }
    let without_type = call(&sandbox, Method::POST, &path).body(body.clone());
    assert_eq!(refusal(without_type.send().await.unwrap()).await, (415, "DBS.200001".into()));
    for (method, path, expected) in [
        (Method::POST, format!("/v3/{}/backups", "0".repeat(32)), (403, "DBS.200010")),
        (Method::GET, "/v3/x".to_owned(), (404, "APIGW.0101")),
        (Method::DELETE, path.clone(), (404, "APIGW.0101")),
    ] {
        let request = call(&sandbox, method, &path).header("Content-Type", "application/json").body(body.clone());
        assert_eq!(refusal(request.send().await.unwrap()).await, (expected.0, expected.1.to_owned()), "{path}");
    }
    let recorded = sandbox.requests_with(&Method::POST);
    assert_eq!((recorded.len(), recorded[0].body_text()), (4, body.as_str()));
}

#[tokio::test]
async fn cors_can_be_on_or_off() {
    for cors in [true, false] {
        let sandbox = Sandbox::start(Settings { cors, ..Settings::default() }).await.unwrap();
        let origin = "http://127.0.0.1:8080";
        let path = format!("/v3/{PROJECT_ID}/backups");
        let preflight = call(&sandbox, Method::OPTIONS, &path).header("Origin", origin).send().await.unwrap();
        assert_eq!(preflight.status(), if cors { 204 } else { 404 });
        let get = call(&sandbox, Method::GET, &path).header("Origin", origin).send().await.unwrap();
        let allowed = get.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(allowed, cors.then(|| origin.to_owned()));
    }
}

#[tokio::test]
async fn the_record_that_people_can_read_has_no_token() {
    let sandbox = start(Duration::from_secs(600)).await;
    create(&sandbox, &backup(MYSQL, "backup")).await;
    let shown = call(&sandbox, Method::GET, "/sandbox/requests").send().await.unwrap().text().await.unwrap();
    assert!(shown.contains(r#"\"name\":\"backup\""#), "{shown}");
    assert!(!shown.contains(&fixtures::token()[..20]), "{shown}");
}

#[tokio::test]
async fn instances_databases_and_tasks_are_answered_as_the_document_says() {
    let sandbox = start(Duration::ZERO).await;
    let get = async |path: &str| json_of(call(&sandbox, Method::GET, path).send().await.unwrap()).await;
    let instances = get(&format!("/v3/{PROJECT_ID}/instances?limit=2&offset=1")).await;
    assert_eq!(Schema::named("InstanceList").unwrap().check(&instances), Ok(()));
    assert_eq!((&instances["total_count"], instances["instances"].as_array().unwrap().len()), (&json!(4), 2));
    assert_eq!(instances["instances"][0]["related_instance"][0]["id"], MYSQL);
    let databases = get(&format!("/v3/{PROJECT_ID}/instances/{SQL_SERVER}/database/detail?page=1&limit=100")).await;
    assert_eq!(Schema::named("DatabaseList").unwrap().check(&databases), Ok(()));
    sandbox.fail_next();
    create(&sandbox, &backup(MYSQL, "backup")).await;
    let tasks = get(&format!("/v3/{PROJECT_ID}/tasklist?instance_id={MYSQL}")).await;
    assert_eq!(Schema::named("TaskList").unwrap().check(&tasks), Ok(()));
    assert!(tasks["tasks"][0]["fail_reason"].is_string());
}

#[tokio::test]
async fn a_busy_instance_an_expired_token_and_throttling_refuse_as_documented() {
    let sandbox = start(Duration::from_secs(600)).await;
    sandbox.set_status(MYSQL, Some("REBOOTING"));
    let busy = refusal(create(&sandbox, &backup(MYSQL, "backup")).await).await;
    assert_eq!(busy, (409, "DBS.200019".into()));
    sandbox.inject(Route::Instances, FaultTiming::BeforeCommit, Fault::Throttled(Some(1)));
    let path = format!("/v3/{PROJECT_ID}/instances");
    let throttled = call(&sandbox, Method::GET, &path).send().await.unwrap();
    assert_eq!(throttled.headers()["retry-after"], "1");
    assert_eq!(refusal(throttled).await, (429, "APIGW.0308".into()));
    sandbox.renew_token();
    assert_eq!(refusal(call(&sandbox, Method::GET, &path).send().await.unwrap()).await.0, 401);
}

#[tokio::test]
async fn a_lost_answer_ends_the_connection_with_or_without_a_backup() {
    let sandbox = start(Duration::from_secs(600)).await;
    for (lost, backups) in [(FaultTiming::BeforeCommit, 0), (FaultTiming::AfterCommit, 1)] {
        sandbox.drop_responses(&[lost]);
        assert!(call_to_create(&sandbox).send().await.is_err());
        assert_eq!(sandbox.backups().len(), backups, "{lost:?}");
    }
}

#[tokio::test]
async fn a_large_project_has_a_thousand_instances_and_ten_thousand_backups() {
    let sandbox = Sandbox::start(Settings { is_large: true, backups: LARGE_PROJECT_BACKUPS, ..Settings::default() })
        .await
        .unwrap();
    let backups = list(&sandbox, MYSQL).await;
    assert_eq!((&backups["total_count"], backups["backups"].as_array().unwrap().len()), (&json!(10_000), 100));
    assert_eq!(backups["backups"][0]["name"], "hourly-00000");
}

#[tokio::test]
async fn a_fault_breaks_the_answer_as_it_says_and_only_the_next_of_its_calls() {
    let sandbox = start(Duration::from_secs(600)).await;
    let path = format!("/v3/{PROJECT_ID}/instances");
    let pause = Duration::from_millis(1);
    for (fault, status, has_body) in [
        (Fault::Closed, None, false),
        (Fault::ResetInHeader, None, false),
        (Fault::ResetInBody, Some(200), false),
        (Fault::ClaimsMore, Some(200), false),
        (Fault::ClaimsLess, Some(200), true),
        (Fault::TruncatedJson, Some(200), true),
        (Fault::SlowBody(pause), Some(200), true),
        (Fault::Delayed(pause), Some(200), true),
        (Fault::NoContent, Some(204), true),
        (Fault::Refusal(418, ErrorFormat::Html), Some(418), true),
    ] {
        sandbox.inject(Route::Instances, FaultTiming::BeforeCommit, fault.clone());
        let answer = call(&sandbox, Method::GET, &path).send().await.ok();
        assert_eq!(answer.as_ref().map(|answer| answer.status().as_u16()), status, "{fault:?}");
        if let Some(answer) = answer {
            assert_eq!(answer.bytes().await.is_ok(), has_body, "{fault:?}");
        }
        assert_eq!(call(&sandbox, Method::GET, &path).send().await.unwrap().status(), 200, "{fault:?}");
    }
}

#[tokio::test]
async fn a_stalled_body_stays_away_and_ends_when_the_client_gives_up() {
    let sandbox = start(Duration::from_secs(600)).await;
    let path = format!("/v3/{PROJECT_ID}/instances");
    sandbox.inject(Route::Instances, FaultTiming::BeforeCommit, Fault::StalledBody);
    let answer = call(&sandbox, Method::GET, &path).send().await.unwrap();
    assert!(tokio::time::timeout(Duration::from_millis(200), answer.bytes()).await.is_err());
    assert_eq!(call(&sandbox, Method::GET, &path).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_server_that_stops_listening_has_created_the_backup_or_not_and_listens_again() {
    for (when, backups) in [(FaultTiming::BeforeCommit, 0), (FaultTiming::AfterCommit, 1)] {
        let sandbox = start(Duration::from_secs(600)).await;
        sandbox.inject(Route::Create, when, Fault::GoesDown);
        assert!(call_to_create(&sandbox).send().await.is_err());
        assert!(tokio::net::TcpStream::connect(sandbox.address()).await.is_err());
        sandbox.start_listening().await;
        assert_eq!(list(&sandbox, MYSQL).await["backups"].as_array().unwrap().len(), backups);
        sandbox.stop_listening().await;
        assert!(tokio::net::TcpStream::connect(sandbox.address()).await.is_err());
    }
}
