//! Lists of backups that are being read, page by page: before a press, to search for a backup, or for the table.

use std::rc::Rc;

use contract::backup::Backup;
use contract::call::BackupTypes;

use super::reader::Reader;
use crate::target::Target;

/// A list that is being read.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Reading {
    pub(crate) id: u32,
    pub(crate) purpose: ReadingFor,
    pub(crate) target: Target,
    pub(super) instance_id: String,
    pub(super) types: BackupTypes,
    pub(crate) reader: Reader,
    pub(super) found: Vec<Rc<Backup>>,
}

/// Who requested the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadingFor {
    /// A press, before it sends.
    Press(u32),
    /// A creation that searches for its backup.
    Creation(u32),
    /// The table.
    Table,
}
