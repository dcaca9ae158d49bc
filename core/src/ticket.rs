//! Tickets: every call and every wait has one, and whoever waits for it is entered here. What comes back with a ticket
//! that nobody waits for is late, and is dropped.

/// Names a call or a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u32);

/// What a call or a wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Creating the backup.
    Create,
    /// Whether the refusal of a request is the truth.
    Confirm(u32),
    /// Reading the list for a backup whose answer was lost.
    LookUp,
    /// The time until the list is read again.
    LookAgain,
    /// Whether anything answers at the endpoint.
    Probe,
    /// The status of a busy instance.
    Instance,
    /// The time until it is asked for again.
    AskInstance,
    /// The status of a followed backup.
    Poll(u32),
    /// The time until it is asked for again.
    PollAgain(u32),
    /// The durations of earlier backups.
    Earlier(u32),
    /// Why a followed backup failed.
    Reason(u32),
    /// The project's instances.
    Instances,
    /// The backups of an instance.
    Backups,
    /// The databases of an instance.
    Databases,
    /// The time until the token may have to be forgotten.
    Idleness,
    /// The token of whoever supplies it, for what was pressed; `None` to go on following.
    Token(Option<Pressed>),
}

/// A press that needs a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// `Create backup`.
    Submit,
    /// `Try again`.
    TryAgain,
    /// `Load instances`.
    LoadInstances,
    /// `Show backups`.
    ShowBackups,
}

/// The tickets that are out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tickets {
    last: u32,
    /// A handful at a time, the oldest first.
    open: Vec<(Ticket, Purpose)>,
}

impl Tickets {
    pub(super) fn issue(&mut self, purpose: Purpose) -> Ticket {
        self.last += 1;
        let ticket = Ticket(self.last);
        self.open.push((ticket, purpose));
        ticket
    }

    pub(super) fn take(&mut self, ticket: Ticket) -> Option<Purpose> {
        let place = self.open.iter().position(|(open, _)| *open == ticket)?;
        Some(self.open.remove(place).1)
    }

    pub(super) fn find(&self, ticket: Ticket) -> Option<Purpose> {
        self.open.iter().find(|(open, _)| *open == ticket).map(|(_, purpose)| *purpose)
    }

    pub(super) fn withdraw(&mut self, is_meant: impl Fn(&Purpose) -> bool) -> Vec<Ticket> {
        let mut meant = Vec::new();
        self.open.retain(|(ticket, purpose)| {
            let goes = is_meant(purpose);
            if goes {
                meant.push(*ticket);
            }
            !goes
        });
        meant
    }

    pub(super) fn awaits(&self, purpose: Purpose) -> bool {
        self.any(|open| *open == purpose)
    }

    pub(super) fn any(&self, is_meant: impl Fn(&Purpose) -> bool) -> bool {
        self.open.iter().any(|(_, purpose)| is_meant(purpose))
    }
}
