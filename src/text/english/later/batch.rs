//! English: several instances with one press.

use super::super::LANGUAGE;
use crate::text::batch::BatchText;
use crate::text::intl::{is_one, number};
use crate::text::words::with_commas;
use console_core::BatchSummary;

pub(super) const TEXT: BatchText = BatchText {
    select: |name| format!("Add {name} to the selection"),
    select_shown: "Select all shown",
    selection: "Instances",
    selection_hint: "One backup of each, with one press. Databases can't be named for several.",
    selected: |count| format!("{} selected", instances(count)),
    clear: "Clear selection",
    remove: |name| format!("Remove {name}"),
    names: "Backups to be created",
    name_unknown: "Load the instances to see its name",
    rename: "Use the current time",
    create: |count| format!("Create {}", backups(count)),
    queued: |name| format!("“{name}” waits for its turn. Nothing has been sent for it yet."),
    heading: backups,
    summary,
    all_completed: "All backups are completed.",
    try_again: |count, are_refused| {
        let what = if are_refused { "refused" } else { "without a backup" };
        format!("Try the {} {what} again", number(LANGUAGE, count))
    },
    look_again: |count| format!("Look for the {} again", number(LANGUAGE, count)),
    look_again_at: |count, endpoint| format!("Look for the {} at {endpoint}", number(LANGUAGE, count)),
    table: "Download receipt as CSV",
    outcome: "Outcome of the request",
};

fn backups(count: usize) -> String {
    format!("{} {}", number(LANGUAGE, count), if is_one(LANGUAGE, count) { "backup" } else { "backups" })
}

fn instances(count: usize) -> String {
    format!("{} {}", number(LANGUAGE, count), if is_one(LANGUAGE, count) { "instance" } else { "instances" })
}

fn summary(summary: &BatchSummary) -> String {
    let BatchSummary { requested, underway, looked_for, running, completed, failed, refused, unknown } = *summary;
    let counts = [
        (unknown, "unknown"),
        (failed, "failed"),
        (refused, "without a backup"),
        (underway, "being requested"),
        (looked_for, "being looked for"),
        (running, "running"),
        (completed, "completed"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{} {what}", number(LANGUAGE, count))).collect();
    format!("{}: {}", backups(requested), with_commas(&counts))
}
