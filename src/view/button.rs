//! Buttons.

use yew::prelude::*;

use super::Frame;
use crate::state::Action;

/// A button as data: two of them can be compared, and a field whose buttons haven't changed needn't be drawn again.
#[derive(Clone, PartialEq)]
pub struct Button {
    /// What stands on it.
    pub words: AttrValue,
    /// What it does.
    pub action: Action,
    /// Its `id`, where the focus can be moved to it.
    pub id: Option<&'static str>,
    /// Its class.
    pub class: Option<&'static str>,
    /// Its name, where its words don't say enough.
    pub name: Option<AttrValue>,
    /// Whether it is pressed, where it stays so.
    pub pressed: Option<bool>,
    /// Whether what it opens is open.
    pub expanded: Option<bool>,
}

impl Button {
    /// A button with its words.
    pub fn new(words: impl Into<AttrValue>, action: Action) -> Self {
        Self { words: words.into(), action, id: None, class: None, name: None, pressed: None, expanded: None }
    }

    /// Draws it.
    pub fn draw(self, frame: &Frame) -> Html {
        let Self { words, action, id, class, name, pressed, expanded } = self;
        let onclick = frame.on::<MouseEvent>(action);
        html! {
            <button
                type="button"
                {id}
                {class}
                aria-label={name}
                aria-pressed={pressed.map(word)}
                aria-expanded={expanded.map(word)}
                {onclick}
            >
                { words }
            </button>
        }
    }
}

fn word(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// A button with its words.
pub fn button(frame: &Frame, words: impl Into<AttrValue>, action: Action) -> Html {
    Button::new(words, action).draw(frame)
}
