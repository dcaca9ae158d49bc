//! The POST and its answer. The page sends once per press; the browser may resend by itself when a connection drops, so
//! an answer is about *some* sending of the request, and not always the first.

use contract::backup::Backup;
use contract::call::Call;
use contract::codes::{ErrorKind, RefusalKind};
use contract::failure::Failure;
use contract::response::parse_create_response;

use crate::action::Action;
use crate::cx::Cx;
use crate::form::action::FillAction;
use crate::form::action::TokenAction;
use crate::press_limit::MAX_PRESS_AGE;
use crate::reply::{NoResponse, Received};
use crate::session::credentials::TokenUse;
use crate::ticket::{CallPurpose, Purpose};
use crate::work::attempt::{Attempt, End};
use crate::work::stage::{Cause, Certainty, NotSent, Outcome, Stage};
use crate::work::state::Work;

impl Work {
    /// Sends the request. What is under way is stored for a reload first. `name_was_free` is the result of a complete
    /// list read right before: see [`Attempt::name_was_free`].
    pub(crate) fn post(&mut self, key: u32, name_was_free: bool, cx: &mut Cx) {
        self.stop_waiting(key, cx);
        let Some(creation) = self.get_mut(key) else { return };
        let Some(request) = creation.request.clone() else { return };
        let target = creation.target.clone();
        let begins_anew = match &creation.stage {
            // Nobody may be watching any more, and the list is out of date.
            Stage::Reading(reading) if cx.now.since(reading.pressed_at) > MAX_PRESS_AGE => {
                return self.not_sent(key, NotSent::Lapsed, cx);
            }
            Stage::Reading(reading) => reading.begins_anew().then_some(reading.since),
            // `Create anyway`.
            Stage::Ended(Outcome::Refused(_) | Outcome::NotCreated) => Some(cx.now),
            Stage::Queued(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Building(_)
            | Stage::Ended(_) => None,
        };
        let before = Box::new(creation.clone());
        creation.stage = Stage::Sending;
        creation.attempts.push(Attempt { sent: cx.now, end: None, name_was_free });
        self.persist_underway(cx);
        let sent = cx.call(CallPurpose::Create(key), &target, Call::CreateBackup(request), cx.limits.answer);
        let Some(creation) = self.get_mut(key) else { return };
        if sent.is_err() {
            *creation = *before;
            return self.press_without_token(key, cx);
        }
        creation.before_post = Some(before);
        if let Some(pressed) = begins_anew {
            creation.begin_anew(pressed);
        }
        creation.cause = None;
        creation.answer = None;
        creation.not_sent = None;
        creation.was_corrected = false;
        cx.then(Action::Fill(FillAction::RequestSent));
    }

    /// `Cancel` while the request is under way. The server may ignore the cancellation.
    pub(crate) fn cancel_post(&mut self, key: u32, cx: &mut Cx) {
        cx.withdraw(|purpose| purpose == Purpose::Call(CallPurpose::Create(key)));
        self.left_open(key, Cause::Cancelled, cx);
    }

    pub(crate) fn create_answered(
        &mut self,
        key: u32,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        if !self.creation(key).is_some_and(|creation| creation.stage == Stage::Sending) {
            return;
        }
        let Received { response: answer, json } = match result {
            Ok(received) => received,
            Err(NoResponse::InvalidRequest) => return self.was_not_sent(key, NotSent::InvalidRequest, cx),
            Err(NoResponse::Forbidden) => return self.was_not_sent(key, NotSent::Forbidden, cx),
            Err(NoResponse::Unreachable) => return self.left_open(key, Cause::Unreachable, cx),
            Err(NoResponse::TimedOut) => return self.left_open(key, Cause::TimedOut, cx),
            Err(NoResponse::Cancelled) => return self.left_open(key, Cause::Cancelled, cx),
        };
        let date = answer.date;
        let request_id = answer.request_id.clone();
        let Some(creation) = self.get_mut(key) else { return };
        let Some(request) = &creation.request else { return };
        let understood = parse_create_response(&answer, json.as_ref(), request);
        let target = creation.target.clone();
        creation.answer = Some(answer);
        match understood {
            Ok(backup) => {
                creation.request_id = request_id;
                self.learn_clock(&target, date, cx);
                self.accepted(key, &backup, cx);
            }
            Err(failure) => {
                creation.request_id.clone_from(&failure.request_id);
                // An answer with a code comes from the API; one without may come from a proxy, and so may its `Date`.
                // For a failed service (5xx) an origin may leave `Date` to the proxy (RFC 9110, section 6.6.1).
                if failure.code.is_some() && failure.status < 500 {
                    self.learn_clock(&target, date, cx);
                }
                self.refused(key, failure, credential, cx);
            }
        }
    }

    fn accepted(&mut self, key: u32, backup: &Backup, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        creation.end_attempt(End::Accepted, cx.now.monotonic);
        // Only the ID identifies the backup: without it, a listed backup only has the right name.
        creation.certainty = backup.id.is_some().then_some(Certainty::Responded);
        creation.learn(backup);
        self.build(key, cx);
    }

    fn refused(&mut self, key: u32, failure: Failure, credential: Option<&TokenUse>, cx: &mut Cx) {
        if failure.error_kind.rejects_token() {
            // A late rejection of an old token says nothing about its replacement.
            if credential.is_none_or(|used| cx.session.credentials.reject(used)) {
                cx.then(Action::Token(TokenAction::Wanted));
            }
        }
        let cause = match (failure.error_kind, failure.refusal_kind()) {
            (ErrorKind::NameTaken, _) => Cause::NameTaken(failure),
            // A login in place of the API is no refusal of the request, whatever its status.
            (ErrorKind::WebServerLogin, _) => Cause::Unclear(failure),
            (_, RefusalKind::Permanent) => {
                let Some(creation) = self.get_mut(key) else { return };
                let before = creation.before_post.take();
                // A resend would be refused in the same way, so this attempt is settled.
                creation.end_attempt(End::Refused, cx.now.monotonic);
                if !creation.has_open_attempt() {
                    // If a list later shows the result of an earlier attempt, it still belongs to that attempt.
                    if let Some(before) = before.filter(|before| before.has_open_attempt()) {
                        creation.take_up_attempts(*before);
                    }
                    return self.end(key, Outcome::Refused(failure), cx);
                }
                creation.cause = Some(Cause::Refused(failure));
                return self.reconcile(key, cx);
            }
            (_, RefusalKind::Transient) if failure.is_refusal() => Cause::Refused(failure),
            (_, RefusalKind::Transient) => Cause::Unclear(failure),
        };
        self.left_open(key, cause, cx);
    }

    /// The attempt never left the browser: restores the previous state.
    fn was_not_sent(&mut self, key: u32, why: NotSent, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        if let Some(before) = creation.before_post.take() {
            *creation = *before;
        }
        self.not_sent(key, why, cx);
    }

    /// It isn't known yet whether the attempt has created a backup.
    fn left_open(&mut self, key: u32, cause: Cause, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        creation.end_attempt(End::Open, cx.now.monotonic);
        creation.cause = Some(cause);
        self.reconcile(key, cx);
    }
}
