//! What the user did, or what came back: data, and what features ask of each other.

use std::mem::discriminant;

use contract::secret::Secret;

use crate::form::action::{FillAction, FormAction, TokenAction};
use crate::option_fault::OptionFault;
use crate::options::Options;
use crate::page::action::{PageAction, ShareAction};
use crate::reply::{Failed, NoResponse, Received};
use crate::ticket::Ticket;
use crate::visibility::Visibility;
use crate::work::action::WorkAction;

/// What the user did, what came back, and what features ask of each other: each feature has its own. It can carry a token, so
/// it has no `Debug` outside tests.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum Action {
    /// Something for several features: `Model::tell_all` tells each.
    App(AppAction),
    /// Something for the page as a whole: `Page::update`.
    Page(PageAction),
    /// Something for the form: `Form::update`.
    Form(FormAction),
    /// A press that needs a token: `Form::press`. Needs the later part, as does all that follows.
    Press(Press),
    /// Something that fills or marks the form from outside it: `Model::fill` looks up what it needs, and calls the form.
    Fill(FillAction),
    /// Something that the user takes along: `Model::share`.
    Share(ShareAction),
    /// Something about tokens: `Form::update_token`.
    Token(TokenAction),
    /// Something for [`crate::Work`]: `Work::update`.
    Work(WorkAction),
    /// A call, a probe, a wait or a question has come to its end: `Model::replied` hands it to who waits for it.
    Reply(Ticket, Reply),
}

/// What concerns several features: each is told of it.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum AppAction {
    /// The page was opened, or its address got another fragment.
    Opened {
        /// The URL fragment.
        fragment: String,
        /// What the tab has kept; `None` where only the address has changed.
        kept: Option<Persisted>,
    },
    /// The operator's settings have changed, or those of the page around the console.
    OptionsSet(Options, Vec<OptionFault>),
    /// The page around the console supplies tokens from now on, or no longer; it may say so as often as it likes.
    TokenSupplySet(bool),
    /// The page was hidden or shown.
    VisibilityChanged(Visibility),
    /// The page is put away (`pagehide`): the browser may keep it as it is, and show it again.
    PageHidden,
    /// The later part of the program was loaded, or failed to load.
    LaterLoaded(Result<(), Failed>),
    /// Escape.
    EscapePressed,
    /// `Cancel` beside `Create backup`: what was pressed and waits for something isn't done.
    CancelPressed,
}

/// A press that needs a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// `Create backup`, or Enter in a field.
    Submit,
    /// `Load instances`.
    LoadInstances,
    /// `Show backups`.
    ShowBackups,
    /// `Try again`, with the same name; the key of a creation.
    TryAgain(u32),
    /// `Create anyway`.
    CreateAnyway(u32),
    /// `Look again`, or `Follow`.
    LookAgain(u32),
    /// `Try again when the instance is ready`.
    AwaitInstance(u32),
    /// `Try the … again`, after a press for several instances; the key of one of its creations.
    TryBatchAgain(u32),
    /// `Look for the … again`, likewise.
    LookAgainAtBatch(u32),
}

/// What has come of a call, a probe, a wait or a question. It can carry a token, so it has no `Debug` outside tests.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub enum Reply {
    /// A call was answered, or not.
    Response(Result<Received, NoResponse>),
    /// Whether anything answered at an endpoint.
    Probe(Result<(), Failed>),
    /// A wait is over.
    WaitOver,
    /// The page around the console has supplied a token, or none.
    Token(Option<Secret>),
}

/// What the tab has kept for a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Persisted {
    /// What stood in the form.
    pub draft: String,
    /// What was under way.
    pub underway: String,
}

impl Action {
    /// Whether it would change what a press that waits was made from.
    pub(super) fn edits_the_form(&self) -> bool {
        match self {
            Self::Form(action) => action.edits(),
            Self::Press(press) => matches!(press, Press::LoadInstances | Press::ShowBackups),
            Self::Fill(action) => action.is_the_users(),
            Self::App(_) | Self::Page(_) | Self::Share(_) | Self::Token(_) | Self::Work(_) | Self::Reply(..) => false,
        }
    }

    /// Whether it is the same action apart from its payload; never so for those of the form, for replies, and for what a link or
    /// a reload has brought.
    pub(super) fn is_same_press(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Press(one), Self::Press(other)) => discriminant(one) == discriminant(other),
            (Self::Fill(one), Self::Fill(other)) => discriminant(one) == discriminant(other),
            (Self::Share(one), Self::Share(other)) => discriminant(one) == discriminant(other),
            (Self::Token(one), Self::Token(other)) => discriminant(one) == discriminant(other),
            (Self::Work(one), Self::Work(other)) => one.is_the_users() && discriminant(one) == discriminant(other),
            _ => false,
        }
    }

    /// Whether a link or a reload has brought it: no user waits for it. While the later part is missing, these are the only actions of
    /// `work` that aren't the user's.
    pub(super) fn is_from_link_or_reload(&self) -> bool {
        matches!(self, Self::Work(action) if !action.is_the_users())
    }

    /// Whether the user did it; else it came back from the browser or the network, or followed from something else.
    pub(super) fn is_the_users(&self) -> bool {
        match self {
            Self::App(action) => action.is_the_users(),
            Self::Page(action) => action.is_the_users(),
            Self::Press(_) => true,
            Self::Form(action) => !matches!(action, FormAction::Blurred(_)),
            Self::Fill(action) => action.is_the_users(),
            Self::Share(action) => !matches!(action, ShareAction::CopyEnded(..)),
            Self::Work(action) => action.is_the_users(),
            Self::Token(_) | Self::Reply(..) => false,
        }
    }
}

impl AppAction {
    fn is_the_users(&self) -> bool {
        match self {
            Self::EscapePressed | Self::CancelPressed => true,
            Self::Opened { .. }
            | Self::OptionsSet(..)
            | Self::TokenSupplySet(_)
            | Self::VisibilityChanged(_)
            | Self::PageHidden
            | Self::LaterLoaded(_) => false,
        }
    }
}

impl Press {
    /// The creation that it is about.
    pub(crate) fn key(self) -> Option<u32> {
        match self {
            Self::TryAgain(key)
            | Self::CreateAnyway(key)
            | Self::LookAgain(key)
            | Self::AwaitInstance(key)
            | Self::TryBatchAgain(key)
            | Self::LookAgainAtBatch(key) => Some(key),
            Self::Submit | Self::LoadInstances | Self::ShowBackups => None,
        }
    }
}
