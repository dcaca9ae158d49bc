//! Normalizes a text for the rules.

use crate::invisible::{belongs_to_the_one_before, is_blank};

/// The text without the white space and invisible characters at its ends. Invisible characters that belong to the last
/// visible one are kept.
pub fn normalize(text: &str) -> &str {
    text.trim_start_matches(is_blank)
        .trim_end_matches(|character| is_blank(character) && !belongs_to_the_one_before(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_copy_brings_along_is_taken_off_both_ends_only() {
        assert_eq!(normalize("\u{feff} \t\nnightly backup\u{200b}\r\n"), "nightly backup");
        assert_eq!(normalize(" \u{a0}\u{2066} "), "");
        for text in ["❤\u{fe0f}", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"] {
            assert_eq!(normalize(&format!("{text} \u{200b}")), text);
        }
    }
}
