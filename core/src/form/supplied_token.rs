//! Tokens that the page around the console supplies: it is asked at each press that needs one, and the press is carried out
//! once the token is here; and when what goes on by itself needs a new one. A token that the API rejects, or that doesn't
//! come in time, makes way for the field.

use contract::backup::Connection;
use contract::codes::ErrorKind;
use contract::rules::{Field, token};
use contract::secret::Secret;

use super::action::{FieldRefusal, Input};
use super::state::Form;
use super::token_input::TokenInput;
use crate::action::{Action, Press};
use crate::cx::Cx;
use crate::effect::Focus;
use crate::form::action::TokenAction;
use crate::notice::Notice;
use crate::press_limit::MAX_PRESS_AGE;
use crate::session::ask::{ask, ask_later, stop_asking};
use crate::session::token_provider::Question;
use crate::target::Target;
use crate::ticket::{Purpose, Ticket};
use crate::work::action::WorkAction;

/// How often the page around the console is asked for a token of one target, apart from presses.
const MAX_TRIES: u8 = 3;

impl Form {
    /// Something has become of a token. `waiting`: the targets of what waits for one.
    pub(crate) fn update_token(&mut self, action: TokenAction, waiting: &[Target], cx: &mut Cx) {
        match action {
            TokenAction::Wanted => {
                self.tokens_are_typed(cx);
                // Of one that is wanted since the API has rejected the one in the form.
                if self.connection().is_ok_and(|connection| cx.session.credentials.is_rejected(&connection)) {
                    self.refused = Some((Field::Token, FieldRefusal::ByApi(ErrorKind::TokenRejected)));
                }
                cx.focus(Focus::Field(Field::Token));
            }
            // The provider is asked at the next press, or when something that goes on by itself needs a token.
            TokenAction::Missing if self.token_is_supplied() => {}
            TokenAction::Missing => cx.focus(Focus::Field(Field::Token)),
            TokenAction::WantedFor(target) if self.token_is_supplied() => self.renew_token(target, cx),
            // It may stand in the form already: it was given while the refusal of the old one was under way.
            TokenAction::WantedFor(_) if self.token_is_complete() => self.token_is_given(waiting, cx),
            TokenAction::WantedFor(_) => {}
            TokenAction::Given if self.token_is_supplied() => self.renew_for_others(waiting, None, cx),
            TokenAction::Given => self.token_is_given(waiting, cx),
            TokenAction::RenewOthers(supplied) => self.renew_for_others(waiting, supplied.as_ref(), cx),
        }
    }

    /// Asks for a token, and puts off what was pressed until it comes; `false` where the user types it. `target`: where
    /// the press leads to.
    pub(crate) fn asks_for_token(&mut self, press: Press, target: Option<Target>, cx: &mut Cx) -> bool {
        if !self.token_is_supplied() {
            return false;
        }
        // One press waits at a time: the second of a double click asks for nothing.
        if cx.session.provider.press_waits() {
            return true;
        }
        if press == Press::Submit && self.request().is_err() {
            return false;
        }
        // Without a target nobody can say which token it is to be; what is missing is shown. One that could be sent nowhere
        // isn't asked for.
        let Some(target) = target.filter(|target| self.may_call(&target.endpoint)) else { return false };
        // A superseded question doesn't count as a try.
        let provider = &mut cx.session.provider;
        let given_up = provider.asked.take().map(|asked| asked.target);
        provider.tries.retain(|tries| tries.target != target && Some(&tries.target) != given_up.as_ref());
        ask(Question { target, press: Some(press), at: cx.pressed_at }, cx);
        true
    }

    /// What goes on by itself needs another token for a target. Its provider is asked a few times, with a pause.
    fn renew_token(&mut self, target: Target, cx: &mut Cx) {
        let provider = &mut cx.session.provider;
        let may_be_asked = self.token_is_supplied() && self.may_call(&target.endpoint);
        if !may_be_asked || provider.asked.is_some() || provider.is_away {
            return;
        }
        let tries = provider.count_try(&target, cx.now);
        let question = Question { target, press: None, at: cx.now };
        match tries {
            1 => ask(question, cx),
            tries if tries <= MAX_TRIES => ask_later(question, cx),
            _ => self.token_not_supplied(cx),
        }
    }

    /// A wait for the provider is over.
    pub(crate) fn provider_waited(&mut self, purpose: Purpose, cx: &mut Cx) {
        match (purpose, cx.session.provider.asked.clone()) {
            (Purpose::AskForToken, Some(question)) => ask(question, cx),
            (Purpose::TokenLimit, Some(_)) => self.token_not_supplied(cx),
            _ => {}
        }
    }

    /// The page around the console supplies tokens from now on, or no longer. A token that was typed stays in use, and one that
    /// has failed isn't given another chance by being set again.
    pub(crate) fn set_token_supply(&mut self, is_supplied: bool, cx: &mut Cx) {
        let was_supplied = std::mem::replace(&mut cx.session.provider.is_there, is_supplied);
        if was_supplied == is_supplied {
            return;
        }
        if is_supplied && self.token.text.is_empty() {
            self.token_input = TokenInput::Supplied;
            cx.then(Action::Token(TokenAction::Given));
        } else if !is_supplied && cx.session.provider.press_waits() {
            self.token_not_supplied(cx);
        } else if !is_supplied {
            stop_asking(cx);
            self.tokens_are_typed(cx);
        }
    }

    /// From now on the user types the token.
    fn tokens_are_typed(&mut self, cx: &mut Cx) {
        if self.token_is_supplied() {
            self.token_input = TokenInput::Hidden;
            self.forget_token(cx);
        }
    }

    fn token_not_supplied(&mut self, cx: &mut Cx) {
        stop_asking(cx);
        self.tokens_are_typed(cx);
        cx.notice(Notice::TokenNotSupplied);
        cx.focus(Focus::Field(Field::Token));
    }

    /// A token was supplied: what is to be done with it. `creation`: where the creation leads to that the press is about.
    pub(crate) fn token_supplied(
        &mut self,
        ticket: Ticket,
        supplied: Option<Secret>,
        creation: Option<&Target>,
        cx: &mut Cx,
    ) {
        if cx.tickets.find(ticket) != Some(Purpose::Token) {
            return;
        }
        let Some(Question { target, press, at }) = cx.session.provider.asked.clone() else { return };
        if press.is_some() && cx.now.since(at) > MAX_PRESS_AGE {
            cx.notice(Notice::PressLapsed);
            stop_asking(cx);
            return cx.then(Action::Token(TokenAction::RenewOthers(None)));
        }
        let Some(secret) = supplied.filter(|secret| !secret.is_empty()) else { return self.token_not_supplied(cx) };
        stop_asking(cx);
        let Some(press) = press else { return self.go_on_with(target, &secret, cx) };
        cx.pressed_at = at;
        let pressed_for = if press.key().is_some() { creation.cloned() } else { self.target() };
        if pressed_for.as_ref() != Some(&target) || !self.may_call(&target.endpoint) {
            // The form or the settings have changed meanwhile: this token goes nowhere.
            if !self.asks_for_token(press, pressed_for, cx) {
                self.press(press, creation, cx);
            }
            return;
        }
        if !self.keep_supplied(target, &secret, cx) {
            return self.token_not_supplied(cx);
        }
        if press.key().is_none() {
            self.edit_token(secret, Input::Pasted);
        }
        self.press(press, creation, cx);
        cx.then(Action::Token(TokenAction::RenewOthers(None)));
    }

    /// Asks again for what goes on by itself and whose question was superseded by that of a press: for the first that may be
    /// called.
    fn renew_for_others(&mut self, waiting: &[Target], supplied: Option<&Target>, cx: &mut Cx) {
        let may_ask = |target: &&Target| Some(*target) != supplied && self.may_call(&target.endpoint);
        if let Some(target) = waiting.iter().find(may_ask) {
            self.renew_token(target.clone(), cx);
        }
    }

    /// Keeps a supplied token for the target that it was asked for; `false` when it can be no token.
    fn keep_supplied(&self, target: Target, secret: &Secret, cx: &mut Cx) -> bool {
        let Ok(token) = token::token(secret.expose()) else { return false };
        // Settings may have changed since it was asked for.
        if !self.may_call(&target.endpoint) {
            return false;
        }
        let Target { endpoint, project_id } = target;
        cx.session.credentials.keep(Connection { endpoint, project_id, token });
        true
    }

    /// Goes on with a token that no press has asked for; the fields have nothing to do with it.
    fn go_on_with(&mut self, target: Target, secret: &Secret, cx: &mut Cx) {
        let is_rejected = token::token(secret.expose()).is_ok_and(|token| {
            let Target { endpoint, project_id } = target.clone();
            cx.session.credentials.is_kept(&Connection { endpoint, project_id, token })
        });
        // The one that the API has just rejected isn't sent again by itself.
        if is_rejected || !self.keep_supplied(target.clone(), secret, cx) {
            self.renew_token(target.clone(), cx);
        } else {
            cx.then(Action::Work(WorkAction::TokenGiven(target.clone())));
        }
        // Others may have waited for their turn.
        cx.then(Action::Token(TokenAction::RenewOthers(Some(target))));
    }
}
