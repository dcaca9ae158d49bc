//! Carries out the effects that the page needs from the start.

use std::rc::Rc;

use console_core::{Action, Focus, Language, PageEffect, Reply, Ticket, WorkAction};
use contract::rules::Field;
use gloo_timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use super::document::{set_document_language, set_fragment};
use super::pending::Pending;
use super::storage;
use crate::host::Host;
use crate::view;

/// The console's interface to the browser.
pub struct Runtime {
    pub(super) dispatch: Callback<Action>,
    pub(super) pending: Pending,
    element: Element,
    host: Rc<dyn Host>,
    is_embedded: bool,
    /// What gets the focus, once the new state is drawn.
    focus: Option<Focus>,
    /// What is then selected in a field.
    selection: Option<(Field, (u32, u32))>,
    reveals_answer: bool,
}

impl Runtime {
    /// For a console that is drawn in `element`.
    pub fn new(element: Element, host: Rc<dyn Host>, is_embedded: bool, dispatch: Callback<Action>) -> Self {
        let pending = Pending::default();
        Self { dispatch, pending, element, host, is_embedded, focus: None, selection: None, reveals_answer: false }
    }

    /// Moves the focus to a field once the new state is drawn, and restores its selection.
    pub fn focus_once_drawn(&mut self, field: Field, selection: Option<(u32, u32)>) {
        self.focus = Some(Focus::Field(field));
        self.selection = selection.map(|selection| (field, selection));
    }

    /// Drops the handle of this ticket, which aborts what is under way.
    pub fn drop_request(&mut self, ticket: Ticket) {
        self.pending.drop_request(ticket);
    }

    /// The new state is drawn: moves the focus, and scrolls the answer into view.
    pub fn drawn(&mut self) {
        if std::mem::take(&mut self.reveals_answer) {
            view::reveal_answer(&self.element);
        }
        if let Some(focus) = self.focus.take() {
            view::focus(&self.element, focus);
        }
        if let Some((field, selection)) = self.selection.take() {
            view::select(&self.element, field, selection);
        }
    }

    /// Carries out an effect.
    pub fn run(&mut self, effect: PageEffect) {
        match effect {
            PageEffect::Wait(ticket, milliseconds) => {
                let dispatch = self.dispatch.clone();
                let timer = Timeout::new(milliseconds, move || dispatch.emit(Action::Reply(ticket, Reply::WaitOver)));
                self.pending.keep(ticket, timer);
            }
            PageEffect::Abort(ticket) => self.drop_request(ticket),
            // Some of the elements may be drawn only now.
            PageEffect::Focus(focus) => self.focus = Some(focus),
            PageEffect::RevealAnswer => self.reveals_answer = true,
            PageEffect::SetLanguage(language) => self.set_language(language),
            PageEffect::SetTheme(theme) if !self.is_embedded => storage::keep_theme(theme.word()),
            PageEffect::PersistDraft(draft) => storage::persist_draft(&draft),
            PageEffect::PersistUnderway(underway) => {
                self.dispatch.emit(Action::Work(WorkAction::UnderwayPersisted(storage::persist_underway(&underway))));
            }
            PageEffect::SetAddress(fragment) if !self.is_embedded => set_fragment(&fragment),
            // A host page keeps its own colours and address.
            PageEffect::SetTheme(_) | PageEffect::SetAddress(_) => {}
            PageEffect::AskForToken(ticket, target) => {
                let supplied = self.dispatch.reform(move |token| Action::Reply(ticket, Reply::Token(token)));
                self.host.token_provider(&target, supplied);
            }
            PageEffect::Notify(event) => self.host.notify(&event),
        }
    }

    /// A host page keeps its own language.
    fn set_language(&self, language: Language) {
        if !self.is_embedded {
            set_document_language(language.tag());
            storage::keep_language(language.tag());
        }
    }
}
