//! Draws the state and sends actions. It judges nothing and fetches nothing.
//!
//! Changing classes in the form use the property `className`: yew's `Classes` would add a set of hashed strings, which
//! every visit would have to load.

mod backup;
mod button;
mod connection;
mod copy_button;
mod cx;
mod databases;
mod field;
mod focus;
mod header;
mod ids;
mod key;
pub(crate) mod later;
mod mark;
mod notices;
mod outcome;
mod outcome_view;
mod page;
mod prerender;
mod title;

pub use cx::{Sections, ViewCx};
pub use focus::{focus, reveal_answer, select};
pub use page::page;
pub use prerender::{PrerenderInput, prerender_input};
pub use title::{announcement, title};
