//! Any text as a time.

#![no_main]

#[path = "../../contract/tests/properties/mod.rs"]
mod holds;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = holds::a_moment_is_written_as_it_is_read(text);
});
