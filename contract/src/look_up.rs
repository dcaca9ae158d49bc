//! Was it made? Finding the backup of a request whose answer was lost among those of the instance.
//!
//! The name is unique, so a backup of that name is either the request's own or was there before. When it began tells
//! which; the server's clock may differ from the browser's, and the `Date` of an answer tells by how much.

use crate::backup::Backup;
use crate::time::Moment;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The name that was asked for.
    pub name: String,
    /// When the user asked, by the browser's clock.
    pub asked: Moment,
}

/// What a list of the instance's backups says about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The backup exists, and it is the request's.
    Own(Backup),
    /// A backup of that name was there before the request.
    Earlier(Backup),
    /// A backup of that name exists, and its begin can't be compared.
    Undated(Backup),
    /// There is no backup of that name.
    Absent,
}

/// Seconds by which begin and request may differ when the server's clock is known: both are cut to whole seconds.
const ROUNDING: i64 = 3;
/// Seconds by which well-kept clocks differ at the most, when the server's isn't known.
const KEPT_CLOCKS: i64 = 120;
/// Seconds by which badly kept clocks differ at the most: between the two, when a backup began proves nothing.
const BAD_CLOCKS: i64 = 24 * 60 * 60;

/// Looks for the backup of a request in a complete list. `skew` is by how many seconds the server's clock is ahead of the
/// browser's, where that is known.
pub fn seek<'a>(backups: impl IntoIterator<Item = &'a Backup>, sought: &Sought, skew: Option<i64>) -> Finding {
    let named = backups.into_iter().find(|backup| backup.name.as_deref() == Some(&sought.name));
    let Some(backup) = named else { return Finding::Absent };
    let Some(Moment(begun)) = backup.begun() else { return Finding::Undated(backup.clone()) };
    // By the browser's clock, how long after the request it began.
    let after = begun - skew.unwrap_or(0) - sought.asked.0;
    let backup = backup.clone();
    match skew {
        Some(_) if after >= -ROUNDING => Finding::Own(backup),
        Some(_) => Finding::Earlier(backup),
        None if after.abs() <= KEPT_CLOCKS => Finding::Own(backup),
        None if after < -BAD_CLOCKS => Finding::Earlier(backup),
        None => Finding::Undated(backup),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup(name: &str, begin_time: &str) -> Backup {
        Backup { name: Some(name.into()), begin_time: Some(begin_time.into()), ..Backup::default() }
    }

    fn sought() -> Sought {
        // 2026-11-24 12:00:00 UTC
        Sought { name: "nightly".into(), asked: Moment(1_795_521_600) }
    }

    fn found(begin_time: &str, skew: Option<i64>) -> Finding {
        seek(&[backup("other", "2026-11-24T12:00:01Z"), backup("nightly", begin_time)], &sought(), skew)
    }

    #[test]
    fn the_moment_of_the_test_is_what_it_says() {
        assert_eq!(sought().asked.utc(), "2026-11-24 12:00:00");
    }

    #[test]
    fn a_backup_that_began_since_the_request_is_its_own() {
        for time in
            ["2026-11-24T12:00:00Z", "2026-11-24T12:00:05+0000", "2026-11-24T20:00:01+0800", "2026-11-24T11:59:58Z"]
        {
            assert!(matches!(found(time, Some(0)), Finding::Own(_)), "{time}");
        }
    }

    #[test]
    fn one_that_began_before_is_not() {
        for time in ["2026-11-24T11:59:50Z", "2025-01-01T00:00:00Z"] {
            assert!(matches!(found(time, Some(0)), Finding::Earlier(_)), "{time}");
        }
        assert!(matches!(found("2026-11-23T11:57:00Z", None), Finding::Earlier(_)));
    }

    #[test]
    fn the_servers_clock_is_allowed_for() {
        // Ten minutes slow: what it dates 11:50:02 began at 12:00:02 by the browser's clock.
        assert!(matches!(found("2026-11-24T11:50:02Z", Some(-600)), Finding::Own(_)));
        // Ten minutes fast: what it dates 12:05 began at 11:55.
        assert!(matches!(found("2026-11-24T12:05:00Z", Some(600)), Finding::Earlier(_)));
        // Not known: within two minutes it may be the clocks, and far from the request a clock may be wrong.
        assert!(matches!(found("2026-11-24T11:58:30Z", None), Finding::Own(_)));
        for time in ["2026-11-24T11:00:00Z", "2026-11-24T13:00:00Z"] {
            assert!(matches!(found(time, None), Finding::Undated(_)), "{time}");
        }
    }

    #[test]
    fn another_name_or_a_time_without_zone_prove_nothing() {
        assert_eq!(seek(&[backup("Nightly", "2026-11-24T12:00:00Z")], &sought(), None), Finding::Absent);
        assert!(matches!(found("2026-11-24T12:00:00", Some(0)), Finding::Undated(_)));
        assert_eq!(seek(&[], &sought(), None), Finding::Absent);
    }
}
