//! What creations and lists are asked to do.

use contract::backup::CreateBackup;

use super::arrangement::Arrangement;
use crate::reply::{Failed, NoResponse, Received};
use crate::target::Target;
use crate::ticket::Ticket;
use crate::visibility::Visibility;

/// Commands to `work`, and what came back. A token that is needed is in the credentials: the press has put it there.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkAction {
    /// `Create backup`, on a form without faults.
    Create(Target, CreateBackup),
    /// `Create anyway`, where the reading before it got no answer.
    CreateAnyway(u32),
    /// `Try again`: the same request once more.
    TryAgain(u32),
    /// `Try again when the instance is ready`.
    AwaitInstance(u32),
    /// `Look again`, or `Follow` for a backup that a link names.
    LookAgain(u32),
    /// `Cancel`, or `Stop looking`.
    Cancel(u32),
    /// `Dismiss`, at a backup that a link names.
    Dismiss(u32),
    /// What was under way when the page was left, as it was kept.
    Restored(String),
    /// Whether the browser keeps what is under way.
    MarkerKept(Result<(), Failed>),
    /// A link names a backup of an instance, to be followed.
    Watched {
        /// Where to ask.
        target: Target,
        /// The instance.
        instance_id: String,
        /// The backup.
        backup_id: String,
    },
    /// A call came to its end.
    Replied(Ticket, Result<Received, NoResponse>),
    /// A probe came to its end: whether anything answered at the endpoint.
    Probed(Ticket, Result<(), Failed>),
    /// A wait is over.
    Waited(Ticket),
    /// The page was hidden or shown.
    VisibilityChanged(Visibility),
    /// There is a new token for a target.
    TokenGiven(Target),
    /// Tokens were forgotten.
    TokenForgotten,
    /// `Load instances`.
    LoadInstances(Target),
    /// The search for an instance has another text.
    InstanceSearched(String),
    /// The list of instances was closed.
    InstancesClosed,
    /// An instance was chosen: its databases are wanted where it has some, and its backups.
    InstanceChosen(Target, String),
    /// `Show backups`.
    ShowBackups(Target, String),
    /// The backups are to be shown otherwise.
    BackupsArranged(Arrangement),
    /// `Notify me when it is done`.
    NotifyPressed,
    /// The browser allows notifications, or not.
    NotificationsAnswered(Result<(), Failed>),
}

impl WorkAction {
    pub(crate) fn is_the_users(&self) -> bool {
        match self {
            Self::Cancel(_)
            | Self::Dismiss(_)
            | Self::InstanceSearched(_)
            | Self::BackupsArranged(_)
            | Self::NotifyPressed => true,
            Self::Create(..)
            | Self::CreateAnyway(_)
            | Self::TryAgain(_)
            | Self::AwaitInstance(_)
            | Self::LookAgain(_)
            | Self::Restored(_)
            | Self::MarkerKept(_)
            | Self::Watched { .. }
            | Self::Replied(..)
            | Self::Probed(..)
            | Self::Waited(_)
            | Self::VisibilityChanged(_)
            | Self::TokenGiven(_)
            | Self::TokenForgotten
            | Self::LoadInstances(_)
            | Self::InstancesClosed
            | Self::InstanceChosen(..)
            | Self::ShowBackups(..)
            | Self::NotificationsAnswered(_) => false,
        }
    }
}
