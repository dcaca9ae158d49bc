//! Carries out the effects that the page has from the start.

use std::rc::Rc;

use console_core::{Action, Effect, Focus, Language, Ticket};
use gloo_timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use super::document::{set_document_language, set_fragment};
use super::pending::Pending;
use super::storage;
use crate::host::Host;
use crate::view;

/// The browser, as far as the console has to do with it.
pub struct Runtime {
    pub(super) dispatch: Callback<Action>,
    pub(super) pending: Pending,
    element: Element,
    host: Rc<dyn Host>,
    is_embedded: bool,
    /// What is to take the focus, once the new state is drawn.
    focus: Option<Focus>,
    reveals_answer: bool,
}

impl Runtime {
    /// For a console that is drawn in `element`.
    pub fn new(element: Element, host: Rc<dyn Host>, is_embedded: bool, dispatch: Callback<Action>) -> Self {
        let pending = Pending::default();
        Self { dispatch, pending, element, host, is_embedded, focus: None, reveals_answer: false }
    }

    /// Moves the focus to something once the new state is drawn.
    pub fn focus_once_drawn(&mut self, focus: Focus) {
        self.focus = Some(focus);
    }

    /// Nothing is waited for any more with this ticket: what is under way is aborted.
    pub fn drop_request(&mut self, ticket: Ticket) {
        self.pending.drop_request(ticket);
    }

    /// The new state is drawn: moves the focus, and the answer into view.
    pub fn drawn(&mut self) {
        if std::mem::take(&mut self.reveals_answer) {
            view::reveal_answer(&self.element);
        }
        if let Some(focus) = self.focus.take() {
            view::focus(&self.element, focus);
        }
    }

    /// Carries out an effect; gives back one that is the later part's.
    pub fn run(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Wait(ticket, milliseconds) => {
                let dispatch = self.dispatch.clone();
                let timer = Timeout::new(milliseconds, move || dispatch.emit(Action::Waited(ticket)));
                self.pending.keep(ticket, timer);
            }
            Effect::Abort(ticket) => self.drop_request(ticket),
            // The elements may be drawn only now.
            Effect::Focus(focus) => self.focus = Some(focus),
            Effect::RevealAnswer => self.reveals_answer = true,
            Effect::SetLanguage(language) => self.set_language(language),
            Effect::SetTheme(theme) if !self.is_embedded => storage::keep_theme(theme.word()),
            Effect::KeepDraft(draft) => storage::keep_draft(&draft),
            Effect::KeepMarker(marker) => self.dispatch.emit(Action::MarkerKept(storage::keep_marker(&marker))),
            Effect::SetAddress(fragment) if !self.is_embedded => set_fragment(&fragment),
            // A page around the console keeps its own.
            Effect::SetTheme(_) | Effect::SetAddress(_) => {}
            Effect::AskForToken(ticket, target) => {
                let supplied = self.dispatch.reform(move |token| Action::TokenSupplied(ticket, token));
                self.host.token_provider(&target, supplied);
            }
            Effect::Notify(event) => self.host.notify(&event),
            other => return Some(other),
        }
        None
    }

    /// A page around the console keeps its own language.
    fn set_language(&self, language: Language) {
        if !self.is_embedded {
            set_document_language(language.tag());
            storage::keep_language(language.tag());
        }
    }
}
