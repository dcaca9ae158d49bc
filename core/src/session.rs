//! The session: which token may go where, who supplies it, and when it is forgotten.

pub(crate) mod ask;
pub(crate) mod credentials;
pub(crate) mod idle;
pub(crate) mod sent_token;
pub(crate) mod state;
pub(crate) mod token_provider;
