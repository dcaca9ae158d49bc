//! Project ID: letters and digits, 32 of them in every documented example (Huawei's GaussDB reference states the
//! length; the RDS pages state none, so another length is a warning).

use super::field::Field;
use super::invalid_characters::InvalidCharacters;
use super::normalize::normalize;
use super::token::without_token;
use super::violation::{Validated, Violation};
use super::warning::Warning;

/// The length of every documented project ID.
pub const USUAL_LENGTH: usize = 32;

/// A project ID that can be used in a URI unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectId(String);

impl ProjectId {
    /// The ID.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is unusual about the ID, if anything.
    pub fn warning(&self) -> Option<Warning> {
        let found = self.0.len();
        (found != USUAL_LENGTH).then_some(Warning::ProjectIdLength { found })
    }
}

/// Reads a project ID.
///
/// # Errors
/// Empty, or characters other than ASCII letters and digits.
pub fn project_id(text: &str) -> Validated<ProjectId> {
    let text = without_token(normalize(text))?;
    if text.is_empty() {
        return Err(vec![Violation::Missing(Field::ProjectId)]);
    }
    match InvalidCharacters::find(text, |_, character| character.is_ascii_alphanumeric()) {
        Some(invalid_characters) => Err(vec![Violation::ProjectIdCharacters(invalid_characters)]),
        None => Ok(ProjectId(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_of_any_length_pass_and_another_length_than_32_is_pointed_out() {
        assert_eq!(project_id("0483b6b16e954cb88930a360d2c4e663").unwrap().warning(), None);
        for length in [1, 31, 33] {
            let id = project_id(&"a".repeat(length)).unwrap();
            assert_eq!(id.warning(), Some(Warning::ProjectIdLength { found: length }));
        }
    }

    #[test]
    fn what_could_change_the_uri_is_refused() {
        for text in ["a/b", "a?b", "..", "a b", "a%2e", "ä", "{project_id}", "a\u{202e}b"] {
            assert!(matches!(project_id(text).unwrap_err()[..], [Violation::ProjectIdCharacters(_)]), "{text}");
        }
    }

    #[test]
    fn it_is_required_and_tidied() {
        assert_eq!(project_id(" ").unwrap_err(), [Violation::Missing(Field::ProjectId)]);
        assert_eq!(project_id("\tabc \n").unwrap().as_str(), "abc");
    }
}
