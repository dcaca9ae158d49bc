//! Presses that need a token.

use crate::action::Action;

/// A press that needs a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Press {
    /// `Create backup`.
    Submit,
    /// `Load instances`.
    LoadInstances,
    /// `Show backups`.
    ShowBackups,
    /// `Try again`, at a creation.
    TryAgain(u32),
    /// `Create anyway`.
    CreateAnyway(u32),
    /// `Look again`.
    LookAgain(u32),
    /// `Try again when the instance is ready`.
    AwaitInstance(u32),
}

impl Press {
    /// The press that an action is, where it needs a token.
    pub(crate) fn of(action: &Action) -> Option<Self> {
        match action {
            Action::SubmitPressed => Some(Self::Submit),
            Action::LoadInstancesPressed => Some(Self::LoadInstances),
            Action::ShowBackupsPressed => Some(Self::ShowBackups),
            Action::TryAgainPressed(key) => Some(Self::TryAgain(*key)),
            Action::CreateAnywayPressed(key) => Some(Self::CreateAnyway(*key)),
            Action::LookAgainPressed(key) => Some(Self::LookAgain(*key)),
            Action::AwaitInstancePressed(key) => Some(Self::AwaitInstance(*key)),
            _ => None,
        }
    }

    /// The creation that it is about.
    pub(crate) fn key(self) -> Option<u32> {
        match self {
            Self::TryAgain(key) | Self::CreateAnyway(key) | Self::LookAgain(key) | Self::AwaitInstance(key) => {
                Some(key)
            }
            Self::Submit | Self::LoadInstances | Self::ShowBackups => None,
        }
    }
}
