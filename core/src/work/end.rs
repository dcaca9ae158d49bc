//! Ends a creation.

use contract::codes::ErrorKind;
use contract::rules::Field;

use super::reading::ReadingFor;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::form::action::{FieldRefusal, FillAction};
use crate::ticket::{CallPurpose, Purpose};
use crate::work::record::{HostEvent, Record};
use crate::work::stage::{Announced, NotSent, Outcome, Stage, Unknown};
use crate::work::state::Work;

impl Work {
    /// `Cancel`, or `Stop looking`.
    pub(crate) fn cancel(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        creation.is_for_ready_instance = false;
        match &creation.stage {
            Stage::Queued(_) | Stage::Reading(_) => self.not_sent(key, NotSent::Cancelled, cx),
            Stage::Sending => self.cancel_post(key, cx),
            Stage::Reconciling(_) => self.end(key, Outcome::Unknown(Unknown::Stopped), cx),
            Stage::AwaitingInstance(_) => self.reconcile(key, cx),
            Stage::Building(_) | Stage::Ended(_) => {}
        }
    }

    /// Aborts all calls, readings and waits of a creation.
    pub(crate) fn stop_waiting(&mut self, key: u32, cx: &mut Cx) {
        self.stop_reading(ReadingFor::Press(key), cx);
        self.stop_reading(ReadingFor::Creation(key), cx);
        // Why a backup failed is still of interest once its creation has ended.
        let is_reason = |purpose| matches!(purpose, Purpose::Call(CallPurpose::Reason(_)));
        cx.withdraw(|purpose| purpose.creation() == Some(key) && !is_reason(purpose));
    }

    /// Ends a creation.
    pub(crate) fn end(&mut self, key: u32, outcome: Outcome, cx: &mut Cx) {
        self.stop_waiting(key, cx);
        let (is_latest, is_in_view) = (self.latest == Some(key), self.is_in_view(key));
        let (refused, has_backup) = (outcome.refused_field(), outcome.has_had_backup());
        let is_near = matches!(outcome, Outcome::Unknown(Unknown::Near(_)));
        let event: Option<fn(Record) -> HostEvent> = match &outcome {
            Outcome::Completed | Outcome::Failed => Some(HostEvent::Finished),
            Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotCreated | Outcome::NameTaken(_) => {
                Some(HostEvent::Refused)
            }
            Outcome::Gone | Outcome::Unknown(_) => None,
        };
        let Some(creation) = self.get_mut(key) else { return };
        let has_ended = matches!(outcome, Outcome::Completed | Outcome::Failed);
        let was_announced = has_ended && creation.announced == Announced::Finished;
        if has_ended {
            creation.announced = Announced::Finished;
        }
        creation.was_corrected |= matches!(&creation.stage, Stage::Ended(_));
        creation.stage = Stage::Ended(outcome);
        // For what was already reported, the page learned it then.
        creation.ended = creation.ended.filter(|_| was_announced).or(Some(cx.now.wall));
        let request = creation.request.clone().map(Box::new);
        if let Some(event) = event.filter(|_| !was_announced) {
            cx.emit(Effect::Page(PageEffect::Notify(Box::new(event(creation.record())))));
        }
        // A card further down changes without moving.
        // A pattern isn't refused for one of its names; a token is.
        let is_of_batch = self.creation(key).is_some_and(|creation| creation.batch.is_some());
        let refused = refused.filter(|(field, _)| !is_of_batch || *field == Field::Token);
        if is_in_view
            && !has_backup
            && let (Some((field, error_kind)), Some(of)) = (refused, request)
        {
            cx.then(Action::Fill(FillAction::FieldRefused { field, refusal: FieldRefusal::ByApi(error_kind), of }));
        }
        if is_latest && !has_backup {
            cx.emit(Effect::Page(PageEffect::RevealAnswer));
        }
        self.notify_of_batch(key, cx);
        // Evidence from lists that couldn't be judged until now is judged. A backup that is already known to be near
        // stays the reason, even if another one has the name.
        if !is_near {
            self.judge_known(key, cx);
        }
    }
}

impl Outcome {
    /// Whether there is, or was, a backup.
    fn has_had_backup(&self) -> bool {
        match self {
            Self::Completed | Self::Failed | Self::Gone => true,
            Self::Refused(_) | Self::NotSent(_) | Self::NotCreated | Self::NameTaken(_) | Self::Unknown(_) => false,
        }
    }

    /// The field concerned, and what is wrong with it.
    fn refused_field(&self) -> Option<(Field, ErrorKind)> {
        match self {
            Self::Refused(failure) => failure.error_kind.field().map(|field| (field, failure.error_kind)),
            Self::NameTaken(_) => Some((Field::Name, ErrorKind::NameTaken)),
            Self::NotSent(NotSent::TokenRejected(failure)) => Some((Field::Token, failure.error_kind)),
            Self::Completed | Self::Failed | Self::Gone | Self::NotSent(_) | Self::NotCreated | Self::Unknown(_) => {
                None
            }
        }
    }
}
