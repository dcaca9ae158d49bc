//! Draws the state and sends actions. It judges nothing and fetches nothing.
//!
//! Classes that change are the property `className` in what the form is drawn from: yew's `Classes` would bring a set of
//! hashed strings along, and whoever opens the page waits for it.

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
