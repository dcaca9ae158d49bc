//! Pending requests and timers. Each is kept here under its ticket; dropping one aborts it.

use std::any::Any;

use console_core::Ticket;

/// A list, since there are only a handful at a time.
#[derive(Default)]
pub(super) struct Pending(Vec<(Ticket, Box<dyn Any>)>);

impl Pending {
    /// Stores a handle that aborts when it is dropped.
    pub(super) fn keep(&mut self, ticket: Ticket, handle: impl Any) {
        self.0.push((ticket, Box::new(handle)));
    }

    /// Drops the handle of this ticket, which aborts what is under way.
    pub(super) fn drop_request(&mut self, ticket: Ticket) {
        self.0.retain(|(known, _)| *known != ticket);
    }
}
