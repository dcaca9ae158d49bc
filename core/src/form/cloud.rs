//! The cloud that the form is about, and what depends on it. How the cloud is told comes with the later part: until then
//! nothing is said of what clouds differ in.

use contract::cloud::{Cloud, PartialBackups};
use contract::regions;
use contract::rules::Violation;

use super::entry::DatabaseMode;
use super::state::Form;

impl Form {
    /// The cloud of the endpoint, if it is known: from its host, or from the settings where it is a path or a host of no
    /// cloud, or else from the token.
    pub(crate) fn cloud(&self) -> Option<Cloud> {
        let endpoint = self.read_endpoint().ok();
        let of_host = endpoint.as_ref().and_then(|endpoint| regions::cloud_of_host(endpoint.host()?));
        let of_settings = || {
            let is_it = |address: &str| endpoint.is_some() && self.endpoint_of(address).ok() == endpoint;
            let offered = self.offered.iter().find(|offered| is_it(&offered.address))?;
            // A region that only one cloud has tells it too.
            let of_region = || regions::cloud_of_region(offered.region.as_deref()?, None);
            offered.cloud.or_else(of_region)
        };
        let of_token = || self.token_content.as_ref()?.known_cloud();
        of_host.or_else(of_settings).or_else(of_token)
    }

    /// Which partial backups that cloud has.
    pub fn partial_backups(&self) -> PartialBackups {
        PartialBackups::of(self.cloud())
    }

    /// Whether there is anything to say about databases: not for a chosen instance of another engine.
    pub fn offers_databases(&self) -> bool {
        !self.databases.is_empty() || self.later_rules.rules().is_none_or(|rules| rules.may_name_databases(self))
    }

    /// Whether the box for backing up each database individually is ticked.
    pub fn wants_individually(&self) -> bool {
        self.database_mode == DatabaseMode::Individually
    }

    /// Whether there is that box; where the cloud has nothing like it, a tick can be taken back.
    pub fn offers_individually(&self) -> bool {
        !self.databases.is_empty() && (self.wants_individually() || self.partial_backups().can_be_individual)
    }

    /// Whether each database is to be backed up individually, as it would be sent: of a full backup that says nothing.
    pub(super) fn is_individual(&self) -> bool {
        self.wants_individually() && !self.databases.is_empty()
    }

    /// What keeps the databases that are named from being backed up by themselves, as far as that is known.
    pub(super) fn partial_backup_faults(&self) -> Vec<Violation> {
        let rules = self.later_rules.rules().filter(|_| !self.databases.is_empty());
        rules.map_or_else(Vec::new, |rules| rules.partial_backup(self))
    }
}
