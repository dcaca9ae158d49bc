//! Suggests a backup name that is valid and free, and states instance and time.

use crate::rules::name::{MAX_NAME_LENGTH, backup_name};
use crate::time::UnixSeconds;

/// Suggests a name: the instance's name and the UTC time, such as `orders-mysql-20261124T012541Z`. Characters that a
/// backup name can't have become hyphens; a name that is `taken` gets a number.
pub fn backup_name_for(instance_name: &str, now: UnixSeconds, taken: impl Fn(&str) -> bool) -> String {
    let time: String = now.utc().chars().filter(|character| character.is_ascii_digit() || *character == ' ').collect();
    let suffix = format!("-{}Z", time.replace(' ', "T"));
    let plain: String = instance_name
        .chars()
        .map(
            |character| {
                if character.is_ascii_alphanumeric() || matches!(character, '-' | '_') { character } else { '-' }
            },
        )
        .collect();
    let plain = plain.trim_matches(['-', '_']);
    let starts_well = plain.starts_with(|character: char| character.is_ascii_alphabetic());
    let stem = if starts_well { plain.to_owned() } else { format!("backup-{plain}") };
    let stem = stem.trim_end_matches('-');
    let with = |ending: &str| {
        let room = MAX_NAME_LENGTH.saturating_sub(ending.len());
        // The stem is ASCII, so any length is a character boundary.
        format!("{}{ending}", stem.get(..room).unwrap_or(stem))
    };
    let numbered = (2_u32..).map(|number| with(&format!("{suffix}-{number}")));
    let mut candidates = std::iter::once(with(&suffix)).chain(numbered);
    candidates.find(|name| backup_name(name).is_ok() && !taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reach::{cases, holds};

    // 2026-11-24 01:25:41 UTC
    const NOW: UnixSeconds = UnixSeconds(1_795_483_541);

    #[test]
    fn it_has_the_instances_name_and_the_time() {
        assert_eq!(backup_name_for("orders-mysql", NOW, |_| false), "orders-mysql-20261124T012541Z");
        assert_eq!(backup_name_for("1. Bestellungen", NOW, |_| false), "backup-1--Bestellungen-20261124T012541Z");
        assert_eq!(backup_name_for("", NOW, |_| false), "backup-20261124T012541Z");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let first = "db-20261124T012541Z";
        assert_eq!(backup_name_for("db", NOW, |name| name == first), "db-20261124T012541Z-2");
    }

    #[test]
    fn it_keeps_the_rule_and_is_free_whatever_the_instance_is_called() {
        let name = prop_oneof!["\\PC{0,100}", "[a-z][a-z0-9_-]{0,80}", "[0-9_-]{0,6}"];
        let floors = [("begins with a letter", 200), ("begins otherwise", 200), ("is cut", 200), ("is taken", 600)];
        holds(1_000, &(name, 0_i64..4_000_000_000, 0_u32..20), &floors, |(name, seconds, how_many)| {
            // The first few suggestions are taken.
            let taken = std::cell::RefCell::new(Vec::new());
            let is_taken = |name: &str| {
                let mut taken = taken.borrow_mut();
                let is_taken = taken.len() < how_many as usize;
                taken.extend(is_taken.then(|| name.to_owned()));
                is_taken
            };
            let suggested = backup_name_for(&name, UnixSeconds(seconds), is_taken);
            assert!(backup_name(&suggested).is_ok(), "{suggested}");
            assert!(!taken.borrow().contains(&suggested), "{suggested}");
            let begins_well = name.trim_matches(['-', '_']).starts_with(|first: char| first.is_ascii_alphabetic());
            cases([
                ("begins with a letter", begins_well),
                ("begins otherwise", !begins_well),
                ("is cut", suggested.len() == MAX_NAME_LENGTH),
                ("is taken", how_many > 0),
            ])
        });
    }
}
