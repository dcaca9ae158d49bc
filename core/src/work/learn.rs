//! Learns about backups. All list readers report here, and every creation learns from it.

use std::rc::Rc;

use contract::backup::{Backup, Kind, Status};
use contract::call::BackupTypes;
use contract::instance::MAX_INSTANCES;
use contract::time::UnixSeconds;

use super::claim::{Claim, can_be_accepted_one, claim};
use super::knowledge::{Evidence, Known};
use super::order::sort_by;
use super::overview::MAX_PAST_DURATIONS;
use super::state::Work;
use crate::clock::Monotonic;
use crate::cx::Cx;
use crate::target::Target;
use crate::work::creation::Creation;
use crate::work::stage::{Origin, Outcome, Stage, Unknown};

/// How many instances are remembered: those of one press, and some that were looked at.
const MAX_KNOWN_LISTS: usize = MAX_INSTANCES + 8;

impl Work {
    pub(super) fn known(&self, target: &Target, instance_id: &str) -> Option<&Known> {
        self.knowledge.iter().find(|known| known.target == *target && known.instance_id == instance_id)
    }

    /// Updates what is known of an instance, which becomes the most recent of the remembered ones.
    fn remember(&mut self, target: &Target, instance_id: &str, change: impl FnOnce(&mut Known)) {
        let is_it = |known: &Known| known.target == *target && known.instance_id == instance_id;
        let place = self.knowledge.iter().position(is_it);
        let mut known = match place {
            Some(place) => self.knowledge.remove(place),
            None => Known {
                target: target.clone(),
                instance_id: instance_id.to_owned(),
                backups: Vec::new(),
                whole: [None; 2],
            },
        };
        change(&mut known);
        self.knowledge.truncate(MAX_KNOWN_LISTS - 1);
        self.knowledge.insert(0, known);
    }

    /// The known backup with this name. It may have been deleted since.
    pub fn named(&self, target: &Target, instance_id: &str, name: &str) -> Option<&Backup> {
        let known = self.known(target, instance_id)?;
        known.backups.iter().map(|heard| heard.backup.as_ref()).find(|backup| backup.name.as_deref() == Some(name))
    }

    /// The listed backup of a list requested at `asked`, or what is already known if that is newer: answers can arrive
    /// out of order, and a backup that has ended, or is being deleted, doesn't return to BUILDING. `None` if a newer
    /// list lacks it.
    pub(crate) fn newer(
        &self,
        target: &Target,
        instance_id: &str,
        listed: Backup,
        asked: Option<Monotonic>,
    ) -> Option<Rc<Backup>> {
        if self.known(target, instance_id).is_some_and(|known| known.lacks(&listed, asked)) {
            return None;
        }
        let is_newer = |known: &&Evidence| {
            let is_over = matches!(known.backup.status, Some(Status::Completed | Status::Failed | Status::Deleting));
            known.asked > asked || listed.status == Some(Status::Building) && is_over
        };
        let known = self.known(target, instance_id).filter(|_| listed.id.is_some());
        let place = known.and_then(|known| known.place(listed.id.as_ref()).ok());
        let newer = known.zip(place).and_then(|(known, place)| known.backups.get(place)).filter(is_newer);
        Some(newer.map_or_else(|| Rc::new(listed), |known| Rc::clone(&known.backup)))
    }

    /// The durations of the latest manual backups, in seconds.
    pub(crate) fn past_durations(&self, target: &Target, instance_id: &str) -> Vec<i64> {
        let Some(known) = self.known(target, instance_id) else { return Vec::new() };
        let is_example = |backup: &&Backup| {
            let is_manual = matches!(backup.kind, Some(Kind::Manual) | None);
            // One of some databases says nothing about one of all.
            backup.status == Some(Status::Completed) && is_manual && backup.databases.is_empty()
        };
        let mut completed: Vec<_> =
            known.backups.iter().map(|heard| heard.backup.as_ref()).filter(is_example).collect();
        sort_by(&mut completed, |left, right| right.begun().cmp(&left.begun()));
        completed.into_iter().filter_map(Backup::duration).take(MAX_PAST_DURATIONS).collect()
    }

    /// Learns about backups from a list or another answer. The table adds its own pages itself.
    pub(crate) fn learn(
        &mut self,
        target: &Target,
        instance_id: &str,
        listed: &[Rc<Backup>],
        asked: Option<Monotonic>,
        cx: &mut Cx,
    ) {
        self.keep(target, instance_id, listed, asked);
        self.learn_of_followed(target, instance_id, listed, cx);
        for key in self.looking(target, instance_id) {
            for backup in listed {
                self.judge(key, backup, asked, cx);
            }
        }
    }

    /// Stores what is known of backups for later.
    pub(crate) fn keep(&mut self, target: &Target, instance_id: &str, listed: &[Rc<Backup>], asked: Option<Monotonic>) {
        self.remember(target, instance_id, |known| {
            for backup in listed {
                let place = known.place(backup.id.as_ref());
                let newest = place.ok().and_then(|place| known.backups.get(place)?.asked).max(asked);
                let kept = Evidence { backup: Rc::clone(backup), asked: newest };
                match place {
                    Ok(place) => known.backups.get_mut(place).into_iter().for_each(|known| *known = kept.clone()),
                    Err(place) => known.backups.insert(place, kept),
                }
            }
        });
    }

    /// Records that these are all backups of the given types.
    pub(crate) fn learn_all(
        &mut self,
        target: &Target,
        instance_id: &str,
        types: BackupTypes,
        all: &[Rc<Backup>],
        started: Monotonic,
    ) {
        let is_of_other_type = |backup: &Rc<Backup>| match types {
            BackupTypes::All => false,
            BackupTypes::Manual => backup.kind.as_ref().is_some_and(|kind| *kind != Kind::Manual),
        };
        let mut ids: Vec<&Option<String>> = all.iter().map(|backup| &backup.id).collect();
        sort_by(&mut ids, Ord::cmp);
        self.remember(target, instance_id, |known| {
            known.backups.retain(|Evidence { backup, asked }| {
                is_of_other_type(backup) || *asked > Some(started) || ids.binary_search(&&backup.id).is_ok()
            });
            let [all, manual] = &mut known.whole;
            let whole = match types {
                BackupTypes::All => all,
                BackupTypes::Manual => manual,
            };
            *whole = (*whole).max(Some(started));
        });
    }

    /// Judges backups that were listed while they couldn't be judged.
    pub(crate) fn judge_known(&mut self, key: u32, cx: &mut Cx) {
        let Some(creation) = self.creation(key) else { return };
        let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
        let known = self.known(&target, &instance_id).map(|known| known.backups.clone()).unwrap_or_default();
        for key in self.looking(&target, &instance_id) {
            for Evidence { backup, asked } in &known {
                self.judge(key, backup, *asked, cx);
            }
        }
    }

    /// The creations of an instance whose outcome a list may reveal.
    fn looking(&self, target: &Target, instance_id: &str) -> Vec<u32> {
        let looks = |creation: &&Creation| {
            creation.target == *target && creation.instance_id == instance_id && creation.looks_for_backup()
        };
        self.creations.iter().filter(looks).map(|creation| creation.key).collect()
    }

    /// The newest evidence wins: a backup that shows up determines the outcome of a press, whatever was said before.
    /// Information requested before the newest attempt was sent is ignored, since the backup may be gone.
    fn judge(&mut self, key: u32, backup: &Rc<Backup>, asked: Option<Monotonic>, cx: &mut Cx) {
        let Some(creation) = self.creation(key).filter(|creation| creation.looks_for_backup()) else { return };
        let is_named = backup.name.is_some() && backup.name.as_deref() == creation.name();
        if !is_named || asked < creation.last_sent() || self.is_superseded(key) {
            return;
        }
        // Names are unique: if another press created this backup, the name was taken.
        let is_taken = self.is_of_another_press(key, backup);
        let claim = if is_taken { Some(Claim::Taken) } else { claim(creation, backup, cx.now, cx.limits) };
        if let Some(claim) = claim {
            self.claimed(key, claim, backup, cx);
        }
    }

    /// Whether a newer attempt of another press requested the same name, and may have created the backup that shows up.
    fn is_superseded(&self, key: u32) -> bool {
        let Some(creation) = self.creation(key) else { return true };
        let (Some(name), Some(sent)) = (creation.name(), creation.last_sent()) else { return false };
        self.creations.iter().any(|other| {
            other.key != key
                && other.is_of(&creation.target, &creation.instance_id, name)
                && other.has_open_attempt()
                && other.last_sent() > Some(sent)
        })
    }

    /// The backup that has the name, unless it was created long after the press. While it exists, nobody can say that
    /// the press created nothing.
    pub(crate) fn holder_of_name(&self, key: u32, found: &[Rc<Backup>], cx: &Cx) -> Option<Outcome> {
        let creation = self.creation(key)?;
        let is_named = |backup: &&Rc<Backup>| backup.name.is_some() && backup.name.as_deref() == creation.name();
        let holder = found.iter().find(is_named)?;
        if self.is_of_another_press(key, holder) {
            return Some(Outcome::NameTaken(Some(Box::new(holder.as_ref().clone()))));
        }
        let is_later = claim(creation, holder, cx.now, cx.limits) == Some(Claim::Later) && !creation.was_accepted();
        (!is_later).then(|| Outcome::Unknown(Unknown::Near(Box::new(holder.as_ref().clone()))))
    }

    /// Whether another card shows this backup.
    pub fn is_on_another_card(&self, key: u32, backup: &Backup) -> bool {
        self.creations.iter().any(|other| other.key != key && backup.id.is_some() && other.backup.id == backup.id)
    }

    /// Whether a backup is known to belong to another press. A backup that a link names may be anybody's.
    pub(crate) fn is_of_another_press(&self, key: u32, backup: &Backup) -> bool {
        self.creations.iter().any(|other| {
            other.key != key && other.request.is_some() && other.backup.id.is_some() && other.backup.id == backup.id
        })
    }

    fn claimed(&mut self, key: u32, claim: Claim, backup: &Rc<Backup>, cx: &mut Cx) {
        let Some(creation) = self.creation(key) else { return };
        let near = || Outcome::Unknown(Unknown::Near(Box::new(backup.as_ref().clone())));
        let taken = || Outcome::NameTaken(Some(Box::new(backup.as_ref().clone())));
        match (&creation.stage, claim) {
            // Already reported.
            (Stage::Ended(Outcome::Unknown(Unknown::Near(known))), Claim::Near) if known.id == backup.id => {}
            (_, Claim::Own) => self.found(key, backup, cx),
            // The API accepted the request without stating an ID.
            (Stage::Building(_), Claim::Near) if can_be_accepted_one(creation, backup) => self.found(key, backup, cx),
            (Stage::Reconciling(_) | Stage::Ended(Outcome::Unknown(_) | Outcome::NameTaken(None)), Claim::Taken) => {
                self.end(key, taken(), cx);
            }
            // A request that was accepted without an ID may have been queued, so this may be its backup.
            (Stage::Building(_) | Stage::Ended(Outcome::Unknown(Unknown::NeverListed)), Claim::Later)
                if creation.backup.id.is_none() =>
            {
                self.end(key, near(), cx);
            }
            // "Nothing was created" must not be shown beside a list that has the name.
            (
                Stage::Reconciling(_)
                | Stage::Building(_)
                | Stage::Ended(
                    Outcome::Unknown(_) | Outcome::NotCreated | Outcome::Refused(_) | Outcome::NameTaken(None),
                ),
                Claim::Near,
            ) => self.end(key, near(), cx),
            // The current outcome stands, or the list is judged once it has been read.
            (
                Stage::Queued(_)
                | Stage::Reading(_)
                | Stage::Sending
                | Stage::Reconciling(_)
                | Stage::AwaitingInstance(_)
                | Stage::Building(_)
                | Stage::Ended(_),
                Claim::Taken | Claim::Near | Claim::Later,
            ) => {}
        }
    }

    /// An answer of the API itself stated the API's clock. The first one after a press determines when the press was by
    /// that clock, independently of the computer's clock.
    pub(crate) fn learn_clock(&mut self, target: &Target, date: Option<UnixSeconds>, cx: &Cx) {
        let Some(UnixSeconds(date)) = date else { return };
        for creation in self.creations.iter_mut().filter(|creation| creation.target == *target) {
            if creation.pressed_by_server.is_none() && creation.requested.is_some() && creation.origin != Origin::Reload
            {
                let ago = cx.now.monotonic.since(creation.pressed).div_euclid(1000);
                creation.pressed_by_server = Some(date - ago);
            }
        }
    }
}
