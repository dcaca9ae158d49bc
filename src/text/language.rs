//! The loaded sentences of each language. The first language of the table is built in; every other one is a file of its
//! own, and whoever has loaded it stores its sentences here.

use std::cell::Cell;

use console_core::{Language, for_each_language};

#[cfg(test)]
use super::claims::ClaimWords;
use super::later::LaterText;
use super::sentences::Text;
#[cfg(test)]
use super::start::StartText;

/// All sentences of a language.
pub struct Sentences {
    text: &'static Text,
    later_text: &'static LaterText,
}

macro_rules! find_sentences {
    (
        ($built_in:ident, $built_in_module:ident, $($built_in_facts:tt)*),
        $(($variant:ident, $module:ident, $($facts:tt)*),)*
    ) => {
        /// The sentences of each language, by the name of its module, so that no language carries another one along.
        impl Sentences {
            $(
                #[doc = concat!("Those of [`Language::", stringify!($variant), "`].")]
                pub fn $module() -> &'static Self {
                    static SENTENCES: Sentences =
                        Sentences { text: &super::$module::TEXT, later_text: &super::$module::later::TEXT };
                    &SENTENCES
                }
            )*
        }

        /// Makes every language available. For what isn't split, such as the module and the tests.
        pub fn provide_sentences() {
            $(store_sentences(Language::$variant, Sentences::$module());)*
        }

        /// Words by which tests see what the sentences of a language claim.
        #[cfg(test)]
        pub(super) fn claim_words(language: Language) -> &'static ClaimWords {
            match language {
                Language::$built_in => &super::$built_in_module::CLAIM_WORDS,
                $(Language::$variant => &super::$module::CLAIM_WORDS,)*
            }
        }

        /// What the page says in a language before its program is there, or in its place.
        #[cfg(test)]
        pub(super) fn start_text(language: Language) -> &'static StartText {
            match language {
                Language::$built_in => &super::$built_in_module::START,
                $(Language::$variant => &super::$module::START,)*
            }
        }

        fn name(language: Language) -> &'static str {
            match language {
                Language::$built_in => super::$built_in_module::NAME,
                $(Language::$variant => super::$module::NAME,)*
            }
        }

        // Not as `Sentences`: its later sentences belong to the later part, and would come with the others.
        fn built_in_text() -> &'static Text {
            &super::$built_in_module::TEXT
        }

        fn built_in_later_text() -> &'static LaterText {
            &super::$built_in_module::later::TEXT
        }
    };
}

for_each_language!(find_sentences);

thread_local! {
    static LOADED: [Cell<Option<&'static Sentences>>; Language::COUNT] =
        const { [const { Cell::new(None) }; Language::COUNT] };
}

/// Uses these sentences for a language from now on. Until then it falls back to the one that is built in.
pub fn store_sentences(language: Language, sentences: &'static Sentences) {
    LOADED.with(|loaded| {
        if let Some(place) = loaded.get(language as usize) {
            place.set(Some(sentences));
        }
    });
}

/// Whether the sentences of a language are loaded.
pub fn has_sentences(language: Language) -> bool {
    language == Language::default() || stored(language).is_some()
}

fn stored(language: Language) -> Option<&'static Sentences> {
    LOADED.with(|loaded| loaded.get(language as usize).and_then(Cell::get))
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
        name(self)
    }

    fn text(self) -> &'static Text {
        stored(self).map_or_else(built_in_text, |sentences| sentences.text)
    }

    fn later_text(self) -> &'static LaterText {
        stored(self).map_or_else(built_in_later_text, |sentences| sentences.later_text)
    }
}
