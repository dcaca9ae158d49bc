//! How long a press stays valid.

/// How long after a press its request may be sent, in milliseconds: several times what a hidden tab needs. After that
/// nobody may be watching any more.
pub(crate) const MAX_PRESS_AGE: i64 = 2 * 60_000;
