//! Clocks, faults that last, deletion, and what other clients do.

use std::time::Duration;

use sandbox::document::Schema;
use sandbox::fixtures::{self, MYSQL, PROJECT_ID, SQL_SERVER};
use sandbox::{DateHeader, ErrorFormat, Fault, FaultTiming, FixedResponse, ListDelay, RetryAfter, Route};
use serde_json::json;
use tokio::time::timeout;

use crate::calls::{backup, create, json_of, list, refusal, start};
use crate::{HOUR, begin_time, get, header, http_date, listed, names, seconds_ahead};

#[tokio::test]
async fn the_date_is_correct_off_hidden_or_missing() {
    let sandbox = start(HOUR).await;
    for (date, ahead, is_exposed) in [
        (DateHeader::Correct, Some(0), true),
        (DateHeader::OffBy(-1000), Some(-1000), true),
        (DateHeader::OffBy(90_000), Some(90_000), true),
        (DateHeader::NotExposed, Some(0), false),
        (DateHeader::Missing, None, true),
    ] {
        sandbox.set_date(date);
        sandbox.inject(Route::Backups, FaultTiming::BeforeCommit, Fault::Refusal(502, ErrorFormat::Html));
        for answer in [
            get(&sandbox, "instances").await,
            create(&sandbox, &json!(null)).await,
            get(&sandbox, &format!("backups?instance_id={MYSQL}")).await,
        ] {
            let read = header(&answer, "date").map(|text| seconds_ahead(http_date(text)));
            let is_near = |read: i64| ahead.is_some_and(|ahead| (read - ahead).abs() < 60);
            assert!(read.map_or(ahead.is_none(), is_near), "{date:?} {read:?}");
            let exposed = header(&answer, "access-control-expose-headers").unwrap();
            assert_eq!(exposed.split(", ").any(|name| name == "date"), is_exposed, "{date:?}");
        }
    }
}

#[tokio::test]
async fn the_clock_for_backups_is_another_than_that_for_dates() {
    let sandbox = start(HOUR).await;
    sandbox.set_backup_clock(-7200);
    let made = json_of(create(&sandbox, &backup(MYSQL, "backup")).await).await;
    let listed = &listed(&sandbox, "").await["backups"][0];
    for element in [&made["backup"], listed] {
        assert!((seconds_ahead(begin_time(element)) + 7200).abs() < 60, "{element}");
        assert_eq!(element["status"], "BUILDING");
    }
}

#[tokio::test]
async fn running_backups_are_looked_for_before_or_after_the_name() {
    let sandbox = start(HOUR).await;
    let body = backup(MYSQL, "backup");
    assert_eq!(create(&sandbox, &body).await.status(), 200);
    for (checks_running_first, code) in [(true, "DBS.201205"), (false, "DBS.201201")] {
        sandbox.set_checks_running_first(checks_running_first);
        assert_eq!(refusal(create(&sandbox, &body).await).await, (409, code.to_owned()));
    }
    sandbox.set_checks_running_first(true);
    sandbox.complete_backups("backup");
    assert_eq!(refusal(create(&sandbox, &body).await).await, (409, "DBS.201201".into()));
}

#[tokio::test]
async fn a_backup_is_deleted_and_somebody_else_takes_its_name() {
    let sandbox = start(HOUR).await;
    let made = json_of(create(&sandbox, &backup(MYSQL, "backup")).await).await;
    sandbox.delete_backups("backup");
    let deleting = listed(&sandbox, "").await;
    assert_eq!(Schema::named("BackupList").unwrap().check(&deleting), Ok(()));
    assert_eq!(deleting["backups"][0]["status"], "DELETING");
    assert_eq!(refusal(create(&sandbox, &backup(MYSQL, "backup")).await).await, (409, "DBS.201201".into()));
    sandbox.finish_deletions();
    assert_eq!(listed(&sandbox, "").await["total_count"], 0);
    let id = sandbox.create_backup(MYSQL, "backup").unwrap();
    assert_ne!(made["backup"]["id"], json!(id));
    assert_eq!(listed(&sandbox, "").await["backups"][0]["id"], json!(id));
}

#[tokio::test]
async fn a_backup_of_another_client_has_the_given_properties() {
    let sandbox = start(HOUR).await;
    sandbox.create_backup_with(SQL_SERVER, "backup", |backup| {
        backup.begin -= HOUR * 2;
        backup.description = Some("theirs".to_owned());
        backup.databases = Some(json!([{ "name": "db1" }]));
    });
    let element = &list(&sandbox, SQL_SERVER).await["backups"][0];
    assert_eq!((&element["status"], &element["databases"][0]["name"]), (&json!("COMPLETED"), &json!("db1")));
    assert_eq!(seconds_ahead(begin_time(element)) / 3600, -2);
    // The name is taken by a backup that isn't in the instance's own list.
    assert_eq!(refusal(create(&sandbox, &backup(MYSQL, "backup")).await).await, (409, "DBS.201201".into()));
    assert_eq!(listed(&sandbox, "").await["total_count"], 0);
    assert_eq!(sandbox.create_backup("unknown", "backup"), None);
}

#[tokio::test]
async fn requests_of_one_kind_are_held_while_others_are_answered() {
    let sandbox = start(HOUR).await;
    let held = sandbox.hold_only(Route::Create);
    let body = backup(MYSQL, "backup");
    let (answer, ()) = tokio::join!(create(&sandbox, &body), async {
        sandbox.wait_for_calls(Route::Create, 1).await;
        assert_eq!(listed(&sandbox, "").await["total_count"], 0);
        sandbox.create_backup(MYSQL, "backup");
        drop(held);
    });
    assert_eq!(refusal(answer).await, (409, "DBS.201201".into()));
    assert_eq!((sandbox.call_count(Route::Create), sandbox.call_count(Route::Backups)), (1, 1));
    let holds = [sandbox.hold(), sandbox.hold_only(Route::Instances)];
    let [all, instances] = holds;
    drop(all);
    assert!(timeout(Duration::from_millis(200), get(&sandbox, "instances")).await.is_err());
    drop(instances);
    assert_eq!(get(&sandbox, "instances").await.status(), 200);
}

#[tokio::test]
async fn a_refusal_lasts_until_it_is_cleared() {
    let sandbox = start(HOUR).await;
    let path = format!("backups?instance_id={MYSQL}");
    for (fault, status, code) in [
        (Fault::FixedResponse(FixedResponse::forbidden()), 403, "DBS.201003"),
        (Fault::FixedResponse(FixedResponse::invalid_token()), 403, "DBS.280056"),
        (Fault::Refusal(404, ErrorFormat::RdsV3), 404, "DBS.200099"),
        (Fault::Throttled(None), 429, "APIGW.0308"),
        (Fault::Refusal(503, ErrorFormat::Gateway), 503, "APIGW.0999"),
    ] {
        sandbox.inject_always(Route::Backups, FaultTiming::BeforeCommit, fault.clone());
        for _ in 0..3 {
            assert_eq!(refusal(get(&sandbox, &path).await).await, (status, code.to_owned()), "{fault:?}");
        }
        // Calls of other kinds are answered, and faults for single calls come first.
        assert_eq!(get(&sandbox, &format!("{path}&backup_id=x")).await.status(), 200);
        sandbox.inject(Route::Backups, FaultTiming::BeforeCommit, Fault::NoContent);
        assert_eq!(get(&sandbox, &path).await.status(), 204);
        assert_eq!((sandbox.clear_faults(), get(&sandbox, &path).await.status().as_u16()), (0, status));
    }
    sandbox.clear_always(Route::Backups);
    assert_eq!(get(&sandbox, &path).await.status(), 200);
}

#[tokio::test]
async fn retry_after_is_in_seconds_or_a_date_by_the_servers_clock() {
    let sandbox = start(HOUR).await;
    sandbox.set_date(DateHeader::OffBy(500));
    sandbox.inject(Route::Instances, FaultTiming::BeforeCommit, Fault::RetryLater(503, RetryAfter::Seconds(7)));
    let answer = get(&sandbox, "instances").await;
    assert_eq!((answer.status().as_u16(), header(&answer, "retry-after")), (503, Some("7")));
    let date = RetryAfter::Date(Duration::from_secs(100));
    sandbox.inject(Route::Instances, FaultTiming::BeforeCommit, Fault::RetryLater(429, date));
    let answer = get(&sandbox, "instances").await;
    let ahead = seconds_ahead(http_date(header(&answer, "retry-after").unwrap()));
    assert!((answer.status() == 429) && (ahead - 600).abs() < 60, "{ahead}");
}

#[tokio::test]
async fn a_gateway_refuses_what_was_done_while_the_list_is_delayed() {
    let paths = [
        (Route::Backups, format!("backups?instance_id={MYSQL}")),
        (Route::Backup, format!("backups?instance_id={MYSQL}&backup_id=x")),
        (Route::Instances, "instances".to_owned()),
        (Route::Instance, format!("instances?id={MYSQL}")),
        (Route::Databases, format!("instances/{SQL_SERVER}/database/detail?page=1&limit=100")),
        (Route::Tasks, format!("tasklist?instance_id={MYSQL}")),
    ];
    for status in [400, 401, 403, 404, 409, 413, 414, 429, 494, 500, 502, 503, 504] {
        let sandbox = start(HOUR).await;
        let gateway = Fault::Refusal(status, ErrorFormat::Html);
        sandbox.set_list_delay(ListDelay::UntilEnded);
        sandbox.inject(Route::Create, FaultTiming::AfterCommit, gateway.clone());
        assert_eq!(create(&sandbox, &backup(MYSQL, "backup")).await.status(), status);
        assert_eq!((sandbox.backups().len(), names(&sandbox, "").await.len()), (1, 0), "{status}");
        for (route, path) in &paths {
            sandbox.inject(*route, FaultTiming::AfterCommit, gateway.clone());
            for expected in [status, 200] {
                assert_eq!(get(&sandbox, path).await.status(), expected, "{route:?}");
            }
        }
        sandbox.end_list_delay();
        assert_eq!(names(&sandbox, "").await, ["backup"], "{status}");
    }
}

#[tokio::test]
async fn an_instance_is_backing_up_while_a_backup_builds_or_does_not_say_so() {
    let sandbox = start(HOUR).await;
    sandbox.set_list_delay(ListDelay::UntilEnded);
    create(&sandbox, &backup(MYSQL, "backup")).await;
    let status = async || {
        let answer = json_of(get(&sandbox, &format!("instances?id={MYSQL}")).await).await;
        answer["instances"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status().await, "BACKING UP");
    sandbox.set_shows_backing_up(false);
    assert_eq!(status().await, "ACTIVE");
    // The server itself knows it.
    assert_eq!(refusal(create(&sandbox, &backup(MYSQL, "other")).await).await, (409, "DBS.201205".into()));
    sandbox.set_shows_backing_up(true);
    sandbox.complete_backups("backup");
    assert_eq!(status().await, "ACTIVE");
    sandbox.set_status(MYSQL, Some("ACTIVE"));
    assert_eq!(create(&sandbox, &backup(MYSQL, "other")).await.status(), 200);
    assert_eq!(status().await, "ACTIVE");
}

#[tokio::test]
async fn a_browser_that_sends_again_is_told_that_a_backup_is_running_or_that_the_name_is_taken() {
    for (checks_running_first, code) in [(true, "DBS.201205"), (false, "DBS.201201")] {
        let sandbox = start(HOUR).await;
        sandbox.set_checks_running_first(checks_running_first);
        sandbox.set_list_delay(ListDelay::UntilEnded);
        sandbox.drop_responses(&[FaultTiming::AfterCommit]);
        let url = format!("{}/v3/{PROJECT_ID}/backups", sandbox.endpoint());
        let request = reqwest::Client::new().post(url).header("X-Auth-Token", fixtures::token());
        let request = request.header("Content-Type", "application/json").body(backup(MYSQL, "backup").to_string());
        assert!(request.try_clone().unwrap().send().await.is_err());
        assert_eq!(refusal(request.send().await.unwrap()).await, (409, code.to_owned()));
        assert_eq!((sandbox.backups().len(), sandbox.call_count(Route::Create)), (1, 2));
        assert_eq!(names(&sandbox, "").await, Vec::<String>::new());
    }
}
