//! What every piece of the page is drawn with.

use std::rc::Rc;

use console_core::{Action, CopyTarget, Failed, FieldRefusal, Language, Model, Notice};
use contract::rules::token::Removed;
use contract::rules::{Violation, Warning};
use yew::prelude::*;

use super::outcome_view::OutcomeView;
use crate::text::LanguageText;

/// What every piece of the page needs.
#[derive(Clone)]
pub struct ViewCx {
    /// The language of the page.
    pub language: Language,
    /// Whether the form can't be edited.
    pub is_locked: bool,
    /// Takes the actions.
    pub dispatch: Callback<Action>,
    /// What the later part of the program draws, once it is loaded.
    pub later: Option<&'static dyn Sections>,
}

impl PartialEq for ViewCx {
    fn eq(&self, other: &Self) -> bool {
        // Nothing that the rest draws is in the page before it is here.
        (self.language, self.is_locked) == (other.language, other.is_locked) && self.dispatch == other.dispatch
    }
}

impl ViewCx {
    /// A callback that sends an action whatever the event was. It makes the action anew each time: to copy one, the page would
    /// need the code that copies everything that any action can have.
    pub fn on<E>(&self, action: impl Fn() -> Action + 'static) -> Callback<E> {
        self.dispatch.reform(move |_| action())
    }

    /// What to do about a broken rule.
    pub(super) fn violation(&self, violation: &Violation) -> String {
        let words = (self.language.text().violation)(violation);
        match self.later {
            // What that part finds it words as well.
            Some(sections) if words.is_empty() => sections.violation(self.language, violation),
            Some(_) | None => words,
        }
    }

    /// What the user should know; `None` before the later part that words it is loaded. What a token has met is said at
    /// once, and so is that a file failed to load: that part may not come either.
    pub(super) fn notice(&self, notice: &Notice) -> Option<String> {
        let page = &self.language.text().page;
        match notice {
            Notice::LinkHadToken => Some(page.link_had_token.to_owned()),
            Notice::LanguageMissing(_) => Some(page.language_missing.to_owned()),
            Notice::LinkFilled
            | Notice::FormFilled
            | Notice::NotificationsDenied
            | Notice::LinkUnknown(_)
            | Notice::WatchIncomplete
            | Notice::LinkMissed
            | Notice::DraftRestored
            | Notice::Cleared
            | Notice::TokenNotSupplied
            | Notice::PressLapsed
            | Notice::NotCallable
            | Notice::Option(_) => self.later.map(|sections| sections.notice(self.language, notice)),
        }
    }

    /// What was left out of a pasted token.
    pub(super) fn removed(&self, removed: &[Removed]) -> String {
        self.later.map(|sections| sections.removed(self.language, removed)).unwrap_or_default()
    }

    /// What is unusual.
    pub(super) fn warning(&self, warning: &Warning) -> String {
        self.later.map(|sections| sections.warning(self.language, warning)).unwrap_or_default()
    }

    /// Why a field was refused.
    pub(super) fn refused(&self, refusal: FieldRefusal) -> String {
        self.later.map(|sections| sections.refused(self.language, refusal)).unwrap_or_default().to_owned()
    }

    /// Draws a section of the later part; nothing before that is loaded.
    pub(super) fn section(&self, draw: impl Fn(&dyn Sections) -> Html) -> Html {
        self.later.map_or_else(Html::default, draw)
    }
}

/// What the later part of the program draws and words: all that nobody needs before there is something to send.
pub trait Sections {
    /// What became of the newest press.
    fn outcome(&self, cx: &ViewCx, model: &Model) -> OutcomeView;
    /// What became of the others, and what can be done about all of them.
    fn others(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The backups of an instance.
    fn backups(&self, cx: &ViewCx, model: &Model) -> Html;
    /// What is printed.
    fn records(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The request before it is sent.
    fn request(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The instances to choose from.
    fn instances(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The databases to choose from.
    fn databases(&self, cx: &ViewCx, model: &Model) -> Html;
    /// How many characters of the description are left.
    fn counter(&self, language: Language, description: &Rc<str>) -> Html;
    /// What to do about a broken rule that comes with the later part.
    fn violation(&self, language: Language, violation: &Violation) -> String;
    /// What is unusual.
    fn warning(&self, language: Language, warning: &Warning) -> String;
    /// What was left out of a pasted token.
    fn removed(&self, language: Language, removed: &[Removed]) -> String;
    /// Something that the user should know.
    fn notice(&self, language: Language, notice: &Notice) -> String;
    /// Why a field was refused.
    fn refused(&self, language: Language, refusal: FieldRefusal) -> &'static str;
    /// What became of a copy.
    fn copied(&self, model: &Model, what: CopyTarget, result: Result<(), Failed>) -> Html;
    /// What became of the newest backup, in one line.
    fn ended(&self, model: &Model) -> Option<String>;
}
