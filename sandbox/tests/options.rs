//! The options of the sandbox's program that change how the API behaves.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::{Client, Response};
use sandbox::fixtures::{MYSQL, POSTGRESQL, PROJECT_ID};
use serde_json::{Value, json};

/// The program, which is stopped when the test ends.
struct Program {
    child: Child,
    endpoint: String,
    /// The one that it prints: each run makes its own.
    token: String,
}

impl Program {
    fn start(options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
        command.args(["--listen", "127.0.0.1:0", "--describe", "/api"]).args(options).stdout(Stdio::piped());
        let mut program = Self { child: command.spawn().unwrap(), endpoint: String::new(), token: String::new() };
        let lines = BufReader::new(program.child.stdout.take().unwrap()).lines().map(Result::unwrap);
        for line in lines {
            if let Some(token) = line.trim().strip_prefix("Token") {
                token.trim().clone_into(&mut program.token);
            }
            if let Some(endpoint) = line.split([' ', ';']).find(|word| word.starts_with("http://")) {
                endpoint.clone_into(&mut program.endpoint);
                return program;
            }
        }
        unreachable!("the sandbox ended before it listened")
    }

    async fn create(&self, name: &str) -> Response {
        self.create_with(&json!({ "instance_id": MYSQL, "name": name })).await
    }

    async fn create_with(&self, body: &Value) -> Response {
        let request = Client::new().post(format!("{}/v3/{PROJECT_ID}/backups", self.endpoint));
        let body = body.to_string();
        let request = request.header("X-Auth-Token", &self.token).header("Content-Type", "application/json");
        request.body(body).send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        let request = Client::new().get(format!("{}/v3/{PROJECT_ID}/{path}", self.endpoint));
        request.header("X-Auth-Token", &self.token).send().await.unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn json_of(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn lists_are_delayed_and_cut_dates_are_off_and_running_backups_come_first() {
    let options = ["--list-lag", "600", "--longest-page", "3", "--date-off", "-4000", "--running-first"];
    let (program, right) = (Program::start(&options), Program::start(&[]));
    assert_eq!(program.create("backup").await.status(), 200);
    // More than an hour off, so the hours differ.
    let hour =
        async |program: &Program| program.get("instances").await.headers()["date"].to_str().unwrap()[..19].to_owned();
    assert_ne!(hour(&program).await, hour(&right).await);
    let again = json_of(program.create("backup").await).await;
    assert_eq!(again["error_code"], "DBS.201205");
    let backups = json_of(program.get(&format!("backups?instance_id={MYSQL}")).await).await;
    assert_eq!(backups["total_count"], 0);
    let instances = json_of(program.get("instances").await).await;
    assert_eq!((instances["instances"].as_array().unwrap().len(), &instances["total_count"]), (3, &json!(4)));
}

#[tokio::test]
async fn lists_are_forbidden_and_creating_is_not() {
    let program = Program::start(&["--forbid-lists"]);
    assert_eq!(program.create("backup").await.status(), 200);
    for parameters in ["", "&backup_id=x"] {
        let answer = program.get(&format!("backups?instance_id={MYSQL}{parameters}")).await;
        assert_eq!(answer.status(), 403);
    }
    assert_eq!(program.get("instances").await.status(), 200);
}

#[tokio::test]
async fn the_cloud_is_the_one_that_is_named() {
    let body = json!({ "instance_id": POSTGRESQL, "name": "backup", "databases": [{ "name": "ledger" }] });
    for (options, status) in
        [(&[][..], 400), (&["--cloud", "otc"], 400), (&["--cloud", "swiss"], 400), (&["--cloud", "huawei"], 200)]
    {
        assert_eq!(Program::start(options).create_with(&body).await.status(), status, "{options:?}");
    }
}
