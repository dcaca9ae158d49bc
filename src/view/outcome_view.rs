//! What became of a press, ready to be drawn.

use yew::prelude::*;

/// What became of a press, taken apart by how it is told.
#[derive(Default)]
pub struct OutcomeView {
    /// Class of its card.
    pub tone: Option<&'static str>,
    /// Whether it is a backup that exists.
    pub is_followed: bool,
    /// Name of its card.
    pub name: Option<AttrValue>,
    /// What stands in front.
    pub head: Html,
    /// Told when the user isn't expected to act.
    pub status: Html,
    /// Told when the user is.
    pub alert: Html,
    /// Not told, only shown.
    pub more: Html,
}
