//! One rule for what ends a wait, or draws it out. Reading a list, following a backup, awaiting an instance and searching
//! for a backup all go by it.

use contract::codes::ErrorKind;
use contract::failure::Failure;

use crate::reply::{NoResponse, Received};

/// What came in place of an answer to go on with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Disruption {
    /// The token is rejected: nothing is asked before there is a new one.
    TokenRejected(Failure),
    /// Forbidden, or no such instance or API: asking again brings the same.
    Refused(Failure),
    /// Too much was asked, or the service is down for a while: so many milliseconds are to pass first.
    Throttled(Failure, u32),
    /// Something failed: asking again may help.
    Failed(Failure),
    /// Nothing answered.
    Unanswered(NoResponse),
}

/// The longest pause that a server is granted, in milliseconds.
const LONGEST_RETRY_AFTER: u32 = 10 * 60_000;

/// Reads a failed answer. `retry_after` is in seconds.
pub(crate) fn of_failure(failure: Failure, retry_after: Option<u32>) -> Disruption {
    let asked = retry_after.map(|seconds| seconds.saturating_mul(1_000).min(LONGEST_RETRY_AFTER));
    if failure.status == 503 {
        return Disruption::Throttled(failure, asked.unwrap_or_default());
    }
    match failure.error_kind {
        ErrorKind::TokenRejected => Disruption::TokenRejected(failure),
        ErrorKind::Throttled => Disruption::Throttled(failure, asked.unwrap_or_default()),
        // Who wants a login on the way says nothing of the token.
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
        | ErrorKind::ProjectUnavailable => Disruption::Refused(failure),
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
        | ErrorKind::Unknown => Disruption::Failed(failure),
    }
}

/// Reads an answer with a function of [`contract::list`].
///
/// # Errors
/// What came in its place.
pub(crate) fn read<T>(
    result: Result<Received, NoResponse>,
    read: impl FnOnce(&Received) -> Result<T, Failure>,
) -> Result<T, Disruption> {
    let received = result.map_err(Disruption::Unanswered)?;
    read(&received).map_err(|failure| of_failure(failure, received.response.retry_after))
}

/// Whether an answer that isn't read otherwise rejects the token.
pub(crate) fn rejects_token(received: &Received) -> bool {
    let is_refusal = received.response.status >= 400;
    is_refusal && Failure::read(&received.response, received.json.as_ref()).error_kind == ErrorKind::TokenRejected
}

impl Disruption {
    /// How long to wait before the next try, in milliseconds, where `pause` is what the page would wait by itself.
    pub(crate) fn pause(&self, pause: u32) -> u32 {
        match self {
            Self::Throttled(_, asked) => pause.max(*asked),
            Self::TokenRejected(_) | Self::Refused(_) | Self::Failed(_) | Self::Unanswered(_) => pause,
        }
    }
}
