//! The clouds, and where their APIs differ. [`crate::regions`] has their hosts.

use crate::instance::Engine;

/// A cloud whose RDS API the page knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// Open Telekom Cloud.
    OpenTelekom,
    /// The Swiss Open Telekom Cloud.
    Swiss,
    /// Huawei Cloud, in the EU and elsewhere.
    Huawei,
    /// Flexible Engine, of Orange Business.
    FlexibleEngine,
}

impl Cloud {
    /// Every cloud.
    pub const ALL: [Self; 4] = [Self::OpenTelekom, Self::Swiss, Self::Huawei, Self::FlexibleEngine];

    /// The word for it in the settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::OpenTelekom => "otc",
            Self::Swiss => "swiss",
            Self::Huawei => "huawei",
            Self::FlexibleEngine => "flexible-engine",
        }
    }

    /// The cloud that a word of the settings means.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cloud| cloud.word() == word)
    }
}

/// What a cloud's API says of `databases`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialBackups {
    /// The engines whose databases can be backed up by themselves.
    pub engines: &'static [Engine],
    /// Whether there is `backup_database_individually`.
    pub can_be_individual: bool,
}

/// "Only Microsoft SQL Server support partial backups" (Table 2 of the API page).
const AS_THE_API_PAGE_SAYS: PartialBackups = PartialBackups { engines: &[Engine::SqlServer], can_be_individual: false };

impl PartialBackups {
    /// What is known of a cloud; `None`: of an endpoint whose cloud isn't known. The only place that says where the clouds
    /// differ.
    #[allow(clippy::match_same_arms, reason = "each cloud has a row with its own source")]
    pub const fn of(cloud: Option<Cloud>) -> Self {
        match cloud {
            // opentelekomcloud-docs/relational-database-service, "Creating a Manual Backup" (April 2026).
            Some(Cloud::OpenTelekom) => AS_THE_API_PAGE_SAYS,
            // opentelekomcloud-docs-swiss/relational-database-service, the same page (June 2025).
            Some(Cloud::Swiss) => AS_THE_API_PAGE_SAYS,
            // support.huaweicloud.com, /api-rds/rds_09_0004.html (January 2026); Huawei's OpenAPI, `CreateManualBackup`.
            Some(Cloud::Huawei) => Self { engines: &[Engine::PostgreSql, Engine::SqlServer], can_be_individual: true },
            // Nothing else is known of it.
            Some(Cloud::FlexibleEngine) => AS_THE_API_PAGE_SAYS,
            None => AS_THE_API_PAGE_SAYS,
        }
    }

    /// Whether databases of an engine can be backed up by themselves.
    pub fn supports(self, engine: Engine) -> bool {
        self.engines.contains(&engine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clouds_differ_in_postgresql_and_in_the_tick_box() {
        use Engine::{MySql, PostgreSql, SqlServer};
        let [otc, swiss, huawei, flexible] = Cloud::ALL.map(Some);
        for (cloud, engines, individually) in [
            (otc, &[SqlServer][..], false),
            (swiss, &[SqlServer], false),
            (huawei, &[PostgreSql, SqlServer], true),
            (flexible, &[SqlServer], false),
            (None, &[SqlServer], false),
        ] {
            let partial = PartialBackups::of(cloud);
            let supported = [MySql, PostgreSql, SqlServer].into_iter().filter(|engine| partial.supports(*engine));
            assert_eq!(supported.collect::<Vec<_>>(), engines, "{cloud:?}");
            assert_eq!(partial.can_be_individual, individually, "{cloud:?}");
        }
    }

    #[test]
    fn each_word_means_its_cloud() {
        for cloud in Cloud::ALL {
            assert_eq!(Cloud::of_word(cloud.word()), Some(cloud));
        }
        assert_eq!(Cloud::of_word("Huawei"), None);
    }
}
