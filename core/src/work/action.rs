//! Actions for creations and lists.

use contract::backup::CreateBackup;

use super::arrangement::Arrangement;
use super::notifications::NoNotification;
use crate::reply::{Failed, NoResponse, Received};
use crate::target::Target;
use crate::ticket::Ticket;
use crate::visibility::Visibility;

/// Commands to `work`, and the replies. If a press needs a token, it has already put it into the credentials.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkAction {
    /// `Create backup`, on a form without faults.
    Create(Target, CreateBackup),
    /// `Create … backups`: one of each selected instance.
    CreateSeveral(Target, Vec<CreateBackup>),
    /// `Create anyway`, after the reading that precedes a POST got no answer.
    CreateAnyway(u32),
    /// `Try again`: the same request once more.
    TryAgain(u32),
    /// `Try again when the instance is ready`.
    AwaitInstance(u32),
    /// `Look again`, or `Follow` for a backup that a link names.
    LookAgain(u32),
    /// `Cancel`, or `Stop looking`.
    Cancel(u32),
    /// `Try the … again`: those of a press for several instances that have created no backup. The key of one of them.
    TryBatchAgain(u32),
    /// `Look for the … again`, likewise: those whose outcome isn't known.
    LookAgainAtBatch(u32),
    /// `Cancel`, likewise: all that wasn't sent, or waits.
    CancelBatch(u32),
    /// `Dismiss`, at a backup that a link names.
    Dismiss(u32),
    /// Backups that were under way when the page was left, as they were stored.
    Restored(String),
    /// Whether the browser can store what is under way.
    UnderwayPersisted(Result<(), Failed>),
    /// A link names backups to be followed, each by instance and ID.
    Watched(Target, Vec<(String, String)>),
    /// A call has ended.
    Replied(Ticket, Result<Received, NoResponse>),
    /// A probe has ended: whether anything answered at the endpoint.
    Probed(Ticket, Result<(), Failed>),
    /// A wait has ended.
    Waited(Ticket),
    /// The page was hidden or shown.
    VisibilityChanged(Visibility),
    /// There is a new token for a target.
    TokenGiven(Target),
    /// Tokens were forgotten.
    TokenForgotten,
    /// `Load instances`.
    LoadInstances(Target),
    /// The text of the search for an instance has changed.
    InstanceSearched(String),
    /// The list of instances was closed.
    InstancesClosed,
    /// An instance was chosen: its backups are loaded, and its databases, if they can be backed up by themselves.
    InstanceChosen(Target, String, bool),
    /// `Show backups`.
    ShowBackups(Target, String),
    /// The arrangement of the backups has changed.
    BackupsArranged(Arrangement),
    /// `Notify me when it is done`.
    NotifyPressed,
    /// Whether the browser allows notifications.
    NotificationsAnswered(Result<(), NoNotification>),
    /// The browser has shown no notification.
    NotificationMissed(NoNotification),
}

impl WorkAction {
    pub(crate) fn is_the_users(&self) -> bool {
        match self {
            Self::Cancel(_)
            | Self::CancelBatch(_)
            | Self::Dismiss(_)
            | Self::InstanceSearched(_)
            | Self::BackupsArranged(_)
            | Self::NotifyPressed => true,
            Self::Create(..)
            | Self::CreateSeveral(..)
            | Self::CreateAnyway(_)
            | Self::TryAgain(_)
            | Self::AwaitInstance(_)
            | Self::LookAgain(_)
            | Self::TryBatchAgain(_)
            | Self::LookAgainAtBatch(_)
            | Self::Restored(_)
            | Self::UnderwayPersisted(_)
            | Self::Watched(..)
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
            | Self::NotificationsAnswered(_)
            | Self::NotificationMissed(_) => false,
        }
    }
}
