//! A backup name that keeps the rule, tells instance and time, and is free.

use crate::rules::name::{LONGEST, backup_name};
use crate::time::Moment;

/// Suggests a name: the instance's name and the UTC time, such as `orders-mysql-20261124T012541Z`. Characters that a
/// backup name can't have become hyphens; a name that is `taken` gets a number.
pub fn backup_name_for(instance_name: &str, now: Moment, taken: impl Fn(&str) -> bool) -> String {
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
        let room = LONGEST.saturating_sub(ending.len());
        // The stem is ASCII: any length is a boundary.
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

    // 2026-11-24 01:25:41 UTC
    const NOW: Moment = Moment(1_795_483_541);

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

    proptest! {
        #[test]
        fn it_keeps_the_rule_whatever_the_instance_is_called(name in "\\PC{0,100}", seconds in 0_i64..4_000_000_000) {
            let suggested = backup_name_for(&name, Moment(seconds), |_| false);
            prop_assert!(backup_name(&suggested).is_ok(), "{}", suggested);
        }
    }
}
