//! The page around the console as a provider of tokens: what it is being asked, and how often it was.

use crate::action::Press;
use crate::clock::{Monotonic, Now};
use crate::target::Target;

/// After this time without a try, tries count from one again, in milliseconds.
const FORGET_TRIES_AFTER: i64 = 10 * 60_000;

/// What the page around the console is being asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TokenProvider {
    /// Whether there is one: it can come and go while the console is there.
    pub(crate) is_there: bool,
    pub(crate) asked: Option<Question>,
    pub(crate) tries: Vec<Tries>,
    /// The page is put away: it asks for nothing before it is shown again.
    pub(crate) is_away: bool,
}

/// How often a token was asked for since one of the target was rejected.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tries {
    pub(crate) target: Target,
    pub(crate) count: u8,
    pub(crate) last: Monotonic,
}

impl TokenProvider {
    /// Whether a press waits for a token.
    pub(crate) fn press_waits(&self) -> bool {
        self.asked.as_ref().is_some_and(|question| question.press.is_some())
    }

    /// The page isn't visible any more, and every token is forgotten. The tries count rejected tokens, which this isn't.
    pub(crate) fn leave(&mut self) {
        self.is_away = true;
        self.tries.clear();
    }

    /// Somebody sees the page again.
    pub(crate) fn come_back(&mut self) {
        self.is_away = false;
    }

    /// Counts a try for a target: how many there were lately.
    pub(crate) fn count_try(&mut self, target: &Target, now: Now) -> u8 {
        let place = self.tries.iter().position(|tries| tries.target == *target);
        let before = place.map(|place| self.tries.remove(place));
        let before = before.filter(|tries| now.monotonic.since(tries.last) <= FORGET_TRIES_AFTER);
        let count = before.map_or(0, |tries| tries.count) + 1;
        self.tries.push(Tries { target: target.clone(), count, last: now.monotonic });
        count
    }
}

/// A question for a token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Question {
    /// Which token: it goes to no other target.
    pub(crate) target: Target,
    /// The press that waits for it; `None` to go on with what goes on by itself.
    pub(crate) press: Option<Press>,
    /// When it began to wait.
    pub(crate) at: Now,
}
