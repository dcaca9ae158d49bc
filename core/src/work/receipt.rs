//! The receipt for a change ticket: everything that is known of a backup, without the token.

use contract::backup::{Backup, Kind, Status};
use contract::command::restore_point;
use contract::time::{Time, UnixSeconds, parse};
use serde::Serialize;

use super::export::Row;
use super::record::Record;
use crate::work::creation::Creation;
use crate::work::stage::{Certainty, Outcome, Stage};

/// A backup for the record, with the API's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The backup's ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The instance.
    pub instance_id: String,
    /// The description.
    pub description: String,
    /// The databases of a partial backup.
    pub databases: Vec<String>,
    /// Whether each of them was to be backed up by itself.
    pub backup_database_individually: bool,
    /// The type, as the API names it.
    pub r#type: String,
    /// What has come of the request, in one word: see [`Creation::outcome_code`].
    pub outcome: &'static str,
    /// The error code of a refusal, or its HTTP status.
    pub error_code: String,
    /// The status, as the API names it.
    pub status: String,
    /// When it was requested, if this page requested it.
    pub requested: Option<Written>,
    /// When it began.
    pub begin: Option<Written>,
    /// When it ended.
    pub end: Option<Written>,
    /// How long it took.
    pub duration_seconds: Option<i64>,
    /// Its size in kB.
    pub size_kb: Option<i64>,
    /// The ID of the request, for the cloud's support.
    pub request_id: Option<String>,
    /// How the backup was identified: see [`Certainty::word`].
    pub known_by: Option<&'static str>,
    /// The newest full backup before it that the page knew of, for comparison.
    pub previous_full: Option<PreviousFull>,
    /// What restores a new instance from it: a part of "Creating a DB Instance"; empty until it is completed.
    pub restore_point: String,
    /// The event in the audit trail (Cloud Trace Service) that its creation leaves.
    pub audit_event: &'static str,
    /// The endpoint.
    pub endpoint: String,
    /// The project.
    pub project_id: String,
}

/// What an earlier backup is compared by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreviousFull {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How long it took.
    pub duration_seconds: Option<i64>,
    /// Its size in kB.
    pub size_kb: Option<i64>,
}

/// The event that creating a manual backup leaves in the audit trail ("RDS Operations That Can Be Recorded by CTS").
const AUDIT_EVENT: &str = "createManualSnapshot";

/// A moment in two notations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// In UTC; as the API sent it where it states no zone.
    pub utc: String,
    /// In the user's time zone; empty if the API stated no zone.
    pub local: String,
}

impl Creation {
    /// The record of this creation for other parts.
    pub fn record(&self) -> Record {
        Record {
            key: self.key,
            backup: self.backup.clone(),
            requested: self.requested,
            request_id: self.request_id.clone(),
            is_individual: self.request.as_ref().is_some_and(|request| request.backup_database_individually),
            restore_point: self.restorable().map(|(instance, id)| restore_point(instance, id)).unwrap_or_default(),
            error_code: Row::of(self).error_code,
            certainty: self.certainty,
            outcome: self.outcome_code(),
            previous_full: self.previous_full.clone(),
            target: self.target.clone(),
            instance_id: self.instance_id.clone(),
        }
    }

    /// The outcome as one word: `created`, `refused`, `not_sent`, `not_created`, `name_taken`, `gone`, `unknown`, or
    /// `under_way`.
    pub fn outcome_code(&self) -> &'static str {
        match &self.stage {
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_) => "under_way",
            Stage::Building(_) => "created",
            Stage::Ended(outcome) => match outcome {
                Outcome::Completed | Outcome::Failed => "created",
                Outcome::Gone => "gone",
                Outcome::Refused(_) => "refused",
                Outcome::NotSent(_) => "not_sent",
                Outcome::NotCreated => "not_created",
                Outcome::NameTaken(_) => "name_taken",
                Outcome::Unknown(_) => "unknown",
            },
        }
    }
}

impl Receipt {
    /// The receipt of a backup. `offset` returns by how many minutes the user's clock is ahead of UTC at a moment.
    pub fn of(record: &Record, offset: impl Fn(UnixSeconds) -> i64) -> Self {
        let write = |moment: UnixSeconds| Written { utc: moment.at_offset(0), local: moment.at_offset(offset(moment)) };
        let read = |sent: &Option<String>| match sent.as_deref().map(|sent| (sent, parse(sent)))? {
            (_, Some(Time::Exact(moment))) => Some(write(moment)),
            (sent, _) => Some(Written { utc: sent.to_owned(), local: String::new() }),
        };
        let Backup { id, name, description, databases, begin_time, status, kind, end_time, size, .. } = &record.backup;
        Self {
            id: id.clone().unwrap_or_default(),
            name: name.clone().unwrap_or_default(),
            instance_id: record.instance_id.clone(),
            description: description.clone().unwrap_or_default(),
            databases: databases.clone(),
            backup_database_individually: record.is_individual,
            r#type: kind.as_ref().map(Kind::code).unwrap_or_default().to_owned(),
            outcome: record.outcome,
            error_code: record.error_code.clone(),
            status: status.as_ref().map(Status::code).unwrap_or_default().to_owned(),
            requested: record.requested.map(|requested| write(requested.moment())),
            begin: read(begin_time),
            end: read(end_time),
            duration_seconds: record.backup.duration(),
            size_kb: *size,
            request_id: record.request_id.clone(),
            known_by: record.certainty.map(Certainty::word),
            previous_full: record.previous_full.as_ref().map(|previous| PreviousFull {
                id: previous.id.clone().unwrap_or_default(),
                name: previous.name.clone().unwrap_or_default(),
                duration_seconds: previous.duration(),
                size_kb: previous.size,
            }),
            restore_point: record.restore_point.clone(),
            audit_event: AUDIT_EVENT,
            endpoint: record.target.endpoint.typed().to_owned(),
            project_id: record.target.project_id.as_str().to_owned(),
        }
    }
}
