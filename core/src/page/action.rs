//! What is done to the page as a whole.

use crate::language::Language;
use crate::notice::Notice;
use crate::preferences::Theme;
use crate::reply::Failed;

/// What is done to the page as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum PageAction {
    /// A language was chosen.
    LanguageChosen(Language),
    /// Its sentences failed to load.
    LanguageMissing(Language),
    /// Colours were chosen.
    ThemeChosen(Theme),
    /// There is something that the user should know.
    Noticed(Notice),
    /// `Dismiss` at the notices.
    DismissPressed,
    /// The form has again what stood in it before it was cleared or filled.
    FormRestored,
}

impl PageAction {
    pub(crate) fn is_the_users(&self) -> bool {
        match self {
            Self::LanguageChosen(_) | Self::ThemeChosen(_) | Self::DismissPressed => true,
            Self::LanguageMissing(_) | Self::Noticed(_) | Self::FormRestored => false,
        }
    }
}

/// What the user takes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareAction {
    /// A copy button.
    CopyPressed(CopyTarget),
    /// A copy is done, or failed.
    CopyEnded(CopyTarget, Result<(), Failed>),
    /// The field with a text that wasn't copied is closed.
    CopyDismissed,
    /// `Show request` or `Hide request`.
    PreviewToggled,
    /// `Print`.
    PrintPressed,
    /// `Download receipt`; the key of its creation.
    ReceiptPressed(u32),
    /// `Download receipt`, as JSON or CSV, of all backups of a press for several instances; the key of one of them.
    BatchReceiptPressed(u32, Format),
    /// `Export as JSON` or `as CSV`.
    ExportPressed(Format),
}

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
    /// The receipt of all backups of a press for several instances; the key of one of them.
    BatchReceipt(u32),
    /// What restores a new instance from a creation's backup; its key.
    RestorePoint(u32),
    /// The command of the OpenStack client for that.
    RestoreByOpenStack(u32),
    /// The command of curl that gets a token.
    TokenByCurl,
    /// The command of the OpenStack client that gets a token.
    TokenByOpenStack,
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

/// A format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
}
