//! What the sandbox knows: projects, tokens, instances and their backups.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::format_description;
use uuid::Uuid;

use crate::lag::Lag;

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
    renewed_token(0)
}

/// The token that it takes after so many renewals.
pub fn renewed_token(renewals: u32) -> String {
    format!("MIISandboxTokenOfNoUseElsewhere{renewals}{}Tw==", "Sandbox0".repeat(128))
}

/// A database instance.
#[derive(Clone, Debug)]
pub struct Instance {
    /// `id`.
    pub id: String,
    /// `name`.
    pub name: String,
    /// `datastore.type`.
    pub engine: &'static str,
    /// `datastore.version`.
    pub version: &'static str,
    /// The instance that this one is a read replica of.
    pub replica_of: Option<&'static str>,
    /// Self-built databases (SQL Server).
    pub databases: &'static [&'static str],
}

impl Instance {
    fn new(id: &str, name: &str, engine: &'static str, version: &'static str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), engine, version, replica_of: None, databases: &[] }
    }

    /// The instance as an element of the list.
    pub fn listed(&self, status: &str) -> Value {
        let related = self.replica_of.map(|primary| json!([{ "id": primary, "type": "replica_of" }]));
        given(json!({
            "id": self.id,
            "name": self.name,
            "status": status,
            "type": if self.replica_of.is_some() { "Replica" } else { "Ha" },
            "datastore": { "type": self.engine, "version": self.version },
            "related_instance": related.unwrap_or_else(|| json!([])),
        }))
    }
}

/// The instances of [`PROJECT_ID`]; a large project has a thousand more.
pub fn instances(is_large: bool) -> Vec<Arc<Instance>> {
    let replica = Instance {
        replica_of: Some(MYSQL),
        ..Instance::new(MYSQL_REPLICA, "orders-mysql-read-replica", "MySQL", "8.0")
    };
    let sql_server = Instance {
        databases: &["db1", "db2", "sales", "archive"],
        ..Instance::new(SQL_SERVER, "reports-sqlserver", "SQLServer", "2022_SE")
    };
    let few = [
        Instance::new(MYSQL, "orders-mysql", "MySQL", "8.0"),
        replica,
        Instance::new(POSTGRESQL, "billing-postgresql", "PostgreSQL", "16"),
        sql_server,
    ];
    let more = (0..if is_large { 996 } else { 0 })
        .map(|number| Instance::new(&format!("{number:032x}in01"), &format!("shard-{number:03}"), "MySQL", "8.0"));
    few.into_iter().chain(more).map(Arc::new).collect()
}

/// How many backups of [`MYSQL`] a large project has.
pub const MANY: u32 = 10_000;

/// Backups of an instance: one an hour, the newest an hour ago, five minutes each.
pub fn many_backups(instance: &Arc<Instance>, count: u32) -> Vec<StoredBackup> {
    let hour = Duration::from_secs(3600);
    (0..count)
        .rev()
        .map(|age| StoredBackup {
            id: format!("{age:032x}br01"),
            instance: Arc::clone(instance),
            name: format!("hourly-{age:05}"),
            description: None,
            databases: None,
            kind: if age % 24 == 0 { "manual" } else { "auto" },
            size: 1_000_000 + i64::from(age) * 37,
            begin: SystemTime::now() - hour * (age + 1),
            build_time: Duration::from_secs(240 + u64::from(age % 4) * 60),
            fails: false,
            is_deleting: false,
            clock_off_by: 0,
            lag: Lag::None,
            made: Instant::now(),
        })
        .collect()
}

/// What to type into the page, for people: `endpoint` is how the page reaches the sandbox.
pub fn describe(endpoint: &str) -> String {
    let instances: Vec<String> = instances(false)
        .iter()
        .map(|instance| {
            let Instance { id, name, engine, version, databases, .. } = &**instance;
            let databases =
                if databases.is_empty() { String::new() } else { format!("; databases {}", databases.join(", ")) };
            format!("{id}  {name} ({engine} {version}{databases})\n")
        })
        .collect();
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
    pub instance: Arc<Instance>,
    /// `name`.
    pub name: String,
    /// `description`, as far as one was sent.
    pub description: Option<String>,
    /// `databases`, as far as some were sent.
    pub databases: Option<Value>,
    /// `type`.
    pub kind: &'static str,
    /// `size` in kB, once it is built.
    pub size: i64,
    /// When it was asked for.
    pub begin: SystemTime,
    /// How long it builds.
    pub build_time: Duration,
    /// Whether it ends as FAILED.
    pub fails: bool,
    /// Whether somebody has deleted it.
    pub is_deleting: bool,
    /// How many seconds the clock that its times are read from is ahead.
    pub(crate) clock_off_by: i64,
    /// How late it appears in the lists.
    pub(crate) lag: Lag,
    made: Instant,
}

impl StoredBackup {
    /// A new backup, asked for now.
    pub fn new(instance: &Arc<Instance>, body: &Value, build_time: Duration, fails: bool) -> Self {
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        let engine_digits = instance.id.get(34..).unwrap_or_default();
        Self {
            id: format!("{}br{engine_digits}", Uuid::new_v4().simple()),
            instance: Arc::clone(instance),
            name: text("name").unwrap_or_default(),
            description: text("description"),
            databases: body.get("databases").cloned(),
            kind: "manual",
            size: 2803,
            begin: SystemTime::now(),
            build_time,
            fails,
            is_deleting: false,
            clock_off_by: 0,
            lag: Lag::None,
            made: Instant::now(),
        }
    }

    /// Whether it is still being built.
    pub fn is_building(&self) -> bool {
        !self.is_deleting && SystemTime::now() < self.end()
    }

    /// Whether the lists show it by now.
    pub fn is_listed(&self) -> bool {
        match self.lag {
            Lag::None | Lag::Lists(0) => true,
            Lag::Lists(_) | Lag::UntilCaughtUp => false,
            Lag::Time(time) => self.made.elapsed() >= time,
        }
    }

    /// `begin_time`: when it was asked for, by the clock for backups.
    pub fn begin_time(&self) -> SystemTime {
        shifted(self.begin, self.clock_off_by)
    }

    fn end(&self) -> SystemTime {
        self.begin + self.build_time
    }

    /// Its status now.
    pub fn status(&self) -> &'static str {
        if self.is_deleting {
            return "DELETING";
        }
        match (self.is_building(), self.fails) {
            (true, _) => "BUILDING",
            (false, true) => "FAILED",
            (false, false) => "COMPLETED",
        }
    }

    /// The backup in the answer to its creation.
    pub fn created(&self) -> Value {
        let backup = given(json!({
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "begin_time": timestamp(self.begin_time()),
            "status": self.status(),
            "type": self.kind,
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
            "type": self.kind,
            "size": if self.is_building() { 0 } else { self.size },
            "status": self.status(),
            "begin_time": timestamp(self.begin_time()),
            "end_time": (!self.is_building()).then(|| timestamp(shifted(self.end(), self.clock_off_by))),
            "datastore": { "type": self.instance.engine, "version": self.instance.version },
            "databases": self.databases,
            "instance_id": self.instance.id,
        }))
    }
}

impl StoredBackup {
    /// The task that made it, once that has failed. Tasks name no backup ("Obtaining Task Information").
    pub(crate) fn failed_task(&self) -> Value {
        json!({
            "name": "CreateManualSnapshot",
            "status": "Failed",
            "instance_id": self.instance.id,
            "create_time": timestamp(self.begin_time()),
            "end_time": timestamp(shifted(self.end(), self.clock_off_by)),
            "fail_reason": "The backup lock was not obtained.",
        })
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

/// A moment of a query: `2018-08-06T10:41:14+0800`, or with `Z`.
pub(crate) fn moment(text: &str) -> Option<SystemTime> {
    let form =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second][offset_hour sign:mandatory][offset_minute]");
    let text = text.strip_suffix('Z').map_or_else(|| text.to_owned(), |text| format!("{text}+0000"));
    OffsetDateTime::parse(&text, form).ok().map(SystemTime::from)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, as HTTP's headers have it.
pub(crate) fn http_date(time: SystemTime) -> String {
    let form =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    OffsetDateTime::from(time).format(form).unwrap_or_default()
}

/// This many seconds later; earlier, when negative.
pub(crate) fn shifted(time: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let shifted = if seconds < 0 { time.checked_sub(distance) } else { time.checked_add(distance) };
    shifted.unwrap_or(time)
}
