//! The only room that fetches: a request goes in, what became of it comes out. It judges nothing.
//!
//! A request lives as long as its [`InFlight`]: dropping that aborts the request.

use contract::answer::{Answer, Body};
use contract::backup::{Connection, CreateBackup};
use contract::json::Json;
use gloo_net::Error;
use gloo_net::http::{Method, Request, RequestBuilder};
use js_sys::{Array, JSON};
use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};
use yew::platform::spawn_local;

use crate::state::{Language, NoAnswer, Received};

/// A request that is under way.
pub struct InFlight(AbortController);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Asks the API to create a backup, and reports once what became of it. `time_limit` is in milliseconds and covers the
/// whole answer.
///
/// # Errors
/// [`NoAnswer::NotSent`] when the browser can't make the request; then nothing is reported.
pub fn create_backup(
    connection: &Connection,
    backup: &CreateBackup,
    language: Language,
    time_limit: u32,
    report: impl FnOnce(Result<Received, NoAnswer>) + 'static,
) -> Result<InFlight, NoAnswer> {
    let controller = AbortController::new().map_err(|_| NoAnswer::NotSent)?;
    let signal = AbortSignal::any(&Array::of2(&controller.signal(), &AbortSignal::timeout_with_u32(time_limit)));
    let body = json_text(backup).ok_or(NoAnswer::NotSent)?;
    let request = post(connection, language).abort_signal(Some(&signal)).body(body).map_err(|_| NoAnswer::NotSent)?;
    spawn_local(async move { report(fetch(request).await) });
    Ok(InFlight(controller))
}

fn post(connection: &Connection, language: Language) -> RequestBuilder {
    RequestBuilder::new(&connection.endpoint.backups_url(&connection.project_id))
        .method(Method::POST)
        .header("Content-Type", "application/json")
        .header("X-Auth-Token", connection.token.expose())
        .header("X-Language", language.api_tag())
        // A redirect would carry the token to a host that nobody has chosen.
        .redirect(RequestRedirect::Error)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
}

async fn fetch(request: Request) -> Result<Received, NoAnswer> {
    let response = request.send().await.map_err(|error| reason(&error))?;
    let answer = Answer {
        status: response.status(),
        request_id: response.headers().get("x-request-id"),
        // Once the status is known, a body that breaks off is no reason to forget it.
        body: response.text().await.map_or(Body::Unreadable, Body::Text),
    };
    let json = match &answer.body {
        Body::Text(text) => parse(text),
        Body::Unreadable => None,
    };
    Ok(Received { answer, json })
}

/// Why fetch failed, as far as the browser tells: the names that the DOM gives to its exceptions.
fn reason(error: &Error) -> NoAnswer {
    match error {
        Error::JsError(error) if error.name == "TimeoutError" => NoAnswer::TimedOut,
        Error::JsError(error) if error.name == "AbortError" => NoAnswer::Cancelled,
        _ => NoAnswer::Unreachable,
    }
}

fn json_text(value: &impl Serialize) -> Option<String> {
    let value = serde_wasm_bindgen::to_value(value).ok()?;
    JSON::stringify(&value).ok().map(String::from)
}

fn parse(text: &str) -> Option<Json> {
    let value: JsValue = JSON::parse(text).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}
