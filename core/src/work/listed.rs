//! A listed backup.

use std::rc::Rc;

use contract::backup::Backup;

/// A backup with its sort and filter keys, computed once instead of whenever a page arrives.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The backup.
    pub backup: Rc<Backup>,
    pub(super) begun: Option<i64>,
    pub(super) duration: Option<i64>,
    pub(super) lower_name: Rc<str>,
}

impl From<Rc<Backup>> for Listed {
    fn from(backup: Rc<Backup>) -> Self {
        Self {
            begun: backup.begun().map(|moment| moment.0),
            duration: backup.duration(),
            lower_name: backup.name.as_deref().unwrap_or_default().to_lowercase().into(),
            backup,
        }
    }
}
