//! The document that the console is in, and its address.

use wasm_bindgen::JsValue;

/// The URL fragment, with its `#`.
pub fn fragment() -> String {
    gloo_utils::window().location().hash().unwrap_or_default()
}

/// Changes the URL fragment without a step in the browser's history: the old one is gone.
pub(super) fn set_fragment(fragment: &str) {
    let window = gloo_utils::window();
    let location = window.location();
    let page = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let address = if fragment.is_empty() { page } else { format!("{page}#{fragment}") };
    if let Ok(history) = window.history() {
        // A page that is no document of a server (`file:`) keeps its address.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Tells the document which language it is in (BCP 47).
pub fn set_document_language(tag: &str) {
    set_on_root("lang", tag);
}

/// Tells the document which colours it has.
pub fn set_document_theme(word: &str) {
    set_on_root("data-theme", word);
}

fn set_on_root(attribute: &str, value: &str) {
    if let Some(root) = gloo_utils::document().document_element() {
        // Setting an attribute of this name can't fail.
        let _ = root.set_attribute(attribute, value);
    }
}
