//! How late the lists show what was made.

use std::time::Duration;

/// How late a backup that was made appears in the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lag {
    /// It is in them at once.
    #[default]
    None,
    /// How many lists of its instance lack it.
    Lists(u32),
    /// The lists lack it for so long.
    Time(Duration),
    /// The lists lack it until they are told to catch up.
    UntilCaughtUp,
}
