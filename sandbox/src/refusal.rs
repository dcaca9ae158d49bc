//! The API's refusals, with the statuses and codes of its error table.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::document::Fault;
use crate::resources::without_nulls;

/// A refused request.
#[derive(Debug)]
pub enum Refusal {
    /// The gateway has no such API.
    NoSuchApi,
    /// The token is missing, or isn't the sandbox's.
    Token,
    /// The token is for another project.
    Project,
    /// The content type isn't JSON.
    ContentType,
    /// The body isn't valid JSON.
    NotJson,
    /// The JSON violates the contract.
    Contract(Fault),
    /// A query parameter breaks its rule.
    Parameter(&'static str),
    /// No such instance.
    NoSuchInstance,
    /// The instance is a read replica.
    ReadReplica,
    /// Databases were named for an engine that doesn't support partial backups in this cloud.
    PartialBackup(Cloud),
    /// A named database doesn't exist.
    NoSuchDatabase(String),
    /// The name is taken.
    NameTaken,
    /// A backup of the instance is being built.
    BackupRunning,
    /// Another operation on the instance is running.
    Busy,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Self::NoSuchApi => {
                (404, "APIGW.0101", "The API does not exist or has not been published in the environment".into())
            }
            Self::Token => (401, "APIGW.0301", "Incorrect IAM authentication information: decrypt token fail".into()),
            Self::Project => (403, "DBS.200010", "The instance or user is not authorized.".into()),
            Self::ContentType => (415, "DBS.200001", "Content-Type must be application/json.".into()),
            Self::NotJson => (400, "DBS.200001", "The body is not JSON.".into()),
            Self::Contract(fault) => return answer(400, &fault.code, &format!("Parameter error. {}", fault.message)),
            Self::Parameter(name) => (400, "DBS.200001", format!("Parameter error. {name}")),
            Self::NoSuchInstance => (404, "DBS.200602", "The DB instance does not exist.".into()),
            Self::ReadReplica => (400, "DBS.212003", "The operation is not allowed on a read replica.".into()),
            Self::PartialBackup(cloud) => {
                let engines = cloud.partial_backups().join(", ");
                (400, "DBS.200001", format!("Parameter error. Partial backups: {engines} only."))
            }
            Self::NoSuchDatabase(name) => (400, "DBS.280128", format!("The database {name} does not exist.")),
            Self::NameTaken => (409, "DBS.201201", "The object already exists.".into()),
            Self::BackupRunning => (409, "DBS.201205", "Backup is in progress. Please wait.".into()),
            Self::Busy => (409, "DBS.200019", "Another operation is in progress.".into()),
        };
        answer(status, code, &message)
    }
}

fn answer(status: u16, code: &str, message: &str) -> Response {
    let request_id = code.starts_with("APIGW").then(|| Uuid::new_v4().simple().to_string());
    let body = without_nulls(json!({ "error_code": code, "error_msg": message, "request_id": request_id }));
    (StatusCode::from_u16(status).unwrap_or_default(), Json(body)).into_response()
}
