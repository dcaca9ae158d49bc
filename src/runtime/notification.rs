//! System notifications.

use console_core::NoNotification;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, Notification, NotificationOptions, NotificationPermission};
use yew::platform::spawn_local;
use yew::prelude::*;

/// Asks the user for permission, and reports the answer.
pub(super) fn ask(report: Callback<Result<(), NoNotification>>) {
    // First, so that nobody is asked for a permission that is of no use.
    let asked = if can_be_constructed() { Notification::request_permission().ok() } else { None };
    let Some(asked) = asked else {
        report.emit(Err(NoNotification::Unsupported));
        return;
    };
    spawn_local(async move {
        let answer = JsFuture::from(asked).await.ok().and_then(|answer| answer.as_string());
        report.emit(match answer.as_deref() {
            Some("granted") => Ok(()),
            Some("default") => Err(NoNotification::Dismissed),
            // There, no setting allows them.
            _ if !gloo_utils::window().is_secure_context() => Err(NoNotification::Unsupported),
            _ => Err(NoNotification::Denied),
        });
    });
}

/// Whether the browser lets a page make notifications. Chrome on Android has the interface and the permission, and its
/// constructor throws a `TypeError`. Data that can't be stored has it throw everywhere, before anything is shown: with a
/// `DataCloneError` where it works (Notifications API, "create a notification").
fn can_be_constructed() -> bool {
    let options = NotificationOptions::new();
    options.set_data(&JsValue::symbol(None));
    match Notification::new_with_options("", &options) {
        // Old versions of Safari ignore the data. It is shown only where the permission is there already.
        Ok(notification) => {
            notification.close();
            true
        }
        Err(error) => error.dyn_ref::<DomException>().is_some_and(|error| error.name() == "DataCloneError"),
    }
}

/// Shows a notification, and reports if there is none. [`ask`] has been answered before.
pub(super) fn show(text: &str, missed: &Callback<NoNotification>) {
    // The permission may have been withdrawn since; the constructor doesn't say so.
    if Notification::permission() != NotificationPermission::Granted {
        missed.emit(NoNotification::Denied);
    } else if Notification::new(text).is_err() {
        missed.emit(NoNotification::Unsupported);
    }
}
