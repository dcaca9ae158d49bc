//! How late the lists show new backups.

use std::time::Duration;

/// How late a new backup appears in the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListDelay {
    /// It is listed at once.
    #[default]
    None,
    /// How many lists of its instance lack it.
    Requests(u32),
    /// Lists lack it for this long.
    Duration(Duration),
    /// The lists lack it until the delay is ended.
    UntilEnded,
}
