//! Helpers for sentences of every language.

use console_core::Language;
use contract::instance::Engine;

use super::intl::tenths;

/// What a language puts between words.
pub struct Punctuation {
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// Between the elements of a list.
    pub comma: &'static str,
    /// Between sentences, of which the first has none.
    pub stop: &'static str,
    /// Around a note behind a text.
    pub note: [&'static str; 2],
}

/// As it is in languages with Latin letters.
pub(super) const LATIN: Punctuation = Punctuation { colon: ": ", comma: ", ", stop: ". ", note: [" (", ")"] };

impl Punctuation {
    /// `label: text`.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        [label, self.colon, text].concat()
    }

    /// `text (note)`, or the text alone.
    pub fn with_note(&self, text: &str, note: Option<&str>) -> String {
        let [open, close] = self.note;
        note.map_or_else(|| text.to_owned(), |note| [text, open, note, close].concat())
    }

    /// `a, b, c`. Joins `&str`, as everywhere else: joining `String` would add more code.
    pub fn commas(&self, items: &[String]) -> String {
        items.iter().map(String::as_str).collect::<Vec<_>>().join(self.comma)
    }

    /// `a`, `a and b`, `a, b and c`, with the language's "and", and the spaces that belong to it.
    pub(super) fn list(&self, items: &[String], and: &str) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => [&self.commas(first), and, last].concat(),
        }
    }
}

/// The names of engines, joined by the language's "and" or "or".
pub(super) fn engines(punctuation: &Punctuation, engines: &[Engine], and: &str) -> String {
    punctuation.list(&engines.iter().map(|engine| engine.name().to_owned()).collect::<Vec<_>>(), and)
}

/// A size in kB, in the largest unit with a nonzero whole part, with one decimal place.
pub(super) fn size(language: Language, kilobytes: i64) -> String {
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

/// A character as a sentence names it: itself if it is visible, otherwise its name or code point.
pub(super) fn character(character: char, names: &CharacterNames) -> String {
    match character {
        ' ' => names.space.to_owned(),
        '\u{a0}' => names.no_break_space.to_owned(),
        '\t' => names.tab.to_owned(),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => names.line_break.to_owned(),
        _ if shows_nothing(character) => format!("U+{:04X} ({})", u32::from(character), names.invisible),
        _ => format!("{}{character}{}", names.open, names.close),
    }
}

/// Characters that aren't visible by themselves: controls, other spaces, combining, bidirectional and zero-width marks.
fn shows_nothing(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(character, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A language's names of invisible characters, and its quotation marks.
pub(super) struct CharacterNames {
    pub(super) space: &'static str,
    pub(super) no_break_space: &'static str,
    pub(super) tab: &'static str,
    pub(super) line_break: &'static str,
    pub(super) invisible: &'static str,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
}
/// What a language writes behind seconds, minutes and hours, and between hours and minutes.
pub struct Units {
    /// Behind seconds.
    pub second: &'static str,
    /// Behind minutes.
    pub minute: &'static str,
    /// Between hours and minutes.
    pub hour: &'static str,
}

/// As English and German abbreviate them.
pub(super) const LATIN_UNITS: Units = Units { second: " s", minute: " min", hour: " h " };

impl Units {
    /// A duration in seconds.
    pub fn duration(&self, seconds: i64) -> String {
        match seconds {
            ..60 => format!("{}{}", seconds.max(0), self.second),
            60..3600 => format!("{}{}", seconds / 60, self.minute),
            _ => format!("{}{}{}{}", seconds / 3600, self.hour, seconds / 60 % 60, self.minute),
        }
    }
}
