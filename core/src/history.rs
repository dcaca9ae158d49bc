//! What became of each request since the page was opened. It is gone with the page, and it holds no token.

use contract::time::Moment;
use serde::Serialize;

use super::{Attempt, Millis, State};

/// A request and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The number of the request.
    pub key: u32,
    /// When it was sent.
    pub at: Millis,
    /// The name that was asked for.
    pub name: String,
    /// The instance.
    pub instance_id: String,
    /// What became of it.
    pub ending: Ending,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The backup exists; what became of it stands with the followed ones.
    Created,
    /// The API refused.
    Refused {
        /// HTTP status.
        status: u16,
        /// Error code.
        code: Option<String>,
    },
    /// Nothing was sent.
    NotSent,
    /// It was looked for, and isn't there.
    NotCreated,
    /// The name was taken before.
    NameTaken,
    /// It isn't known.
    Unknown,
}

/// A line of the export, named as the API names things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// When the request was sent, in UTC.
    pub requested_at: String,
    /// The name.
    pub name: String,
    /// The instance.
    pub instance_id: String,
    /// `created`, `refused`, `not_sent`, `not_created`, `name_taken` or `unknown`.
    pub outcome: String,
    /// The status of the backup, where it exists.
    pub status: String,
    /// The backup's ID, where it exists.
    pub id: String,
    /// When it began, as the API says.
    pub begin_time: String,
    /// When it ended, as the API says.
    pub end_time: String,
    /// The error code of a refusal, or its HTTP status.
    pub error_code: String,
}

impl State {
    pub(super) fn enter(&mut self, attempt: &Attempt, ending: Ending) {
        let entered = Entered {
            key: attempt.number,
            at: attempt.at,
            name: attempt.backup.name.as_str().to_owned(),
            instance_id: attempt.backup.instance_id.as_str().to_owned(),
            ending,
        };
        // What is known of a request now takes the place of what was known before.
        self.history.retain(|known| known.key != entered.key);
        self.history.insert(0, entered);
    }

    /// The history as an export writes it, the newest first.
    pub(super) fn rows(&self) -> Vec<Row> {
        self.history.iter().map(|entered| self.row(entered)).collect()
    }

    fn row(&self, entered: &Entered) -> Row {
        let followed = self.followed.iter().find(|followed| followed.key == entered.key);
        let part = |part: fn(&contract::backup::Backup) -> Option<String>| {
            followed.and_then(|followed| part(&followed.backup)).unwrap_or_default()
        };
        let Moment(seconds) = entered.at.moment();
        Row {
            requested_at: Moment(seconds).utc().replace(' ', "T") + "Z",
            name: entered.name.clone(),
            instance_id: entered.instance_id.clone(),
            outcome: entered.ending.code().to_owned(),
            status: part(|backup| backup.status.as_ref().map(|status| status.code().to_owned())),
            id: part(|backup| backup.id.clone()),
            begin_time: part(|backup| backup.begin_time.clone()),
            end_time: part(|backup| backup.end_time.clone()),
            error_code: match &entered.ending {
                Ending::Refused { code: Some(code), .. } => code.clone(),
                Ending::Refused { status, code: None } => format!("HTTP {status}"),
                _ => String::new(),
            },
        }
    }
}

impl Ending {
    /// Whether it says for sure that this request has made no backup.
    pub(super) fn is_refusal(&self) -> bool {
        !matches!(self, Self::Created | Self::Unknown)
    }

    /// One word for it, for exports and events.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Refused { .. } => "refused",
            Self::NotSent => "not_sent",
            Self::NotCreated => "not_created",
            Self::NameTaken => "name_taken",
            Self::Unknown => "unknown",
        }
    }
}

/// The rows as comma-separated values (RFC 4180). A value that a spreadsheet would take for a formula gets an apostrophe
/// in front.
pub fn csv(rows: &[Row]) -> String {
    let header = "requested_at,name,instance_id,outcome,status,id,begin_time,end_time,error_code\r\n";
    let lines = rows.iter().map(|row| {
        let values = [
            &row.requested_at,
            &row.name,
            &row.instance_id,
            &row.outcome,
            &row.status,
            &row.id,
            &row.begin_time,
            &row.end_time,
            &row.error_code,
        ];
        values.map(|value| quoted(value)).join(",") + "\r\n"
    });
    std::iter::once(header.to_owned()).chain(lines).collect()
}

fn quoted(value: &str) -> String {
    let value =
        if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{value}") } else { value.to_owned() };
    if value.contains([',', '"', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}
