//! English: several instances with one press.

use super::super::LANGUAGE;
use crate::text::batch::BatchText;
use crate::text::intl::{is_one, number};
use crate::text::words::LATIN;
use console_core::BatchSummary;

pub(super) const TEXT: BatchText = BatchText {
    select: |name| format!("Add {name} to the selection"),
    select_shown: "Select all shown, 50 at most",
    selection: "Instances",
    selection_hint: "One backup of each, with one press. Databases can't be named for several.",
    selected: |count| format!("{} selected", instances(count)),
    clear: "Clear selection",
    set_aside: "What stands in Backup name and Databases is for one instance. It isn't used here, and comes back with “Clear selection”.",
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
        match (is_one(LANGUAGE, count), are_refused) {
            (true, true) => "Try the refused one again".to_owned(),
            (true, false) => "Try the one without a backup again".to_owned(),
            (false, _) => format!("Try the {} {what} again", number(LANGUAGE, count)),
        }
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
    let counts = [
        (summary.unknown, "unknown"),
        (summary.failed, "failed or gone"),
        (summary.refused, "without a backup"),
        (summary.taken, "name taken"),
        (summary.waiting, "waiting"),
        (summary.underway, "being requested"),
        (summary.looked_for, "being looked for"),
        (summary.unfollowed, "not followed"),
        (summary.running, "running"),
        (summary.completed, "completed"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{} {what}", number(LANGUAGE, count))).collect();
    format!("{}: {}", backups(summary.requested), LATIN.commas(&counts))
}
