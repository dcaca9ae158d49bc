//! The call "Creating a Manual Backup": the request, and the backup that is returned.

use crate::json::{Json, json_string};
use crate::rules::databases::Database;
use crate::rules::description::Description;
use crate::rules::endpoint::Endpoint;
use crate::rules::instance_id::InstanceId;
use crate::rules::name::BackupName;
use crate::rules::project_id::ProjectId;
use crate::rules::token::Token;
use crate::sanitize::left_out;
use crate::time::{self, Time, UnixSeconds};

/// The body of the request (Table 2 of the API page). The types of its members enforce their rules, so it is always
/// valid; members without a value aren't sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateBackup {
    /// The instance to back up.
    pub instance_id: InstanceId,
    /// The backup's name.
    pub name: BackupName,
    /// The user's description.
    pub description: Option<Description>,
    /// The databases of a partial backup; none for the whole instance.
    pub databases: Vec<Database>,
    /// Whether each of them is backed up individually; see [`databases::individually`](crate::rules::databases::individually).
    pub backup_database_individually: bool,
}

impl CreateBackup {
    /// The body as it is sent: compact JSON, with its members in the order of the API page's table.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{");
        let mut member = |key: &str, value: &str| {
            let comma = if json.len() > 1 { "," } else { "" };
            json.push_str(&[comma, "\"", key, "\":", value].concat());
        };
        member("instance_id", &json_string(self.instance_id.as_str()));
        member("name", &json_string(self.name.as_str()));
        if let Some(description) = &self.description {
            member("description", &json_string(description.as_str()));
        }
        if !self.databases.is_empty() {
            let databases =
                self.databases.iter().map(|database| format!("{{\"name\":{}}}", json_string(database.name())));
            member("databases", &format!("[{}]", databases.collect::<Vec<_>>().join(",")));
            // Only some clouds have it; where it is missing, it is false (support.huaweicloud.com, /api-rds/rds_09_0004.html).
            if self.backup_database_individually {
                member("backup_database_individually", "true");
            }
        }
        json.push('}');
        json
    }
}

/// Where to send a request, and with which authorization.
#[derive(Clone, PartialEq, Eq)]
pub struct Connection {
    /// The API's address.
    pub endpoint: Endpoint,
    /// The project that the instance belongs to.
    pub project_id: ProjectId,
    /// A token for that project.
    pub token: Token,
}

/// A backup as the API describes it (the response table of the API page; "Obtaining Details About Backups" for lists).
/// Every member is optional: a missing one is shown as missing and never hides the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// `id`.
    pub id: Option<String>,
    /// `instance_id`.
    pub instance_id: Option<String>,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// The names in `databases`.
    pub databases: Vec<String>,
    /// `begin_time` as sent; see [`crate::time::parse`].
    pub begin_time: Option<String>,
    /// `status`.
    pub status: Option<Status>,
    /// `type`.
    pub kind: Option<Kind>,
    /// `end_time` as sent; only lists have it, and only of backups that have ended.
    pub end_time: Option<String>,
    /// `size` in kB; only lists have it.
    pub size: Option<i64>,
}

/// The status of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// `BUILDING`: backup in progress.
    Building,
    /// `COMPLETED`: backup completed.
    Completed,
    /// `FAILED`: backup failed.
    Failed,
    /// `DELETING`: backup being deleted.
    Deleting,
    /// A status that the API page doesn't name.
    Other(String),
}

/// The type of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `auto`: automated full backup.
    Auto,
    /// `manual`: manual full backup.
    Manual,
    /// `fragment`: differential full backup.
    Fragment,
    /// `incremental`: automated incremental backup.
    Incremental,
    /// A type that the API page doesn't name.
    Other(String),
}

impl Backup {
    /// Reads the answer to the create call: `{"backup": {…}}` as in the page's examples, or the bare object as in its
    /// table. `None` when there is neither.
    pub fn from_response(response: &Json) -> Option<Self> {
        match response.get("backup") {
            Some(backup @ Json::Object(_)) => Some(Self::from_json(backup)),
            Some(_) => None,
            None => response.text("id").and(response.get("instance_id")).map(|_| Self::from_json(response)),
        }
    }

    pub(crate) fn from_json(backup: &Json) -> Self {
        Self {
            id: backup.text("id"),
            instance_id: backup.text("instance_id"),
            name: backup.text("name"),
            description: backup.text("description"),
            databases: backup.list("databases").iter().filter_map(name_of_database).collect(),
            begin_time: backup.text("begin_time"),
            status: backup.text("status").map(Status::from),
            kind: backup.text("type").map(Kind::from),
            end_time: backup.text("end_time").filter(|time| !time.is_empty()),
            size: backup.integer("size"),
        }
    }

    /// Whether it has the whole instance by itself: not only some databases, and not only what has changed.
    pub fn is_full(&self) -> bool {
        matches!(self.kind, Some(Kind::Auto | Kind::Manual)) && self.databases.is_empty()
    }

    /// When it began, if the API states an exact moment.
    pub fn begun(&self) -> Option<UnixSeconds> {
        self.begin_time.as_deref().and_then(time::moment)
    }

    /// When it ended, likewise.
    pub fn ended(&self) -> Option<UnixSeconds> {
        self.end_time.as_deref().and_then(time::moment)
    }

    /// Its duration in seconds; `None` while it is being built, or if its times aren't exact.
    pub fn duration(&self) -> Option<i64> {
        let (begin, end) = (self.begin_time.as_deref()?, self.end_time.as_deref()?);
        match (time::parse(begin)?, time::parse(end)?) {
            (Time::Exact(begin), Time::Exact(end)) => Some(end.0 - begin.0).filter(|seconds| *seconds >= 0),
            _ => None,
        }
    }
}

fn name_of_database(database: &Json) -> Option<String> {
    if let Json::Truncated(how_many) = database { Some(left_out(*how_many)) } else { database.text("name") }
}

impl From<String> for Status {
    fn from(text: String) -> Self {
        match text.as_str() {
            "BUILDING" => Self::Building,
            "COMPLETED" => Self::Completed,
            "FAILED" => Self::Failed,
            "DELETING" => Self::Deleting,
            _ => Self::Other(text),
        }
    }
}

impl Status {
    /// Whether its status is final.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::Failed)
    }

    /// The status as the API names it.
    pub fn code(&self) -> &str {
        match self {
            Self::Building => "BUILDING",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
            Self::Deleting => "DELETING",
            Self::Other(text) => text,
        }
    }
}

impl From<String> for Kind {
    fn from(text: String) -> Self {
        match text.as_str() {
            "auto" => Self::Auto,
            "manual" => Self::Manual,
            "fragment" => Self::Fragment,
            "incremental" => Self::Incremental,
            _ => Self::Other(text),
        }
    }
}

impl Kind {
    /// The type as the API names it.
    pub fn code(&self) -> &str {
        match self {
            Self::Auto => "auto",
            Self::Manual => "manual",
            Self::Fragment => "fragment",
            Self::Incremental => "incremental",
            Self::Other(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::tests::parse;
    use crate::rules::{databases, description, instance_id, name};

    fn request(instance_id: &str, description: &str, databases: &[&str]) -> CreateBackup {
        CreateBackup {
            instance_id: instance_id::instance_id(instance_id).unwrap(),
            name: name::backup_name("backup").unwrap(),
            description: description::description(description).unwrap(),
            databases: databases::databases(databases.iter().copied()).unwrap(),
            backup_database_individually: false,
        }
    }

    fn body(instance_id: &str, description: &str, databases: &[&str]) -> String {
        request(instance_id, description, databases).to_json()
    }

    #[test]
    fn the_bodies_are_the_source_documents_examples_byte_for_byte() {
        assert_eq!(
            body("d8e6ca5a624745bcb546a227aa3ae1cfin01", "manual backup", &[]),
            r#"{"instance_id":"d8e6ca5a624745bcb546a227aa3ae1cfin01","name":"backup","description":"manual backup"}"#
        );
        assert_eq!(
            body("d8e6ca5a624745bcb546a227aa3ae1cfin04", "manual backup", &["db1", "db2"]),
            r#"{"instance_id":"d8e6ca5a624745bcb546a227aa3ae1cfin04","name":"backup","description":"manual backup","databases":[{"name":"db1"},{"name":"db2"}]}"#
        );
    }

    #[test]
    fn that_each_database_is_backed_up_individually_comes_last_and_only_with_databases() {
        let individually = |databases: &[&str]| {
            CreateBackup { backup_database_individually: true, ..request("x", "", databases) }.to_json()
        };
        assert_eq!(
            individually(&["db1"]),
            r#"{"instance_id":"x","name":"backup","databases":[{"name":"db1"}],"backup_database_individually":true}"#
        );
        assert_eq!(individually(&[]), body("x", "", &[]));
    }

    #[test]
    fn nothing_empty_is_sent() {
        assert_eq!(body("x", " ", &[]), r#"{"instance_id":"x","name":"backup"}"#);
    }

    #[test]
    fn both_answers_of_the_source_document_are_read() {
        let mysql = r#"{ "backup": { "id": "2f4ddb93-b901-4b08-93d8-1d2e472f30fe", "name": "backupDemo", "description": "This is a description", "begin_time": "2016-09-12T01:17:05", "status": "BUILDING", "type": "manual", "instance_id": "d8e6ca5a624745bcb546a227aa3ae1cfin01" } }"#;
        let expected = Backup {
            id: Some("2f4ddb93-b901-4b08-93d8-1d2e472f30fe".into()),
            instance_id: Some("d8e6ca5a624745bcb546a227aa3ae1cfin01".into()),
            name: Some("backupDemo".into()),
            description: Some("This is a description".into()),
            databases: vec![],
            begin_time: Some("2016-09-12T01:17:05".into()),
            status: Some(Status::Building),
            kind: Some(Kind::Manual),
            ..Backup::default()
        };
        assert_eq!(Backup::from_response(&parse(mysql).unwrap()), Some(expected.clone()));
        let sql_server = mysql.replace(r#"in01" }"#, r#"in01", "databases": [{ "name": "db1" }] }"#);
        let with_database = Backup { databases: vec!["db1".into()], ..expected };
        assert_eq!(Backup::from_response(&parse(&sql_server).unwrap()), Some(with_database));
    }

    #[test]
    fn missing_parts_and_unknown_words_are_no_error() {
        let read = |text: &str| Backup::from_response(&parse(text).unwrap());
        assert_eq!(read(r#"{"backup":{}}"#), Some(Backup::default()));
        let odd = read(r#"{"backup":{"id":7,"status":"PAUSED","type":"weekly","databases":{"name":"x"},"name":null}}"#);
        let expected = Backup {
            id: Some("7".into()),
            status: Some(Status::Other("PAUSED".into())),
            kind: Some(Kind::Other("weekly".into())),
            ..Backup::default()
        };
        assert_eq!(odd, Some(expected));
    }

    #[test]
    fn the_bare_object_of_the_response_table_is_a_backup_and_other_json_is_none() {
        let read = |text: &str| Backup::from_response(&parse(text).unwrap());
        assert_eq!(read(r#"{"id ":"a","instance_id":"b"}"#).and_then(|backup| backup.id).as_deref(), Some("a"));
        for text in ["{}", "[]", "null", "1", r#""backup""#, r#"{"backup":null}"#, r#"{"backup":[]}"#, r#"{"id":"a"}"#]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_listed_backup_has_its_end_its_size_and_so_its_duration() {
        let json = parse(
            r#"{"id":"x","begin_time":"2018-08-06T12:41:14+0800","end_time":"2018-08-06T04:43:14Z","size":2803}"#,
        );
        let backup = Backup::from_json(&json.unwrap());
        assert_eq!((backup.duration(), backup.size), (Some(120), Some(2803)));
        for end in [r#""""#, "null", r#""2018-08-06T04:43:14""#, r#""2018-08-06T04:00:00Z""#] {
            let json = parse(&format!(r#"{{"begin_time":"2018-08-06T12:41:14+0800","end_time":{end}}}"#));
            assert_eq!(Backup::from_json(&json.unwrap()).duration(), None, "{end}");
        }
    }

    #[test]
    fn how_many_databases_were_left_out_is_told() {
        let names: Vec<String> = (0..1_007).map(|number| format!(r#"{{"name":"db{number}"}}"#)).collect();
        let json = parse(&format!(r#"{{"databases":[{}]}}"#, names.join(",")));
        let databases = Backup::from_json(&json.unwrap()).databases;
        assert_eq!((databases.len(), databases.last().map(String::as_str)), (1_001, Some("…[+7]")));
    }

    #[test]
    fn status_and_type_keep_the_apis_word() {
        for code in ["BUILDING", "COMPLETED", "FAILED", "DELETING", "AVAILABLE"] {
            assert_eq!(Status::from(code.to_owned()).code(), code);
        }
        for code in ["auto", "manual", "fragment", "incremental", "x"] {
            assert_eq!(Kind::from(code.to_owned()).code(), code);
        }
    }
}
