//! Notifications of the user's system.

use console_core::Failed;
use wasm_bindgen_futures::JsFuture;
use web_sys::Notification;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Asks the user to allow them, and reports the answer.
pub(super) fn ask(report: Callback<Result<(), Failed>>) {
    let Ok(asked) = Notification::request_permission() else {
        report.emit(Err(Failed));
        return;
    };
    spawn_local(async move {
        let answer = JsFuture::from(asked).await.ok().and_then(|answer| answer.as_string());
        let is_granted = answer.as_deref() == Some("granted");
        report.emit(is_granted.then_some(()).ok_or(Failed));
    });
}

/// Shows one.
pub(super) fn show(text: &str) {
    // The page itself says the same: a browser that shows no notification takes nothing away.
    let _ = Notification::new(text);
}
