//! Carries out effects in the browser: `run` those that the page needs from the start, `later` the others.

mod clipboard;
mod document;
mod fetch;
mod files;
mod json;
pub mod later;
mod notification;
mod page_file;
mod pending;
mod policy_report;
mod run;
mod storage;
mod time_limit;

pub use document::{fragment, set_document_language, set_document_theme};
#[cfg(feature = "module")]
pub use json::{json_from_js, object_from};
pub use json::{parse as parse_json, settings};
pub use page_file::read_page_file;
pub use run::Runtime;
pub use storage::{kept_language, kept_theme, persisted_in_tab};
