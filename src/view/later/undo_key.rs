//! Ctrl+Z in a field in which the page has replaced something.

use console_core::{Action, FillAction, Model};
use contract::rules::Field;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::view::cx::ViewCx;
use crate::view::ids::id_of;
use crate::view::key::composes;

/// Brings back what the page has replaced in the field with the focus. Any other Ctrl+Z is the browser's.
pub(super) fn undo_key(cx: &ViewCx, model: &Model) -> Callback<KeyboardEvent> {
    let databases = model.form.databases.len();
    // They stand or fall together.
    let databases = if model.form.undoes_in(Field::Databases) { databases } else { 0 };
    let single = Field::SINGLE.into_iter().filter(|field| model.form.undoes_in(*field));
    let fields: Vec<Field> = single.chain((0..databases).map(Field::Database)).collect();
    let (is_locked, dispatch) = (cx.is_locked, cx.dispatch.clone());
    Callback::from(move |event: KeyboardEvent| {
        if is_locked || composes(&event) || !means_undo(&event) {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(id) = target.map(|target| target.id()) else { return };
        if let Some(field) = fields.iter().copied().find(|field| id_of(*field) == id) {
            event.prevent_default();
            dispatch.emit(Action::Fill(FillAction::UndoPressed(field)));
        }
    })
}

/// Ctrl+Z, or Cmd+Z on macOS. With Shift, it means the opposite. The code follows the keyboard's layout, as in the browser's own
/// shortcut, and is that of a `Z` where the layout has other letters.
fn means_undo(event: &KeyboardEvent) -> bool {
    const Z: u32 = 90;
    event.key_code() == Z && (event.ctrl_key() || event.meta_key()) && !event.shift_key() && !event.alt_key()
}
