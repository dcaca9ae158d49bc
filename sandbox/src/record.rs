//! The record of requests that reached the sandbox, for tests and for human readers.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Uri};
use serde_json::{Value, json};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, byte for byte.
    pub body: Bytes,
}

impl RecordedRequest {
    /// A header's value; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text; empty when it isn't UTF-8.
    pub fn body_text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }

    /// The request for human readers, without the token.
    pub(crate) fn shown(&self) -> Value {
        let headers: serde_json::Map<String, Value> = self
            .headers
            .keys()
            .map(|name| {
                let value = if name == "x-auth-token" { "(a token)" } else { self.header(name.as_str()) };
                (name.to_string(), json!(value))
            })
            .collect();
        json!({
            "method": self.method.as_str(),
            "uri": self.uri.to_string(),
            "headers": headers,
            "body": self.body_text(),
        })
    }
}
