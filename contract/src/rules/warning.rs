//! What is unusual about a text that breaks no rule.

use crate::iam_token::problem::TokenProblem;
use crate::instance::Engine;
use crate::time::UnixSeconds;

/// Something unusual that the user should look at. It never keeps a request from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The endpoint has the form of an RDS host, with an unknown region: see [`crate::regions`].
    RegionUnknown,
    /// Every documented project ID has [`project_id::USUAL_LENGTH`](super::project_id::USUAL_LENGTH) characters.
    ProjectIdLength {
        /// How many there are.
        found: usize,
    },
    /// Tokens have [`token::USUAL_BYTES`](super::token::USUAL_BYTES).
    TokenLength {
        /// How many there are.
        found: usize,
    },
    /// The `=` at the end of the token are missing.
    TokenUnpadded,
    /// What the token says of itself, given the other fields.
    Token(TokenProblem),
    /// The token was issued later than now: this computer's clock is behind.
    TokenIssuedLater {
        /// When it says that it was.
        at: UnixSeconds,
    },
    /// The token ends before a backup is likely to end that is asked for or followed.
    TokenEndsTooSoon {
        /// When the token ends.
        at: UnixSeconds,
        /// How long earlier backups of the instance took at most, in seconds.
        usual: i64,
    },
    /// Tokens start with [`token::USUAL_START`](super::token::USUAL_START).
    TokenStart,
    /// The ID doesn't have the form of an RDS instance ID.
    InstanceIdForm,
    /// The ID has the form of another database service's instance IDs.
    InstanceOfAnotherService,
    /// Automated backups of the instance are made at this time.
    InBackupWindow {
        /// The instance's name, where several are selected.
        instance: Option<String>,
        /// When that time is over.
        until: UnixSeconds,
    },
    /// Databases are selected, and the engine is unknown.
    EngineUnknown {
        /// The engines of which the cloud has partial backups.
        supported: &'static [Engine],
    },
    /// The instance's list has a backup of this name, unless it was deleted since.
    NameListed {
        /// The ID of that backup.
        id: String,
        /// When it began, as sent by the API.
        begin_time: String,
    },
}
