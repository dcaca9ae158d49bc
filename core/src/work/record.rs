//! The record of a creation for receipts, exports and the host page.

use std::rc::Rc;

use contract::backup::Backup;

use crate::clock::UnixMillis;
use crate::target::Target;
use crate::work::stage::Certainty;

/// The record of a creation for receipts, exports and the host page.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The key of the creation.
    pub key: u32,
    /// Everything that is known of the backup; name, description and databases are the requested ones if the API states
    /// none.
    pub backup: Backup,
    /// When it was requested, if this page requested it.
    pub requested: Option<UnixMillis>,
    /// The ID of the request, if the server stated it.
    pub request_id: Option<String>,
    /// Whether each of its databases was to be backed up by itself.
    pub is_individual: bool,
    /// What restores a new instance from it; empty where it isn't known to be there.
    pub restore_point: String,
    /// The error code of a refusal, or its HTTP status.
    pub error_code: String,
    /// How certain it is that the backup is this press's; `None` for a backup from a link.
    pub certainty: Option<Certainty>,
    /// The outcome of the press, in one word: see [`Creation::outcome_code`].
    pub outcome: &'static str,
    /// The newest full backup before it, as far as the page knew the instance's backups when it was completed.
    pub previous_full: Option<Rc<Backup>>,
    /// The endpoint and project.
    pub target: Target,
    /// The instance.
    pub instance_id: String,
}

/// An event for the host page or the user's system.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// A backup exists.
    Created(Record),
    /// The backup has ended.
    Finished(Record),
    /// A press has created no backup.
    Refused(Record),
}
