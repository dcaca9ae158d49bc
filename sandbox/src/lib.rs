//! A local RDS backup API, for trying the console and for its tests: a real server on a real socket.
//!
//! It is the second opinion on the page: what a request may look like stands in `openapi.json`, written from the API
//! pages and checked with a JSON Schema library, and what the server knows (which instances exist, which names are
//! taken) is worked out here. Nothing of it comes from the page's `contract` crate.

pub mod document;
mod record;
mod refusal;
mod routes;
mod server;
pub mod world;

pub use record::Recorded;
pub use server::{Hold, Lost, Sandbox, Scripted, Settings};
