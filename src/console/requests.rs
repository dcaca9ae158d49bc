//! Carries out what requests ask for: fetch, clipboard, files, notifications.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Notification, Url};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::Console;
use crate::{client, text, view};
use console_core::{Action, CopyTarget, Effect, Failed, Format, Record, Row, csv};

/// Carries out an effect that has to do with requests; the others are the console's own.
pub(crate) fn run_effect(console: &mut Console, context: &Context<Console>, effect: Effect) {
    let link = context.link().clone();
    match effect {
        Effect::Fetch { ticket, connection, call, language, time_limit } => {
            let report = move |result| link.send_message(Action::Responded { ticket, result });
            match client::call(&connection, &call, language, time_limit, report) {
                Ok(in_flight) => {
                    console.in_flight.push((ticket, in_flight));
                }
                Err(reason) => context.link().send_message(Action::Responded { ticket, result: Err(reason) }),
            }
        }
        Effect::Probe(ticket, endpoint) => {
            let report = move |reached| link.send_message(Action::Probed(ticket, reached));
            client::probe(&endpoint, console.state.time_limit(), report);
        }
        Effect::Copy(what, text) => copy(what, &text, console.dispatch.clone()),
        Effect::CopyReceipt(record) => {
            let receipt = text::receipt(console.state.language, &view::receipt(&record));
            copy(CopyTarget::Receipt(record.key), &receipt, console.dispatch.clone());
        }
        Effect::AskForNotifications => ask_for_notifications(console.dispatch.clone()),
        Effect::ShowNotification(name, status) => notify(&view::announcement(console.state.language, &name, &status)),
        Effect::Save(format, rows) => save_history(format, &rows),
        Effect::SaveReceipt(record) => save_receipt(&record),
        // A browser that can't print does nothing.
        Effect::Print => drop(gloo_utils::window().print()),
        _ => {}
    }
}

fn ask_for_notifications(dispatch: Callback<Action>) {
    let Ok(asked) = Notification::request_permission() else {
        dispatch.emit(Action::NotificationsAnswered(Err(Failed)));
        return;
    };
    spawn_local(async move {
        let answer = JsFuture::from(asked).await.ok().and_then(|answer| answer.as_string());
        let is_granted = answer.as_deref() == Some("granted");
        dispatch.emit(Action::NotificationsAnswered(is_granted.then_some(()).ok_or(Failed)));
    });
}

fn notify(text: &str) {
    // The page itself says the same: a browser that shows no notification takes nothing away.
    let _ = Notification::new(text);
}

fn save_history(format: Format, rows: &[Row]) {
    match format {
        Format::Json => save(&client::pretty_json(&rows), "backups.json", "application/json"),
        Format::Csv => save(&csv(rows), "backups.csv", "text/csv"),
    }
}

fn save_receipt(record: &Record) {
    let receipt = view::receipt(record);
    let name = format!("{}.json", if receipt.name.is_empty() { "backup" } else { &receipt.name });
    save(&client::pretty_json(&receipt), &name, "application/json");
}

/// Gives the user a file, as a link to it would.
fn save(text: &str, name: &str, kind: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let anchor =
        gloo_utils::document().create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // The browser has the blob by now; the name isn't needed any more.
    let _ = Url::revoke_object_url(&url);
}

fn copy(what: CopyTarget, text: &str, dispatch: Callback<Action>) {
    let clipboard = gloo_utils::window().navigator().clipboard();
    // Browsers leave it out on pages without https.
    if JsValue::is_undefined(&clipboard) {
        dispatch.emit(Action::CopyEnded(what, Err(Failed)));
        return;
    }
    let written = JsFuture::from(clipboard.write_text(text));
    spawn_local(async move {
        let success = written.await.is_ok().then_some(()).ok_or(Failed);
        dispatch.emit(Action::CopyEnded(what, success));
    });
}
