//! One press of `Create backup` for one instance, from the press to the end. It is the only place that knows what became of
//! it: the card, the receipt, the events and the exports are views of this value.

use contract::backup::{Backup, CreateBackup, Status};
use contract::failure::Failure;
use contract::response::HttpResponse;

use crate::clock::{Monotonic, Now, UnixMillis};
use crate::target::Target;

/// A press and all that came of it; or a backup that a link names.
#[derive(Clone, Debug, PartialEq)]
pub struct Creation {
    /// Tells it from the others.
    pub key: u32,
    /// Where to.
    pub target: Target,
    /// The instance.
    pub instance_id: String,
    /// What was asked for, the databases and the description included; `None` for a backup that a link names.
    pub request: Option<CreateBackup>,
    /// When it was pressed; `None` for a backup that a link names.
    pub requested: Option<UnixMillis>,
    /// How far it is.
    pub stage: Stage,
    /// Everything that is known of the backup.
    pub backup: Backup,
    /// How sure it is that the backup is this press's.
    pub certainty: Option<Certainty>,
    /// Whether lists have it.
    pub listing: Listing,
    /// Why it had to be looked for, where it had to.
    pub cause: Option<Cause>,
    /// The newest answer to an attempt, as it came.
    pub answer: Option<HttpResponse>,
    /// Why the newest retry wasn't sent; what is said of the attempts before it stands.
    pub not_sent: Option<NotSent>,
    /// Why the backup failed, where the API says so.
    pub failure_reason: Option<String>,
    /// How long the instance's latest backups took, in seconds.
    pub past_durations: Vec<i64>,
    /// When the page learned of its end.
    pub ended: Option<UnixMillis>,
    /// Whether what was said of it before has turned out otherwise.
    pub was_corrected: bool,
    /// What whoever listens was told of its backup, which they are told once.
    pub(crate) announced: Announced,
    /// The ID under which the provider finds the request in its logs.
    pub request_id: Option<String>,
    /// Every POST of this press and of every retry of it.
    pub(crate) attempts: Vec<Attempt>,
    /// What it was before the POST that is under way: that again, should the browser refuse to send.
    pub(crate) before_post: Option<Box<Creation>>,
    /// When it was pressed, by the monotonic clock.
    pub pressed: Monotonic,
    /// When it was pressed, by the API's own clock, in seconds since 1970; where an answer told.
    pub(crate) pressed_by_server: Option<i64>,
    /// Before this the server wants to hear nothing that its user hasn't pressed for.
    pub(crate) not_before: Monotonic,
    /// Whether the newest press was to wait for the instance: a reload, or a token that is missing, doesn't forget that.
    pub(crate) is_for_ready_instance: bool,
    /// How the page knows of it.
    pub(crate) origin: Origin,
    /// Whether the page knows of it from a link, or from before a reload: nothing is asked for before a press.
    pub(crate) awaits_press: bool,
}

/// How far a creation is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// The instance's backups are being read, before anything is sent.
    Reading(BeforeSending),
    /// The POST is under way.
    Sending,
    /// It isn't known yet whether there is a backup: the list is being read for it.
    Reconciling(Reconciliation),
    /// The instance is busy: the same request is sent again when it is ready.
    AwaitingInstance(Awaiting),
    /// The backup exists, and is asked for until it has ended.
    Building(Building),
    /// It has come to an end. Some ends can turn out otherwise: see [`Outcome`].
    Ended(Outcome),
}

/// The reading before a POST.
#[derive(Clone, Debug, PartialEq)]
pub struct BeforeSending {
    /// How often the list failed.
    pub(crate) failures: u8,
    /// What was said before, when this is a retry.
    pub(crate) previous: Option<Outcome>,
    /// When it began: at the press, or when the instance was ready.
    pub(crate) since: Now,
}

impl BeforeSending {
    /// Whether it is sure that nothing has come of what was sent before.
    pub(crate) fn begins_anew(&self) -> bool {
        matches!(self.previous, Some(Outcome::Refused(_) | Outcome::NotCreated))
    }
}

/// The search for a backup.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciliation {
    /// What was in the way the last time.
    pub blocker: Option<Blocker>,
    pub(crate) since: Monotonic,
    /// How often the list was asked for.
    pub(crate) tries: u32,
    /// How often it failed without a word while something answered at the endpoint.
    pub(crate) silent_failures: u32,
}

/// The wait for a busy instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Awaiting {
    /// The instance's status when it was last asked for.
    pub status: Option<String>,
    pub(crate) since: Now,
}

/// A backup that is being built.
#[derive(Clone, Debug, PartialEq)]
pub struct Building {
    /// What keeps the page from hearing of it. It says nothing about the backup itself.
    pub blocker: Option<Blocker>,
    /// When the API last told of it, or when the page began to ask.
    pub last_response_at: Monotonic,
    pub(crate) since: Monotonic,
    pub(crate) pause: u32,
}

/// Whether the lists of an instance's backups have a creation's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// None has been read since it exists.
    Unread,
    /// None has had it.
    Never,
    /// The newest has it, or had it before a reload.
    Listed,
    /// One has had it, and complete ones lack it since then.
    Missing(Monotonic),
}

/// What is in the way of knowing.
#[derive(Clone, Debug, PartialEq)]
pub enum Blocker {
    /// There is no token for the target.
    TokenMissing,
    /// The API rejects the token.
    TokenRejected,
    /// The API refuses.
    Refused(Failure),
    /// Nothing answers at the endpoint.
    Unreachable,
    /// What answers isn't the list.
    Failed(Failure),
    /// The list is too long, was cut short, or changes while it is read.
    Incomplete,
    /// The instance is backing up: it may be at this very backup.
    InstanceBackingUp,
    /// The page has given up asking by itself.
    GaveUp,
    /// A link or a reload: nothing is asked for before its user's press.
    AwaitsPress,
}

/// Why it wasn't known whether there is a backup.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// The connection failed or broke.
    Unreachable,
    /// The time limit was reached.
    TimedOut,
    /// The user cancelled.
    Cancelled,
    /// An answer that is neither a backup nor a refusal.
    Unclear(Failure),
    /// The name exists, perhaps since this very request.
    NameTaken(Failure),
    /// A refusal that doesn't rule out that the request, or an earlier attempt, has made a backup all the same.
    Refused(Failure),
    /// The page was loaded again while the request was under way.
    Reloaded,
    /// The page was loaded again while it waited for the instance to be ready, to send the request once more.
    ReloadedWhileAwaiting,
}

impl Cause {
    /// The answer that leaves it open, where there was one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Unclear(failure) | Self::NameTaken(failure) | Self::Refused(failure) => Some(failure),
            Self::Unreachable | Self::TimedOut | Self::Cancelled | Self::Reloaded | Self::ReloadedWhileAwaiting => None,
        }
    }
}

/// How a creation has ended. [`Outcome::Unknown`], [`Outcome::Refused`] and [`Outcome::NotCreated`] turn into a backup when
/// that shows up after all.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The backup is there.
    Completed,
    /// The backup has failed.
    Failed,
    /// The backup was there, and is gone.
    Gone,
    /// The API refused, and there is no backup.
    Refused(Failure),
    /// Nothing was sent.
    NotSent(NotSent),
    /// There is no answer, and no backup.
    NotCreated,
    /// The name was taken before; by this backup, or by none of the instance's manual ones.
    NameTaken(Option<Box<Backup>>),
    /// It can't be told whether there is a backup.
    Unknown(Unknown),
}

/// Why nothing was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum NotSent {
    /// The user cancelled in time.
    Cancelled,
    /// The API rejected the token when the list was read.
    TokenRejected(Failure),
    /// There was no token any more.
    TokenMissing,
    /// Nothing answers at the endpoint.
    Unreachable,
    /// The page's Content-Security-Policy forbids calls to the endpoint.
    Forbidden,
    /// The browser can't make a request of it.
    InvalidRequest,
    /// The instance didn't become ready within an hour.
    InstanceStaysBusy,
    /// Too much time passed between the press and the request, as when the machine slept.
    Lapsed,
}

/// What keeps the page from knowing whether there is a backup.
#[derive(Clone, Debug, PartialEq)]
pub enum Unknown {
    /// The list couldn't be read.
    Blocked(Blocker),
    /// Something answers, and the browser keeps the answers from this page (CORS).
    OriginNotAllowed,
    /// A backup of this name began near the press, and whose it is can't be told.
    Near(Box<Backup>),
    /// The API has accepted the request, and no list had the backup since.
    NeverListed,
    /// The user stopped it.
    Stopped,
}

/// How sure it is that a backup is a press's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Its ID came in the answer.
    Responded,
    /// It is in the list since the press. Somebody who asked for the same name at that moment can't be told apart.
    Listed,
}

/// What was told of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Announced {
    /// Nothing.
    Nothing,
    /// That it exists.
    Created,
    /// That it has come to its end.
    Finished,
}

/// How the page knows of a creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It was pressed here.
    Press,
    /// A link names its backup.
    Link,
    /// It was pressed before a reload: when, is known by the wall clock only.
    Reload,
}

/// A POST.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attempt {
    /// When it was sent.
    pub(crate) sent: Now,
    /// How it ended, and when; `None` while it is under way. After a reload the server has time to settle anew.
    pub(crate) end: Option<(End, Monotonic)>,
    /// Whether a complete list from right before it had no backup of this name: what has the name since, and was begun in the
    /// time of this attempt, is its backup. Of another time that list says nothing.
    pub(crate) name_was_free: bool,
}

impl Attempt {
    /// When its connection was at an end: when that was heard of, or when its time limit had passed. A page that was away
    /// hears of it much later.
    fn connection_ended(&self, now: Monotonic, answer: u32) -> Monotonic {
        let heard = self.end.map_or(now, |(_, at)| at);
        heard.min(Monotonic(self.sent.monotonic.0.saturating_add(i64::from(answer))))
    }

    /// Whether something has come of it, or may come of it.
    fn is_open(&self) -> bool {
        !matches!(self.end, Some((End::Refused, _)))
    }

    /// Whether it may have made a backup whose name was free right before it.
    pub(crate) fn had_name_free(&self) -> bool {
        self.name_was_free && self.is_open()
    }
}

/// How a POST ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a refusal that settles it, or before it was sent: nothing can come of it any more.
    Refused,
    /// The API has accepted it: a backup comes of it, whether or not a list has it yet.
    Accepted,
    /// In any other way: the server may still be at it.
    Open,
}

impl Certainty {
    /// The word for it in receipts and exports: what the page knows the backup by. With `name`, somebody who asked for the
    /// same name at that moment can't be told apart.
    pub fn word(self) -> &'static str {
        match self {
            Self::Responded => "answer",
            Self::Listed => "name",
        }
    }
}

impl Creation {
    /// Whether something is still to come: a press with the same name waits for it.
    pub fn is_under_way(&self) -> bool {
        !matches!(self.stage, Stage::Ended(_))
    }

    /// Whether its name is taken, or may be soon: one that is being deleted, or seems to be, lets go of it.
    pub(crate) fn holds_name(&self) -> bool {
        self.is_under_way() && self.backup.status != Some(Status::Deleting) && !self.is_missing()
    }

    /// Whether something is lost sight of if the page is left: what waits for its user isn't.
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
            Stage::Reading(_) | Stage::Sending | Stage::Reconciling(_) | Stage::AwaitingInstance(_) => false,
        };
        !has_stopped
    }

    /// Whether its card can be put away: nothing was asked for here.
    pub fn may_be_dismissed(&self) -> bool {
        self.request.is_none()
    }

    /// Whether a new token is all that keeps the page from going on.
    pub fn awaits_token(&self) -> bool {
        matches!(self.blocker(), Some(Blocker::TokenMissing | Blocker::TokenRejected))
    }

    /// Whether the press that it waits for needs a token that may not be there.
    pub(crate) fn wants_token(&self) -> bool {
        let unsent = match &self.stage {
            Stage::Ended(Outcome::NotSent(why)) => Some(why),
            Stage::Reading(_)
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

    /// What keeps the page from knowing, where it waits for its user.
    fn blocker(&self) -> Option<&Blocker> {
        match &self.stage {
            Stage::Building(building) => building.blocker.as_ref(),
            Stage::Ended(Outcome::Unknown(Unknown::Blocked(blocker))) => Some(blocker),
            Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Ended(_) => None,
        }
    }

    /// The name that was asked for, or that the API states.
    pub fn name(&self) -> Option<&str> {
        let asked = self.request.as_ref().map(|request| request.name.as_str());
        asked.or(self.backup.name.as_deref())
    }

    /// Whether the backup exists as far as is known.
    pub fn exists(&self) -> bool {
        match &self.stage {
            Stage::Building(_) => true,
            Stage::Ended(outcome) => matches!(outcome, Outcome::Completed | Outcome::Failed),
            Stage::Reading(_) | Stage::Sending | Stage::Reconciling(_) | Stage::AwaitingInstance(_) => false,
        }
    }

    /// Whether its request was sent at least once.
    pub fn was_sent(&self) -> bool {
        !self.attempts.is_empty()
    }

    /// Whether lists have had its backup, and lack it: what was known of it may be true no more.
    pub fn is_missing(&self) -> bool {
        matches!(self.listing, Listing::Missing(_))
    }

    /// Whether the lists that were read lack its backup.
    pub fn is_unlisted(&self) -> bool {
        matches!(self.listing, Listing::Missing(_) | Listing::Never)
    }

    /// Whether its backup had ended, and the lists that were read lack it: what was known of it may be true no more.
    pub fn is_away(&self) -> bool {
        let had_ended = matches!(self.backup.status, Some(Status::Completed | Status::Failed));
        self.is_missing() || had_ended && self.listing == Listing::Never
    }

    /// Whether it is about this name of this instance.
    pub(crate) fn is_of(&self, target: &Target, instance_id: &str, name: &str) -> bool {
        self.target == *target && self.instance_id == instance_id && self.name() == Some(name)
    }

    /// Whether it has ended without a backup, so that one that shows up after all, or another attempt, goes on with it.
    pub fn can_go_on(&self) -> bool {
        match &self.stage {
            Stage::Ended(outcome) => match outcome {
                Outcome::Refused(_) | Outcome::NotCreated | Outcome::Unknown(_) | Outcome::NotSent(_) => {
                    self.backup.id.is_none()
                }
                Outcome::Completed | Outcome::Failed | Outcome::Gone | Outcome::NameTaken(_) => false,
            },
            Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Building(_) => false,
        }
    }

    /// Whether the list may show what became of an attempt.
    pub(crate) fn looks_for_backup(&self) -> bool {
        if self.backup.id.is_some() {
            return false;
        }
        match &self.stage {
            // Accepted without an ID.
            Stage::Building(_) => true,
            // What was refused for what it is has made nothing, whoever has taken the name since. Where a name is taken and nobody
            // knows by what, a list may still show it.
            Stage::Reconciling(_) | Stage::AwaitingInstance(_) | Stage::Ended(Outcome::NameTaken(None)) => {
                self.has_open_attempt()
            }
            // Before a press that begins anew a backup of the name is judged as any other.
            Stage::Reading(reading) => self.has_open_attempt() && !reading.begins_anew(),
            // The answer comes first.
            Stage::Sending => false,
            Stage::Ended(_) => self.has_open_attempt() && self.can_go_on(),
        }
    }

    /// Whether nothing can come any more of any attempt. `settle` is how long a server may be at it after a connection's end.
    pub(crate) fn is_closed(&self, moment: Monotonic, settle: u32) -> bool {
        self.attempts.iter().all(|attempt| match attempt.end {
            Some((End::Refused, _)) => true,
            Some((End::Open, ended)) => moment.since(ended) >= i64::from(settle),
            Some((End::Accepted, _)) | None => false,
        })
    }

    /// Whether something has come of an attempt, or may come of it.
    pub(crate) fn has_open_attempt(&self) -> bool {
        self.attempts.iter().any(Attempt::is_open)
    }

    /// Whether a complete list lacked the name right before an attempt that something can come of.
    pub(crate) fn name_was_free(&self) -> bool {
        self.attempts.iter().any(Attempt::had_name_free)
    }

    /// Until when the server may have been at an attempt before which a complete list lacked the name; `None` where there is
    /// none.
    pub(crate) fn own_until(&self, now: Monotonic, answer: u32, settle: u32) -> Option<Monotonic> {
        let own = self.attempts.iter().filter(|attempt| attempt.had_name_free());
        own.map(|attempt| Monotonic(attempt.connection_ended(now, answer).0 + i64::from(settle))).max()
    }

    /// How much the two clocks disagree on the time since the newest attempt before which a complete list lacked the name, in
    /// milliseconds.
    pub(crate) fn clocks_disagree_since_own(&self, now: Now) -> i64 {
        let own = self.attempts.iter().rev().find(|attempt| attempt.had_name_free());
        own.map_or(0, |attempt| now.disagreement_since(attempt.sent))
    }

    /// Whether the API has accepted an attempt.
    pub(crate) fn was_accepted(&self) -> bool {
        self.attempts.iter().any(|attempt| matches!(attempt.end, Some((End::Accepted, _))))
    }

    /// When the newest attempt was sent.
    pub(crate) fn last_sent(&self) -> Option<Monotonic> {
        self.attempts.last().map(|attempt| attempt.sent.monotonic)
    }

    /// When the connection of the newest attempt was at an end that something can come of.
    pub(crate) fn last_connection_ended(&self, now: Monotonic, answer: u32) -> Monotonic {
        let open = self.attempts.iter().rev().find(|attempt| attempt.is_open());
        open.map_or(now, |attempt| attempt.connection_ended(now, answer))
    }

    /// When nothing can come any more of any attempt, by what a server may take; `None` when nothing is left open.
    pub(crate) fn closes_at(&self, settle: u32) -> Option<Monotonic> {
        let open = self.attempts.iter().filter_map(|attempt| attempt.end.filter(|(end, _)| *end == End::Open));
        open.map(|(_, Monotonic(ended))| Monotonic(ended + i64::from(settle))).max()
    }

    /// As long as nothing was sent, each press is the first.
    pub(crate) fn begin_anew_if_unsent(&mut self, now: Now) {
        if self.attempts.is_empty() {
            self.begin_anew(now);
        }
    }

    /// What is sent now is the first that something can come of: of what was sent before it is sure that nothing has, and whoever
    /// has taken the name since is somebody else.
    pub(crate) fn begin_anew(&mut self, pressed: Now) {
        for (end, _) in self.attempts.iter_mut().filter_map(|attempt| attempt.end.as_mut()) {
            *end = End::Refused;
        }
        self.requested = Some(pressed.wall);
        self.pressed = pressed.monotonic;
        self.pressed_by_server = None;
    }

    /// The refused attempt that was to begin anew has come to nothing: the attempts before it are the ones that count.
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

    /// The following of the backup, while it goes on.
    pub(crate) fn building_mut(&mut self) -> Option<&mut Building> {
        match &mut self.stage {
            Stage::Building(building) => Some(building),
            Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Ended(_) => None,
        }
    }

    /// Takes over what a list says, and keeps what only the request or the create answer had.
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

    /// The end that the backup's status means, if it is one, and lists have it still.
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

/// Everything that the request says about the backup that it asks for.
pub(crate) fn as_requested(request: &CreateBackup) -> Backup {
    Backup {
        instance_id: Some(request.instance_id.as_str().to_owned()),
        name: Some(request.name.as_str().to_owned()),
        description: request.description.as_ref().map(|description| description.as_str().to_owned()),
        databases: request.databases.iter().map(|database| database.name().to_owned()).collect(),
        ..Backup::default()
    }
}
