//! The title of the document.

use console_core::{Ended, Language, Model, Submission};

use super::cx::Sections;
use crate::text::LanguageText;

/// The title of the document: the outcome of the newest backup, or that there are errors, before the page's name.
pub fn title(model: &Model, later: Option<&dyn Sections>) -> String {
    let text = model.page.language.text();
    let title = model.page.options.title.as_deref().unwrap_or(text.title);
    if model.form.submission == Submission::Faulty && model.form.messages.faulty().next().is_some() {
        return [text.error, title].concat();
    }
    match later.and_then(|sections| sections.ended(model)) {
        Some(ended) => [&ended, " – ", title].concat(),
        None => title.to_owned(),
    }
}

/// How far the newest press has come, in one line.
pub fn announcement(language: Language, ended: &Ended) -> String {
    let text = language.later_text();
    match ended {
        Ended::Backup(name, status) => (text.follow.ended)(name, status),
        Ended::Batch(summary) => (text.batch.summary)(summary),
    }
}
