//! What is unusual about a text that breaks no rule.

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
    /// By this computer's clock, the token has expired.
    TokenExpired {
        /// When.
        at: UnixSeconds,
    },
    /// The token is for an account, or for nothing, and RDS needs one for a project.
    TokenWithoutProject {
        /// The name of the account, if there is one.
        account: Option<String>,
    },
    /// The token is for another project than the form's.
    TokenOfOtherProject {
        /// The token's project: its name, or else its ID.
        project: String,
    },
    /// The token is for another region than the endpoint's.
    TokenOfOtherRegion {
        /// The token's region.
        token: String,
        /// The endpoint's region.
        endpoint: String,
    },
    /// The token's only role is `readonly`.
    TokenReadOnly,
    /// Tokens start with [`token::USUAL_START`](super::token::USUAL_START).
    TokenStart,
    /// The ID doesn't have the form of an RDS instance ID.
    InstanceIdForm,
    /// The ID has the form of another database service's instance IDs.
    InstanceOfAnotherService,
    /// Databases are selected, and the engine is unknown.
    EngineUnknown,
    /// The instance's list has a backup of this name, unless it was deleted since.
    NameListed {
        /// The ID of that backup.
        id: String,
        /// When it began, as sent by the API.
        begin_time: String,
    },
}
