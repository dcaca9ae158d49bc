//! What the user should know of what has happened by itself.

use contract::rules::Field;

use crate::language::Language;
use crate::option_fault::{OptionFault, SettingsSource};

/// Something that the user should know of what has happened by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The form was filled from a link; what it had before can be brought back.
    LinkFilled,
    /// A link had a token, or what may be one, which was dropped.
    LinkHadToken,
    /// A link had names that the page doesn't know.
    LinkUnknown(Vec<String>),
    /// A link names a backup to follow, and says too little about which, or where.
    WatchIncomplete,
    /// A link came while a press waited, and wasn't taken over.
    LinkMissed,
    /// The form has what stood in it before the page was loaded again.
    DraftRestored,
    /// The form was cleared; it can be brought back.
    Cleared,
    /// The form was filled for what was pressed; what it had before can be brought back.
    FormFilled,
    /// These fields were filled from the token, and can be emptied again.
    FilledFromToken(Vec<Field>),
    /// The page around the console has supplied no token.
    TokenNotSupplied,
    /// What was pressed wasn't done: too much time had passed, as when the machine slept, or the page was left or changed.
    PressLapsed,
    /// What was pressed wasn't done: only then the token filled in where it would have led to.
    PressedBeforeFilled,
    /// What was pressed for, of all selected instances, was requested before: nothing was sent.
    AlreadyRequested,
    /// What was pressed at a card is for an endpoint that may not be called.
    NotCallable,
    /// The sentences of a language failed to load.
    LanguageMissing(Language),
    /// A setting is wrong, and who set it.
    Option(OptionFault, SettingsSource),
}

impl Notice {
    /// Whether it says that something else took the place of what stood in the form.
    pub fn is_about_form(&self) -> bool {
        matches!(self, Self::Cleared | Self::LinkFilled | Self::FormFilled | Self::FilledFromToken(_))
    }
}
