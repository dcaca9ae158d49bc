//! Every sentence that the user reads, in each language of the page.
//!
//! [`Text`] and [`LaterText`] have a field for each; a language is a value of both, so a missing sentence is a compile
//! error. Only what has to work without the program is worded elsewhere: `index.html`, `static/boot.js`, `module/index.js`.

mod batch;
#[cfg(test)]
mod claims;
mod intl;
mod language;
mod later;
mod receipt;
mod sentences;
#[cfg(test)]
mod start;
mod time;
mod words;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod written;

macro_rules! declare_languages {
    ($(($variant:ident, $module:ident, $($facts:tt)*),)*) => {
        $(mod $module;)*
    };
}

// rustfmt doesn't see these files: `cargo xtask test format` names them to it.
console_core::for_each_language!(declare_languages);

pub use language::{LanguageText, Sentences, has_sentences, provide_sentences, store_sentences};
pub use later::{Advice, CreationText, LaterText};
pub use receipt::{batch_receipt, receipt, receipt_lines, receipt_of};
pub use sentences::Text;
pub use time::{local_hour, local_time, utc_time};
