//! What an instance has in backups already, before another one is made.

use std::rc::Rc;

use contract::backup::{Backup, Kind, Status};
use contract::time::UnixSeconds;

use super::listed::Listed;
use super::order::sort_by;

/// How many earlier backups are used to estimate a duration.
pub(super) const MAX_PAST_DURATIONS: usize = 5;

/// What an instance has in backups, from a list that was read whole.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupOverview {
    /// The newest full backup that is completed.
    pub newest_full: Option<Rc<Backup>>,
    /// How many completed manual backups there are.
    pub manual: usize,
    /// Their size together, in kB; `None` if the list lacks one's.
    pub manual_size: Option<i64>,
    /// When the oldest of them began, as far as is known.
    pub oldest_manual: Option<UnixSeconds>,
    /// How long the latest of them took, in seconds.
    pub durations: Vec<i64>,
}

impl BackupOverview {
    pub(super) fn of(listed: &[Listed]) -> Self {
        let completed = || listed.iter().filter(|listed| listed.backup.status == Some(Status::Completed));
        let manual = || completed().filter(|listed| listed.backup.kind == Some(Kind::Manual));
        // Of two without a time nobody can tell which is newer: one with a time comes before both.
        let newest_full = completed().filter(|listed| listed.backup.is_full()).max_by_key(|listed| listed.begun);
        let mut latest: Vec<&Listed> = manual().collect();
        sort_by(&mut latest, |left, right| right.begun.cmp(&left.begun));
        let durations = latest.iter().filter_map(|listed| listed.duration).take(MAX_PAST_DURATIONS);
        Self {
            durations: durations.collect(),
            newest_full: newest_full.map(|listed| Rc::clone(&listed.backup)),
            manual: manual().count(),
            manual_size: manual().map(|listed| listed.backup.size).sum(),
            oldest_manual: manual().filter_map(|listed| listed.begun).min().map(UnixSeconds),
        }
    }
}
