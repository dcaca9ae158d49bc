//! The container of a token: base64, the tags and lengths of a CMS `SignedData`, and the text in it.

use std::cmp::Ordering;

use zeroize::Zeroizing;

use crate::rules::token::usual::MAX_TOKEN_BYTES;
use crate::secret::Secret;

/// The object identifier 1.2.840.113549.1.7.2, `signedData`, with tag and length (RFC 5652, section 5.1).
const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// The object identifier 1.2.840.113549.1.7.1, `data`, likewise (section 4).
const DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
/// The tags of DER (ITU-T X.690) that the container has.
const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const CONTEXT_0: u8 = 0xa0;
/// So many characters have the outermost length and the identifier, whatever form the length has.
const HEADER_CHARACTERS: usize = 24;
/// How the security token of a temporary access key begins (seen in samples of the newest kind).
const SECURITY_TOKEN: u8 = 0x81;

/// How the length of a token compares with the one that it states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// They agree.
    Whole,
    /// Only the `=` at the end are missing.
    Unpadded,
    /// Characters are missing.
    Cut {
        /// How many there are.
        found: usize,
        /// How many there should be.
        stated: usize,
    },
    /// There are more characters than there should be.
    Extended {
        /// How many there are.
        found: usize,
        /// How many there should be: the token is the first of them.
        stated: usize,
    },
}

/// How the length of a token compares with the one that it states. `None` if the text isn't base64 of a CMS `SignedData` with a
/// definite length, or is shorter than what that takes.
pub fn length(token: &str) -> Option<Length> {
    let header = decode(token.as_bytes().get(..HEADER_CHARACTERS)?)?;
    // Where characters stand for others, as in `%2B`, their number says nothing.
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'=');
    token.bytes().all(is_base64).then_some(())?;
    let mut rest = Der(&header);
    let bytes = rest.header(SEQUENCE)?.checked_add(header.len() - rest.0.len())?;
    rest.0.starts_with(&SIGNED_DATA).then_some(())?;
    let stated = bytes.div_ceil(3).checked_mul(4)?;
    let (found, characters) = (token.len(), token.trim_end_matches('=').len());
    let without_padding = bytes.checked_mul(4)?.div_ceil(3);
    Some(match (characters.cmp(&without_padding), found.cmp(&stated)) {
        (Ordering::Equal, Ordering::Equal) => Length::Whole,
        (Ordering::Equal, Ordering::Less) => Length::Unpadded,
        (Ordering::Equal, Ordering::Greater) => Length::Extended { found, stated },
        // Any `=` at its end doesn't stand for what is missing.
        (Ordering::Less, _) => Length::Cut { found: characters, stated },
        (Ordering::Greater, _) => {
            let padding = token.get(without_padding..stated).unwrap_or_default();
            let is_padded = padding.len() == stated - without_padding && padding.bytes().all(|byte| byte == b'=');
            Length::Extended { found, stated: if is_padded { stated } else { without_padding } }
        }
    })
}

/// The JSON in a token, if it is whole enough to have it.
pub fn json(token: &str) -> Option<Secret> {
    let characters = token.as_bytes().get(..token.len().min(MAX_TOKEN_BYTES))?;
    text(&decode(characters)?)
}

/// The region in the security token of a temporary access key, which begins with it: `gQ`, its length and its name, in base64.
pub fn region_of_security_token(token: &str) -> Option<String> {
    let start = decode(token.as_bytes().get(..HEADER_CHARACTERS)?)?;
    let (length, rest) = start.strip_prefix(&[SECURITY_TOKEN])?.split_first()?;
    let region = str::from_utf8(rest.get(..usize::from(*length))?).ok()?;
    crate::regions::is_known(region).then(|| region.to_owned())
}

/// What has been decoded of a token is the token, too: it is overwritten.
type Decoded = Zeroizing<Vec<u8>>;

/// Decodes base64 in which `/` may be written `-`, as Keystone does (python-keystoneclient, `cms_to_token`). What is left of
/// fewer than four characters at the end is decoded as far as possible.
fn decode(characters: &[u8]) -> Option<Decoded> {
    let padding = characters.iter().rev().take(2).take_while(|character| **character == b'=').count();
    let characters = characters.get(..characters.len() - padding)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(characters.len() / 4 * 3 + 2));
    let (mut bits, mut count) = (0_u32, 0_u32);
    for character in characters {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' | b'-' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// The text that a `SignedData` carries.
fn text(bytes: &[u8]) -> Option<Secret> {
    let mut content = Der(bytes).inner(SEQUENCE)?.after(&SIGNED_DATA)?.inner(CONTEXT_0)?.inner(SEQUENCE)?;
    content.skip(INTEGER)?;
    content.skip(SET)?;
    let text = content.inner(SEQUENCE)?.after(&DATA)?.inner(CONTEXT_0)?.whole(OCTET_STRING)?;
    Some(Secret::new(str::from_utf8(text).ok()?.to_owned()))
}

/// A part of the encoded bytes, which may end too early. Lengths are definite: an indefinite one is nothing that IAM sends.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    /// Reads tag and length of an element; the rest begins at its value. Gives the length.
    fn header(&mut self, tag: u8) -> Option<usize> {
        let (found, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        (*found == tag).then_some(())?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(*first), rest),
            // More bytes than four is more than any token has.
            0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x0f))?;
                (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
            }
            _ => return None,
        };
        self.0 = rest;
        Some(length)
    }

    /// What is in an element, as far as it is there.
    fn inner(mut self, tag: u8) -> Option<Self> {
        let length = self.header(tag)?;
        Some(Self(self.0.get(..length).unwrap_or(self.0)))
    }

    /// The value of an element that is there to its end.
    fn whole(mut self, tag: u8) -> Option<&'a [u8]> {
        let length = self.header(tag)?;
        self.0.get(..length)
    }

    fn skip(&mut self, tag: u8) -> Option<()> {
        let length = self.header(tag)?;
        self.0 = self.0.get(length..)?;
        Some(())
    }

    fn after(self, start: &[u8]) -> Option<Self> {
        self.0.strip_prefix(start).map(Self)
    }
}
