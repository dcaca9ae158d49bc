//! The context for drawing each part of the page.

use std::rc::Rc;

use console_core::{Action, CopyTarget, Failed, FieldRefusal, Form, Language, Model, Notice};
use contract::rules::token::Removed;
use contract::rules::{Violation, Warning};
use yew::prelude::*;

use super::outcome_view::OutcomeView;
use crate::text::LanguageText;

/// The context for drawing each part of the page.
#[derive(Clone)]
pub struct ViewCx {
    /// The language of the page.
    pub language: Language,
    /// Whether the form can't be edited.
    pub is_locked: bool,
    /// Receives the actions.
    pub dispatch: Callback<Action>,
    /// The sections of the later part, once it is loaded.
    pub later: Option<&'static dyn Sections>,
}

impl PartialEq for ViewCx {
    fn eq(&self, other: &Self) -> bool {
        // `later` isn't compared: before it is loaded, its sections draw nothing.
        (self.language, self.is_locked) == (other.language, other.is_locked) && self.dispatch == other.dispatch
    }
}

impl ViewCx {
    /// A callback that sends an action, whatever the event. It creates the action anew each time: copying would need
    /// the code to clone everything that an action can contain.
    pub fn on<E>(&self, action: impl Fn() -> Action + 'static) -> Callback<E> {
        self.dispatch.reform(move |_| action())
    }

    /// What to do about a broken rule.
    pub(super) fn violation(&self, violation: &Violation) -> String {
        let words = (self.language.text().violation)(violation);
        match self.later {
            // The later part also words the violations that it detects.
            Some(sections) if words.is_empty() => sections.violation(self.language, violation),
            Some(_) | None => words,
        }
    }

    /// The text of a notice; `None` until the later part, which has the text, is loaded. Notices about the token and
    /// about files that failed to load are available from the start: the later part may not load either.
    pub(super) fn notice(&self, notice: &Notice) -> Option<String> {
        let page = &self.language.text().page;
        match notice {
            Notice::LinkHadToken => Some(page.link_had_token.to_owned()),
            Notice::LanguageMissing(_) => Some(page.language_missing.to_owned()),
            Notice::LinkFilled
            | Notice::FormFilled
            | Notice::PressedBeforeFilled
            | Notice::FilledFromToken(_)
            | Notice::LinkUnknown(_)
            | Notice::WatchIncomplete
            | Notice::LinkMissed
            | Notice::DraftRestored
            | Notice::Cleared
            | Notice::TokenNotSupplied
            | Notice::PressLapsed
            | Notice::AlreadyRequested
            | Notice::NotCallable
            | Notice::Option(..) => self.later.map(|sections| sections.notice(self.language, notice)),
        }
    }

    /// What was left out of a pasted token.
    pub(super) fn removed(&self, removed: &[Removed]) -> String {
        self.later.map(|sections| sections.removed(self.language, removed)).unwrap_or_default()
    }

    /// A warning about an unusual text.
    pub(super) fn warning(&self, warning: &Warning) -> String {
        self.later.map(|sections| sections.warning(self.language, warning)).unwrap_or_default()
    }

    /// Why a field was refused.
    pub(super) fn refused(&self, refusal: FieldRefusal) -> String {
        self.later.map(|sections| sections.refused(self.language, refusal)).unwrap_or_default().to_owned()
    }

    /// What the list of databases is for; the later part words it where other engines have partial backups than by the API page.
    pub(super) fn databases_hint(&self, form: &Form) -> AttrValue {
        let hint = self.later.and_then(|sections| sections.databases_hint(self.language, form));
        hint.map_or(AttrValue::Static(self.language.text().databases_hint), AttrValue::from)
    }

    /// Draws a section of the later part; nothing until that is loaded.
    pub(super) fn section(&self, draw: impl Fn(&dyn Sections) -> Html) -> Html {
        self.later.map_or_else(Html::default, draw)
    }
}

/// What the later part draws and words: everything that isn't needed before there is something to send.
pub trait Sections {
    /// The outcome of the newest press.
    fn outcome(&self, cx: &ViewCx, model: &Model) -> OutcomeView;
    /// The outcomes of the other presses, and the actions for all of them.
    fn others(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The backups of an instance.
    fn backups(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The content for printing.
    fn records(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The request before it is sent.
    fn request(&self, cx: &ViewCx, model: &Model) -> Html;
    /// What is selected, in place of the instance's ID and the backup's name.
    fn selection(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The button that creates backups of all selected instances.
    fn create(&self, language: Language, count: usize) -> String;
    /// The instances to choose from.
    fn instances(&self, cx: &ViewCx, model: &Model) -> Html;
    /// The databases to choose from.
    fn databases(&self, cx: &ViewCx, model: &Model) -> Html;
    /// What the list of databases is for, where it isn't for SQL Server only.
    fn databases_hint(&self, language: Language, form: &Form) -> Option<String>;
    /// Whether each database is to be backed up individually.
    fn individually(&self, cx: &ViewCx, model: &Model) -> Html;
    /// What helps with the endpoint.
    fn endpoint(&self, cx: &ViewCx, model: &Model) -> Html;
    /// What the token says by itself.
    fn token(&self, cx: &ViewCx, model: &Model) -> Html;
    /// How many more characters the description may have.
    fn counter(&self, language: Language, description: &Rc<str>) -> Html;
    /// What to do about a broken rule that the later part detects.
    fn violation(&self, language: Language, violation: &Violation) -> String;
    /// A warning about an unusual text.
    fn warning(&self, language: Language, warning: &Warning) -> String;
    /// What was left out of a pasted token.
    fn removed(&self, language: Language, removed: &[Removed]) -> String;
    /// A notice.
    fn notice(&self, language: Language, notice: &Notice) -> String;
    /// Why a field was refused.
    fn refused(&self, language: Language, refusal: FieldRefusal) -> &'static str;
    /// The result of copying, and the text in a field if it failed.
    fn copied(&self, cx: &ViewCx, model: &Model, what: CopyTarget, result: Result<(), Failed>) -> (Html, Html);
    /// What a key in the form brings back.
    fn undo_key(&self, cx: &ViewCx, model: &Model) -> Callback<KeyboardEvent>;
    /// The outcome of the newest backup, in one line.
    fn ended(&self, model: &Model) -> Option<String>;
}
