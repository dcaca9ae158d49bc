//! What stands in a change ticket: everything that is known of a backup, and nothing of the token.

use contract::backup::{Backup, Kind, Status};
use contract::time::{Moment, Time, parse};
use serde::Serialize;

use super::follow::Followed;

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

impl Receipt {
    /// The receipt of a backup. `offset` says by how many minutes the user's clock is ahead of UTC at a moment.
    pub fn of(followed: &Followed, offset: impl Fn(Moment) -> i64) -> Self {
        let write = |moment: Moment| Written { utc: moment.at_offset(0), local: moment.at_offset(offset(moment)) };
        let read = |sent: &Option<String>| match sent.as_deref().map(|sent| (sent, parse(sent)))? {
            (_, Some(Time::Moment(moment))) => Some(write(moment)),
            (sent, _) => Some(Written { utc: sent.to_owned(), local: String::new() }),
        };
        let Backup { id, name, description, databases, begin_time, status, kind, end_time, size, .. } =
            &followed.backup;
        let target = followed.target();
        Self {
            id: id.clone().unwrap_or_default(),
            name: name.clone().unwrap_or_default(),
            instance_id: followed.instance_id().to_owned(),
            description: description.clone().unwrap_or_default(),
            databases: databases.clone(),
            r#type: kind.as_ref().map(Kind::code).unwrap_or_default().to_owned(),
            status: status.as_ref().map(Status::code).unwrap_or_default().to_owned(),
            requested: followed.asked.map(|asked| write(asked.moment())),
            begin: read(begin_time),
            end: read(end_time),
            duration_seconds: followed.backup.duration(),
            size_kb: *size,
            request_id: followed.request_id.clone(),
            endpoint: target.endpoint.typed().to_owned(),
            project_id: target.project_id.as_str().to_owned(),
        }
    }
}
