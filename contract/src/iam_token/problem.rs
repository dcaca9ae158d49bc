//! What a token says of itself that explains a refusal.

use crate::time::UnixSeconds;

/// Why a token will probably be refused for a project at an endpoint, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    /// By this computer's clock, it has expired.
    Expired {
        /// When.
        at: UnixSeconds,
    },
    /// It is for an account, or for nothing, and RDS needs one for a project.
    WithoutProject {
        /// The name of the account, if there is one.
        account: Option<String>,
    },
    /// It is for another project.
    OfOtherProject {
        /// The token's project: its name, or else its ID.
        project: String,
    },
    /// It is for another region than the endpoint's.
    OfOtherRegion {
        /// The token's region.
        token: String,
        /// The endpoint's region.
        endpoint: String,
    },
    /// Its only role is `readonly`.
    ReadOnly,
}
