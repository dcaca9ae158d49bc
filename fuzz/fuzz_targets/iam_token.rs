//! Any bytes as a token, or in one.

#![no_main]

#[path = "../../contract/tests/properties/mod.rs"]
mod holds;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = holds::iam_token::a_token_is_read_within_its_bounds(bytes);
});
