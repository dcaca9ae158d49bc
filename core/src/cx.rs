//! What a feature works with while it takes an action: the moment, the session, the tickets, and the places for what is to be
//! done in the world and for what other features are to do next.

use contract::call::Call;

use super::ticket::{CallPurpose, Purpose, Ticket, Tickets, WaitPurpose};
use crate::action::Action;
use crate::clock::Now;
use crate::effect::{Effect, Focus, PageEffect, WorkEffect};
use crate::language::Language;
use crate::notice::Notice;
use crate::page::action::PageAction;
use crate::preferences::Limits;
use crate::session::credentials::Unavailable;
use crate::session::state::Session;
use crate::target::Target;

/// The context of an action. It holds tokens, so it has no `Debug`.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub(crate) struct Cx {
    /// The moment of the action.
    pub(crate) now: Now,
    /// When the press was made that is carried out: earlier than the action, if it had to wait for something.
    pub(crate) pressed_at: Now,
    /// How long the page waits for things.
    pub(crate) limits: Limits,
    /// The language of the page.
    pub(crate) language: Language,
    /// The tokens, and who supplies them.
    pub(crate) session: Session,
    /// What is waited for.
    pub(crate) tickets: Tickets,
    effects: Vec<Effect>,
    follow_ups: Vec<Action>,
}

impl Cx {
    /// The context of a page that was opened at `now`.
    pub(crate) fn new(now: Now, limits: Limits, language: Language) -> Self {
        Self {
            now,
            pressed_at: now,
            limits,
            language,
            session: Session::default(),
            tickets: Tickets::default(),
            effects: Vec::new(),
            follow_ups: Vec::new(),
        }
    }

    /// Asks for something in the world.
    pub(crate) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks another feature for something, once this one is done with its action.
    pub(crate) fn then(&mut self, action: Action) {
        self.follow_ups.push(action);
    }

    /// Tells the user something.
    pub(crate) fn notice(&mut self, notice: Notice) {
        self.then(Action::Page(PageAction::Noticed(notice)));
    }

    /// Moves the focus.
    pub(crate) fn focus(&mut self, focus: Focus) {
        self.emit(Effect::Page(PageEffect::Focus(focus)));
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
        let (connection, used) = self.session.credentials.connect(target)?;
        let ticket = self.tickets.issue_for_call(purpose, used, self.now.monotonic);
        self.emit(Effect::Work(WorkEffect::Fetch { ticket, connection, call, language: self.language, time_limit }));
        Ok(())
    }

    /// Waits, in milliseconds.
    pub(crate) fn wait(&mut self, purpose: WaitPurpose, milliseconds: u32) {
        self.wait_for(Purpose::Wait(purpose), milliseconds);
    }

    /// Waits for something that is none of [`crate::Work`]'s, in milliseconds.
    pub(crate) fn wait_for(&mut self, purpose: Purpose, milliseconds: u32) -> Ticket {
        let ticket = self.tickets.issue(purpose);
        // Browsers' timers go no further than 24 days: a longer wait would end at once.
        self.emit(Effect::Page(PageEffect::Wait(ticket, milliseconds.min(i32::MAX.unsigned_abs()))));
        ticket
    }

    /// Gives up every call and wait for a purpose.
    pub(crate) fn withdraw(&mut self, is_meant: impl Fn(Purpose) -> bool) {
        for ticket in self.tickets.withdraw(is_meant) {
            self.emit(Effect::Page(PageEffect::Abort(ticket)));
        }
    }

    /// What features have asked of each other.
    pub(crate) fn take_follow_ups(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.follow_ups)
    }

    /// What is to be done in the world.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        self.replace_effects(Vec::new())
    }

    /// Puts other effects in place of those that are to be carried out, and gives these.
    pub(crate) fn replace_effects(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        std::mem::replace(&mut self.effects, effects)
    }
}
