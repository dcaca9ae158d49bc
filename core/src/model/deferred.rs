//! The later part of the program, and what waits for it: presses that come before it is loaded, and backups that a link or a
//! reload has brought.

use std::rc::Rc;

use contract::rules::Field;

use crate::action::{Action, AppAction, Press};
use crate::clock::Now;
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::form::action::{FillAction, FormAction};
use crate::form::state::Form;
use crate::load_state::LoadState;
use crate::notice::Notice;
use crate::press_limit::MAX_PRESS_AGE;
use crate::reply::Failed;
use crate::target::Target;
use crate::ticket::{Purpose, Ticket};

/// How long a press waits for the later part, in milliseconds.
const PRESS_TIME_LIMIT: u32 = 30_000;

/// The later part of the program, and what waits for it. An action can carry a token, so it has no `Debug`.
#[derive(Default, PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub struct DeferredActions {
    /// How far it is loaded.
    pub load_state: LoadState,
    /// The actions that wait for it, and when they came.
    pub(crate) actions: Vec<(Action, Now)>,
    /// Target, generation of the token and instance ID as they were when the newest deferred list was requested.
    deferred_for: Option<(Option<Target>, u32, Rc<str>)>,
    /// The ticket of the time limit of the deferred presses.
    load_limit: Option<Ticket>,
}

impl DeferredActions {
    /// Whether `Create backup` was pressed, and waits.
    pub(crate) fn defers_submission(&self) -> bool {
        self.actions.iter().any(|(deferred, _)| matches!(deferred, Action::Press(Press::Submit)))
    }

    /// Whether something that was pressed waits.
    pub fn defers_press(&self) -> bool {
        // Actions of a link or a reload are deferred as well, but no user is waiting for them.
        self.actions.iter().any(|(deferred, _)| !deferred.is_from_link_or_reload())
    }

    /// Whether a backup that a link or a reload has brought waits.
    pub fn defers_restored(&self) -> bool {
        self.actions.iter().any(|(deferred, _)| deferred.is_from_link_or_reload())
    }

    /// Requests the later part before it is needed. `is_missed`: something is on the page that only it can show, so that a load that
    /// has failed is tried again.
    pub(crate) fn load_in_advance(&mut self, is_missed: bool, cx: &mut Cx) {
        if self.load_state == LoadState::NotRequested || is_missed && self.load_state == LoadState::FailedUnneeded {
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
        self.actions.retain(|(deferred, _)| !deferred.is_same_press(&action));
        // Only for list requests: the form may change before other actions are carried out, and that is fine for them.
        if matches!(action, Action::Press(Press::LoadInstances | Press::ShowBackups)) {
            self.deferred_for = Some((form.target(), form.token_generation, form.instance_id.text.clone()));
        }
        self.actions.push((action, cx.now));
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
            self.actions.retain(|(deferred, _)| !suggests(deferred));
        }
    }

    /// Drops the deferred presses. What a link or a reload has brought is kept.
    pub(crate) fn drop_presses(&mut self) {
        self.deferred_for = None;
        self.actions.retain(|(deferred, _)| deferred.is_from_link_or_reload());
    }

    /// What is carried out now that the later part is loaded. A press that waited too long lapses, and so does one for a list if
    /// the form has changed since; the user is told.
    pub(crate) fn take_due(&mut self, form: &Form, cx: &mut Cx) -> Vec<(Action, Now)> {
        let is_due =
            |(action, at): &(Action, Now)| action.is_from_link_or_reload() || cx.now.since(*at) <= MAX_PRESS_AGE;
        let (mut due, lapsed): (Vec<_>, Vec<_>) = std::mem::take(&mut self.actions).into_iter().partition(is_due);
        let is_submission = |(action, _): &(Action, Now)| matches!(action, Action::Press(Press::Submit));
        if due.iter().any(is_submission) {
            // The submission wins, and nothing may change the form before it.
            due.retain(|deferred| is_submission(deferred) || deferred.0.is_from_link_or_reload());
        }
        let pressed_for = self.deferred_for.take();
        let pressed_for =
            pressed_for.filter(|(target, token, _)| form.target() == *target && form.token_generation == *token);
        let pressed = due.len();
        due.retain(|(action, _)| match (action, &pressed_for) {
            (Action::Press(Press::LoadInstances), pressed_for) => pressed_for.is_some(),
            (Action::Press(Press::ShowBackups), Some((.., instance))) => form.instance_id.text == *instance,
            (Action::Press(Press::ShowBackups), None) => false,
            _ => true,
        });
        if !lapsed.is_empty() || due.len() < pressed {
            cx.notice(Notice::PressLapsed);
        }
        due
    }

    /// The form has faults: the failed load is no longer what keeps the press from being done.
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
            // It may have been loaded twice; once it is here, it stays.
            if self.load_state != LoadState::Loaded {
                self.failed(cx);
            }
            return;
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
