//! English: what an instance has in backups, and how far a new one can be relied on.

use super::super::LANGUAGE;
use crate::text::intl::{is_one, number};
use crate::text::later::RelyText;
use crate::text::words::{LATIN, LATIN_UNITS};

pub(super) const TEXT: RelyText = RelyText {
    backup: |name, kind| LATIN.with_note(&format!("“{name}”"), kind),
    last_full: |name, when, seconds, size| {
        let size = size.map(|size| format!(", {size}")).unwrap_or_default();
        format!("Last full backup: {name}, {when} ({}){size}.", ago(seconds))
    },
    no_full: "The instance's list has no completed full backup.",
    as_of: |time| format!("This is what the list had at {time}."),
    looking: "Looking for the last full backup…",
    cant_tell: "Whether there is a full backup can't be told: the list of backups couldn't be read as a whole.",
    manual: |count, size, oldest| {
        let backups = if is_one(LANGUAGE, count) { "completed manual backup" } else { "completed manual backups" };
        let size = size.map(|size| format!(", {size}")).unwrap_or_default();
        let oldest = oldest.map(|oldest| format!("; the oldest of {oldest}")).unwrap_or_default();
        format!(
            "{} {backups}{size}{oldest}. Manual backups are kept until you delete them, also after the instance is deleted.",
            number(LANGUAGE, count)
        )
    },
    mysql: "MySQL: run no schema change (DDL) until the backup is COMPLETED.",
    longer: |usual| {
        format!(
            "This takes longer than usual: the latest ones of this instance took up to {}. It can't be used yet.",
            LATIN_UNITS.duration(usual)
        )
    },
    task: |reason| format!("The API's task list says: {reason}"),
    compared: |name, took, size| {
        let facts: Vec<&str> = [took, size].into_iter().flatten().collect();
        format!("For comparison, an earlier full backup, {name}: {}.", facts.join(", "))
    },
    is_empty: "The API states a size of 0. Look into that before you rely on this backup.",
    is_small: "This one has less than half of that size. Look into that before you rely on it.",
    restore: "How to restore from it",
    restore_detail: "Only a restore proves a backup. A new instance is restored from it by this part of the request “Creating a DB Instance”, beside what any new instance needs:",
    restore_command: "Or by this command of the OpenStack client; replace what is in angle brackets:",
    previous_full: "Earlier full backup",
    audit_event: "Audit event (CTS)",
    restore_point: "To restore from it",
};

/// How long something is past.
fn ago(seconds: i64) -> String {
    match seconds / (24 * 60 * 60) {
        days @ 2.. => format!("{days} days ago"),
        _ => format!("{} ago", LATIN_UNITS.duration(seconds)),
    }
}
