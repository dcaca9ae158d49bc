//! How far a creation is, and how it has ended.

use contract::backup::Backup;
use contract::failure::Failure;

use crate::clock::{Monotonic, Now};

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
