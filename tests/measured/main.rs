//! What measures memory or time, in a real browser. A test binary of its own, whose tests are played one after the other
//! (`cargo xtask test measured`): what runs beside a test takes its processor, and then the page says other things and its tasks
//! take longer.
//!
//! Needs what the tests of `tests/browser` need. Each bound says beside it why it is that high.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

#[path = "../common/mod.rs"]
mod common;

mod hostile;
mod long;
mod memory;
mod mounting;
mod speed;
