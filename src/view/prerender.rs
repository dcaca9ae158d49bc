//! Takes over what was typed into the prerendered page, whose fields take text before the program is there.

use console_core::{Action, FormAction, Input};
use contract::rules::Field;
use web_sys::Element;

use super::field;
use super::focus::element;
use super::ids::id_of;

/// What was done in the prerendered page.
#[derive(Default)]
pub struct PrerenderInput {
    /// The same as it would have been told by the fields of the console.
    pub actions: Vec<Action>,
    /// The field that has the focus.
    pub focus: Option<Field>,
    /// What is selected in it, from and to, in UTF-16 units; a caret is an empty selection.
    pub selection: Option<(u32, u32)>,
}

/// Reads what was done in the prerendered page that is in `root`.
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
