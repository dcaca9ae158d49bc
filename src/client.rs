//! The only room that fetches: a request goes in, what became of it comes out. It judges nothing.
//!
//! A request lives as long as its [`InFlight`]: dropping that aborts the request.

use contract::answer::{Answer, Body};
use contract::backup::Connection;
use contract::call::Call;
use contract::json::Json;
use contract::rules::endpoint::Endpoint;
use contract::time::Moment;
use gloo_net::Error;
use gloo_net::http::{Headers, Method, Request, RequestBuilder};
use js_sys::{Array, Date, JSON};
use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::{
    AbortController, AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
};
use yew::platform::spawn_local;

use crate::state::{Language, NoAnswer, Received, Success};

/// A request that is under way.
pub struct InFlight(AbortController);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Makes a call, and reports once what became of it. `time_limit` is in milliseconds and covers the whole answer.
///
/// # Errors
/// [`NoAnswer::NotSent`] when the browser can't make the request; then nothing is reported.
pub fn call(
    connection: &Connection,
    call: &Call,
    language: Language,
    time_limit: u32,
    report: impl FnOnce(Result<Received, NoAnswer>) + 'static,
) -> Result<InFlight, NoAnswer> {
    let controller = AbortController::new().map_err(|_| NoAnswer::NotSent)?;
    let signal = AbortSignal::any(&Array::of2(&controller.signal(), &AbortSignal::timeout_with_u32(time_limit)));
    let request = careful(&call.url(&connection.endpoint, &connection.project_id))
        // The API wants it on every request, those without a body included.
        .header("Content-Type", "application/json")
        .header("X-Auth-Token", connection.token.expose())
        .header("X-Language", language.api_tag())
        .abort_signal(Some(&signal));
    let request = match call {
        Call::CreateBackup(backup) => {
            let body = json_text(backup).ok_or(NoAnswer::NotSent)?;
            request.method(Method::POST).body(body)
        }
        _ => request.build(),
    };
    let request = request.map_err(|_| NoAnswer::NotSent)?;
    spawn_local(async move { report(fetch(request).await) });
    Ok(InFlight(controller))
}

/// Finds out whether anything answers at an endpoint: without the token, and without a look at the answer, so that the
/// browser needs no permission from it.
pub fn probe(endpoint: &Endpoint, time_limit: u32, report: impl FnOnce(Success) + 'static) {
    let signal = AbortSignal::timeout_with_u32(time_limit);
    let request = careful(endpoint.as_str())
        .mode(RequestMode::NoCors)
        // This mode allows no other; nothing of worth goes along.
        .redirect(RequestRedirect::Follow)
        .abort_signal(Some(&signal))
        .build();
    spawn_local(async move {
        let answered = match request {
            Ok(request) => request.send().await.is_ok(),
            Err(_) => false,
        };
        report(if answered { Success::Yes } else { Success::No });
    });
}

/// A GET that takes nothing along and leaves nothing behind.
fn careful(url: &str) -> RequestBuilder {
    RequestBuilder::new(url)
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
        date: date(&response.headers()),
        retry_after: response.headers().get("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
        // Once the status is known, a body that breaks off is no reason to forget it.
        body: response.text().await.map_or(Body::Unreadable, Body::Text),
    };
    let json = match &answer.body {
        Body::Text(text) => parse(text),
        Body::Unreadable => None,
    };
    Ok(Received { answer, json })
}

/// The server's clock, where the browser lets the page read it.
fn date(headers: &Headers) -> Option<Moment> {
    let milliseconds = Date::parse(&headers.get("date")?);
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
    milliseconds.is_finite().then(|| Moment((milliseconds / 1000.0) as i64))
}

/// Why fetch failed, as far as the browser tells: the names that the DOM gives to its exceptions.
fn reason(error: &Error) -> NoAnswer {
    match error {
        Error::JsError(error) if error.name == "TimeoutError" => NoAnswer::TimedOut,
        Error::JsError(error) if error.name == "AbortError" => NoAnswer::Cancelled,
        _ => NoAnswer::Unreachable,
    }
}

/// JSON for people to read.
pub fn pretty_json(value: &impl Serialize) -> String {
    let value = serde_wasm_bindgen::to_value(value).unwrap_or_default();
    let text = JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0));
    text.map(String::from).unwrap_or_default()
}

fn json_text(value: &impl Serialize) -> Option<String> {
    let value = serde_wasm_bindgen::to_value(value).ok()?;
    JSON::stringify(&value).ok().map(String::from)
}

fn parse(text: &str) -> Option<Json> {
    let value: JsValue = JSON::parse(text).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}
