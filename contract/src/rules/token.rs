//! Token: what IAM returns in the header `X-Subject-Token` and RDS takes in `X-Auth-Token`: a base64 text of 1 to 10 KB
//! that starts with `MII`. People paste it with whatever stood round it, up to the whole answer of `curl -i`.
//!
//! [`Token`] and [`Extracted`] hold a [`Secret`], and like it they have no `Debug`, no `Display` and no `Serialize`.

mod paste;

use super::{Field, Offenders, TokenFault, Verdict, Violation, Warning};
use crate::secret::Secret;
pub use paste::{Extracted, Removed, extract};

/// The sizes that tokens have.
pub const USUAL_BYTES: std::ops::RangeInclusive<usize> = 1024..=10 * 1024;
/// How tokens start: the base64 of a CMS structure.
pub const USUAL_START: &str = "MII";
/// By so many characters at its beginning a token is found in a text.
const TELLING: usize = 16;
/// Stands for a token.
pub const HIDDEN: &str = "********";
/// Most bytes that the gateway takes in one header ("API Gateway, error codes": APIG.0201).
pub const LONGEST: usize = 32 * 1024;

/// A token that an HTTP header can carry.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Secret);

impl Token {
    /// The secret itself, for the `X-Auth-Token` header and nothing else.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// An answer to a call with this token, without what it repeats of it: from its first characters on everything up to a blank,
    /// a quotation mark or an angle bracket, however the rest is escaped or cut. What was read is overwritten then. A token with
    /// fewer than 16 characters is none of IAM's, and isn't looked for.
    pub fn redacted(&self, text: String) -> String {
        let beginning = self.expose().get(..TELLING).filter(|beginning| text.contains(beginning));
        let Some(beginning) = beginning else { return text };
        let text = Secret::new(text);
        let mut parts = text.expose().split(beginning);
        let mut redacted = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let ends = |character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '<' | '>');
            let (repeated, rest) = part.split_at(part.find(ends).unwrap_or(part.len()));
            // A backslash belongs to the quotation mark behind it.
            let escapes = repeated.len() - repeated.trim_end_matches('\\').len();
            redacted.push_str(HIDDEN);
            redacted.extend(std::iter::repeat_n('\\', escapes));
            redacted.push_str(rest);
        }
        redacted
    }

    /// What is unusual about the token.
    pub fn warning(&self) -> Option<Warning> {
        let found = self.expose().len();
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
/// Empty, an answer without a token, longer than a header may be, or with characters that no header carries (anything but
/// visible ASCII).
pub fn token(text: &str) -> Verdict<Token> {
    let token = extract(text).token;
    let text = token.expose();
    if paste::is_an_answer(text) {
        return Err(vec![Violation::Token(TokenFault::NotFound)]);
    }
    if text.is_empty() {
        return Err(vec![Violation::Missing(Field::Token)]);
    }
    let mut violations = Vec::new();
    if text.len() > LONGEST {
        violations.push(Violation::Token(TokenFault::TooLong { found: text.len() }));
    }
    violations.extend(
        Offenders::find(text, |_, character| character.is_ascii_graphic())
            .map(TokenFault::Characters)
            .map(Violation::Token),
    );
    if violations.is_empty() { Ok(Token(token)) } else { Err(violations) }
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
        assert_eq!(of(LONGEST + 1).err(), Some(vec![Violation::Token(TokenFault::TooLong { found: LONGEST + 1 })]));
        for (length, warns) in [(1023, true), (1024, false), (10_240, false), (10_241, true), (LONGEST, true)] {
            let token = of(length).ok().unwrap();
            assert_eq!(token.warning(), warns.then_some(Warning::TokenLength { found: length }), "{length}");
        }
        assert_eq!(token(&"a".repeat(2000)).ok().unwrap().warning(), Some(Warning::TokenStart));
    }

    #[test]
    fn what_an_answer_repeats_of_it_is_hidden() {
        let text = format!("MII{}/+={}", "aB3".repeat(300), "c".repeat(9));
        let token = token(&text).ok().unwrap();
        for escaped in ["\\/", "\\u002f", "%2F", "&#47;", "&#x2F;"] {
            let answer = format!(r#"{{"m":"not {}","n":1}}"#, text.replace('/', escaped));
            assert_eq!(token.redacted(answer), r#"{"m":"not ********","n":1}"#, "{escaped}");
        }
        for (answer, redacted) in [
            (format!("bad token {text} of"), "bad token ******** of"),
            (format!("{text}{text}"), "****************"),
            (format!("<b>{text}</b>"), "<b>********</b>"),
            (format!(r#"{{"m":"{} …"}}"#, &text[..500]), r#"{"m":"******** …"}"#),
            // JSON in JSON.
            (format!(r#""{{\"m\":\"{text}\"}}""#), r#""{\"m\":\"********\"}""#),
            (text[..TELLING].to_owned(), "********"),
            (text[..TELLING - 1].to_owned(), &text[..TELLING - 1]),
            ("nothing of it".to_owned(), "nothing of it"),
            (String::new(), ""),
        ] {
            assert_eq!(token.redacted(answer), redacted);
        }
    }

    #[test]
    fn it_is_required() {
        for text in ["", " \n", "\"\"", "X-Auth-Token:", "X-Auth-Token: \r\nDate: x"] {
            assert_eq!(token(text).err(), Some(vec![Violation::Missing(Field::Token)]), "{text:?}");
        }
    }
}
