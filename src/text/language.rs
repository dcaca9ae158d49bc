//! The loaded sentences of each language. English is built in; every other language is a file of its own, and whoever
//! has loaded it stores its sentences here.

use std::cell::Cell;

use console_core::Language;

use super::later::LaterText;
use super::sentences::Text;
use super::{english, german};

/// All sentences of a language.
pub struct Sentences {
    text: &'static Text,
    later_text: &'static LaterText,
}

/// The German sentences.
pub static GERMAN: Sentences = Sentences { text: &german::TEXT, later_text: &german::later::TEXT };

thread_local! {
    static LOADED_GERMAN: Cell<Option<&'static Sentences>> = const { Cell::new(None) };
}

/// Uses these sentences for German from now on. Until then German falls back to English.
pub fn set_german(sentences: &'static Sentences) {
    LOADED_GERMAN.set(Some(sentences));
}

/// Whether the sentences of a language are loaded.
pub fn has_sentences(language: Language) -> bool {
    match language {
        Language::English => true,
        Language::German => LOADED_GERMAN.get().is_some(),
    }
}

/// The sentences for a language. The type itself belongs to the core, which contains no sentences.
pub trait LanguageText {
    /// The language's name in that language, for the switch.
    fn name(self) -> &'static str;
    /// The sentences of the language.
    fn text(self) -> &'static Text;
    /// Its sentences that are not needed before there is a request.
    fn later_text(self) -> &'static LaterText;
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
            Self::German => LOADED_GERMAN.get().map_or(&english::TEXT, |german| german.text),
        }
    }

    fn later_text(self) -> &'static LaterText {
        match self {
            Self::English => &english::later::TEXT,
            Self::German => LOADED_GERMAN.get().map_or(&english::later::TEXT, |german| german.later_text),
        }
    }
}
