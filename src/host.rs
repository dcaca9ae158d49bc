//! What stands around the console: its own page, or somebody else's.

use console_core::{HostEvent, Target, Theme};
use contract::secret::Secret;
use yew::prelude::*;

/// What the console tells and asks the page that it is in.
pub trait Host {
    /// Tells what has happened.
    fn notify(&self, event: &HostEvent);
    /// Asks for the token of a target; `supplied` is called once.
    fn token_provider(&self, target: &Target, supplied: Callback<Option<Secret>>);
    /// Shows the colours that were chosen.
    fn set_theme(&self, theme: Theme);
}
