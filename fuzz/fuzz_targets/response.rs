//! Any bytes as an answer, with any status: the first byte chooses it, so that the rest stays a body.

#![no_main]

#[path = "../../contract/tests/properties/mod.rs"]
mod holds;

use libfuzzer_sys::fuzz_target;

const STATUSES: [u16; 12] = [200, 201, 204, 301, 400, 401, 403, 404, 408, 409, 429, 503];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, body)) = bytes.split_first() else { return };
    let _ = holds::an_answer_is_harmless(STATUSES[usize::from(*first) % STATUSES.len()], body);
});
