//! The clipboard.

use console_core::Failed;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Copies a text, and reports whether that worked.
pub(super) fn copy(text: &str, report: Callback<Result<(), Failed>>) {
    let clipboard = gloo_utils::window().navigator().clipboard();
    // Browsers omit it on pages without https.
    if JsValue::is_undefined(&clipboard) {
        report.emit(Err(Failed));
        return;
    }
    let written = JsFuture::from(clipboard.write_text(text));
    spawn_local(async move { report.emit(written.await.map(drop).map_err(|_| Failed)) });
}
