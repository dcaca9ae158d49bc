//! Lenient reading of JSON from a server.
//!
//! The API's answers have seven documented formats and some more in practice, so no format is required: a value of an
//! unexpected type is treated as missing, never as an error. Text becomes [`Json`] through the available parser: the
//! browser's in the page, `serde_json`'s in tests.
//!
//! Parsers read no deeper than [`MAX_DEPTH`] and no more parts than [`MAX_ELEMENTS`], whatever a server sends, and
//! [`Json::sanitize`] applies [`sanitize`] to every text.

use std::fmt;

use crate::sanitize::{MAX_TEXT_LENGTH, sanitize};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, and everything deeper than [`MAX_DEPTH`].
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Fraction(f64),
    /// A string, sanitized.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// Placed at the end of a list or an object with more than [`MAX_ELEMENTS`] parts, for the omitted ones.
    Truncated(usize),
    /// An object, in the order of its keys.
    Object(Vec<(String, Json)>),
}

/// How many levels are read. The documented answers have four; a malicious one must not exhaust the stack.
pub const MAX_DEPTH: u8 = 16;
/// How many elements of a list, or members of an object, are read. The API's pages have 100.
pub const MAX_ELEMENTS: usize = 1_000;
/// The largest integer that a browser's numbers represent exactly (ECMA-262, `Number.MAX_SAFE_INTEGER`).
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

impl Json {
    /// The member of an object; the last one if the key is repeated, as in browsers. White space at the ends of keys is
    /// ignored, since the API's documents contain such keys.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        members.iter().rev().find(|(name, _)| name.trim() == key).map(|(_, value)| value)
    }

    /// The member of an object as text. A number or boolean in place of a text is read as its digits or word.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.get(key)? {
            Self::Text(text) => Some(text.clone()),
            Self::Integer(number) => Some(number.to_string()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Null | Self::Fraction(_) | Self::List(_) | Self::Object(_) | Self::Truncated(_) => None,
        }
    }

    /// The member of an object as a whole number, even if it is sent as text.
    pub fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            Self::Integer(number) => Some(*number),
            Self::Text(digits) => digits.trim().parse().ok(),
            Self::Null | Self::Bool(_) | Self::Fraction(_) | Self::List(_) | Self::Truncated(_) | Self::Object(_) => {
                None
            }
        }
    }

    /// A list with this many elements, of which at most the first [`MAX_ELEMENTS`] were read.
    pub fn of_elements(mut read: Vec<Self>, how_many: usize) -> Self {
        read.extend(rest(how_many));
        Self::List(read)
    }

    /// An object with this many members, of which at most the first [`MAX_ELEMENTS`] were read.
    pub fn of_members(mut read: Vec<(String, Self)>, how_many: usize) -> Self {
        read.extend(rest(how_many).map(|rest| (String::new(), rest)));
        Self::Object(read)
    }

    /// The value with every text sanitized, and whole numbers distinguished from others.
    #[must_use]
    pub fn sanitize(self) -> Self {
        match self {
            Self::Fraction(number) if number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER => {
                #[expect(clippy::cast_possible_truncation, reason = "it is whole, and no larger than that")]
                let whole = number as i64;
                Self::Integer(whole)
            }
            Self::Text(text) => Self::Text(sanitize(&text, MAX_TEXT_LENGTH)),
            Self::List(elements) => Self::List(elements.into_iter().map(Self::sanitize).collect()),
            Self::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, value.sanitize())).collect())
            }
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Fraction(_) | Self::Truncated(_) => self,
        }
    }

    /// The elements of the object's member; none if it isn't an array.
    pub fn list(&self, key: &str) -> &[Self] {
        match self.get(key) {
            Some(Self::List(elements)) => elements,
            _ => &[],
        }
    }
}

/// The placeholder for the parts beyond [`MAX_ELEMENTS`].
fn rest(how_many: usize) -> Option<Json> {
    let left_out = how_many.saturating_sub(MAX_ELEMENTS);
    (left_out > 0).then_some(Json::Truncated(left_out))
}

/// A text as a JSON string (RFC 8259, section 7).
pub fn json_string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\0'..='\u{1f}' => {
                json.push_str("\\u00");
                json.extend([u32::from(character) >> 4, u32::from(character) & 15].map(hexadecimal));
            }
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

fn hexadecimal(digit: u32) -> char {
    char::from_digit(digit, 16).unwrap_or('0')
}

/// For serde parsers; the page converts what its browser has parsed.
impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Level(MAX_DEPTH).deserialize(deserializer).map(Self::sanitize)
    }
}

/// Reads a value with at most this many more levels.
#[derive(Clone, Copy)]
struct Level(u8);

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        if self.0 == 0 {
            IgnoredAny::deserialize(deserializer).map(|_| Json::Null)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "as browsers read numbers")]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Fraction(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "as browsers read numbers")]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Fraction(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Fraction(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while elements.len() < MAX_ELEMENTS {
            let Some(element) = sequence.next_element_seed(Self(self.0 - 1))? else { break };
            elements.push(element);
        }
        let mut how_many = elements.len();
        while sequence.next_element::<IgnoredAny>()?.is_some() {
            how_many += 1;
        }
        Ok(Json::of_elements(elements, how_many))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while members.len() < MAX_ELEMENTS {
            let Some(name) = map.next_key()? else { break };
            members.push((name, map.next_value_seed(Self(self.0 - 1))?));
        }
        let mut how_many = members.len();
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            how_many += 1;
        }
        Ok(Json::of_members(members, how_many))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Parses JSON text for tests; the page uses the browser's parser instead.
    pub(crate) fn parse(text: &str) -> Option<Json> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn members_are_found_whatever_type_they_have() {
        let json = parse(r#"{"id ":"x","n":7,"b":true,"f":1.5,"z":null,"l":[1,"a"],"o":{"k":"v"}}"#).unwrap();
        assert_eq!(json.text("id").as_deref(), Some("x"));
        assert_eq!(json.text("n").as_deref(), Some("7"));
        assert_eq!(json.text("b").as_deref(), Some("true"));
        for key in ["f", "z", "l", "o", "absent"] {
            assert_eq!(json.text(key), None, "{key}");
        }
        assert_eq!(json.list("l"), [Json::Integer(1), Json::Text("a".into())]);
        assert!(json.list("n").is_empty());
        assert_eq!(json.get("o").and_then(|object| object.text("k")).as_deref(), Some("v"));
        assert_eq!(Json::Null.get("id"), None);
    }

    #[test]
    fn of_a_repeated_key_the_last_counts_as_in_browsers() {
        assert_eq!(parse(r#"{"id":"a","id":"b"}"#).unwrap().text("id").as_deref(), Some("b"));
    }

    #[test]
    fn of_a_long_list_and_a_wide_object_only_the_beginning_is_read_and_the_rest_counted() {
        let list = parse(&format!("[{}1]", "1,".repeat(MAX_ELEMENTS + 6))).unwrap();
        let Json::List(elements) = list else { panic!("a list") };
        assert_eq!((elements.len(), elements.last()), (MAX_ELEMENTS + 1, Some(&Json::Truncated(7))));
        let members: Vec<String> = (0..MAX_ELEMENTS + 3).map(|number| format!(r#""k{number}":1"#)).collect();
        let Json::Object(members) = parse(&format!("{{{}}}", members.join(","))).unwrap() else { panic!("an object") };
        assert_eq!((members.len(), members.last().unwrap().1.clone()), (MAX_ELEMENTS + 1, Json::Truncated(3)));
    }

    #[test]
    fn a_text_is_harmless() {
        assert_eq!(parse(r#"{"name":"a\u202eb"}"#).unwrap().text("name").as_deref(), Some("a[U+202E]b"));
    }

    #[test]
    fn what_lies_too_deep_is_left_out() {
        let levels = 100;
        let json = parse(&format!("{}1{}", "[".repeat(levels), "]".repeat(levels))).unwrap();
        let mut value = &json;
        let mut depth = 0;
        while let Json::List(elements) = value {
            depth += 1;
            value = &elements[0];
        }
        assert_eq!((depth, value), (MAX_DEPTH, &Json::Null));
    }

    #[test]
    fn a_text_is_written_as_others_write_and_read_it() {
        use proptest::prelude::*;
        let character = prop_oneof![2 => any::<char>(), 1 => proptest::char::range('\0', '\u{7f}')];
        let text = proptest::collection::vec(character, 0..12).prop_map(String::from_iter);
        let floors = [("has a quotation mark or a backslash", 30), ("has a control character", 150), ("is plain", 60)];
        crate::reach::holds(1_000, &text, &floors, |text| {
            let written = json_string(&text);
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
            crate::reach::cases([
                ("has a quotation mark or a backslash", text.contains(['"', '\\'])),
                ("has a control character", text.contains(|character| character < ' ')),
                ("is plain", written.len() == text.len() + 2),
            ])
        });
    }
}
