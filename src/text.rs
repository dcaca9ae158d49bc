//! Every sentence that the user reads, in each language of the page.
//!
//! [`Text`] has a place for each; a language is a value of it, so the compiler refuses a missing one. Sentences are worded
//! here and nowhere else, and nothing is decided here.

mod english;
mod german;

use contract::backup::{Kind, Status};
use contract::codes::Meaning;
use contract::failure::Outcome;
use contract::rules::token::Removed;
use contract::rules::{Field, Violation, Warning};

use crate::state::{Copied, Language, NoAnswer, Success};

/// The sentences of one language.
pub struct Text {
    /// The language's own name, for the switch.
    pub language_name: &'static str,
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
    /// What is unusual.
    pub warning: fn(&Warning) -> String,
    /// What was left out of a pasted token.
    pub removed: fn(&[Removed]) -> String,
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
    /// Beside a copy button.
    pub copied: fn(Copied, Success) -> &'static str,
    /// Heading of the place where answers appear.
    pub answer: &'static str,
    /// Before the first request.
    pub nothing_yet: &'static str,
    /// While a request is under way; the backup's name.
    pub sending: fn(&str) -> String,
    /// Heading when faults kept the request from being sent.
    pub not_sent: &'static str,
    /// What to do then; the number of faulty fields.
    pub not_sent_detail: fn(usize) -> String,
    /// Heading of an accepted backup.
    pub accepted: fn(Option<&Status>) -> &'static str,
    /// What that status means for the user.
    pub accepted_detail: fn(Option<&Status>) -> &'static str,
    /// Labels of the parts of an answer.
    pub parts: Parts,
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
    pub meaning: fn(Meaning) -> Advice,
    /// Heading and advice when there is no answer; whether the request went to the page's own origin.
    pub no_answer: fn(NoAnswer, bool) -> Advice,
    /// What is known about the backup; its name.
    pub outcome: fn(Outcome, &str) -> String,
    /// Opens the answer as it came.
    pub raw_answer: &'static str,
    /// In place of a body that is empty.
    pub empty_body: &'static str,
    /// In place of a body that couldn't be read.
    pub unreadable_body: &'static str,
}

/// Labels of the parts of an answer.
pub struct Parts {
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
}

/// What happened, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What happened: a heading.
    pub heading: &'static str,
    /// What it means and what to do.
    pub detail: &'static str,
}

impl Language {
    /// The sentences of the language.
    pub fn text(self) -> &'static Text {
        match self {
            Self::English => &english::TEXT,
            Self::German => &german::TEXT,
        }
    }
}

/// A field's name in the API, for the `name` attribute of its input.
pub fn api_name(field: Field) -> &'static str {
    match field {
        Field::Endpoint => "endpoint",
        Field::ProjectId => "project_id",
        Field::Token => "token",
        Field::InstanceId => "instance_id",
        Field::Name => "name",
        Field::Description => "description",
        Field::Databases | Field::Database(_) => "databases",
    }
}

/// `a`, `a and b`, `a, b and c`, with the language's "and".
fn list(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
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
