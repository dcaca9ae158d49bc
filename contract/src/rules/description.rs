//! Description: "a maximum of 256 characters and cannot contain the following special characters: `>!<"&'=`" (Table 2
//! of the API page). "It cannot contain carriage returns" is from the console's user guide for every engine.

use super::invalid_characters::InvalidCharacters;
use super::normalize::normalize;
use super::token::without_token;
use super::violation::{Validated, Violation};

/// The most characters of a description.
pub const MAX_DESCRIPTION_LENGTH: usize = 256;
/// The characters that a description may not contain.
pub const FORBIDDEN: [char; 7] = ['>', '!', '<', '"', '&', '\'', '='];

/// A valid description; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description(String);

impl Description {
    /// The description.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads a description; blank text is no description.
///
/// # Errors
/// Every broken rule: too long, forbidden characters, line breaks.
pub fn description(text: &str) -> Validated<Option<Description>> {
    let text = without_token(normalize(text))?;
    if text.is_empty() {
        return Ok(None);
    }
    let mut violations = Vec::new();
    let found = length(text);
    if found > MAX_DESCRIPTION_LENGTH {
        violations.push(Violation::DescriptionTooLong { found });
    }
    let allowed = |_, character| !FORBIDDEN.contains(&character);
    violations.extend(InvalidCharacters::find(text, allowed).map(Violation::DescriptionCharacters));
    if text.chars().any(is_line_break) {
        violations.push(Violation::DescriptionLineBreak);
    }
    if violations.is_empty() { Ok(Some(Description(text.to_owned()))) } else { Err(violations) }
}

/// The length of `text` in Unicode scalar values, so that an emoji counts as one and not as the two of UTF-16. JSON
/// Schema's `maxLength` counts the same way, and it is the most permissive meaning of "characters".
pub fn length(text: &str) -> usize {
    normalize(text).chars().count()
}

/// Whether the reader may see fewer characters than [`length`] counts, since some consist of several: a letter with a
/// combining accent, a family emoji, a flag.
pub fn has_joined_characters(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(character,
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}' // combining marks
            | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' // joiner, variation selectors
            | '\u{1f3fb}'..='\u{1f3ff}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{e0020}'..='\u{e007f}' // skin tones, flags, tags
        )
    })
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::super::invalid_characters::InvalidCharacter;
    use super::*;

    fn violations(text: &str) -> Vec<Violation> {
        description(text).err().unwrap_or_default()
    }

    #[test]
    fn blank_text_is_no_description() {
        assert_eq!(description(""), Ok(None));
        assert_eq!(description(" \n\t"), Ok(None));
    }

    #[test]
    fn at_most_256_characters_in_any_script() {
        for character in ["a", "é", "ש", "😀", "漢"] {
            assert!(description(&character.repeat(256)).is_ok(), "{character}");
            assert_eq!(
                violations(&character.repeat(257)),
                [Violation::DescriptionTooLong { found: 257 }],
                "{character}"
            );
        }
    }

    #[test]
    fn each_part_of_a_joined_character_counts_and_the_page_can_say_so() {
        let accented = "e\u{301}".repeat(128);
        assert_eq!(length(&accented), 256);
        assert!(description(&accented).is_ok());
        assert_eq!(violations(&format!("{accented}e\u{301}")), [Violation::DescriptionTooLong { found: 258 }]);
        for joined in [accented.as_str(), "👨‍👩‍👧", "🇩🇪", "👍🏽", "❤\u{fe0f}"] {
            assert!(has_joined_characters(joined), "{joined}");
        }
        for plain in ["abc", "é", "שלום", "👍", "漢字"] {
            assert!(!has_joined_characters(plain), "{plain}");
        }
    }

    #[test]
    fn each_forbidden_character_is_named() {
        for character in FORBIDDEN {
            let expected = InvalidCharacters { first: vec![InvalidCharacter { character, position: 2 }], total: 1 };
            assert_eq!(violations(&format!("a{character}b")), [Violation::DescriptionCharacters(expected)]);
        }
        let all: String = FORBIDDEN.iter().collect();
        let [Violation::DescriptionCharacters(found)] = &violations(&all)[..] else { panic!("one violation") };
        assert_eq!(found.first.iter().map(|offender| offender.character).collect::<Vec<_>>(), FORBIDDEN);
    }

    #[test]
    fn a_line_break_within_is_refused_and_one_at_the_end_is_dropped() {
        for line_break in ["\n", "\r", "\r\n", "\u{2028}", "\u{85}"] {
            assert_eq!(violations(&format!("a{line_break}b")), [Violation::DescriptionLineBreak], "{line_break:?}");
        }
        assert_eq!(description("before the upgrade\r\n").unwrap().unwrap().as_str(), "before the upgrade");
    }

    #[test]
    fn right_to_left_text_and_other_punctuation_are_fine() {
        assert!(description("גיבוי לפני השדרוג (v2); 50% #1 / a@b?").is_ok());
    }
}
