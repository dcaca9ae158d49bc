//! What the page has to do in the world, as data.

use contract::backup::{Connection, Status};
use contract::call::Call;
use contract::rules::Field;
use contract::rules::endpoint::Endpoint;

use super::action::{Action, CopyTarget, Format};
use super::ticket::Ticket;
use super::work::{HostEvent, Record, Row};
use crate::preferences::{Language, Theme};
use crate::target::Target;

/// What the page has to do in the world. It can carry a token, so it has no `Debug`.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum Effect {
    /// Make a call, and answer with [`super::Action::Responded`].
    Fetch {
        /// The ticket for the answer.
        ticket: Ticket,
        /// Where to, and with which token.
        connection: Connection,
        /// The call.
        call: Call,
        /// For `X-Language`.
        language: Language,
        /// How long to wait for the answer, in milliseconds.
        time_limit: u32,
    },
    /// Find out whether anything answers at an endpoint, without the token, and answer with [`super::Action::Probed`].
    Probe {
        /// The ticket for the answer.
        ticket: Ticket,
        /// Where to.
        endpoint: Endpoint,
        /// How long to wait for the answer, in milliseconds.
        time_limit: u32,
    },
    /// Wait this many milliseconds, and answer with [`super::Action::Waited`].
    Wait(Ticket, u32),
    /// Abort the call or the wait.
    Abort(Ticket),
    /// Ask the browser to allow notifications, and answer with [`super::Action::NotificationsAnswered`].
    AskForNotifications,
    /// Tell the user that a backup has ended.
    ShowNotification(String, Status),
    /// Save what became of each press as a file.
    Save(Format, Vec<Row>),
    /// Move the focus, once the new state is drawn.
    Focus(Focus),
    /// Bring the answer into view, once the new state is drawn.
    RevealAnswer,
    /// Put a text on the clipboard, and answer with [`super::Action::CopyEnded`].
    Copy(CopyTarget, String),
    /// Put the receipt of a backup on the clipboard, and answer with [`super::Action::CopyEnded`].
    CopyReceipt(Record),
    /// Save the receipt of a backup as a file.
    SaveReceipt(Record),
    /// Print the page.
    Print,
    /// Hand an action to [`super::State::update_later`].
    Later(Action),
    /// Load the later part of the program, and answer with [`super::Action::LaterLoaded`].
    LoadLater,
    /// The user has chosen a language: tell the document, and keep it.
    SetLanguage(Language),
    /// The user has chosen colours: likewise.
    SetTheme(Theme),
    /// Keep what was typed for a reload of the tab.
    KeepDraft(String),
    /// Keep what is under way for a reload of the tab, and answer with [`super::Action::MarkerKept`].
    KeepMarker(String),
    /// Put this behind the `#` of the address, in place of what stands there.
    SetAddress(String),
    /// Ask the page around the console for the token of a target, and answer with [`super::Action::TokenSupplied`].
    AskForToken(Ticket, Target),
    /// Tell the page around the console.
    Notify(HostEvent),
}

/// Where the focus can be moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A field.
    Field(Field),
    /// The button that adds a database.
    AddDatabase,
    /// The button that sends.
    Submit,
    /// The summary of faults.
    Summary,
    /// The button that shows the request.
    Request,
    /// The button that loads the instances.
    Instances,
}
