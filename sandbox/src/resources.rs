//! What the API's lists hold: instances and their backups.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::list_delay::ListDelay;
use crate::timestamps::{offset_by, timestamp};

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
    /// The primary of a read replica.
    pub replica_of: Option<&'static str>,
    /// Self-built databases.
    pub databases: &'static [&'static str],
    /// When automated backups are made, in UTC.
    pub backup_window: String,
}

impl Instance {
    pub(crate) fn new(id: &str, name: &str, engine: &'static str, version: &'static str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            engine,
            version,
            replica_of: None,
            databases: &[],
            backup_window: String::new(),
        }
    }

    /// The instance as an element of the list.
    pub fn listed(&self, status: &str) -> Value {
        let related = self.replica_of.map(|primary| json!([{ "id": primary, "type": "replica_of" }]));
        without_nulls(json!({
            "id": self.id,
            "name": self.name,
            "status": status,
            "type": if self.replica_of.is_some() { "Replica" } else { "Ha" },
            "datastore": { "type": self.engine, "version": self.version },
            "backup_strategy": { "start_time": self.backup_window, "keep_days": 7 },
            "related_instance": related.unwrap_or_else(|| json!([])),
        }))
    }
}

/// The window of an hour, on the hour, that a moment is in: `hh:00-hh:00` in UTC.
pub fn window_in(moment: SystemTime) -> String {
    let since_1970 = moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let hour = since_1970.as_secs() / 3600 % 24;
    format!("{hour:02}:00-{:02}:00", (hour + 1) % 24)
}

/// A backup in the sandbox.
#[derive(Clone, Debug)]
pub struct StoredBackup {
    /// `id`.
    pub id: String,
    /// The backed-up instance.
    pub instance: Arc<Instance>,
    /// `name`.
    pub name: String,
    /// `description`, if one was sent.
    pub description: Option<String>,
    /// `databases`, if any were sent.
    pub databases: Option<Value>,
    /// `type`.
    pub kind: &'static str,
    /// `size` in kB, once it is built.
    pub size: i64,
    /// When it was requested.
    pub begin: SystemTime,
    /// How long it is BUILDING.
    pub build_time: Duration,
    /// Whether it will fail.
    pub fails: bool,
    /// Whether somebody has deleted it.
    pub is_deleting: bool,
    /// How many seconds the clock for its times is ahead.
    pub(crate) clock_off_by: i64,
    /// How late it appears in lists.
    pub(crate) list_delay: ListDelay,
    pub(crate) made: Instant,
}

impl StoredBackup {
    /// A new backup, requested now.
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
            list_delay: ListDelay::None,
            made: Instant::now(),
        }
    }

    /// Whether it is still being built.
    pub fn is_building(&self) -> bool {
        !self.is_deleting && SystemTime::now() < self.end()
    }

    /// Whether lists show it by now.
    pub fn is_listed(&self) -> bool {
        match self.list_delay {
            ListDelay::None | ListDelay::Requests(0) => true,
            ListDelay::Requests(_) | ListDelay::UntilEnded => false,
            ListDelay::Duration(time) => self.made.elapsed() >= time,
        }
    }

    /// `begin_time`: when it was requested, by the clock for backups.
    pub fn begin_time(&self) -> SystemTime {
        offset_by(self.begin, self.clock_off_by)
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

    /// The backup in the response to its creation.
    pub fn created(&self) -> Value {
        let backup = without_nulls(json!({
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
        without_nulls(json!({
            "id": self.id,
            "name": self.name,
            "type": self.kind,
            "size": if self.is_building() { 0 } else { self.size },
            "status": self.status(),
            "begin_time": timestamp(self.begin_time()),
            "end_time": (!self.is_building()).then(|| timestamp(offset_by(self.end(), self.clock_off_by))),
            "datastore": { "type": self.instance.engine, "version": self.instance.version },
            "databases": self.databases,
            "instance_id": self.instance.id,
        }))
    }
}

impl StoredBackup {
    /// The task that created it, once that has failed. Tasks don't name a backup ("Obtaining Task Information").
    pub(crate) fn failed_task(&self) -> Value {
        json!({
            "name": "CreateManualSnapshot",
            "status": "Failed",
            "instance_id": self.instance.id,
            "create_time": timestamp(self.begin_time()),
            "end_time": timestamp(offset_by(self.end(), self.clock_off_by)),
            "fail_reason": "The backup lock was not obtained.",
        })
    }
}

/// The object without its `null` members: the API omits missing values.
pub(crate) fn without_nulls(mut object: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.retain(|_, value| !value.is_null());
    }
    object
}
