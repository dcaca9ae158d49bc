//! What comes back from a call.

use contract::answer::Answer;
use contract::json::Json;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The browser refused or failed to send, or the connection broke: it doesn't say which.
    Unreachable,
    /// The time limit was reached.
    TimedOut,
    /// The request was aborted.
    Cancelled,
    /// The browser wouldn't make a request of it: nothing was sent.
    NotSent,
    /// The page's Content-Security-Policy forbids calls to the endpoint: nothing was sent.
    Forbidden,
}

/// What arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The answer.
    pub answer: Answer,
    /// Its body, where that is JSON.
    pub json: Option<Json>,
}
