//! Finding the token in what was pasted.
//!
//! A name counts only where one begins: at the start of a line, behind the marks that curl and tables put there, in
//! quotation marks, behind an option of curl; and only with its separator behind it. So the list of names in another
//! header (`Access-Control-Expose-Headers`, `Vary`) is no header.

use zeroize::{Zeroize, Zeroizing};

use super::usual::USUAL_START;
use crate::iam_token::container::{Length, json, length};
use crate::invisible::is_invisible;
use crate::secret::Secret;

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
    /// The name that stood before it: that of a header, mostly.
    HeaderName(&'static str),
    /// Other lines: the rest of an answer's header block and its body.
    OtherLines,
    /// Line breaks within the token.
    LineBreaks,
    /// Spaces and other white space.
    Spaces,
    /// Spaces that stood in place of `+`, which is put back: a URL has `+` for a space.
    SpacesForPlus,
    /// Quotation marks at the ends.
    Quotes,
    /// Characters that can't be seen.
    Invisible,
}

/// A name that a token stands behind.
struct Label {
    name: &'static str,
    separator: char,
    /// What the value must start with, and that isn't part of the token.
    scheme: &'static str,
    /// How the token must start for the name to mean one.
    start: &'static str,
}

const fn label(name: &'static str, separator: char) -> Label {
    Label { name, separator, scheme: "", start: "" }
}

/// What IAM has just issued comes before what was sent to it. Behind the headers: the variable of the OpenStack client, and
/// what its `token issue` prints, as JSON and as a table, where many a thing is called `id`; and what other tools call a token.
const LABELS: [Label; 8] = [
    label("X-Subject-Token", ':'),
    label("X-Auth-Token", ':'),
    Label { scheme: BEARER, ..label("Authorization", ':') },
    label("OS_TOKEN", '='),
    Label { start: USUAL_START, ..label("id", ':') },
    Label { start: USUAL_START, ..label("token", ':') },
    Label { start: USUAL_START, ..label("access_token", ':') },
    Label { start: USUAL_START, ..label("id", TABLE) },
];
/// How the scheme of a header `Authorization` begins that has a token.
const BEARER: &str = "Bearer ";
/// Parts the cells of a table.
const TABLE: char = '|';
const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '\\'];

/// Finds the token in a text as pasted or typed. An answer without one stays as it is.
pub fn extract(text: &str) -> Extracted {
    let text = text.trim();
    let found = LABELS.iter().flat_map(|label| occurrences(text, label));
    // A name with nothing behind it is a name all the same, if there is no better one.
    match found.reduce(|best, next| if best.value.trim().is_empty() { next } else { best }) {
        Some(Found { label, before, value, after }) => {
            let mut extracted = strip(value, label.separator);
            if before || after {
                extracted.removed.insert(0, Removed::OtherLines);
            }
            extracted.removed.insert(0, Removed::HeaderName(label.name));
            extracted
        }
        None if is_an_answer(text) => Extracted { token: Secret::new(text.to_owned()), removed: Vec::new() },
        None => match without_scheme(text, BEARER) {
            Some(token) if !token.is_empty() => {
                let mut extracted = strip(token, ' ');
                extracted.removed.insert(0, Removed::HeaderName(BEARER.trim_ascii_end()));
                extracted
            }
            Some(_) | None => strip(text, ' '),
        },
    }
}

/// Whether a text without a token's name is an answer of a server: no token is written with a brace, and none begins as the
/// first line of an answer does.
pub(super) fn is_an_answer(text: &str) -> bool {
    let start = text.trim_start_matches(['<', ' ']);
    text.contains('{') || start.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"))
}

/// The value behind a name within a text, and whether other lines stand before and after it.
struct Found<'a> {
    label: &'static Label,
    before: bool,
    value: &'a str,
    after: bool,
}

fn occurrences<'a>(text: &'a str, label: &'static Label) -> impl Iterator<Item = Found<'a>> {
    let (name, length) = (label.name.as_bytes(), label.name.len());
    let windows = text.as_bytes().windows(length).enumerate();
    let places = windows.filter(|(_, window)| window.eq_ignore_ascii_case(name)).map(|(place, _)| place);
    places.filter_map(move |place| behind(label, text.get(..place)?, text.get(place + length..)?))
}

/// What stands behind a label, if it is one: `before` and `rest` are the text around its name.
fn behind<'a>(label: &'static Label, before: &str, rest: &'a str) -> Option<Found<'a>> {
    if !may_begin_behind(before) {
        return None;
    }
    // `"X-Auth-Token": "…"` in JSON closes the quotation before the colon; in `-H "X-Auth-Token: …" URL` the mark that
    // opens before the name closes behind the value.
    let separated = rest.trim_start_matches(|character| QUOTES.contains(&character) || character == ' ');
    let opening = before.chars().next_back().filter(|mark| QUOTES.contains(mark) && !rest.starts_with(*mark));
    let value = separated.strip_prefix(label.separator)?.trim_start_matches([' ', '\t']);
    let value = without_scheme(value, label.scheme)?;
    if !value.trim_start_matches(QUOTES).starts_with(label.start) {
        return None;
    }
    let end = if label.separator == TABLE { end_of_cells(value) } else { end_of_value(value, opening) };
    let (value, after) = value.split_at_checked(end)?;
    Some(Found { label, before: before.contains('\n'), value, after: after.trim().len() > 1 })
}

fn without_scheme<'a>(value: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = value.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// Whether a name that stands behind this begins there. It looks no further back than it must, since a text may have many
/// names in one line.
fn may_begin_behind(before: &str) -> bool {
    const BLANKS: [char; 2] = [' ', '\t'];
    let line = before.trim_end_matches(['<', '>', TABLE, ' ', '\t']);
    if before.ends_with(QUOTES) || line.is_empty() || line.ends_with(['\n', '\r']) {
        return true;
    }
    let is_word = |text: &str, word: &str| {
        text.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(char::is_whitespace))
    };
    // `-H` may touch the name; the other words stand apart from it.
    let words = before.trim_end_matches(BLANKS);
    is_word(words, "-H")
        || words.len() < before.len() && ["--header", "export", "set", "-e"].iter().any(|word| is_word(words, word))
}

/// Where a value ends in a text that goes on: at the mark that closes it, or at the end of the token.
fn end_of_value(value: &str, opening: Option<char>) -> usize {
    if let Some(end) = opening.and_then(|mark| value.find(mark)) {
        return end;
    }
    let quoted = value.chars().next().filter(|mark| QUOTES.contains(mark)).and_then(|mark| {
        let start = mark.len_utf8();
        value.get(start..)?.find(mark).map(|end| start + end + start)
    });
    quoted.unwrap_or_else(|| end_of_token(value))
}

/// At the end of its line, or of the lines that only continue the token, as those of a terminal that wrapped it.
fn end_of_token(value: &str) -> usize {
    let continues = |line: &str| {
        line.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_'))
    };
    end_of_lines(value, |line| !line.is_empty() && continues(line))
}

/// In a table at the end of its row, or of the rows whose first cell is empty, which continue it.
fn end_of_cells(value: &str) -> usize {
    let first_cell = |line: &str| line.strip_prefix(TABLE)?.split_once(TABLE).map(|(cell, _)| cell.trim().is_empty());
    end_of_lines(value, |line| first_cell(line) == Some(true))
}

/// Where the first line ends, and those behind it that continue it.
fn end_of_lines(value: &str, continues: impl Fn(&str) -> bool) -> usize {
    let lines = value.split_inclusive('\n').enumerate();
    lines.take_while(|(number, line)| *number == 0 || continues(line.trim())).map(|(_, line)| line.len()).sum()
}

/// Takes out of a token what can't be meant; `separator` is that of its label, which in a table stands in it as well.
fn strip(text: &str, separator: char) -> Extracted {
    let is_edge = |character: char| {
        QUOTES.contains(&character) || matches!(character, ',' | ';') || separator == TABLE && character == TABLE
    };
    let is_filling = |character: char| character.is_whitespace() || separator == TABLE && character == TABLE;
    let trimmed = text.trim_matches(is_filling);
    let unquoted = trimmed.trim_matches(is_edge);
    // In one piece from the start: a text that grows leaves its beginnings behind.
    let mut token = String::with_capacity(unquoted.len());
    token.extend(unquoted.chars().filter(|&character| !is_filling(character) && !is_invisible(character)));
    let blanks = unquoted.chars().filter(|&character| character == ' ').count();
    let is_short = matches!(length(&token), Some(Length::Cut { stated, .. }) if stated == token.len() + blanks);
    let restored = is_short.then(|| {
        let mut restored = String::with_capacity(unquoted.len());
        let characters = unquoted.chars().map(|character| if character == ' ' { '+' } else { character });
        restored.extend(characters.filter(|&character| !is_filling(character) && !is_invisible(character)));
        Zeroizing::new(restored)
    });
    // A cut token with as many blanks in it as are missing is no better for having a `+` in their place.
    let restored = restored.filter(|restored| json(restored).is_some());
    let has_lost_plus = restored.is_some();
    if let Some(restored) = restored {
        token.zeroize();
        token.push_str(&restored);
    }
    let dropped = |test: fn(char) -> bool| unquoted.chars().any(test);
    let removed = [
        (Removed::LineBreaks, dropped(|character| matches!(character, '\n' | '\r'))),
        (Removed::SpacesForPlus, has_lost_plus),
        (
            Removed::Spaces,
            !has_lost_plus && dropped(|character| character.is_whitespace() && !matches!(character, '\n' | '\r')),
        ),
        (Removed::Quotes, unquoted.len() < trimmed.len()),
        (Removed::Invisible, dropped(is_invisible)),
    ];
    let token = Secret::new(token);
    Extracted { token, removed: removed.into_iter().filter_map(|(what, happened)| happened.then_some(what)).collect() }
}

#[cfg(test)]
mod tests;
