//! Creations, and what is known of instances and backups.

use contract::backup::{CreateBackup, Status};

use super::backups::BackupList;
use super::export::Row;
use super::instances::Catalog;
use super::knowledge::Known;
use super::notifications::Notifications;
use super::reading::Reading;
use crate::reply::Failed;
use crate::target::Target;
use crate::visibility::Visibility;
use crate::work::creation::Creation;

/// Creations, and what is known of instances and backups.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct Work {
    /// One for each press, and for each backup from a link; the newest first.
    pub creations: Vec<Creation>,
    /// The creation that the newest press was about.
    pub latest: Option<u32>,
    /// The project's instances.
    pub instances: Catalog,
    /// The backups of one instance.
    pub backups: BackupList,
    /// Whether the browser tells its user that a backup has ended.
    pub notifications: Notifications,
    /// Whether the browser could store what is under way for a reload.
    pub is_persisted: Option<Result<(), Failed>>,
    pub(super) readings: Vec<Reading>,
    pub(super) knowledge: Vec<Known>,
    pub(super) visibility: Visibility,
    /// What is under way, as it was last stored.
    pub(super) persisted_underway: String,
    pub(super) last_key: u32,
}

impl Work {
    /// The creation with a key.
    pub fn creation(&self, key: u32) -> Option<&Creation> {
        self.creations.iter().find(|creation| creation.key == key)
    }

    pub(super) fn get_mut(&mut self, key: u32) -> Option<&mut Creation> {
        self.creations.iter_mut().find(|creation| creation.key == key)
    }

    pub(super) fn next_key(&mut self) -> u32 {
        self.last_key += 1;
        self.last_key
    }

    /// Where a creation leads to.
    pub(crate) fn target_of(&self, key: u32) -> Option<&Target> {
        self.creation(key).map(|creation| &creation.target)
    }

    /// Where the newest press was to go.
    pub(crate) fn latest_target(&self) -> Option<&Target> {
        self.target_of(self.latest?)
    }

    /// What the newest press asked for, and where; `None` for a backup that a link has brought.
    pub(crate) fn latest_request(&self) -> Option<(&Target, &CreateBackup)> {
        let creation = self.creation(self.latest?)?;
        Some((&creation.target, creation.request.as_ref()?))
    }

    /// Whether something waits for a token.
    pub(crate) fn awaits_token(&self) -> bool {
        self.creations.iter().any(Creation::awaits_token)
    }

    /// The targets of what waits for a token, each once.
    pub(crate) fn targets_awaiting_token(&self) -> Vec<Target> {
        let mut waiting: Vec<Target> = Vec::new();
        for creation in self.creations.iter().filter(|creation| creation.awaits_token()) {
            if !waiting.contains(&creation.target) {
                waiting.push(creation.target.clone());
            }
        }
        waiting
    }

    /// Whether a backup of an instance has a name already, as far as is known.
    pub(crate) fn has_name(&self, target: Option<&Target>, instance_id: &str, name: &str) -> bool {
        let is_listed = target.is_some_and(|target| self.named(target, instance_id, name).is_some());
        let is_asked_for = |creation: &Creation| creation.name() == Some(name) && creation.instance_id == instance_id;
        is_listed || self.creations.iter().any(is_asked_for)
    }

    /// The status and name of the backup of the newest press, if it exists.
    pub(crate) fn newest_status(&self) -> Option<(&str, &Status)> {
        let is_known = |creation: &&Creation| {
            creation.exists() && !creation.is_away() && (creation.is_running() || !creation.is_under_way())
        };
        let newest = self.creation(self.latest?).filter(is_known)?;
        Some((newest.name().unwrap_or_default(), newest.backup.status.as_ref()?))
    }

    /// The outcome of each press, the newest first.
    pub fn rows(&self) -> Vec<Row> {
        self.creations.iter().filter(|creation| creation.requested.is_some()).map(Row::of).collect()
    }
}
