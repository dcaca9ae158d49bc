//! One rule for what ends a wait, or draws it out. Reading a list, following a backup, awaiting an instance and searching
//! for a backup all go by it.

use contract::codes::Meaning;
use contract::failure::Failure;

use crate::{NoAnswer, Received};

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
    Unanswered(NoAnswer),
}

/// The longest pause that a server is granted, in milliseconds.
const LONGEST_RETRY_AFTER: u32 = 10 * 60_000;

/// Reads a failed answer. `retry_after` is in seconds.
pub(crate) fn of_failure(failure: Failure, retry_after: Option<u32>) -> Disruption {
    let asked = retry_after.map(|seconds| seconds.saturating_mul(1_000).min(LONGEST_RETRY_AFTER));
    if failure.status == 503 {
        return Disruption::Throttled(failure, asked.unwrap_or_default());
    }
    match failure.meaning {
        Meaning::TokenRejected => Disruption::TokenRejected(failure),
        Meaning::Throttled => Disruption::Throttled(failure, asked.unwrap_or_default()),
        // Who wants a login on the way says nothing of the token.
        Meaning::NotAllowed
        | Meaning::RefusedOnTheWay
        | Meaning::LoginRefusedOnTheWay
        | Meaning::InstanceUnknown
        | Meaning::InstanceIdRefused
        | Meaning::ParameterRefused
        | Meaning::HeadersTooLarge
        | Meaning::NameRefused
        | Meaning::DescriptionRefused
        | Meaning::DatabaseUnknown
        | Meaning::EngineUnsupported
        | Meaning::OperationUnsupported
        | Meaning::BackupUnknown
        | Meaning::ApiUnknown
        | Meaning::NotFound
        | Meaning::Frozen
        | Meaning::ProjectUnavailable => Disruption::Refused(failure),
        Meaning::NameTaken
        | Meaning::BackupRunning
        | Meaning::InstanceBusy
        | Meaning::InstanceStatus
        | Meaning::StorageFull
        | Meaning::QuotaUsedUp
        | Meaning::Conflict
        | Meaning::GatewayTrouble
        | Meaning::ServerFault
        | Meaning::AnswerUnclear
        | Meaning::Unknown => Disruption::Failed(failure),
    }
}

/// Reads an answer with a function of [`contract::list`].
///
/// # Errors
/// What came in its place.
pub(crate) fn read<T>(
    result: Result<Received, NoAnswer>,
    read: impl FnOnce(&Received) -> Result<T, Failure>,
) -> Result<T, Disruption> {
    let received = result.map_err(Disruption::Unanswered)?;
    read(&received).map_err(|failure| of_failure(failure, received.answer.retry_after))
}

/// Whether an answer that isn't read otherwise rejects the token.
pub(crate) fn rejects_token(received: &Received) -> bool {
    let is_refusal = received.answer.status >= 400;
    is_refusal && Failure::read(&received.answer, received.json.as_ref()).meaning == Meaning::TokenRejected
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
