//! The tokens, and since when nobody has used the page.

use super::credentials::Credentials;
use super::token_provider::TokenProvider;
use crate::clock::Now;

/// Tokens, and since when nobody has used the page. It has no `Debug`.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Session {
    /// The tokens that a press has sent.
    pub(crate) credentials: Credentials,
    /// The page around the console, where that supplies tokens.
    pub(crate) provider: TokenProvider,
    /// When the user last did something.
    pub(crate) last_used: Option<Now>,
}
