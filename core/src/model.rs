//! The page as a whole: routes an action to its feature, and keeps what belongs to none.

mod copy;
mod deferred;
pub(crate) mod facts;
mod idle;
mod opened;
mod presses;
mod settings;
pub(crate) mod state;
mod supplied_token;
mod undo;
mod update;
mod update_later;

pub use copy::Preview;
pub use state::{Model, StartupContext};
