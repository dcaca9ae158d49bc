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

mod accessible;
mod answers;
mod batch;
mod choose;
mod clouds;
mod copy_by_hand;
mod create;
mod effort;
mod embedding;
mod enter;
mod follow;
mod hosted;
mod hosting;
mod keyboard;
mod languages;
mod large;
mod layout;
mod lazy;
mod links;
mod lost;
mod media;
mod no_answer;
mod notifications;
mod pictures;
mod prerender;
mod reading;
mod receipt;
mod refused_by_api;
mod refused_fields;
mod reload;
mod rely;
mod request;
mod secret;
mod sequences;
mod serve;
mod settings;
mod several;
mod spoken;
mod start;
mod token;
mod token_content;
mod undo_key;
