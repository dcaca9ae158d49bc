//! What tests change in a running sandbox, each checked over its socket.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

#[path = "../calls/mod.rs"]
mod calls;
mod clocks_and_faults;
mod lists;

use std::time::Duration;

use reqwest::{Method, Response};
use sandbox::Sandbox;
use sandbox::fixtures::{MYSQL, PROJECT_ID};
use serde_json::Value;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::calls::{call, json_of};

const HOUR: Duration = Duration::from_secs(3600);

async fn get(sandbox: &Sandbox, path: &str) -> Response {
    call(sandbox, Method::GET, &format!("/v3/{PROJECT_ID}/{path}")).send().await.unwrap()
}

/// The list of the MySQL instance's backups, with additional parameters.
async fn listed(sandbox: &Sandbox, parameters: &str) -> Value {
    json_of(get(sandbox, &format!("backups?instance_id={MYSQL}{parameters}")).await).await
}

/// The names of the MySQL instance's backups, with additional parameters.
async fn names(sandbox: &Sandbox, parameters: &str) -> Vec<String> {
    let listed = listed(sandbox, parameters).await;
    let elements = listed["backups"].as_array().unwrap().iter();
    elements.map(|element| element["name"].as_str().unwrap_or("(none)").to_owned()).collect()
}

/// Finished backups of the MySQL instance, one per hour; the newest, `b0`, an hour ago.
fn make_hourly(sandbox: &Sandbox, count: u32) {
    for age in (0..count).rev() {
        sandbox
            .create_backup_with(MYSQL, &format!("b{age}"), |backup| {
                backup.begin -= HOUR * (age + 1);
                backup.build_time = Duration::from_secs(60);
            })
            .unwrap();
    }
}

/// How many seconds a time is ahead of now.
fn seconds_ahead(time: OffsetDateTime) -> i64 {
    (time - OffsetDateTime::now_utc()).whole_seconds()
}

fn begin_time(element: &Value) -> OffsetDateTime {
    let form =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second][offset_hour sign:mandatory][offset_minute]");
    OffsetDateTime::parse(element["begin_time"].as_str().unwrap(), form).unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

fn http_date(text: &str) -> OffsetDateTime {
    let form =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    time::PrimitiveDateTime::parse(text, form).unwrap().assume_utc()
}
