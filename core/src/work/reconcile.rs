//! Determines whether a backup was created. The instance's list is read until the backup shows up, or until no attempt
//! can take effect any more and a complete list lacks it.

use std::rc::Rc;

use contract::backup::Backup;
use contract::call::{BackupTypes, Call};
use contract::list;
use contract::rules::Field;

use super::read_error::{self, ReadError};
use super::reader::Extent;
use super::reading::ReadingFor;
use crate::action::Action;
use crate::clock::Monotonic;
use crate::cx::Cx;
use crate::effect::{Effect, Focus, PageEffect, WorkEffect};
use crate::form::action::TokenAction;
use crate::reply::{Failed, NoResponse, Received};
use crate::session::credentials::{TokenUse, Unavailable};
use crate::ticket::{CallPurpose, Purpose, WaitPurpose};
use crate::work::creation::Creation;
use crate::work::stage::{Blocker, Cause, Outcome, Reconciliation, Stage, Unknown};
use crate::work::state::Work;

/// Milliseconds between two readings: short at first, then longer and longer.
const MIN_PAUSE: u32 = 1_000;
const MAX_PAUSE: u32 = 10_000;
/// How long the page searches by itself, in milliseconds.
const MAX_RECONCILIATION_TIME: i64 = 15 * 60 * 1_000;
/// How often the list must fail without an answer, while something answers at the endpoint, before CORS is named as the
/// cause: a single failure may be an accident.
const PROOFS_OF_CORS: u32 = 2;
/// The status of an instance that is making a backup.
const BACKING_UP: &str = "BACKING UP";

impl Work {
    /// Starts searching for the backup of a creation.
    pub(crate) fn reconcile(&mut self, key: u32, cx: &mut Cx) {
        self.begin_to_reconcile(key, cx);
        self.read_for(key, cx);
    }

    /// The same without a press: waits until a pause imposed by the server is over.
    pub(crate) fn reconcile_in_time(&mut self, key: u32, cx: &mut Cx) {
        self.begin_to_reconcile(key, cx);
        match self.quiet_left(key, cx) {
            0 => self.read_for(key, cx),
            left => cx.wait(WaitPurpose::ReadAgain(key), left),
        }
    }

    /// How many milliseconds of a pause imposed by the server are left.
    pub(crate) fn quiet_left(&self, key: u32, cx: &Cx) -> u32 {
        let left = self.creation(key).map_or(0, |creation| creation.not_before.since(cx.now.monotonic));
        u32::try_from(left).unwrap_or_default()
    }

    fn begin_to_reconcile(&mut self, key: u32, cx: &mut Cx) {
        self.stop_waiting(key, cx);
        let Some(creation) = self.get_mut(key) else { return };
        creation.stage =
            Stage::Reconciling(Reconciliation { blocker: None, since: cx.now.monotonic, tries: 0, silent_failures: 0 });
        cx.emit(Effect::Page(PageEffect::RevealAnswer));
    }

    /// The server has imposed a pause of this many milliseconds.
    pub(crate) fn be_quiet(&mut self, key: u32, milliseconds: u32, cx: &Cx) {
        if let Some(creation) = self.get_mut(key) {
            creation.not_before = Monotonic(cx.now.monotonic.0 + i64::from(milliseconds));
        }
    }

    /// `Look again`, pressed by the user, whatever stopped the search before.
    pub(crate) fn look_again(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        let target = creation.target.clone();
        match &mut creation.stage {
            Stage::Building(building) => {
                creation.awaits_press = false;
                creation.not_before = cx.now.monotonic;
                building.blocker = None;
                building.since = cx.now.monotonic;
                building.last_response_at = cx.now.monotonic;
                self.show(key, cx);
                self.poll_now(key, cx);
            }
            Stage::Ended(Outcome::Unknown(Unknown::NeverListed)) => {
                self.show(key, cx);
                self.build(key, cx);
                self.poll_now(key, cx);
            }
            Stage::Ended(Outcome::Unknown(_)) => {
                creation.awaits_press = false;
                creation.not_sent = None;
                self.show(key, cx);
                self.reconcile(key, cx);
            }
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Ended(_) => {}
        }
        // Without a token nothing else shows that it was pressed.
        if cx.session.credentials.connect(&target).is_err() {
            cx.focus(Focus::Field(Field::Token));
        }
    }

    /// The wait before the next reading is over.
    pub(crate) fn read_again(&mut self, key: u32, cx: &mut Cx) {
        match self.creation(key).map(|creation| &creation.stage) {
            Some(Stage::Reading(_)) => self.read_before(key, cx),
            Some(Stage::Reconciling(_)) => self.read_for(key, cx),
            Some(
                Stage::Queued(_) | Stage::Sending | Stage::AwaitingInstance(_) | Stage::Building(_) | Stage::Ended(_),
            )
            | None => {}
        }
    }

    /// Reads the list for a creation. After "the name exists" all types are read: an automated backup may have the
    /// name.
    pub(crate) fn read_for(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        let types = match creation.cause {
            Some(Cause::NameTaken(_)) => BackupTypes::All,
            Some(
                Cause::Unreachable
                | Cause::TimedOut
                | Cause::Cancelled
                | Cause::Unclear(_)
                | Cause::Refused(_)
                | Cause::Reloaded
                | Cause::ReloadedWhileAwaiting,
            )
            | None => BackupTypes::Manual,
        };
        if let Stage::Reconciling(reconciliation) = &mut creation.stage {
            reconciliation.tries += 1;
        }
        let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
        if let Err(unavailable) = self.start_reading(ReadingFor::Creation(key), types, &target, &instance_id, cx) {
            self.creation_without_token(key, unavailable, cx);
        }
    }

    /// The list was read without finding the backup; its elements were judged page by page.
    pub(crate) fn read_for_creation(
        &mut self,
        key: u32,
        extent: Extent,
        started: Monotonic,
        found: &[Rc<Backup>],
        cx: &mut Cx,
    ) {
        let Some(creation) = self.creation(key) else { return };
        match &creation.stage {
            Stage::Reconciling(_) => {}
            Stage::Building(_) => return self.still_not_listed(key, extent, cx),
            Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::AwaitingInstance(_) | Stage::Ended(_) => {
                return;
            }
        }
        if let Some(outcome) = self.holder_of_name(key, found, cx) {
            return self.end(key, outcome, cx);
        }
        if extent != Extent::Complete {
            return self.blocked(key, Blocker::Incomplete, 0, cx);
        }
        if creation.was_accepted() {
            return self.conclude_absent(key, cx);
        }
        if !creation.is_closed(started, cx.limits.settle) {
            self.clear_blocker(key);
            return self.look_later(key, 0, cx);
        }
        let target = creation.target.clone();
        let call = Call::Instance { id: creation.instance_id.clone() };
        if let Err(unavailable) = cx.call(CallPurpose::CheckInstance(key), &target, call, cx.limits.answer) {
            self.creation_without_token(key, unavailable, cx);
        }
    }

    /// Whether the instance is backing up: then a backup may be in progress that isn't in a list yet.
    pub(crate) fn instance_checked(
        &mut self,
        key: u32,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        let Some(creation) = self.creation(key) else { return };
        if !matches!(creation.stage, Stage::Reconciling(_)) {
            return;
        }
        let page = read_error::read(result, |received| list::instances(&received.response, received.json.as_ref()));
        match page {
            Ok(page) => {
                let instance = page.items.iter().find(|instance| instance.id == creation.instance_id);
                if instance.is_some_and(|instance| instance.status == BACKING_UP) {
                    return self.blocked(key, Blocker::InstanceBackingUp, 0, cx);
                }
                self.conclude_absent(key, cx);
            }
            // If instances may not be queried, the list is the only evidence.
            Err(ReadError::Refused(_)) => self.conclude_absent(key, cx),
            Err(read_error) => self.disrupted(key, read_error, credential, cx),
        }
    }

    /// No attempt can take effect any more, and no backup has the name.
    fn conclude_absent(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.creation(key) else { return };
        let outcome = match &creation.cause {
            _ if creation.was_accepted() => Outcome::Unknown(Unknown::NeverListed),
            Some(Cause::NameTaken(_)) => Outcome::NameTaken(None),
            Some(Cause::Refused(failure)) => Outcome::Refused(failure.clone()),
            Some(
                Cause::Unreachable
                | Cause::TimedOut
                | Cause::Cancelled
                | Cause::Unclear(_)
                | Cause::Reloaded
                | Cause::ReloadedWhileAwaiting,
            )
            | None => Outcome::NotCreated,
        };
        self.end(key, outcome, cx);
    }

    pub(crate) fn reading_for_creation_failed(&mut self, key: u32, read_error: ReadError, cx: &mut Cx) {
        match self.creation(key).map(|creation| &creation.stage) {
            Some(Stage::Reconciling(_)) => self.disrupted(key, read_error, None, cx),
            Some(Stage::Building(_)) => self.poll_disrupted(key, read_error, None, cx),
            Some(
                Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::AwaitingInstance(_) | Stage::Ended(_),
            )
            | None => {}
        }
    }

    fn disrupted(&mut self, key: u32, read_error: ReadError, credential: Option<&TokenUse>, cx: &mut Cx) {
        let pause = read_error.pause(0);
        self.be_quiet(key, pause, cx);
        match read_error {
            ReadError::TokenRejected(_) => {
                if credential.is_some_and(|used| !cx.session.credentials.reject(used)) {
                    return self.look_later(key, 0, cx);
                }
                self.creation_without_token(key, Unavailable::Rejected, cx);
            }
            ReadError::Refused(failure) | ReadError::WebServerLogin(failure) => {
                let unknown = Unknown::Blocked(Blocker::Refused(failure));
                self.end(key, Outcome::Unknown(unknown), cx);
            }
            ReadError::Throttled(failure, _) | ReadError::Failed(failure) => {
                self.blocked(key, Blocker::Failed(failure), pause, cx);
            }
            ReadError::Unanswered(reason) => {
                self.blocked(key, Blocker::Unreachable, pause, cx);
                if reason == NoResponse::Unreachable {
                    self.probe(key, cx);
                }
            }
        }
    }

    /// The search can't go on without a new token.
    pub(crate) fn creation_without_token(&mut self, key: u32, unavailable: Unavailable, cx: &mut Cx) {
        let blocker = match unavailable {
            Unavailable::Missing => Blocker::TokenMissing,
            Unavailable::Rejected => Blocker::TokenRejected,
        };
        let Some(creation) = self.get_mut(key) else { return };
        cx.then(Action::Token(TokenAction::WantedFor(creation.target.clone())));
        match &mut creation.stage {
            Stage::Building(building) => building.blocker = Some(blocker),
            Stage::Reconciling(_) => {
                self.end(key, Outcome::Unknown(Unknown::Blocked(blocker)), cx);
            }
            Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::AwaitingInstance(_) | Stage::Ended(_) => {}
        }
    }

    fn clear_blocker(&mut self, key: u32) {
        if let Some(Creation { stage: Stage::Reconciling(reconciliation), .. }) = self.get_mut(key) {
            reconciliation.blocker = None;
        }
    }

    /// Something blocks the search: the page keeps trying for a while.
    fn blocked(&mut self, key: u32, blocker: Blocker, pause: u32, cx: &mut Cx) {
        let Some(Creation { stage: Stage::Reconciling(reconciliation), .. }) = self.get_mut(key) else { return };
        reconciliation.blocker = Some(blocker.clone());
        if cx.now.monotonic.since(reconciliation.since) >= MAX_RECONCILIATION_TIME {
            return self.end(key, Outcome::Unknown(Unknown::Blocked(blocker)), cx);
        }
        self.look_later(key, pause, cx);
    }

    fn look_later(&mut self, key: u32, least: u32, cx: &mut Cx) {
        let Some(Creation { stage: Stage::Reconciling(reconciliation), .. }) = self.creation(key) else { return };
        let doublings = reconciliation.tries.saturating_sub(1).min(8);
        let pause = MIN_PAUSE.saturating_mul(1 << doublings).min(MAX_PAUSE);
        let pause = pause.min(cx.limits.settle.max(100)).max(least);
        cx.wait(WaitPurpose::ReadAgain(key), pause);
    }

    /// Checks whether anything answers at a cross-origin endpoint, since CORS may be why the list fails.
    fn probe(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        let may_be_cors =
            matches!(creation.cause, Some(Cause::Unreachable)) && !creation.target.endpoint.is_same_origin();
        let Stage::Reconciling(reconciliation) = &mut creation.stage else { return };
        reconciliation.silent_failures += 1;
        if may_be_cors {
            let endpoint = creation.target.endpoint.clone();
            cx.withdraw(|purpose| purpose == Purpose::Probe(key));
            let ticket = cx.tickets.issue(Purpose::Probe(key));
            cx.emit(Effect::Work(WorkEffect::Probe { ticket, endpoint, time_limit: cx.limits.answer }));
        }
    }

    /// If something answers where the list failed without an answer, the browser withholds the answers (CORS). An
    /// endpoint that doesn't answer at all may recover.
    pub(crate) fn probed(&mut self, key: u32, reached: Result<(), Failed>, cx: &mut Cx) {
        let Some(Creation { stage: Stage::Reconciling(reconciliation), .. }) = self.creation(key) else { return };
        let fails_still = reconciliation.blocker == Some(Blocker::Unreachable);
        if reached.is_ok() && fails_still && reconciliation.silent_failures >= PROOFS_OF_CORS {
            self.end(key, Outcome::Unknown(Unknown::OriginNotAllowed), cx);
        }
    }
}
