//! The header `Date` of the answers, and the clock that writes it.

use std::time::SystemTime;

use crate::timestamps::offset_by;

/// The header `Date` of every answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateHeader {
    /// This machine's time.
    #[default]
    Correct,
    /// This many seconds ahead of this machine's time; behind if negative.
    OffBy(i64),
    /// It is sent, but pages of other origins may not read it.
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
