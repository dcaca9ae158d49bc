//! What the sandbox has from the start: a project, its token, instances and backups.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::cloud::Cloud;
use crate::iam_token::{Claims, VALIDITY};
use crate::list_delay::ListDelay;
pub use crate::project::{PROJECT_ID, PROJECT_NAME};
use crate::resources::{Instance, StoredBackup, window_in};

/// The MySQL instance of the source document's example.
pub const MYSQL: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin01";
/// A read replica of [`MYSQL`].
pub const MYSQL_REPLICA: &str = "5f1c0d2be9a84f3fa6d1c7b8e2093a44in01";
/// A PostgreSQL instance.
pub const POSTGRESQL: &str = "a8a5f2c19d3e4b7788c1d0e9f6b273f8in03";
/// The SQL Server instance of the source document's example.
pub const SQL_SERVER: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin04";

/// The tokens of this run, by the number of renewals before each.
static TOKENS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The token that the sandbox accepts: it has the size and format of a real one, but is valid nowhere else, and differs from
/// run to run.
pub fn token() -> String {
    renewed_token(0)
}

/// The token that is accepted after this many renewals.
pub fn renewed_token(renewals: usize) -> String {
    let mut tokens = TOKENS.lock().unwrap_or_else(PoisonError::into_inner);
    while tokens.len() <= renewals {
        tokens.push(Claims::new().token());
    }
    tokens.get(renewals).cloned().unwrap_or_default()
}

/// A kind of token to try the page with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TokenKind {
    /// The one that the sandbox accepts
    #[default]
    Valid,
    /// Expired an hour ago
    Expired,
    /// For another project
    AnotherProject,
    /// For an account, and no project
    Account,
    /// Only the first 1,024 characters
    Cut,
}

/// A token of a kind that the API refuses, or that the page finds fault with.
pub fn token_of_kind(kind: TokenKind) -> String {
    match kind {
        TokenKind::Valid => token(),
        TokenKind::Expired => {
            Claims { issued: SystemTime::now() - VALIDITY - Duration::from_secs(3600), ..Claims::new() }.token()
        }
        TokenKind::AnotherProject => {
            let project = Some(("1c2e51d8be5b4d7fb0a2a0ffb1c1d2e3".into(), "sandbox_another".into()));
            Claims { project, ..Claims::new() }.token()
        }
        TokenKind::Account => Claims { project: None, ..Claims::new() }.token(),
        TokenKind::Cut => token().chars().take(1_024).collect(),
    }
}

/// The instances of [`PROJECT_ID`]; a large project has a thousand more. Automated backups are due
/// after this time.
pub fn instances(is_large: bool, until_backup_window: Duration) -> Vec<Arc<Instance>> {
    let replica = Instance {
        replica_of: Some(MYSQL),
        ..Instance::new(MYSQL_REPLICA, "orders-mysql-read-replica", "MySQL", "8.0")
    };
    let sql_server = Instance {
        databases: &["db1", "db2", "sales", "archive"],
        ..Instance::new(SQL_SERVER, "reports-sqlserver", "SQLServer", "2022_SE")
    };
    let postgresql = Instance {
        databases: &["invoices", "ledger"],
        ..Instance::new(POSTGRESQL, "billing-postgresql", "PostgreSQL", "16")
    };
    let few = [Instance::new(MYSQL, "orders-mysql", "MySQL", "8.0"), replica, postgresql, sql_server];
    let more = (0..if is_large { 996 } else { 0 })
        .map(|number| Instance::new(&format!("{number:032x}in01"), &format!("shard-{number:03}"), "MySQL", "8.0"));
    let with_window =
        |instance: Instance| Instance { backup_window: window_in(SystemTime::now() + until_backup_window), ..instance };
    few.into_iter().chain(more).map(with_window).map(Arc::new).collect()
}

/// How many backups of [`MYSQL`] a large project has.
pub const LARGE_PROJECT_BACKUPS: u32 = 10_000;

/// Backups of an instance: one per hour, the newest an hour ago, each of five minutes.
pub fn hourly_backups(instance: &Arc<Instance>, count: u32) -> Vec<StoredBackup> {
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
            list_delay: ListDelay::None,
            made: Instant::now(),
        })
        .collect()
}

/// What users have to enter into the page, with this token; `endpoint` is the address by which the page reaches the sandbox.
/// The databases are named of engines that have partial backups in the cloud.
pub fn describe(endpoint: &str, token: &str, cloud: Cloud) -> String {
    let instances: Vec<String> = instances(false, Duration::ZERO)
        .iter()
        .map(|instance| {
            let Instance { id, name, engine, version, databases, .. } = &**instance;
            let has_partial_backups = !databases.is_empty() && cloud.partial_backups().contains(engine);
            let databases =
                if has_partial_backups { format!("; databases {}", databases.join(", ")) } else { String::new() };
            format!("{id}  {name} ({engine} {version}{databases})\n")
        })
        .collect();
    format!(
        "  Token        {token}\n  Endpoint     {endpoint}\n  Project ID   {PROJECT_ID}\n  Instance ID  {}",
        instances.join("               ")
    )
}
