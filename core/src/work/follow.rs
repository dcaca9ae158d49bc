//! Follows a backup from BUILDING to COMPLETED or FAILED, or until it is gone.

use std::rc::Rc;

use contract::backup::{Backup, Status};
use contract::call::{BackupTypes, Call};
use contract::list::{self, Page};

use super::read_error::{self, ReadError};
use super::reading::ReadingFor;
use crate::action::Action;
use crate::clock::Monotonic;
use crate::cx::Cx;
use crate::effect::{Effect, Ended, PageEffect, WorkEffect};
use crate::form::action::FillAction;
use crate::reply::{NoResponse, Received};
use crate::session::credentials::{TokenUse, Unavailable};
use crate::target::Target;
use crate::ticket::{CallPurpose, Purpose, WaitPurpose};
use crate::visibility::Visibility;
use crate::work::creation::Creation;
use crate::work::record::HostEvent;
use crate::work::stage::{Announced, Blocker, Building, Certainty, Listing, Outcome, Stage};
use crate::work::state::Work;

/// The longest pause while the page is in view, in milliseconds.
const MAX_POLL_PAUSE: u32 = 15_000;
/// The shortest pause while it is hidden.
const HIDDEN_POLL_PAUSE: u32 = 60_000;
/// How long a backup is followed after the last press, in milliseconds.
const MAX_FOLLOW_TIME: i64 = 24 * 60 * 60_000;
/// How long it is followed without an answer about it, in milliseconds.
const MAX_TIME_WITHOUT_RESPONSE: i64 = 2 * 60 * 60_000;

impl Work {
    /// A list shows the backup of a press.
    pub(crate) fn found(&mut self, key: u32, backup: &Rc<Backup>, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        // During a retry, the card still shows the previous outcome.
        let had_ended = match &creation.stage {
            Stage::Ended(_) => true,
            Stage::Queued(reading) | Stage::Reading(reading) => reading.previous.is_some(),
            Stage::Sending | Stage::Reconciling(_) | Stage::AwaitingInstance(_) | Stage::Building(_) => false,
        };
        let is_new = !matches!(creation.stage, Stage::Building(_));
        creation.certainty.get_or_insert(Certainty::Listed);
        creation.was_corrected |= had_ended;
        creation.learn(backup);
        if is_new {
            self.build(key, cx);
        }
        if let Some(creation) = self.get_mut(key) {
            creation.listing = Listing::Listed;
            if let Some(building) = creation.building_mut() {
                building.blocker = None;
                building.last_response_at = cx.now.monotonic;
            }
        }
        if !is_new {
            // It was accepted without an ID: from now on, ask by the ID.
            self.stop_waiting(key, cx);
            let pause = self.next_pause(key);
            self.finish_or_go_on(key, pause, cx);
        }
    }

    /// The backup of a creation exists: follow it until it has ended.
    pub(crate) fn build(&mut self, key: u32, cx: &mut Cx) {
        self.stop_waiting(key, cx);
        let now = cx.now.monotonic;
        let (is_latest, pause) = (self.is_in_view(key), cx.limits.poll);
        let Some(creation) = self.get_mut(key) else { return };
        creation.not_sent = None;
        creation.ended = None;
        creation.awaits_press = false;
        creation.not_before = now;
        creation.stage = Stage::Building(Building { blocker: None, last_response_at: now, since: now, pause });
        let was_announced = creation.announced >= Announced::Created;
        creation.announced = creation.announced.max(Announced::Created);
        let (target, instance_id, backup) =
            (creation.target.clone(), creation.instance_id.clone(), Rc::new(creation.backup.clone()));
        // A create response is as recent as its request; what lists have shown is already stored with the time of their
        // requests.
        let sent = creation.last_sent();
        let (record, is_asked_for) = (creation.record(), creation.request.is_some());
        let past = self.past_durations(&target, &instance_id);
        if let Some(creation) = self.get_mut(key) {
            creation.past_durations = past;
        }
        // From now on the address lets a reload, or anybody who has the link, follow the backup again.
        let link = self.creation(key).filter(|_| is_latest).and_then(|creation| self.link(creation));
        if let Some(link) = link {
            cx.emit(Effect::Page(PageEffect::SetAddress(link)));
        }
        // A backup that a link names wasn't created on this page.
        if is_asked_for && !was_announced {
            cx.emit(Effect::Page(PageEffect::Notify(Box::new(HostEvent::Created(record)))));
        }
        if is_latest {
            cx.then(Action::Fill(FillAction::BackupExists));
        }
        if self.latest == Some(key) {
            cx.emit(Effect::Page(PageEffect::RevealAnswer));
        }
        if backup.id.is_some() {
            let known = [backup];
            self.backups.learn(&target, &instance_id, &known);
            self.learn(&target, &instance_id, &known, sent, cx);
        }
        // The create response is not a list that contains the backup.
        if let Some(creation) = self.get_mut(key) {
            creation.listing = Listing::Unread;
        }
        self.finish_or_go_on(key, pause, cx);
    }

    /// Ends the creation if the backup has ended; otherwise asks again after a pause.
    pub(super) fn finish_or_go_on(&mut self, key: u32, pause: u32, cx: &mut Cx) {
        let Some(creation) = self.creation(key).filter(|creation| creation.is_under_way()) else { return };
        match creation.final_outcome() {
            Some(outcome) => self.finish(key, outcome, cx),
            None => self.poll_later(key, pause, cx),
        }
    }

    /// The time limit is checked only after an answer, so that a machine that slept asks once more before giving up.
    pub(super) fn poll_later(&mut self, key: u32, pause: u32, cx: &mut Cx) {
        let now = cx.now.monotonic;
        let Some(building) = self.get_mut(key).and_then(Creation::building_mut) else { return };
        if now.since(building.since) >= MAX_FOLLOW_TIME
            || now.since(building.last_response_at) >= MAX_TIME_WITHOUT_RESPONSE
        {
            building.blocker = Some(Blocker::GaveUp);
        } else {
            cx.wait(WaitPurpose::PollAgain(key), pause);
        }
        if let Some(creation) = self.get_mut(key)
            && creation.asked_for_tasks.is_none()
            && creation.is_longer_than(cx.now.monotonic).is_some()
        {
            creation.asked_for_tasks = Some(cx.now.monotonic);
            ask_for_reason(creation, cx);
        }
    }

    pub(super) fn finish(&mut self, key: u32, outcome: Outcome, cx: &mut Cx) {
        // Another answer may have reported the same in the meantime.
        let Some(creation) = self.creation(key).filter(|creation| creation.is_under_way()) else { return };
        let was_announced = creation.announced == Announced::Finished;
        let has_failed = outcome == Outcome::Failed;
        let previous = self.full_before(creation).filter(|_| creation.backup.is_full());
        if let Some(creation) = self.get_mut(key) {
            creation.previous_full = previous;
        }
        self.end(key, outcome, cx);
        let Some(creation) = self.creation(key) else { return };
        if has_failed {
            ask_for_reason(creation, cx);
        }
        if self.notifies()
            && !was_announced
            && let Some(creation) = self.creation(key).filter(|creation| creation.batch.is_none())
            && let Some(status) = creation.backup.status.clone()
        {
            let name = creation.name().unwrap_or_default().to_owned();
            cx.emit(Effect::Work(WorkEffect::ShowNotification(Ended::Backup(name, status))));
        }
    }

    /// The newest full backup before that of a creation, as far as the page knows the instance's backups.
    pub(super) fn full_before(&self, creation: &Creation) -> Option<Rc<Backup>> {
        let begun = creation.backup.begun()?;
        let known = self.known(&creation.target, &creation.instance_id)?;
        let earlier = known.backups.iter().map(|heard| &heard.backup).filter(|backup| {
            backup.id != creation.backup.id
                && backup.is_full()
                && backup.status == Some(Status::Completed)
                && backup.begun().is_some_and(|other| other < begun)
        });
        earlier.max_by_key(|backup| backup.begun()).cloned()
    }

    /// Requests the state of a followed backup.
    pub(crate) fn poll(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
        let backup_id = creation.backup.id.clone();
        if !matches!(creation.stage, Stage::Building(_)) {
            return;
        }
        let Some(backup_id) = backup_id else {
            // It was accepted without an ID: find it in the list by its name.
            let begun = self.start_reading(ReadingFor::Creation(key), BackupTypes::Manual, &target, &instance_id, cx);
            if let Err(unavailable) = begun {
                self.creation_without_token(key, unavailable, cx);
            }
            return;
        };
        let call = Call::Backups { instance_id, backup_id: Some(backup_id), types: BackupTypes::All, offset: 0 };
        if let Err(unavailable) = cx.call(CallPurpose::Poll(key), &target, call, cx.limits.answer) {
            self.creation_without_token(key, unavailable, cx);
        }
    }

    /// Asks at once, unless a request is under way or the server has imposed a pause.
    pub(crate) fn poll_now(&mut self, key: u32, cx: &mut Cx) {
        let is_asked = cx.tickets.any(|purpose| purpose == Purpose::Call(CallPurpose::Poll(key)));
        let is_followed = self.creation(key).is_some_and(|creation| matches!(creation.stage, Stage::Building(_)));
        if is_asked || !is_followed || self.quiet_left(key, cx) > 0 {
            return;
        }
        cx.withdraw(|purpose| purpose == Purpose::Wait(WaitPurpose::PollAgain(key)));
        self.poll(key, cx);
    }

    pub(crate) fn poll_answered(
        &mut self,
        key: u32,
        asked: Option<Monotonic>,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        let Some(creation) = self.creation(key) else { return };
        let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
        let page = read_error::read(result, |received| list::backups(&received.response, received.json.as_ref()));
        let page = match page {
            Ok(page) => page,
            Err(read_error) => return self.poll_disrupted(key, read_error, credential, cx),
        };
        let is_it = |backup: &&Backup| backup.id.is_some() && backup.id == creation.backup.id;
        let listed = page.items.iter().find(is_it).cloned();
        let listed = listed.and_then(|listed| self.newer(&target, &instance_id, listed, asked));
        let Some(building) = self.get_mut(key).and_then(Creation::building_mut) else { return };
        building.blocker = None;
        building.last_response_at = cx.now.monotonic;
        match listed {
            Some(listed) => {
                let known = [listed];
                self.backups.learn(&target, &instance_id, &known);
                self.learn(&target, &instance_id, &known, asked, cx);
            }
            None if is_whole(&page) => {
                if let Some(outcome) = self.missing(key, cx.now.monotonic) {
                    return self.end(key, outcome, cx);
                }
            }
            None => {}
        }
        let pause = self.next_pause(key);
        self.finish_or_go_on(key, pause, cx);
    }

    pub(crate) fn poll_disrupted(
        &mut self,
        key: u32,
        read_error: ReadError,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        if matches!(read_error, ReadError::TokenRejected(_)) {
            // A late rejection of an old token says nothing about its replacement.
            let is_late = credential.is_some_and(|used| !cx.session.credentials.reject(used));
            if is_late {
                return self.poll(key, cx);
            }
            return self.creation_without_token(key, Unavailable::Rejected, cx);
        }
        let asked = read_error.pause(0);
        let pause = self.next_pause(key).max(asked);
        let Some(building) = self.get_mut(key).and_then(Creation::building_mut) else { return };
        let blocker = match read_error {
            ReadError::TokenRejected(_) => Blocker::TokenRejected,
            ReadError::Refused(failure) | ReadError::WebServerLogin(failure) => {
                // Asking again gives the same answer: wait for the user's press.
                building.blocker = Some(Blocker::Refused(failure));
                return;
            }
            ReadError::Throttled(failure, _) | ReadError::Failed(failure) => Blocker::Failed(failure),
            ReadError::Unanswered(_) => Blocker::Unreachable,
        };
        building.blocker = Some(blocker);
        self.be_quiet(key, asked, cx);
        self.poll_later(key, pause, cx);
    }

    /// How long to wait before the next request, in milliseconds; each pause is longer than the previous one.
    pub(super) fn next_pause(&mut self, key: u32) -> u32 {
        let is_hidden = self.visibility == Visibility::Hidden;
        let Some(building) = self.get_mut(key).and_then(Creation::building_mut) else { return MAX_POLL_PAUSE };
        let pause = building.pause;
        building.pause = (pause + pause / 2).min(MAX_POLL_PAUSE.max(pause));
        if is_hidden { HIDDEN_POLL_PAUSE.max(pause) } else { pause }
    }

    pub(crate) fn reason_answered(
        &mut self,
        key: u32,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        let Ok(received) = result else { return };
        if let Some(used) = credential.filter(|_| read_error::rejects_token(&received)) {
            cx.session.credentials.reject(used);
        } else if let Some(creation) = self.get_mut(key) {
            creation.failure_reason = list::failure_reason(received.json.as_ref(), &creation.backup);
        }
    }

    /// A new token for a target resumes what stopped when the old one was rejected or forgotten. It is sent nowhere
    /// else.
    pub(crate) fn token_given(&mut self, target: &Target, cx: &mut Cx) {
        let waits =
            |creation: &&Creation| creation.target == *target && creation.awaits_token() && !creation.awaits_press;
        let keys: Vec<u32> = self.creations.iter().filter(waits).map(|creation| creation.key).collect();
        for key in keys {
            match self.get_mut(key) {
                Some(creation) if creation.is_under_way() => {
                    if let Some(building) = creation.building_mut() {
                        building.blocker = None;
                        building.last_response_at = cx.now.monotonic;
                    }
                    match self.quiet_left(key, cx) {
                        0 => self.poll_now(key, cx),
                        left => cx.wait(WaitPurpose::PollAgain(key), left),
                    }
                }
                Some(creation) => {
                    // The token is no longer missing or rejected.
                    creation.not_sent = None;
                    self.reconcile_in_time(key, cx);
                }
                None => {}
            }
        }
    }

    pub(crate) fn visibility_changed(&mut self, visibility: Visibility, cx: &mut Cx) {
        self.visibility = visibility;
        if visibility == Visibility::Hidden {
            return;
        }
        // Creations that have stopped asking wait for the user's press, or for a token.
        let waiting: Vec<u32> = self
            .creations
            .iter()
            .map(|creation| creation.key)
            .filter(|key| cx.tickets.any(|purpose| purpose == Purpose::Wait(WaitPurpose::PollAgain(*key))))
            .collect();
        for key in waiting {
            self.poll_now(key, cx);
        }
    }
}

/// Asks why a backup has failed. Without an answer, the card lists the usual causes.
fn ask_for_reason(creation: &Creation, cx: &mut Cx) {
    let call = Call::Tasks { instance_id: creation.instance_id.clone() };
    let _ = cx.call(CallPurpose::Reason(creation.key), &creation.target, call, cx.limits.answer);
}

/// Whether the answer to a request for one backup is complete.
fn is_whole(page: &Page<Backup>) -> bool {
    page.unreadable == 0 && page.total.is_none_or(|total| total <= page.sent)
}
