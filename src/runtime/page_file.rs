//! Files beside the page.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit};

use super::time_limit::TimeLimit;

/// How long a file beside the page may take before the page starts without it, in milliseconds.
const TIME_LIMIT: u32 = 5_000;

/// The text of a file beside the page; `None` if there is none. Written without `gloo-net`: the page waits for this,
/// and the larger code would delay it.
///
/// # Errors
/// If it can't be read.
pub async fn read_page_file(name: &str) -> Result<Option<String>, JsValue> {
    let controller = AbortController::new()?;
    let _limit = TimeLimit::start(&controller, TIME_LIMIT);
    let options = RequestInit::new();
    options.set_signal(Some(&controller.signal()));
    // The same request as the preload in index.html, so that the answer is already cached.
    let response = JsFuture::from(gloo_utils::window().fetch_with_str_and_init(name, &options)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    match response.status() {
        200 => Ok(JsFuture::from(response.text()?).await?.as_string()),
        404 => Ok(None),
        _ => Err(JsValue::UNDEFINED),
    }
}
