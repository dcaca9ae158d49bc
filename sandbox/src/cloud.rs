//! The clouds that the sandbox plays, and where their APIs differ.

/// A cloud whose API the sandbox plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Cloud {
    /// Open Telekom Cloud: partial backups of SQL Server only
    #[default]
    Otc,
    /// The Swiss Open Telekom Cloud: likewise
    Swiss,
    /// Huawei Cloud: partial backups of PostgreSQL too, and of each database individually
    Huawei,
}

impl Cloud {
    /// The word for it, in options and in `x-clouds` of the OpenAPI document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Otc => "otc",
            Self::Swiss => "swiss",
            Self::Huawei => "huawei",
        }
    }

    /// The engines that have partial backups, by `datastore.type` (the cloud's page "Creating a Manual Backup").
    pub fn partial_backups(self) -> &'static [&'static str] {
        match self {
            Self::Otc | Self::Swiss => &["SQLServer"],
            Self::Huawei => &["PostgreSQL", "SQLServer"],
        }
    }
}
