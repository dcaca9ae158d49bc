//! A database instance, as far as it is relevant for creating a backup.

use crate::backup_window::BackupWindow;
use crate::json::Json;

/// How many instances are backed up with one press at most.
pub const MAX_INSTANCES: usize = 50;

/// A database engine of RDS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// MySQL.
    MySql,
    /// PostgreSQL.
    PostgreSql,
    /// Microsoft SQL Server.
    SqlServer,
}

impl Engine {
    /// Every engine, in the order in which a list offers them.
    pub const ALL: [Self; 3] = [Self::MySql, Self::PostgreSql, Self::SqlServer];

    /// The engine's official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::MySql => "MySQL",
            Self::PostgreSql => "PostgreSQL",
            Self::SqlServer => "Microsoft SQL Server",
        }
    }
}

/// A database instance of the project ("Querying DB Instances").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// `id`.
    pub id: String,
    /// `name`; names need not be unique.
    pub name: String,
    /// `status` as the API names it: ACTIVE, BACKING UP and others.
    pub status: String,
    /// Its role among its replicas.
    pub role: Role,
    /// `datastore.type`, if it is an RDS engine.
    pub engine: Option<Engine>,
    /// `datastore` as the API words it, such as `MySQL 8.0`.
    pub datastore: String,
    /// When automated backups are made: `backup_strategy.start_time`, if the instance has any.
    pub backup_window: Option<BackupWindow>,
}

/// The role of an instance among its replicas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A single instance.
    Single,
    /// A primary with a standby.
    PrimaryStandby,
    /// A read replica, of the instance with this ID if the API states one.
    ReadReplica(Option<String>),
    /// Another type, as the API names it.
    Other(String),
}

/// Why an instance can't be backed up now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsuitable {
    /// "Read replicas do not support manual backup creation"; back up the primary with this ID.
    ReadReplica(Option<String>),
    /// Its status doesn't allow a backup.
    Status(String),
}

impl Instance {
    /// Reads an element of the list; `None` when it has no ID.
    pub(crate) fn from_json(instance: &Json) -> Option<Self> {
        let datastore = instance.get("datastore");
        let part = |key| datastore.and_then(|datastore| datastore.text(key)).unwrap_or_default();
        let kind = instance.text("type").unwrap_or_default();
        let primary = instance
            .list("related_instance")
            .iter()
            .find(|related| related.text("type").as_deref() == Some("replica_of"))
            .map(|related| related.text("id"));
        let role = match (kind.as_str(), primary) {
            (_, Some(primary)) => Role::ReadReplica(primary),
            ("Replica", None) => Role::ReadReplica(None),
            ("Single", None) => Role::Single,
            ("Ha", None) => Role::PrimaryStandby,
            (_, None) => Role::Other(kind),
        };
        Some(Self {
            id: instance.text("id")?.trim().to_owned(),
            name: instance.text("name").unwrap_or_default(),
            status: instance.text("status").unwrap_or_default(),
            role,
            engine: Engine::of_datastore(&part("type")),
            datastore: format!("{} {}", part("type"), part("version")).trim().to_owned(),
            backup_window: instance
                .get("backup_strategy")
                .and_then(|strategy| strategy.text("start_time"))
                .and_then(|time| BackupWindow::read(&time)),
        })
    }

    /// Why it can't be backed up now; `None` if it can. An undocumented status doesn't count as a reason: the server
    /// decides.
    pub fn unsuitable(&self) -> Option<Unsuitable> {
        if let Role::ReadReplica(primary) = &self.role {
            return Some(Unsuitable::ReadReplica(primary.clone()));
        }
        let refuses = [
            "BUILD",
            "CREATE FAIL",
            "FAILED",
            "MODIFYING",
            "REBOOTING",
            "RESTORING",
            "MODIFYING INSTANCE TYPE",
            "SWITCHOVER",
            "MIGRATING",
            "BACKING UP",
            "MODIFYING DATABASE PORT",
            "SHUTDOWN",
            "FROZEN",
            "STORAGE FULL",
        ];
        refuses.contains(&self.status.as_str()).then(|| Unsuitable::Status(self.status.clone()))
    }
}

impl Engine {
    /// The engine that `datastore.type` names.
    pub fn of_datastore(kind: &str) -> Option<Self> {
        match kind {
            "MySQL" => Some(Self::MySql),
            "PostgreSQL" => Some(Self::PostgreSql),
            "SQLServer" => Some(Self::SqlServer),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::tests::parse;

    fn instance(json: &str) -> Instance {
        Instance::from_json(&parse(json).unwrap()).unwrap()
    }

    #[test]
    fn an_instance_is_read_with_engine_version_and_role() {
        let read = instance(
            r#"{"id":"a in03 ","name":"billing","status":"ACTIVE","type":"Ha","datastore":{"type":"PostgreSQL","version":"16"},"backup_strategy":{"start_time":"19:00-20:00","keep_days":7}}"#,
        );
        let expected = Instance {
            id: "a in03".into(),
            name: "billing".into(),
            status: "ACTIVE".into(),
            role: Role::PrimaryStandby,
            engine: Some(Engine::PostgreSql),
            datastore: "PostgreSQL 16".into(),
            backup_window: BackupWindow::read("19:00-20:00"),
        };
        assert_eq!((read.unsuitable(), read), (None, expected));
    }

    #[test]
    fn a_replica_is_known_by_its_type_or_its_relatives() {
        let by_type = instance(r#"{"id":"r","type":"Replica","status":"ACTIVE"}"#);
        assert_eq!(by_type.unsuitable(), Some(Unsuitable::ReadReplica(None)));
        let by_relative = instance(r#"{"id":"r","type":"Single","related_instance":[{"id":"p","type":"replica_of"}]}"#);
        assert_eq!(by_relative.unsuitable(), Some(Unsuitable::ReadReplica(Some("p".into()))));
        let primary = instance(
            r#"{"id":"p","type":"Single","status":"ACTIVE","related_instance":[{"id":"r","type":"replica"}]}"#,
        );
        assert_eq!(primary.unsuitable(), None);
    }

    #[test]
    fn a_status_that_refuses_a_backup_is_named_and_an_unknown_one_is_left_to_the_server() {
        for status in ["BACKING UP", "STORAGE FULL", "MODIFYING INSTANCE TYPE"] {
            let instance = instance(&format!(r#"{{"id":"a","status":"{status}","type":"Single"}}"#));
            assert_eq!(instance.unsuitable(), Some(Unsuitable::Status(status.into())));
        }
        assert_eq!(instance(r#"{"id":"a","status":"DREAMING","type":"Single"}"#).unsuitable(), None);
    }
}
