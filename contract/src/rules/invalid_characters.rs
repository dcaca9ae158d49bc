//! The characters of a text that break a rule.

/// Characters that break a rule: the first few distinct ones with their positions, and the total number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvalidCharacters {
    /// Distinct characters in the order of their first appearance, at most [`InvalidCharacters::MAX_NAMED`].
    pub first: Vec<InvalidCharacter>,
    /// How many characters of the text break the rule.
    pub total: usize,
}

/// One character that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCharacter {
    /// The character.
    pub character: char,
    /// Its position in the text, counted from 1 as people do.
    pub position: usize,
}

impl InvalidCharacters {
    /// How many characters a message names: enough for the description's seven, few enough to be readable.
    pub const MAX_NAMED: usize = 7;

    /// The characters of `text` that aren't `allowed`; `None` if there are none.
    pub fn find(text: &str, allowed: impl Fn(usize, char) -> bool) -> Option<Self> {
        let mut found = Self::default();
        for (index, character) in text.chars().enumerate() {
            if allowed(index, character) {
                continue;
            }
            found.total += 1;
            let known = found.first.iter().any(|offender| offender.character == character);
            if !known && found.first.len() < Self::MAX_NAMED {
                let position = index + 1;
                found.first.push(InvalidCharacter { character, position });
            }
        }
        (found.total > 0).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_offender_is_named_once_and_all_are_counted() {
        let found = InvalidCharacters::find("a.b.c,d", |_, character| character.is_ascii_alphanumeric());
        assert_eq!(
            found,
            Some(InvalidCharacters {
                first: vec![
                    InvalidCharacter { character: '.', position: 2 },
                    InvalidCharacter { character: ',', position: 6 }
                ],
                total: 3
            })
        );
    }

    #[test]
    fn a_long_text_of_offenders_is_not_copied_into_the_message() {
        let text: String = (0..1000_u32).filter_map(|offset| char::from_u32(0x4e00 + offset)).collect();
        let found = InvalidCharacters::find(&text, |_, _| false).unwrap();
        assert_eq!((found.first.len(), found.total), (InvalidCharacters::MAX_NAMED, 1000));
    }
}
