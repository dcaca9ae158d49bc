//! One press of `Create backup` for one instance, from the press to the end. This is the only place that stores its
//! outcome: the card, the receipt, the events and the exports are views of it.

use std::rc::Rc;

use contract::backup::{Backup, CreateBackup, Status};
use contract::response::HttpResponse;

use super::attempt::{Attempt, End};
use super::stage::{Announced, Blocker, Building, Cause, Certainty, Listing, NotSent, Origin, Outcome, Stage, Unknown};
use crate::clock::{Monotonic, Now, UnixMillis};
use crate::target::Target;

/// A press and everything that followed from it; or a backup that a link names.
#[derive(Clone, Debug, PartialEq)]
pub struct Creation {
    /// Identifies the creation.
    pub key: u32,
    /// The endpoint and project.
    pub target: Target,
    /// The instance.
    pub instance_id: String,
    /// The request, including the databases and the description; `None` for a backup that a link names.
    pub request: Option<CreateBackup>,
    /// When it was pressed; `None` for a backup that a link names.
    pub requested: Option<UnixMillis>,
    /// The press of which it is one of several; `None` where it was pressed alone.
    pub batch: Option<u32>,
    /// The current stage.
    pub stage: Stage,
    /// Everything that is known of the backup.
    pub backup: Backup,
    /// How certain it is that the backup is this press's.
    pub certainty: Option<Certainty>,
    /// Whether lists contain it.
    pub listing: Listing,
    /// Why the page had to search for it, if it had to.
    pub cause: Option<Cause>,
    /// The newest answer to an attempt, unmodified.
    pub answer: Option<HttpResponse>,
    /// Why the newest retry wasn't sent; statements about earlier attempts still hold.
    pub not_sent: Option<NotSent>,
    /// Why the backup failed, where the API says so.
    pub failure_reason: Option<String>,
    /// The durations of the instance's latest backups, in seconds.
    pub past_durations: Vec<i64>,
    /// The newest full backup before this one that the page knew of when this one was completed.
    pub previous_full: Option<Rc<Backup>>,
    /// When the task list was asked for, since it takes longer than usual.
    pub(crate) asked_for_tasks: Option<Monotonic>,
    /// When the page learned that it had ended.
    pub ended: Option<UnixMillis>,
    /// Whether an earlier statement about it turned out to be wrong.
    pub was_corrected: bool,
    /// What the host page was told about its backup; it is told each thing once.
    pub(crate) announced: Announced,
    /// The ID under which the provider finds the request in its logs.
    pub request_id: Option<String>,
    /// Every POST of this press and of its retries.
    pub(crate) attempts: Vec<Attempt>,
    /// The state before the POST that is under way, restored if the browser refuses to send.
    pub(crate) before_post: Option<Box<Creation>>,
    /// When it was pressed, by the monotonic clock.
    pub pressed: Monotonic,
    /// When it was pressed, by the API's clock, in seconds since 1970, if an answer stated it.
    pub(crate) pressed_by_server: Option<i64>,
    /// Until then, only presses of the user may send requests to the server.
    pub(crate) not_before: Monotonic,
    /// Whether the newest press is to wait for the instance; kept across a reload and while a token is missing.
    pub(crate) is_for_ready_instance: bool,
    /// How the page learned about it.
    pub(crate) origin: Origin,
    /// Whether it came from a link or from before a reload: nothing is sent until the user presses.
    pub(crate) awaits_press: bool,
}

impl Creation {
    /// Whether it is still in progress: a press with the same name waits for it.
    pub fn is_under_way(&self) -> bool {
        !matches!(self.stage, Stage::Ended(_))
    }

    /// Whether its name is taken, or may be soon. A backup that is being deleted, or seems to be, frees its name.
    pub(crate) fn holds_name(&self) -> bool {
        self.is_under_way() && self.backup.status != Some(Status::Deleting) && !self.is_missing()
    }

    /// Whether leaving the page would lose track of something. A creation that waits for its user doesn't count.
    pub fn is_running(&self) -> bool {
        let has_stopped = match &self.stage {
            Stage::Building(building) => match &building.blocker {
                Some(
                    Blocker::TokenMissing
                    | Blocker::TokenRejected
                    | Blocker::Refused(_)
                    | Blocker::GaveUp
                    | Blocker::AwaitsPress,
                ) => true,
                Some(Blocker::Unreachable | Blocker::Failed(_) | Blocker::Incomplete | Blocker::InstanceBackingUp)
                | None => false,
            },
            Stage::Ended(_) => true,
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_) => false,
        };
        !has_stopped
    }

    /// The instance and the ID of its backup, if it can be restored from.
    pub fn restorable(&self) -> Option<(&str, &str)> {
        let is_there = self.stage == Stage::Ended(Outcome::Completed) && !self.is_away();
        let id = self.backup.id.as_deref().filter(|_| is_there)?;
        Some((&self.instance_id, id))
    }

    /// How long earlier backups of the instance took at most, in seconds, if this one takes twice as long already.
    pub fn is_longer_than(&self, now: Monotonic) -> Option<i64> {
        let usual = self.past_durations.iter().copied().max().filter(|_| self.backup.is_full())?;
        let is_building = matches!(self.stage, Stage::Building(_)) && self.is_running();
        // By the clock that nobody sets; of a backup of a link it's known since the link was opened.
        (is_building && now.since(self.pressed) > 2_000 * usual).then_some(usual)
    }

    /// Whether it came from a link or from before a reload, and its user hasn't pressed since.
    pub fn is_resumed(&self) -> bool {
        self.awaits_press
    }

    /// Whether its card can be dismissed: nothing was requested on this page.
    pub fn may_be_dismissed(&self) -> bool {
        self.request.is_none()
    }

    /// Whether the page needs only a new token to go on.
    pub fn awaits_token(&self) -> bool {
        matches!(self.blocker(), Some(Blocker::TokenMissing | Blocker::TokenRejected))
    }

    /// Whether the press that it waits for needs a token that may be missing.
    pub(crate) fn wants_token(&self) -> bool {
        let unsent = match &self.stage {
            Stage::Ended(Outcome::NotSent(why)) => Some(why),
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Building(_)
            | Stage::Ended(_) => self.not_sent.as_ref(),
        };
        self.awaits_token()
            || matches!(self.blocker(), Some(Blocker::AwaitsPress))
            || matches!(unsent, Some(NotSent::TokenMissing | NotSent::TokenRejected(_)))
    }

    /// What keeps the page from knowing the outcome while it waits for its user.
    fn blocker(&self) -> Option<&Blocker> {
        match &self.stage {
            Stage::Building(building) => building.blocker.as_ref(),
            Stage::Ended(Outcome::Unknown(Unknown::Blocked(blocker))) => Some(blocker),
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Ended(_) => None,
        }
    }

    /// The requested name, or the one that the API states.
    pub fn name(&self) -> Option<&str> {
        let asked = self.request.as_ref().map(|request| request.name.as_str());
        asked.or(self.backup.name.as_deref())
    }

    /// Whether the backup exists, as far as is known.
    pub fn exists(&self) -> bool {
        match &self.stage {
            Stage::Building(_) => true,
            Stage::Ended(outcome) => matches!(outcome, Outcome::Completed | Outcome::Failed),
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_) => false,
        }
    }

    /// Whether its request was sent at least once.
    pub fn was_sent(&self) -> bool {
        !self.attempts.is_empty()
    }

    /// Whether lists once had its backup and now lack it: what is known of it may be outdated.
    pub fn is_missing(&self) -> bool {
        matches!(self.listing, Listing::Missing(_))
    }

    /// Whether the lists that were read lack its backup.
    pub fn is_unlisted(&self) -> bool {
        matches!(self.listing, Listing::Missing(_) | Listing::Never)
    }

    /// Whether its backup had ended and the lists that were read lack it: what is known of it may be outdated.
    pub fn is_away(&self) -> bool {
        let had_ended = matches!(self.backup.status, Some(Status::Completed | Status::Failed));
        self.is_missing() || had_ended && self.listing == Listing::Never
    }

    /// Whether it is for this name on this instance.
    pub(crate) fn is_of(&self, target: &Target, instance_id: &str, name: &str) -> bool {
        self.target == *target && self.instance_id == instance_id && self.name() == Some(name)
    }

    /// Whether it ended without a backup, so that it resumes if one shows up after all, or with another attempt.
    pub fn can_go_on(&self) -> bool {
        match &self.stage {
            Stage::Ended(outcome) => match outcome {
                Outcome::Refused(_) | Outcome::NotCreated | Outcome::Unknown(_) | Outcome::NotSent(_) => {
                    self.backup.id.is_none()
                }
                Outcome::Completed | Outcome::Failed | Outcome::Gone | Outcome::NameTaken(_) => false,
            },
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Building(_) => false,
        }
    }

    /// Whether a list can reveal the outcome of an attempt.
    pub(crate) fn looks_for_backup(&self) -> bool {
        if self.backup.id.is_some() {
            return false;
        }
        match &self.stage {
            // Accepted without an ID.
            Stage::Building(_) => true,
            // A permanently refused request has created nothing, whoever has taken the name since. If a name is taken
            // by an unknown backup, a list may still show it.
            Stage::Reconciling(_) | Stage::AwaitingInstance(_) | Stage::Ended(Outcome::NameTaken(None)) => {
                self.has_open_attempt()
            }
            // Before a press that begins anew, a backup of the name is judged like any other.
            Stage::Queued(reading) | Stage::Reading(reading) => self.has_open_attempt() && !reading.begins_anew(),
            // Wait for the answer first.
            Stage::Sending => false,
            Stage::Ended(_) => self.has_open_attempt() && self.can_go_on(),
        }
    }

    /// Whether no attempt can take effect any more. `settle` is how long a server may keep processing after the
    /// connection ended.
    pub(crate) fn is_closed(&self, moment: Monotonic, settle: u32) -> bool {
        self.attempts.iter().all(|attempt| match attempt.end {
            Some((End::Refused, _)) => true,
            Some((End::Open, ended)) => moment.since(ended) >= i64::from(settle),
            Some((End::Accepted, _)) | None => false,
        })
    }

    /// Whether any attempt has created a backup, or still may.
    pub(crate) fn has_open_attempt(&self) -> bool {
        self.attempts.iter().any(Attempt::is_open)
    }

    /// Whether a complete list lacked the name right before an attempt that may have taken effect.
    pub(crate) fn name_was_free(&self) -> bool {
        self.attempts.iter().any(Attempt::had_name_free)
    }

    /// Until when the server may have been processing an attempt before which a complete list lacked the name; `None`
    /// if there is no such attempt.
    pub(crate) fn own_until(&self, now: Monotonic, answer: u32, settle: u32) -> Option<Monotonic> {
        let own = self.attempts.iter().filter(|attempt| attempt.had_name_free());
        own.map(|attempt| Monotonic(attempt.connection_ended(now, answer).0 + i64::from(settle))).max()
    }

    /// By how many milliseconds the two clocks disagree on the time since the newest attempt before which a complete
    /// list lacked the name.
    pub(crate) fn clocks_disagree_since_own(&self, now: Now) -> i64 {
        let own = self.attempts.iter().rev().find(|attempt| attempt.had_name_free());
        own.map_or(0, |attempt| now.disagreement_since(attempt.sent))
    }

    /// Whether the API accepted any attempt.
    pub(crate) fn was_accepted(&self) -> bool {
        self.attempts.iter().any(|attempt| matches!(attempt.end, Some((End::Accepted, _))))
    }

    /// When the newest attempt was sent.
    pub(crate) fn last_sent(&self) -> Option<Monotonic> {
        self.attempts.last().map(|attempt| attempt.sent.monotonic)
    }

    /// When the connection of the newest attempt that may have taken effect ended.
    pub(crate) fn last_connection_ended(&self, now: Monotonic, answer: u32) -> Monotonic {
        let open = self.attempts.iter().rev().find(|attempt| attempt.is_open());
        open.map_or(now, |attempt| attempt.connection_ended(now, answer))
    }

    /// When no attempt can take effect any more, given the settle time; `None` if no attempt is open.
    pub(crate) fn closes_at(&self, settle: u32) -> Option<Monotonic> {
        let open = self.attempts.iter().filter_map(|attempt| attempt.end.filter(|(end, _)| *end == End::Open));
        open.map(|(_, Monotonic(ended))| Monotonic(ended + i64::from(settle))).max()
    }

    /// As long as nothing was sent, each press counts as the first.
    pub(crate) fn begin_anew_if_unsent(&mut self, now: Now) {
        if self.attempts.is_empty() {
            self.begin_anew(now);
        }
    }

    /// The next request is the first that can take effect: all earlier attempts are known to have created nothing, so a
    /// backup that has taken the name since is somebody else's.
    pub(crate) fn begin_anew(&mut self, pressed: Now) {
        for (end, _) in self.attempts.iter_mut().filter_map(|attempt| attempt.end.as_mut()) {
            *end = End::Refused;
        }
        self.requested = Some(pressed.wall);
        self.pressed = pressed.monotonic;
        self.pressed_by_server = None;
    }

    /// The attempt that was to begin anew was refused: the earlier attempts count again.
    pub(crate) fn take_up_attempts(&mut self, before: Self) {
        let newest = self.attempts.pop();
        self.attempts = before.attempts;
        self.attempts.extend(newest);
        self.requested = before.requested;
        self.pressed = before.pressed;
        self.pressed_by_server = before.pressed_by_server;
    }

    pub(crate) fn end_attempt(&mut self, end: End, now: Monotonic) {
        self.before_post = None;
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.end = Some((end, now));
        }
    }

    /// The state of following the backup, while that is in progress.
    pub(crate) fn building_mut(&mut self) -> Option<&mut Building> {
        match &mut self.stage {
            Stage::Building(building) => Some(building),
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Ended(_) => None,
        }
    }

    /// Takes over what a list says, and keeps what only the request or the create response contained.
    pub(crate) fn learn(&mut self, listed: &Backup) {
        let known = std::mem::take(&mut self.backup);
        self.backup = Backup {
            id: known.id.or_else(|| listed.id.clone()),
            instance_id: listed.instance_id.clone().or(known.instance_id),
            name: listed.name.clone().or(known.name),
            description: known.description.or_else(|| listed.description.clone()),
            databases: if listed.databases.is_empty() { known.databases } else { listed.databases.clone() },
            begin_time: listed.begin_time.clone().or(known.begin_time),
            status: listed.status.clone().or(known.status),
            kind: listed.kind.clone().or(known.kind),
            end_time: listed.end_time.clone(),
            size: listed.size.or(known.size),
        };
    }

    /// The outcome that the backup's status implies, if it is final and lists still have the backup.
    pub(crate) fn final_outcome(&self) -> Option<Outcome> {
        if self.is_unlisted() {
            return None;
        }
        match self.backup.status.as_ref()? {
            Status::Completed => Some(Outcome::Completed),
            Status::Failed => Some(Outcome::Failed),
            Status::Building | Status::Deleting | Status::Other(_) => None,
        }
    }
}

/// What the request says about the backup.
pub(crate) fn as_requested(request: &CreateBackup) -> Backup {
    Backup {
        instance_id: Some(request.instance_id.as_str().to_owned()),
        name: Some(request.name.as_str().to_owned()),
        description: request.description.as_ref().map(|description| description.as_str().to_owned()),
        databases: request.databases.iter().map(|database| database.name().to_owned()).collect(),
        ..Backup::default()
    }
}
