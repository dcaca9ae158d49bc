//! What the page has to do in the world, as data.

use contract::backup::{Connection, Status};
use contract::call::Call;
use contract::rules::Field;
use contract::rules::endpoint::Endpoint;

use crate::action::Action;
use crate::language::Language;
use crate::page::action::{CopyTarget, Format};
use crate::preferences::Theme;
use crate::target::Target;
use crate::ticket::Ticket;
use crate::work::batch_summary::BatchSummary;
use crate::work::export::Row;
use crate::work::record::{HostEvent, Record};

/// What the page has to do in the world. It can carry a token, so it has no `Debug`.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum Effect {
    /// Something that the runtime can do from the start.
    Page(PageEffect),
    /// Something that the runtime can do once the later part is loaded.
    Work(WorkEffect),
    /// Load the later part of the program, and answer with [`crate::AppAction::LaterLoaded`].
    LoadLater,
    /// Hand in [`crate::PageAction::LanguageChosen`], once the sentences of the language are loaded.
    ChooseLanguage(Language),
    /// Hand an action to [`crate::Model::update_later`].
    Later(Action),
}

/// What has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// A backup, by its name, with its status.
    Backup(String, Status),
    /// All backups of one press.
    Batch(BatchSummary),
}

/// What the runtime can do from the start.
#[derive(Clone, Debug, PartialEq)]
pub enum PageEffect {
    /// Wait this many milliseconds, and answer with [`crate::Reply::WaitOver`].
    Wait(Ticket, u32),
    /// Abort the call, the probe or the wait.
    Abort(Ticket),
    /// Move the focus, once the new state is drawn.
    Focus(Focus),
    /// Bring the answer into view, once the new state is drawn.
    RevealAnswer,
    /// The user has chosen a language: tell the document, and keep it.
    SetLanguage(Language),
    /// The user has chosen colours: likewise.
    SetTheme(Theme),
    /// Keep what was typed for a reload of the tab.
    PersistDraft(String),
    /// Keep what is under way for a reload of the tab, and answer with [`crate::WorkAction::UnderwayPersisted`].
    PersistUnderway(String),
    /// Replace the URL fragment.
    SetAddress(String),
    /// Ask the page around the console for the token of a target, and answer with [`crate::Reply::Token`].
    AskForToken(Ticket, Target),
    /// Tell the page around the console.
    Notify(Box<HostEvent>),
}

/// What the runtime can do once the later part is loaded. It can carry a token, so it has no `Debug`.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum WorkEffect {
    /// Make a call, and answer with [`crate::Reply::Response`].
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
    /// Find out whether anything answers at an endpoint, without the token, and answer with [`crate::Reply::Probe`].
    Probe {
        /// The ticket for the answer.
        ticket: Ticket,
        /// Where to.
        endpoint: Endpoint,
        /// How long to wait for the answer, in milliseconds.
        time_limit: u32,
    },
    /// Ask the browser to allow notifications, and answer with [`crate::WorkAction::NotificationsAnswered`].
    AskForNotifications,
    /// Tell the user that something has ended; if the browser doesn't, answer with
    /// [`crate::WorkAction::NotificationMissed`].
    ShowNotification(Ended),
    /// Save what became of each press as a file.
    Save(Format, Vec<Row>),
    /// Put a text on the clipboard, and answer with [`crate::ShareAction::CopyEnded`].
    Copy(CopyTarget, String),
    /// Put the receipt of a backup on the clipboard, likewise.
    CopyReceipt(Box<Record>),
    /// Save the receipt of a backup as a file.
    SaveReceipt(Box<Record>),
    /// Put the receipt of all backups of a press on the clipboard; the key of the one that it is asked for at.
    CopyBatchReceipt(u32, Vec<Record>),
    /// Save it as a file.
    SaveBatchReceipt(Vec<Record>),
    /// Print the page.
    Print,
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
    /// The field with a text that wasn't copied.
    CopyByHand,
}
