//! The sentences that a language needs from the start. A language is a value of [`Text`], so that a missing sentence is
//! a compile error.

use console_core::Theme;
use contract::rules::{Field, Violation};

use super::words::Punctuation;

/// The sentences of one language.
pub struct Text {
    /// What stands between words.
    pub punctuation: Punctuation,
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
    /// What the list of databases is for, where only SQL Server has partial backups.
    pub databases_hint: &'static str,
    /// Label of a field.
    pub label: fn(Field) -> String,
    /// Hint of a field.
    pub hint: fn(Field) -> &'static str,
    /// Before a message about a field, for those who can't see its colour.
    pub error: &'static str,
    /// Before a warning, likewise.
    pub warning_prefix: &'static str,
    /// What to do about a broken rule.
    pub violation: fn(&Violation) -> String,
    /// Length and end of a token: its length in characters, and the part of its end that may be shown.
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
    /// How many more characters the description may have; negative if there are too many.
    pub characters_left: fn(isize) -> String,
    /// Why the counter may exceed the number of visible characters.
    pub joined_characters: &'static str,
    /// Label of the engine.
    pub engine: &'static str,
    /// The engine is inferred from the ID; the inferred engine, if any.
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
    /// Heading of the section with the outcome of each press.
    pub activity: &'static str,
    /// Before the first request.
    pub nothing_yet: &'static str,
    /// Heading when errors kept the request from being sent.
    pub not_sent: &'static str,
    /// What to do then; the number of fields with errors.
    pub not_sent_detail: fn(usize) -> String,
    /// Sentences around the form and its answer.
    pub page: PageText,
    /// In place of everything when the page has crashed.
    pub broken: &'static str,
}

/// Sentences around the form and its answer.
pub struct PageText {
    /// Link to the second group of fields, for keyboard users.
    pub skip: &'static str,
    /// Name of the choice of colours.
    pub theme: &'static str,
    /// The available colours.
    pub theme_name: fn(Theme) -> &'static str,
    /// Heading of the error summary.
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
    /// A link contained a token.
    pub link_had_token: &'static str,
    /// The sentences of a language failed to load.
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
    /// While the later part is loading, and something waits for it.
    pub part_underway: &'static str,
    /// Heading when it failed to load.
    pub part_missing: &'static str,
    /// What to do then.
    pub part_missing_detail: &'static str,
    /// While the later part is loading, and a backup from a link or a reload waits for it.
    pub restoring: &'static str,
    /// Heading when it failed to load.
    pub not_restored: &'static str,
    /// What to do then.
    pub not_restored_detail: &'static str,
}
