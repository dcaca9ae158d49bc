//! A local RDS backup API, for trying the console and for its tests: a real server on a real socket.
//!
//! It is the second opinion on the page: what a request may look like stands in `openapi.json`, written from the API
//! pages and checked with a JSON Schema library, and what the server knows (which instances exist, which names are
//! taken) is worked out here. Nothing of it comes from the page's `contract` crate.

pub mod document;
pub mod fault;
mod levers;
mod list;
mod record;
mod refusal;
mod routes;
mod server;
mod tls;
mod wire;
pub mod world;

pub use fault::{Fault, RetryAfter, Route, Scripted, Shape, When};
pub use levers::DateHeader;
pub use list::{Lag, Listing, Shift, TotalCount};
pub use record::Record;
pub use server::{Hold, Sandbox, Settings};
pub use tls::{Authority, Identity};
