//! Correlation IDs: whoever waits for something has a ticket, and what comes with a ticket that nobody waits for is late,
//! and dropped.

use super::clock::Monotonic;
use super::session::credentials::TokenUse;

/// Tells one call, wait or question from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(crate) u32);

/// What a ticket was issued for. A number is the key of a creation, unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A call of the API.
    Call(CallPurpose),
    /// Whether anything answers at the endpoint of a creation.
    Probe(u32),
    /// A wait of `work`.
    Wait(WaitPurpose),
    /// The time until the token may have to be forgotten.
    Idleness,
    /// A token from the page around the console.
    Token,
    /// The time that this page has to supply one.
    TokenLimit,
    /// The time until it is asked again.
    AskForToken,
    /// The time that a press waits for the later part of the program.
    LoadLimit,
}

/// What a call of the API is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallPurpose {
    /// Creating a backup.
    Create(u32),
    /// The next page of a list of backups; the ID of its reading.
    Page(u32),
    /// Whether the instance is backing up, before the page says that nothing was created.
    CheckInstance(u32),
    /// The status of an instance that is awaited.
    Instance(u32),
    /// The status of a backup.
    Poll(u32),
    /// Why a backup failed.
    Reason(u32),
    /// The next page of the project's instances.
    Instances,
    /// The next page of the chosen instance's databases.
    Databases,
}

/// What `work` waits for by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitPurpose {
    /// The pause before the next page of a list of backups; the ID of its reading.
    NextPage(u32),
    /// The time that the reading before a press may take.
    ReadingLimit(u32),
    /// The time until the list is read again for a creation.
    ReadAgain(u32),
    /// The time until the status of an awaited instance is asked for again.
    AskInstance(u32),
    /// The time until the status of a backup is asked for again.
    PollAgain(u32),
}

impl Purpose {
    /// The creation that it belongs to; `None` for what belongs to a list, or to the page as a whole.
    pub(crate) fn creation(self) -> Option<u32> {
        match self {
            Self::Call(
                CallPurpose::Create(key)
                | CallPurpose::CheckInstance(key)
                | CallPurpose::Instance(key)
                | CallPurpose::Poll(key)
                | CallPurpose::Reason(key),
            )
            | Self::Probe(key)
            | Self::Wait(
                WaitPurpose::ReadingLimit(key)
                | WaitPurpose::ReadAgain(key)
                | WaitPurpose::AskInstance(key)
                | WaitPurpose::PollAgain(key),
            ) => Some(key),
            Self::Call(CallPurpose::Page(_) | CallPurpose::Instances | CallPurpose::Databases)
            | Self::Wait(WaitPurpose::NextPage(_))
            | Self::Idleness
            | Self::Token
            | Self::TokenLimit
            | Self::AskForToken
            | Self::LoadLimit => None,
        }
    }
}

/// What was waited for under a ticket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pending {
    /// What for.
    pub(crate) purpose: Purpose,
    /// The token that a call was made with.
    pub(crate) credential: Option<TokenUse>,
    /// When a call was made: answers can overtake each other.
    pub(crate) asked: Option<Monotonic>,
}

/// The tickets that are out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tickets {
    last: u32,
    /// A handful at a time, the oldest first.
    open: Vec<(Ticket, Pending)>,
}

impl Tickets {
    /// A ticket for a wait, or a question to the browser.
    pub(crate) fn issue(&mut self, purpose: Purpose) -> Ticket {
        self.open_up(Pending { purpose, credential: None, asked: None })
    }

    /// A ticket for a call.
    pub(crate) fn issue_for_call(&mut self, purpose: CallPurpose, credential: TokenUse, asked: Monotonic) -> Ticket {
        self.open_up(Pending { purpose: Purpose::Call(purpose), credential: Some(credential), asked: Some(asked) })
    }

    fn open_up(&mut self, open: Pending) -> Ticket {
        self.last += 1;
        let ticket = Ticket(self.last);
        self.open.push((ticket, open));
        ticket
    }

    pub(crate) fn take(&mut self, ticket: Ticket) -> Option<Pending> {
        let place = self.open.iter().position(|(open, _)| *open == ticket)?;
        Some(self.open.remove(place).1)
    }

    pub(crate) fn find(&self, ticket: Ticket) -> Option<Purpose> {
        self.open.iter().find(|(open, _)| *open == ticket).map(|(_, open)| open.purpose)
    }

    /// The token that a call was made with.
    pub(crate) fn credential(&self, ticket: Ticket) -> Option<&TokenUse> {
        self.open.iter().find(|(open, _)| *open == ticket)?.1.credential.as_ref()
    }

    /// What is waited for, the oldest first.
    pub(crate) fn all(&self) -> Vec<(Ticket, Purpose)> {
        self.open.iter().map(|(ticket, open)| (*ticket, open.purpose)).collect()
    }

    pub(crate) fn withdraw(&mut self, is_meant: impl Fn(Purpose) -> bool) -> Vec<Ticket> {
        let (meant, kept) = std::mem::take(&mut self.open).into_iter().partition(|(_, open)| is_meant(open.purpose));
        self.open = kept;
        let meant: Vec<(Ticket, Pending)> = meant;
        meant.into_iter().map(|(ticket, _)| ticket).collect()
    }

    pub(crate) fn any(&self, is_meant: impl Fn(Purpose) -> bool) -> bool {
        self.open.iter().any(|(_, open)| is_meant(open.purpose))
    }
}
