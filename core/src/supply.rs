//! Tokens that the page around the console supplies: it is asked at each press that needs one, and the press is carried out
//! once the token is here. A token that the API rejects, or that doesn't come, makes way for the field.

use contract::backup::Connection;
use contract::rules::{Field, token};

use super::ticket::{Pressed, Purpose, Ticket};
use super::{Action, Effect, Focus, Input, Millis, Notice, State, Target, TokenInput};

impl State {
    /// Asks for a token, and puts the press off until it comes; `None` where the user types it.
    pub(super) fn ask_for_token(&mut self, pressed: Pressed) -> Option<Vec<Effect>> {
        if !self.form.token_is_supplied() {
            return None;
        }
        // One press waits at a time: the second of a double click asks for nothing.
        if self.tickets.any(|purpose| matches!(purpose, Purpose::Token(Some(_)))) {
            return Some(vec![]);
        }
        if pressed == Pressed::Submit && self.form.request(&self.backups).is_err() {
            return None;
        }
        // Without a target nobody can say which token it is to be; what is missing is shown.
        let target = self.form.target()?;
        self.asked_for = Some(target.clone());
        Some(vec![Effect::AskForToken(self.tickets.issue(Purpose::Token(Some(pressed))), target)])
    }

    /// Asks for a new token to go on following with.
    pub(super) fn renew_token(&mut self) -> Option<Effect> {
        let is_asked = self.tickets.any(|purpose| matches!(purpose, Purpose::Token(_)));
        let target: Target = self.followed.iter().find(|followed| followed.awaits_token())?.target().clone();
        let asks = self.form.token_is_supplied() && !is_asked;
        asks.then(|| Effect::AskForToken(self.tickets.issue(Purpose::Token(None)), target))
    }

    /// From now on the user types the token.
    pub(super) fn tokens_are_typed(&mut self) {
        if self.form.token_is_supplied() {
            self.form.token_input = TokenInput::Hidden;
            self.forget_token();
        }
    }

    pub(super) fn token_supplied(&mut self, ticket: Ticket, token: Option<String>, now: Millis) -> Vec<Effect> {
        let Some(Purpose::Token(pressed)) = self.tickets.take(ticket) else { return vec![] };
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            self.tokens_are_typed();
            self.notices.push(Notice::TokenNotSupplied);
            return vec![Effect::Focus(Focus::Field(Field::Token))];
        };
        let Some(pressed) = pressed else { return self.follow_with(&token) };
        if self.form.target() != self.asked_for {
            // The form was edited meanwhile: this token is for another target, and goes nowhere.
            return self.ask_for_token(pressed).unwrap_or_default();
        }
        self.form.edit(Field::Token, token, Input::Pasted);
        let mut effects = self.token_edited();
        effects.extend(match pressed {
            Pressed::Submit => self.submit(now),
            Pressed::TryAgain => self.try_again(),
            Pressed::LoadInstances => self.load_instances(),
            Pressed::ShowBackups => self.show_backups(),
        });
        effects
    }

    /// Goes on following with a token that was asked for by [`State::renew_token`]; the form has nothing to do with it.
    fn follow_with(&mut self, token: &str) -> Vec<Effect> {
        let waiting = self.followed.iter().find(|followed| followed.awaits_token());
        let (Some(target), Ok(token)) = (waiting.map(|followed| followed.target().clone()), token::token(token)) else {
            return vec![];
        };
        let Target { endpoint, project_id } = target.clone();
        self.keyring.keep(Connection { endpoint, project_id, token });
        self.poll_waiting_for(&target)
    }

    /// What a press needs a token for, if it does.
    pub(super) fn pressed(action: &Action) -> Option<Pressed> {
        match action {
            Action::SubmitPressed => Some(Pressed::Submit),
            Action::TryAgainPressed => Some(Pressed::TryAgain),
            Action::LoadInstancesPressed => Some(Pressed::LoadInstances),
            Action::ShowBackupsPressed => Some(Pressed::ShowBackups),
            _ => None,
        }
    }
}
