//! The token is forgotten when nobody has used the page for a while. What runs is brought to its end first: a request, the
//! search for a lost backup, the following of one that is being built.

use super::ticket::Purpose;
use super::{Effect, Millis, State};

impl State {
    /// Forgets the token, in the form and for everything that was asked with it.
    pub(super) fn forget_token(&mut self) {
        self.form.forget_token();
        self.keyring.clear();
    }

    /// Forgets the token if the time has come.
    pub(super) fn forget_when_idle(&mut self, now: Millis) -> Vec<Effect> {
        if !self.has_token() || now.since(self.last_used) < i64::from(self.limits.idle) || self.is_underway() {
            return vec![];
        }
        self.forget_token();
        self.form.token_timed_out = true;
        self.give_up(|purpose| *purpose == Purpose::Idleness)
    }

    /// Sees to it that the page looks again when the time may have come.
    pub(super) fn watch_idleness(&mut self, now: Millis) -> Option<Effect> {
        if !self.has_token() || self.is_underway() || self.tickets.awaits(Purpose::Idleness) {
            return None;
        }
        let left = i64::from(self.limits.idle) - now.since(self.last_used);
        Some(self.wait(Purpose::Idleness, u32::try_from(left.max(0)).unwrap_or(self.limits.idle)))
    }

    fn has_token(&self) -> bool {
        !self.form.token.text.is_empty() || !self.keyring.is_empty()
    }

    /// Whether something comes back by itself. When it does, the time is looked at again.
    fn is_underway(&self) -> bool {
        self.tickets.any(|purpose| *purpose != Purpose::Idleness)
    }
}
