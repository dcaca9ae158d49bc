//! Where requests go.

use contract::rules::endpoint::Endpoint;
use contract::rules::project_id::ProjectId;

/// Where requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// The project.
    pub project_id: ProjectId,
}
