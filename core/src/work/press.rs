//! From the press to the POST. A press reads the list before it sends.

use std::rc::Rc;

use contract::backup::{Backup, CreateBackup};
use contract::call::BackupTypes;
use contract::codes::ErrorKind;
use contract::rules::Field;

use super::claim::{Claim, claim};
use super::read_error::ReadError;
use super::read_list::BEFORE_SENDING;
use super::reader::Extent;
use super::reading::ReadingFor;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::{Effect, Focus, PageEffect};
use crate::form::action::TokenAction;
use crate::form::action::{FieldRefusal, FillAction};
use crate::reply::NoResponse;
use crate::target::Target;
use crate::ticket::WaitPurpose;
use crate::work::creation::Creation;
use crate::work::stage::{BeforeSending, NotSent, Outcome, Stage, Unknown};
use crate::work::state::Work;

/// The pause before a failed reading is retried once, in milliseconds.
const RETRY_PAUSE: u32 = 500;
/// The longest pause that a server can impose, in milliseconds; if it asks for more, the press continues without a
/// list.
const MAX_RETRY_PAUSE: u32 = 2_000;

impl Work {
    /// `Create backup`.
    pub(crate) fn create(&mut self, target: Target, request: CreateBackup, cx: &mut Cx) {
        if let Some((key, refusal)) = self.in_the_way(&target, &request) {
            self.show_in_the_way(key, refusal.map(|refusal| (refusal, request)), cx);
            return;
        }
        let (instance_id, name) = (request.instance_id.as_str(), request.name.as_str());
        let is_same = |creation: &&Creation| {
            creation.is_of(&target, instance_id, name) && creation.request.as_ref() == Some(&request)
        };
        if let Some(known) = self.creations.iter().find(|creation| is_same(creation) && creation.can_go_on()) {
            return self.retry(known.key, cx);
        }
        let key = self.next_key();
        let reading = BeforeSending::begun(None, cx.now, cx.pressed_at);
        self.creations.insert(0, Creation::pressed(key, target, request, Stage::Reading(reading), cx.now));
        self.show(key, cx);
        self.begin_reading(key, cx);
    }

    /// Shows the card that blocks a press. If the name is refused because of it, focuses the name, since another one
    /// helps.
    fn show_in_the_way(&mut self, key: u32, refused: Option<(FieldRefusal, CreateBackup)>, cx: &mut Cx) {
        let Some((refusal, request)) = refused else { return self.show(key, cx) };
        self.latest = Some(key);
        cx.then(Action::Fill(FillAction::FieldRefused { field: Field::Name, refusal, of: Box::new(request) }));
        cx.emit(Effect::Page(PageEffect::Focus(Focus::Field(Field::Name))));
    }

    /// Another press of the same name on the instance that keeps a request from being sent, and why the name is refused
    /// for it; `None` for the same request, where showing its card is enough.
    pub(crate) fn in_the_way(&self, target: &Target, request: &CreateBackup) -> Option<(u32, Option<FieldRefusal>)> {
        let (instance_id, name) = (request.instance_id.as_str(), request.name.as_str());
        // A backup from a link wasn't requested here: the list shows whether it has the name.
        let is_asked_for = |creation: &&Creation| creation.request.is_some();
        let of_name =
            || self.creations.iter().filter(is_asked_for).filter(|creation| creation.is_of(target, instance_id, name));
        let is_same = |creation: &Creation| creation.request.as_ref() == Some(request);
        // Repeating a request doesn't help if the API has already accepted it under an ID.
        let is_unsettled = |creation: &&Creation| {
            matches!(creation.stage, Stage::Ended(Outcome::Unknown(_)))
                && (!is_same(creation) || creation.backup.id.is_some())
        };
        let under_way = of_name().find(|creation| creation.holds_name());
        under_way.map(|creation| (creation.key, (!is_same(creation)).then_some(FieldRefusal::UnderWay))).or_else(|| {
            let unsettled = of_name().find(is_unsettled)?;
            Some((unsettled.key, (!is_same(unsettled)).then_some(FieldRefusal::Unsettled)))
        })
    }

    /// `Try again`: another attempt of the same creation.
    pub(crate) fn try_again(&mut self, key: u32, cx: &mut Cx) {
        let is_offered = |creation: &Creation| creation.can_go_on() && creation.request.is_some();
        if self.creation(key).is_some_and(is_offered) && !self.shows_another(key, cx) {
            self.retry(key, cx);
        }
    }

    /// Whether another press of the same name on the instance is under way; if so, shows it: at most one POST per name
    /// at a time.
    pub(crate) fn shows_another(&mut self, key: u32, cx: &mut Cx) -> bool {
        let another = self.another_of_name(key);
        if let Some(another) = another {
            self.show(another, cx);
        }
        another.is_some()
    }

    /// Whether a newer card has a later outcome for this name: then trying this one again is pointless.
    pub fn was_asked_for_again(&self, creation: &Creation) -> bool {
        let name = creation.name().unwrap_or_default();
        let has_backup_since =
            |other: &Creation| other.exists() && creation.was_sent() && other.last_sent() > creation.last_sent();
        self.creations.iter().any(|other| {
            other.key != creation.key
                && (other.is_under_way() && !other.exists() || has_backup_since(other))
                && other.is_of(&creation.target, &creation.instance_id, name)
        })
    }

    /// Another press of the same name on the instance that is under way, or is newer with an unknown outcome.
    pub(crate) fn another_of_name(&self, key: u32) -> Option<u32> {
        let creation = self.creation(key)?;
        let name = creation.name().unwrap_or_default();
        // A newer press with an unknown outcome may have created the backup that this one would then find.
        let is_newer_and_open = |other: &Creation| {
            matches!(other.stage, Stage::Ended(Outcome::Unknown(_))) && other.last_sent() > creation.last_sent()
        };
        let another = self.creations.iter().find(|other| {
            other.key != key
                && other.request.is_some()
                && (other.holds_name() || is_newer_and_open(other))
                && other.is_of(&creation.target, &creation.instance_id, name)
        });
        another.map(|other| other.key)
    }

    /// Reads the list, and then sends the same request again.
    pub(crate) fn retry(&mut self, key: u32, cx: &mut Cx) {
        self.press_again(key, Stage::Reading, cx);
        self.show(key, cx);
        self.begin_reading(key, cx);
    }

    /// Makes a creation ready for another attempt, which begins with a stage.
    pub(super) fn press_again(&mut self, key: u32, stage: fn(BeforeSending) -> Stage, cx: &Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        let previous = match &creation.stage {
            Stage::Ended(outcome) => Some(outcome.clone()),
            Stage::AwaitingInstance(_)
            | Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::Building(_) => None,
        };
        creation.begin_anew_if_unsent(cx.now);
        creation.awaits_press = false;
        creation.is_for_ready_instance = false;
        creation.not_sent = None;
        creation.stage = stage(BeforeSending::begun(previous, cx.now, cx.pressed_at));
    }

    /// `Create anyway`, after the reading got no answer.
    pub(crate) fn create_anyway(&mut self, key: u32, cx: &mut Cx) {
        let is_offered = |creation: &Creation| {
            let unsent = match &creation.stage {
                Stage::Ended(Outcome::NotSent(unsent)) => Some(unsent),
                Stage::Ended(_) => creation.not_sent.as_ref(),
                Stage::Queued(_)
                | Stage::Reading(_)
                | Stage::Sending
                | Stage::Reconciling(_)
                | Stage::AwaitingInstance(_)
                | Stage::Building(_) => None,
            };
            unsent == Some(&NotSent::Unreachable)
        };
        if self.creation(key).is_some_and(is_offered) && !self.shows_another(key, cx) {
            if let Some(creation) = self.get_mut(key) {
                creation.begin_anew_if_unsent(cx.now);
            }
            self.show(key, cx);
            self.post_unread(key, cx);
        }
    }

    /// Scrolls a creation into view.
    pub(crate) fn show(&mut self, key: u32, cx: &mut Cx) {
        self.latest = Some(key);
        cx.emit(Effect::Page(PageEffect::RevealAnswer));
    }

    pub(super) fn begin_reading(&mut self, key: u32, cx: &mut Cx) {
        cx.wait(WaitPurpose::ReadingLimit(key), BEFORE_SENDING);
        self.read_before(key, cx);
    }

    /// Reads the list, or reads it again.
    pub(crate) fn read_before(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.creation(key) else { return };
        let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
        let begun = self.start_reading(ReadingFor::Press(key), BackupTypes::Manual, &target, &instance_id, cx);
        if begun.is_err() {
            self.press_without_token(key, cx);
        }
    }

    /// The list was read up to `extent`; `found` are its backups.
    pub(crate) fn read_before_sending(&mut self, key: u32, extent: Extent, found: &[Rc<Backup>], cx: &mut Cx) {
        let settle = cx.limits.settle;
        let Some(creation) = self.creation(key) else { return };
        let name = creation.name();
        let holder = found.iter().find(|backup| backup.name.is_some() && backup.name.as_deref() == name);
        if let Some(holder) = holder {
            let holder_of_name = Box::new(holder.as_ref().clone());
            let may_be_own = creation.has_open_attempt() && !self.is_of_another_press(key, holder);
            let claim = claim(creation, holder, cx.now, cx.limits).filter(|_| may_be_own);
            let outcome = match claim {
                Some(Claim::Own) => return self.found(key, holder, cx),
                Some(Claim::Near) => Outcome::Unknown(Unknown::Near(holder_of_name)),
                Some(Claim::Taken | Claim::Later) | None => Outcome::NameTaken(Some(holder_of_name)),
            };
            return self.end(key, outcome, cx);
        }
        if extent != Extent::Complete {
            return self.post_unread(key, cx);
        }
        // The result of an earlier attempt that may still take effect, and was sent without reading a list first, may
        // be missing from this list.
        let name_was_free = creation.name_was_free() || creation.is_closed(cx.now.monotonic, settle);
        self.post(key, name_was_free, cx);
    }

    /// Sends without a complete list read right before.
    pub(super) fn post_unread(&mut self, key: u32, cx: &mut Cx) {
        self.post(key, false, cx);
    }

    pub(crate) fn reading_before_sending_failed(&mut self, key: u32, read_error: ReadError, cx: &mut Cx) {
        let pause = read_error.pause(RETRY_PAUSE);
        let Some(creation) = self.get_mut(key) else { return };
        let Stage::Reading(reading) = &mut creation.stage else { return };
        let is_first = reading.failures == 0;
        reading.failures += 1;
        match read_error {
            ReadError::TokenRejected(failure) => {
                cx.then(Action::Token(TokenAction::Wanted));
                self.not_sent(key, NotSent::TokenRejected(failure), cx);
            }
            // The POST would be refused in the same way.
            ReadError::Refused(failure) if failure.error_kind == ErrorKind::LoginRefusedOnTheWay => {
                self.not_sent(key, NotSent::TokenRejected(failure), cx);
            }
            ReadError::WebServerLogin(_) => {
                self.not_sent(key, NotSent::WebServerLogin, cx);
            }
            ReadError::Unanswered(NoResponse::Forbidden) => self.not_sent(key, NotSent::Forbidden, cx),
            ReadError::Unanswered(NoResponse::InvalidRequest) => self.not_sent(key, NotSent::InvalidRequest, cx),
            ReadError::Unanswered(NoResponse::Unreachable) if !is_first => {
                self.not_sent(key, NotSent::Unreachable, cx);
            }
            ReadError::Unanswered(NoResponse::Unreachable) => cx.wait(WaitPurpose::ReadAgain(key), RETRY_PAUSE),
            ReadError::Throttled(..) | ReadError::Failed(_) if is_first && pause <= MAX_RETRY_PAUSE => {
                cx.wait(WaitPurpose::ReadAgain(key), pause);
            }
            // An API that forbids or delays lists must not prevent a backup.
            ReadError::Throttled(..)
            | ReadError::Failed(_)
            | ReadError::Refused(_)
            | ReadError::Unanswered(NoResponse::TimedOut | NoResponse::Cancelled) => self.post_unread(key, cx),
        }
    }

    /// The reading has used up its time limit.
    pub(crate) fn reading_took_too_long(&mut self, key: u32, cx: &mut Cx) {
        if self.creation(key).is_some_and(|creation| matches!(creation.stage, Stage::Reading(_))) {
            self.post_unread(key, cx);
        }
    }

    pub(crate) fn press_without_token(&mut self, key: u32, cx: &mut Cx) {
        cx.then(Action::Token(TokenAction::Missing));
        self.not_sent(key, NotSent::TokenMissing, cx);
    }

    /// This press sent nothing; the outcome of earlier attempts stands.
    pub(crate) fn not_sent(&mut self, key: u32, why: NotSent, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        if creation.attempts.is_empty() {
            return self.end(key, Outcome::NotSent(why), cx);
        }
        let previous = match &creation.stage {
            Stage::Queued(BeforeSending { previous, .. }) | Stage::Reading(BeforeSending { previous, .. }) => {
                previous.clone()
            }
            // `Create anyway`.
            Stage::Ended(outcome) => Some(outcome.clone()),
            Stage::Sending | Stage::Reconciling(_) | Stage::AwaitingInstance(_) | Stage::Building(_) => None,
        };
        creation.is_for_ready_instance &= !matches!(why, NotSent::InstanceStaysBusy | NotSent::Lapsed);
        creation.not_sent = Some(why);
        match previous {
            Some(previous) => {
                creation.stage = Stage::Ended(previous);
                self.stop_waiting(key, cx);
                cx.emit(Effect::Page(PageEffect::RevealAnswer));
                self.judge_known(key, cx);
            }
            None => self.reconcile(key, cx),
        }
    }
}
