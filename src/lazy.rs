//! Loads parts of the program on demand: the later part, and every language but English, each in a file of its own
//! (feature `split`, with which `cargo xtask build` builds the page). Without the feature, everything is built in. No
//! other file names the splitting.

use crate::later::{Later, LaterPart};
use crate::text::{self, GERMAN, Sentences};
use console_core::{Failed, Language};

/// Provides what is built in: everything, unless the program was split. Must be called before anything is drawn.
pub fn provide_built_in() {
    files::provide_built_in();
}

/// Loads the later part.
///
/// # Errors
/// If its file fails to load. A later call tries again.
pub async fn load_later() -> Result<&'static dyn Later, Failed> {
    files::later().await
}

/// Loads the sentences of a language, and passes them to [`crate::text`].
///
/// # Errors
/// If their file fails to load. A later call tries again.
pub async fn load_sentences(language: Language) -> Result<(), Failed> {
    match language {
        Language::English => {}
        Language::German => text::set_german(files::german().await?),
    }
    Ok(())
}

#[cfg(feature = "split")]
mod files {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{Failed, GERMAN, Later, LaterPart, Sentences};

    /// The error type of the splitter's macro.
    pub(super) struct NotLoaded;

    impl From<SplitLoaderError> for NotLoaded {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    pub(super) fn provide_built_in() {}

    pub(super) async fn later() -> Result<&'static dyn Later, Failed> {
        split_later().await.map_err(|_| Failed)
    }

    pub(super) async fn german() -> Result<&'static Sentences, Failed> {
        split_german().await.map_err(|_| Failed)
    }

    #[wasm_split(later, fallible)]
    #[allow(clippy::unnecessary_wraps, reason = "the macro makes a fallible loader of it")]
    fn split_later() -> Result<&'static dyn Later, NotLoaded> {
        Ok(&LaterPart)
    }

    #[wasm_split(german, fallible)]
    #[allow(clippy::unnecessary_wraps, reason = "likewise")]
    fn split_german() -> Result<&'static Sentences, NotLoaded> {
        Ok(&GERMAN)
    }
}

#[cfg(not(feature = "split"))]
mod files {
    use super::{Failed, GERMAN, Later, LaterPart, Sentences, text};

    pub(super) fn provide_built_in() {
        text::set_german(&GERMAN);
    }

    #[allow(clippy::unused_async, reason = "the same signature as in the split build")]
    pub(super) async fn later() -> Result<&'static dyn Later, Failed> {
        Ok(&LaterPart)
    }

    #[allow(clippy::unused_async, reason = "likewise")]
    pub(super) async fn german() -> Result<&'static Sentences, Failed> {
        Ok(&GERMAN)
    }
}
