//! What a creation is to others: to receipts, exports and the page around the console.

use contract::backup::Backup;

use crate::clock::UnixMillis;
use crate::target::Target;
use crate::work::stage::Certainty;

/// What a creation is to others: to receipts, exports and the page around the console.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The key of the creation.
    pub key: u32,
    /// Everything that is known of the backup: name, description and databases are those asked for where the API names none.
    pub backup: Backup,
    /// When it was asked for, where this page asked.
    pub requested: Option<UnixMillis>,
    /// The ID of the request, where the server told.
    pub request_id: Option<String>,
    /// How sure it is that the backup is this press's; `None` for one that a link has brought.
    pub certainty: Option<Certainty>,
    /// What became of the press, in one word: see [`Creation::outcome_code`].
    pub outcome: &'static str,
    /// Where to.
    pub target: Target,
    /// The instance.
    pub instance_id: String,
}

/// What the page around the console, or the user's system, may want to know.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// A backup exists.
    Created(Record),
    /// It has come to its end.
    Finished(Record),
    /// A press has made no backup.
    Refused(Record),
}
