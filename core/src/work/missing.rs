//! Evidence from lists that contain, or no longer contain, a followed backup.

use std::rc::Rc;

use contract::backup::{Backup, Kind, Status};
use contract::call::BackupTypes;

use super::reader::Extent;
use crate::clock::Monotonic;
use crate::cx::Cx;
use crate::target::Target;
use crate::work::creation::Creation;
use crate::work::stage::{Blocker, Building, Listing, Outcome, Stage, Unknown};
use crate::work::state::Work;

/// A listed backup counts as gone when complete lists have lacked it for this long, in milliseconds.
const MAY_BE_MISSING: i64 = 60_000;
/// A backup that was never listed has an unknown outcome after this long, in milliseconds.
const MAY_BE_UNLISTED: i64 = 30 * 60_000;

impl Work {
    /// Learns from a list about followed backups. One that has ended is no longer followed, even if the page was
    /// blocked from asking for it.
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
                    // It no longer counts as existing once it is being deleted.
                    Stage::Ended(Outcome::Completed | Outcome::Failed) if backup.status == Some(Status::Deleting) => {
                        back.push(creation.key);
                    }
                    Stage::Ended(Outcome::Completed | Outcome::Failed) => creation.listing = Listing::Listed,
                    Stage::Queued(_)
                    | Stage::Reading(_)
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

    /// A complete list of some types lacks backups that had ended before the list was read. They no longer count as
    /// existing and are requested again; they are reported as gone once lists have lacked them for a while.
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
                // A backup that was never listed can't disappear from lists.
                Listing::Unread | Listing::Never => creation.listing = Listing::Never,
            }
            creation.stage = Stage::Building(Building { blocker: None, last_response_at: now, since: now, pause });
            self.poll_later(key, pause, cx);
        }
    }

    /// A list shows a backup that was reported as gone or never listed, or a finished one that is being deleted.
    pub(super) fn is_back(&mut self, key: u32, cx: &mut Cx) {
        self.build(key, cx);
        if let Some(creation) = self.get_mut(key) {
            creation.was_corrected = true;
            creation.listing = Listing::Listed;
        }
    }

    /// A complete list lacks the backup: the outcome, if that decides it.
    pub(super) fn missing(&mut self, key: u32, now: Monotonic) -> Option<Outcome> {
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
}
