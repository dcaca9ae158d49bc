//! How long a press counts.

/// How long after a press something may be sent for it, in milliseconds: several times what it takes in a hidden tab. Later
/// nobody may be looking any more.
pub(crate) const MAX_PRESS_AGE: i64 = 2 * 60_000;
