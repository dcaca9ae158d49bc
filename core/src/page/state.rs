//! The page as a whole: its language, its colours, what the operator has set, and what the user should know.

use std::mem::discriminant;

use contract::rules::Field;

use crate::language::Language;
use crate::notice::Notice;
use crate::options::Options;
use crate::page::action::CopyTarget;
use crate::page_address::PageAddress;
use crate::preferences::{Limits, Theme};
use crate::reply::Failed;

/// The page as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its language.
    pub language: Language,
    /// Its colours.
    pub theme: Theme,
    /// What the user should know.
    pub notices: Vec<Notice>,
    /// Whether the request is shown.
    pub request_is_shown: bool,
    /// What became of the last copy, until the next action of the user.
    pub copied: Option<(CopyTarget, Result<(), Failed>)>,
    /// What the operator has set.
    pub options: Options,
    /// Whether the console is a part of somebody else's page.
    pub is_embedded: bool,
    /// How long the page waits for things.
    pub(crate) limits: Limits,
    /// The address of the page.
    pub(crate) address: PageAddress,
}

impl Page {
    /// Adds a notice, in place of an older one of its kind.
    pub(crate) fn add_notice(&mut self, notice: Notice) {
        self.notices.retain(|known| discriminant(known) != discriminant(&notice));
        self.notices.push(notice);
    }

    /// What a token has filled in is said as long as it stands there as it was filled in, and nobody has used it.
    pub(crate) fn renew_filled(&mut self, filled: Option<&[Field]>) {
        self.notices.retain_mut(|notice| {
            let Notice::FilledFromToken(fields) = notice else { return true };
            *fields = filled.unwrap_or_default().to_vec();
            !fields.is_empty()
        });
    }
}
