//! The HTTP answer to a call.

use crate::iam_token::sent_token::SentToken;
use crate::time::UnixSeconds;

/// An HTTP answer: status and headers have arrived, the body possibly not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// HTTP status.
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
}

impl HttpResponse {
    /// An answer without any of these headers.
    pub fn new(status: u16, body: Body) -> Self {
        Self { status, request_id: None, body, date: None, retry_after: None, sent_token: None }
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
