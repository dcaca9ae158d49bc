//! Takes over what was typed into the prerendered page, whose fields accept text before the program is loaded.

use console_core::{Action, FormAction, Input};
use contract::rules::Field;
use web_sys::Element;

use super::field;
use super::focus::element;
use super::ids::id_of;

/// The input in the prerendered page.
#[derive(Default)]
pub struct PrerenderInput {
    /// The actions that the console's fields would have sent.
    pub actions: Vec<Action>,
    /// The field that has the focus.
    pub focus: Option<Field>,
    /// The start and end of its selection, in UTF-16 units; a caret is an empty selection.
    pub selection: Option<(u32, u32)>,
}

/// Reads the input in the prerendered page in `root`.
pub fn prerender_input(root: &Element) -> PrerenderInput {
    let focused = gloo_utils::document().active_element().map(|element| element.id());
    let mut input = PrerenderInput::default();
    for field in Field::SINGLE {
        let id = id_of(field);
        let text = element(root, &id).map(|element| field::text_of(&element)).unwrap_or_default();
        let has_focus = focused.as_ref() == Some(&id);
        if has_focus {
            input.focus = Some(field);
            input.selection = element(root, &id).and_then(|element| field::selection_of(&element));
        }
        if !text.is_empty() {
            input.actions.push(field::edited(field, text, Input::Restored));
            if !has_focus {
                input.actions.push(Action::Form(FormAction::Blurred(field)));
            }
        }
    }
    input
}
