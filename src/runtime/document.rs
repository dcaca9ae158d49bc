//! The document that contains the console, and its address.

use wasm_bindgen::JsValue;

/// The URL fragment, with its `#`.
pub fn fragment() -> String {
    gloo_utils::window().location().hash().unwrap_or_default()
}

/// Replaces the URL fragment without adding an entry to the browser's history.
pub(super) fn set_fragment(fragment: &str) {
    let window = gloo_utils::window();
    let location = window.location();
    let page = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let address = if fragment.is_empty() { page } else { format!("{page}#{fragment}") };
    if let Ok(history) = window.history() {
        // A page that wasn't served (`file:`) keeps its address.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Sets the document's language (BCP 47).
pub fn set_document_language(tag: &str) {
    set_on_root("lang", tag);
}

/// Sets the document's colours.
pub fn set_document_theme(word: &str) {
    set_on_root("data-theme", word);
}

fn set_on_root(attribute: &str, value: &str) {
    if let Some(root) = gloo_utils::document().document_element() {
        // Setting an attribute of this name can't fail.
        let _ = root.set_attribute(attribute, value);
    }
}
