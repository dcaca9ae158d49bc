//! Creating backups, and all that comes of it: each press has one life, a [`Creation`], from the press to the end. Beside
//! them stands what the page knows of instances and their backups; whatever reads a list feeds it, and each creation learns
//! from it.
//!
//! What must hold, and what the explorations of `explore` hold it to: one press sends at most one POST at a time, and every
//! sentence about a backup follows from what the page has read.

mod await_instance;
mod backups;
mod chart;
mod claim;
mod creation;
mod disruption;
mod export;
mod follow;
mod instances;
mod knowledge;
mod marker;
mod order;
mod press;
mod reader;
mod reading;
mod receipt;
mod reconcile;
mod send;

#[cfg(test)]
mod explore;

use contract::backup::{CreateBackup, Status};

pub use backups::{Arrangement, BackupList, Column, Listed};
pub use chart::Bar;
pub use creation::{
    Awaiting, BeforeSending, Blocker, Building, Cause, Certainty, Creation, Listing, NotSent, Outcome, Reconciliation,
    Stage, Unknown,
};
pub use export::{Row, csv};
pub use instances::Catalog;
pub use reader::Extent;
pub use reading::Loading;
pub use receipt::{Receipt, Record, Written};

use crate::cx::Cx;
use crate::session::credentials::Target;
use crate::ticket::{Open, Purpose, Ticket};
use crate::{Effect, Failed, NoResponse, Received, Visibility};
use knowledge::Known;

/// So long after a press something may be sent for it, in milliseconds: some times what it takes in a tab that is hidden. Later
/// nobody may be looking any more.
pub(crate) const LONGEST_FROM_PRESS: i64 = 2 * 60_000;
use reading::Reading;

/// Creations, and what is known of instances and backups.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct Work {
    /// One for each press, the newest first.
    pub creations: Vec<Creation>,
    /// The creation that the newest press was about.
    pub latest: Option<u32>,
    /// The project's instances.
    pub instances: Catalog,
    /// The backups of one instance.
    pub backups: BackupList,
    /// Whether the browser is to notify the user.
    pub notifies: bool,
    /// Whether the browser keeps what is under way for a reload.
    pub is_kept: Option<Result<(), Failed>>,
    readings: Vec<Reading>,
    knowledge: Vec<Known>,
    visibility: Visibility,
    /// What is under way, as it was last kept.
    kept_marker: String,
    last_key: u32,
}

/// What is done about requests, or came back. What needs a token finds it in the credentials: the press has put it there.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkAction {
    /// `Create backup`, on a form without faults.
    Create(Target, CreateBackup),
    /// `Create anyway`, where the reading before it got no answer.
    CreateAnyway(u32),
    /// `Try again`: the same request once more.
    TryAgain(u32),
    /// `Try again when the instance is ready`.
    AwaitInstance(u32),
    /// `Look again`, or `Follow` for a backup that a link names.
    LookAgain(u32),
    /// `Cancel`, or `Stop looking`.
    Cancel(u32),
    /// `Dismiss`, at a backup that a link names.
    Dismiss(u32),
    /// What was under way when the page was left, as it was kept.
    Restored(String),
    /// Whether the browser keeps what is under way.
    MarkerKept(Result<(), Failed>),
    /// A link names a backup of an instance, to be followed.
    Watched {
        /// Where to ask.
        target: Target,
        /// The instance.
        instance_id: String,
        /// The backup.
        backup_id: String,
    },
    /// A call came to its end.
    Replied(Ticket, Result<Received, NoResponse>),
    /// A probe came to its end: whether anything answered at the endpoint.
    Probed(Ticket, Result<(), Failed>),
    /// A wait is over.
    Waited(Ticket),
    /// The page was hidden or shown.
    VisibilityChanged(Visibility),
    /// There is a new token for a target.
    TokenGiven(Target),
    /// Tokens were forgotten.
    TokenForgotten,
    /// `Load instances`.
    LoadInstances(Target),
    /// The search for an instance has another text.
    InstanceSearched(String),
    /// The list of instances was closed.
    InstancesClosed,
    /// An instance was chosen: its databases are wanted where it has some, and its backups.
    InstanceChosen(Target, String),
    /// `Show backups`.
    ShowBackups(Target, String),
    /// The backups are to be shown otherwise.
    BackupsArranged(Arrangement),
    /// The browser allows notifications, or not.
    NotificationsAnswered(Result<(), Failed>),
}

/// What the page around the console, or the user's system, may want to know.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// A backup exists.
    Created(Record),
    /// It has come to its end.
    Finished(Record),
    /// A press has made no backup.
    Refused(Record),
}

impl Work {
    /// The creation with a key.
    pub fn creation(&self, key: u32) -> Option<&Creation> {
        self.creations.iter().find(|creation| creation.key == key)
    }

    /// Takes an action.
    pub(crate) fn update(&mut self, action: WorkAction, cx: &mut Cx) {
        match action {
            WorkAction::Create(target, request) => self.create(target, request, cx),
            WorkAction::CreateAnyway(key) => self.create_anyway(key, cx),
            WorkAction::TryAgain(key) => self.try_again(key, cx),
            WorkAction::AwaitInstance(key) => self.await_instance(key, cx),
            WorkAction::LookAgain(key) => self.look_again(key, cx),
            WorkAction::Cancel(key) => self.cancel(key, cx),
            WorkAction::Dismiss(key) => self.dismiss(key, cx),
            WorkAction::Restored(marker) => self.restore(&marker, cx),
            WorkAction::MarkerKept(success) => self.is_kept = Some(success),
            WorkAction::Watched { target, instance_id, backup_id } => self.watch(target, instance_id, backup_id, cx),
            WorkAction::Replied(ticket, result) => self.replied(ticket, result, cx),
            WorkAction::Probed(ticket, reached) => {
                if let Some(Open { purpose: Purpose::Probe(key), .. }) = cx.tickets.take(ticket) {
                    self.probed(key, reached, cx);
                }
            }
            WorkAction::Waited(ticket) => self.waited(ticket, cx),
            WorkAction::VisibilityChanged(visibility) => self.visibility_changed(visibility, cx),
            WorkAction::TokenGiven(target) => self.token_given(&target, cx),
            // What waits for its turn says so below.
            WorkAction::TokenForgotten => {}
            WorkAction::LoadInstances(target) => self.load_instances(target, cx),
            WorkAction::InstanceSearched(text) => self.instances.search = text,
            WorkAction::InstancesClosed => self.instances.is_open = false,
            WorkAction::InstanceChosen(target, id) => self.instance_chosen(&target, &id, cx),
            WorkAction::ShowBackups(target, instance_id) => self.show_backups(&target, &instance_id, cx),
            WorkAction::BackupsArranged(arrangement) => self.backups.arrange(arrangement),
            WorkAction::NotificationsAnswered(success) => self.notifies = success.is_ok(),
        }
        self.end_waits_without_token(cx);
        self.keep_marker(cx);
    }

    /// What waits to ask again and has no token for it learns so now, and not once its pause is over.
    fn end_waits_without_token(&mut self, cx: &mut Cx) {
        for (ticket, wait) in cx.tickets.all() {
            let target = self.target_to_ask_again(wait);
            let is_in_vain = target.is_some_and(|target| cx.credentials.connect(target).is_err());
            // One that has just ended may have given up others.
            if is_in_vain && cx.tickets.take(ticket).is_some() {
                cx.emit(Effect::Abort(ticket));
                self.wait_ended(wait, cx);
            }
        }
    }

    /// What is asked again once a wait is over.
    fn target_to_ask_again(&self, wait: Purpose) -> Option<&Target> {
        match wait {
            Purpose::NextPage(id) => {
                self.readings.iter().find(|reading| reading.id == id).map(|reading| &reading.target)
            }
            Purpose::ReadAgain(key) | Purpose::AskInstance(key) | Purpose::PollAgain(key) => {
                self.creation(key).map(|creation| &creation.target)
            }
            Purpose::Create(_)
            | Purpose::Page(_)
            | Purpose::ReadingLimit(_)
            | Purpose::Probe(_)
            | Purpose::CheckInstance(_)
            | Purpose::Instance(_)
            | Purpose::Poll(_)
            | Purpose::Reason(_)
            | Purpose::Instances
            | Purpose::Databases
            | Purpose::Idleness
            | Purpose::Token
            | Purpose::TokenLimit
            | Purpose::AskForToken
            | Purpose::LoadLimit => None,
        }
    }

    fn replied(&mut self, ticket: Ticket, result: Result<Received, NoResponse>, cx: &mut Cx) {
        // An answer that nobody waits for any more is late.
        let Some(Open { purpose, credential, asked }) = cx.tickets.take(ticket) else { return };
        match purpose {
            Purpose::Create(key) => self.create_answered(key, result, credential.as_ref(), cx),
            Purpose::Page(reading) => self.page_answered(reading, asked, result, credential.as_ref(), cx),
            Purpose::CheckInstance(key) => self.instance_checked(key, result, credential.as_ref(), cx),
            Purpose::Instance(key) => self.instance_answered(key, result, credential.as_ref(), cx),
            Purpose::Poll(key) => self.poll_answered(key, asked, result, credential.as_ref(), cx),
            Purpose::Reason(key) => self.reason_answered(key, result, credential.as_ref(), cx),
            Purpose::Instances => self.instances_answered(result, credential.as_ref(), cx),
            Purpose::Databases => self.databases_answered(result, credential.as_ref(), cx),
            Purpose::NextPage(_)
            | Purpose::ReadingLimit(_)
            | Purpose::ReadAgain(_)
            | Purpose::Probe(_)
            | Purpose::AskInstance(_)
            | Purpose::PollAgain(_)
            | Purpose::Idleness
            | Purpose::Token
            | Purpose::TokenLimit
            | Purpose::AskForToken
            | Purpose::LoadLimit => {}
        }
    }

    fn waited(&mut self, ticket: Ticket, cx: &mut Cx) {
        if let Some(Open { purpose, .. }) = cx.tickets.take(ticket) {
            self.wait_ended(purpose, cx);
        }
    }

    fn wait_ended(&mut self, purpose: Purpose, cx: &mut Cx) {
        match purpose {
            Purpose::NextPage(reading) => self.read_page(reading, cx),
            Purpose::ReadingLimit(key) => self.reading_took_too_long(key, cx),
            Purpose::ReadAgain(key) => self.read_again(key, cx),
            Purpose::AskInstance(key) => self.ask_instance(key, cx),
            Purpose::PollAgain(key) => self.poll(key, cx),
            Purpose::Create(_)
            | Purpose::Page(_)
            | Purpose::Probe(_)
            | Purpose::CheckInstance(_)
            | Purpose::Instance(_)
            | Purpose::Poll(_)
            | Purpose::Reason(_)
            | Purpose::Instances
            | Purpose::Databases
            | Purpose::Idleness
            | Purpose::Token
            | Purpose::TokenLimit
            | Purpose::AskForToken
            | Purpose::LoadLimit => {}
        }
    }

    fn get_mut(&mut self, key: u32) -> Option<&mut Creation> {
        self.creations.iter_mut().find(|creation| creation.key == key)
    }

    fn next_key(&mut self) -> u32 {
        self.last_key += 1;
        self.last_key
    }

    /// The status of the backup that the newest press was about, with its name, where it exists.
    pub fn newest_status(&self) -> Option<(&str, &Status)> {
        let is_known = |creation: &&Creation| {
            creation.exists() && !creation.is_away() && (creation.is_running() || !creation.is_under_way())
        };
        let newest = self.creation(self.latest?).filter(is_known)?;
        Some((newest.name().unwrap_or_default(), newest.backup.status.as_ref()?))
    }
}
