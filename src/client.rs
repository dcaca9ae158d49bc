//! The only room that fetches: a request goes in, what became of it comes out. It judges nothing.
//!
//! A request lives as long as its [`InFlight`]: dropping that aborts the request.

use std::cell::Cell;
use std::rc::Rc;

use contract::backup::Connection;
use contract::call::Call;
use contract::http_time;
use contract::json::{DEEPEST, Json, MOST};
use contract::request::TOKEN_HEADER;
use contract::response::{Body, HttpResponse, LARGEST};
use contract::rules::endpoint::Endpoint;
use contract::rules::token::Token;
use contract::sanitize::{LONGEST, sanitize};
use gloo_events::EventListener;
use gloo_net::Error;
use gloo_net::http::{Headers, Request, Response};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, SecurityPolicyViolationEvent, SecurityPolicyViolationEventDisposition,
};
use yew::platform::spawn_local;

use console_core::{Failed, Language, NoResponse, Received};

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
/// [`NoResponse::InvalidRequest`] when the browser can't make the request; then nothing is reported.
pub fn call(
    connection: &Connection,
    call: &Call,
    language: Language,
    time_limit: u32,
    report: impl FnOnce(Result<Received, NoResponse>) + 'static,
) -> Result<InFlight, NoResponse> {
    let controller = AbortController::new().map_err(|_| NoResponse::InvalidRequest)?;
    let limit = Limit::start(&controller, time_limit);
    let what = contract::request::Request::new(call, &connection.endpoint, &connection.project_id, language.api_tag());
    let headers = Headers::new();
    for (name, value) in what.headers {
        headers.set(name, value);
    }
    headers.set(TOKEN_HEADER, connection.token.expose());
    let options = careful(&controller);
    options.set_method(what.method);
    options.set_headers(&headers.into_raw());
    if let Some(body) = what.body {
        options.set_body(&body.into());
    }
    let request = request(&what.url, &options).map_err(|_| NoResponse::InvalidRequest)?;
    let token = connection.token.clone();
    spawn_local(async move { report(fetch(request, &token, limit).await) });
    Ok(InFlight(controller))
}

/// Ends a request when its time is up; dropped before, it lets it be. WebKitGTK 2.50 forgets the time limit of
/// `AbortSignal.any` with `AbortSignal.timeout`, and the request would never end.
struct Limit {
    has_passed: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl Limit {
    fn start(controller: &AbortController, milliseconds: u32) -> Self {
        let has_passed = Rc::new(Cell::new(false));
        let (controller, passed) = (controller.clone(), Rc::clone(&has_passed));
        let timer = Timeout::new(milliseconds, move || {
            passed.set(true);
            controller.abort();
        });
        Self { has_passed, _timer: timer }
    }
}

/// Hears whether the page's Content-Security-Policy has forbidden a call. What the document says of that the core knows
/// before; this is for a policy that the server sends as a header.
struct Policy {
    has_forbidden: Rc<Cell<bool>>,
    /// Fulfilled by the browser's report.
    report: Promise,
    /// Fulfils it.
    fulfil: Rc<dyn Fn()>,
    _listener: EventListener,
}

/// How long the browser may take to report a violation after the call has failed, in milliseconds. Firefox, when it is
/// busy, takes longer than a task. A call that has failed otherwise is looked into so much later.
const REPORT: u32 = 500;

impl Policy {
    fn listen(url: String) -> Self {
        let mut resolve: Option<Function> = None;
        let report = Promise::new(&mut |function, _| resolve = Some(function));
        // Fulfilling a promise can't fail.
        let fulfil: Rc<dyn Fn()> =
            Rc::new(move || drop(resolve.as_ref().map(|resolve| resolve.call0(&JsValue::UNDEFINED))));
        let has_forbidden = Rc::new(Cell::new(false));
        let (heard, end) = (Rc::clone(&has_forbidden), Rc::clone(&fulfil));
        let listener = EventListener::new(&gloo_utils::document(), "securitypolicyviolation", move |event| {
            let event = event.unchecked_ref::<SecurityPolicyViolationEvent>();
            let blocked = event.blocked_uri();
            // What a policy only reports goes out all the same.
            let is_enforced = event.disposition() == SecurityPolicyViolationEventDisposition::Enforce;
            // Browsers report the whole URL or its origin only.
            let is_call = event.effective_directive() == "connect-src";
            if is_enforced && is_call && !blocked.is_empty() && url.starts_with(&blocked) {
                heard.set(true);
                end();
            }
        });
        Self { has_forbidden, report, fulfil, _listener: listener }
    }

    /// Waits for the report, but not for long: there is none of a call that has failed otherwise.
    async fn has_forbidden(self) -> bool {
        let fulfil = self.fulfil;
        let _limit = Timeout::new(REPORT, move || fulfil());
        drop(JsFuture::from(self.report).await);
        self.has_forbidden.get()
    }
}

/// Finds out whether anything answers at an endpoint: without the token, and without a look at the answer, so that the
/// browser needs no permission from it.
pub fn probe(endpoint: &Endpoint, time_limit: u32, report: impl FnOnce(Result<(), Failed>) + 'static) {
    let Ok(controller) = AbortController::new() else { return report(Err(Failed)) };
    let limit = Limit::start(&controller, time_limit);
    let options = careful(&controller);
    options.set_mode(RequestMode::NoCors);
    // This mode allows no other; nothing of worth goes along.
    options.set_redirect(RequestRedirect::Follow);
    let request = request(endpoint.as_str(), &options);
    spawn_local(async move {
        let _limit = limit;
        let answered = match request {
            Ok(request) => request.send().await.is_ok(),
            Err(_) => false,
        };
        report(answered.then_some(()).ok_or(Failed));
    });
}

/// How long a file beside the page may take before the page starts without it, in milliseconds.
const BESIDE: u32 = 5_000;

/// The text of a file beside the page; `None` when there is none. By hand, and not with `gloo-net`: the page waits for this,
/// and that would make it wait longer.
///
/// # Errors
/// When it can't be read.
pub async fn beside_the_page(name: &str) -> Result<Option<String>, JsValue> {
    let controller = AbortController::new()?;
    let _limit = Limit::start(&controller, BESIDE);
    let options = RequestInit::new();
    options.set_signal(Some(&controller.signal()));
    // As index.html has asked for it already, so that it is here by now.
    let response = JsFuture::from(gloo_utils::window().fetch_with_str_and_init(name, &options)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    match response.status() {
        200 => Ok(JsFuture::from(response.text()?).await?.as_string()),
        404 => Ok(None),
        _ => Err(JsValue::UNDEFINED),
    }
}

/// A GET that takes nothing along and leaves nothing behind.
fn careful(controller: &AbortController) -> RequestInit {
    let options = RequestInit::new();
    // A redirect would carry the token to a host that nobody has chosen.
    options.set_redirect(RequestRedirect::Error);
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_signal(Some(&controller.signal()));
    options
}

/// The request for exactly this URL. Not by gloo-net's builder, which puts an `&` behind each query.
fn request(url: &str, options: &RequestInit) -> Result<Request, JsValue> {
    web_sys::Request::new_with_str_and_init(url, options).map(Request::from)
}

async fn fetch(request: Request, token: &Token, limit: Limit) -> Result<Received, NoResponse> {
    let policy = Policy::listen(request.url());
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) => {
            let reason = reason(&error, &limit);
            let is_forbidden = reason == NoResponse::Unreachable && policy.has_forbidden().await;
            return Err(if is_forbidden { NoResponse::Forbidden } else { reason });
        }
    };
    let headers = response.headers();
    let date = headers.get("date").and_then(|text| http_time::date(&text));
    let answer = HttpResponse {
        status: response.status(),
        request_id: headers.get("x-request-id").map(|id| sanitize(&token.redacted(id), LONGEST)),
        date,
        retry_after: headers.get("retry-after").and_then(|text| http_time::retry_after(&text, date)),
        // Once the status is known, a body that breaks off is no reason to forget it.
        body: match read(&response).await.unwrap_or(Body::Unreadable) {
            // Here already: whatever becomes of the answer, its token is nowhere.
            Body::Text(text) => Body::Text(token.redacted(text)),
            unread @ (Body::Unreadable | Body::TooLong) => unread,
        },
    };
    let json = match &answer.body {
        Body::Text(text) => parse(text),
        Body::Unreadable | Body::TooLong => None,
    };
    Ok(Received { response: answer, json })
}

/// Reads a body piece by piece, and no further than [`LARGEST`] bytes.
async fn read(response: &Response) -> Result<Body, JsValue> {
    let Some(stream) = response.body() else { return Ok(Body::Text(String::new())) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        let Ok(piece) = Reflect::get(&piece, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        let length = piece.length() as usize;
        if bytes.len() + length > LARGEST {
            // Whether the server heeds it is its own affair.
            let _ = reader.cancel();
            return Ok(Body::TooLong);
        }
        let beginning = bytes.len();
        bytes.resize(beginning + length, 0);
        if let Some(place) = bytes.get_mut(beginning..) {
            piece.copy_to(place);
        }
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    // A byte order mark is no part of the text.
    Ok(Body::Text(text.trim_start_matches('\u{feff}').to_owned()))
}

/// Why fetch failed, as far as the browser tells: the names that the DOM gives to its exceptions.
fn reason(error: &Error, limit: &Limit) -> NoResponse {
    match error {
        _ if limit.has_passed.get() => NoResponse::TimedOut,
        Error::JsError(error) if error.name == "AbortError" => NoResponse::Cancelled,
        _ => NoResponse::Unreachable,
    }
}

/// JSON for people to read.
pub fn pretty_json(value: &impl Serialize) -> String {
    let value = serde_wasm_bindgen::to_value(value).unwrap_or_default();
    let text = JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0));
    text.map(String::from).unwrap_or_default()
}

/// A value of a script as JSON.
#[cfg(feature = "module")]
pub fn json_of(value: &JsValue) -> Json {
    plain(value, DEEPEST).sanitize()
}

/// A value for a script.
#[cfg(feature = "module")]
pub fn object_of(value: &impl Serialize) -> JsValue {
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&plain).unwrap_or_default()
}

/// The settings as JSON. Whoever runs the page writes them, so that they need no more care than not to be endless.
pub fn settings(text: &str) -> Option<Json> {
    JSON::parse(text).ok().map(|value| plain(&value, DEEPEST))
}

/// What the browser has parsed, with so many levels. By hand: the deserializer of serde-wasm-bindgen would bring along how
/// serde words its errors, numbers with fractions included, and the page has no use for them.
fn plain(value: &JsValue, levels: u8) -> Json {
    if let Some(text) = value.as_string() {
        return Json::Text(text);
    }
    if let Some(number) = value.as_f64() {
        return Json::Fraction(number);
    }
    if let Some(truth) = value.as_bool() {
        return Json::Bool(truth);
    }
    let (Some(object), Some(levels)) = (value.dyn_ref::<Object>(), levels.checked_sub(1)) else { return Json::Null };
    if let Some(list) = object.dyn_ref::<Array>() {
        let read = first(list).map(|element| plain(&element, levels)).collect();
        return Json::of_elements(read, list.length() as usize);
    }
    let entries = Object::entries(object);
    let read = first(&entries).map(|entry| {
        let entry: Array = entry.unchecked_into();
        (entry.get(0).as_string().unwrap_or_default(), plain(&entry.get(1), levels))
    });
    Json::of_members(read.collect(), entries.length() as usize)
}

/// As many elements as are read.
fn first(list: &Array) -> impl Iterator<Item = JsValue> {
    (0..list.length()).take(MOST).map(|index| list.get(index))
}

/// Text as JSON.
pub fn parse(text: &str) -> Option<Json> {
    settings(text).map(Json::sanitize)
}
