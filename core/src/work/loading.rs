//! How far the reading of a list has come.

use contract::failure::Failure;

use super::reader::Extent;
use crate::reply::NoResponse;

/// How far the reading of a list has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loading {
    /// Nobody asked for it.
    #[default]
    NotAsked,
    /// Pages are coming in.
    Underway {
        /// How many elements are there.
        loaded: usize,
        /// How many there will be, where the API says so.
        total: Option<usize>,
    },
    /// The reading has ended: of how much.
    Done(Extent),
    /// The API refused a page.
    Refused(Failure),
    /// A page wasn't answered.
    Unanswered(NoResponse),
    /// There is no token, or no good one.
    NoToken,
}
