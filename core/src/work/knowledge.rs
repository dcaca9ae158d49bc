//! What is known about the backups of an instance. Knowledge belongs to *a target and an instance*: what was learned
//! under one project or endpoint doesn't apply to another.

use std::rc::Rc;

use contract::backup::{Backup, Kind};

use crate::clock::Monotonic;
use crate::target::Target;

/// The known backups of an instance.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    pub(super) target: Target,
    pub(super) instance_id: String,
    /// Sorted by ID, so that lookups among ten thousand are fast.
    pub(super) backups: Vec<Evidence>,
    /// When reading began for the newest complete list, and for the newest complete list of manual backups.
    pub(super) whole: [Option<Monotonic>; 2],
}

/// A backup, and the age of the information: an answer to an earlier request proves nothing about a later POST,
/// whenever it arrives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evidence {
    pub(super) backup: Rc<Backup>,
    /// When this information was requested from the API; `None` if it is from before a reload, or from a link.
    pub(super) asked: Option<Monotonic>,
}

impl Known {
    /// Whether a complete list that was requested later than this information lacks the backup.
    pub(super) fn lacks(&self, backup: &Backup, asked: Option<Monotonic>) -> bool {
        let [all, manual] = self.whole;
        let whole = if backup.kind == Some(Kind::Manual) { all.max(manual) } else { all };
        asked < whole && self.place(backup.id.as_ref()).is_err()
    }

    /// The position of a backup, or where to insert it.
    pub(super) fn place(&self, id: Option<&String>) -> Result<usize, usize> {
        self.backups.binary_search_by(|known| known.backup.id.as_ref().cmp(&id))
    }
}
