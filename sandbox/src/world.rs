//! What the sandbox knows: projects, tokens, instances and their backups.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::format_description;
use uuid::Uuid;

/// The project of the source document's example.
pub const PROJECT_ID: &str = "0483b6b16e954cb88930a360d2c4e663";
/// The MySQL instance of the source document's example.
pub const MYSQL: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin01";
/// A read replica of [`MYSQL`].
pub const MYSQL_REPLICA: &str = "5f1c0d2be9a84f3fa6d1c7b8e2093a44in01";
/// A PostgreSQL instance.
pub const POSTGRESQL: &str = "a8a5f2c19d3e4b7788c1d0e9f6b273f8in03";
/// The SQL Server instance of the source document's example.
pub const SQL_SERVER: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin04";

/// The token that the sandbox takes: of the size and look of a real one, and worth nothing anywhere else.
pub fn token() -> String {
    format!("MIISandboxTokenOfNoUseElsewhere{}Tw==", "Sandbox0".repeat(128))
}

/// A database instance.
#[derive(Clone, Debug)]
pub struct Instance {
    /// `id`.
    pub id: &'static str,
    /// `name`.
    pub name: &'static str,
    /// `datastore.type`.
    pub engine: &'static str,
    /// `datastore.version`.
    pub version: &'static str,
    /// The instance that this one is a read replica of.
    pub replica_of: Option<&'static str>,
    /// Self-built databases (SQL Server).
    pub databases: &'static [&'static str],
}

/// The instances of [`PROJECT_ID`].
pub const INSTANCES: [Instance; 4] = [
    Instance { id: MYSQL, name: "orders-mysql", engine: "MySQL", version: "8.0", replica_of: None, databases: &[] },
    Instance {
        id: MYSQL_REPLICA,
        name: "orders-mysql-read-replica",
        engine: "MySQL",
        version: "8.0",
        replica_of: Some(MYSQL),
        databases: &[],
    },
    Instance {
        id: POSTGRESQL,
        name: "billing-postgresql",
        engine: "PostgreSQL",
        version: "16",
        replica_of: None,
        databases: &[],
    },
    Instance {
        id: SQL_SERVER,
        name: "reports-sqlserver",
        engine: "SQLServer",
        version: "2022_SE",
        replica_of: None,
        databases: &["db1", "db2", "sales", "archive"],
    },
];

/// What to type into the page, for people: `endpoint` is how the page reaches the sandbox.
pub fn describe(endpoint: &str) -> String {
    let instances = INSTANCES.map(|Instance { id, name, engine, version, databases, .. }| {
        let databases =
            if databases.is_empty() { String::new() } else { format!("; databases {}", databases.join(", ")) };
        format!("{id}  {name} ({engine} {version}{databases})\n")
    });
    format!(
        "  Endpoint     {endpoint}\n  Project ID   {PROJECT_ID}\n  Token        {}\n  Instance ID  {}",
        token(),
        instances.join("               ")
    )
}

/// A backup that the sandbox holds.
#[derive(Clone, Debug)]
pub struct StoredBackup {
    /// `id`.
    pub id: String,
    /// The instance that it is of.
    pub instance: Instance,
    /// `name`.
    pub name: String,
    /// `description`, as far as one was sent.
    pub description: Option<String>,
    /// `databases`, as far as some were sent.
    pub databases: Option<Value>,
    /// When it was asked for.
    pub begin: SystemTime,
    /// How long it builds.
    pub build_time: Duration,
}

impl StoredBackup {
    /// A new backup, asked for now.
    pub fn new(instance: Instance, body: &Value, build_time: Duration) -> Self {
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        let engine_digits = instance.id.get(34..).unwrap_or_default();
        Self {
            id: format!("{}br{engine_digits}", Uuid::new_v4().simple()),
            instance,
            name: text("name").unwrap_or_default(),
            description: text("description"),
            databases: body.get("databases").cloned(),
            begin: SystemTime::now(),
            build_time,
        }
    }

    /// Whether it is still being built.
    pub fn is_building(&self) -> bool {
        SystemTime::now() < self.end()
    }

    fn end(&self) -> SystemTime {
        self.begin + self.build_time
    }

    fn status(&self) -> &'static str {
        if self.is_building() { "BUILDING" } else { "COMPLETED" }
    }

    /// The backup in the answer to its creation.
    pub fn created(&self) -> Value {
        let backup = given(json!({
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "begin_time": timestamp(self.begin),
            "status": self.status(),
            "type": "manual",
            "instance_id": self.instance.id,
            "databases": self.databases,
        }));
        json!({ "backup": backup })
    }

    /// The backup as an element of the list, which has no description.
    pub fn listed(&self) -> Value {
        given(json!({
            "id": self.id,
            "name": self.name,
            "type": "manual",
            "size": if self.is_building() { 0 } else { 2803 },
            "status": self.status(),
            "begin_time": timestamp(self.begin),
            "end_time": (!self.is_building()).then(|| timestamp(self.end())),
            "datastore": { "type": self.instance.engine, "version": self.instance.version },
            "databases": self.databases,
            "instance_id": self.instance.id,
        }))
    }
}

/// The object without the members that are `null`: the API leaves out what isn't there.
pub(crate) fn given(mut object: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.retain(|_, value| !value.is_null());
    }
    object
}

/// `2018-08-06T12:41:14+0800`, here always in UTC.
fn timestamp(time: SystemTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]+0000");
    OffsetDateTime::from(time).format(form).unwrap_or_default()
}
