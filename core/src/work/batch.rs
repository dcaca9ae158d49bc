//! Backups of several instances with one press. Each is a creation of its own; only so many are sent at a time.

use contract::backup::{CreateBackup, Status};
use contract::rules::Field;

use super::batch_summary::BatchSummary;
use super::export::Row;
use super::record::Record;
use super::state::Work;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::{Effect, Ended, Focus, PageEffect, WorkEffect};
use crate::form::action::{FieldRefusal, FillAction};
use crate::notice::Notice;
use crate::target::Target;
use crate::work::creation::Creation;
use crate::work::stage::{BeforeSending, NotSent, Outcome, Stage};

/// How long after the press the request of a queued creation may still be sent, in milliseconds. After that nobody may be
/// watching any more.
pub(crate) const MAX_QUEUE_TIME: i64 = 10 * 60_000;

impl Creation {
    /// Whether a press is needed to find out what has become of it.
    pub fn wants_a_look(&self) -> bool {
        let is_blocked = matches!(self.stage, Stage::Building(_)) && !self.is_running();
        is_blocked || matches!(self.stage, Stage::Ended(Outcome::Unknown(_)))
    }

    /// Whether `Cancel` would keep something from being sent, or from being waited for.
    pub fn may_be_cancelled(&self) -> bool {
        match self.stage {
            Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::AwaitingInstance(_) => true,
            Stage::Reconciling(_) | Stage::Building(_) | Stage::Ended(_) => false,
        }
    }
}

impl Work {
    /// `Create … backups`: one of each instance. What was asked for already isn't asked for again: its card joins the others.
    pub(crate) fn create_several(&mut self, target: &Target, requests: Vec<CreateBackup>, cx: &mut Cx) {
        let conflict = requests.iter().find_map(|request| {
            let (key, refusal) = self.in_the_way_of_several(target, request)?;
            Some((key, refusal, request))
        });
        if let Some((key, refusal, request)) = conflict {
            return self.refuse_several(key, refusal, request.clone(), cx);
        }
        let batch = self.join_batches(target, &requests);
        let before: Vec<u32> =
            self.creations.iter().filter(|known| known.is_under_way()).map(|known| known.key).collect();
        // The newest come first.
        for request in requests.into_iter().rev() {
            let key = self.queue(target, request, cx);
            if let Some(creation) = self.get_mut(key) {
                creation.batch = Some(batch);
            }
            self.latest = Some(key);
        }
        let is_new = |known: &Creation| matches!(known.stage, Stage::Queued(_)) && !before.contains(&known.key);
        if !self.creations.iter().any(is_new) {
            cx.notice(Notice::AlreadyRequested);
        }
        cx.emit(Effect::Page(PageEffect::RevealAnswer));
    }

    /// The batch of a press for several: that of an earlier press for some of the same, whose others stay with them.
    fn join_batches(&mut self, target: &Target, requests: &[CreateBackup]) -> u32 {
        let is_asked_for = |creation: &&Creation| {
            let is_same = |request: &CreateBackup| creation.request.as_ref() == Some(request);
            creation.target == *target && requests.iter().any(is_same)
        };
        let known: Vec<u32> =
            self.creations.iter().filter(is_asked_for).filter_map(|creation| creation.batch).collect();
        let batch = known.first().copied().unwrap_or_else(|| self.next_key());
        let is_joined = |creation: &&mut Creation| creation.batch.is_some_and(|batch| known.contains(&batch));
        self.creations.iter_mut().filter(is_joined).for_each(|creation| creation.batch = Some(batch));
        batch
    }

    /// The creation that keeps a press for several from being sent, and why: another backup of the instance under the same
    /// name, or one that is under way under any name. An instance makes one backup at a time, and who presses for several
    /// sees their names, but not which of them have changed since the last press.
    pub(crate) fn in_the_way_of_several(&self, target: &Target, request: &CreateBackup) -> Option<(u32, FieldRefusal)> {
        if let Some((key, Some(refusal))) = self.in_the_way(target, request) {
            return Some((key, refusal));
        }
        let is_other = |creation: &&Creation| {
            creation.target == *target
                && creation.instance_id == request.instance_id.as_str()
                && creation.request.as_ref() != Some(request)
                && creation.request.is_some()
                && creation.holds_name()
        };
        let other = self.creations.iter().find(is_other)?;
        Some((other.key, FieldRefusal::InstanceUnderWay))
    }

    /// Nothing is sent for any.
    fn refuse_several(&mut self, key: u32, refusal: FieldRefusal, of: CreateBackup, cx: &mut Cx) {
        self.latest = Some(key);
        let field = Field::NamePattern;
        cx.then(Action::Fill(FillAction::FieldRefused { field, refusal, of: Box::new(of) }));
        cx.emit(Effect::Page(PageEffect::Focus(Focus::Field(field))));
    }

    /// The creation of a request: the one that there is already, or another one, which waits for its turn.
    fn queue(&mut self, target: &Target, request: CreateBackup, cx: &Cx) -> u32 {
        let is_same = |creation: &&Creation| creation.target == *target && creation.request.as_ref() == Some(&request);
        let same = || self.creations.iter().filter(is_same);
        let is_there = |creation: &&Creation| {
            creation.is_under_way() || creation.exists() || !creation.can_go_on() && creation.wants_a_look()
        };
        if let Some(there) = same().find(is_there) {
            return there.key;
        }
        if let Some(known) = same().find(|creation| creation.can_go_on()).map(|creation| creation.key) {
            self.press_again(known, Stage::Queued, cx);
            return known;
        }
        let key = self.next_key();
        let queued = Stage::Queued(BeforeSending::begun(None, cx.now, cx.pressed_at));
        self.creations.insert(0, Creation::pressed(key, target.clone(), request, queued, cx.now));
        key
    }

    /// Begins with as many of those that wait for their turn as may be sent at a time.
    pub(super) fn start_queued(&mut self, cx: &mut Cx) {
        loop {
            let is_begun = |creation: &&Creation| matches!(creation.stage, Stage::Reading(_) | Stage::Sending);
            if self.creations.iter().filter(is_begun).count() >= cx.limits.at_once {
                return;
            }
            let next = self.creations.iter_mut().find_map(|creation| match &creation.stage {
                Stage::Queued(queued) => Some((creation.key, queued.clone())),
                Stage::Reading(_)
                | Stage::Sending
                | Stage::Reconciling(_)
                | Stage::AwaitingInstance(_)
                | Stage::Building(_)
                | Stage::Ended(_) => None,
            });
            let Some((key, queued)) = next else { return };
            if cx.now.since(queued.pressed_at) > MAX_QUEUE_TIME {
                self.not_sent(key, NotSent::Lapsed, cx);
                continue;
            }
            if let Some(creation) = self.get_mut(key) {
                creation.stage = Stage::Reading(BeforeSending { pressed_at: cx.now, ..queued });
            }
            self.begin_reading(key, cx);
        }
    }

    /// The creations of the press of which a creation is one, if it is one of several: what isn't completed comes first.
    pub fn batch(&self, creation: &Creation) -> Vec<&Creation> {
        let Some(batch) = creation.batch else { return Vec::new() };
        let is_completed =
            |creation: &&Creation| creation.stage == Stage::Ended(Outcome::Completed) && !creation.is_away();
        let (completed, others): (Vec<&Creation>, Vec<&Creation>) =
            self.creations.iter().filter(|other| other.batch == Some(batch)).partition(is_completed);
        others.into_iter().chain(completed).collect()
    }

    /// How many of these are at which point.
    pub fn summary(creations: &[&Creation]) -> BatchSummary {
        let mut summary = BatchSummary::default();
        for creation in creations {
            count(&mut summary, creation);
        }
        summary
    }

    /// Whether a creation is that of the newest press, or one of them.
    pub(super) fn is_in_view(&self, key: u32) -> bool {
        let batch = |key: Option<u32>| self.creation(key?)?.batch;
        self.latest == Some(key) || batch(self.latest).is_some_and(|latest| batch(Some(key)) == Some(latest))
    }

    /// Whether nothing has come of a creation, and the same request may be sent again.
    pub fn may_be_tried_again(&self, creation: &Creation) -> bool {
        let is_without_backup =
            matches!(creation.stage, Stage::Ended(Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotCreated));
        is_without_backup
            && creation.can_go_on()
            && creation.request.is_some()
            && !self.was_asked_for_again(creation)
            && self.another_of_name(creation.key).is_none()
    }

    /// `Cancel`: what wasn't sent isn't sent, and what was is looked for.
    pub(crate) fn cancel_batch(&mut self, key: u32, cx: &mut Cx) {
        for key in self.keys_of_batch(key, Creation::may_be_cancelled) {
            self.cancel(key, cx);
        }
    }

    /// `Try the … again`: another attempt of those that have created no backup.
    pub(crate) fn try_batch_again(&mut self, key: u32, cx: &mut Cx) {
        for key in self.keys_of_batch(key, |creation| self.may_be_tried_again(creation)) {
            self.press_again(key, Stage::Queued, cx);
        }
        self.show(key, cx);
    }

    /// `Look for the … again`, whatever stopped the search before.
    pub(crate) fn look_again_at_batch(&mut self, key: u32, cx: &mut Cx) {
        for key in self.keys_of_batch(key, Creation::wants_a_look) {
            self.look_again(key, cx);
        }
        self.show(key, cx);
    }

    /// The records of the backups of a press, for its receipt.
    pub fn records_of_batch(&self, key: u32) -> Vec<Record> {
        let batch = self.creation(key).map(|creation| self.batch(creation)).unwrap_or_default();
        batch.into_iter().map(Creation::record).collect()
    }

    /// Their outcomes, for a table.
    pub(crate) fn rows_of_batch(&self, key: u32) -> Vec<Row> {
        let batch = self.creation(key).map(|creation| self.batch(creation)).unwrap_or_default();
        batch.into_iter().map(Row::of).collect()
    }

    /// How far the newest press has come, if its backup exists, or if it is for several instances.
    pub fn headline(&self) -> Option<Ended> {
        let batch = self.batch(self.creation(self.latest?)?);
        if !batch.is_empty() {
            return Some(Ended::Batch(Self::summary(&batch)));
        }
        let (name, status) = self.newest_status()?;
        Some(Ended::Backup(name.to_owned(), status.clone()))
    }

    /// One notification tells the end of all.
    pub(super) fn notify_of_batch(&self, key: u32, cx: &mut Cx) {
        let batch = self.creation(key).map(|creation| self.batch(creation)).unwrap_or_default();
        let summary = Self::summary(&batch);
        if self.notifies() && summary.requested > 0 && summary.has_ended() {
            cx.emit(Effect::Work(WorkEffect::ShowNotification(Ended::Batch(summary))));
        }
    }

    fn keys_of_batch(&self, key: u32, is_meant: impl Fn(&Creation) -> bool) -> Vec<u32> {
        let Some(creation) = self.creation(key) else { return Vec::new() };
        self.batch(creation).into_iter().filter(|creation| is_meant(creation)).map(|creation| creation.key).collect()
    }
}

/// Counts a creation, at one point.
fn count(summary: &mut BatchSummary, creation: &Creation) {
    let place = match &creation.stage {
        Stage::Queued(_) | Stage::AwaitingInstance(_) => &mut summary.waiting,
        Stage::Reading(_) | Stage::Sending => &mut summary.underway,
        Stage::Reconciling(_) => &mut summary.looked_for,
        // It was complete, or is being deleted.
        Stage::Building(_) if creation.is_away() => &mut summary.unknown,
        Stage::Building(_) if creation.backup.status == Some(Status::Deleting) => &mut summary.failed,
        Stage::Building(_) if creation.is_running() => &mut summary.running,
        Stage::Building(_) => &mut summary.unfollowed,
        // It was complete, and lists lack it since.
        Stage::Ended(Outcome::Completed) if !creation.is_away() => &mut summary.completed,
        Stage::Ended(Outcome::Failed | Outcome::Gone) => &mut summary.failed,
        Stage::Ended(Outcome::NameTaken(_)) => &mut summary.taken,
        Stage::Ended(Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotCreated) => &mut summary.refused,
        Stage::Ended(Outcome::Unknown(_) | Outcome::Completed) => &mut summary.unknown,
    };
    *place += 1;
    summary.requested += 1;
}
