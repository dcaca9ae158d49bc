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

/// Reads the entries of the list. An empty list is a full backup. Whether there can be a partial one is another rule: see
/// [`partial_backup`].
///
/// # Errors
/// Each fault with the entry it belongs to.
pub fn databases<'a>(entries: impl IntoIterator<Item = &'a str>) -> Result<Vec<Database>, Vec<(Field, Violation)>> {
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
    if faults.is_empty() { Ok(databases) } else { Err(faults) }
}

/// What keeps some databases of an instance from being backed up: its engine, if that is known, or that each is to be backed up
/// individually (`backup_database_individually`), where the cloud's API has nothing like it. Leaving that out would make another
/// backup than the one that is asked for.
pub fn partial_backup(engine: Option<Engine>, is_individual: bool, cloud: PartialBackups) -> Vec<Violation> {
    let individually = (is_individual && !cloud.can_be_individual).then_some(Violation::IndividuallyUnsupported);
    let engine = engine.filter(|engine| !cloud.supports(*engine));
    let unsupported = engine.map(|engine| Violation::DatabasesUnsupported { engine, supported: cloud.engines });
    individually.into_iter().chain(unsupported).collect()
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

    fn faults(entries: &[&str]) -> Vec<(Field, Violation)> {
        databases(entries.iter().copied()).err().unwrap_or_default()
    }

    #[test]
    fn names_become_databases_in_their_order_and_none_are_a_full_backup() {
        let list = databases(["db1", " db2 "]).unwrap();
        assert_eq!(list.iter().map(Database::name).collect::<Vec<_>>(), ["db1", "db2"]);
        assert_eq!(databases([]), Ok(vec![]));
    }

    #[test]
    fn engines_without_partial_backups_in_the_cloud_are_refused() {
        for cloud in Cloud::ALL.map(Some).into_iter().chain([None]) {
            let partial = PartialBackups::of(cloud);
            for engine in Engine::ALL {
                let unsupported = Violation::DatabasesUnsupported { engine, supported: partial.engines };
                let expected = if partial.supports(engine) { vec![] } else { vec![unsupported] };
                assert_eq!(partial_backup(Some(engine), false, partial), expected, "{cloud:?}, {engine:?}");
            }
            assert_eq!(partial_backup(None, false, partial), []);
        }
    }

    #[test]
    fn databases_are_backed_up_individually_where_the_cloud_can() {
        for cloud in Cloud::ALL.map(Some).into_iter().chain([None]) {
            let partial = PartialBackups::of(cloud);
            let expected = if partial.can_be_individual { vec![] } else { vec![Violation::IndividuallyUnsupported] };
            assert_eq!(partial_backup(Some(Engine::SqlServer), true, partial), expected, "{cloud:?}");
            assert_eq!(partial_backup(Some(Engine::MySql), true, partial).len(), expected.len() + 1, "{cloud:?}");
        }
    }

    #[test]
    fn blank_and_repeated_entries_are_refused_where_they_stand() {
        assert_eq!(
            faults(&["db1", " ", "db1", "DB1", "db1"]),
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
        assert_eq!(faults(&["db1", &token]), [(Field::Database(1), fault)]);
    }
}
