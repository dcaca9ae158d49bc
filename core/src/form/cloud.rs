//! The cloud that the form is about, and what depends on it.

use std::rc::Rc;

use contract::cloud::{Cloud, PartialBackups};
use contract::regions;
use contract::rules::endpoint::Endpoint;
use contract::rules::{Violation, databases, endpoint};

use super::entry::DatabaseMode;
use super::state::Form;
use crate::options::Suggested;

/// The clouds of endpoints, as the operator states them.
pub(super) type StatedClouds = Rc<[(Endpoint, Cloud)]>;

impl Form {
    /// Takes over what the operator says of the clouds of endpoints; a region that one cloud only has tells it too.
    pub(super) fn take_clouds(&mut self, endpoints: &[Suggested]) {
        let stated = endpoints.iter().filter_map(|offered| {
            let of_region = || regions::cloud_of_region(offered.region.as_deref()?, None);
            Some((endpoint::endpoint(&offered.address).ok()?, offered.cloud.or_else(of_region)?))
        });
        self.stated_clouds = stated.collect();
    }

    /// The cloud of the endpoint, if it is known: from its host, or from the settings where it is a path or a host of no
    /// cloud, or else from the token.
    pub fn cloud(&self) -> Option<Cloud> {
        let endpoint = endpoint::endpoint(&self.endpoint.text).ok();
        let of_host = endpoint.as_ref().and_then(|endpoint| regions::cloud_of_host(endpoint.host()?));
        let stated = || self.stated_clouds.iter().find(|(known, _)| Some(known) == endpoint.as_ref());
        let of_token = || self.token_content.as_ref()?.known_cloud();
        of_host.or_else(|| stated().map(|(_, cloud)| *cloud)).or_else(of_token)
    }

    /// Which partial backups that cloud has.
    pub fn partial_backups(&self) -> PartialBackups {
        PartialBackups::of(self.cloud())
    }

    /// Whether there is anything to say about databases: not for a chosen instance of another engine.
    pub fn offers_databases(&self) -> bool {
        let chosen = self.chosen.as_ref().and_then(|instance| instance.engine);
        !self.databases.is_empty() || chosen.is_none_or(|engine| self.partial_backups().supports(engine))
    }

    /// Whether the box is ticked.
    pub fn wants_individually(&self) -> bool {
        self.database_mode == DatabaseMode::Individually
    }

    /// Whether it can be chosen that each database is backed up individually; where the cloud has nothing like it, it can
    /// be taken back.
    pub fn offers_individually(&self) -> bool {
        !self.databases.is_empty() && (self.wants_individually() || self.partial_backups().can_be_individual)
    }

    /// Whether each database is to be backed up individually, as it would be sent.
    pub(super) fn read_individually(&self) -> Result<bool, Violation> {
        databases::individually(self.wants_individually(), !self.databases.is_empty(), self.partial_backups())
    }
}
