//! Moves the focus and scrolls within the console.

use console_core::Focus;
use contract::rules::Field;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::field;
use super::ids::{ADD_DATABASE, ANSWER, COPY_BY_HAND, LOAD_INSTANCES, REQUEST, SUBMIT, SUMMARY, id_of};

/// Moves the focus to an element of the console in `root`.
pub fn focus(root: &Element, target: Focus) {
    let id = match target {
        Focus::Field(field) => id_of(field),
        Focus::AddDatabase => ADD_DATABASE.to_owned(),
        Focus::Submit => SUBMIT.to_owned(),
        Focus::Summary => SUMMARY.to_owned(),
        Focus::Request => REQUEST.to_owned(),
        Focus::Instances => LOAD_INSTANCES.to_owned(),
        Focus::CopyByHand => COPY_BY_HAND.to_owned(),
    };
    let Some(element) = element(root, &id) else { return };
    let options = FocusOptions::new();
    // Scroll to a field with its label and hint, which the browser alone would leave above the top of the screen.
    if let Ok(Some(field)) = element.closest(".field") {
        field.scroll_into_view_with_scroll_into_view_options(&as_little_as_possible());
        options.set_prevent_scroll(true);
    }
    // If the element can't take the focus, it stays where it is.
    let _ = element.focus_with_options(&options);
}

/// Selects text in a field of the console in `root`, or puts the caret there.
pub fn select(root: &Element, of: Field, selection: (u32, u32)) {
    if let Some(element) = element(root, &id_of(of)) {
        field::select(&element, selection);
    }
}

/// Scrolls the answer into view, as little as possible: on a narrow screen it is below the form.
pub fn reveal_answer(root: &Element) {
    if let Some(element) = element(root, ANSWER) {
        element.scroll_into_view_with_scroll_into_view_options(&as_little_as_possible());
    }
}

fn as_little_as_possible() -> ScrollIntoViewOptions {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options
}

/// Searched only within the console: a page may have several.
pub(super) fn element(root: &Element, id: &str) -> Option<HtmlElement> {
    root.query_selector(&format!("#{id}")).ok().flatten().and_then(|element| element.dyn_into().ok())
}
