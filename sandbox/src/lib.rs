//! A local RDS backup API, for trying the console and for its tests: a real server on a real socket.
//!
//! It is the second opinion on the page: what a request may look like stands in `openapi.json`, written from the API
//! pages and checked with a JSON Schema library, and what the server knows (which instances exist, which names are
//! taken) is worked out here. Nothing of it comes from the page's `contract` crate.

mod date_header;
pub mod document;
pub mod fault;
pub mod fixtures;
mod lag;
mod levers;
mod list;
mod record;
mod refusal;
mod resources;
mod routes;
mod server;
mod settings;
mod state;
mod timestamps;
mod tls;
mod wire;

pub use date_header::DateHeader;
pub use fault::{Fault, RetryAfter, Route, Scripted, Shape, When};
pub use lag::Lag;
pub use list::{Listing, Shift, TotalCount};
pub use record::Record;
pub use resources::{Instance, StoredBackup};
pub use server::{Hold, Sandbox};
pub use settings::Settings;
pub use tls::{Authority, Identity};
