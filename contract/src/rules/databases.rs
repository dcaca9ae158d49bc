//! Databases: "a list of self-built Microsoft SQL Server databases that are partially backed up. (Only Microsoft SQL
//! Server support partial backups.)" (Table 2 of the API page). No rule for the names or their number is documented;
//! blank and repeated entries are refused by this page, since they are never intended.

use super::field::Field;
use super::normalize::normalize;
use super::token::without_token;
use super::violation::Violation;
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

/// Reads the entries of the list for an instance of `engine` (`None`: unknown). An empty list is a full backup.
///
/// # Errors
/// Each fault with the field it belongs to: the list ([`Field::Databases`]) or an entry ([`Field::Database`]).
pub fn databases<'a>(
    entries: impl IntoIterator<Item = &'a str>,
    engine: Option<Engine>,
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
    if let Some(engine) = engine.filter(|engine| any && !engine.supports_partial_backups()) {
        faults.insert(0, (Field::Databases, Violation::DatabasesUnsupported(engine)));
    }
    if faults.is_empty() { Ok(databases) } else { Err(faults) }
}

/// The names in a pasted list: separated by commas, semicolons, tabs or line breaks, normalized, without blank ones.
pub fn split(text: &str) -> Vec<&str> {
    text.split([',', ';', '\t', '\n', '\r']).map(normalize).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::violation::TokenFault;

    fn faults(entries: &[&str], engine: Option<Engine>) -> Vec<(Field, Violation)> {
        databases(entries.iter().copied(), engine).err().unwrap_or_default()
    }

    #[test]
    fn names_become_databases_in_their_order() {
        let list = databases(["db1", " db2 "], Some(Engine::SqlServer)).unwrap();
        assert_eq!(list.iter().map(Database::name).collect::<Vec<_>>(), ["db1", "db2"]);
        assert!(databases(["db1"], None).is_ok());
    }

    #[test]
    fn no_entries_are_a_full_backup_of_any_engine() {
        for engine in [None, Some(Engine::MySql), Some(Engine::PostgreSql), Some(Engine::SqlServer)] {
            assert_eq!(databases([], engine), Ok(vec![]));
        }
    }

    #[test]
    fn other_engines_than_sql_server_are_refused() {
        for engine in [Engine::MySql, Engine::PostgreSql] {
            assert_eq!(faults(&["db1"], Some(engine)), [(Field::Databases, Violation::DatabasesUnsupported(engine))]);
            assert_eq!(faults(&[""], Some(engine)).len(), 2);
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
