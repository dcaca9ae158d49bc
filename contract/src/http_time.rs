//! The times of HTTP's own headers (RFC 9110, sections 5.6.7 and 10.2.3).

use crate::time::{Time, UnixSeconds, parse};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads an HTTP date, in each of the three forms that a recipient must accept: `Sun, 06 Nov 1994 08:49:37 GMT`, and
/// the obsolete `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
pub fn date(text: &str) -> Option<UnixSeconds> {
    let parts: Vec<&str> = text.split([' ', ',', '-']).filter(|part| !part.is_empty()).collect();
    let ([_, day, month, year, time, "GMT"] | [_, month, day, time, year]) = parts[..] else { return None };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    // The obsolete form has two digits: no server's clock is before 1970.
    let century = match year.len() {
        2 if year < "70" => "20",
        2 => "19",
        _ => "",
    };
    match parse(&format!("{century}{year}-{month:02}-{day:0>2}T{time}Z"))? {
        Time::Exact(moment) => Some(moment),
        Time::ZoneNotStated => None,
    }
}

/// How many seconds `Retry-After` asks to wait, counted from the answer; it states seconds or a date. A date is
/// compared with the answer's own `Date`, since other clocks may differ. A date in the past means no wait.
pub fn retry_after(text: &str, answered: Option<UnixSeconds>) -> Option<u32> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().unwrap_or(u32::MAX));
    }
    let (UnixSeconds(until), UnixSeconds(answered)) = (date(text)?, answered?);
    Some(u32::try_from((until - answered).max(0)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // 1994-11-06 08:49:37 UTC, the moment of RFC 9110's examples.
    const NOVEMBER: UnixSeconds = UnixSeconds(784_111_777);

    #[test]
    fn each_form_of_the_rfc_is_read() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(date(text), Some(NOVEMBER), "{text}");
        }
        assert_eq!(date("Friday, 27-Nov-26 01:25:41 GMT"), date("Fri, 27 Nov 2026 01:25:41 GMT"));
        assert_eq!(
            date("Wednesday, 31-Dec-69 23:59:59 GMT").map(UnixSeconds::utc).as_deref(),
            Some("2069-12-31 23:59:59")
        );
        assert_eq!(date("Thursday, 01-Jan-70 00:00:00 GMT"), Some(UnixSeconds(0)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49:37 +0100",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 994 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_are_read_whatever_the_date() {
        for answered in [None, Some(NOVEMBER)] {
            assert_eq!(retry_after(" 120 ", answered), Some(120));
            assert_eq!(retry_after("0", answered), Some(0));
            assert_eq!(retry_after("99999999999999999999", answered), Some(u32::MAX));
            for text in ["", "-1", "+5", "1.5", "5 minutes", "٣"] {
                assert_eq!(retry_after(text, answered), None, "{text}");
            }
        }
    }

    #[test]
    fn a_date_counts_from_that_of_the_answer() {
        let until = "Sun, 06 Nov 1994 08:51:37 GMT";
        assert_eq!(retry_after(until, Some(NOVEMBER)), Some(120));
        assert_eq!(retry_after(until, Some(UnixSeconds(NOVEMBER.0 + 500))), Some(0));
        assert_eq!(retry_after(until, Some(UnixSeconds(-1 << 40))), Some(u32::MAX));
        assert_eq!(retry_after(until, None), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let _ = (date(&text), retry_after(&text, Some(NOVEMBER)));
        }

        #[test]
        fn a_date_reads_back(seconds in 0_i64..253_402_300_800) {
            let utc = UnixSeconds(seconds).utc();
            let (day, time) = utc.split_once(' ').unwrap();
            let [year, month, day] = day.split('-').collect::<Vec<_>>()[..] else { panic!("a day") };
            let month = MONTHS[month.parse::<usize>().unwrap() - 1];
            prop_assert_eq!(date(&format!("Sun, {day} {month} {year} {time} GMT")), Some(UnixSeconds(seconds)));
        }
    }
}
