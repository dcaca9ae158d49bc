//! Token: what IAM returns in the header `X-Subject-Token` and RDS takes in `X-Auth-Token`: a base64 text of 1 to 10 KB
//! that starts with `MII`. People paste it with whatever stood round it, up to the whole answer of `curl -i`.
//!
//! [`Token`] and [`Extracted`] hold a [`Secret`], and like it they have no `Debug`, no `Display` and no `Serialize`.

use super::{Field, Offenders, Verdict, Violation, Warning, is_invisible};
use crate::secret::Secret;

/// The sizes that tokens have.
pub const USUAL_BYTES: std::ops::RangeInclusive<usize> = 1024..=10 * 1024;
/// How tokens start: the base64 of a CMS structure.
pub const USUAL_START: &str = "MII";
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

/// A token found in a text, with what was left out.
#[derive(Clone, PartialEq, Eq)]
pub struct Extracted {
    /// The token's text, not judged yet.
    pub token: Secret,
    /// What stood round it, in the order of the [`Removed`] variants.
    pub removed: Vec<Removed>,
}

/// What was left out of a pasted token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// The name of the header.
    HeaderName(&'static str),
    /// Other lines: the rest of an answer's header block and its body.
    OtherLines,
    /// Line breaks within the token.
    LineBreaks,
    /// Spaces and other white space.
    Spaces,
    /// Quotation marks at the ends.
    Quotes,
    /// Characters that can't be seen.
    Invisible,
}

/// The headers that carry a token; what IAM has just issued comes before what was sent to it.
const HEADERS: [&str; 2] = ["X-Subject-Token", "X-Auth-Token"];
const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '\\'];

/// Finds the token in a text as pasted or typed.
pub fn extract(text: &str) -> Extracted {
    let text = text.trim();
    match HEADERS.into_iter().find_map(|header| after_header(text, header).map(|rest| (header, rest))) {
        Some((header, Found { before, value, after })) => {
            let mut extracted = strip(value);
            if before || after {
                extracted.removed.insert(0, Removed::OtherLines);
            }
            extracted.removed.insert(0, Removed::HeaderName(header));
            extracted
        }
        None => strip(text),
    }
}

/// Reads a token.
///
/// # Errors
/// Empty, longer than a header may be, or with characters that no header carries (anything but visible ASCII).
pub fn token(text: &str) -> Verdict<Token> {
    let token = extract(text).token;
    let text = token.expose();
    if text.is_empty() {
        return Err(vec![Violation::Missing(Field::Token)]);
    }
    let mut violations = Vec::new();
    if text.len() > LONGEST {
        violations.push(Violation::TokenTooLong { found: text.len() });
    }
    violations
        .extend(Offenders::find(text, |_, character| character.is_ascii_graphic()).map(Violation::TokenCharacters));
    if violations.is_empty() { Ok(Token(token)) } else { Err(violations) }
}

/// The value of a header within a text, and whether other lines stand before and after it.
struct Found<'a> {
    before: bool,
    value: &'a str,
    after: bool,
}

fn after_header<'a>(text: &'a str, header: &str) -> Option<Found<'a>> {
    let start = find_ignoring_case(text, header)?;
    let (before, rest) = (text.get(..start)?, text.get(start + header.len()..)?);
    // `"X-Auth-Token": "…"` in JSON closes the quotation before the colon; in `-H "X-Auth-Token: …" URL` the mark that
    // opens before the name closes behind the value.
    let colon = rest.trim_start_matches(|character| QUOTES.contains(&character) || character == ' ');
    let opening = before.chars().next_back().filter(|mark| QUOTES.contains(mark) && !rest.starts_with(*mark));
    let value = colon.strip_prefix(':')?.trim_start_matches([' ', '\t']);
    let end = opening.and_then(|mark| value.find(mark)).unwrap_or_else(|| end_of_token(value));
    let (value, after) = value.split_at(end);
    Some(Found { before: before.contains('\n'), value, after: after.trim().len() > 1 })
}

/// Where the token ends in a text that goes on: at the end of its line, or of the lines that only continue the token,
/// as those of a terminal that wrapped it.
fn end_of_token(value: &str) -> usize {
    let continues = |line: &str| {
        line.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_'))
    };
    let mut end = 0;
    for (number, line) in value.split_inclusive('\n').enumerate() {
        let token = line.trim();
        if number > 0 && (token.is_empty() || !continues(token)) {
            break;
        }
        end += line.len();
    }
    end
}

/// Takes out of a token what can't be meant.
fn strip(text: &str) -> Extracted {
    let trimmed = text.trim();
    let unquoted =
        trimmed.trim_matches(|character: char| QUOTES.contains(&character) || matches!(character, ',' | ';'));
    // In one piece from the start: a text that grows leaves its beginnings behind.
    let mut token = String::with_capacity(unquoted.len());
    token.extend(unquoted.chars().filter(|&character| !character.is_whitespace() && !is_invisible(character)));
    let dropped = |test: fn(char) -> bool| unquoted.chars().any(test);
    let removed = [
        (Removed::LineBreaks, dropped(|character| matches!(character, '\n' | '\r'))),
        (Removed::Spaces, dropped(|character| character.is_whitespace() && !matches!(character, '\n' | '\r'))),
        (Removed::Quotes, unquoted.len() < trimmed.len()),
        (Removed::Invisible, dropped(is_invisible)),
    ];
    let token = Secret::new(token);
    Extracted { token, removed: removed.into_iter().filter_map(|(what, happened)| happened.then_some(what)).collect() }
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> String {
        format!("MII{}Tw==", "FbgYJ+oZ/h-v".repeat(100))
    }

    #[track_caller]
    fn gives(text: &str, token: &str, removed: &[Removed]) {
        let extracted = extract(text);
        assert_eq!(extracted.token.expose(), token);
        assert_eq!(extracted.removed, removed);
    }

    #[test]
    fn a_clean_token_stays_as_it_is() {
        gives(&sample(), &sample(), &[]);
        gives("", "", &[]);
    }

    #[test]
    fn white_space_line_breaks_and_quotes_go() {
        let token = sample();
        let (head, tail) = token.split_at(600);
        gives(&format!("  {token}\n"), &token, &[]);
        gives(&format!("{head}\r\n{tail}"), &token, &[Removed::LineBreaks]);
        gives(&format!("{head} \t{tail}"), &token, &[Removed::Spaces]);
        gives(&format!("\"{token}\","), &token, &[Removed::Quotes]);
        gives(
            &format!("“{head}\n {tail}\u{200b}”"),
            &token,
            &[Removed::LineBreaks, Removed::Spaces, Removed::Quotes, Removed::Invisible],
        );
    }

    #[test]
    fn the_name_of_the_header_goes() {
        let token = sample();
        gives(&format!("X-Subject-Token: {token}"), &token, &[Removed::HeaderName("X-Subject-Token")]);
        gives(&format!("x-auth-token:{token}\n"), &token, &[Removed::HeaderName("X-Auth-Token")]);
        gives(
            &format!("curl -H 'X-Auth-Token: {token}' https://rds.example/v3"),
            &token,
            &[Removed::HeaderName("X-Auth-Token"), Removed::OtherLines],
        );
        gives(
            &format!("\"X-Auth-Token\": \"{token}\","),
            &token,
            &[Removed::HeaderName("X-Auth-Token"), Removed::Quotes],
        );
    }

    #[test]
    fn a_header_block_of_curl_gives_the_token() {
        let token = sample();
        let block = format!(
            "HTTP/1.1 201 Created\r\nDate: Tue, 24 Nov 2026 01:25:41 GMT\r\nX-Subject-Token: {token}\r\n\
             Content-Type: application/json\r\n\r\n{{\"token\":{{\"methods\":[\"password\"]}}}}"
        );
        gives(&block, &token, &[Removed::HeaderName("X-Subject-Token"), Removed::OtherLines]);
        // curl -v shows what was sent as well: the issued token is the one that is meant.
        let verbose =
            format!("> X-Auth-Token: old\r\n>\r\n< HTTP/1.1 201 Created\r\n< x-subject-token: {token}\r\n<\r\n");
        gives(&verbose, &token, &[Removed::HeaderName("X-Subject-Token"), Removed::OtherLines]);
    }

    #[test]
    fn a_header_that_the_terminal_wrapped_is_put_together() {
        let token = sample();
        let (head, tail) = token.split_at(80);
        let wrapped = format!("X-Subject-Token: {head}\n{tail}\nX-Request-Id: 1");
        gives(&wrapped, &token, &[Removed::HeaderName("X-Subject-Token"), Removed::OtherLines, Removed::LineBreaks]);
    }

    #[test]
    fn characters_that_no_header_carries_are_named() {
        for character in ['é', '\u{1}', '…', '\u{7f}', '😀'] {
            let Some(violations) = token(&format!("MII{character}abc")).err() else { panic!("{character:?} passed") };
            let [Violation::TokenCharacters(found)] = &violations[..] else { panic!("{violations:?}") };
            assert_eq!((found.first[0].character, found.first[0].position), (character, 4));
        }
    }

    #[test]
    fn the_size_of_a_header_is_the_limit_and_an_unusual_size_is_pointed_out() {
        let of = |length: usize| token(&format!("MII{}", "a".repeat(length - 3)));
        assert_eq!(of(LONGEST + 1).err(), Some(vec![Violation::TokenTooLong { found: LONGEST + 1 }]));
        for (length, warns) in [(1023, true), (1024, false), (10_240, false), (10_241, true), (LONGEST, true)] {
            let token = of(length).ok().unwrap();
            assert_eq!(token.warning(), warns.then_some(Warning::TokenLength { found: length }), "{length}");
        }
        assert_eq!(token(&"a".repeat(2000)).ok().unwrap().warning(), Some(Warning::TokenStart));
    }

    #[test]
    fn it_is_required() {
        for text in ["", " \n", "\"\"", "X-Auth-Token:", "X-Auth-Token: \r\nDate: x"] {
            assert_eq!(token(text).err(), Some(vec![Violation::Missing(Field::Token)]), "{text:?}");
        }
    }
}
