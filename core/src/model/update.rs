//! Routes an action to its feature, and then does what features have asked of each other.
//!
//! A feature asks with `cx.then(action)`. Such a follow-up is routed like any other action, before the next one; what it leads to
//! in the later part comes back as [`Effect::Later`], which the app, or [`Model::update_later`] itself, hands to `route_later`.

use super::state::Model;
use crate::action::{Action, AppAction, Press, Reply};
use crate::clock::Now;
use crate::effect::Effect;
use crate::form::action::TokenAction;
use crate::notice::Notice;
use crate::page::state::Page;
use crate::session::ask::stop_asking;
use crate::session::idle;
use crate::ticket::{Purpose, Ticket};
use crate::visibility::Visibility;
use crate::work::action::WorkAction;

impl Model {
    /// Takes an action at a moment, and says what is to be done in the world. What is for the later part of the program comes back
    /// as [`Effect::Later`]: each goes to [`Model::update_later`] at once. After that comes [`Model::finish`].
    pub fn update(&mut self, action: Action, now: Now) -> Vec<Effect> {
        self.begin(now);
        let tokens = self.cx.session.credentials.count();
        // First of all: a machine that was left must not wake up with the token still there.
        self.forget_token_when_idle();
        if action.is_the_users() {
            self.page.copied = None;
            self.cx.session.last_used = Some(now);
            self.cx.session.provider.come_back();
            let is_missed =
                !self.page.notices.is_empty() || self.deferred.defers_restored() || !self.form.token.text.is_empty();
            self.deferred.load_in_advance(is_missed, &mut self.cx);
        }
        self.follow_up();
        self.route(action);
        if self.has_forgotten_tokens(tokens) {
            self.route(Action::Work(WorkAction::TokenForgotten));
        }
        self.cx.take_effects()
    }

    /// Once an action is done: the form is validated, and what was typed is kept.
    pub fn finish(&mut self, now: Now) -> Vec<Effect> {
        self.begin(now);
        if !self.page.notices.is_empty() {
            // The sentences of most notices come with the later part.
            self.deferred.load_in_advance(false, &mut self.cx);
        }
        if self.form.has_token(&self.cx) {
            idle::watch(&mut self.cx);
        }
        let Self { page, form, work, cx, .. } = self;
        let warnings = self
            .lookups
            .0
            .map_or_else(Vec::new, |(lookups, parse_json)| lookups.learn(form, work, &page.options, parse_json, cx));
        self.form.update_messages(warnings);
        if !self.page.is_embedded {
            // A host page keeps nothing for a reload.
            self.form.persist_draft(&mut self.cx);
        }
        self.follow_up();
        self.page.renew_filled(self.form.filled_fields());
        self.cx.take_effects()
    }

    /// An action begins at a moment.
    pub(crate) fn begin(&mut self, now: Now) {
        let Page { limits, language, .. } = self.page;
        (self.cx.now, self.cx.pressed_at, self.cx.limits, self.cx.language) = (now, now, limits, language);
    }

    /// Does what features have asked of each other.
    fn follow_up(&mut self) {
        for action in self.cx.take_follow_ups() {
            self.route(action);
        }
    }

    /// Whether there are fewer tokens than before. One that is supplied is asked for anew when it is needed.
    pub(crate) fn has_forgotten_tokens(&self, before: usize) -> bool {
        self.cx.session.credentials.count() < before && !self.form.token_is_supplied()
    }

    /// Hands an action to its feature.
    pub(crate) fn route(&mut self, action: Action) {
        // While a press waits the form stays as it was.
        if self.is_locked() && action.edits_the_form() {
            return;
        }
        self.deferred.supersede(&action);
        let Self { page, form, work, deferred, cx, .. } = self;
        match action {
            Action::App(action) => self.tell_all(action),
            Action::Page(action) => page.update(action, cx),
            Action::Form(action) => form.update(action, cx),
            Action::Press(Press::Submit) => self.submit_pressed(),
            // Nothing waits for one.
            Action::Token(TokenAction::Given) if !work.awaits_token() => {}
            Action::Reply(ticket, Reply::WaitOver) => self.wait_is_over(ticket),
            Action::Press(_)
            | Action::Fill(_)
            | Action::Share(_)
            | Action::Token(_)
            | Action::Work(_)
            | Action::Reply(_, Reply::Response(_) | Reply::Probe(_) | Reply::Token(_)) => {
                deferred.take(action, form, cx);
            }
        }
        self.follow_up();
    }

    /// What concerns several features.
    fn tell_all(&mut self, action: AppAction) {
        let is_busy = self.is_locked();
        let Self { page, form, work, deferred, cx, .. } = self;
        match action {
            AppAction::Opened { fragment, kept } => {
                if let Some(kept) = kept {
                    form.reloaded(kept, cx);
                }
                form.opened(&fragment, is_busy, cx);
            }
            AppAction::LaterLoaded(result) => deferred.loaded(result, cx),
            AppAction::CancelPressed => {
                deferred.drop_presses();
                stop_asking(cx);
                // The press had superseded what goes on by itself, which continues now.
                if form.token_is_supplied() {
                    cx.then(Action::Token(TokenAction::Given));
                }
            }
            AppAction::VisibilityChanged(visibility) => {
                if visibility == Visibility::Shown {
                    cx.session.provider.come_back();
                }
                if !work.creations.is_empty() {
                    cx.then(Action::Work(WorkAction::VisibilityChanged(visibility)));
                    cx.then(Action::Token(TokenAction::RenewOthers(None)));
                }
            }
            AppAction::PageHidden => {
                if cx.session.provider.press_waits() || deferred.defers_press() {
                    // The user is told on coming back.
                    cx.notice(Notice::PressLapsed);
                }
                deferred.drop_presses();
                form.lose_token(cx);
                cx.session.provider.leave();
                stop_asking(cx);
            }
            AppAction::OptionsSet(options, faults) => {
                form.set_options(&options, is_busy, cx);
                page.set_options(options, faults, cx);
            }
            AppAction::TokenSupplySet(is_supplied) => form.set_token_supply(is_supplied, cx),
            AppAction::EscapePressed => page.close_innermost(work.instances.is_open, form.can_restore(), cx),
        }
    }

    /// Forgets the token if the time has come.
    fn forget_token_when_idle(&mut self) {
        let Self { form, cx, .. } = self;
        cx.session.last_used.get_or_insert(cx.now);
        if form.has_token(cx) && idle::time_left(cx) <= 0 {
            form.lose_token(cx);
            // The provider isn't asked again until the user returns.
            cx.session.provider.leave();
            cx.withdraw(|purpose| purpose == Purpose::Idleness);
        }
    }

    fn wait_is_over(&mut self, ticket: Ticket) {
        let Self { form, deferred, cx, .. } = self;
        match cx.tickets.find(ticket) {
            // A wait that was given up.
            None => {}
            Some(Purpose::Idleness | Purpose::LoadLimit) => {
                // Idleness is checked in `update` already, and has nothing to do with deferred presses.
                cx.tickets.take(ticket);
                deferred.took_too_long(ticket, cx);
            }
            Some(_) => deferred.take(Action::Reply(ticket, Reply::WaitOver), form, cx),
        }
    }

    /// `Create backup`: what is faulty is shown at once, the rest is for the later part.
    fn submit_pressed(&mut self) {
        if self.is_locked() {
            return;
        }
        let Self { form, deferred, cx, .. } = self;
        if form.is_ready_to_send(cx) {
            deferred.take(Action::Press(Press::Submit), form, cx);
        } else {
            deferred.dismiss_failure();
        }
    }
}
