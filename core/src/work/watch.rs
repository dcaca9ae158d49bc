//! Follows a backup that a link names, or that was under way before a reload.

use contract::backup::Backup;
use contract::rules::Field;

use crate::cx::Cx;
use crate::effect::{Effect, Focus, PageEffect};
use crate::link::Link;
use crate::target::Target;
use crate::work::creation::Creation;
use crate::work::stage::{Blocker, Building, Outcome, Stage, Unknown};
use crate::work::state::Work;

impl Work {
    /// A link names backups. Nothing is sent before the user's press.
    pub(crate) fn watch_all(&mut self, target: &Target, backups: Vec<(String, String)>, cx: &mut Cx) {
        let is_known = |(instance_id, backup_id): &(String, String)| {
            let is_it = |creation: &Creation| {
                creation.target == *target
                    && creation.instance_id == *instance_id
                    && creation.backup.id.as_ref() == Some(backup_id)
            };
            self.creations.iter().any(is_it)
        };
        let several = backups.iter().filter(|backup| !is_known(backup)).count() > 1;
        let batch = several.then(|| self.next_key());
        // The newest come first.
        for (instance_id, backup_id) in backups.into_iter().rev() {
            self.watch(target.clone(), instance_id, backup_id, batch, cx);
        }
    }

    fn watch(&mut self, target: Target, instance_id: String, backup_id: String, batch: Option<u32>, cx: &Cx) {
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
        let creation = Creation { batch, ..Creation::resumed(key, target, instance_id, backup, cx.now) };
        self.resume(creation, Blocker::AwaitsPress, cx);
    }

    /// The link that follows a creation's backup, and those that were pressed together with it, as far as their IDs are known.
    pub fn link(&self, creation: &Creation) -> Option<String> {
        let batch = self.batch(creation);
        let followed = if batch.is_empty() { vec![creation] } else { batch };
        let known = |creation: &&'_ Creation| creation.backup.id.is_some();
        let mut followed = followed.into_iter().filter(known).peekable();
        followed.peek()?;
        let backups =
            followed.filter_map(|creation| Some((creation.instance_id.as_str(), creation.backup.id.as_deref()?)));
        Some(Link::to_backups(&creation.target, backups))
    }

    /// `Dismiss`: removes the card of a backup that a link names.
    pub(crate) fn dismiss(&mut self, key: u32, cx: &mut Cx) {
        if !self.creation(key).is_some_and(Creation::may_be_dismissed) {
            return;
        }
        self.stop_waiting(key, cx);
        self.creations.retain(|creation| creation.key != key);
        if self.latest == Some(key) {
            self.latest = self.creations.first().map(|creation| creation.key);
        }
        // A reload must not bring it back.
        let in_view = self.latest.and_then(|key| self.creation(key)).filter(|creation| creation.exists());
        cx.emit(Effect::Page(PageEffect::SetAddress(
            in_view.and_then(|in_view| self.link(in_view)).unwrap_or_default(),
        )));
        cx.emit(Effect::Page(PageEffect::Focus(Focus::Field(Field::InstanceId))));
    }

    /// Resumes a creation, which then waits for the user's press.
    pub(crate) fn resume(&mut self, mut creation: Creation, blocker: Blocker, cx: &Cx) {
        let now = cx.now.monotonic;
        creation.awaits_press = true;
        // Its current status isn't known yet.
        creation.backup.status = None;
        // The API may have accepted it without stating an ID.
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
        // A running creation stays in view.
        let in_view = self.latest.and_then(|key| self.creation(key));
        if !in_view.is_some_and(Creation::is_running) {
            self.latest = Some(creation.key);
        }
        self.creations.insert(0, creation);
    }
}
