//! Any text as a pasted token, list of databases, or address.

#![no_main]

#[path = "../../contract/tests/properties/mod.rs"]
mod holds;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = holds::a_paste_is_read_once_and_for_all(text);
});
