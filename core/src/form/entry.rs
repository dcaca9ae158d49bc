//! What was typed into one field.

use std::rc::Rc;

/// A field: its text as typed, and how much of a judgement the user wants.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entry<T = Rc<str>> {
    /// The text as typed.
    pub text: T,
    /// How much is said about it.
    pub stage: ValidationStage,
}

/// How much is said about a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValidationStage {
    /// It is being filled in: only what is final already.
    #[default]
    Typing,
    /// It was left with a text, or pasted into: everything but that it is missing.
    Checked,
    /// It was to be sent: everything.
    Submitted,
}

/// An entry of the list of databases.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseEntry {
    /// Tells the entry from the others when some are removed.
    pub key: u32,
    /// The database's name.
    pub entry: Entry,
}

/// How the databases of a partial backup are to be backed up, as the user has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DatabaseMode {
    /// All together.
    #[default]
    Together,
    /// Each by itself: `backup_database_individually`.
    Individually,
}

impl DatabaseMode {
    /// As the box for it is ticked.
    pub(crate) fn of_tick(is_ticked: bool) -> Self {
        if is_ticked { Self::Individually } else { Self::Together }
    }
}
