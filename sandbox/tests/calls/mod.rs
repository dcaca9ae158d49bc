//! Calls to the sandbox over its socket.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response};
use sandbox::document::Schema;
use sandbox::fixtures::{self, PROJECT_ID};
use sandbox::{Sandbox, Settings};
use serde_json::{Value, json};

pub async fn start(build_time: Duration) -> Sandbox {
    Sandbox::start(Settings { build_time, ..Settings::default() }).await.unwrap()
}

pub fn call(sandbox: &Sandbox, method: Method, path: &str) -> RequestBuilder {
    Client::new().request(method, format!("{}{path}", sandbox.endpoint())).header("X-Auth-Token", fixtures::token())
}

pub async fn create(sandbox: &Sandbox, body: &Value) -> Response {
    let request = call(sandbox, Method::POST, &format!("/v3/{PROJECT_ID}/backups"));
    request.header("Content-Type", "application/json").body(body.to_string()).send().await.unwrap()
}

pub async fn list(sandbox: &Sandbox, instance_id: &str) -> Value {
    let path = format!("/v3/{PROJECT_ID}/backups?instance_id={instance_id}");
    json_of(call(sandbox, Method::GET, &path).send().await.unwrap()).await
}

pub async fn json_of(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

pub async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body = json_of(response).await;
    assert_eq!(Schema::named("Error").unwrap().check(&body), Ok(()));
    (status, body["error_code"].as_str().unwrap().to_owned())
}

pub fn backup(instance_id: &str, name: &str) -> Value {
    json!({ "instance_id": instance_id, "name": name })
}
