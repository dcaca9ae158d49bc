//! The token is forgotten when nobody has used the page for a while. What runs is brought to its end first, within limits:
//! a request, the search for a lost backup, the following of one that is being built.
//!
//! The time is over when either clock says so: while a machine sleeps most browsers' monotonic clock stands still, and
//! a wall clock that was set costs its user no more than another paste.

use super::state::Model;
use crate::clock::Now;
use crate::effect::{Effect, PageEffect};
use crate::ticket::Purpose;

/// How long running work may keep the token beyond the idle time, in milliseconds.
const LONGEST_EXTENSION: i64 = 8 * 60 * 60_000;

impl Model {
    /// Forgets the token, in the form and for everything that was asked with it.
    pub(crate) fn forget_token(&mut self) {
        self.form.forget_token();
        self.session.credentials.clear();
        self.deferred_for = None;
    }

    /// Forgets the token by itself, and says so at its field. One that was supplied nobody has to paste again.
    pub(crate) fn token_lapses(&mut self) {
        let had_token = self.has_token() && !self.form.token_is_supplied();
        self.forget_token();
        self.form.token_has_lapsed |= had_token;
    }

    /// Forgets the token if the time has come.
    pub(crate) fn forget_when_idle(&mut self, now: Now) -> Vec<Effect> {
        self.session.last_used.get_or_insert(now);
        if !self.has_token() || self.time_left(now) > 0 {
            return vec![];
        }
        self.token_lapses();
        // The provider isn't asked again until the user returns.
        self.session.provider.leave();
        self.give_up(|purpose| purpose == Purpose::Idleness)
    }

    /// Sees to it that the page looks again when the time may have come.
    pub(crate) fn watch_idleness(&mut self, now: Now) -> Option<Effect> {
        if !self.has_token() || self.tickets.any(|purpose| purpose == Purpose::Idleness) {
            return None;
        }
        // What runs may end before its time: the page looks again once the idle time has passed, and then each time that it
        // has passed anew.
        let idle = i64::from(self.limits.idle);
        let unused = self.unused(now);
        let next = if unused < idle { idle - unused } else { self.time_left(now).min(idle) };
        let time = u32::try_from(next.clamp(0, i64::from(i32::MAX))).unwrap_or_default();
        let ticket = self.tickets.issue(Purpose::Idleness);
        Some(Effect::Page(PageEffect::Wait(ticket, time)))
    }

    /// How long the token may still be kept, in milliseconds.
    fn time_left(&self, now: Now) -> i64 {
        let extension = if self.is_underway() { LONGEST_EXTENSION } else { 0 };
        i64::from(self.limits.idle) + extension - self.unused(now)
    }

    /// For how long nobody has used the page, in milliseconds.
    fn unused(&self, now: Now) -> i64 {
        self.session.last_used.map_or(0, |used| now.since(used))
    }

    fn has_token(&self) -> bool {
        !self.form.token.text.is_empty() || !self.session.credentials.is_empty()
    }

    /// Whether something comes back by itself. When it does, the time is looked at again.
    fn is_underway(&self) -> bool {
        self.tickets.any(|purpose| !matches!(purpose, Purpose::Idleness | Purpose::LoadLimit))
    }
}
