//! How late new backups appear in lists.

use std::time::Duration;

/// How late a new backup appears in lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lag {
    /// It is listed at once.
    #[default]
    None,
    /// How many lists of its instance lack it.
    Lists(u32),
    /// Lists lack it for this long.
    Time(Duration),
    /// Lists lack it until they are told to catch up.
    UntilCaughtUp,
}
