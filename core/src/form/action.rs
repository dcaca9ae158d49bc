//! What is done to the form.

use contract::backup::CreateBackup;
use contract::codes::ErrorKind;
use contract::rules::Field;
use contract::secret::Secret;

use super::engine_choice::EngineChoice;
use crate::target::Target;

/// What is typed and pressed in the form.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum FormAction {
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
    /// That each database is backed up individually was ticked or unticked.
    IndividuallyTicked(bool),
    /// The user says which engine the instance has.
    EngineChosen(EngineChoice),
    /// Show or hide the token.
    RevealTokenPressed,
    /// `Forget token`.
    ForgetTokenPressed,
    /// `Use the token at …`: the endpoint in the form is the one that is meant.
    EndpointConfirmed,
    /// `Clear form`.
    ClearFormPressed,
    /// A link within the page to a field was followed.
    FieldLinkPressed(Field),
}

impl FormAction {
    /// Whether it changes what would be sent.
    pub(crate) fn edits(&self) -> bool {
        match self {
            Self::RevealTokenPressed | Self::ForgetTokenPressed | Self::FieldLinkPressed(_) => false,
            Self::Edited(..)
            | Self::TokenEdited(..)
            | Self::DatabasesPasted(..)
            | Self::Blurred(_)
            | Self::AddDatabasePressed
            | Self::RemoveDatabasePressed(_)
            | Self::IndividuallyTicked(_)
            | Self::EngineChosen(_)
            | Self::EndpointConfirmed
            | Self::ClearFormPressed => true,
        }
    }
}

/// What has become of tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenAction {
    /// A press needs another token: its own was rejected.
    Wanted,
    /// A press needs a token: its own was forgotten.
    Missing,
    /// Something that goes on by itself needs another token for a target.
    WantedFor(Target),
    /// The token in the form is complete.
    Given,
    /// What goes on by itself may ask the page around the console for a token if it waits for one; but not for the target that
    /// has just got one.
    RenewOthers(Option<Target>),
}

/// What fills or marks the form from outside it.
#[derive(Clone, Debug, PartialEq)]
pub enum FillAction {
    /// `Suggest a name`.
    SuggestNamePressed,
    /// An instance was chosen from the list.
    InstanceChosen(String),
    /// An instance of the list was ticked or unticked.
    InstanceTicked {
        /// Its ID.
        id: String,
        /// Whether those between it and the one before become as it is (Shift).
        extends: bool,
    },
    /// `Select all shown`.
    ShownSelected,
    /// `Remove …` at a selected instance; its ID.
    InstanceUnselected(String),
    /// `Clear selection`.
    SelectionCleared,
    /// `Use the current time in the names`.
    NamesRenewed,
    /// A database of the chosen instance was ticked or unticked.
    DatabaseTicked(String),
    /// `Repeat …`.
    RepeatPressed(Repeat),
    /// `Put … into the form`: the endpoint and the project of a creation; its key.
    TakeTargetPressed(u32),
    /// `Bring it back`.
    RestorePressed,
    /// Ctrl+Z in a field in which the page has replaced something.
    UndoPressed(Field),
    /// `Use the project of the token`.
    UseTokenProjectPressed,
    /// `Use rds.…`: the address of the endpoint that is meant.
    UseEndpointPressed(String),
    /// `Keep the token only`: what follows its end is dropped.
    TrimTokenPressed,
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
}

impl FillAction {
    pub(crate) fn is_the_users(&self) -> bool {
        match self {
            Self::SuggestNamePressed
            | Self::InstanceChosen(_)
            | Self::InstanceTicked { .. }
            | Self::ShownSelected
            | Self::InstanceUnselected(_)
            | Self::SelectionCleared
            | Self::NamesRenewed
            | Self::DatabaseTicked(_)
            | Self::RepeatPressed(_)
            | Self::TakeTargetPressed(_)
            | Self::RestorePressed
            | Self::UndoPressed(_)
            | Self::UseTokenProjectPressed
            | Self::UseEndpointPressed(_)
            | Self::TrimTokenPressed => true,
            Self::FieldRefused { .. } | Self::RequestSent | Self::BackupExists => false,
        }
    }
}

/// How a field's new text came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Key by key.
    Typed,
    /// At once, and whole.
    Pasted,
    /// Restored from a draft or the prerendered form; not entered by the user just now.
    Restored,
}

/// Why a field is refused, beside what its rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRefusal {
    /// The API refuses it.
    ByApi(ErrorKind),
    /// A backup of this name was asked for already, with other databases or another description, and may be on its way.
    UnderWay,
    /// The same, and its outcome is unknown.
    Unsettled,
    /// A backup of one of the instances is under way under another name.
    InstanceUnderWay,
}

/// What the next backup has in common with this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Everything but the instance: the databases, too, since without them it would be a full backup.
    OtherInstance,
    /// Everything but the name.
    NewName,
}
