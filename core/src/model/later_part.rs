//! The later part of the program, and what waits for it: presses that come before it is loaded, and backups that a link or a
//! reload has brought.

use std::rc::Rc;

use contract::rules::Field;
use contract::secret::Secret;

use crate::action::{Action, AppAction, Press};
use crate::clock::Now;
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::form::action::{FillAction, FormAction};
use crate::form::state::Form;
use crate::load_state::LoadState;
use crate::notice::Notice;
use crate::reply::Failed;
use crate::target::Target;
use crate::ticket::{Purpose, Ticket};

/// How long a press waits for the later part, in milliseconds.
const PRESS_TIME_LIMIT: u32 = 30_000;

/// The later part of the program, and what waits for it. It can hold a token, so it has no `Debug`.
#[derive(Default, PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub struct LaterPart {
    /// How far it is loaded.
    pub load_state: LoadState,
    /// The actions that wait for it, and when they came.
    pub(crate) deferred: Vec<(Action, Now)>,
    /// Target, token and instance ID as they were when the newest deferred list was requested.
    pub(crate) deferred_for: Option<(Option<Target>, Secret, Rc<str>)>,
    /// The ticket of the time limit of the deferred presses.
    load_limit: Option<Ticket>,
}

impl LaterPart {
    /// Whether `Create backup` was pressed, and waits.
    pub(crate) fn defers_submission(&self) -> bool {
        self.deferred.iter().any(|(deferred, _)| matches!(deferred, Action::Press(Press::Submit)))
    }

    /// Whether something that was pressed waits.
    pub fn defers_press(&self) -> bool {
        // Actions of a link or a reload are deferred as well, but no user is waiting for them.
        self.deferred.iter().any(|(deferred, _)| !deferred.is_brought())
    }

    /// Whether a backup that a link or a reload has brought waits.
    pub fn defers_restored(&self) -> bool {
        self.deferred.iter().any(|(deferred, _)| deferred.is_brought())
    }

    /// Requests the later part as soon as the user does anything, so that it is there before it is needed.
    pub(crate) fn load_in_advance(&mut self, cx: &mut Cx) {
        if self.load_state == LoadState::NotRequested {
            self.load(cx);
        }
    }

    fn load(&mut self, cx: &mut Cx) {
        self.load_state = LoadState::Loading;
        cx.emit(Effect::LoadLater);
    }

    /// Hands an action to the later part, once that is loaded.
    pub(crate) fn take(&mut self, action: Action, form: &Form, cx: &mut Cx) {
        if self.load_state == LoadState::Loaded {
            cx.emit(Effect::Later(action));
        } else {
            self.defer(action, form, cx);
        }
    }

    /// Keeps an action until the later part is loaded.
    fn defer(&mut self, action: Action, form: &Form, cx: &mut Cx) {
        let is_loading = self.load_state == LoadState::Loading;
        let is_first = !is_loading || !self.defers_press();
        // A press that is repeated from impatience is one press.
        self.deferred.retain(|(deferred, _)| !deferred.is_same_press(&action));
        // Only for list requests: the form may change before other actions are carried out, and that is fine for them.
        if matches!(action, Action::Press(Press::LoadInstances | Press::ShowBackups)) {
            self.deferred_for = Some((form.target(), form.token.text.clone(), form.instance_id.text.clone()));
        }
        self.deferred.push((action, cx.now));
        if is_first {
            self.load_limit = Some(cx.wait_for(Purpose::LoadLimit, PRESS_TIME_LIMIT));
        }
        if !is_loading {
            self.load(cx);
        }
    }

    /// What is typed now counts more than what was asked for before.
    pub(crate) fn supersede(&mut self, action: &Action) {
        if matches!(action, Action::Form(FormAction::Edited(Field::Name, ..))) {
            let suggests = |action: &Action| matches!(action, Action::Fill(FillAction::SuggestNamePressed));
            self.deferred.retain(|(deferred, _)| !suggests(deferred));
        }
    }

    /// A token that is no longer in the form isn't kept for a deferred list either.
    pub(crate) fn forget_token_unless_in(&mut self, form: &Form) {
        if self.deferred_for.as_ref().is_some_and(|(_, token, _)| *token != form.token.text) {
            self.deferred_for = None;
        }
    }

    /// Drops the deferred presses. What a link or a reload has brought is kept.
    pub(crate) fn drop_presses(&mut self) {
        self.deferred_for = None;
        self.deferred.retain(|(deferred, _)| deferred.is_brought());
    }

    /// The failed load that is told of is no longer of interest.
    pub(crate) fn dismiss_failure(&mut self) {
        if self.load_state == LoadState::Failed {
            self.load_state = LoadState::FailedUnneeded;
        }
    }

    /// The time of the deferred presses is over: they are dropped, so that a late load doesn't carry them out.
    pub(crate) fn took_too_long(&mut self, ticket: Ticket, cx: &mut Cx) {
        // Another press may have its own time since.
        if self.load_state == LoadState::Loading && self.load_limit == Some(ticket) {
            self.failed(cx);
        }
    }

    /// It was loaded, or failed to load: deferred presses are carried out or dropped.
    pub(crate) fn loaded(&mut self, result: Result<(), Failed>, cx: &mut Cx) {
        if result.is_err() {
            return self.failed(cx);
        }
        if self.load_state == LoadState::Failed {
            // What is said of the press in the place of its card goes with it.
            cx.notice(Notice::PressLapsed);
        }
        self.load_state = LoadState::Loaded;
        cx.emit(Effect::Later(Action::App(AppAction::LaterLoaded(result))));
    }

    fn failed(&mut self, cx: &mut Cx) {
        let has_failed = self.defers_press();
        self.load_state = if has_failed { LoadState::Failed } else { LoadState::FailedUnneeded };
        self.drop_presses();
        if has_failed {
            cx.emit(Effect::Page(PageEffect::RevealAnswer));
        }
    }
}
