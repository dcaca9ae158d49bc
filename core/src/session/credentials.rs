//! The tokens: which one goes where. Whatever the page asks by itself (the status of a backup, the next page of a list)
//! names its target only and gets the token from here, so that forgetting it here is forgetting it, and a rejected one is
//! sent by nobody but a user's press.

use contract::backup::Connection;
use contract::rules::token::Token;

use crate::target::Target;

/// Which token a call was made with: that of a target, and how many were kept before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenUse {
    target: Target,
    generation: u32,
}

/// Why there is no token for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unavailable {
    /// None was given, or it was forgotten.
    Missing,
    /// The API has rejected it.
    Rejected,
}

/// The tokens that a user's press has sent, each with the target that it was given for. It has no `Debug`.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Credentials {
    kept: Vec<StoredToken>,
    generation: u32,
}

#[derive(Clone, PartialEq)]
struct StoredToken {
    target: Target,
    token: Token,
    generation: u32,
    is_rejected: bool,
}

impl Credentials {
    /// Keeps the token of a connection in place of an older one, and gives its target. A press may send a token again that
    /// was rejected: gateways err. One that wasn't stays the same token, and what becomes of its calls counts.
    pub(crate) fn keep(&mut self, connection: Connection) -> Target {
        let Connection { endpoint, project_id, token } = connection;
        let target = Target { endpoint, project_id };
        if self.kept.iter().any(|kept| kept.target == target && kept.token == token && !kept.is_rejected) {
            return target;
        }
        self.kept.retain(|kept| kept.target != target);
        self.generation += 1;
        self.kept.push(StoredToken { target: target.clone(), token, generation: self.generation, is_rejected: false });
        target
    }

    /// The connection to a target, where its token is here and good as far as is known.
    pub(crate) fn connect(&self, target: &Target) -> Result<(Connection, TokenUse), Unavailable> {
        let kept = self.kept.iter().find(|kept| kept.target == *target).ok_or(Unavailable::Missing)?;
        if kept.is_rejected {
            return Err(Unavailable::Rejected);
        }
        let Target { endpoint, project_id } = target.clone();
        let connection = Connection { endpoint, project_id, token: kept.token.clone() };
        Ok((connection, TokenUse { target: target.clone(), generation: kept.generation }))
    }

    /// The API rejects the token that a call was made with. Says whether it is still the newest of its target: a late
    /// refusal says nothing about the token that has taken its place.
    pub(crate) fn reject(&mut self, used: &TokenUse) -> bool {
        let newest = self.kept.iter_mut().find(|kept| kept.target == used.target);
        let Some(kept) = newest.filter(|kept| kept.generation == used.generation) else { return false };
        kept.is_rejected = true;
        true
    }

    /// Whether a token of this target is here, and is this one.
    pub(crate) fn is_kept(&self, connection: &Connection) -> bool {
        self.kept.iter().any(|kept| {
            kept.target.endpoint == connection.endpoint
                && kept.target.project_id == connection.project_id
                && kept.token == connection.token
        })
    }

    /// The token that a call was made with, while it is here, and where it went.
    pub(crate) fn used(&self, used: &TokenUse) -> Option<(&Target, &Token)> {
        let is_it = |kept: &&StoredToken| kept.target == used.target && kept.generation == used.generation;
        self.kept.iter().find(is_it).map(|kept| (&kept.target, &kept.token))
    }

    /// Whether this token was rejected at this target.
    pub(crate) fn is_rejected(&self, connection: &Connection) -> bool {
        self.is_kept(connection) && {
            let Connection { endpoint, project_id, .. } = connection;
            let target = Target { endpoint: endpoint.clone(), project_id: project_id.clone() };
            self.kept.iter().any(|kept| kept.target == target && kept.is_rejected)
        }
    }

    /// Forgets the tokens of targets that aren't meant.
    pub(crate) fn retain(&mut self, is_meant: impl Fn(&Target) -> bool) {
        self.kept.retain(|kept| is_meant(&kept.target));
    }

    /// For how many targets there is one.
    pub(crate) fn count(&self) -> usize {
        self.kept.len()
    }

    /// Whether there is no token.
    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Forgets every token.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
    }

    /// What tells two states of it apart, without the tokens.
    #[cfg(test)]
    pub(crate) fn outline(&self) -> Vec<(u32, bool)> {
        self.kept.iter().map(|kept| (self.generation - kept.generation, kept.is_rejected)).collect()
    }
}
