//! A database instance, as far as creating a backup needs to know it.

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

    /// The engine's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::MySql => "MySQL",
            Self::PostgreSql => "PostgreSQL",
            Self::SqlServer => "Microsoft SQL Server",
        }
    }

    /// Whether a backup of single databases is possible: "Only Microsoft SQL Server support partial backups" (Table 2
    /// of the API page). Huawei's page of 2026 adds PostgreSQL; Open Telekom Cloud's and this project's source don't.
    pub fn supports_partial_backups(self) -> bool {
        self == Self::SqlServer
    }
}
