//! The options of the sandbox's program that change how the API behaves.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::{Client, Response};
use sandbox::fixtures::{self, MYSQL, PROJECT_ID};
use serde_json::{Value, json};

/// The program, which is stopped when the test ends.
struct Program {
    child: Child,
    endpoint: String,
}

impl Program {
    fn start(options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
        command.args(["--listen", "127.0.0.1:0"]).args(options).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let endpoint = line.split([' ', ';']).find(|word| word.starts_with("http://")).unwrap().to_owned();
        Self { child, endpoint }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn create(endpoint: &str, name: &str) -> Response {
    let request = Client::new().post(format!("{endpoint}/v3/{PROJECT_ID}/backups"));
    let body = json!({ "instance_id": MYSQL, "name": name }).to_string();
    let request = request.header("X-Auth-Token", fixtures::token()).header("Content-Type", "application/json");
    request.body(body).send().await.unwrap()
}

async fn get(endpoint: &str, path: &str) -> Response {
    let request = Client::new().get(format!("{endpoint}/v3/{PROJECT_ID}/{path}"));
    request.header("X-Auth-Token", fixtures::token()).send().await.unwrap()
}

async fn json_of(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn lists_are_delayed_and_cut_dates_are_off_and_running_backups_come_first() {
    let options = ["--list-lag", "600", "--longest-page", "3", "--date-off", "-4000", "--running-first"];
    let (program, right) = (Program::start(&options), Program::start(&[]));
    let endpoint = &program.endpoint;
    assert_eq!(create(endpoint, "backup").await.status(), 200);
    // More than an hour off, so the hours differ.
    let hour =
        async |endpoint: &str| get(endpoint, "instances").await.headers()["date"].to_str().unwrap()[..19].to_owned();
    assert_ne!(hour(endpoint).await, hour(&right.endpoint).await);
    let again = json_of(create(endpoint, "backup").await).await;
    assert_eq!(again["error_code"], "DBS.201205");
    let backups = json_of(get(endpoint, &format!("backups?instance_id={MYSQL}")).await).await;
    assert_eq!(backups["total_count"], 0);
    let instances = json_of(get(endpoint, "instances").await).await;
    assert_eq!((instances["instances"].as_array().unwrap().len(), &instances["total_count"]), (3, &json!(4)));
}

#[tokio::test]
async fn lists_are_forbidden_and_creating_is_not() {
    let program = Program::start(&["--forbid-lists"]);
    let endpoint = &program.endpoint;
    assert_eq!(create(endpoint, "backup").await.status(), 200);
    for parameters in ["", "&backup_id=x"] {
        let answer = get(endpoint, &format!("backups?instance_id={MYSQL}{parameters}")).await;
        assert_eq!(answer.status(), 403);
    }
    assert_eq!(get(endpoint, "instances").await.status(), 200);
}
