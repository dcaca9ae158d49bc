//! Presses that come before the later part of the program is loaded wait for it here.

use super::state::Model;
use crate::action::{Action, PageAction, Press};
use crate::clock::Now;
use crate::effect::{Effect, PageEffect};
use crate::load_state::LoadState;
use crate::notice::Notice;
use crate::reply::Failed;
use crate::ticket::{Purpose, Ticket};

/// How long a press waits for the later part, in milliseconds.
const LONGEST_WAIT: u32 = 30_000;

impl Model {
    /// Whether `Create backup` was pressed, and waits for the later part.
    pub(crate) fn defers_submission(&self) -> bool {
        self.deferred.iter().any(|(deferred, _)| matches!(deferred, Action::Press(Press::Submit)))
    }

    /// Whether something that was pressed waits for the later part.
    pub fn defers_press(&self) -> bool {
        // Actions of a link or a reload are deferred as well, but no user is waiting for them.
        self.deferred.iter().any(|(deferred, _)| !deferred.is_brought())
    }

    /// Whether a backup that a link or a reload has brought waits for the later part.
    pub fn defers_restored(&self) -> bool {
        self.deferred.iter().any(|(deferred, _)| deferred.is_brought())
    }

    /// Requests the later part as soon as the user does anything, so that it is there before it is needed.
    pub(crate) fn load_in_advance(&mut self) -> Option<Effect> {
        (self.later_part == LoadState::NotRequested).then(|| {
            self.later_part = LoadState::Loading;
            Effect::LoadLater
        })
    }

    /// Hands an action to the later part, once that is loaded.
    pub(crate) fn later(&mut self, action: Action, now: Now) -> Vec<Effect> {
        if self.later_part == LoadState::Loaded { vec![Effect::Later(action)] } else { self.defer(action, now) }
    }

    /// Keeps an action until the later part is loaded.
    pub(crate) fn defer(&mut self, action: Action, now: Now) -> Vec<Effect> {
        let asks = self.later_part != LoadState::Loading;
        let is_first = asks || !self.defers_press();
        // A press that is repeated from impatience is one press.
        self.deferred.retain(|(deferred, _)| !deferred.is_same_press(&action));
        // Only for list requests: the form may change before other actions are carried out, and that is fine for them.
        if matches!(action, Action::Press(Press::LoadInstances | Press::ShowBackups)) {
            let form = &self.form;
            self.deferred_for = Some((form.target(), form.token.text.clone(), form.instance_id.text.clone()));
        }
        self.deferred.push((action, now));
        let mut effects = Vec::new();
        if is_first {
            let ticket = self.tickets.issue(Purpose::LoadLimit);
            self.load_limit = Some(ticket);
            effects.push(Effect::Page(PageEffect::Wait(ticket, LONGEST_WAIT)));
        }
        if asks {
            self.later_part = LoadState::Loading;
            effects.push(Effect::LoadLater);
        }
        effects
    }

    /// Drops the deferred presses. What a link or a reload has brought is kept.
    pub(crate) fn drop_deferred_presses(&mut self) {
        self.deferred_for = None;
        self.deferred.retain(|(deferred, _)| deferred.is_brought());
    }

    /// The timeout of the deferred presses is over: they are dropped, so that a late load doesn't carry them out.
    pub(crate) fn loading_took_too_long(&mut self, ticket: Ticket, now: Now) -> Vec<Effect> {
        // Another press may have its own time since.
        if self.later_part == LoadState::Loading && self.load_limit == Some(ticket) {
            self.later_loaded(Err(Failed), now)
        } else {
            vec![]
        }
    }

    /// The later part was loaded, or failed to load: deferred presses are carried out or dropped.
    pub(crate) fn later_loaded(&mut self, success: Result<(), Failed>, now: Now) -> Vec<Effect> {
        if success.is_ok() {
            if self.later_part == LoadState::Failed {
                // What is said of the press in the place of its card goes with it.
                self.notice(Notice::PressLapsed);
            }
            self.later_part = LoadState::Loaded;
            return self.later(Action::Page(PageAction::LaterLoaded(success)), now);
        }
        let has_failed = self.defers_press();
        self.later_part = if has_failed { LoadState::Failed } else { LoadState::FailedUnneeded };
        self.drop_deferred_presses();
        if has_failed { vec![Effect::Page(PageEffect::RevealAnswer)] } else { vec![] }
    }
}
