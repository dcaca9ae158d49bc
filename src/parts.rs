//! The parts that the program comes in. What the form needs is there from the start; what has to do with requests, and
//! every language but English, comes as a file of its own when it is wanted (feature `split`, with which
//! `cargo xtask build` builds the page). Built in one piece, everything is there at once.

use crate::requests::{REQUESTS, Requests};
use crate::text::{GERMAN, Sentences};
use console_core::Language;

/// A part couldn't be had: the browser doesn't say why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

/// What has to do with requests.
///
/// # Errors
/// When its file can't be had. A later call tries again.
pub async fn requests() -> Result<&'static Requests, Missing> {
    files::requests().await
}

/// Sees to it that the sentences of a language are there.
///
/// # Errors
/// When their file can't be had. A later call tries again.
pub async fn sentences(language: Language) -> Result<(), Missing> {
    match language {
        Language::English => Ok(()),
        Language::German => files::load_german().await,
    }
}

/// Whether they are there already.
pub fn has_sentences(language: Language) -> bool {
    language == Language::English || german().is_some()
}

/// The German sentences, once they are there.
pub(crate) fn german() -> Option<&'static Sentences> {
    files::loaded_german()
}

#[cfg(feature = "split")]
mod files {
    use std::cell::Cell;

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{GERMAN, Missing, REQUESTS, Requests, Sentences};

    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split(requests, fallible)]
    #[allow(clippy::unnecessary_wraps, reason = "that its file can fail is for the macro to say")]
    pub(super) fn requests() -> Result<&'static Requests, Missing> {
        Ok(&REQUESTS)
    }

    #[wasm_split(german, fallible)]
    #[allow(clippy::unnecessary_wraps, reason = "likewise")]
    fn german_sentences() -> Result<&'static Sentences, Missing> {
        Ok(&GERMAN)
    }

    thread_local! {
        static LOADED: Cell<Option<&'static Sentences>> = const { Cell::new(None) };
    }

    pub(super) async fn load_german() -> Result<(), Missing> {
        LOADED.set(Some(german_sentences().await?));
        Ok(())
    }

    pub(super) fn loaded_german() -> Option<&'static Sentences> {
        LOADED.get()
    }
}

#[cfg(not(feature = "split"))]
mod files {
    use super::{GERMAN, Missing, REQUESTS, Requests, Sentences};

    #[allow(clippy::unused_async, reason = "as a file of its own it takes its time")]
    pub(super) async fn requests() -> Result<&'static Requests, Missing> {
        Ok(&REQUESTS)
    }

    #[allow(clippy::unused_async, reason = "likewise")]
    pub(super) async fn load_german() -> Result<(), Missing> {
        Ok(())
    }

    #[allow(clippy::unnecessary_wraps, reason = "as a file of its own it may not be there")]
    pub(super) fn loaded_german() -> Option<&'static Sentences> {
        Some(&GERMAN)
    }
}
