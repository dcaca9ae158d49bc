//! Lists that are delayed, are cut, change between pages, or have what does not belong there.

use std::time::{Duration, SystemTime};

use sandbox::fixtures::{MYSQL, SQL_SERVER};
use sandbox::{ListBehaviour, ListChange, ListDelay, Route, Sandbox, Settings, TotalCount};
use serde_json::json;
use tokio::time::timeout;

use crate::calls::{backup, create, json_of, list, refusal, start};
use crate::{HOUR, begin_time, get, listed, make_hourly, names, seconds_ahead};

#[tokio::test]
async fn lists_are_delayed_by_requests_by_time_or_until_the_delay_is_ended() {
    let sandbox = start(HOUR).await;
    sandbox.create_backup(MYSQL, "before");
    sandbox.complete_backups("before");
    sandbox.set_list_delay(ListDelay::Requests(2));
    let made = json_of(create(&sandbox, &backup(MYSQL, "late")).await).await;
    let id = made["backup"]["id"].as_str().unwrap();
    assert_eq!(names(&sandbox, "").await, ["before"]);
    assert_eq!(listed(&sandbox, &format!("&backup_id={id}")).await["total_count"], 0);
    assert_eq!(names(&sandbox, "").await, ["late", "before"]);
    // The server itself always knows the backup.
    sandbox.complete_backups("late");
    sandbox.set_list_delay(ListDelay::UntilEnded);
    create(&sandbox, &backup(MYSQL, "later")).await;
    for _ in 0..3 {
        assert_eq!(names(&sandbox, "").await, ["late", "before"]);
    }
    assert_eq!(refusal(create(&sandbox, &backup(MYSQL, "later")).await).await, (409, "DBS.201201".into()));
    sandbox.end_list_delay();
    assert_eq!(names(&sandbox, "").await, ["later", "late", "before"]);
    sandbox.complete_backups("later");
    sandbox.set_list_delay(ListDelay::Duration(HOUR));
    create(&sandbox, &backup(MYSQL, "in-an-hour")).await;
    sandbox.complete_backups("in-an-hour");
    sandbox.set_list_delay(ListDelay::Duration(Duration::from_millis(50)));
    create(&sandbox, &backup(MYSQL, "soon")).await;
    sandbox.complete_backups("soon");
    let appears = async { while names(&sandbox, "").await.len() < 4 {} };
    timeout(Duration::from_secs(20), appears).await.unwrap();
    assert_eq!(names(&sandbox, "").await, ["soon", "later", "late", "before"]);
    sandbox.set_list_delay(ListDelay::None);
    create(&sandbox, &backup(MYSQL, "at-once")).await;
    assert_eq!(names(&sandbox, "").await.len(), 5);
}

#[tokio::test]
async fn pages_are_cut_short_counted_wrongly_or_always_the_first() {
    let sandbox = start(HOUR).await;
    make_hourly(&sandbox, 5);
    let cut = ListBehaviour { longest_page: Some(2), ..ListBehaviour::default() };
    sandbox.set_list_behaviour(Route::Backups, cut.clone());
    assert_eq!(names(&sandbox, "&limit=100").await, ["b0", "b1"]);
    assert_eq!(listed(&sandbox, "&limit=100").await["total_count"], 5);
    assert_eq!(names(&sandbox, "&limit=100&offset=4").await, ["b4"]);
    assert_eq!(names(&sandbox, "&limit=1&offset=2").await, ["b2"]);
    sandbox.set_list_behaviour(Route::Backups, ListBehaviour { ignores_offset: true, ..cut.clone() });
    assert_eq!(names(&sandbox, "&offset=4").await, ["b0", "b1"]);
    sandbox.set_list_behaviour(Route::Backups, ListBehaviour { total_count: TotalCount::Missing, ..cut.clone() });
    assert_eq!(listed(&sandbox, "").await.get("total_count"), None);
    sandbox.set_list_behaviour(Route::Backups, ListBehaviour { total_count: TotalCount::Claims(80), ..cut });
    assert_eq!(listed(&sandbox, "").await["total_count"], 80);
    sandbox.set_list_behaviour(
        Route::Backups,
        ListBehaviour { oldest_first: true, without: &["id", "name"], ..ListBehaviour::default() },
    );
    let oldest = &listed(&sandbox, "&limit=1").await["backups"][0];
    assert_eq!((oldest.get("id"), oldest.get("name"), &oldest["type"]), (None, None, &json!("manual")));
    assert_eq!(seconds_ahead(begin_time(oldest)) / 3600, -5);
    sandbox.set_list_behaviour(Route::Backups, ListBehaviour::default());
    assert_eq!(names(&sandbox, "").await, ["b0", "b1", "b2", "b3", "b4"]);
}

#[tokio::test]
async fn lists_of_instances_and_databases_are_cut_as_well() {
    let sandbox = start(HOUR).await;
    let cut = ListBehaviour { longest_page: Some(3), ..ListBehaviour::default() };
    for (route, path, key, second) in [
        (Route::Instances, "instances?limit=100".to_owned(), "instances", "&offset=3"),
        (Route::Databases, format!("instances/{SQL_SERVER}/database/detail?limit=3"), "databases", "&page=2"),
    ] {
        sandbox.set_list_behaviour(route, cut.clone());
        for (parameters, elements) in [("", 3), (second, 1)] {
            let answer = json_of(get(&sandbox, &format!("{path}{parameters}")).await).await;
            assert_eq!(answer[key].as_array().unwrap().len(), elements, "{path}{parameters}");
            assert_eq!(answer["total_count"], 4);
        }
    }
}

#[tokio::test]
async fn a_list_changes_between_its_pages() {
    for (change, second_page) in [(ListChange::BackupCreated, ["b1", "b2"]), (ListChange::BackupDeleted, ["b3", "b4"])]
    {
        let sandbox = start(HOUR).await;
        make_hourly(&sandbox, 6);
        sandbox.change_lists_between_pages(change, 1);
        assert_eq!(names(&sandbox, "&backup_type=manual&limit=2").await, ["b0", "b1"]);
        assert_eq!(names(&sandbox, "&backup_type=manual&limit=2&offset=2").await, second_page, "{change:?}");
        assert_eq!(names(&sandbox, "&backup_type=manual&limit=2&offset=2").await, second_page, "{change:?}: once only");
    }
    let sandbox = start(HOUR).await;
    make_hourly(&sandbox, 3);
    sandbox.change_lists_between_pages(ListChange::BackupCreated, 2);
    for count in [3, 4, 5, 5] {
        assert_eq!(listed(&sandbox, "&limit=1").await["total_count"], count);
    }
}

#[tokio::test]
async fn a_list_has_elements_that_do_not_belong_there() {
    let sandbox = start(HOUR).await;
    make_hourly(&sandbox, 1);
    let of_another = json!({ "id": "x", "instance_id": SQL_SERVER, "name": "backup", "type": "manual" });
    sandbox.add_list_element(MYSQL, of_another.clone());
    sandbox.add_list_element(MYSQL, json!({ "instance_id": MYSQL, "name": "without-id" }));
    let answer = listed(&sandbox, "").await;
    assert_eq!((&answer["backups"][0], &answer["total_count"]), (&of_another, &json!(3)));
    assert_eq!(names(&sandbox, "").await, ["backup", "without-id", "b0"]);
    assert_eq!(names(&sandbox, "&backup_id=x").await, ["backup"]);
    assert_eq!(list(&sandbox, SQL_SERVER).await["total_count"], 0);
    // None of it exists: the name is free.
    assert_eq!(create(&sandbox, &backup(MYSQL, "backup")).await.status(), 200);
}

#[tokio::test]
async fn backup_type_and_the_window_of_begin_times_filter_as_documented() {
    let sandbox = start(HOUR).await;
    make_hourly(&sandbox, 2);
    sandbox.create_backup_with(MYSQL, "b0", |backup| {
        backup.kind = "auto";
        backup.begin = SystemTime::UNIX_EPOCH + HOUR * 24;
    });
    assert_eq!(names(&sandbox, "").await, ["b0", "b1", "b0"]);
    assert_eq!(names(&sandbox, "&backup_type=manual").await, ["b0", "b1"]);
    assert_eq!(listed(&sandbox, "&backup_type=auto").await["total_count"], 1);
    let window = "&begin_time=1970-01-02T07:59:59%2B0800&end_time=1970-01-02T00:00:00Z";
    assert_eq!(names(&sandbox, window).await, ["b0"]);
    let before = "&begin_time=1970-01-01T00:00:00Z&end_time=1970-01-01T23:59:59Z";
    assert_eq!(names(&sandbox, before).await, Vec::<String>::new());
    for broken in [
        "&backup_type=Manual",
        "&begin_time=1970-01-02T00:00:00Z",
        "&end_time=1970-01-02T00:00:00Z",
        "&begin_time=1970-01-02T00:00:00Z&end_time=1970-01-02T00:00:00Z",
        "&begin_time=1970-01-02T00:00:00+0800&end_time=1971-01-02T00:00:00Z",
    ] {
        let answer = get(&sandbox, &format!("backups?instance_id={MYSQL}{broken}")).await;
        assert_eq!(refusal(answer).await, (400, "DBS.200001".into()), "{broken}");
    }
    sandbox.set_list_behaviour(Route::Backups, ListBehaviour { ignores_backup_type: true, ..ListBehaviour::default() });
    assert_eq!(names(&sandbox, "&backup_type=manual").await.len(), 3);
}

#[tokio::test]
async fn a_large_list_is_read_page_by_page() {
    let settings = Settings { backups: 131, ..Settings::default() };
    let sandbox = Sandbox::start(settings).await.unwrap();
    sandbox.create_backup(MYSQL, "newest");
    sandbox.set_list_behaviour(Route::Backups, ListBehaviour { oldest_first: true, ..ListBehaviour::default() });
    assert_eq!(names(&sandbox, "&limit=100").await.len(), 100);
    assert_eq!(names(&sandbox, "&limit=100&offset=100").await.last().unwrap(), "newest");
}
