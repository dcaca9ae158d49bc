//! What the page shows should the program ever break.

use std::cell::RefCell;

use console_core::Language;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::text::LanguageText;

thread_local! {
    /// Where consoles are drawn.
    static DRAWN: RefCell<Vec<Element>> = const { RefCell::new(Vec::new()) };
}

/// A console is drawn here from now on.
pub(crate) fn drawn_in(element: &Element) {
    DRAWN.with_borrow_mut(|drawn| drawn.push(element.clone()));
}

/// It isn't any more.
pub(crate) fn no_longer_drawn_in(element: &Element) {
    DRAWN.with_borrow_mut(|drawn| drawn.retain(|known| known != element));
}

/// Says nothing of a panic itself: its message may quote what was typed. What the page shows then is
/// [`show_that_it_broke`].
pub(crate) fn silence_panic_message() {
    yew::set_custom_panic_hook(Box::new(|_| {}));
}

/// Shows a sentence in place of every console, should one ever break: all of them are of one program. The script that has
/// started the program calls this when it traps, which is how a panic ends.
#[wasm_bindgen]
pub fn show_that_it_broke() {
    let tag = gloo_utils::document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    DRAWN.with(|drawn| {
        // What broke may have it in hand.
        for element in drawn.try_borrow().iter().flat_map(|drawn| drawn.iter()) {
            // Nothing is created and nothing asked of yew, which may be what broke.
            element.set_text_content(Some(Language::of_tag(&tag).text().broken));
            let _ = element.set_attribute("role", "alert");
            element.set_class_name("loading");
        }
    });
}
