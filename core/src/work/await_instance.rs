//! A busy instance: the page asks for its status until it is ready, and then sends the same request once more.

use contract::call::Call;
use contract::list;

use super::read_error::{self, ReadError};
use crate::cx::Cx;
use crate::reply::{NoResponse, Received};
use crate::session::credentials::TokenUse;
use crate::ticket::{CallPurpose, WaitPurpose};
use crate::work::creation::Creation;
use crate::work::stage::{Awaiting, Cause, NotSent, Outcome, Stage};
use crate::work::state::Work;

/// How long to wait for a busy instance, in milliseconds.
const MAX_INSTANCE_WAIT: i64 = 60 * 60_000;

impl Creation {
    /// Whether the page can wait for the instance and then send the request again: the API refused it because the
    /// instance is busy, or the page was already waiting when it was reloaded.
    pub fn may_await_instance(&self) -> bool {
        let may_wait = match &self.stage {
            Stage::Reconciling(_) => true,
            Stage::Ended(outcome) => matches!(outcome, Outcome::Refused(_) | Outcome::Unknown(_)),
            Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::AwaitingInstance(_) | Stage::Building(_) => {
                false
            }
        };
        let is_for_instance = match &self.cause {
            Some(Cause::Refused(failure)) => failure.error_kind.is_busy(),
            Some(Cause::ReloadedWhileAwaiting) => true,
            Some(
                Cause::Unreachable
                | Cause::TimedOut
                | Cause::Cancelled
                | Cause::Unclear(_)
                | Cause::NameTaken(_)
                | Cause::Reloaded,
            )
            | None => false,
        };
        may_wait && is_for_instance
    }
}

impl Work {
    /// `Try again when the instance is ready`.
    pub(crate) fn await_instance(&mut self, key: u32, cx: &mut Cx) {
        if !self.creation(key).is_some_and(Creation::may_await_instance) || self.shows_another(key, cx) {
            return;
        }
        self.stop_waiting(key, cx);
        if let Some(creation) = self.get_mut(key) {
            creation.not_sent = None;
            creation.awaits_press = false;
            creation.is_for_ready_instance = true;
            creation.stage = Stage::AwaitingInstance(Awaiting { status: None, since: cx.now });
        }
        self.show(key, cx);
        self.ask_instance(key, cx);
    }

    pub(crate) fn ask_instance(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.creation(key) else { return };
        if !matches!(creation.stage, Stage::AwaitingInstance(_)) {
            return;
        }
        let call = Call::Instance { id: creation.instance_id.clone() };
        if cx.call(CallPurpose::Instance(key), &creation.target.clone(), call, cx.limits.answer).is_err() {
            self.press_without_token(key, cx);
        }
    }

    /// The time limit is checked only after an answer, so that a machine that slept asks once more before giving up.
    fn ask_instance_later(&mut self, key: u32, pause: u32, why: NotSent, cx: &mut Cx) {
        let Some(Creation { stage: Stage::AwaitingInstance(awaiting), .. }) = self.creation(key) else { return };
        if cx.now.monotonic.since(awaiting.since.monotonic) >= MAX_INSTANCE_WAIT {
            return self.not_sent(key, why, cx);
        }
        cx.wait(WaitPurpose::AskInstance(key), pause);
    }

    pub(crate) fn instance_answered(
        &mut self,
        key: u32,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        let pause = cx.limits.instance;
        let Some(creation) = self.get_mut(key) else { return };
        let Stage::AwaitingInstance(awaiting) = &mut creation.stage else { return };
        let page = read_error::read(result, |received| list::instances(&received.response, received.json.as_ref()));
        match page {
            Ok(page) => {
                let id = &creation.instance_id;
                let instance = page.items.into_iter().find(|instance| instance.id == *id);
                let is_ready = instance.as_ref().is_some_and(|instance| instance.unsuitable().is_none());
                awaiting.status = instance.map(|instance| instance.status);
                // At most one POST per name at a time: a press made in the meantime goes first.
                // Measured by either clock: hours after the press nobody may be watching any more.
                if is_ready && cx.now.since(awaiting.since) >= MAX_INSTANCE_WAIT {
                    return self.not_sent(key, NotSent::Lapsed, cx);
                }
                if is_ready && self.another_of_name(key).is_none() {
                    return self.retry(key, cx);
                }
                self.ask_instance_later(key, pause, NotSent::InstanceStaysBusy, cx);
            }
            Err(ReadError::TokenRejected(failure)) => {
                if credential.is_some_and(|used| !cx.session.credentials.reject(used)) {
                    return self.ask_instance(key, cx);
                }
                // The outcome of the first request is checked again once there is a new token.
                self.not_sent(key, NotSent::TokenRejected(failure), cx);
            }
            // Asking again would give the same answer: go back to the outcome of the first request.
            Err(ReadError::Refused(_) | ReadError::WebServerLogin(_)) => self.reconcile(key, cx),
            Err(read_error) => {
                self.be_quiet(key, read_error.pause(0), cx);
                self.ask_instance_later(key, read_error.pause(pause), NotSent::Lapsed, cx);
            }
        }
    }
}
