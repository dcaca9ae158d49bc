//! Loads parts of the program on demand: the later part, and every language but the built-in one, each in a file of its own
//! (feature `split`, with which `cargo xtask build` builds the page). Without the feature, everything is built in. No
//! other file names the splitting.

use crate::later::{Later, LaterPart};
use crate::text::{self, Sentences};
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
    if !text::has_sentences(language) {
        text::store_sentences(language, files::sentences(language).await?);
    }
    Ok(())
}

#[cfg(feature = "split")]
mod files {
    use std::pin::Pin;

    use console_core::for_each_language;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{Failed, Language, Later, LaterPart, Sentences};

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

    #[wasm_split(later, fallible)]
    #[allow(clippy::unnecessary_wraps, reason = "the macro makes a fallible loader of it")]
    fn split_later() -> Result<&'static dyn Later, NotLoaded> {
        Ok(&LaterPart)
    }

    macro_rules! split_sentences {
        (($built_in:ident, $built_in_module:ident, $($facts:tt)*), $(($variant:ident, $module:ident, $($more:tt)*),)*) => {
            pub(super) async fn sentences(language: Language) -> Result<&'static Sentences, Failed> {
                // Boxed, so that one place waits for all of them.
                let loading: Pin<Box<dyn Future<Output = _>>> = match language {
                    // Nobody asks for what is there.
                    Language::$built_in => return Err(Failed),
                    $(Language::$variant => Box::pin($module()),)*
                };
                loading.await.map_err(|NotLoaded| Failed)
            }

            $(
                #[wasm_split($module, fallible)]
                #[allow(clippy::unnecessary_wraps, reason = "the macro makes a fallible loader of it")]
                fn $module() -> Result<&'static Sentences, NotLoaded> {
                    Ok(Sentences::$module())
                }
            )*
        };
    }

    for_each_language!(split_sentences);
}

#[cfg(not(feature = "split"))]
mod files {
    use super::{Failed, Language, Later, LaterPart, Sentences, text};

    pub(super) fn provide_built_in() {
        text::provide_sentences();
    }

    #[allow(clippy::unused_async, reason = "the same signature as in the split build")]
    pub(super) async fn later() -> Result<&'static dyn Later, Failed> {
        Ok(&LaterPart)
    }

    #[allow(clippy::unused_async, reason = "likewise")]
    pub(super) async fn sentences(_: Language) -> Result<&'static Sentences, Failed> {
        Err(Failed)
    }
}
