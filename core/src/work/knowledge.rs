//! What is known of the backups of an instance. It is known *of a target and an instance*: nothing that was learned under
//! one project or endpoint speaks of another.

use std::rc::Rc;

use contract::backup::{Backup, Kind};

use crate::clock::Monotonic;
use crate::target::Target;

/// The backups of an instance, as far as they are known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    pub(super) target: Target,
    pub(super) instance_id: String,
    /// In the order of their IDs, so that one is found at once among ten thousand.
    pub(super) backups: Vec<Evidence>,
    /// When the reading began of the newest complete list, and of the newest one of manual backups.
    pub(super) whole: [Option<Monotonic>; 2],
}

/// A backup, and how new that is: what was asked for before a request was sent proves nothing of it, whenever it came.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evidence {
    pub(super) backup: Rc<Backup>,
    /// When the API was asked for what is known of it; `None` for what is known from before a reload, or from a link.
    pub(super) asked: Option<Monotonic>,
}

impl Known {
    /// Whether a complete list lacks a backup that was asked for later than this one was.
    pub(super) fn lacks(&self, backup: &Backup, asked: Option<Monotonic>) -> bool {
        let [all, manual] = self.whole;
        let whole = if backup.kind == Some(Kind::Manual) { all.max(manual) } else { all };
        asked < whole && self.place(backup.id.as_ref()).is_err()
    }

    /// Where a backup stands, or would stand.
    pub(super) fn place(&self, id: Option<&String>) -> Result<usize, usize> {
        self.backups.binary_search_by(|known| known.backup.id.as_ref().cmp(&id))
    }
}
