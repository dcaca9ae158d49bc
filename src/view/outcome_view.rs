//! The outcome of a press, ready for rendering.

use yew::prelude::*;

/// The outcome of a press, by how its parts are announced.
#[derive(Default)]
pub struct OutcomeView {
    /// Class of its card.
    pub tone: Option<&'static str>,
    /// Whether it shows an existing backup.
    pub is_followed: bool,
    /// The name of the card.
    pub name: Option<AttrValue>,
    /// The part at the top.
    pub head: Html,
    /// Announced if the user doesn't have to act.
    pub status: Html,
    /// Announced if the user has to act.
    pub alert: Html,
    /// Shown without being announced.
    pub more: Html,
}
