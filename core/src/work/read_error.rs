//! The common rule for what ends or delays a wait. It is used for reading a list, following a backup, waiting for an
//! instance and searching for a backup.

use contract::codes::ErrorKind;
use contract::failure::Failure;

use crate::reply::{NoResponse, Received};

/// What came in place of a usable answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ReadError {
    /// The token is rejected: nothing is sent until there is a new one.
    TokenRejected(Failure),
    /// Forbidden, or no such instance or API: asking again gives the same answer.
    Refused(Failure),
    /// The login of the page's web server has answered: nobody has asked the API.
    WebServerLogin(Failure),
    /// Too many requests, or the service is temporarily down: wait this many milliseconds first.
    Throttled(Failure, u32),
    /// Something failed: asking again may help.
    Failed(Failure),
    /// Nothing answered.
    Unanswered(NoResponse),
}

/// The longest pause that a server can impose, in milliseconds.
const MAX_RETRY_AFTER: u32 = 10 * 60_000;

/// Reads a failed answer. `retry_after` is in seconds.
pub(crate) fn of_failure(failure: Failure, retry_after: Option<u32>) -> ReadError {
    let asked = retry_after.map(|seconds| seconds.saturating_mul(1_000).min(MAX_RETRY_AFTER));
    if failure.status == 503 {
        return ReadError::Throttled(failure, asked.unwrap_or_default());
    }
    match failure.error_kind {
        ErrorKind::TokenRejected => ReadError::TokenRejected(failure),
        ErrorKind::Throttled => ReadError::Throttled(failure, asked.unwrap_or_default()),
        ErrorKind::WebServerLogin => ReadError::WebServerLogin(failure),
        // A server in between that wants a login says nothing about the token.
        ErrorKind::NotAllowed
        | ErrorKind::RefusedOnTheWay
        | ErrorKind::LoginRefusedOnTheWay
        | ErrorKind::InstanceUnknown
        | ErrorKind::InstanceIdRefused
        | ErrorKind::ParameterRefused
        | ErrorKind::HeadersTooLarge
        | ErrorKind::NameRefused
        | ErrorKind::DescriptionRefused
        | ErrorKind::DatabaseUnknown
        | ErrorKind::EngineUnsupported
        | ErrorKind::OperationUnsupported
        | ErrorKind::BackupUnknown
        | ErrorKind::ApiUnknown
        | ErrorKind::NotFound
        | ErrorKind::Frozen
        | ErrorKind::ProjectUnavailable => ReadError::Refused(failure),
        ErrorKind::NameTaken
        | ErrorKind::BackupRunning
        | ErrorKind::InstanceBusy
        | ErrorKind::InstanceStatus
        | ErrorKind::StorageFull
        | ErrorKind::QuotaUsedUp
        | ErrorKind::Conflict
        | ErrorKind::GatewayTrouble
        | ErrorKind::ServerFault
        | ErrorKind::AnswerUnclear
        | ErrorKind::Unknown => ReadError::Failed(failure),
    }
}

/// Reads an answer with a function of [`contract::list`].
///
/// # Errors
/// What came in place of a usable answer.
pub(crate) fn read<T>(
    result: Result<Received, NoResponse>,
    read: impl FnOnce(&Received) -> Result<T, Failure>,
) -> Result<T, ReadError> {
    let received = result.map_err(ReadError::Unanswered)?;
    read(&received).map_err(|failure| of_failure(failure, received.response.retry_after))
}

/// Whether an answer that isn't parsed otherwise rejects the token.
pub(crate) fn rejects_token(received: &Received) -> bool {
    let is_refusal = received.response.status >= 400;
    is_refusal && Failure::read(&received.response, received.json.as_ref()).error_kind == ErrorKind::TokenRejected
}

impl ReadError {
    /// How long to wait before the next try, in milliseconds; `pause` is the page's own choice.
    pub(crate) fn pause(&self, pause: u32) -> u32 {
        match self {
            Self::Throttled(_, asked) => pause.max(*asked),
            Self::TokenRejected(_)
            | Self::Refused(_)
            | Self::WebServerLogin(_)
            | Self::Failed(_)
            | Self::Unanswered(_) => pause,
        }
    }
}
