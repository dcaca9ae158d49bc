//! What a language has to say from the start: a place for each sentence. A language is a value of [`Text`], so that the compiler
//! refuses a missing one.

use console_core::Theme;
use contract::rules::{Field, Violation};

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
    /// While the later part is on its way, and something waits for it.
    pub part_underway: &'static str,
    /// Heading when it failed to load.
    pub part_missing: &'static str,
    /// What to do then.
    pub part_missing_detail: &'static str,
    /// While the later part is on its way, and a backup that a link or a reload has brought waits for it.
    pub restoring: &'static str,
    /// Heading when it failed to load.
    pub not_restored: &'static str,
    /// What to do then.
    pub not_restored_detail: &'static str,
}
