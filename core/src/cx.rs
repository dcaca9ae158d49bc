//! What a feature works with while it takes an action: the moment, the tokens, the tickets, and the places for what is to be
//! done in the world and for what other features are to do next.

use contract::call::Call;

use super::ticket::{CallPurpose, Purpose, Tickets, WaitPurpose};
use crate::action::Action;
use crate::clock::Now;
use crate::effect::{Effect, PageEffect, WorkEffect};
use crate::preferences::{Language, Limits};
use crate::session::credentials::{Credentials, Unavailable};
use crate::target::Target;

/// The context of one action.
pub(crate) struct Cx<'a> {
    /// The moment of the action.
    pub(crate) now: Now,
    /// How long the page waits for things.
    pub(crate) limits: Limits,
    /// The language of the page.
    pub(crate) language: Language,
    /// The tokens.
    pub(crate) credentials: &'a mut Credentials,
    /// What is waited for.
    pub(crate) tickets: &'a mut Tickets,
    effects: Vec<Effect>,
    follow_ups: Vec<Action>,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        now: Now,
        limits: Limits,
        language: Language,
        credentials: &'a mut Credentials,
        tickets: &'a mut Tickets,
    ) -> Self {
        Self { now, limits, language, credentials, tickets, effects: Vec::new(), follow_ups: Vec::new() }
    }

    /// Asks for something in the world.
    pub(crate) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks another feature for something, once this one is done with its action.
    pub(crate) fn then(&mut self, action: Action) {
        self.follow_ups.push(action);
    }

    /// Makes a call to a target. `time_limit` is in milliseconds.
    ///
    /// # Errors
    /// When there is no token for it.
    pub(crate) fn call(
        &mut self,
        purpose: CallPurpose,
        target: &Target,
        call: Call,
        time_limit: u32,
    ) -> Result<(), Unavailable> {
        let (connection, used) = self.credentials.connect(target)?;
        let ticket = self.tickets.issue_for_call(purpose, used, self.now.monotonic);
        self.emit(Effect::Work(WorkEffect::Fetch { ticket, connection, call, language: self.language, time_limit }));
        Ok(())
    }

    /// Waits, in milliseconds.
    pub(crate) fn wait(&mut self, purpose: WaitPurpose, milliseconds: u32) {
        let ticket = self.tickets.issue(Purpose::Wait(purpose));
        // Browsers' timers go no further than 24 days: a longer wait would end at once.
        self.emit(Effect::Page(PageEffect::Wait(ticket, milliseconds.min(i32::MAX.unsigned_abs()))));
    }

    /// Gives up every call and wait for a purpose.
    pub(crate) fn withdraw(&mut self, is_meant: impl Fn(Purpose) -> bool) {
        for ticket in self.tickets.withdraw(is_meant) {
            self.emit(Effect::Page(PageEffect::Abort(ticket)));
        }
    }

    /// What is to be done in the world, and what other features are to do.
    pub(crate) fn finish(self) -> (Vec<Effect>, Vec<Action>) {
        (self.effects, self.follow_ups)
    }
}
