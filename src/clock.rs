//! The browser's two clocks.

use console_core::{Monotonic, Now, UnixMillis};
use js_sys::Date;

/// The current time, by the wall clock and by the monotonic clock, which can't be set.
pub fn now() -> Now {
    // A browser without `performance` has no monotonic clock; use the wall clock instead.
    let monotonic = gloo_utils::window().performance().map_or_else(Date::now, |performance| performance.now());
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
    Now { wall: UnixMillis(Date::now() as i64), monotonic: Monotonic(monotonic as i64) }
}
