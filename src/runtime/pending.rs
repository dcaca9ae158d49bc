//! Pending requests and timers. Each is kept here under its ticket; dropping one aborts it.

use std::any::Any;

use console_core::Ticket;

/// A handful at a time.
#[derive(Default)]
pub(super) struct Pending(Vec<(Ticket, Box<dyn Any>)>);

impl Pending {
    /// Keeps a handle that aborts when it is dropped.
    pub(super) fn keep(&mut self, ticket: Ticket, handle: impl Any) {
        self.0.push((ticket, Box::new(handle)));
    }

    /// Nothing is waited for any more with this ticket: what is under way is aborted.
    pub(super) fn drop_request(&mut self, ticket: Ticket) {
        self.0.retain(|(known, _)| *known != ticket);
    }
}
