//! Carries out the effects of the later part: calls, the clipboard, files, notifications.

use console_core::{Action, CopyTarget, Effect, Language};

use super::run::Runtime;
use super::{clipboard, fetch, files, notification};
use crate::text::{receipt, receipt_of};
use crate::view::announcement;

/// Carries out an effect of the later part.
pub(crate) fn run(runtime: &mut Runtime, effect: Effect, language: Language) {
    let dispatch = runtime.dispatch.clone();
    match effect {
        Effect::Fetch { ticket, connection, call, language, time_limit } => {
            let report = {
                let dispatch = dispatch.clone();
                move |result| dispatch.emit(Action::Responded { ticket, result })
            };
            match fetch::call(&connection, &call, language, time_limit, report) {
                Ok(in_flight) => runtime.pending.keep(ticket, in_flight),
                Err(reason) => dispatch.emit(Action::Responded { ticket, result: Err(reason) }),
            }
        }
        Effect::Probe { ticket, endpoint, time_limit } => {
            let report = {
                let dispatch = dispatch.clone();
                move |result| dispatch.emit(Action::Probed(ticket, result))
            };
            match fetch::probe(&endpoint, time_limit, report) {
                Ok(in_flight) => runtime.pending.keep(ticket, in_flight),
                Err(failed) => dispatch.emit(Action::Probed(ticket, Err(failed))),
            }
        }
        Effect::Copy(what, text) => copy(runtime, what, &text),
        Effect::CopyReceipt(record) => {
            copy(runtime, CopyTarget::Receipt(record.key), &receipt(language, &receipt_of(&record)));
        }
        Effect::AskForNotifications => notification::ask(dispatch.reform(Action::NotificationsAnswered)),
        Effect::ShowNotification(name, status) => notification::show(&announcement(language, &name, &status)),
        Effect::Save(format, rows) => files::save_history(format, &rows),
        Effect::SaveReceipt(record) => files::save_receipt(&record),
        // A browser that can't print does nothing.
        Effect::Print => drop(gloo_utils::window().print()),
        _ => {}
    }
}

fn copy(runtime: &Runtime, what: CopyTarget, text: &str) {
    clipboard::copy(text, runtime.dispatch.reform(move |result| Action::CopyEnded(what, result)));
}
