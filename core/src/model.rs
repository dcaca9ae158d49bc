//! The page's state as a whole: routes an action to its feature, and what features ask of each other.

mod copy;
pub(crate) mod deferred;
pub(crate) mod lookups;
pub(crate) mod state;
mod update;
mod update_later;

pub use copy::Preview;
pub use deferred::DeferredActions;
pub use state::{Model, StartupContext};
