//! What is done to the session.

use crate::target::Target;

/// What is done to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionAction {
    /// `Forget token`.
    ForgetTokenPressed,
}

/// What has become of tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenAction {
    /// A press needs another token: its own was rejected.
    Wanted,
    /// A press needs a token: its own was forgotten.
    Missing,
    /// Something that goes on by itself needs another token for a target.
    WantedFor(Target),
    /// The token in the form is complete.
    Given,
    /// What goes on by itself may ask the page around the console for a token, if it waits for one.
    Renew,
}
