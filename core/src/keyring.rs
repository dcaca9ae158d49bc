//! The tokens: which one goes where. Everything that the page asks later (the status of a backup, the next page of a
//! list) names its target only and gets the token from here, so that forgetting it here is forgetting it.

use contract::backup::Connection;
use contract::rules::endpoint::Endpoint;
use contract::rules::project_id::ProjectId;
use contract::rules::token::Token;

/// Where requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// The project.
    pub project_id: ProjectId,
}

/// The tokens that were used, each with the target that it was given for. It has no `Debug`.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Keyring(Vec<(Target, Token)>);

impl Keyring {
    /// Keeps the token of a connection in place of an older one, and gives its target.
    pub(super) fn keep(&mut self, connection: Connection) -> Target {
        let Connection { endpoint, project_id, token } = connection;
        let target = Target { endpoint, project_id };
        self.0.retain(|(known, _)| *known != target);
        self.0.push((target.clone(), token));
        target
    }

    /// The connection to a target, if its token is still here.
    pub(super) fn connect(&self, target: &Target) -> Option<Connection> {
        let (Target { endpoint, project_id }, token) = self.0.iter().find(|(known, _)| known == target)?;
        Some(Connection { endpoint: endpoint.clone(), project_id: project_id.clone(), token: token.clone() })
    }

    /// Whether there is no token.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets every token.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
