//! Where the APIs of the clouds differ: the same requests to each of them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

mod calls;

use sandbox::fixtures::{MYSQL, POSTGRESQL, SQL_SERVER};
use sandbox::{Cloud, Sandbox, Settings};
use serde_json::{Value, json};

use crate::calls::{backup, create, json_of, list, refusal, start};

async fn play(cloud: Cloud) -> Sandbox {
    Sandbox::start(Settings { cloud, ..Settings::default() }).await.unwrap()
}

fn request(instance_id: &str, databases: &[&str], individually: Option<bool>) -> Value {
    let databases: Vec<Value> = databases.iter().map(|name| json!({ "name": name })).collect();
    let mut body = backup(instance_id, "backup");
    if !databases.is_empty() {
        body["databases"] = databases.into();
    }
    if let Some(individually) = individually {
        body["backup_database_individually"] = individually.into();
    }
    body
}

#[tokio::test]
async fn partial_backups_of_postgresql_and_individual_ones_are_huawei_clouds() {
    let right = |body: Value| (body, [true; 3]);
    let of_huawei = |body: Value| (body, [false, false, true]);
    let wrong = |body: Value| (body, [false; 3]);
    for (body, accepted) in [
        right(request(SQL_SERVER, &["db1"], None)),
        of_huawei(request(POSTGRESQL, &["ledger"], None)),
        wrong(request(MYSQL, &["db1"], None)),
        of_huawei(request(SQL_SERVER, &["db1", "db2"], Some(true))),
        of_huawei(request(POSTGRESQL, &["ledger"], Some(true))),
        of_huawei(request(POSTGRESQL, &["ledger"], Some(false))),
        of_huawei(request(MYSQL, &[], Some(false))),
        wrong(request(SQL_SERVER, &[], Some(true))),
        wrong(request(MYSQL, &["db1"], Some(true))),
    ] {
        for (cloud, is_accepted) in [Cloud::Otc, Cloud::Swiss, Cloud::Huawei].into_iter().zip(accepted) {
            let sandbox = play(cloud).await;
            let response = create(&sandbox, &body).await;
            if is_accepted {
                assert_eq!(response.status(), 200, "{cloud:?}: {body}");
                assert_eq!(json_of(response).await["backup"].get("databases"), body.get("databases"));
            } else {
                assert_eq!(refusal(response).await, (400, "DBS.200001".to_owned()), "{cloud:?}: {body}");
                assert_eq!(list(&sandbox, body["instance_id"].as_str().unwrap()).await["total_count"], 0);
            }
        }
    }
}

#[tokio::test]
async fn it_plays_open_telekom_cloud_unless_told_otherwise() {
    let sandbox = start(std::time::Duration::from_secs(600)).await;
    let refused = create(&sandbox, &request(POSTGRESQL, &["ledger"], None)).await;
    assert!(json_of(refused).await["error_msg"].as_str().unwrap().contains("SQLServer only"));
}
