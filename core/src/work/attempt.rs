//! One attempt of a creation: one POST.

use crate::clock::{Monotonic, Now};

/// A POST.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attempt {
    /// When the POST was sent.
    pub(crate) sent: Now,
    /// How it ended, and when; `None` while it is under way. After a reload the server's time to settle starts again.
    pub(crate) end: Option<(End, Monotonic)>,
    /// Whether a complete list read right before it had no backup of this name. Then a backup of this name that began
    /// during this attempt is its own. The list says nothing about any other time.
    pub(crate) name_was_free: bool,
}

impl Attempt {
    /// When its connection ended: when the page was told, or when its time limit had passed. A page that was suspended
    /// may be told much later.
    pub(super) fn connection_ended(&self, now: Monotonic, answer: u32) -> Monotonic {
        let heard = self.end.map_or(now, |(_, at)| at);
        heard.min(Monotonic(self.sent.monotonic.0.saturating_add(i64::from(answer))))
    }

    /// Whether it has created a backup, or still may.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.end, Some((End::Refused, _)))
    }

    /// Whether it may have created a backup, and the name was free right before it.
    pub(crate) fn had_name_free(&self) -> bool {
        self.name_was_free && self.is_open()
    }
}

/// How a POST ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a final refusal, or before it was sent: it can't take effect any more.
    Refused,
    /// The API has accepted it: there will be a backup, whether or not a list shows it yet.
    Accepted,
    /// In any other way: the server may still be processing it.
    Open,
}
