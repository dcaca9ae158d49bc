//! The token is forgotten when nobody has used the page for a while. What runs is brought to its end first, within limits:
//! a request, the search for a lost backup, the following of one that is being built.
//!
//! The time is over when either clock says so: while a machine sleeps most browsers' monotonic clock stands still, and
//! a wall clock that was set costs its user no more than another paste.

use crate::cx::Cx;
use crate::ticket::Purpose;

/// How long running work may keep the token beyond the idle time, in milliseconds.
const MAX_EXTENSION: i64 = 8 * 60 * 60_000;

/// Sees to it that the page looks again when the time may have come. To be called while there is a token.
pub(crate) fn watch(cx: &mut Cx) {
    if cx.tickets.any(|purpose| purpose == Purpose::Idleness) {
        return;
    }
    // What runs may end before its time: the page looks again once the idle time has passed, and then each time that it
    // has passed anew.
    let idle = i64::from(cx.limits.idle);
    let unused = unused(cx);
    let next = if unused < idle { idle - unused } else { time_left(cx).min(idle) };
    cx.wait_for(Purpose::Idleness, u32::try_from(next.max(0)).unwrap_or(u32::MAX));
}

/// How long the token may still be kept, in milliseconds.
pub(crate) fn time_left(cx: &Cx) -> i64 {
    let extension = if is_underway(cx) { MAX_EXTENSION } else { 0 };
    i64::from(cx.limits.idle) + extension - unused(cx)
}

/// For how long nobody has used the page, in milliseconds.
fn unused(cx: &Cx) -> i64 {
    cx.session.last_used.map_or(0, |used| cx.now.since(used))
}

/// Whether something comes back by itself. When it does, the time is looked at again.
fn is_underway(cx: &Cx) -> bool {
    cx.tickets.any(|purpose| !matches!(purpose, Purpose::Idleness | Purpose::LoadLimit))
}
