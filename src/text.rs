//! Every sentence that the user reads, in each language of the page.
//!
//! [`Text`] and [`LaterText`] have a field for each; a language is a value of both, so a missing sentence is a compile
//! error. Only what has to work without the program is worded elsewhere: `index.html`, `static/boot.js`, `module/index.js`.

mod batch;
mod english;
mod german;
mod intl;
mod language;
mod later;
mod receipt;
mod sentences;
mod time;
mod words;

#[cfg(test)]
mod tests;

pub use language::{GERMAN, LanguageText, Sentences, has_sentences, set_german};
pub use later::{Advice, CreationText, LaterText};
pub use receipt::{batch_receipt, receipt, receipt_lines, receipt_of};
pub use sentences::Text;
pub use time::{local_hour, local_time, utc_time};
