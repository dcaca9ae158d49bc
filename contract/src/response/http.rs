//! The HTTP answer to a call.

use crate::iam_token::sent_token::SentToken;
use crate::search;
use crate::time::UnixSeconds;

/// An HTTP answer: status and headers have arrived, the body possibly not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// HTTP status; 0 for a redirect that wasn't followed.
    pub status: u16,
    /// The request ID from the headers, if the server lets the page read it.
    pub request_id: Option<String>,
    /// The body.
    pub body: Body,
    /// The server's clock when it answered, if the server lets the page read its `Date`.
    pub date: Option<UnixSeconds>,
    /// How many seconds to wait before the next request, if the server says so (`Retry-After`).
    pub retry_after: Option<u32>,
    /// What is known of the token that the call was made with.
    pub sent_token: Option<SentToken>,
    /// What shows whether the page's own web server has answered; `None` for an answer from another origin.
    pub web_server: Option<WebServerSigns>,
}

/// What shows whether the web server of the page has answered by itself, in place of the API to which it passes calls on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebServerSigns {
    /// It redirects, and nothing was followed: the browser doesn't say where to (Fetch Standard, "opaque-redirect filtered
    /// response").
    pub is_redirect: bool,
    /// The scheme of its `WWW-Authenticate` (RFC 9110, section 11.6.1).
    pub challenge: Option<String>,
    /// It sends a page of HTML.
    pub is_html: bool,
}

/// The scheme with which OpenStack's services refuse a token (keystonemiddleware, `auth_token`).
const KEYSTONE: &str = "Keystone";
/// Stands in the console's own page, which a web server sends for every path that it doesn't know.
const OWN_PAGE: &str = "console-files";

impl HttpResponse {
    /// An answer without any of these headers.
    pub fn new(status: u16, body: Body) -> Self {
        Self { status, request_id: None, body, date: None, retry_after: None, sent_token: None, web_server: None }
    }

    /// Whether the login of the page's web server has answered, if the answer isn't an error of the API: a redirect, a 401 that
    /// asks for a login or is a page, or a page in place of what was asked for.
    pub(crate) fn is_web_server_login(&self) -> bool {
        let Some(signs) = &self.web_server else { return false };
        let is_of_keystone = signs.challenge.as_ref().is_some_and(|scheme| scheme.eq_ignore_ascii_case(KEYSTONE));
        match self.status {
            _ if signs.is_redirect => true,
            401 => !is_of_keystone && (signs.is_html || signs.challenge.is_some()),
            200..=299 => signs.is_html && !matches!(&self.body, Body::Text(page) if search::contains(page, OWN_PAGE)),
            _ => false,
        }
    }
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// It arrived; it may be empty.
    Text(String),
    /// The connection broke before its end.
    Unreadable,
    /// It is longer than [`MAX_BODY_BYTES`], and wasn't read to the end.
    TooLong,
}

/// The most bytes of a body that are read. A page of a list, the longest kind of answer, has about a hundredth of that.
pub const MAX_BODY_BYTES: usize = 4 << 20;
