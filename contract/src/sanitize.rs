//! Makes a server's texts safe to display: invisible characters and those that change the reading direction are
//! escaped, and overlong texts are truncated.
//!
//! Documented names and IDs contain no such characters, so they are unchanged. Free text (a description, a database's
//! name) may contain them; it is sanitized as well before it is compared with a server's text.

use crate::invisible::{is_invisible, joins};

/// The most characters of a text that are shown: the longest documented text, the description, has 256.
pub const MAX_TEXT_LENGTH: usize = 512;

/// The text with every misleading character written as `[U+202E]`, and truncated after `longest` characters; `…[+7]`
/// means that seven more followed.
pub fn sanitize(text: &str, longest: usize) -> String {
    // There are at least as many bytes as characters, so most texts need no further check.
    if text.len() <= longest && !text.chars().any(misleads) {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut characters = text.chars();
    for character in characters.by_ref().take(longest) {
        if misleads(character) {
            shown.push_str("[U+");
            for shift in [16, 12, 8, 4, 0] {
                let digit = u32::from(character) >> shift & 0xf;
                // At least four digits, and five where needed.
                if shift < 16 || digit > 0 {
                    shown.extend(char::from_digit(digit, 16).map(|digit| digit.to_ascii_uppercase()));
                }
            }
            shown.push(']');
        } else {
            shown.push(character);
        }
    }
    let more = characters.count();
    if more > 0 {
        shown.push_str(&left_out(more));
    }
    shown
}

/// Stands for the given number of omitted characters or elements.
pub fn left_out(how_many: usize) -> String {
    format!("…[+{how_many}]")
}

/// Control characters except white space, line separators that nobody types, and invisible characters, including marks
/// that change the reading direction. Joiners are kept: some scripts and emoji need them.
fn misleads(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r' | '\t')
        || matches!(character, '\u{2028}' | '\u{2029}')
        || is_invisible(character) && !joins(character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reach::{cases, holds};

    #[test]
    fn a_plain_text_stays_as_it_is() {
        for text in
            ["", "backup-1", "Größe\n数据库\t😀 👨\u{200d}👩 ❤\u{fe0f}", "می\u{200c}خواهم", "<script>alert(1)</script>"]
        {
            assert_eq!(sanitize(text, MAX_TEXT_LENGTH), text);
        }
    }

    #[test]
    fn what_misleads_is_written_out() {
        assert_eq!(sanitize("exe.\u{202e}txt\u{0}", MAX_TEXT_LENGTH), "exe.[U+202E]txt[U+0000]");
        assert_eq!(sanitize("\u{1b}[31m\u{9b}", MAX_TEXT_LENGTH), "[U+001B][31m[U+009B]");
        assert_eq!(sanitize("a\u{e0041}b", MAX_TEXT_LENGTH), "a[U+E0041]b");
        assert_eq!(sanitize("db\u{3164}\u{2800}", MAX_TEXT_LENGTH), "db[U+3164][U+2800]");
    }

    #[test]
    fn a_long_text_is_cut_and_says_by_how_much() {
        assert_eq!(sanitize("abcde", 3), "abc…[+2]");
        assert_eq!(sanitize("äöü", 3), "äöü");
        let shown = sanitize(&"a".repeat(1 << 20), MAX_TEXT_LENGTH);
        assert!(shown.ends_with("a…[+1048064]") && shown.chars().count() < MAX_TEXT_LENGTH + 20);
    }

    #[test]
    fn nothing_that_misleads_is_left() {
        let invisible =
            proptest::sample::select(vec!['\u{202e}', '\u{0}', '\u{ad}', '\u{3164}', '\u{e0041}', '\u{200d}']);
        let character = prop_oneof![3 => any::<char>(), 1 => invisible];
        let text = proptest::collection::vec(character, 0..12).prop_map(String::from_iter);
        let floors = [("misleads", 100), ("is cut", 100), ("stays as it is", 40)];
        holds(1_000, &(text, 0_usize..16), &floors, |(text, longest)| {
            let shown = sanitize(&text, longest);
            assert!(!shown.chars().any(misleads), "{text:?}");
            assert_eq!(sanitize(&shown, usize::MAX), shown);
            cases([
                ("misleads", text.chars().any(misleads)),
                ("is cut", text.chars().count() > longest),
                ("stays as it is", shown == text),
            ])
        });
    }
}
