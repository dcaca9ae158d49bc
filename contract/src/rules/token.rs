//! Token: IAM returns it in the header `X-Subject-Token`, and RDS expects it in `X-Auth-Token`: a base64 text of 1 to
//! 10 KB that starts with `MII`. People paste it with surrounding text, up to the whole answer of `curl -i`.
//!
//! [`Token`] and [`Extracted`] hold a [`Secret`], and like it they have no `Debug`, no `Display` and no `Serialize`.

mod paste;
pub(crate) mod usual;

use super::field::Field;
use super::invalid_characters::InvalidCharacters;
use super::violation::{TokenFault, Validated, Violation};
use super::warning::Warning;
use crate::iam_token::container::{self, Length};
use crate::search;
use crate::secret::Secret;
pub use paste::{Extracted, Removed, extract};
pub use usual::{MAX_TOKEN_BYTES, USUAL_BYTES, USUAL_START};

/// How many characters of a token, from anywhere in it, identify it in a text.
const REDACTION_BLOCK_LENGTH: usize = 16;
/// The size of the lookup table for these pieces: a power of two, a few times the number of characters in a token.
const REDACTION_TABLE_SIZE: usize = 1 << 16;
/// How many characters an access key ID has (IAM, "Access Keys").
const ACCESS_KEY_LENGTH: usize = 20;
/// Replaces a token in a text.
pub const HIDDEN: &str = "********";

/// A token that an HTTP header can carry.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Secret);

impl Token {
    /// The secret itself, for the `X-Auth-Token` header and nothing else.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// A response to a call with this token, with repeated parts of the token hidden: each part between blanks,
    /// quotation marks and angle brackets that contains the token's beginning, or 31 other characters of it in a row,
    /// however the rest is escaped or truncated. The original text is overwritten. IAM's tokens have at least 16
    /// characters; shorter ones are not searched for.
    pub fn redacted(&self, text: String) -> String {
        let token = self.expose().as_bytes();
        let mut is_taken = vec![false; REDACTION_TABLE_SIZE];
        for piece in token.windows(REDACTION_BLOCK_LENGTH) {
            is_taken.get_mut(place(piece)).into_iter().for_each(|is_taken| *is_taken = true);
        }
        let beginning = self.expose().get(..REDACTION_BLOCK_LENGTH);
        // Of 31 characters in a row, one of these blocks is fully covered.
        let has_piece = |part: &str| {
            beginning.is_some_and(|beginning| search::contains(part, beginning))
                || part.as_bytes().chunks_exact(REDACTION_BLOCK_LENGTH).any(|block| {
                    is_taken.get(place(block)) == Some(&true)
                        && token.windows(REDACTION_BLOCK_LENGTH).any(|piece| piece == block)
                })
        };
        let ends = |character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '<' | '>');
        if !text.split(ends).any(has_piece) {
            return text;
        }
        let text = Secret::new(text);
        let mut redacted = String::new();
        for part in text.expose().split_inclusive(ends) {
            let repeated = part.trim_end_matches(ends);
            if has_piece(repeated) {
                redacted.push_str(HIDDEN);
                // A backslash belongs to the quotation mark after it.
                redacted.push_str(part.get(repeated.trim_end_matches('\\').len()..).unwrap_or_default());
            } else {
                redacted.push_str(part);
            }
        }
        redacted
    }

    /// What is unusual about the token, if anything.
    pub fn warning(&self) -> Option<Warning> {
        let found = self.expose().len();
        match container::length(self.expose()) {
            Some(Length::Unpadded) => return Some(Warning::TokenUnpadded),
            Some(Length::Whole | Length::Cut { .. } | Length::Extended { .. }) => return None,
            None => {}
        }
        if !self.expose().starts_with(USUAL_START) {
            Some(Warning::TokenStart)
        } else if !USUAL_BYTES.contains(&found) {
            Some(Warning::TokenLength { found })
        } else {
            None
        }
    }
}

/// Reads a token.
///
/// # Errors
/// Empty, an answer without a token, longer than a header may be, or with characters that a header can't contain
/// (anything but visible ASCII).
pub fn token(text: &str) -> Validated<Token> {
    let token = extract(text).token;
    let text = token.expose();
    if paste::is_an_answer(text) {
        return Err(vec![Violation::Token(TokenFault::NotFound)]);
    }
    if text.is_empty() {
        return Err(vec![Violation::Missing(Field::Token)]);
    }
    let mut violations = Vec::new();
    if text.len() > MAX_TOKEN_BYTES {
        violations.push(Violation::Token(TokenFault::TooLong { found: text.len() }));
    }
    violations.extend(
        InvalidCharacters::find(text, |_, character| character.is_ascii_graphic())
            .map(TokenFault::Characters)
            .map(Violation::Token),
    );
    if violations.is_empty() {
        violations.extend(certain_fault(text).map(Violation::Token));
    }
    if violations.is_empty() { Ok(Token(token)) } else { Err(violations) }
}

/// What is certainly wrong with a text that a header could carry. A token that can't be read, as a UUID or a Fernet token, may
/// be right.
fn certain_fault(text: &str) -> Option<TokenFault> {
    match container::length(text) {
        Some(Length::Cut { found, stated }) => Some(TokenFault::Cut { found, stated }),
        Some(Length::Extended { found, stated }) => Some(TokenFault::Extended { found, stated }),
        Some(Length::Whole | Length::Unpadded) => None,
        None if is_access_key(text) => Some(TokenFault::AccessKey),
        None => container::region_of_security_token(text).map(|_| TokenFault::SecurityToken),
    }
}

/// Whether a text has the form of an access key ID: 20 capital letters and digits, more than hexadecimal ones; or `LTAI` and 12,
/// 16 or 20 more, as another cloud's.
fn is_access_key(text: &str) -> bool {
    let is_huaweis = || {
        text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().any(|byte| matches!(byte, b'G'..=b'Z'))
    };
    let is_alibabas = || text.starts_with("LTAI") && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() == ACCESS_KEY_LENGTH && is_huaweis() || matches!(text.len(), 16 | 20 | 24) && is_alibabas()
}

/// Whether the text of another field contains a token that was pasted there by mistake, whatever text surrounds it;
/// such a text is neither sent nor stored. A token is recognized as an unbroken row far longer than any field's text,
/// as encoded bytes in a row longer than people write, as the beginning of a token, or as such rows in consecutive
/// lines, as terminals and `base64` break them (64 to 80 per line).
pub fn looks_like_token(text: &str) -> bool {
    let mut follows_line = false;
    let is_broken =
        |byte: &u8| !matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' | b'-' | b'_');
    // There is nothing else between the lines of a token.
    text.as_bytes().split(is_broken).filter(|row| !row.is_empty()).any(|row| {
        let is_line = row.len() >= MIN_TOKEN_LINE_LENGTH && is_encoded(row);
        let goes_on = std::mem::replace(&mut follows_line, is_line) && is_line;
        let begins = |piece: &[u8]| piece.starts_with(USUAL_START.as_bytes()) && is_encoded(piece);
        row.len() > MAX_FIELD_TEXT_LENGTH
            || row.windows(ENCODED_PREFIX_LENGTH).any(begins)
            || is_line && row.len() >= MIN_ENCODED_ROW_LENGTH
            || goes_on
    })
}

/// The text of a field other than the token's.
///
/// # Errors
/// If it looks like a token.
pub(super) fn without_token(text: &str) -> Result<&str, Vec<Violation>> {
    if looks_like_token(text) { Err(vec![Violation::Token(TokenFault::InAnotherField)]) } else { Ok(text) }
}

/// Whether a row looks like encoded bytes: of 64 characters about 26 are upper-case and 26 lower-case letters, while
/// addresses, names and other written text have few capitals, or only capitals.
fn is_encoded(row: &[u8]) -> bool {
    let share = |is_meant: fn(&u8) -> bool| row.iter().filter(|byte| is_meant(byte)).count() * 100 / row.len().max(1);
    let (capitals, small) = (share(u8::is_ascii_uppercase), share(u8::is_ascii_lowercase));
    capitals >= 20 && (15..=62).contains(&small)
}

/// How many characters from the start of a token distinguish it from a name or an ID.
const ENCODED_PREFIX_LENGTH: usize = 48;
/// Far longer than any field's text: a description has at most 256 characters, the host of an endpoint 253.
const MAX_FIELD_TEXT_LENGTH: usize = 1_000;
/// The fewest encoded characters in a row that can't be other text: names have at most 64.
const MIN_ENCODED_ROW_LENGTH: usize = 100;
/// The shortest row that counts as one line of a token.
const MIN_TOKEN_LINE_LENGTH: usize = 60;

/// The index of a piece of text in a table of [`PLACES`].
fn place(piece: &[u8]) -> usize {
    piece.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte))) % REDACTION_TABLE_SIZE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_no_header_carries_are_named() {
        for character in ['é', '\u{1}', '…', '\u{7f}', '😀'] {
            let Some(violations) = token(&format!("MII{character}abc")).err() else { panic!("{character:?} passed") };
            let [Violation::Token(TokenFault::Characters(found))] = &violations[..] else { panic!("{violations:?}") };
            assert_eq!((found.first[0].character, found.first[0].position), (character, 4));
        }
    }

    #[test]
    fn the_size_of_a_header_is_the_limit_and_an_unusual_size_is_pointed_out() {
        let of = |length: usize| token(&format!("MII{}", "a".repeat(length - 3)));
        assert_eq!(
            of(MAX_TOKEN_BYTES + 1).err(),
            Some(vec![Violation::Token(TokenFault::TooLong { found: MAX_TOKEN_BYTES + 1 })])
        );
        for (length, warns) in [(1023, true), (1024, false), (10_240, false), (10_241, true), (MAX_TOKEN_BYTES, true)] {
            let token = of(length).ok().unwrap();
            assert_eq!(token.warning(), warns.then_some(Warning::TokenLength { found: length }), "{length}");
        }
        assert_eq!(token(&"a".repeat(2000)).ok().unwrap().warning(), Some(Warning::TokenStart));
    }

    #[test]
    fn what_an_answer_repeats_of_it_is_hidden() {
        // No two pieces of it are the same, and its beginning contains slashes too.
        let numbers = (100..400).map(|number| format!("{number}aB")).collect::<Vec<_>>().concat();
        let text = format!("MII/x+{numbers}/+={}", "c".repeat(9));
        let token = token(&text).ok().unwrap();
        for escaped in ["\\/", "\\u002f", "%2F", "&#47;", "&#x2F;"] {
            let response = format!(r#"{{"m":"not {}","n":1}}"#, text.replace('/', escaped));
            assert_eq!(token.redacted(response), r#"{"m":"not ********","n":1}"#, "{escaped}");
        }
        for (response, redacted) in [
            (format!("bad token {text} of"), "bad token ******** of"),
            (format!("{text}{text}"), "********"),
            (format!("<b>{text}</b>"), "<b>********</b>"),
            (format!(r#"{{"m":"{} …"}}"#, &text[..500]), r#"{"m":"******** …"}"#),
            // JSON inside JSON.
            (format!(r#""{{\"m\":\"{text}\"}}""#), r#""{\"m\":\"********\"}""#),
            // Not from the beginning, and with text before it.
            (format!("token=x{} and", &text[100..131]), "******** and"),
            // In lines; the last one is short.
            (
                format!("{}\n {}\r\n{}", &text[..76], &text[76..152], &text[152..160]),
                &format!("********\n ********\r\n{}", &text[152..160]),
            ),
            (text[..REDACTION_BLOCK_LENGTH].to_owned(), "********"),
            // Its beginning, anywhere: most of that is the same in every token, but shows what the rest is.
            (format!("token={}… is", &text[..25]), "******** is"),
            (text[..REDACTION_BLOCK_LENGTH - 1].to_owned(), &text[..REDACTION_BLOCK_LENGTH - 1]),
            ("nothing of it".to_owned(), "nothing of it"),
            (String::new(), ""),
        ] {
            assert_eq!(token.redacted(response), redacted);
        }
    }

    #[test]
    fn a_token_is_known_whatever_stands_round_it_and_however_it_is_broken() {
        let token = format!("MII{}", "aB3/xQ+ZkW0T".repeat(100));
        let lines = |width: usize, by: &str| {
            let lines: Vec<&str> = token.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap()).collect();
            lines.join(by)
        };
        for text in [
            token.clone(),
            token[..48].to_owned(),
            token[1..].to_owned(),
            lines(64, "\n"),
            lines(76, "\r\n"),
            lines(80, " "),
            lines(64, "\n")[70..].to_owned(),
            // A piece from the middle.
            token[10..10 + MIN_ENCODED_ROW_LENGTH].to_owned(),
            format!("[{token}]"),
            format!("|{token}|"),
            format!("“{token}”"),
            format!("\u{a0}{token}"),
            format!("token%3D{token}"),
            format!("\\n{token}"),
            format!("a,/{token}"),
        ] {
            assert!(looks_like_token(&text), "{text}");
        }
        for text in [
            "",
            "Before the upgrade to 15.4: see https://tracker.example/browse/DBA-1234?focused=true, token=MIIx is meant",
            &token[..47],
            &token[10..9 + MIN_ENCODED_ROW_LENGTH],
            "d8e6ca5a624745bcb546a227aa3ae1cfin01",
            &"n".repeat(64),
            &format!("{} {}", "n".repeat(59), "n".repeat(59)),
            // Texts that names, addresses, rules and lists of IDs may contain.
            "MII-Datenintegrationszentrum-prod-before-upgrade-2026",
            "MIIDatabaseBackupBeforeTheBigUpgradeOfProduction2026XY",
            "See https://wiki.example/wiki/spaces/DBA/pages/1234567890/Upgrade+of+the+production+cluster+to+PostgreSQL+16+in+November+2026",
            &format!("{rule} before the upgrade {rule}", rule = "-".repeat(120)),
            &"8d3b1b9e0a7c4f4d9c6e-".repeat(8),
            &"SALES_2026_".repeat(12),
            // Two links of a document service.
            &["d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFgHiJkLmNoPqRsTuVw/edit"; 2]
                .map(|path| format!("https://docs.example/{path}"))
                .join(" and "),
        ] {
            assert!(!looks_like_token(text), "{text}");
        }
    }

    #[test]
    fn it_is_required() {
        for text in ["", " \n", "\"\"", "X-Auth-Token:", "X-Auth-Token: \r\nDate: x"] {
            assert_eq!(token(text).err(), Some(vec![Violation::Missing(Field::Token)]), "{text:?}");
        }
    }
}
