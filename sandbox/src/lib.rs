//! A local RDS backup API, for trying the console and for its tests: a real server on a real socket.
//!
//! It is an implementation of the API that is independent of the page: the form of a request is defined in
//! `openapi.json`, written from the API pages and checked with a JSON Schema library, and the server's state (which
//! instances exist, which names are taken) is determined here. Nothing is taken from the page's `contract` crate.

mod cloud;
mod connection;
mod control;
mod date_header;
pub mod document;
pub mod fault;
pub mod fixtures;
pub mod iam_token;
mod list;
mod list_delay;
mod project;
mod record;
mod refusal;
mod resources;
mod routes;
mod server;
mod settings;
mod state;
mod timestamps;
mod tls;

pub use cloud::Cloud;
pub use date_header::DateHeader;
pub use fault::{ErrorFormat, Fault, FaultTiming, FixedResponse, RetryAfter, Route};
pub use list::{ListBehaviour, ListChange, TotalCount};
pub use list_delay::ListDelay;
pub use record::RecordedRequest;
pub use resources::{Instance, StoredBackup};
pub use server::{Hold, Sandbox};
pub use settings::Settings;
pub use tls::{Authority, Identity};
