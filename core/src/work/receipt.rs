//! What stands in a change ticket: everything that is known of a backup, and nothing of the token.

use contract::backup::{Backup, Kind, Status};
use contract::time::{Time, UnixSeconds, parse};
use serde::Serialize;

use super::record::Record;
use crate::link::Link;
use crate::work::creation::Creation;
use crate::work::stage::{Certainty, Outcome, Stage};

/// A backup for the record, named as the API names things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The backup's ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The instance.
    pub instance_id: String,
    /// What was written about it.
    pub description: String,
    /// The databases of a partial backup.
    pub databases: Vec<String>,
    /// The API's word.
    pub r#type: String,
    /// The API's word.
    pub status: String,
    /// When it was asked for, where this page asked.
    pub requested: Option<Written>,
    /// When it began.
    pub begin: Option<Written>,
    /// When it ended.
    pub end: Option<Written>,
    /// How long it took.
    pub duration_seconds: Option<i64>,
    /// How large it is.
    pub size_kb: Option<i64>,
    /// The request, for the cloud's support.
    pub request_id: Option<String>,
    /// How the page knows that the backup is this press's: see [`Certainty::word`].
    pub known_by: Option<&'static str>,
    /// Where it was made.
    pub endpoint: String,
    /// The project.
    pub project_id: String,
}

/// A moment, written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// In UTC; as the API sent it where it states no zone.
    pub utc: String,
    /// By the clock of the user; empty where no zone is stated.
    pub local: String,
}

impl Creation {
    /// What it is to others.
    pub fn record(&self) -> Record {
        Record {
            key: self.key,
            backup: self.backup.clone(),
            requested: self.requested,
            request_id: self.request_id.clone(),
            certainty: self.certainty,
            outcome: self.outcome_code(),
            target: self.target.clone(),
            instance_id: self.instance_id.clone(),
        }
    }

    /// One word for what is known: `created`, `refused`, `not_sent`, `not_created`, `name_taken`, `gone`, `unknown`, or
    /// `under_way`.
    pub fn outcome_code(&self) -> &'static str {
        match &self.stage {
            Stage::Reading(_) | Stage::Sending | Stage::Reconciling(_) | Stage::AwaitingInstance(_) => "under_way",
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

    /// The link that takes it up again, where its ID is known.
    pub fn link(&self) -> Option<String> {
        self.backup.id.as_deref().map(|id| Link::to_backup(&self.target, &self.instance_id, id))
    }
}

impl Receipt {
    /// The receipt of a backup. `offset` says by how many minutes the user's clock is ahead of UTC at a moment.
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
            r#type: kind.as_ref().map(Kind::code).unwrap_or_default().to_owned(),
            status: status.as_ref().map(Status::code).unwrap_or_default().to_owned(),
            requested: record.requested.map(|requested| write(requested.moment())),
            begin: read(begin_time),
            end: read(end_time),
            duration_seconds: record.backup.duration(),
            size_kb: *size,
            request_id: record.request_id.clone(),
            known_by: record.certainty.map(Certainty::word),
            endpoint: record.target.endpoint.typed().to_owned(),
            project_id: record.target.project_id.as_str().to_owned(),
        }
    }
}
