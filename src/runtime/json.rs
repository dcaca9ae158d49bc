//! JSON to and from the browser's own parser.

use contract::json::{Json, MAX_DEPTH, MAX_ELEMENTS};
use js_sys::{Array, JSON, Object};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

/// JSON for human readers.
pub(super) fn pretty_json(value: &impl Serialize) -> String {
    let value = serde_wasm_bindgen::to_value(value).unwrap_or_default();
    let text = JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0));
    text.map(String::from).unwrap_or_default()
}

/// Converts a script's value to JSON.
#[cfg(feature = "module")]
pub fn json_from_js(value: &JsValue) -> Json {
    plain(value, MAX_DEPTH).sanitize()
}

/// Converts a value for a script.
#[cfg(feature = "module")]
pub fn object_from(value: &impl Serialize) -> JsValue {
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&plain).unwrap_or_default()
}

/// The settings as JSON. The operator's own file is trusted: only its size is limited.
pub fn settings(text: &str) -> Option<Json> {
    JSON::parse(text).ok().map(|value| plain(&value, MAX_DEPTH))
}

/// Converts what the browser has parsed, up to a number of levels. Written by hand: serde-wasm-bindgen's deserializer
/// would add serde's error messages and the formatting of fractions, which the page doesn't need.
fn plain(value: &JsValue, levels: u8) -> Json {
    if let Some(text) = value.as_string() {
        return Json::Text(text);
    }
    if let Some(number) = value.as_f64() {
        return Json::Fraction(number);
    }
    if let Some(truth) = value.as_bool() {
        return Json::Bool(truth);
    }
    let (Some(object), Some(levels)) = (value.dyn_ref::<Object>(), levels.checked_sub(1)) else { return Json::Null };
    if let Some(list) = object.dyn_ref::<Array>() {
        let read = first(list).map(|element| plain(&element, levels)).collect();
        return Json::of_elements(read, list.length() as usize);
    }
    let entries = Object::entries(object);
    let read = first(&entries).map(|entry| {
        let entry: Array = entry.unchecked_into();
        (entry.get(0).as_string().unwrap_or_default(), plain(&entry.get(1), levels))
    });
    Json::of_members(read.collect(), entries.length() as usize)
}

/// The elements up to the limit.
fn first(list: &Array) -> impl Iterator<Item = JsValue> {
    (0..list.length()).take(MAX_ELEMENTS).map(|index| list.get(index))
}

/// Parses a text as JSON.
pub fn parse(text: &str) -> Option<Json> {
    settings(text).map(Json::sanitize)
}
