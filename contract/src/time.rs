//! The date formats that the API actually sends.
//!
//! The API page says `yyyy-mm-ddThh:mm:ssZ`, "Z indicates the time zone offset"; its own example has no offset at all,
//! the list of backups has `+0800` without a colon, and one page of the docs inserts spaces. All of these are accepted,
//! and anything else stays the server's text.

/// A time that the API sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// An exact moment: the text states its offset from UTC.
    Exact(UnixSeconds),
    /// A date and time of day without an offset. The API doesn't say which moment that is.
    ZoneNotStated,
}

/// A moment, in whole seconds since 1970-01-01T00:00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixSeconds(pub i64);

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// Reads a time. `None` if the text has none of the formats, or names a day or an hour that doesn't exist.
pub fn parse(text: &str) -> Option<Time> {
    let compact: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let (date, rest) = compact.split_once(['T', 't'])?;
    let mut date = date.split('-');
    let days = days_since_1970(digits(date.next()?, 4)?, digits(date.next()?, 2)?, digits(date.next()?, 2)?)?;
    if date.next().is_some() {
        return None;
    }
    let (time, offset) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
    let seconds = seconds_of_day(time)?;
    match offset {
        "" => Some(Time::ZoneNotStated),
        _ => Some(Time::Exact(UnixSeconds(days * SECONDS_PER_DAY + seconds - offset_seconds(offset)?))),
    }
}

/// The moment that a text states; `None` if it states none, or no offset from UTC.
pub fn moment(text: &str) -> Option<UnixSeconds> {
    match parse(text)? {
        Time::Exact(moment) => Some(moment),
        Time::ZoneNotStated => None,
    }
}

impl UnixSeconds {
    /// Date and time of day in UTC, as `2018-08-06 04:41:14`.
    pub fn utc(self) -> String {
        let (days, seconds) = (self.0.div_euclid(SECONDS_PER_DAY), self.0.rem_euclid(SECONDS_PER_DAY));
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

impl UnixSeconds {
    /// The moment in a time zone that is `minutes` ahead of UTC, in the format of RFC 3339:
    /// `2018-08-06T06:41:14+02:00`.
    pub fn at_offset(self, minutes: i64) -> String {
        let clock = Self(self.0 + minutes * 60).utc().replace(' ', "T");
        if minutes == 0 {
            return format!("{clock}Z");
        }
        let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
        format!("{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Exactly `length` digits.
fn digits(text: &str, length: usize) -> Option<i64> {
    let all_digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

/// `hh:mm:ss` with an optional fraction, which is dropped.
fn seconds_of_day(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = whole.split(':');
    let (hour, minute, second) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let exists = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
    let is_number = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    (exists && is_number).then_some(hour * 3600 + minute * 60 + second)
}

/// `Z`, `+hhmm` or `+hh:mm`.
fn offset_seconds(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_at_checked(2)?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes.strip_prefix(':').unwrap_or(minutes), 2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap(year)),
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Years that begin in March put the leap day last, so that one formula gives the days before a month.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - DAYS_TO_1970)
}

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

/// Year, month and day of a day counted from 1970-01-01: the inverse of [`days_since_1970`].
fn civil(days: i64) -> (i64, i64, i64) {
    const DAYS_PER_ERA: i64 = 146_097; // days in 400 years
    let days = days + DAYS_TO_1970;
    let (era, of_era) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / (DAYS_PER_ERA - 1)) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year_of_era, month + 3) } else { (year_of_era + 1, month - 9) };
    (era * 400 + year, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> String {
        match parse(text) {
            Some(Time::Exact(moment)) => moment.utc(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn each_form_of_the_docs_is_read() {
        assert_eq!(parse("2016-09-12T01:17:05"), Some(Time::ZoneNotStated));
        assert_eq!(utc("2022-08-23T07:41:50Z"), "2022-08-23 07:41:50");
        assert_eq!(utc("2018-08-06T12:41:14+0800"), "2018-08-06 04:41:14");
        assert_eq!(utc("2020-07-15T07:46:10+0000"), "2020-07-15 07:46:10");
        assert_eq!(utc("2018 - 08 - 06 T12: 41: 14 + 0800"), "2018-08-06 04:41:14");
        assert_eq!(utc("2019-02-13T06:52:13.855000Z"), "2019-02-13 06:52:13");
    }

    #[test]
    fn the_forms_of_rfc_3339_are_read_as_well() {
        assert_eq!(utc("2018-08-06t12:41:14-05:30"), "2018-08-06 18:11:14");
        assert_eq!(utc("1970-01-01T00:00:00z"), "1970-01-01 00:00:00");
        assert_eq!(utc("1969-12-31T23:59:59Z"), "1969-12-31 23:59:59");
        assert_eq!(utc("2024-02-29T23:30:00-0100"), "2024-03-01 00:30:00");
    }

    #[test]
    fn a_moment_is_written_with_the_offset_of_a_zone_and_reads_back() {
        let moment = UnixSeconds(1_533_530_474);
        for (minutes, written) in [
            (0, "2018-08-06T04:41:14Z"),
            (120, "2018-08-06T06:41:14+02:00"),
            (-330, "2018-08-05T23:11:14-05:30"),
            (-30, "2018-08-06T04:11:14-00:30"),
        ] {
            assert_eq!(moment.at_offset(minutes), written);
            assert_eq!(parse(written), Some(Time::Exact(moment)));
        }
    }

    #[test]
    fn what_is_no_time_stays_the_servers_text() {
        for text in [
            "",
            "BUILDING",
            "2018-08-06",
            "T",
            "2018-13-06T12:41:14Z",
            "2018-02-29T12:41:14Z",
            "2018-08-00T12:41:14Z",
            "2018-08-06T24:00:00Z",
            "2018-08-06T12:60:14Z",
            "2018-08-06T12:41Z",
            "2018-08-06T12:41:14+08",
            "2018-08-06T12:41:14+2400",
            "2018-08-06T12:41:14+0:800",
            "2018-08-06T12:41:14+080:0",
            "2018-08-06T12:41:14+08::00",
            "2018-08-06T12:41:14+:0800",
            "2018-08-06T12:41:14.Z",
            "18-08-06T12:41:14Z",
            "2018-08-06-01T12:41:14Z",
            "2018-08-06T12:41:14:01Z",
            "٢٠١٨-08-06T12:41:14Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(seconds in -62_135_596_800_i64..253_402_300_800) {
            let written = UnixSeconds(seconds).utc().replace(' ', "T") + "Z";
            prop_assert_eq!(parse(&written), Some(Time::Exact(UnixSeconds(seconds))));
        }
    }
}
