//! Carries out the effects of the later part: calls, the clipboard, files, notifications.

use console_core::{Action, CopyTarget, Language, Reply, ShareAction, WorkAction, WorkEffect};

use super::run::Runtime;
use super::{clipboard, fetch, files, notification};
use crate::text::{batch_receipt, receipt, receipt_of};
use crate::view::announcement;

/// Carries out an effect of the later part.
pub(crate) fn run(runtime: &mut Runtime, effect: WorkEffect, language: Language) {
    let dispatch = runtime.dispatch.clone();
    match effect {
        WorkEffect::Fetch { ticket, connection, call, language, time_limit } => {
            let reply = dispatch.reform(move |result| Action::Reply(ticket, Reply::Response(result)));
            let report = reply.clone();
            match fetch::call(&connection, &call, language, time_limit, move |result| report.emit(result)) {
                Ok(in_flight) => runtime.pending.keep(ticket, in_flight),
                Err(reason) => reply.emit(Err(reason)),
            }
        }
        WorkEffect::Probe { ticket, endpoint, time_limit } => {
            let reply = dispatch.reform(move |result| Action::Reply(ticket, Reply::Probe(result)));
            let report = reply.clone();
            match fetch::probe(&endpoint, time_limit, move |result| report.emit(result)) {
                Ok(in_flight) => runtime.pending.keep(ticket, in_flight),
                Err(failed) => reply.emit(Err(failed)),
            }
        }
        WorkEffect::Copy(what, text) => copy(runtime, what, &text),
        WorkEffect::CopyReceipt(record) => {
            copy(runtime, CopyTarget::Receipt(record.key), &receipt(language, &receipt_of(&record)));
        }
        WorkEffect::AskForNotifications => {
            notification::ask(dispatch.reform(|result| Action::Work(WorkAction::NotificationsAnswered(result))));
        }
        WorkEffect::ShowNotification(ended) => {
            let missed = dispatch.reform(|reason| Action::Work(WorkAction::NotificationMissed(reason)));
            notification::show(&announcement(language, &ended), &missed);
        }
        WorkEffect::Save(format, rows) => files::save_history(format, &rows),
        WorkEffect::CopyBatchReceipt(key, records) => {
            copy(runtime, CopyTarget::BatchReceipt(key), &batch_receipt(language, &records));
        }
        WorkEffect::SaveBatchReceipt(records) => files::save_batch_receipt(&records),
        WorkEffect::SaveReceipt(record) => files::save_receipt(&record),
        // A browser that can't print does nothing.
        WorkEffect::Print => drop(gloo_utils::window().print()),
    }
}

fn copy(runtime: &Runtime, what: CopyTarget, text: &str) {
    clipboard::copy(text, runtime.dispatch.reform(move |result| Action::Share(ShareAction::CopyEnded(what, result))));
}
