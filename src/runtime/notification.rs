//! System notifications.

use console_core::Failed;
use wasm_bindgen_futures::JsFuture;
use web_sys::Notification;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Asks the user for permission, and reports the answer.
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

/// Shows a notification.
pub(super) fn show(text: &str) {
    // The page shows the same, so a missing notification loses nothing.
    let _ = Notification::new(text);
}
