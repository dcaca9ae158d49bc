//! Databases: "a list of self-built Microsoft SQL Server databases that are partially backed up. (Only Microsoft SQL
//! Server support partial backups.)" (Table 2 of the API page); where clouds differ in this is in [`crate::cloud`]. No rule for the names or their number is documented;
//! blank and repeated entries are refused by this page, since they are never intended.

use super::field::Field;
use super::normalize::normalize;
use super::token::without_token;
use super::violation::Violation;
use crate::cloud::PartialBackups;
use crate::instance::Engine;

/// A database to back up: an element of `databases` (Table 3 of the API page).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    name: String,
}

impl Database {
    /// The database's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Reads the entries of the list for an instance of `engine` (`None`: unknown) in a cloud with `partial` backups. An empty
/// list is a full backup.
///
/// # Errors
/// Each fault with the field it belongs to: the list ([`Field::Databases`]) or an entry ([`Field::Database`]).
pub fn databases<'a>(
    entries: impl IntoIterator<Item = &'a str>,
    engine: Option<Engine>,
    partial: PartialBackups,
) -> Result<Vec<Database>, Vec<(Field, Violation)>> {
    let mut databases: Vec<Database> = Vec::new();
    let mut faults = Vec::new();
    // In their order. A map would be more code, and the page's first part has a tight size budget.
    let mut names: Vec<(&str, usize)> = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let name = normalize(entry);
        if name.is_empty() {
            faults.push((Field::Database(index), Violation::DatabaseBlank));
            continue;
        }
        if let Err(violations) = without_token(name) {
            faults.extend(violations.into_iter().map(|violation| (Field::Database(index), violation)));
            continue;
        }
        match names.binary_search_by_key(&name, |(known, _)| *known) {
            Ok(place) => {
                let earlier = names.get(place).map_or(0, |(_, earlier)| *earlier);
                faults.push((Field::Database(index), Violation::DatabaseRepeated { earlier }));
            }
            Err(place) => {
                names.insert(place, (name, index));
                databases.push(Database { name: name.to_owned() });
            }
        }
    }
    let any = !(databases.is_empty() && faults.is_empty());
    if let Some(engine) = engine.filter(|engine| any && !partial.supports(*engine)) {
        let supported = partial.engines;
        faults.insert(0, (Field::Databases, Violation::DatabasesUnsupported { engine, supported }));
    }
    if faults.is_empty() { Ok(databases) } else { Err(faults) }
}

/// Whether each database is to be backed up individually: `backup_database_individually`, which "databases" has to come
/// with (support.huaweicloud.com, /api-rds/rds_09_0004.html). Of a full backup it says nothing.
///
/// # Errors
/// If the cloud has nothing like it: leaving it out would make another backup than the one that is asked for.
pub fn individually(is_wanted: bool, any: bool, partial: PartialBackups) -> Result<bool, Violation> {
    let is_wanted = is_wanted && any;
    if is_wanted && !partial.can_be_individual { Err(Violation::IndividuallyUnsupported) } else { Ok(is_wanted) }
}

/// The names in a pasted list: separated by commas, semicolons, tabs or line breaks, normalized, without blank ones.
pub fn split(text: &str) -> Vec<&str> {
    text.split([',', ';', '\t', '\n', '\r']).map(normalize).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::Cloud;
    use crate::rules::violation::TokenFault;

    fn faults(entries: &[&str], engine: Option<Engine>) -> Vec<(Field, Violation)> {
        databases(entries.iter().copied(), engine, PartialBackups::of(None)).err().unwrap_or_default()
    }

    #[test]
    fn names_become_databases_in_their_order() {
        let list = databases(["db1", " db2 "], Some(Engine::SqlServer), PartialBackups::of(None)).unwrap();
        assert_eq!(list.iter().map(Database::name).collect::<Vec<_>>(), ["db1", "db2"]);
        assert!(databases(["db1"], None, PartialBackups::of(None)).is_ok());
    }

    #[test]
    fn no_entries_are_a_full_backup_of_any_engine() {
        for engine in [None, Some(Engine::MySql), Some(Engine::PostgreSql), Some(Engine::SqlServer)] {
            assert_eq!(databases([], engine, PartialBackups::of(None)), Ok(vec![]));
        }
    }

    #[test]
    fn engines_without_partial_backups_in_the_cloud_are_refused() {
        for cloud in Cloud::ALL.map(Some).into_iter().chain([None]) {
            let partial = PartialBackups::of(cloud);
            for engine in Engine::ALL {
                let read = databases(["db1"], Some(engine), partial);
                let unsupported = Violation::DatabasesUnsupported { engine, supported: partial.engines };
                if partial.supports(engine) {
                    assert_eq!(read.map(|list| list.len()), Ok(1), "{cloud:?}, {engine:?}");
                } else {
                    assert_eq!(read, Err(vec![(Field::Databases, unsupported)]), "{cloud:?}, {engine:?}");
                    assert_eq!(databases([""], Some(engine), partial).err().map(|faults| faults.len()), Some(2));
                }
            }
        }
    }

    #[test]
    fn databases_are_backed_up_individually_where_the_cloud_can_and_never_without_any() {
        let (huawei, otc) = (PartialBackups::of(Some(Cloud::Huawei)), PartialBackups::of(Some(Cloud::OpenTelekom)));
        assert_eq!(individually(true, true, huawei), Ok(true));
        assert_eq!(individually(true, true, otc), Err(Violation::IndividuallyUnsupported));
        for partial in [huawei, otc] {
            assert_eq!(individually(true, false, partial), Ok(false));
            assert_eq!(individually(false, true, partial), Ok(false));
        }
    }

    #[test]
    fn blank_and_repeated_entries_are_refused_where_they_stand() {
        assert_eq!(
            faults(&["db1", " ", "db1", "DB1", "db1"], Some(Engine::SqlServer)),
            [
                (Field::Database(1), Violation::DatabaseBlank),
                (Field::Database(2), Violation::DatabaseRepeated { earlier: 0 }),
                (Field::Database(4), Violation::DatabaseRepeated { earlier: 0 }),
            ]
        );
    }

    #[test]
    fn a_pasted_list_is_split_at_commas_semicolons_and_lines() {
        assert_eq!(split("db1, db2;db3\r\n\r\n db4\n,"), ["db1", "db2", "db3", "db4"]);
        assert_eq!(split("sales data"), ["sales data"]);
        assert!(split(" ;,\n").is_empty());
    }

    #[test]
    fn a_token_is_no_name() {
        let token = format!("MII{}", "Zk3xTbQ0w".repeat(130));
        let fault = Violation::Token(TokenFault::InAnotherField);
        assert_eq!(faults(&["db1", &token], Some(Engine::SqlServer)), [(Field::Database(1), fault)]);
    }
}
