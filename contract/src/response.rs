//! The HTTP answer to a call, and what that to the create call amounts to.

mod create;
pub(crate) mod http;

pub use create::parse_create_response;
pub use http::{Body, HttpResponse, LARGEST};
