//! The browser's two clocks.

use console_core::{Monotonic, Now, UnixMillis};
use js_sys::Date;

/// The moment, by the wall clock and by the one that nobody can set.
pub fn now() -> Now {
    // A browser without it has no monotonic clock, and the wall clock is the next best.
    let monotonic = gloo_utils::window().performance().map_or_else(Date::now, |performance| performance.now());
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
    Now { wall: UnixMillis(Date::now() as i64), monotonic: Monotonic(monotonic as i64) }
}
