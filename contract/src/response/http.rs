//! The HTTP answer to a call.

use crate::time::UnixSeconds;

/// An HTTP answer: status and headers have arrived, whatever became of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// HTTP status.
    pub status: u16,
    /// The request ID from the headers, where the server lets the page read it.
    pub request_id: Option<String>,
    /// The body.
    pub body: Body,
    /// The server's clock when it answered, where the server lets the page read its `Date`.
    pub date: Option<UnixSeconds>,
    /// How many seconds to wait before the next request, where the server says so (`Retry-After`).
    pub retry_after: Option<u32>,
}

impl HttpResponse {
    /// An answer that says nothing in its headers.
    pub fn new(status: u16, body: Body) -> Self {
        Self { status, request_id: None, body, date: None, retry_after: None }
    }
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// It arrived; it may be empty.
    Text(String),
    /// The connection broke before its end.
    Unreadable,
    /// It is longer than [`LARGEST`], and wasn't read further.
    TooLong,
}

/// Most bytes of a body that are read. A page of a list, the longest answer there is, has about a hundredth of it.
pub const LARGEST: usize = 4 << 20;
