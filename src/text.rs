//! Every sentence that the user reads, in each language of the page.
//!
//! [`Text`] has a place for each; a language is a value of it, so the compiler refuses a missing one. Sentences are worded
//! here and nowhere else, and nothing is decided here.

mod english;
mod german;
mod intl;

use contract::backup::{Backup, Kind, Status};
use contract::codes::ErrorKind;
use contract::instance::{Role, Unsuitable};
use contract::rules::token::Removed;
use contract::rules::{Field, Violation, Warning};

use crate::parts;
use console_core::{
    Blocker, Cause, Certainty, CopyTarget, Failed, FieldRefusal, Language, NotSent, Notice, Receipt, Repeat, Theme,
    Unknown, Written,
};
use intl::tenths;

/// The sentences of one language.
pub struct Text {
    /// Title of the page.
    pub title: &'static str,
    /// What the page is for.
    pub subtitle: &'static str,
    /// Name of the language switch.
    pub language: &'static str,
    /// Heading of the first group of fields.
    pub connection: &'static str,
    /// Heading of the second group of fields.
    pub backup: &'static str,
    /// Heading of the list of databases.
    pub databases: &'static str,
    /// What the list of databases is for.
    pub databases_hint: &'static str,
    /// Label of a field.
    pub label: fn(Field) -> String,
    /// What a field wants.
    pub hint: fn(Field) -> &'static str,
    /// In front of a message about a field, for those who can't see its colour.
    pub error: &'static str,
    /// In front of a warning, likewise.
    pub warning_prefix: &'static str,
    /// What to do about a broken rule.
    pub violation: fn(&Violation) -> String,
    /// Length and end of a token: its length in characters, and the end as far as it may be shown.
    pub token_summary: fn(usize, Option<&str>) -> String,
    /// Button.
    pub show_token: &'static str,
    /// Button.
    pub hide_token: &'static str,
    /// Button.
    pub forget_token: &'static str,
    /// Endpoint and project ID were taken from a URL.
    pub url_was_split: &'static str,
    /// Button; the endpoint.
    pub use_token_at: fn(&str) -> String,
    /// The token was forgotten because nobody had used the page.
    pub token_has_lapsed: &'static str,
    /// What is left of the description's characters; negative when there are too many.
    pub characters_left: fn(isize) -> String,
    /// Why the counter counts more than the eye.
    pub joined_characters: &'static str,
    /// Label of the engine.
    pub engine: &'static str,
    /// The engine is as the ID hints; the hint, where there is one.
    pub engine_from_id: fn(Option<&str>) -> String,
    /// Button.
    pub add_database: &'static str,
    /// Button; the entry's number from 1.
    pub remove_database: fn(usize) -> String,
    /// Button.
    pub create_backup: &'static str,
    /// Button.
    pub cancel: &'static str,
    /// Button.
    pub copy: &'static str,
    /// Heading of the place where one sees what became of each press.
    pub activity: &'static str,
    /// Before the first request.
    pub nothing_yet: &'static str,
    /// Heading when faults kept the request from being sent.
    pub not_sent: &'static str,
    /// What to do then; the number of faulty fields.
    pub not_sent_detail: fn(usize) -> String,
    /// What stands around the form and its answer.
    pub page: PageText,
    /// In place of everything when the page has broken.
    pub broken: &'static str,
}

/// The sentences that nobody reads before there is a request.
pub struct RequestText {
    /// What to do about a broken rule that the part for requests knows; the others are in [`Text::violation`].
    pub violation: fn(&Violation) -> String,
    /// What is unusual.
    pub warning: fn(&Warning) -> String,
    /// What was left out of a pasted token.
    pub removed: fn(&[Removed]) -> String,
    /// Something that the user should know.
    pub notice: fn(&Notice) -> String,
    /// Beside a copy button.
    pub copied: fn(CopyTarget, Result<(), Failed>) -> &'static str,
    /// While a request is under way; the backup's name.
    pub sending: fn(&str) -> String,
    /// Heading of an accepted backup.
    pub accepted: fn(Option<&Status>) -> &'static str,
    /// What that status means for the user.
    pub accepted_detail: fn(Option<&Status>) -> &'static str,
    /// When the page learned that a backup has failed: the time.
    pub learned: fn(&str) -> String,
    /// Labels of the parts of an answer.
    pub parts: FieldLabels,
    /// A status in words.
    pub status: fn(&Status) -> &'static str,
    /// A type in words.
    pub kind: fn(&Kind) -> &'static str,
    /// In place of a part that the answer hasn't.
    pub not_in_answer: &'static str,
    /// Behind a time without an offset.
    pub zone_not_stated: &'static str,
    /// Behind a time of the user's own zone.
    pub local_time: &'static str,
    /// Heading and advice of a failure.
    pub error_kind: fn(ErrorKind) -> Advice,
    /// What is known about the backup after a refusal.
    pub nothing_created: &'static str,
    /// Heading when nothing was sent.
    pub nothing_sent: &'static str,
    /// Why a field is refused.
    pub field_refusal: fn(FieldRefusal) -> &'static str,
    /// While the page around the console is asked for a token.
    pub token_awaited: &'static str,
    /// From a press to its end.
    pub creation: CreationText,
    /// Following a backup.
    pub follow: FollowText,
    /// Instances and backups to look at and choose from.
    pub lists: ListText,
    /// Opens the answer as it came.
    pub raw_answer: &'static str,
    /// In place of a body that is empty.
    pub empty_body: &'static str,
    /// In place of a body that couldn't be read.
    pub unreadable_body: &'static str,
    /// In place of a body that is too long; how many MiB are read at the most.
    pub too_long_body: fn(usize) -> String,
    /// Heading.
    pub request: &'static str,
    /// In place of the request while fields are faulty; a list of them follows.
    pub request_after: &'static str,
    /// Heading of the command of curl.
    pub curl: &'static str,
    /// Where it takes the token from; the environment variable.
    pub curl_note: fn(&str) -> String,
    /// Heading of the command of the OpenStack client.
    pub openstack: &'static str,
    /// Where it takes everything else from.
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
    /// A backup that a link names, before anything is known of it.
    pub taken_up: &'static str,
    /// Steps of a backup on its way: asked for, begun, ended.
    pub steps: [&'static str; 3],
    /// In place of the time of a step that is to come.
    pub to_come: &'static str,
    /// In place of the time of a step of which the page hasn't heard.
    pub unheard_of: &'static str,
    /// Heading of the chart.
    pub chart: &'static str,
    /// What the chart shows: how many backups, the shortest and the longest time, the smallest and the greatest size.
    pub chart_summary: fn(usize, [String; 4]) -> String,
    /// Legend: backups made by hand, and others.
    pub chart_legend: [&'static str; 2],
    /// Opens the numbers of the chart.
    pub chart_numbers: &'static str,
}

/// Sentences around the form and its answer.
pub struct PageText {
    /// Link to the second group of fields, for those who go by keyboard.
    pub skip: &'static str,
    /// Name of the choice of colours.
    pub theme: &'static str,
    /// Colours to choose.
    pub theme_name: fn(Theme) -> &'static str,
    /// Heading of the summary of faults.
    pub summary: &'static str,
    /// Button.
    pub clear_form: &'static str,
    /// Button.
    pub copy_form_link: &'static str,
    /// Button.
    pub show_request: &'static str,
    /// Button.
    pub hide_request: &'static str,
    /// Name of the region of notices.
    pub notices: &'static str,
    /// A link had a token.
    pub link_had_token: &'static str,
    /// The sentences of a language couldn't be had.
    pub language_missing: &'static str,
    /// Button.
    pub dismiss: &'static str,
    /// Button.
    pub restore: &'static str,
    /// Button.
    pub load_instances: &'static str,
    /// Button.
    pub suggest_name: &'static str,
    /// Button.
    pub show_backups: &'static str,
    /// While the part for requests is on its way, and something waits for it.
    pub part_underway: &'static str,
    /// Heading when it couldn't be had.
    pub part_missing: &'static str,
    /// What to do then.
    pub part_missing_detail: &'static str,
}

/// Sentences about a press and what became of it.
pub struct CreationText {
    /// While the list is read before anything is sent; the name.
    pub reading: fn(&str) -> String,
    /// The same before it is sent once more.
    pub reading_again: fn(&str) -> String,
    /// Why nothing was sent: the endpoint, and whether that is the page's own origin.
    pub not_sent: fn(&NotSent, &str, bool) -> String,
    /// A retry wasn't sent: why, in a sentence.
    pub retry_not_sent: fn(&str) -> String,
    /// Heading while the page looks whether there is a backup.
    pub looking: &'static str,
    /// What is being done; the backup's name.
    pub looking_detail: fn(&str) -> String,
    /// What is being done after a refusal; the backup's name.
    pub making_sure: fn(&str) -> String,
    /// How many seconds a server may still be at it.
    pub closes: fn(i64) -> String,
    /// What is in the way of knowing.
    pub blocker: fn(&Blocker) -> String,
    /// Behind that, while the page goes on by itself.
    pub goes_on: &'static str,
    /// Why it had to be looked for: whether the request went to the page's own origin, and whether there is a backup.
    pub cause: fn(&Cause, bool, bool) -> String,
    /// Heading: it is in the list.
    pub listed: &'static str,
    /// The name.
    pub listed_detail: fn(&str) -> String,
    /// How sure it is whose it is.
    pub certainty: fn(Certainty) -> &'static str,
    /// It isn't in the list yet.
    pub unlisted: &'static str,
    /// The same of a backup that a link names.
    pub link_unlisted: &'static str,
    /// It isn't in the list any more.
    pub missing: &'static str,
    /// What keeps the page from hearing of a backup, and since when: seconds.
    pub unheard: fn(&Blocker, i64) -> String,
    /// Heading: a link names the backup.
    pub of_link: &'static str,
    /// Heading: the page was loaded again.
    pub of_reload: &'static str,
    /// Heading: there is none.
    pub absent: &'static str,
    /// The name.
    pub absent_detail: fn(&str) -> String,
    /// In its place, where another press has asked for the same name since.
    pub asked_again: &'static str,
    /// Heading: the name was taken before.
    pub taken: &'static str,
    /// The name, and the backup that has it, with whether another card tells of it.
    pub taken_detail: fn(&str, Option<(&Backup, bool)>) -> String,
    /// Heading: the backup was there, and is gone.
    pub gone: &'static str,
    /// What that means.
    pub gone_detail: &'static str,
    /// Heading: it can't be told.
    pub unknown: &'static str,
    /// What is in the way.
    pub unknown_detail: fn(&Unknown) -> String,
    /// What to check by hand; name and instance.
    pub by_hand: fn(&str, &str) -> String,
    /// What was said before has turned out otherwise.
    pub was_corrected: &'static str,
    /// The browser keeps nothing.
    pub not_kept: &'static str,
    /// Heading while the page waits for the instance.
    pub awaiting: &'static str,
    /// The instance's status, where it is known.
    pub awaiting_detail: fn(Option<&str>) -> String,
    /// Opens what nobody needs at first.
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
    /// The form is about another endpoint or project than the card; the card's.
    pub elsewhere: fn(&str, &str) -> String,
    /// Button; the endpoint.
    pub take_target: fn(&str) -> String,
}

/// Sentences about backups that are followed.
pub struct FollowText {
    /// Label of the time since the backup was asked for.
    pub elapsed: &'static str,
    /// A span of time in seconds.
    pub duration: fn(i64) -> String,
    /// How long the instance's latest backups took, in seconds, the shortest and the longest, and how many they are.
    pub earlier: fn(i64, i64, usize) -> String,
    /// The end of a backup, for title, notification and screen reader.
    pub ended: fn(&str, &Status) -> String,
    /// What the API says about a failure.
    pub reason: fn(&str) -> String,
    /// What usually makes a backup fail.
    pub usual_causes: &'static str,
    /// Button.
    pub notify: &'static str,
    /// In place of the button once it works.
    pub notifies: &'static str,
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
    /// How many are there, of how many.
    pub loading: fn(usize, Option<usize>) -> String,
    /// The list couldn't be read: an error in words.
    pub failed: fn(&str) -> String,
    /// A list that wasn't answered.
    pub unanswered: &'static str,
    /// There is no token for a list, or no good one.
    pub no_token: &'static str,
    /// A list isn't whole.
    pub truncated: &'static str,
    /// A list changed each time while it was read.
    pub shifted: &'static str,
    /// There are none.
    pub no_instances: &'static str,
    /// The search finds none.
    pub no_match: &'static str,
    /// So many are drawn, of so many that match.
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
    /// Heads of columns.
    pub end: &'static str,
    /// Head of a column.
    pub duration: &'static str,
    /// Head of a column.
    pub size: &'static str,
    /// A size in kB.
    pub size_of: fn(i64) -> String,
}

/// Labels of the parts of an answer.
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
    /// How sure it is whose the backup is.
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

/// All sentences of a language.
pub struct Sentences {
    text: &'static Text,
    request_text: &'static RequestText,
}

/// The German ones: a part of the program, see [`parts`].
pub static GERMAN: Sentences = Sentences { text: &german::TEXT, request_text: &german::requests::TEXT };

/// What a language says. The language itself is the core's, which words nothing.
pub trait LanguageText {
    /// The language's own name, for the switch.
    fn name(self) -> &'static str;
    /// The sentences of the language.
    fn text(self) -> &'static Text;
    /// Those of its sentences that nobody reads before there is a request.
    fn request_text(self) -> &'static RequestText;
}

impl LanguageText for Language {
    fn name(self) -> &'static str {
        match self {
            Self::English => english::NAME,
            Self::German => german::NAME,
        }
    }

    fn text(self) -> &'static Text {
        match self {
            Self::English => &english::TEXT,
            Self::German => parts::german().map_or(&english::TEXT, |german| german.text),
        }
    }

    fn request_text(self) -> &'static RequestText {
        match self {
            Self::English => &english::requests::TEXT,
            Self::German => parts::german().map_or(&english::requests::TEXT, |german| german.request_text),
        }
    }
}

/// `a`, `a and b`, `a, b and c`, with the language's "and".
fn list(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", with_commas(first)),
    }
}

/// `a, b, c`. Joined as `&str`, as all else is: the code that joins `String` would come along with it.
fn with_commas(items: &[String]) -> String {
    items.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// The lines of a receipt, each with its label; what isn't known is left out.
pub fn receipt_lines(language: Language, receipt: &Receipt) -> Vec<(String, String)> {
    let text = language.request_text();
    let (parts, lists, label) = (&text.parts, &text.lists, language.text().label);
    let time = |written: &Option<Written>| match written {
        Some(Written { utc, local }) if local.is_empty() => utc.clone(),
        Some(Written { utc, local }) => format!("{utc} ({local})"),
        None => String::new(),
    };
    let [asked, ..] = text.steps;
    let certainty =
        [Certainty::Responded, Certainty::Listed].into_iter().find(|it| receipt.known_by == Some(it.word()));
    let lines = [
        (parts.id, receipt.id.clone()),
        (parts.name, receipt.name.clone()),
        (parts.status, receipt.status.clone()),
        (parts.kind, receipt.r#type.clone()),
        (parts.instance_id, receipt.instance_id.clone()),
        (parts.description, receipt.description.clone()),
        (parts.databases, with_commas(&receipt.databases)),
        (asked, time(&receipt.requested)),
        (parts.begin_time, time(&receipt.begin)),
        (lists.end, time(&receipt.end)),
        (lists.duration, receipt.duration_seconds.map(text.follow.duration).unwrap_or_default()),
        (lists.size, receipt.size_kb.map(lists.size_of).unwrap_or_default()),
        (parts.request_id, receipt.request_id.clone().unwrap_or_default()),
        (parts.known_by, certainty.map(text.creation.certainty).unwrap_or_default().to_owned()),
    ];
    let target =
        [(label(Field::Endpoint), receipt.endpoint.clone()), (label(Field::ProjectId), receipt.project_id.clone())];
    let lines = lines.into_iter().map(|(label, value)| (label.to_owned(), value)).chain(target);
    lines.filter(|(_, value)| !value.is_empty()).collect()
}

/// A receipt for a change ticket.
pub fn receipt(language: Language, receipt: &Receipt) -> String {
    let lines = receipt_lines(language, receipt).into_iter().map(|(label, value)| format!("{label}: {value}\n"));
    lines.collect()
}

/// A size in kB, in the greatest unit that leaves a whole number before the point, with one digit behind it.
fn size(language: Language, kilobytes: i64) -> String {
    let mut unit = ["kB", "MB", "GB", "TB"].into_iter().peekable();
    let mut value = kilobytes.max(0).saturating_mul(10);
    let mut name = unit.next().unwrap_or_default();
    while value >= 10_240
        && let Some(next) = unit.next()
    {
        value /= 1024;
        name = next;
    }
    format!("{} {name}", tenths(language, value))
}

/// A character as a sentence names it: itself where it can be seen, its name or code point where it can't.
fn character(character: char, names: &CharacterNames) -> String {
    match character {
        ' ' => names.space.to_owned(),
        '\u{a0}' => names.no_break_space.to_owned(),
        '\t' => names.tab.to_owned(),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => names.line_break.to_owned(),
        _ if shows_nothing(character) => format!("U+{:04X} ({})", u32::from(character), names.invisible),
        _ => format!("{}{character}{}", names.open, names.close),
    }
}

/// Characters that can't be seen by themselves: controls, other spaces, combining, bidirectional and zero-width marks.
fn shows_nothing(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(character, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// What a language calls the characters that can't be seen, and its quotation marks.
struct CharacterNames {
    space: &'static str,
    no_break_space: &'static str,
    tab: &'static str,
    line_break: &'static str,
    invisible: &'static str,
    open: &'static str,
    close: &'static str,
}

#[cfg(test)]
mod tests;
