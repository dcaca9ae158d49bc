//! Numbers and plurals by the browser's `Intl`. Outside a browser, where the sentences are tested, a substitute writes them
//! as English does.

use console_core::Language;

/// A whole number with the language's separators.
pub(super) fn number(language: Language, value: usize) -> String {
    // No language separates digits below a thousand. A browser that is asked for the first time initializes its
    // number formats, which takes a third of the time of the first rendering.
    if value < 1000 {
        return value.to_string();
    }
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    browser::number(language, value as f64)
}

/// A number with up to three decimal places.
pub(super) fn decimal(language: Language, value: f64) -> String {
    browser::number(language, value)
}

/// A number of tenths, such as 27 for 2.7.
pub(super) fn tenths(language: Language, value: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]
    browser::number(language, value as f64 / 10.0)
}

/// Whether a number takes the singular.
pub(super) fn is_one(language: Language, value: usize) -> bool {
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    browser::is_one(language, value as f64)
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, Intl::PluralRules, Number, Object};

    use console_core::Language;

    pub(super) fn number(language: Language, value: f64) -> String {
        Number::from(value).to_locale_string(language.tag()).into()
    }

    pub(super) fn is_one(language: Language, value: f64) -> bool {
        PluralRules::new(&Array::of1(&language.tag().into()), &Object::new()).select(value) == "one"
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod browser {
    use console_core::Language;

    #[allow(clippy::float_cmp, reason = "the rule of CLDR is about exactly one")]
    pub(super) fn is_one(_: Language, value: f64) -> bool {
        value == 1.0
    }

    pub(super) fn number(_: Language, value: f64) -> String {
        let text = value.to_string();
        let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        fraction.map_or(grouped.clone(), |fraction| format!("{grouped}.{fraction}"))
    }
}
