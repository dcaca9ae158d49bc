//! The HTTP request of a call. The request that is sent and the one that the page shows beforehand are both made from
//! this description, so they can't differ.

use crate::call::Call;
use crate::rules::endpoint::Endpoint;
use crate::rules::project_id::ProjectId;
use crate::rules::token::HIDDEN;

/// The header that carries the token ("Making an API Request").
pub const TOKEN_HEADER: &str = "X-Auth-Token";

/// A request, without its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The URL; a path on the page's own origin if a proxy forwards the requests.
    pub url: String,
    /// The headers other than [`TOKEN_HEADER`].
    pub headers: [(&'static str, &'static str); 2],
    /// The body.
    pub body: Option<String>,
}

impl Request {
    /// The request of a call. `language` is used for `X-Language`.
    pub fn new(call: &Call, endpoint: &Endpoint, project_id: &ProjectId, language: &'static str) -> Self {
        let body = if let Call::CreateBackup(backup) = call { Some(backup.to_json()) } else { None };
        Self {
            method: if body.is_some() { "POST" } else { "GET" },
            url: call.url(endpoint, project_id),
            // The API requires a content type on every request, even without a body.
            headers: [("Content-Type", "application/json"), ("X-Language", language)],
            body,
        }
    }

    /// The request in readable form, with the token hidden.
    pub fn shown(&self) -> String {
        let mut lines = vec![format!("{} {}", self.method, self.url), format!("{TOKEN_HEADER}: {HIDDEN}")];
        lines.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.extend(self.body.iter().map(|body| format!("\n{body}")));
        lines.join("\n")
    }

    /// The same for a program outside the page: `origin` is prepended to a path.
    #[must_use]
    pub fn from_elsewhere(mut self, origin: &str) -> Self {
        if self.url.starts_with('/') {
            self.url.insert_str(0, origin);
        }
        self
    }
}
