//! Times for human readers.

use console_core::Language;
use contract::time::{Time, UnixSeconds, parse};
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

/// Date and time in the user's time zone and the page's language, as formatted by the browser.
pub fn local_time(moment: UnixSeconds, language: Language) -> String {
    in_words(moment, language, &[("dateStyle", "medium"), ("timeStyle", "long")])
}

/// Day of the week, hour and minute in the user's time zone, for a moment of the next days.
pub fn local_hour(moment: UnixSeconds, language: Language) -> String {
    in_words(moment, language, &[("weekday", "short"), ("hour", "2-digit"), ("minute", "2-digit")])
}

fn in_words(moment: UnixSeconds, language: Language, styles: &[(&str, &str)]) -> String {
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
    let milliseconds = moment.0 as f64 * 1000.0;
    let date = Date::new(&JsValue::from_f64(milliseconds));
    let options = Object::new();
    for (name, style) in styles {
        // Setting a property of a fresh object can't fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*style).into());
    }
    date.to_locale_string(language.tag(), &options).into()
}

/// The time in UTC, or as the API sent it if the moment isn't exact.
pub fn utc_time(sent: &str) -> String {
    match parse(sent) {
        Some(Time::Exact(moment)) => format!("{} UTC", moment.utc()),
        Some(Time::ZoneNotStated) | None => sent.to_owned(),
    }
}
