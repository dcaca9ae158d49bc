//! The page in a real browser, against the sandbox API over real sockets: one file for each thing that a user does.
//!
//! Needs `dist/` (from `cargo xtask build`) and chromedriver on PATH. A test that fails leaves a picture in
//! `target/failures/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod choose;
mod create;
mod follow;
mod hostile;
mod hosting;
mod large;
mod layout;
mod lost;
mod no_answer;
mod pictures;
mod refused_by_api;
mod refused_fields;
mod secret;
mod serve;
mod start;
mod token;
