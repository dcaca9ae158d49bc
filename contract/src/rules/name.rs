//! Backup name: "4 to 64 characters long, start with a letter, and contain only letters (case-sensitive), digits,
//! hyphens (-), and underscores (_)" (Table 2 of the API page).

use super::field::Field;
use super::invalid_characters::InvalidCharacters;
use super::normalize::normalize;
use super::token::without_token;
use super::violation::{Validated, Violation};

/// The fewest characters of a backup name.
pub const MIN_NAME_LENGTH: usize = 4;
/// The most characters of a backup name.
pub const MAX_NAME_LENGTH: usize = 64;

/// A valid backup name. Only the server knows whether it is unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupName(String);

impl BackupName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads a backup name.
///
/// # Errors
/// Every broken rule: empty, too short, too long, a first character that isn't a letter, characters that aren't
/// allowed.
pub fn backup_name(text: &str) -> Validated<BackupName> {
    let text = without_token(normalize(text))?;
    let Some(first) = text.chars().next() else {
        return Err(vec![Violation::Missing(Field::Name)]);
    };
    let mut violations = Vec::new();
    let found = text.chars().count();
    if found < MIN_NAME_LENGTH {
        violations.push(Violation::NameTooShort { found });
    }
    if found > MAX_NAME_LENGTH {
        violations.push(Violation::NameTooLong { found });
    }
    let starts_well = first.is_ascii_alphabetic();
    if !starts_well {
        violations.push(Violation::NameStart(first));
    }
    let allowed = |index, character: char| {
        // A first character that isn't a letter has its own message.
        (index == 0 && !starts_well) || character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
    };
    violations.extend(InvalidCharacters::find(text, allowed).map(Violation::NameCharacters));
    if violations.is_empty() { Ok(BackupName(text.to_owned())) } else { Err(violations) }
}

#[cfg(test)]
mod tests {
    use super::super::invalid_characters::InvalidCharacter;
    use super::*;

    fn violations(text: &str) -> Vec<Violation> {
        backup_name(text).err().unwrap_or_default()
    }

    #[test]
    fn the_length_is_4_to_64() {
        assert_eq!(violations(&"a".repeat(3)), [Violation::NameTooShort { found: 3 }]);
        assert!(backup_name(&"a".repeat(4)).is_ok());
        assert!(backup_name(&"a".repeat(64)).is_ok());
        assert_eq!(violations(&"a".repeat(65)), [Violation::NameTooLong { found: 65 }]);
    }

    #[test]
    fn an_empty_name_is_missing_and_nothing_else() {
        assert_eq!(violations(""), [Violation::Missing(Field::Name)]);
        assert_eq!(violations(" \u{200b}\n"), [Violation::Missing(Field::Name)]);
    }

    #[test]
    fn it_starts_with_an_ascii_letter() {
        for start in ['1', '-', '_', 'ä', 'ב', '😀', ' '] {
            // The leading space is trimmed: the rest starts with a letter.
            let expected = if start == ' ' { vec![] } else { vec![Violation::NameStart(start)] };
            assert_eq!(violations(&format!("{start}abcd")), expected, "{start:?}");
        }
        assert!(backup_name("Zeta").is_ok());
    }

    #[test]
    fn a_character_that_is_not_allowed_is_named_with_its_place() {
        for character in ['.', ' ', 'é', '٣', 'ß', '🔒', '\u{301}', '\u{202e}', '/', '\n'] {
            let expected = InvalidCharacters { first: vec![InvalidCharacter { character, position: 3 }], total: 1 };
            assert_eq!(violations(&format!("ab{character}cd")), [Violation::NameCharacters(expected)], "{character:?}");
        }
        assert!(backup_name("aB3-_z").is_ok());
    }

    #[test]
    fn every_broken_rule_is_reported() {
        assert_eq!(violations("1 "), [Violation::NameTooShort { found: 1 }, Violation::NameStart('1')]);
        assert_eq!(violations("1.").len(), 3);
    }

    #[test]
    fn surrounding_white_space_is_no_part_of_the_name() {
        assert_eq!(backup_name("  nightly\n").unwrap().as_str(), "nightly");
    }
}
