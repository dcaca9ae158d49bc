//! The HTTP answer to a call, and the meaning of the create call's answer.

mod create;
pub(crate) mod http;

pub use create::parse_create_response;
pub use http::{Body, HttpResponse, MAX_BODY_BYTES, WebServerSigns};
