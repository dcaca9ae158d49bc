//! What the page shows after a crash.

use std::cell::RefCell;

use console_core::Language;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::text::LanguageText;

thread_local! {
    /// The elements that contain consoles.
    static DRAWN: RefCell<Vec<Element>> = const { RefCell::new(Vec::new()) };
}

/// Registers an element that contains a console.
pub(crate) fn drawn_in(element: &Element) {
    DRAWN.with_borrow_mut(|drawn| drawn.push(element.clone()));
}

/// Removes it again.
pub(crate) fn no_longer_drawn_in(element: &Element) {
    DRAWN.with_borrow_mut(|drawn| drawn.retain(|known| known != element));
}

/// Suppresses the panic message, since it may quote what was typed. The page shows [`show_that_it_broke`] instead.
pub(crate) fn silence_panic_message() {
    yew::set_custom_panic_hook(Box::new(|_| {}));
}

/// Shows a message in place of every console after a crash, since all of them share one program. The script that
/// started the program calls this when it traps, which is how a panic ends.
#[wasm_bindgen]
pub fn show_that_it_broke() {
    DRAWN.with(|drawn| {
        // The code that crashed may still have borrowed it.
        for element in drawn.try_borrow().iter().flat_map(|drawn| drawn.iter()) {
            // One without content says it already.
            let Some(console) = element.first_element_child() else { continue };
            let tag = console.get_attribute("lang").unwrap_or_default();
            // No element is created and yew isn't used, since it may be what crashed.
            element.set_text_content(Some(Language::of_tag(&tag).text().broken));
            let _ = element.set_attribute("role", "alert");
            element.set_class_name("loading");
        }
    });
}
