//! The API's timestamps and HTTP's dates.

use std::time::{Duration, SystemTime};

use time::OffsetDateTime;
use time::macros::format_description;

/// `2018-08-06T12:41:14+0800`, here always in UTC.
pub(crate) fn timestamp(time: SystemTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]+0000");
    OffsetDateTime::from(time).format(form).unwrap_or_default()
}

/// A time in a query: `2018-08-06T10:41:14+0800`, or with `Z`.
pub(crate) fn parse_timestamp(text: &str) -> Option<SystemTime> {
    let form =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second][offset_hour sign:mandatory][offset_minute]");
    let text = text.strip_suffix('Z').map_or_else(|| text.to_owned(), |text| format!("{text}+0000"));
    OffsetDateTime::parse(&text, form).ok().map(SystemTime::from)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, as in HTTP headers.
pub(crate) fn http_date(time: SystemTime) -> String {
    let form =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    OffsetDateTime::from(time).format(form).unwrap_or_default()
}

/// This many seconds later; earlier if negative.
pub(crate) fn offset_by(time: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let result = if seconds < 0 { time.checked_sub(distance) } else { time.checked_add(distance) };
    result.unwrap_or(time)
}
