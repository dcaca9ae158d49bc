//! How long a press counts.

/// So long after a press something may be sent for it, in milliseconds: some times what it takes in a tab that is hidden. Later
/// nobody may be looking any more.
pub(crate) const LONGEST_FROM_PRESS: i64 = 2 * 60_000;
