//! The sentences that a language needs once there is something to send; they come with the later part of the program.

use super::batch::BatchText;
use super::words::Units;
use console_core::{
    Blocker, Cause, Certainty, CopyTarget, Failed, FieldRefusal, NoNotification, NotSent, Notice, Repeat, Unknown,
};
use contract::backup::{Backup, Kind, Status};
use contract::codes::ErrorKind;
use contract::iam_token::TokenClue;
use contract::instance::{Engine, Role, Unsuitable};
use contract::rules::token::Removed;
use contract::rules::{Violation, Warning};

/// The sentences that are not needed before there is a request.
pub struct LaterText {
    /// What to do about a broken rule that the later part detects; the others are in [`Text::violation`].
    pub violation: fn(&Violation) -> String,
    /// A warning about an unusual text.
    pub warning: fn(&Warning) -> String,
    /// What was left out of a pasted token.
    pub removed: fn(&[Removed]) -> String,
    /// A notice.
    pub notice: fn(&Notice) -> String,
    /// Beside a copy button.
    pub copied: fn(CopyTarget, Result<(), Failed>) -> &'static str,
    /// Label of the field with a text that wasn't copied.
    pub copy_by_hand: &'static str,
    /// While a request is under way; the backup's name.
    pub sending: fn(&str) -> String,
    /// Heading of an accepted backup.
    pub accepted: fn(Option<&Status>) -> &'static str,
    /// The meaning of that status for the user.
    pub accepted_detail: fn(Option<&Status>) -> &'static str,
    /// When the page learned that a backup has failed: the time.
    pub learned: fn(&str) -> String,
    /// Labels of the details of an answer.
    pub parts: FieldLabels,
    /// A status in words.
    pub status: fn(&Status) -> &'static str,
    /// A type in words.
    pub kind: fn(&Kind) -> &'static str,
    /// In place of a detail that the answer lacks.
    pub not_in_answer: &'static str,
    /// After a time without an offset.
    pub zone_not_stated: &'static str,
    /// After a time in the user's time zone.
    pub local_time: &'static str,
    /// Heading and advice of a failure.
    pub error_kind: fn(ErrorKind) -> Advice,
    /// What is known about the backup after a refusal.
    pub nothing_created: &'static str,
    /// Heading when nothing was sent.
    pub nothing_sent: &'static str,
    /// Why a field is refused.
    pub field_refusal: fn(FieldRefusal) -> &'static str,
    /// While the host page is asked for a token.
    pub token_awaited: &'static str,
    /// What the token says.
    pub token: TokenText,
    /// From a press to its end.
    pub creation: CreationText,
    /// Following a backup.
    pub follow: FollowText,
    /// Lists of instances and backups.
    pub lists: ListText,
    /// What an instance has in backups, and how far a new one can be relied on.
    pub rely: RelyText,
    /// Several instances with one press.
    pub batch: BatchText,
    /// Opens the unmodified answer.
    pub raw_answer: &'static str,
    /// In place of a body that is empty.
    pub empty_body: &'static str,
    /// In place of a body that couldn't be read.
    pub unreadable_body: &'static str,
    /// In place of a body that is too long; the most MiB that are read.
    pub too_long_body: fn(usize) -> String,
    /// Heading.
    pub request: &'static str,
    /// In place of the request while fields have errors; a list of them follows.
    pub request_after: &'static str,
    /// Heading of the curl command.
    pub curl: &'static str,
    /// Where the command takes the token from; the environment variable.
    pub curl_note: fn(&str) -> String,
    /// Heading of the OpenStack client's command.
    pub openstack: &'static str,
    /// Where that command takes everything else from.
    pub openstack_note: &'static str,
    /// In place of that command.
    pub no_openstack: &'static str,
    /// Buttons.
    pub repeat: fn(Repeat) -> &'static str,
    /// Heading of a printed backup.
    pub record: &'static str,
    /// Button.
    pub copy_receipt: &'static str,
    /// Button.
    pub download_receipt: &'static str,
    /// Button.
    pub print: &'static str,
    /// Button.
    pub copy_watch_link: &'static str,
    /// For a backup that a link names, before anything is known about it.
    pub taken_up: &'static str,
    /// Steps of a backup: requested, begun, ended.
    pub steps: [&'static str; 3],
    /// In place of the time of a future step.
    pub to_come: &'static str,
    /// In place of the time of a step whose time is unknown.
    pub unheard_of: &'static str,
    /// Heading of the chart.
    pub chart: &'static str,
    /// Summary of the chart: how many backups, the shortest and the longest time, the smallest and the greatest size.
    pub chart_summary: fn(usize, [String; 4]) -> String,
    /// Legend: manual backups, and others.
    pub chart_legend: [&'static str; 2],
    /// Opens the figures of the chart.
    pub chart_numbers: &'static str,
}

/// Sentences about what the token says by itself.
pub struct TokenText {
    /// What it is for, and its user.
    pub says: fn(&str, Option<&str>) -> String,
    /// A project: its name, and its ID unless that stands in the form.
    pub of_project: fn(&str, Option<&str>) -> String,
    /// An account: its name.
    pub of_account: fn(&str) -> String,
    /// Neither.
    pub of_nothing: &'static str,
    /// Until when it is valid: the time, and how many seconds are left.
    pub valid_until: fn(&str, i64) -> String,
    /// In its place, once that is over.
    pub expired: &'static str,
    /// Announced when it will be over soon.
    pub ends_soon: &'static str,
    /// What the token of a refused call tells about the cause, and what to do.
    pub clue: fn(&TokenClue) -> String,
    /// Opens the commands that get a token.
    pub how_to_get: &'static str,
    /// What they need, and what they print.
    pub how_to_get_detail: &'static str,
    /// Button; the RDS host that is meant.
    pub use_endpoint: fn(&str) -> String,
    /// Button.
    pub use_project: &'static str,
    /// Button.
    pub trim: &'static str,
}

/// Sentences about a press and its outcome.
pub struct CreationText {
    /// While the list is read before anything is sent; the name.
    pub reading: fn(&str) -> String,
    /// The same before a retry.
    pub reading_again: fn(&str) -> String,
    /// Why nothing was sent: the endpoint, and whether that is the page's own origin.
    pub not_sent: fn(&NotSent, &str, bool) -> String,
    /// A retry wasn't sent: the reason as a sentence.
    pub retry_not_sent: fn(&str) -> String,
    /// Heading while the page searches for the backup.
    pub looking: &'static str,
    /// What the page is doing; the backup's name.
    pub looking_detail: fn(&str) -> String,
    /// What the page is doing after a refusal; the backup's name.
    pub making_sure: fn(&str) -> String,
    /// How many seconds a server may still be processing the request.
    pub closes: fn(i64) -> String,
    /// What keeps the page from knowing the outcome.
    pub blocker: fn(&Blocker) -> String,
    /// After that, while the page continues by itself.
    pub goes_on: &'static str,
    /// Why it had to be searched for; whether the request went to the page's own origin, and whether there is a backup.
    pub cause: fn(&Cause, bool, bool) -> String,
    /// Heading: it is in the list.
    pub listed: &'static str,
    /// The name.
    pub listed_detail: fn(&str) -> String,
    /// How certain it is whose backup it is.
    pub certainty: fn(Certainty) -> &'static str,
    /// It isn't in the list yet.
    pub unlisted: &'static str,
    /// The same for a backup that a link names.
    pub link_unlisted: &'static str,
    /// It isn't in the list any more.
    pub missing: &'static str,
    /// What keeps the page from getting the status of a backup, and for how many seconds.
    pub unheard: fn(&Blocker, i64) -> String,
    /// Heading: a link names the backup.
    pub of_link: &'static str,
    /// Heading: the page was reloaded.
    pub of_reload: &'static str,
    /// Heading: there is no backup.
    pub absent: &'static str,
    /// The name.
    pub absent_detail: fn(&str) -> String,
    /// In its place, if another press has requested the same name since.
    pub asked_again: &'static str,
    /// Heading: the name was taken before.
    pub taken: &'static str,
    /// The name, the backup that has it, and whether another card shows that backup.
    pub taken_detail: fn(&str, Option<(&Backup, bool)>) -> String,
    /// Heading: the backup existed, and is gone.
    pub gone: &'static str,
    /// What that means.
    pub gone_detail: &'static str,
    /// Heading: the outcome can't be determined.
    pub unknown: &'static str,
    /// The reason.
    pub unknown_detail: fn(&Unknown) -> String,
    /// What to check by hand; name and instance.
    pub by_hand: fn(&str, &str) -> String,
    /// An earlier statement turned out to be wrong.
    pub was_corrected: &'static str,
    /// The browser can't store anything.
    pub not_kept: &'static str,
    /// Heading while the page waits for the instance.
    pub awaiting: &'static str,
    /// The instance's status, if it is known.
    pub awaiting_detail: fn(Option<&str>) -> String,
    /// Opens the details.
    pub details: &'static str,
    /// Button.
    pub stop: &'static str,
    /// Button.
    pub try_again: &'static str,
    /// Button.
    pub create_anyway: &'static str,
    /// Button.
    pub await_instance: &'static str,
    /// Button; the endpoint.
    pub await_instance_at: fn(&str) -> String,
    /// Button.
    pub look_again: &'static str,
    /// Button; the endpoint.
    pub look_again_at: fn(&str) -> String,
    /// Button; the endpoint.
    pub follow_at: fn(&str) -> String,
    /// The form has another endpoint or project than the card; the card's endpoint.
    pub elsewhere: fn(&str, &str) -> String,
    /// Button; the endpoint.
    pub take_target: fn(&str) -> String,
}

/// Sentences about backups that are followed.
pub struct FollowText {
    /// Label of the time since the backup was requested.
    pub elapsed: &'static str,
    /// What stands behind a number of seconds, minutes and hours.
    pub units: Units,
    /// How long the instance's latest backups took, in seconds: the shortest and the longest, and their number.
    pub earlier: fn(i64, i64, usize) -> String,
    /// The end of a backup, for title, notification and screen reader.
    pub ended: fn(&str, &Status) -> String,
    /// The API's reason for a failure.
    pub reason: fn(&str) -> String,
    /// The usual reasons for a failure.
    pub usual_causes: &'static str,
    /// Button.
    pub notify: &'static str,
    /// In place of the button once it works.
    pub notifies: &'static str,
    /// Why there is no notification.
    pub no_notification: fn(NoNotification) -> &'static str,
    /// Button.
    pub export_json: &'static str,
    /// Button.
    pub export_csv: &'static str,
}

/// Sentences about lists.
pub struct ListText {
    /// Heading, and name of the list.
    pub instances: &'static str,
    /// Label.
    pub search_instances: &'static str,
    /// How many are loaded, of how many.
    pub loading: fn(usize, Option<usize>) -> String,
    /// The list couldn't be read: an error as text.
    pub failed: fn(&str) -> String,
    /// A list that got no answer.
    pub unanswered: &'static str,
    /// The token for a list is missing or rejected.
    pub no_token: &'static str,
    /// A list is incomplete.
    pub truncated: &'static str,
    /// A list changed each time it was read.
    pub shifted: &'static str,
    /// There are none; the project, by its name or else its ID.
    pub no_instances: fn(&str) -> String,
    /// The search finds none.
    pub no_match: &'static str,
    /// How many are drawn, and how many match.
    pub shown: fn(usize, usize) -> String,
    /// Button; the instance's name.
    pub choose: fn(&str) -> String,
    /// It is the chosen one.
    pub chosen: &'static str,
    /// Why an instance can't be chosen; the name of its primary.
    pub unsuitable: fn(&Unsuitable, Option<&str>) -> String,
    /// Button; the primary's name.
    pub choose_primary: fn(&str) -> String,
    /// A role in words.
    pub role: fn(&Role) -> String,
    /// Name of the list of databases to tick.
    pub databases_found: &'static str,
    /// In place of [`Text::databases_hint`]: the engines that have partial backups.
    pub databases_hint: fn(&[Engine]) -> String,
    /// Label: each database is backed up individually.
    pub individually: &'static str,
    /// What that means.
    pub individually_hint: &'static str,
    /// Heading; the instance.
    pub backups_of: fn(&str) -> String,
    /// Label.
    pub filter_name: &'static str,
    /// Label.
    pub filter_kind: &'static str,
    /// Choice.
    pub all_kinds: &'static str,
    /// There are none.
    pub no_backups: &'static str,
    /// How many are shown, of how many.
    pub count: fn(usize, usize) -> String,
    /// Column headings.
    pub end: &'static str,
    /// Column heading.
    pub duration: &'static str,
    /// Column heading.
    pub size: &'static str,
    /// A size in kB.
    pub size_of: fn(i64) -> String,
}

/// Sentences about what an instance has in backups, and how far a new one can be relied on.
pub struct RelyText {
    /// A backup: its name, and its type in words.
    pub backup: fn(&str, Option<&str>) -> String,
    /// The newest full backup: its name and type, when it ended, how many seconds ago, its size.
    pub last_full: fn(&str, &str, i64, Option<&str>) -> String,
    /// There is none.
    pub no_full: &'static str,
    /// As of when that is so.
    pub as_of: fn(&str) -> String,
    /// While the list is read.
    pub looking: &'static str,
    /// The list couldn't be read whole.
    pub cant_tell: &'static str,
    /// Completed manual backups: how many, their size, and when the oldest began.
    pub manual: fn(usize, Option<&str>, Option<&str>) -> String,
    /// What MySQL needs until a backup is completed.
    pub mysql: &'static str,
    /// It takes twice as long as earlier ones; how many seconds those took at most.
    pub longer: fn(i64) -> String,
    /// What the task list says while it takes so long.
    pub task: fn(&str) -> String,
    /// An earlier full backup: name and type, duration, size.
    pub compared: fn(&str, Option<&str>, Option<&str>) -> String,
    /// Its size is 0.
    pub is_empty: &'static str,
    /// Its size is less than half of that of the earlier one.
    pub is_small: &'static str,
    /// Opens how to restore from it.
    pub restore: &'static str,
    /// What the first text is for.
    pub restore_detail: &'static str,
    /// What the command needs.
    pub restore_command: &'static str,
    /// Label in a receipt: an earlier full backup.
    pub previous_full: &'static str,
    /// Label in a receipt.
    pub audit_event: &'static str,
    /// Label in a receipt.
    pub restore_point: &'static str,
}

/// Labels of the details of an answer.
pub struct FieldLabels {
    /// `id`.
    pub id: &'static str,
    /// `name`.
    pub name: &'static str,
    /// `instance_id`.
    pub instance_id: &'static str,
    /// `description`.
    pub description: &'static str,
    /// `databases`.
    pub databases: &'static str,
    /// `begin_time`.
    pub begin_time: &'static str,
    /// `status`.
    pub status: &'static str,
    /// `type`.
    pub kind: &'static str,
    /// HTTP status.
    pub http_status: &'static str,
    /// Error code.
    pub code: &'static str,
    /// Error message.
    pub message: &'static str,
    /// Request ID.
    pub request_id: &'static str,
    /// How certain it is whose backup it is.
    pub known_by: &'static str,
}

/// What happened, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What happened: a heading.
    pub heading: &'static str,
    /// What it means and what to do.
    pub detail: &'static str,
}
