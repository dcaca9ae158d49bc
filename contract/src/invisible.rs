//! Defines which characters are invisible, for typed text and for a server's text.
//!
//! These are Unicode's `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt`), including the letters in it that
//! fonts draw as a blank (the Hangul fillers), and two kinds that the property lacks: the blank braille pattern and the
//! interlinear annotation marks.

/// Whether a character is invisible, wherever it occurs.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether an invisible character affects others: the joiners of scripts and emoji, and variation selectors.
pub(crate) fn joins(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}') || selects(character)
}

/// Whether an invisible character belongs to the one before it, so that a text may end with it: a selector, or a tag,
/// as used in the flags of regions.
pub(crate) fn belongs_to_the_one_before(character: char) -> bool {
    selects(character) || matches!(character, '\u{e0020}'..='\u{e007f}')
}

fn selects(character: char) -> bool {
    matches!(character, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character is blank: white space, a control character, or an invisible one.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || is_invisible(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_drawn_as_blanks_are_blank() {
        for character in [
            '\u{3164}',
            '\u{115f}',
            '\u{1160}',
            '\u{2800}',
            '\u{180e}',
            '\u{ffa0}',
            '\u{34f}',
            '\u{2065}',
            '\u{e0001}',
            ' ',
            '\u{a0}',
            '\0',
        ] {
            assert!(is_blank(character), "{character:?}");
        }
        for character in ['a', 'é', '\u{301}', '가', 'ㄱ', '\u{2801}', '漢', '😀', '\u{1f3fb}'] {
            assert!(!is_blank(character), "{character:?}");
        }
    }

    #[test]
    fn what_forms_other_characters_shows_nothing_itself() {
        for character in (0..=0x0010_ffff).filter_map(char::from_u32) {
            assert!(
                !(joins(character) || belongs_to_the_one_before(character)) || is_invisible(character),
                "{character:?}"
            );
        }
    }
}
