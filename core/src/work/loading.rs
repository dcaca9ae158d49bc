//! The progress of reading a list.

use contract::failure::Failure;

use super::reader::Extent;
use crate::reply::NoResponse;

/// The progress of reading a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loading {
    /// It wasn't requested.
    #[default]
    NotAsked,
    /// Pages are being read.
    Underway {
        /// How many elements were read so far.
        loaded: usize,
        /// How many there are in total, if the API says so.
        total: Option<usize>,
    },
    /// The reading has ended, with the given extent.
    Done(Extent),
    /// The API refused a page.
    Refused(Failure),
    /// A page got no answer.
    Unanswered(NoResponse),
    /// The token is missing or was rejected.
    NoToken,
}
