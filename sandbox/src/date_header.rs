//! The header `Date` of the answers, and the clock that writes it.

use std::time::SystemTime;

use crate::timestamps::offset_by;

/// The header `Date` of every answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateHeader {
    /// It is this machine's time.
    #[default]
    Correct,
    /// It is so many seconds ahead; behind, when negative.
    OffBy(i64),
    /// It is sent, and pages of another origin may not read it.
    NotExposed,
    /// It isn't sent.
    Missing,
}

impl DateHeader {
    /// The time by the clock that writes the header.
    pub(crate) fn now(self) -> SystemTime {
        match self {
            Self::OffBy(seconds) => offset_by(SystemTime::now(), seconds),
            Self::Correct | Self::NotExposed | Self::Missing => SystemTime::now(),
        }
    }
}
