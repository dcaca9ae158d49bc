//! The page's state as a whole: routes an action to its feature, and what features ask of each other.

mod copy;
pub(crate) mod later_part;
pub(crate) mod lookups;
pub(crate) mod state;
mod update;
mod update_later;

pub use copy::Preview;
pub use later_part::LaterPart;
pub use state::{Model, StartupContext};
