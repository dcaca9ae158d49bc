//! What the user did, or what came back: data, and what features ask of each other.

use contract::backup::CreateBackup;
use contract::codes::ErrorKind;
use contract::rules::Field;
use contract::secret::Secret;

use crate::form::engine_choice::EngineChoice;
use crate::option_fault::OptionFault;
use crate::options::Options;
use crate::preferences::{Language, Theme};
use crate::reply::{Failed, NoResponse, Received};
use crate::target::Target;
use crate::ticket::Ticket;
use crate::work::arrangement::Arrangement;

/// Something that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyTarget {
    /// The ID of a creation's backup; its key.
    BackupId(u32),
    /// The ID of a backup in the list, counted from 0 as it is shown.
    ListedId(usize),
    /// The newest answer of a creation as it came; its key.
    Response(u32),
    /// The request before it is sent.
    Request(Shown),
    /// A link to the form as it stands.
    FormLink,
    /// A link that follows a backup; the key of its creation.
    WatchLink(u32),
    /// The receipt of a backup; the key of its creation.
    Receipt(u32),
}

/// How a request is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As HTTP has it.
    Http,
    /// As a command of curl.
    Curl,
    /// As a command of the OpenStack client.
    OpenStack,
}

/// What the next backup has in common with this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Everything but the instance: the databases, too, since without them it would be a full backup.
    OtherInstance,
    /// Everything but the name.
    NewName,
}

/// How a field's new text came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Key by key.
    Typed,
    /// At once, and whole.
    Pasted,
    /// From a draft, or from what stood in the page before its program: as it was, and chosen by nobody just now.
    Restored,
}

/// Why a field is refused, beside what its rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRefusal {
    /// The API refuses it.
    ByApi(ErrorKind),
    /// A backup of this name was asked for already, with other databases or another description, and may be on its way.
    UnderWay,
    /// The same, and nobody knows what has become of it.
    Unsettled,
}

/// A format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
}

/// Whether the user can see the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// It is in view.
    #[default]
    Shown,
    /// It is in a tab behind, or minimised.
    Hidden,
}

/// What the user did, or what came back. It can carry a token, so it has no `Debug` outside tests.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum Action {
    /// A field has a new text.
    Edited(Field, String, Input),
    /// The token's field has a new text.
    TokenEdited(Secret, Input),
    /// A list was pasted into a database entry.
    DatabasesPasted(usize, String),
    /// The focus left a field.
    Blurred(Field),
    /// `Add database`.
    AddDatabasePressed,
    /// `Remove database N`, counted from 0.
    RemoveDatabasePressed(usize),
    /// The user says which engine the instance has.
    EngineChosen(EngineChoice),
    /// Show or hide the token.
    RevealTokenPressed,
    /// `Forget token`.
    ForgetTokenPressed,
    /// `Use the token at …`: the endpoint in the form is the one that is meant.
    EndpointConfirmed,
    /// `Create backup`, or Enter in a field.
    SubmitPressed,
    /// `Cancel` beside `Create backup`: what was pressed and waits for something isn't done.
    CancelPressed,
    /// `Cancel` or `Stop looking` at a creation.
    CancelCreationPressed(u32),
    /// `Try again`, with the same name.
    TryAgainPressed(u32),
    /// `Create anyway`.
    CreateAnywayPressed(u32),
    /// `Look again`, or `Follow`.
    LookAgainPressed(u32),
    /// `Try again when the instance is ready`.
    AwaitInstancePressed(u32),
    /// A call came to its end.
    Responded {
        /// The call's ticket.
        ticket: Ticket,
        /// What became of it.
        result: Result<Received, NoResponse>,
    },
    /// A probe came to its end: whether anything answered at the endpoint.
    Probed(Ticket, Result<(), Failed>),
    /// A wait is over.
    Waited(Ticket),
    /// The page was hidden or shown.
    VisibilityChanged(Visibility),
    /// The page is put away (`pagehide`): the browser may keep it as it is, and show it again.
    PageHidden,
    /// `Load instances`.
    LoadInstancesPressed,
    /// The search for an instance has another text.
    InstanceSearched(String),
    /// An instance was chosen from the list.
    InstanceChosen(String),
    /// `Suggest a name`.
    SuggestNamePressed,
    /// A database of the chosen instance was ticked or unticked.
    DatabaseTicked(String),
    /// `Show backups`.
    ShowBackupsPressed,
    /// The backups are to be shown otherwise.
    BackupsArranged(Arrangement),
    /// `ShowNotification me when it is done`.
    NotifyPressed,
    /// The browser allows notifications, or not.
    NotificationsAnswered(Result<(), Failed>),
    /// `Export as JSON` or `as CSV`.
    ExportPressed(Format),
    /// A copy button.
    CopyPressed(CopyTarget),
    /// A copy is done.
    CopyEnded(CopyTarget, Result<(), Failed>),
    /// A language was chosen.
    LanguageChosen(Language),
    /// Its sentences couldn't be had.
    LanguageMissing(Language),
    /// The part of the program is here that has to do with requests, or couldn't be had.
    LaterLoaded(Result<(), Failed>),
    /// Colours were chosen.
    ThemeChosen(Theme),
    /// The page was opened, or its address got another end.
    Opened {
        /// What stands behind `#`.
        fragment: String,
        /// What the tab has kept; `None` where only the address has changed.
        kept: Option<Kept>,
    },
    /// A link within the page to a field was followed.
    FieldLinkPressed(Field),
    /// `Show request` or `Hide request`.
    RequestPressed,
    /// Escape.
    EscapePressed,
    /// `Clear form`.
    ClearFormPressed,
    /// `Bring it back`.
    RestorePressed,
    /// `Dismiss` at the notices.
    DismissPressed,
    /// `Repeat …`.
    RepeatPressed(Repeat),
    /// `Dismiss` at a backup that a link names; the key of its creation.
    DismissCreationPressed(u32),
    /// `Put … into the form`: the endpoint and the project of a creation; its key.
    TakeTargetPressed(u32),
    /// `Print`.
    PrintPressed,
    /// `Download receipt`; the key of its creation.
    ReceiptPressed(u32),
    /// The page around the console has supplied a token, or none.
    TokenSupplied(Ticket, Option<Secret>),
    /// The page around the console has set something else.
    OptionsSet(Options, Vec<OptionFault>),
    /// Whether the browser keeps what is under way for a reload.
    MarkerKept(Result<(), Failed>),
    /// Something for [`super::Work`].
    Work(WorkAction),
    /// The API refuses a field, or the page does for another press.
    FieldRefused {
        /// The field.
        field: Field,
        /// Why.
        refusal: FieldRefusal,
        /// The request that was refused: what stands in the field by now may be another text.
        of: Box<CreateBackup>,
    },
    /// A request goes out.
    RequestSent,
    /// The backup of the newest press exists.
    BackupExists,
    /// A press needs another token: its own was rejected.
    TokenWanted,
    /// A press needs a token: its own was forgotten.
    TokenMissing,
    /// Something that goes on by itself needs another token for a target.
    TokenWantedFor(Target),
    /// The token in the form is complete.
    TokenGiven,
}

/// What the tab has kept for a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What stood in the form.
    pub draft: String,
    /// What was under way.
    pub marker: String,
}

impl Action {
    /// Whether it would change what a press that waits was made from.
    pub(super) fn edits_the_form(&self) -> bool {
        matches!(
            self,
            Self::ClearFormPressed
                | Self::RestorePressed
                | Self::RepeatPressed(_)
                | Self::TakeTargetPressed(_)
                | Self::Edited(..)
                | Self::TokenEdited(..)
                | Self::EndpointConfirmed
                | Self::DatabasesPasted(..)
                | Self::Blurred(_)
                | Self::AddDatabasePressed
                | Self::RemoveDatabasePressed(_)
                | Self::EngineChosen(_)
                | Self::DatabaseTicked(_)
                | Self::SuggestNamePressed
                | Self::LoadInstancesPressed
                | Self::InstanceChosen(_)
                | Self::ShowBackupsPressed
        )
    }

    /// Whether the user did it; else it came back from the browser or the network, or followed from something else.
    pub(super) fn is_the_users(&self) -> bool {
        !matches!(
            self,
            Self::CopyEnded(..)
                | Self::LanguageMissing(_)
                | Self::LaterLoaded(_)
                | Self::Blurred(_)
                | Self::Responded { .. }
                | Self::Waited(_)
                | Self::Probed(..)
                | Self::NotificationsAnswered(_)
                | Self::VisibilityChanged(_)
                | Self::PageHidden
                | Self::Opened { .. }
                | Self::TokenSupplied(..)
                | Self::OptionsSet(..)
                | Self::MarkerKept(_)
                | Self::Work(_)
                | Self::FieldRefused { .. }
                | Self::RequestSent
                | Self::BackupExists
                | Self::TokenWanted
                | Self::TokenMissing
                | Self::TokenWantedFor(_)
                | Self::TokenGiven
        )
    }
}

/// What is done about requests, or came back. What needs a token finds it in the credentials: the press has put it there.
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
    /// The browser allows notifications, or not.
    NotificationsAnswered(Result<(), Failed>),
}
