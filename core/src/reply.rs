//! What comes back from the browser.

use contract::json::Json;
use contract::response::HttpResponse;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoResponse {
    /// The browser refused or failed to send, or the connection broke: it doesn't say which.
    Unreachable,
    /// The time limit was reached.
    TimedOut,
    /// The request was aborted.
    Cancelled,
    /// The browser wouldn't make a request of it: nothing was sent.
    InvalidRequest,
    /// The page's Content-Security-Policy forbids calls to the endpoint: nothing was sent.
    Forbidden,
}

/// What arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The response.
    pub response: HttpResponse,
    /// Its body, where that is JSON.
    pub json: Option<Json>,
}

/// Something that the browser was asked to do failed, and it doesn't say why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;
