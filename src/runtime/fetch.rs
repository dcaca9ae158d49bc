//! The only module that calls the API: it takes a request and returns the result, without judging it.
//!
//! A request lives as long as its [`InFlight`]: dropping that aborts the request.

use console_core::{Failed, Language, NoResponse, Received};
use contract::backup::Connection;
use contract::call::Call;
use contract::http_time;
use contract::request::TOKEN_HEADER;
use contract::response::{Body, HttpResponse, MAX_BODY_BYTES, WebServerSigns};
use contract::rules::endpoint::Endpoint;
use contract::rules::token::Token;
use contract::sanitize::{MAX_TEXT_LENGTH, sanitize};
use gloo_net::Error;
use gloo_net::http::{Headers, Request, Response};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, ResponseType,
};
use yew::platform::spawn_local;

use super::json;
use super::policy_report::PolicyReport;
use super::time_limit::TimeLimit;

/// A request that is under way.
pub(super) struct InFlight(AbortController);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Makes a call, and reports its result once. `time_limit` is in milliseconds and covers the whole answer.
///
/// # Errors
/// [`NoResponse::InvalidRequest`] if the browser can't build the request; then nothing is reported.
pub(super) fn call(
    connection: &Connection,
    call: &Call,
    language: Language,
    time_limit: u32,
    report: impl FnOnce(Result<Received, NoResponse>) + 'static,
) -> Result<InFlight, NoResponse> {
    let controller = AbortController::new().map_err(|_| NoResponse::InvalidRequest)?;
    let limit = TimeLimit::start(&controller, time_limit);
    let what = contract::request::Request::new(call, &connection.endpoint, &connection.project_id, language.api_tag());
    let headers = Headers::new();
    for (name, value) in what.headers {
        headers.set(name, value);
    }
    headers.set(TOKEN_HEADER, connection.token.expose());
    let options = careful(&controller);
    if connection.endpoint.is_same_origin() {
        // What the browser has for the page's own web server: a session, a password, a certificate.
        options.set_credentials(RequestCredentials::SameOrigin);
        // Not followed either, and told apart from a connection that broke.
        options.set_redirect(RequestRedirect::Manual);
    }
    options.set_method(what.method);
    options.set_headers(&headers.into_raw());
    if let Some(body) = what.body {
        options.set_body(&body.into());
    }
    let request = request(&what.url, &options).map_err(|_| NoResponse::InvalidRequest)?;
    let (token, is_same_origin) = (connection.token.clone(), connection.endpoint.is_same_origin());
    spawn_local(async move { report(fetch(request, &token, is_same_origin, limit).await) });
    Ok(InFlight(controller))
}

/// Checks whether anything answers at an endpoint. It sends no token and ignores the content, so that the browser needs
/// no CORS permission. `time_limit` is in milliseconds.
///
/// # Errors
/// If the browser can't build the request; then nothing is reported.
pub(super) fn probe(
    endpoint: &Endpoint,
    time_limit: u32,
    report: impl FnOnce(Result<(), Failed>) + 'static,
) -> Result<InFlight, Failed> {
    let controller = AbortController::new().map_err(|_| Failed)?;
    let limit = TimeLimit::start(&controller, time_limit);
    let options = careful(&controller);
    options.set_mode(RequestMode::NoCors);
    // This mode allows no other redirect handling; no credentials are sent.
    options.set_redirect(RequestRedirect::Follow);
    let request = request(endpoint.as_str(), &options).map_err(|_| Failed)?;
    spawn_local(async move {
        let _limit = limit;
        report(request.send().await.map(drop).map_err(|_| Failed));
    });
    Ok(InFlight(controller))
}

/// Options of a GET without cookies, cache and referrer.
fn careful(controller: &AbortController) -> RequestInit {
    let options = RequestInit::new();
    // A redirect would take the token to a host that nobody has chosen.
    options.set_redirect(RequestRedirect::Error);
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_signal(Some(&controller.signal()));
    options
}

/// The request for exactly this URL. gloo-net's builder isn't used, because it appends an `&` to each query.
fn request(url: &str, options: &RequestInit) -> Result<Request, JsValue> {
    // A path is of the page's own origin, whatever its document says of a base.
    let origin = if url.starts_with('/') { gloo_utils::window().location().origin()? } else { String::new() };
    web_sys::Request::new_with_str_and_init(&(origin + url), options).map(Request::from)
}

async fn fetch(
    request: Request,
    token: &Token,
    is_same_origin: bool,
    limit: TimeLimit,
) -> Result<Received, NoResponse> {
    let policy = PolicyReport::listen(request.url());
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
        request_id: headers.get("x-request-id").map(|id| sanitize(&token.redacted(id), MAX_TEXT_LENGTH)),
        date,
        retry_after: headers.get("retry-after").and_then(|text| http_time::retry_after(&text, date)),
        // Once the status is known, keep it even if the body breaks off.
        body: match read(&response).await.unwrap_or(Body::Unreadable) {
            // Redacted here, so that no later code can see the token.
            Body::Text(text) => Body::Text(token.redacted(text)),
            unread @ (Body::Unreadable | Body::TooLong) => unread,
        },
        // The core knows that.
        sent_token: None,
        web_server: is_same_origin.then(|| web_server_signs(&response)),
    };
    let json = match &answer.body {
        Body::Text(text) => json::parse(text),
        Body::Unreadable | Body::TooLong => None,
    };
    Ok(Received { response: answer, json })
}

fn web_server_signs(response: &Response) -> WebServerSigns {
    let header = |name| response.headers().get(name);
    let challenge = header("www-authenticate");
    WebServerSigns {
        is_redirect: response.type_() == ResponseType::Opaqueredirect,
        challenge: challenge.as_deref().and_then(|text| text.split([' ', ',']).next()).map(str::to_owned),
        is_html: header("content-type").is_some_and(|kind| kind.starts_with("text/html")),
    }
}

/// Reads a body in pieces, up to [`MAX_BODY_BYTES`] bytes.
async fn read(response: &Response) -> Result<Body, JsValue> {
    let Some(stream) = response.body() else { return Ok(Body::Text(String::new())) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        let Ok(piece) = Reflect::get(&piece, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        let length = piece.length() as usize;
        if bytes.len() + length > MAX_BODY_BYTES {
            // The server may ignore the cancellation.
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
    // A byte order mark doesn't belong to the text.
    Ok(Body::Text(text.trim_start_matches('\u{feff}').to_owned()))
}

/// Why fetch failed, as far as the browser tells: the DOM's names of its exceptions.
fn reason(error: &Error, limit: &TimeLimit) -> NoResponse {
    if limit.has_passed.get() {
        return NoResponse::TimedOut;
    }
    match error {
        Error::JsError(error) if error.name == "AbortError" => NoResponse::Cancelled,
        Error::JsError(_) | Error::SerdeError(_) | Error::GlooError(_) => NoResponse::Unreachable,
    }
}
