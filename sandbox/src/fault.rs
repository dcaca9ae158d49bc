//! Faults of networks, gateways and servers that are injected into calls.

use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::connection::{ConnectionFault, StopListening};
use crate::timestamps::http_date;

/// The fault of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server stops listening, and every connection to it ends: the next calls are refused.
    GoesDown,
    /// The connection closes before the first byte of the answer. Browsers resend such a request by themselves.
    Closed,
    /// The connection is reset within the header of the answer.
    ResetInHeader,
    /// The connection is reset within the body.
    ResetInBody,
    /// The body stops halfway, and the connection stays open.
    StalledBody,
    /// The body is sent in pieces, with this pause before each.
    SlowBody(Duration),
    /// The answer is delayed.
    Delayed(Duration),
    /// The body is the first half of the correct JSON.
    TruncatedJson,
    /// The answer's content type is HTML.
    WrongContentType,
    /// 204 without a body.
    NoContent,
    /// A redirect with this status to another origin.
    Redirect(u16),
    /// A status with an error in a format.
    Refusal(u16, ErrorFormat),
    /// 429, with `Retry-After` in seconds or without it.
    Throttled(Option<u32>),
    /// A status of the gateway with `Retry-After`, as with 429 and 503.
    RetryLater(u16, RetryAfter),
    /// `Content-Length` is larger than the body.
    ClaimsMore,
    /// `Content-Length` is smaller than the body.
    ClaimsLess,
    /// A status with an error, without the headers that let pages of other origins read it.
    WithoutCors(u16),
    /// An answer defined by a test.
    FixedResponse(FixedResponse),
}

/// The formats of errors: those of the API and the services before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorFormat {
    /// `{"error_code", "error_msg"}`.
    RdsV3,
    /// `{"errCode", "externalMessage"}`.
    RdsV1,
    /// The API gateway's: like RDS v3, with a request ID.
    Gateway,
    /// `{"error": {"code", "message", "title"}}`.
    Iam,
    /// `{"itemNotFound": {"code", "message"}}`.
    OpenStack,
    /// A web server's HTML page.
    Html,
    /// A line of text.
    Text,
    /// Nothing.
    Empty,
}

/// The two forms of `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// This many seconds.
    Seconds(u32),
    /// The corresponding date, by the clock that writes `Date`.
    Date(Duration),
}

/// An answer defined by a test instead of the sandbox's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedResponse {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Location`, for redirects.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether the connection is reset before the end of the body.
    pub breaks_off: bool,
}

/// When a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultTiming {
    /// Before anything was created.
    BeforeCommit,
    /// After the request was carried out.
    AfterCommit,
}

/// A call by the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// Creating a backup.
    Create,
    /// The backups of an instance.
    Backups,
    /// One backup.
    Backup,
    /// The instances.
    Instances,
    /// One instance.
    Instance,
    /// The databases of an instance.
    Databases,
    /// The tasks of an instance.
    Tasks,
}

/// Marks an answer that the browser must not let the page read.
#[derive(Clone)]
pub(crate) struct WithoutCorsHeaders;

impl ErrorFormat {
    /// All formats.
    pub const ALL: [Self; 8] =
        [Self::RdsV3, Self::RdsV1, Self::Gateway, Self::Iam, Self::OpenStack, Self::Html, Self::Text, Self::Empty];

    /// Content type and body of an error with this status.
    fn write(self, status: u16) -> (&'static str, String) {
        let json = |value: serde_json::Value| ("application/json", value.to_string());
        let message = "The sandbox was told to refuse.";
        match self {
            Self::RdsV3 => json(json!({ "error_code": "DBS.200099", "error_msg": message })),
            Self::RdsV1 => json(json!({ "errCode": "RDS.0099", "externalMessage": message })),
            Self::Gateway if status == 429 => {
                json(json!({ "error_code": "APIGW.0308", "error_msg": message, "request_id": "71ec" }))
            }
            Self::Gateway => json(json!({ "error_code": "APIGW.0999", "error_msg": message, "request_id": "71ec" })),
            Self::Iam => json(json!({ "error": { "code": status, "message": message, "title": "Error" } })),
            Self::OpenStack => json(json!({ "itemNotFound": { "code": status, "message": message } })),
            Self::Html => ("text/html", format!("<html><body><h1>{status}</h1><hr>nginx</body></html>")),
            Self::Text => ("text/plain", message.to_owned()),
            Self::Empty => ("text/plain", String::new()),
        }
    }
}

impl FixedResponse {
    /// An answer with a JSON body.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type: "application/json", location: None, body: body.into(), breaks_off: false }
    }

    /// The refusal of a token that lacks the permission for the call.
    pub fn forbidden() -> Self {
        Self::json(403, json!({ "error_code": "DBS.201003", "error_msg": "Permission denied." }).to_string())
    }

    /// The refusal of a token by RDS itself, not by the gateway.
    pub fn invalid_token() -> Self {
        Self::json(403, json!({ "error_code": "DBS.280056", "error_msg": "Invalid token." }).to_string())
    }
}

impl Route {
    /// The call that a request makes; `None` for a preflight, which the browser sends by itself.
    pub fn of(method: &Method, uri: &Uri) -> Option<Self> {
        if method == Method::OPTIONS {
            return None;
        }
        let query = uri.query().unwrap_or_default();
        let is_for_one = |key: &str| query.split('&').any(|parameter| parameter.starts_with(key));
        let mut path = uri.path().split('/').skip(3);
        Some(match (path.next()?, method) {
            ("backups", &Method::POST) => Self::Create,
            ("backups", _) if is_for_one("backup_id=") => Self::Backup,
            ("backups", _) => Self::Backups,
            ("instances", _) if uri.path().ends_with("/database/detail") => Self::Databases,
            ("instances", _) if is_for_one("id=") => Self::Instance,
            ("instances", _) => Self::Instances,
            ("tasklist", _) => Self::Tasks,
            _ => return None,
        })
    }
}

impl Fault {
    /// The answer with this fault; `response` is the one without it, and `now` what the gateway's clock
    /// says.
    pub(crate) async fn apply(self, response: Response, now: SystemTime) -> Response {
        match self {
            Self::GoesDown => marked(response, StopListening),
            Self::Closed => marked(response, ConnectionFault::Closed),
            Self::ResetInHeader => marked(response, ConnectionFault::ResetInHeader),
            Self::ResetInBody => marked(response, ConnectionFault::ResetInBody),
            Self::StalledBody => marked(response, ConnectionFault::StalledBody),
            Self::SlowBody(pause) => marked(response, ConnectionFault::SlowBody(pause)),
            Self::ClaimsMore => marked(response, ConnectionFault::ClaimsMore),
            Self::ClaimsLess => marked(response, ConnectionFault::ClaimsLess),
            Self::TruncatedJson => marked(response, ConnectionFault::Truncated),
            Self::Delayed(time) => {
                tokio::time::sleep(time).await;
                response
            }
            Self::WrongContentType => {
                with_header(response, header::CONTENT_TYPE, HeaderValue::from_static("text/html"))
            }
            Self::NoContent => StatusCode::NO_CONTENT.into_response(),
            Self::Redirect(status) => {
                let elsewhere = HeaderValue::from_static("http://127.0.0.1:9/elsewhere");
                with_header(answer(status, "text/plain", Vec::new()), header::LOCATION, elsewhere)
            }
            Self::Refusal(status, format) => refusal(status, format),
            Self::Throttled(None) => refusal(429, ErrorFormat::Gateway),
            Self::Throttled(Some(seconds)) => {
                with_header(refusal(429, ErrorFormat::Gateway), header::RETRY_AFTER, seconds.into())
            }
            Self::RetryLater(status, retry_after) => {
                with_header(refusal(status, ErrorFormat::Gateway), header::RETRY_AFTER, retry_after.header_value(now))
            }
            Self::WithoutCors(status) => marked(refusal(status, ErrorFormat::Gateway), WithoutCorsHeaders),
            Self::FixedResponse(FixedResponse { status, content_type, location, body, breaks_off }) => {
                let fixed = answer(status, content_type, body);
                let fixed = if breaks_off { marked(fixed, ConnectionFault::ResetInBody) } else { fixed };
                match location.and_then(|location| HeaderValue::from_str(&location).ok()) {
                    Some(location) => with_header(fixed, header::LOCATION, location),
                    None => fixed,
                }
            }
        }
    }
}

impl RetryAfter {
    fn header_value(self, now: SystemTime) -> HeaderValue {
        match self {
            Self::Seconds(seconds) => seconds.into(),
            Self::Date(time) => date_value(now + time),
        }
    }
}

/// A header value with a date.
pub(crate) fn date_value(time: SystemTime) -> HeaderValue {
    HeaderValue::from_str(&http_date(time)).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn refusal(status: u16, format: ErrorFormat) -> Response {
    let (content_type, body) = format.write(status);
    answer(status, content_type, body.into_bytes())
}

fn answer(status: u16, content_type: &'static str, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, content_type)], Body::from(body)).into_response()
}

fn with_header(mut response: Response, name: HeaderName, value: HeaderValue) -> Response {
    response.headers_mut().insert(name, value);
    response
}

fn marked(mut response: Response, mark: impl Clone + Send + Sync + 'static) -> Response {
    response.extensions_mut().insert(mark);
    response
}
