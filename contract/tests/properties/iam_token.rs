//! What must hold for any token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::iam_token::{IamToken, Length, Scope, json, length};
use contract::json::Json;
use contract::rules::token::MAX_TOKEN_BYTES;
use contract::sanitize::sanitize;

/// The object identifiers `signedData` and `data` (RFC 5652, sections 5.1 and 4).
const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
/// From so many characters on the length is judged.
const JUDGED_FROM: usize = 24;

/// An element of DER with a definite length.
fn element(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let significant = length.split_at(length.iter().take_while(|byte| **byte == 0).count()).1;
    let mut bytes = vec![tag];
    match significant {
        [] => bytes.push(0),
        [short @ 0..=0x7f] => bytes.push(*short),
        long => {
            bytes.push(0x80 | u8::try_from(long.len()).unwrap());
            bytes.extend(long);
        }
    }
    bytes.extend(value);
    bytes
}

/// A whole `SignedData` around a text.
pub fn signed(text: &[u8]) -> Vec<u8> {
    let content = [&DATA[..], &element(0xa0, &element(0x04, text))].concat();
    let parts = [element(0x02, &[1]), element(0x31, &[]), element(0x30, &content), element(0x31, &[])].concat();
    element(0x30, &[&SIGNED_DATA[..], &element(0xa0, &element(0x30, &parts))].concat())
}

/// Any bytes as a token: the first one chooses whether the rest is its text, what is encoded in it, what follows its header,
/// or the text that it is about.
pub fn a_token_is_read_within_its_bounds(bytes: &[u8]) -> Vec<&'static str> {
    let Some((choice, rest)) = bytes.split_first() else { return Vec::new() };
    let encode = |bytes: &[u8]| STANDARD.encode(bytes).replace('/', "-");
    let (token, expected) = match choice % 4 {
        0 => (String::from_utf8_lossy(rest).into_owned(), None),
        1 => (encode(rest), None),
        2 => {
            let (stated, rest) = rest.split_at(rest.len().min(2));
            (encode(&[&[0x30, 0x80 | u8::try_from(stated.len()).unwrap()], stated, &SIGNED_DATA, rest].concat()), None)
        }
        _ => (encode(&signed(rest)), str::from_utf8(rest).ok()),
    };
    let mut met = vec![length_is_right(&token)];
    let read = json(&token).map(|json| json.expose().to_owned());
    if token.len() <= MAX_TOKEN_BYTES && expected.is_some() {
        assert_eq!(read.as_deref(), expected);
    }
    let Some(read) = read else { return met };
    met.push("a text");
    assert!(read.len() <= token.len() / 4 * 3);
    let said = serde_json::from_str::<Json>(&read).ok().and_then(|json| IamToken::from_json(&json));
    let Some(said) = said else { return met };
    let scope = match &said.scope {
        Scope::Project { id, name } => vec![id, name],
        Scope::Account { name } => vec![name],
        Scope::Unscoped => Vec::new(),
    };
    for text in scope.into_iter().chain(&said.user) {
        assert_eq!(&sanitize(text, usize::MAX), text);
    }
    met.push(match (said.rds_host(), &said.scope) {
        (Some(_), _) => "a known region",
        (None, Scope::Project { .. }) => "a project",
        (None, Scope::Account { .. }) => "an account",
        (None, Scope::Unscoped) => "no scope",
    });
    met
}

/// What is said of a token's length fits what is said of more and of less of it.
fn length_is_right(token: &str) -> &'static str {
    match length(token) {
        None => "not judged",
        Some(Length::Whole) => {
            let stated = token.len();
            let unpadded = token.trim_end_matches('=').len();
            for found in JUDGED_FROM.max(stated.saturating_sub(9))..stated {
                let expected = if found >= unpadded { Length::Unpadded } else { Length::Cut { found, stated } };
                assert_eq!(length(&token[..found]), Some(expected), "{found} of {token}");
            }
            assert_eq!(length(&format!("{token}A")), Some(Length::Extended { found: stated + 1, stated }));
            "whole"
        }
        Some(Length::Unpadded) => {
            assert_eq!(length(&format!("{token:=<0$}", token.len().next_multiple_of(4))), Some(Length::Whole));
            "unpadded"
        }
        Some(Length::Cut { found, stated }) => {
            assert!(found == token.trim_end_matches('=').len() && found < stated);
            "cut"
        }
        Some(Length::Extended { found, stated }) => {
            assert!(found == token.len() && found > stated);
            if stated >= JUDGED_FROM {
                let first = length(&token[..stated]);
                assert!(matches!(first, Some(Length::Whole | Length::Unpadded)), "{first:?} of {token}");
            }
            "extended"
        }
    }
}
