//! The stages of a creation, and its outcomes.

use contract::backup::Backup;
use contract::failure::Failure;

use crate::clock::{Monotonic, Now};

/// The stage of a creation.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Pressed together with others, of which only so many are sent at a time: nothing was sent for it yet.
    Queued(BeforeSending),
    /// The instance's backups are being read, before anything is sent.
    Reading(BeforeSending),
    /// The POST is under way.
    Sending,
    /// It isn't known yet whether there is a backup: the list is being read to find out.
    Reconciling(Reconciliation),
    /// The instance is busy: the same request is sent again when the instance is ready.
    AwaitingInstance(Awaiting),
    /// The backup exists, and its status is polled until it has ended.
    Building(Building),
    /// It has ended. Some outcomes can be corrected later: see [`Outcome`].
    Ended(Outcome),
}

/// The reading before a POST.
#[derive(Clone, Debug, PartialEq)]
pub struct BeforeSending {
    /// How often the list failed.
    pub(crate) failures: u8,
    /// The previous outcome, if this is a retry.
    pub(crate) previous: Option<Outcome>,
    /// When it began: at the press, or when the instance was ready.
    pub(crate) since: Now,
    /// When the press was made: it may have waited for the later part of the program, and for a token.
    pub(crate) pressed_at: Now,
}

impl BeforeSending {
    /// A press begins now. `previous`: how the one before it has ended.
    pub(crate) fn begun(previous: Option<Outcome>, now: Now, pressed_at: Now) -> Self {
        Self { failures: 0, previous, since: now, pressed_at }
    }

    /// Whether the earlier requests are known to have created nothing.
    pub(crate) fn begins_anew(&self) -> bool {
        matches!(self.previous, Some(Outcome::Refused(_) | Outcome::NotCreated))
    }
}

/// The search for a backup.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciliation {
    /// What blocked the search last.
    pub blocker: Option<Blocker>,
    pub(crate) since: Monotonic,
    /// How often the list was requested.
    pub(crate) tries: u32,
    /// How often it failed without an answer while something answered at the endpoint.
    pub(crate) silent_failures: u32,
}

/// The wait for a busy instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Awaiting {
    /// The instance's status when it was last queried.
    pub status: Option<String>,
    pub(crate) since: Now,
}

/// A backup that is being built.
#[derive(Clone, Debug, PartialEq)]
pub struct Building {
    /// What keeps the page from getting its status. It says nothing about the backup itself.
    pub blocker: Option<Blocker>,
    /// When the API last answered about it, or when the page began to ask.
    pub last_response_at: Monotonic,
    pub(crate) since: Monotonic,
    pub(crate) pause: u32,
}

/// Whether the lists of an instance's backups contain a creation's backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// No list was read since it exists.
    Unread,
    /// No list has contained it.
    Never,
    /// The newest list contains it, or did before a reload.
    Listed,
    /// A list has contained it, and complete lists have lacked it since the given time.
    Missing(Monotonic),
}

/// What keeps the page from knowing the outcome.
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
    /// The answer isn't a list.
    Failed(Failure),
    /// The list is too long, was cut short, or changes while it is read.
    Incomplete,
    /// The instance is backing up, possibly this very backup.
    InstanceBackingUp,
    /// The page has stopped asking by itself.
    GaveUp,
    /// After a link or a reload: nothing is sent before the user's press.
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
    /// The name exists, perhaps because of this very request.
    NameTaken(Failure),
    /// A refusal that doesn't rule out that the request, or an earlier attempt, has created a backup.
    Refused(Failure),
    /// The page was reloaded while the request was under way.
    Reloaded,
    /// The page was reloaded while it waited for the instance to be ready in order to resend the request.
    ReloadedWhileAwaiting,
}

impl Cause {
    /// The inconclusive answer, if there was one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Unclear(failure) | Self::NameTaken(failure) | Self::Refused(failure) => Some(failure),
            Self::Unreachable | Self::TimedOut | Self::Cancelled | Self::Reloaded | Self::ReloadedWhileAwaiting => None,
        }
    }
}

/// How a creation has ended. [`Outcome::Unknown`], [`Outcome::Refused`] and [`Outcome::NotCreated`] are replaced if the
/// backup shows up after all.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The backup is complete.
    Completed,
    /// The backup has failed.
    Failed,
    /// The backup existed, and is gone.
    Gone,
    /// The API refused, and there is no backup.
    Refused(Failure),
    /// Nothing was sent.
    NotSent(NotSent),
    /// There is no answer, and no backup.
    NotCreated,
    /// The name was already taken: by this backup, or by none of the instance's manual ones.
    NameTaken(Option<Box<Backup>>),
    /// It isn't known whether there is a backup.
    Unknown(Unknown),
}

/// Why nothing was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum NotSent {
    /// The user cancelled in time.
    Cancelled,
    /// The API rejected the token when the list was read.
    TokenRejected(Failure),
    /// The token was missing.
    TokenMissing,
    /// Nothing answers at the endpoint.
    Unreachable,
    /// The web server of the page wanted its user to sign in when the list was to be read.
    WebServerLogin,
    /// The page's Content-Security-Policy forbids calls to the endpoint.
    Forbidden,
    /// The browser can't build a request from it.
    InvalidRequest,
    /// The instance didn't become ready within an hour.
    InstanceStaysBusy,
    /// Too much time passed between the press and the request, as when the machine slept.
    Lapsed,
}

/// Why it isn't known whether there is a backup.
#[derive(Clone, Debug, PartialEq)]
pub enum Unknown {
    /// The list couldn't be read.
    Blocked(Blocker),
    /// Something answers, but the browser withholds the answers from this page (CORS).
    OriginNotAllowed,
    /// A backup of this name began near the press, and it can't be determined whose it is.
    Near(Box<Backup>),
    /// The API has accepted the request, but no list has contained the backup since.
    NeverListed,
    /// The user stopped the search.
    Stopped,
}

/// How certain it is that a backup is the press's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Its ID was in the response.
    Responded,
    /// It appeared in the list after the press. A request by somebody else for the same name at that moment can't be
    /// ruled out.
    Listed,
}

impl Certainty {
    /// The word for it in receipts and exports: how the backup was identified. With `name`, a request by somebody else
    /// for the same name at that moment can't be ruled out.
    pub fn word(self) -> &'static str {
        match self {
            Self::Responded => "answer",
            Self::Listed => "name",
        }
    }
}

/// What the host page was told about a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Announced {
    /// Nothing.
    Nothing,
    /// That it exists.
    Created,
    /// That it has ended.
    Finished,
}

/// How the page learned about a creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It was pressed here.
    Press,
    /// A link names its backup.
    Link,
    /// It was pressed before a reload, so the time is only known by the wall clock.
    Reload,
}
