//! What an IAM token says by itself: scope, user, validity. A token is base64 of a CMS `SignedData` (RFC 5652) around JSON, as
//! Keystone's PKI tokens are; the shape was seen in about 70 public samples of these clouds.
//!
//! Nothing is verified: the signature isn't checked, and every name in a token is foreign text. A text that isn't such a
//! container, as a UUID or a Fernet token, can't be read, and that says nothing against it.

pub(crate) mod container;
mod content;
pub(crate) mod problem;
pub(crate) mod sent_token;

pub use container::{Length, json, length, region_of_security_token};
pub use content::{IamToken, Scope};
pub use problem::TokenProblem;
pub use sent_token::{SentToken, TokenClue};
