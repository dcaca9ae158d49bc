//! Tokens that the page around the console supplies: it is asked at each press that needs one, and the press is carried out
//! once the token is here; and when what goes on by itself needs a new one. A token that the API rejects, or that doesn't
//! come in time, makes way for the field.

use contract::backup::Connection;
use contract::rules::{Field, token};
use contract::secret::Secret;

use super::state::Model;
use crate::action::Press;
use crate::clock::Now;
use crate::effect::{Effect, Focus, PageEffect};
use crate::form::action::Input;
use crate::form::token_input::TokenInput;
use crate::notice::Notice;
use crate::session::token_provider::Question;
use crate::target::Target;
use crate::ticket::{Purpose, Ticket};
use crate::work::action::WorkAction;
use crate::work::creation::Creation;
use crate::work::press_limit::LONGEST_FROM_PRESS;

/// How long the page around the console may take to supply a token, in milliseconds.
const LONGEST: u32 = 30_000;
/// How often it is asked for a token of one target, apart from presses.
const MOST_TRIES: u8 = 3;
/// The pause before it is asked again, in milliseconds.
const PAUSE: u32 = 5_000;

impl Model {
    /// Whether a press waits for a token.
    pub(crate) fn press_awaits_token(&self) -> bool {
        self.session.provider.asked.as_ref().is_some_and(|question| question.press.is_some())
    }

    /// Asks for a token, and puts off what was pressed at `at` until it comes; `None` where the user types it.
    pub(crate) fn ask_for_token(&mut self, press: Press, at: Now) -> Option<Vec<Effect>> {
        if !self.form.token_is_supplied() {
            return None;
        }
        // One press waits at a time: the second of a double click asks for nothing.
        if self.press_awaits_token() {
            return Some(vec![]);
        }
        if press == Press::Submit && self.form.request().is_err() {
            return None;
        }
        // Without a target nobody can say which token it is to be; what is missing is shown.
        let target = self.target_of(press)?;
        // One that could be sent nowhere isn't asked for.
        if !self.form.may_call(&target.endpoint) {
            return None;
        }
        // A superseded question doesn't count as a try.
        let provider = &mut self.session.provider;
        let given_up = provider.asked.take().map(|asked| asked.target);
        provider.tries.retain(|tries| tries.target != target && Some(&tries.target) != given_up.as_ref());
        Some(self.ask_provider(Question { target, press: Some(press), at }))
    }

    /// Where a press leads to.
    pub(crate) fn target_of(&self, press: Press) -> Option<Target> {
        match press.key() {
            Some(key) => self.work.creation(key).map(|creation| creation.target.clone()),
            None => self.form.target(),
        }
    }

    fn ask_provider(&mut self, question: Question) -> Vec<Effect> {
        let mut effects = self.stop_asking();
        let ticket = self.tickets.issue(Purpose::Token);
        let limit = self.tickets.issue(Purpose::TokenLimit);
        effects.extend([
            Effect::Page(PageEffect::AskForToken(ticket, question.target.clone())),
            Effect::Page(PageEffect::Wait(limit, LONGEST)),
        ]);
        self.session.provider.asked = Some(question);
        effects
    }

    /// Gives up the question, and the press that waits for its answer.
    pub(crate) fn stop_asking(&mut self) -> Vec<Effect> {
        self.session.provider.asked = None;
        let is_meant = |purpose| matches!(purpose, Purpose::Token | Purpose::TokenLimit | Purpose::AskForToken);
        self.give_up(is_meant)
    }

    /// What goes on by itself needs another token for a target. Its provider is asked a few times, with a pause.
    pub(crate) fn renew_token(&mut self, target: Target, now: Now) -> Vec<Effect> {
        let provider = &mut self.session.provider;
        let may_be_asked = self.form.token_is_supplied() && self.form.may_call(&target.endpoint);
        if !may_be_asked || provider.asked.is_some() || provider.is_away {
            return vec![];
        }
        match provider.count_try(&target, now) {
            1 => self.ask_provider(Question { target, press: None, at: now }),
            tries if tries <= MOST_TRIES => {
                provider.asked = Some(Question { target, press: None, at: now });
                let ticket = self.tickets.issue(Purpose::AskForToken);
                vec![Effect::Page(PageEffect::Wait(ticket, PAUSE))]
            }
            _ => self.token_not_supplied(),
        }
    }

    /// A wait for the provider is over.
    pub(crate) fn provider_waited(&mut self, purpose: Purpose) -> Vec<Effect> {
        match (purpose, self.session.provider.asked.clone()) {
            (Purpose::AskForToken, Some(question)) => self.ask_provider(question),
            (Purpose::TokenLimit, Some(_)) => self.token_not_supplied(),
            _ => vec![],
        }
    }

    /// From now on the user types the token.
    pub(crate) fn tokens_are_typed(&mut self) {
        if self.form.token_is_supplied() {
            self.form.token_input = TokenInput::Hidden;
            self.forget_token();
        }
    }

    fn token_not_supplied(&mut self) -> Vec<Effect> {
        let mut effects = self.stop_asking();
        self.tokens_are_typed();
        self.notice(Notice::TokenNotSupplied);
        effects.push(Effect::Page(PageEffect::Focus(Focus::Field(Field::Token))));
        effects
    }

    /// A token was supplied: what is to be done with it.
    pub(crate) fn token_supplied(&mut self, ticket: Ticket, supplied: Option<Secret>, now: Now) -> Vec<Effect> {
        if self.tickets.find(ticket) != Some(Purpose::Token) {
            return vec![];
        }
        let Some(Question { target, press, at }) = self.session.provider.asked.clone() else { return vec![] };
        if press.is_some() && now.since(at) > LONGEST_FROM_PRESS {
            self.notice(Notice::PressLapsed);
            let effects = self.stop_asking();
            return effects.into_iter().chain(self.renew_for_others(now)).collect();
        }
        let Some(secret) = supplied.filter(|secret| !secret.is_empty()) else { return self.token_not_supplied() };
        let mut effects = self.stop_asking();
        let Some(press) = press else {
            effects.extend(self.go_on_with(&target, &secret, now));
            return effects;
        };
        if self.target_of(press).as_ref() != Some(&target) || !self.form.may_call(&target.endpoint) {
            // The form or the settings have changed meanwhile: this token goes nowhere.
            effects.extend(self.ask_for_token(press, at).unwrap_or_else(|| self.press(press, now)));
            return effects;
        }
        if !self.keep_supplied(target, &secret) {
            effects.extend(self.token_not_supplied());
            return effects;
        }
        if press.key().is_none() {
            self.form.edit_token(secret, Input::Pasted);
        }
        effects.extend(self.press(press, now));
        effects.extend(self.renew_for_others(now));
        effects
    }

    /// Asks again for what goes on by itself and whose question was superseded by that of a press.
    pub(crate) fn renew_for_others(&mut self, now: Now) -> Vec<Effect> {
        let target = self.next_waiting(|_| true);
        target.map(|target| self.renew_token(target, now)).unwrap_or_default()
    }

    /// The first target that something waits for a token of, and that may be called.
    fn next_waiting(&self, is_meant: impl Fn(&Target) -> bool) -> Option<Target> {
        let waits = |creation: &&Creation| {
            creation.awaits_token() && is_meant(&creation.target) && self.form.may_call(&creation.target.endpoint)
        };
        self.work.creations.iter().find(waits).map(|creation| creation.target.clone())
    }

    /// Keeps a supplied token for the target that it was asked for; `false` when it can be no token.
    fn keep_supplied(&mut self, target: Target, secret: &Secret) -> bool {
        let Ok(token) = token::token(secret.expose()) else { return false };
        // Settings may have changed since it was asked for.
        if !self.form.may_call(&target.endpoint) {
            return false;
        }
        let Target { endpoint, project_id } = target;
        let connection = Connection { endpoint, project_id, token };
        self.session.credentials.keep(connection);
        true
    }

    /// Goes on with a token that was asked for by [`Model::renew_token`]; the form has nothing to do with it.
    fn go_on_with(&mut self, target: &Target, secret: &Secret, now: Now) -> Vec<Effect> {
        let is_rejected = token::token(secret.expose()).is_ok_and(|token| {
            let Target { endpoint, project_id } = target.clone();
            self.session.credentials.is_kept(&Connection { endpoint, project_id, token })
        });
        // The one that the API has just rejected isn't sent again by itself.
        let mut effects = if is_rejected || !self.keep_supplied(target.clone(), secret) {
            self.renew_token(target.clone(), now)
        } else {
            self.act_on_work(WorkAction::TokenGiven(target.clone()), now)
        };
        // Others may have waited for their turn.
        if let Some(other) = self.next_waiting(|waiting| waiting != target) {
            effects.extend(self.renew_token(other, now));
        }
        effects
    }
}
