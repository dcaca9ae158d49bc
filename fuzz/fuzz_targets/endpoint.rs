//! Any text as an endpoint.

#![no_main]

#[path = "../../contract/tests/properties/mod.rs"]
mod holds;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = holds::endpoint_is_what_it_reads_as(text);
});
