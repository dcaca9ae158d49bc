//! Buttons, including those beside a field.

use yew::prelude::*;

use super::cx::ViewCx;
use super::ids::LOAD_INSTANCES;
use crate::text::Text;
use console_core::{Action, FillAction, FormAction, Press};

/// A button as data.
pub struct Button {
    /// Its label.
    pub words: AttrValue,
    /// Creates its action, anew at each press.
    pub action: Box<dyn Fn() -> Action>,
    /// Its `id`, if the focus can be moved to it.
    pub id: Option<&'static str>,
    /// Its class.
    pub class: Option<&'static str>,
    /// Its accessible name, if the label isn't sufficient.
    pub name: Option<AttrValue>,
    /// Whether it is pressed, for a toggle button.
    pub pressed: Option<bool>,
    /// Whether what it opens is open.
    pub expanded: Option<bool>,
    /// Whether the second click of a double click doesn't count: it may have been meant for what stood there before.
    pub is_once: bool,
}

impl Button {
    /// A button with this label.
    pub fn new(words: impl Into<AttrValue>, action: impl Fn() -> Action + 'static) -> Self {
        let action = Box::new(action);
        Self {
            words: words.into(),
            action,
            id: None,
            class: None,
            name: None,
            pressed: None,
            expanded: None,
            is_once: false,
        }
    }

    /// A button that may send something.
    pub fn press(words: impl Into<AttrValue>, press: Press) -> Self {
        Self { is_once: true, ..Self::new(words, move || Action::Press(press)) }
    }

    /// Draws the button.
    pub fn draw(self, cx: &ViewCx) -> Html {
        let Self { words, action, id, class, name, pressed, expanded, is_once } = self;
        let dispatch = cx.dispatch.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            if !is_once || event.detail() < 2 {
                dispatch.emit(action());
            }
        });
        html! {
            <button
                type="button"
                {id}
                ~className={class.unwrap_or_default()}
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

/// The buttons beside a field, as comparable data: a field whose buttons haven't changed isn't redrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldButton {
    /// `Load instances`.
    LoadInstances,
    /// `Show backups`.
    ShowBackups,
    /// `Suggest a name`.
    SuggestName,
    /// `Show token`, or `Hide token` when it is shown.
    RevealToken(bool),
    /// `Forget token`.
    ForgetToken,
    /// `Remove database N`, counted from 0.
    RemoveDatabase(usize),
}

impl FieldButton {
    /// The button.
    pub fn button(self, text: &Text) -> Button {
        match self {
            Self::LoadInstances => Button {
                id: Some(LOAD_INSTANCES),
                ..Button::new(text.page.load_instances, || Action::Press(Press::LoadInstances))
            },
            Self::ShowBackups => Button::new(text.page.show_backups, || Action::Press(Press::ShowBackups)),
            Self::SuggestName => Button::new(text.page.suggest_name, || Action::Fill(FillAction::SuggestNamePressed)),
            Self::RevealToken(is_shown) => {
                let words = if is_shown { text.hide_token } else { text.show_token };
                Button {
                    pressed: Some(is_shown),
                    ..Button::new(words, || Action::Form(FormAction::RevealTokenPressed))
                }
            }
            Self::ForgetToken => Button::new(text.forget_token, || Action::Form(FormAction::ForgetTokenPressed)),
            Self::RemoveDatabase(index) => Button::new((text.remove_database)(index + 1), move || {
                Action::Form(FormAction::RemoveDatabasePressed(index))
            }),
        }
    }
}

fn word(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// A button with this label.
pub fn button(cx: &ViewCx, words: impl Into<AttrValue>, action: impl Fn() -> Action + 'static) -> Html {
    Button::new(words, action).draw(cx)
}
