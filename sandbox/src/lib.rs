//! A local RDS backup API, for trying the console and for its tests: a real server on a real socket.
//!
//! It is the second opinion on the page: what a request may look like stands in `openapi.json`, written from the API
//! pages and checked with a JSON Schema library, and what the server knows (which instances exist, which names are
//! taken) is worked out here. Nothing of it comes from the page's `contract` crate.

mod connection;
mod control;
mod date_header;
pub mod document;
pub mod fault;
pub mod fixtures;
mod list;
mod list_delay;
mod record;
mod refusal;
mod resources;
mod routes;
mod server;
mod settings;
mod state;
mod timestamps;
mod tls;

pub use date_header::DateHeader;
pub use fault::{ErrorFormat, Fault, FaultTiming, FixedResponse, RetryAfter, Route};
pub use list::{ListBehaviour, ListChange, TotalCount};
pub use list_delay::ListDelay;
pub use record::RecordedRequest;
pub use resources::{Instance, StoredBackup};
pub use server::{Hold, Sandbox};
pub use settings::Settings;
pub use tls::{Authority, Identity};
