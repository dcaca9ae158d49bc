//! The title of the document.

use console_core::{Language, State};
use contract::backup::Status;

use super::cx::Sections;
use crate::text::LanguageText;

/// The title of the document: what became of the newest backup, or that there are faults, in front of the page's name.
pub fn title(state: &State, later: Option<&dyn Sections>) -> String {
    let text = state.language.text();
    let title = state.options.title.as_deref().unwrap_or(text.title);
    if state.is_unsent && state.messages.faulty().next().is_some() {
        return [text.error, title].concat();
    }
    match later.and_then(|sections| sections.ended(state)) {
        Some(ended) => [&ended, " – ", title].concat(),
        None => title.to_owned(),
    }
}

/// The status of a backup in one line.
pub fn announcement(language: Language, name: &str, status: &Status) -> String {
    (language.later_text().follow.ended)(name, status)
}
