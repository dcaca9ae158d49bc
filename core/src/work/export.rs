//! The outcome of each press, as a file. It contains no token.

use contract::backup::Status;
use serde::Serialize;

use crate::work::creation::Creation;
use crate::work::stage::{Cause, Certainty, Outcome, Stage};

/// A row of the export, with the API's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// When it was pressed, in UTC.
    pub requested_at: String,
    /// The name.
    pub name: String,
    /// The instance.
    pub instance_id: String,
    /// The outcome: see [`Creation::outcome_code`].
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
    /// How the backup was identified: see [`Certainty::word`].
    pub known_by: String,
}

impl Row {
    pub(super) fn of(creation: &Creation) -> Self {
        let backup = &creation.backup;
        let requested = creation.requested.map(|requested| requested.moment().at_offset(0));
        let refusal = match (&creation.stage, &creation.cause) {
            (Stage::Ended(Outcome::Refused(failure)), _)
            | (Stage::Ended(Outcome::NameTaken(_)), Some(Cause::NameTaken(failure))) => Some(failure),
            (
                Stage::Queued(_)
                | Stage::Reading(_)
                | Stage::Sending
                | Stage::Reconciling(_)
                | Stage::AwaitingInstance(_)
                | Stage::Building(_)
                | Stage::Ended(_),
                _,
            ) => None,
        };
        Self {
            requested_at: requested.unwrap_or_default(),
            name: creation.name().unwrap_or_default().to_owned(),
            instance_id: creation.instance_id.clone(),
            outcome: creation.outcome_code().to_owned(),
            status: backup.status.as_ref().map(Status::code).unwrap_or_default().to_owned(),
            id: backup.id.clone().unwrap_or_default(),
            begin_time: backup.begin_time.clone().unwrap_or_default(),
            end_time: backup.end_time.clone().unwrap_or_default(),
            error_code: refusal
                .map(|failure| match &failure.code {
                    Some(code) => code.clone(),
                    None => format!("HTTP {}", failure.status),
                })
                .unwrap_or_default(),
            known_by: creation.certainty.map(Certainty::word).unwrap_or_default().to_owned(),
        }
    }
}

/// The rows as comma-separated values (RFC 4180). A value that a spreadsheet would interpret as a formula is prefixed
/// with an apostrophe.
pub fn csv(rows: &[Row]) -> String {
    let header = "requested_at,name,instance_id,outcome,status,id,begin_time,end_time,error_code,known_by\r\n";
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
            &row.known_by,
        ];
        values.map(|value| quoted(value)).join(",") + "\r\n"
    });
    std::iter::once(header.to_owned()).chain(lines).collect()
}

fn quoted(value: &str) -> String {
    let value =
        if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{value}") } else { value.to_owned() };
    if value.contains([',', '"', '\n', '\r', '\t']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}
