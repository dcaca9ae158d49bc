//! An attempt of a creation: one POST.

use crate::clock::{Monotonic, Now};

/// A POST.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attempt {
    /// When it was sent.
    pub(crate) sent: Now,
    /// How it ended, and when; `None` while it is under way. After a reload the server has time to settle anew.
    pub(crate) end: Option<(End, Monotonic)>,
    /// Whether a complete list from right before it had no backup of this name: what has the name since, and was begun in the
    /// time of this attempt, is its backup. Of another time that list says nothing.
    pub(crate) name_was_free: bool,
}

impl Attempt {
    /// When its connection was at an end: when that was heard of, or when its time limit had passed. A page that was away
    /// hears of it much later.
    pub(super) fn connection_ended(&self, now: Monotonic, answer: u32) -> Monotonic {
        let heard = self.end.map_or(now, |(_, at)| at);
        heard.min(Monotonic(self.sent.monotonic.0.saturating_add(i64::from(answer))))
    }

    /// Whether something has come of it, or may come of it.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.end, Some((End::Refused, _)))
    }

    /// Whether it may have made a backup whose name was free right before it.
    pub(crate) fn had_name_free(&self) -> bool {
        self.name_was_free && self.is_open()
    }
}

/// How a POST ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a refusal that settles it, or before it was sent: nothing can come of it any more.
    Refused,
    /// The API has accepted it: a backup comes of it, whether or not a list has it yet.
    Accepted,
    /// In any other way: the server may still be at it.
    Open,
}
