//! The receipt of a backup as text, for a change ticket and for printing.

use console_core::{Certainty, Language, Receipt, Record, Written};
use contract::rules::Field;
use contract::time::UnixSeconds;
use js_sys::Date;
use wasm_bindgen::JsValue;

use super::language::LanguageText;

/// The lines of a receipt with their labels; unknown values are omitted.
pub fn receipt_lines(language: Language, receipt: &Receipt) -> Vec<(String, String)> {
    let text = language.later_text();
    let (parts, lists, label) = (&text.parts, &text.lists, language.text().label);
    let punctuation = &language.text().punctuation;
    let time = |written: &Option<Written>| match written {
        Some(Written { utc, local }) if local.is_empty() => utc.clone(),
        Some(Written { utc, local }) => punctuation.with_note(utc, Some(local)),
        None => String::new(),
    };
    let [asked, ..] = text.steps;
    let certainty =
        [Certainty::Responded, Certainty::Listed].into_iter().find(|it| receipt.known_by == Some(it.word()));
    let lines = [
        (parts.id, receipt.id.clone()),
        (parts.name, receipt.name.clone()),
        (
            text.batch.outcome,
            if receipt.status.is_empty() {
                punctuation
                    .with_note(receipt.outcome, Some(receipt.error_code.as_str()).filter(|code| !code.is_empty()))
            } else {
                String::new()
            },
        ),
        (parts.status, receipt.status.clone()),
        (parts.kind, receipt.r#type.clone()),
        (parts.instance_id, receipt.instance_id.clone()),
        (parts.description, receipt.description.clone()),
        (parts.databases, punctuation.commas(&receipt.databases)),
        (lists.individually, if receipt.backup_database_individually { "true".to_owned() } else { String::new() }),
        (asked, time(&receipt.requested)),
        (parts.begin_time, time(&receipt.begin)),
        (lists.end, time(&receipt.end)),
        (
            lists.duration,
            receipt.duration_seconds.map(|seconds| text.follow.units.duration(seconds)).unwrap_or_default(),
        ),
        (lists.size, receipt.size_kb.map(lists.size_of).unwrap_or_default()),
        (parts.request_id, receipt.request_id.clone().unwrap_or_default()),
        (parts.known_by, certainty.map(text.creation.certainty).unwrap_or_default().to_owned()),
        (
            text.rely.previous_full,
            receipt
                .previous_full
                .as_ref()
                .map(|previous| {
                    let took = previous.duration_seconds.map(|seconds| text.follow.units.duration(seconds));
                    let size = previous.size_kb.map(lists.size_of);
                    let facts = [Some(previous.name.clone()), took, size].into_iter().flatten();
                    punctuation.commas(&facts.collect::<Vec<_>>())
                })
                .unwrap_or_default(),
        ),
        (text.rely.restore_point, receipt.restore_point.clone()),
        (text.rely.audit_event, receipt.audit_event.to_owned()),
    ];
    let target =
        [(label(Field::Endpoint), receipt.endpoint.clone()), (label(Field::ProjectId), receipt.project_id.clone())];
    let lines = lines.into_iter().map(|(label, value)| (label.to_owned(), value)).chain(target);
    lines.filter(|(_, value)| !value.is_empty()).collect()
}

/// A receipt for a change ticket.
pub fn receipt(language: Language, receipt: &Receipt) -> String {
    let punctuation = &language.text().punctuation;
    let lines = receipt_lines(language, receipt).into_iter();
    let lines = lines.map(|(label, value)| punctuation.labelled(&label, &value) + "\n");
    lines.collect()
}

/// The receipt of all backups of a press.
pub fn batch_receipt(language: Language, records: &[Record]) -> String {
    records.iter().map(|record| receipt(language, &receipt_of(record))).collect::<Vec<_>>().join("\n")
}

/// The receipt of a backup, in the user's time zone.
pub fn receipt_of(record: &Record) -> Receipt {
    Receipt::of(record, |moment: UnixSeconds| {
        #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        let date = Date::new(&JsValue::from_f64(moment.0 as f64 * 1_000.0));
        #[allow(clippy::cast_possible_truncation, reason = "an offset has whole minutes, a thousand at the most")]
        let minutes = -(date.get_timezone_offset() as i64);
        minutes
    })
}
