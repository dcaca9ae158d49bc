//! The page that contains the console: its own, or a host page.

use console_core::{HostEvent, Target, Theme};
use contract::secret::Secret;
use yew::prelude::*;

/// The console's interface to the page that contains it.
pub trait Host {
    /// Reports an event.
    fn notify(&self, event: &HostEvent);
    /// Requests the token of a target; `supplied` is called once.
    fn token_provider(&self, target: &Target, supplied: Callback<Option<Secret>>);
    /// Applies the chosen colours.
    fn set_theme(&self, theme: Theme);
}
