//! The time of day at which an instance's automated backups are made.

use crate::time::UnixSeconds;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// `backup_strategy.start_time` of "Querying DB Instances": `hh:mm-hh:mm` in UTC, an hour as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupWindow {
    /// In seconds since midnight.
    start: i64,
    /// Likewise; at or before the start if it is on the next day.
    end: i64,
}

impl BackupWindow {
    /// Reads it. `None` if it has another form, or names a time of day that doesn't exist.
    pub fn read(text: &str) -> Option<Self> {
        let (start, end) = text.trim().split_once('-')?;
        Some(Self { start: time_of_day(start)?, end: time_of_day(end)? })
    }

    /// When the window ends that a moment is in; `None` outside of it.
    pub fn ends(self, moment: UnixSeconds) -> Option<UnixSeconds> {
        let length = (self.end - self.start).rem_euclid(SECONDS_PER_DAY);
        let since_start = (moment.0 - self.start).rem_euclid(SECONDS_PER_DAY);
        (since_start < length).then_some(UnixSeconds(moment.0 + length - since_start))
    }
}

/// `hh:mm`, in seconds since midnight.
fn time_of_day(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |text: &str, end: i64| {
        let is_number = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| is_number && (0..end).contains(number))
    };
    Some(number(hours, 24)? * 3600 + number(minutes, 60)? * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-24 00:00:00 UTC.
    const MIDNIGHT: i64 = 1_795_478_400;

    fn ends(window: &str, hours: i64, minutes: i64) -> Option<i64> {
        let moment = UnixSeconds(MIDNIGHT + hours * 3600 + minutes * 60);
        BackupWindow::read(window).unwrap().ends(moment).map(|end| (end.0 - MIDNIGHT) / 60)
    }

    #[test]
    fn a_moment_is_in_the_window_from_its_start_until_its_end() {
        for (hours, minutes, end) in
            [(18, 59, None), (19, 0, Some(20 * 60)), (19, 59, Some(20 * 60)), (20, 0, None), (43, 30, Some(44 * 60))]
        {
            assert_eq!(ends("19:00-20:00", hours, minutes), end, "{hours}:{minutes}");
        }
    }

    #[test]
    fn a_window_may_reach_into_the_next_day() {
        for (hours, end) in [(22, None), (23, Some(24 * 60)), (24, None)] {
            assert_eq!(ends("23:00-00:00", hours, 0), end, "{hours}");
        }
        assert_eq!(ends("23:30-00:30", 24, 10), Some(24 * 60 + 30));
        assert_eq!(ends("23:30-00:30", 0, 10), Some(30));
    }

    #[test]
    fn what_is_no_window_is_none() {
        for text in ["", "19:00", "19:00-", "24:00-01:00", "19:60-20:00", "a-b", "+1:00-02:00", "19:00:00-20:00:00"] {
            assert_eq!(BackupWindow::read(text), None, "{text}");
        }
        assert!(BackupWindow::read(" 01:00 - 02:00 ").is_some());
        assert_eq!(ends("19:00-19:00", 19, 0), None, "a window of no length");
    }
}
