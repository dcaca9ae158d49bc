//! Following a backup until it is there: from BUILDING to COMPLETED or FAILED, or until it is gone.

use std::rc::Rc;

use contract::backup::{Backup, Kind, Status};
use contract::call::{BackupTypes, Call};
use contract::list::{self, Page};
use contract::rules::Field;

use super::disruption::{self, Disruption};
use super::reader::Extent;
use super::reading::ReadingFor;
use crate::action::Action;
use crate::clock::Monotonic;
use crate::cx::Cx;
use crate::effect::{Effect, Focus, PageEffect, WorkEffect};
use crate::form::action::FillAction;
use crate::reply::{NoResponse, Received};
use crate::session::credentials::{Unavailable, Use};
use crate::target::Target;
use crate::ticket::Purpose;
use crate::visibility::Visibility;
use crate::work::creation::Creation;
use crate::work::model::Work;
use crate::work::record::HostEvent;
use crate::work::stage::{Announced, Blocker, Building, Certainty, Listing, Outcome, Stage, Unknown};

/// The longest pause while the page is in view, in milliseconds.
const LONGEST_PAUSE: u32 = 15_000;
/// The pause while it isn't.
const HIDDEN_PAUSE: u32 = 60_000;
/// A backup that was listed is gone when complete lists lack it for so long, in milliseconds.
const MAY_BE_MISSING: i64 = 60_000;
/// One that was never listed can't be told of after so long.
const MAY_BE_UNLISTED: i64 = 30 * 60_000;
/// So long a backup is followed by itself.
const LONGEST: i64 = 24 * 60 * 60_000;
/// So long without a word.
const LONGEST_UNHEARD: i64 = 2 * 60 * 60_000;

impl Work {
    /// The list shows the backup of a press.
    pub(crate) fn found(&mut self, key: u32, backup: &Rc<Backup>, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        // What was said of it before stands on its card while it is tried again.
        let had_ended = match &creation.stage {
            Stage::Ended(_) => true,
            Stage::Reading(reading) => reading.previous.is_some(),
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
            // It was accepted without an ID: from now on it is asked for under that.
            self.stop_waiting(key, cx);
            let pause = self.next_pause(key);
            self.finish_or_go_on(key, pause, cx);
        }
    }

    /// The backup of a creation exists: it is followed until it has ended.
    pub(crate) fn build(&mut self, key: u32, cx: &mut Cx) {
        self.stop_waiting(key, cx);
        let now = cx.now.monotonic;
        let (is_latest, pause) = (self.latest == Some(key), cx.limits.poll);
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
        // An answer to the request is as new as that; what a list has shown is known as it was asked for.
        let sent = creation.last_sent();
        let (record, link, is_asked_for) = (creation.record(), creation.link(), creation.request.is_some());
        let past = self.past_durations(&target, &instance_id);
        if let Some(creation) = self.get_mut(key) {
            creation.past_durations = past;
        }
        // From now on a reload, and whoever has the address, takes it up again.
        if let Some(link) = link.filter(|_| is_latest) {
            cx.emit(Effect::Page(PageEffect::SetAddress(link)));
        }
        // A backup that a link names was created by nobody here.
        if is_asked_for && !was_announced {
            cx.emit(Effect::Page(PageEffect::Notify(Box::new(HostEvent::Created(record)))));
        }
        if is_latest {
            cx.then(Action::Fill(FillAction::BackupExists));
            cx.emit(Effect::Page(PageEffect::RevealAnswer));
        }
        if backup.id.is_some() {
            let known = [backup];
            self.backups.learn(&target, &instance_id, &known);
            self.learn(&target, &instance_id, &known, sent, cx);
        }
        // What the answer says of it is no list that has it.
        if let Some(creation) = self.get_mut(key) {
            creation.listing = Listing::Unread;
        }
        self.finish_or_go_on(key, pause, cx);
    }

    /// What a list says of backups that are followed. One that has ended is followed no more, whatever kept the page from
    /// asking for it.
    pub(crate) fn learn_of_followed(&mut self, target: &Target, instance_id: &str, listed: &[Rc<Backup>], cx: &mut Cx) {
        let (mut ended, mut back) = (Vec::new(), Vec::new());
        for backup in listed.iter().filter(|backup| backup.id.is_some()) {
            for creation in &mut self.creations {
                let is_it = creation.target == *target && creation.instance_id == instance_id;
                if !is_it || creation.backup.id != backup.id {
                    continue;
                }
                creation.learn(backup);
                match &mut creation.stage {
                    Stage::Building(building) => {
                        building.last_response_at = cx.now.monotonic;
                        creation.listing = Listing::Listed;
                        ended.extend(creation.final_outcome().map(|outcome| (creation.key, outcome)));
                    }
                    Stage::Ended(Outcome::Gone | Outcome::Unknown(Unknown::NeverListed))
                        if backup.status != Some(Status::Deleting) =>
                    {
                        back.push(creation.key);
                    }
                    // That it is there is true no longer than that.
                    Stage::Ended(Outcome::Completed | Outcome::Failed) if backup.status == Some(Status::Deleting) => {
                        back.push(creation.key);
                    }
                    Stage::Ended(Outcome::Completed | Outcome::Failed) => creation.listing = Listing::Listed,
                    Stage::Reading(_)
                    | Stage::Sending
                    | Stage::Reconciling(_)
                    | Stage::AwaitingInstance(_)
                    | Stage::Ended(_) => {}
                }
            }
        }
        for key in back {
            self.is_back(key, cx);
        }
        for (key, outcome) in ended {
            self.finish(key, outcome, cx);
        }
    }

    /// A complete list of some types lacks backups that had ended when its reading began. That they are there is said no longer, and
    /// they are asked for again: that they are gone is said when lists have lacked them for a while.
    pub(crate) fn learn_of_absent(
        &mut self,
        target: &Target,
        instance_id: &str,
        types: BackupTypes,
        all: &[Rc<Backup>],
        started: Monotonic,
        cx: &mut Cx,
    ) {
        let ago = cx.now.monotonic.since(started);
        let is_absent = |creation: &&Creation| {
            let is_of_types = match types {
                BackupTypes::All => true,
                BackupTypes::Manual => creation.backup.kind == Some(Kind::Manual),
            };
            creation.target == *target
                && creation.instance_id == instance_id
                && matches!(creation.stage, Stage::Ended(Outcome::Completed | Outcome::Failed))
                && creation.backup.id.is_some()
                && creation.ended.is_some_and(|ended| cx.now.wall.since(ended) >= ago)
                && is_of_types
                && all.iter().all(|backup| backup.id != creation.backup.id)
        };
        let now = cx.now.monotonic;
        let absent: Vec<u32> = self.creations.iter().filter(is_absent).map(|creation| creation.key).collect();
        for key in absent {
            let pause = cx.limits.poll;
            let Some(creation) = self.get_mut(key) else { continue };
            match creation.listing {
                Listing::Missing(_) | Listing::Listed => creation.listing = Listing::Missing(now),
                // What no list has had isn't gone from one.
                Listing::Unread | Listing::Never => creation.listing = Listing::Never,
            }
            creation.stage = Stage::Building(Building { blocker: None, last_response_at: now, since: now, pause });
            self.poll_later(key, pause, cx);
        }
    }

    /// A list shows a backup that was said to be gone, or never to have been listed, or that is being deleted.
    fn is_back(&mut self, key: u32, cx: &mut Cx) {
        self.build(key, cx);
        if let Some(creation) = self.get_mut(key) {
            creation.was_corrected = true;
            creation.listing = Listing::Listed;
        }
    }

    /// The backup has ended, or is asked for again after a pause.
    fn finish_or_go_on(&mut self, key: u32, pause: u32, cx: &mut Cx) {
        let Some(creation) = self.creation(key).filter(|creation| creation.is_under_way()) else { return };
        match creation.final_outcome() {
            Some(outcome) => self.finish(key, outcome, cx),
            None => self.poll_later(key, pause, cx),
        }
    }

    /// What was asked for after its time has said its last word: a machine that slept asks once before it gives up.
    fn poll_later(&mut self, key: u32, pause: u32, cx: &mut Cx) {
        let now = cx.now.monotonic;
        let Some(building) = self.get_mut(key).and_then(Creation::building_mut) else { return };
        if now.since(building.since) >= LONGEST || now.since(building.last_response_at) >= LONGEST_UNHEARD {
            building.blocker = Some(Blocker::GaveUp);
        } else {
            cx.wait(Purpose::PollAgain(key), pause);
        }
    }

    fn finish(&mut self, key: u32, outcome: Outcome, cx: &mut Cx) {
        // The same news may have come by another way meanwhile.
        let Some(creation) = self.creation(key).filter(|creation| creation.is_under_way()) else { return };
        let was_announced = creation.announced == Announced::Finished;
        let has_failed = outcome == Outcome::Failed;
        self.end(key, outcome, cx);
        let Some(creation) = self.creation(key) else { return };
        if has_failed {
            let call = Call::Tasks { instance_id: creation.instance_id.clone() };
            // Without an answer the card says what usually makes a backup fail.
            let _ = cx.call(Purpose::Reason(key), &creation.target.clone(), call, cx.limits.answer);
        }
        if self.notifies
            && !was_announced
            && let Some(creation) = self.creation(key)
            && let Some(status) = creation.backup.status.clone()
        {
            cx.emit(Effect::Work(WorkEffect::ShowNotification(creation.name().unwrap_or_default().to_owned(), status)));
        }
    }

    /// Asks for a followed backup.
    pub(crate) fn poll(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.get_mut(key) else { return };
        let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
        let backup_id = creation.backup.id.clone();
        if !matches!(creation.stage, Stage::Building(_)) {
            return;
        }
        let Some(backup_id) = backup_id else {
            // It was accepted without an ID: the list has it under its name.
            let begun = self.start_reading(ReadingFor::Creation(key), BackupTypes::Manual, &target, &instance_id, cx);
            if let Err(unavailable) = begun {
                self.creation_without_token(key, unavailable, cx);
            }
            return;
        };
        let call = Call::Backups { instance_id, backup_id: Some(backup_id), types: BackupTypes::All, offset: 0 };
        if let Err(unavailable) = cx.call(Purpose::Poll(key), &target, call, cx.limits.answer) {
            self.creation_without_token(key, unavailable, cx);
        }
    }

    /// Asks at once, unless an answer is under way, or the server wants to hear nothing yet.
    pub(crate) fn poll_now(&mut self, key: u32, cx: &mut Cx) {
        let is_asked = cx.tickets.any(|purpose| purpose == Purpose::Poll(key));
        let is_followed = self.creation(key).is_some_and(|creation| matches!(creation.stage, Stage::Building(_)));
        if is_asked || !is_followed || self.quiet_left(key, cx) > 0 {
            return;
        }
        cx.withdraw(|purpose| purpose == Purpose::PollAgain(key));
        self.poll(key, cx);
    }

    pub(crate) fn poll_answered(
        &mut self,
        key: u32,
        asked: Option<Monotonic>,
        result: Result<Received, NoResponse>,
        credential: Option<&Use>,
        cx: &mut Cx,
    ) {
        let Some(creation) = self.creation(key) else { return };
        let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
        let page = disruption::read(result, |received| list::backups(&received.response, received.json.as_ref()));
        let page = match page {
            Ok(page) => page,
            Err(disruption) => return self.poll_disrupted(key, disruption, credential, cx),
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

    /// A complete list lacks the backup: what that means.
    fn missing(&mut self, key: u32, now: Monotonic) -> Option<Outcome> {
        let creation = self.get_mut(key)?;
        let was_being_deleted = creation.backup.status == Some(Status::Deleting);
        let asked_since = creation.building_mut()?.since;
        let since = match creation.listing {
            Listing::Unread | Listing::Never => {
                creation.listing = Listing::Never;
                let is_late = now.since(asked_since) >= MAY_BE_UNLISTED;
                return is_late.then_some(Outcome::Unknown(Unknown::NeverListed));
            }
            Listing::Listed => now,
            Listing::Missing(since) => since,
        };
        creation.listing = Listing::Missing(since);
        (was_being_deleted || now.since(since) >= MAY_BE_MISSING).then_some(Outcome::Gone)
    }

    /// A backup that was accepted without an ID isn't in the list under its name.
    pub(crate) fn still_not_listed(&mut self, key: u32, extent: Extent, cx: &mut Cx) {
        let is_whole = extent == Extent::Complete;
        if let Some(building) = self.get_mut(key).and_then(Creation::building_mut) {
            building.blocker = (!is_whole).then_some(Blocker::Incomplete);
            building.last_response_at = cx.now.monotonic;
        }
        if let Some(outcome) = is_whole.then(|| self.missing(key, cx.now.monotonic)).flatten() {
            return self.end(key, outcome, cx);
        }
        let pause = self.next_pause(key);
        self.poll_later(key, pause, cx);
    }

    pub(crate) fn poll_disrupted(&mut self, key: u32, disruption: Disruption, credential: Option<&Use>, cx: &mut Cx) {
        if matches!(disruption, Disruption::TokenRejected(_)) {
            // A late refusal says nothing about the token that has taken the old one's place.
            let is_late = credential.is_some_and(|used| !cx.credentials.reject(used));
            if is_late {
                return self.poll(key, cx);
            }
            return self.creation_without_token(key, Unavailable::Rejected, cx);
        }
        let asked = disruption.pause(0);
        let pause = self.next_pause(key).max(asked);
        let Some(building) = self.get_mut(key).and_then(Creation::building_mut) else { return };
        let blocker = match disruption {
            Disruption::TokenRejected(_) => Blocker::TokenRejected,
            Disruption::Refused(failure) => {
                // Asking again brings the same: it waits for its user's press.
                building.blocker = Some(Blocker::Refused(failure));
                return;
            }
            Disruption::Throttled(failure, _) | Disruption::Failed(failure) => Blocker::Failed(failure),
            Disruption::Unanswered(_) => Blocker::Unreachable,
        };
        building.blocker = Some(blocker);
        self.be_quiet(key, asked, cx);
        self.poll_later(key, pause, cx);
    }

    /// How long to wait before the next question, in milliseconds; the one after that waits longer.
    fn next_pause(&mut self, key: u32) -> u32 {
        let is_hidden = self.visibility == Visibility::Hidden;
        let Some(building) = self.get_mut(key).and_then(Creation::building_mut) else { return LONGEST_PAUSE };
        let pause = building.pause;
        building.pause = (pause + pause / 2).min(LONGEST_PAUSE.max(pause));
        if is_hidden { HIDDEN_PAUSE.max(pause) } else { pause }
    }

    pub(crate) fn reason_answered(
        &mut self,
        key: u32,
        result: Result<Received, NoResponse>,
        credential: Option<&Use>,
        cx: &mut Cx,
    ) {
        let Ok(received) = result else { return };
        if let Some(used) = credential.filter(|_| disruption::rejects_token(&received)) {
            cx.credentials.reject(used);
        } else if let Some(creation) = self.get_mut(key) {
            creation.failure_reason = list::failure_reason(received.json.as_ref(), &creation.backup);
        }
    }

    /// A new token for a target goes on where the old one was rejected or forgotten. It is sent nowhere else.
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
                        left => cx.wait(Purpose::PollAgain(key), left),
                    }
                }
                Some(creation) => {
                    // That there was none, or a rejected one, is true no more.
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
        // What has stopped asking waits for its user's press, or for a token.
        let waiting: Vec<u32> = self
            .creations
            .iter()
            .map(|creation| creation.key)
            .filter(|key| cx.tickets.any(|purpose| purpose == Purpose::PollAgain(*key)))
            .collect();
        for key in waiting {
            self.poll_now(key, cx);
        }
    }

    /// A link names a backup. Nothing is asked for before its user's press.
    pub(crate) fn watch(&mut self, target: Target, instance_id: String, backup_id: String, cx: &mut Cx) {
        let is_it = |creation: &&Creation| {
            creation.target == target
                && creation.instance_id == instance_id
                && creation.backup.id.as_ref() == Some(&backup_id)
        };
        let known = self.creations.iter().find(is_it);
        if let Some(known) = known {
            return self.latest = Some(known.key);
        }
        let key = self.next_key();
        let backup = Backup { id: Some(backup_id), ..Backup::default() };
        self.resume(Creation::resumed(key, target, instance_id, backup, cx.now), Blocker::AwaitsPress, cx);
    }

    /// `Dismiss`: its user wants to know nothing more of a backup that a link names.
    pub(crate) fn dismiss(&mut self, key: u32, cx: &mut Cx) {
        if !self.creation(key).is_some_and(Creation::may_be_dismissed) {
            return;
        }
        self.stop_waiting(key, cx);
        self.creations.retain(|creation| creation.key != key);
        if self.latest == Some(key) {
            self.latest = self.creations.first().map(|creation| creation.key);
        }
        // A reload is to bring it back no more.
        let in_view = self.latest.and_then(|key| self.creation(key)).filter(|creation| creation.exists());
        cx.emit(Effect::Page(PageEffect::SetAddress(in_view.and_then(Creation::link).unwrap_or_default())));
        cx.emit(Effect::Page(PageEffect::Focus(Focus::Field(Field::InstanceId))));
    }

    /// Takes up a backup that exists, until its user presses.
    pub(crate) fn resume(&mut self, mut creation: Creation, blocker: Blocker, cx: &Cx) {
        let now = cx.now.monotonic;
        creation.awaits_press = true;
        // What it is by now nobody has said yet.
        creation.backup.status = None;
        // The API may have accepted it, and not said under which ID.
        creation.stage = if creation.backup.id.is_some() || creation.was_accepted() {
            Stage::Building(Building {
                blocker: Some(blocker),
                last_response_at: now,
                since: now,
                pause: cx.limits.poll,
            })
        } else {
            Stage::Ended(Outcome::Unknown(Unknown::Blocked(blocker)))
        };
        // What runs stays in view.
        let in_view = self.latest.and_then(|key| self.creation(key));
        if !in_view.is_some_and(Creation::is_running) {
            self.latest = Some(creation.key);
        }
        self.creations.insert(0, creation);
    }
}

/// Whether an answer to the question for one backup has all that there is.
fn is_whole(page: &Page<Backup>) -> bool {
    page.unreadable == 0 && page.total.is_none_or(|total| total <= page.sent)
}
