//! What the page decides: one state, the actions that change it, the effects that it asks for. One pure, total function,
//! [`State::update`], goes from one to the next; it tests on the host.
//!
//! Nothing here may touch the browser, fetch, or word a sentence.

mod backups;
mod create;
mod follow;
mod form;
mod history;
mod idleness;
mod instances;
mod keyring;
mod ticket;

use contract::answer::{Answer, Body};
use contract::backup::{Backup, Connection, CreateBackup, Status};
use contract::call::Call;
use contract::failure::Failure;
use contract::json::Json;
use contract::rules::Field;
use contract::rules::endpoint::Endpoint;
use contract::time::Moment;

pub use backups::{Arrangement, BackupList, Column, Listed, Loading};
pub use create::{Look, Obstacle, Why};
pub use follow::{Followed, Trouble};
pub use form::{Attention, DatabaseEntry, EngineChoice, Entry, Form, Remark, Remarks, takes_over_paste};
pub use history::{Ending, Entered, Row, csv};
pub use instances::Catalog;
use keyring::Keyring;
pub use keyring::Target;
pub use ticket::Ticket;
use ticket::{Purpose, Tickets};

/// The language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
}

impl Language {
    /// Every language, in the order in which the page offers them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The page's language for a browser that prefers `tag` (BCP 47).
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("de") { Self::German } else { Self::English }
    }

    /// The language's tag for `lang` attributes and the browser's own formats.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// `X-Language` for the API, which knows `en-us` and `zh-cn` (parameters of Huawei's RDS `OpenAPI` description).
    pub fn api_tag(self) -> &'static str {
        match self {
            Self::English | Self::German => "en-us",
        }
    }
}

/// Everything that the page shows follows from this. It holds tokens, so it has no `Debug`.
#[derive(Clone, PartialEq)]
pub struct State {
    /// The language of the page.
    pub language: Language,
    /// What was typed.
    pub form: Form,
    /// What the page says about the fields.
    pub remarks: Remarks,
    /// Where the request is.
    pub phase: Phase,
    /// The project's instances.
    pub instances: Catalog,
    /// The backups of one instance.
    pub backups: BackupList,
    /// The backups that were made with this page, the newest first.
    pub followed: Vec<Followed>,
    /// What became of each request since the page was opened, the newest first.
    pub history: Vec<Entered>,
    /// What became of the last copy, until the next action of the user.
    pub copied: Option<(Copied, Success)>,
    /// Whether the browser is to notify the user.
    pub notifies: bool,
    is_hidden: bool,
    limits: Limits,
    keyring: Keyring,
    tickets: Tickets,
    attempts: u32,
    /// When the user last did something.
    last_used: Millis,
    /// By how many seconds the server's clock is ahead, where an answer told.
    skew: Option<i64>,
}

/// How long the page waits for things, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For an answer.
    pub answer: u32,
    /// For a backup to appear in the list when its answer was lost. Until then the server may still be at it.
    pub settle: u32,
    /// Before a followed backup is asked for the first time; later the pauses grow.
    pub poll: u32,
    /// Before a busy instance is asked for again.
    pub instance: u32,
    /// For the user to do something before the token is forgotten.
    pub idle: u32,
}

/// A moment by the browser's clock, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub i64);

impl Millis {
    /// How much later this is than `earlier`.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// The same moment in whole seconds.
    pub fn moment(self) -> Moment {
        Moment(self.0.div_euclid(1000))
    }
}

/// Where the request is. One at a time: what isn't listed here can't be.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// Nothing was sent yet.
    Idle,
    /// `Create backup` was pressed on a form with faults: nothing was sent.
    NotSent,
    /// A request is under way.
    Sending(Attempt),
    /// The API answered with the backup.
    Accepted {
        /// The request.
        attempt: Attempt,
        /// The backup in the answer.
        backup: Backup,
        /// The answer as it came.
        answer: Answer,
    },
    /// The API, or something before it, refused: nothing was made.
    Refused {
        /// The request.
        attempt: Attempt,
        /// What the answer says.
        failure: Failure,
    },
    /// The browser couldn't make a request of it, or the page's own policy forbids it: nothing was sent.
    Unsendable {
        /// The request.
        attempt: Attempt,
        /// Whether it was the policy.
        is_forbidden: bool,
    },
    /// Nobody knows yet whether there is a backup: the page looks for it.
    Looking(Look),
    /// Looked for and found: it exists, and it is this request's.
    Found {
        /// The request.
        attempt: Attempt,
        /// Why it had to be looked for.
        why: Why,
        /// The backup in the list.
        backup: Backup,
    },
    /// Looked for and not found: nothing was made.
    Absent {
        /// The request.
        attempt: Attempt,
        /// Why it had to be looked for.
        why: Why,
    },
    /// The name was taken before this request.
    Collision {
        /// The request.
        attempt: Attempt,
        /// Why it had to be looked for.
        why: Why,
        /// The backup that has the name; `None` when it is another instance's.
        backup: Option<Backup>,
    },
    /// The page can't tell, and has stopped trying.
    Untold {
        /// The request.
        attempt: Attempt,
        /// Why it had to be looked for.
        why: Why,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// The instance is busy: the page asks once more when it is ready.
    AwaitingInstance {
        /// The request.
        attempt: Attempt,
        /// The refusal.
        failure: Failure,
        /// The instance's status when it was last asked for.
        status: Option<String>,
    },
}

/// A request that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its number since the page was opened.
    pub number: u32,
    /// Where it went.
    pub target: Target,
    /// What was asked for.
    pub backup: CreateBackup,
    /// When.
    pub at: Millis,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The browser refused or failed to send, or the connection broke: it doesn't say which.
    Unreachable,
    /// The time limit was reached.
    TimedOut,
    /// The request was aborted.
    Cancelled,
    /// The browser wouldn't make a request of it: nothing was sent.
    NotSent,
    /// The page's Content-Security-Policy forbids calls to the endpoint: nothing was sent.
    Forbidden,
}

/// What arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The answer.
    pub answer: Answer,
    /// Its body, where that is JSON.
    pub json: Option<Json>,
}

/// Something that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The ID of the created backup.
    BackupId,
    /// The ID of a backup in the list, counted from 0 as it is shown.
    ListedId(usize),
    /// The answer as it came.
    Answer,
}

/// Whether something worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// It did.
    Yes,
    /// It didn't.
    No,
}

/// How a field's new text came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Key by key.
    Typed,
    /// At once, and whole.
    Pasted,
}

/// What the user did, or what came back. It can carry a token, so it has no `Debug` outside tests.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub enum Action {
    /// A field has a new text.
    Edited(Field, String, Input),
    /// A list was pasted into a database entry.
    DatabasesPasted(usize, String),
    /// The focus left a field.
    Left(Field),
    /// `Add database`.
    AddDatabasePressed,
    /// `Remove database N`, counted from 0.
    RemoveDatabasePressed(usize),
    /// The user says which engine the instance has.
    EngineChosen(EngineChoice),
    /// Show or hide the token.
    RevealTokenPressed,
    /// `Forget token`.
    ForgetTokenPressed,
    /// `Use the token at …`: the endpoint in the form is the one that is meant.
    EndpointConfirmed,
    /// `Create backup`, or Enter in a field.
    SubmitPressed,
    /// `Cancel`.
    CancelPressed,
    /// `Try again`, with the same name.
    TryAgainPressed,
    /// `Try again when the instance is ready`.
    AwaitInstancePressed,
    /// A call came to its end.
    Answered {
        /// The call's ticket.
        ticket: Ticket,
        /// What became of it.
        result: Result<Received, NoAnswer>,
    },
    /// A probe came to its end: whether anything answered at the endpoint.
    Probed(Ticket, Success),
    /// A wait is over.
    Waited(Ticket),
    /// The page was hidden or shown.
    VisibilityChanged(Visibility),
    /// `Load instances`.
    LoadInstancesPressed,
    /// The search for an instance has another text.
    InstanceSearched(String),
    /// An instance was chosen from the list.
    InstanceChosen(String),
    /// `Suggest a name`.
    SuggestNamePressed,
    /// A database of the chosen instance was ticked or unticked.
    DatabaseTicked(String),
    /// `Show backups`.
    ShowBackupsPressed,
    /// The backups are to be shown otherwise.
    BackupsArranged(Arrangement),
    /// `Notify me when it is done`.
    NotifyPressed,
    /// The browser allows notifications, or not.
    NotificationsAnswered(Success),
    /// `Export as JSON` or `as CSV`.
    ExportPressed(Format),
    /// A copy button.
    CopyPressed(Copied),
    /// A copy is done.
    CopyEnded(Copied, Success),
    /// A language was chosen.
    LanguageChosen(Language),
}

/// A format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
}

/// Whether the user can see the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// It is in view.
    Shown,
    /// It is in a tab behind, or minimised.
    Hidden,
}

/// What the page has to do in the world. It can carry a token, so it has no `Debug`.
#[derive(Clone, PartialEq)]
pub enum Effect {
    /// Make a call, and answer with [`Action::Answered`].
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
    /// Find out whether anything answers at an endpoint, without the token, and answer with [`Action::Probed`].
    Probe(Ticket, Endpoint),
    /// Wait this many milliseconds, and answer with [`Action::Waited`].
    Wait(Ticket, u32),
    /// Abort the call or the wait.
    Abort(Ticket),
    /// Ask the browser to allow notifications, and answer with [`Action::NotificationsAnswered`].
    AskForNotifications,
    /// Tell the user that a backup has ended.
    Notify(String, Status),
    /// Save the history as a file.
    Save(Format, Vec<Row>),
    /// Move the focus, once the new state is drawn.
    Focus(Focus),
    /// Bring the answer into view, once the new state is drawn.
    RevealAnswer,
    /// Put a text on the clipboard, and answer with [`Action::CopyEnded`].
    Copy(Copied, String),
    /// The page's language is another: tell the document.
    SetLanguage(Language),
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
}

impl Action {
    /// Whether the user did it; else it came back from the browser or the network, or followed from something else.
    fn is_the_users(&self) -> bool {
        !matches!(
            self,
            Self::CopyEnded(..)
                | Self::Left(_)
                | Self::Answered { .. }
                | Self::Waited(_)
                | Self::Probed(..)
                | Self::NotificationsAnswered(_)
                | Self::VisibilityChanged(_)
        )
    }
}

impl State {
    /// The page as it opens.
    pub fn new(language: Language, limits: Limits) -> Self {
        Self {
            language,
            form: Form::default(),
            remarks: Remarks::default(),
            phase: Phase::Idle,
            instances: Catalog::default(),
            backups: BackupList::default(),
            followed: Vec::new(),
            history: Vec::new(),
            copied: None,
            notifies: false,
            is_hidden: false,
            limits,
            keyring: Keyring::default(),
            tickets: Tickets::default(),
            attempts: 0,
            last_used: Millis(0),
            skew: None,
        }
    }

    /// Whether a request is under way or its backup is being looked for: the form can't be edited meanwhile.
    pub fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Sending(_) | Phase::Looking(_) | Phase::AwaitingInstance { .. })
    }

    /// Whether something would be lost sight of if the page were left: a request, a search, or a backup that is followed.
    pub fn has_something_underway(&self) -> bool {
        self.is_busy() || self.followed.iter().any(|followed| !followed.has_ended())
    }

    /// How long to wait for an answer, in milliseconds.
    pub fn time_limit(&self) -> u32 {
        self.limits.answer
    }

    /// Takes an action at a moment, and says what is to be done in the world.
    pub fn update(&mut self, action: Action, now: Millis) -> Vec<Effect> {
        // First of all: a machine that slept must not wake up with the token still there.
        let mut effects = self.forget_when_idle(now);
        if action.is_the_users() {
            self.copied = None;
            self.last_used = now;
        }
        effects.extend(self.act(action, now));
        effects.extend(self.watch_idleness(now));
        self.remarks = self.form.remarks(&self.backups);
        effects
    }

    fn act(&mut self, action: Action, now: Millis) -> Vec<Effect> {
        match action {
            Action::SubmitPressed => self.submit(now),
            Action::CancelPressed => self.cancel(now),
            Action::TryAgainPressed => self.try_again(),
            Action::AwaitInstancePressed => self.await_instance(now),
            Action::Answered { ticket, result } => self.answered(ticket, result, now),
            Action::Probed(ticket, reached) => match self.tickets.take(ticket) {
                Some(Purpose::Probe) => self.probed(reached, now),
                _ => vec![],
            },
            Action::Waited(ticket) => self.waited(ticket, now),
            Action::VisibilityChanged(visibility) => self.visibility_changed(visibility),
            Action::CopyPressed(what) => self.text_of(what).map(|text| Effect::Copy(what, text)).into_iter().collect(),
            Action::CopyEnded(what, success) => {
                self.copied = Some((what, success));
                vec![]
            }
            Action::LanguageChosen(language) => {
                self.language = language;
                vec![Effect::SetLanguage(language)]
            }
            Action::NotifyPressed => vec![Effect::AskForNotifications],
            Action::NotificationsAnswered(success) => {
                self.notifies = success == Success::Yes;
                vec![]
            }
            Action::ExportPressed(format) => vec![Effect::Save(format, self.rows())],
            Action::InstanceSearched(text) => {
                self.instances.search = text;
                vec![]
            }
            Action::BackupsArranged(arrangement) => {
                self.backups.arrange(arrangement);
                vec![]
            }
            Action::RevealTokenPressed => {
                self.form.token_is_shown = !self.form.token_is_shown;
                vec![]
            }
            Action::ForgetTokenPressed => {
                self.forget_token();
                vec![Effect::Focus(Focus::Field(Field::Token))]
            }
            // While a request is under way the form stays as it was sent.
            _ if self.is_busy() => vec![],
            Action::Edited(field, text, input) => {
                self.form.edit(field, text, input);
                if field == Field::Token { self.token_edited() } else { vec![] }
            }
            Action::EndpointConfirmed => {
                self.form.give_token_to_endpoint();
                vec![]
            }
            Action::DatabasesPasted(index, text) => {
                let last = self.form.paste_databases(index, &text);
                vec![Effect::Focus(Focus::Field(Field::Database(last)))]
            }
            Action::Left(field) => {
                self.form.leave(field);
                vec![]
            }
            Action::AddDatabasePressed => {
                let added = self.form.add_database();
                vec![Effect::Focus(Focus::Field(Field::Database(added)))]
            }
            Action::RemoveDatabasePressed(index) => {
                self.form.remove_database(index);
                let next = index.min(self.form.databases.len().saturating_sub(1));
                let none_left = self.form.databases.is_empty();
                vec![Effect::Focus(if none_left { Focus::AddDatabase } else { Focus::Field(Field::Database(next)) })]
            }
            Action::EngineChosen(choice) => {
                self.form.engine = choice;
                vec![]
            }
            Action::DatabaseTicked(name) => {
                self.form.tick_database(&name);
                vec![]
            }
            Action::SuggestNamePressed => self.suggest_name(now),
            Action::LoadInstancesPressed => self.load_instances(),
            Action::InstanceChosen(id) => self.choose_instance(&id),
            Action::ShowBackupsPressed => self.show_backups(),
        }
    }

    fn answered(&mut self, ticket: Ticket, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        // An answer that nobody waits for any more is late.
        let Some(purpose) = self.tickets.take(ticket) else { return vec![] };
        if let Ok(Received { answer: Answer { date: Some(date), .. }, .. }) = &result {
            self.skew = Some(date.0 - now.moment().0);
        }
        match purpose {
            Purpose::Create => self.create_answered(result, now),
            Purpose::Confirm(number) => self.refusal_confirmed(number, result, now),
            Purpose::LookUp => self.look_up_answered(result, now),
            Purpose::Instance => self.instance_answered(result, now),
            Purpose::Poll(key) => self.poll_answered(key, result, now),
            Purpose::Earlier(key) => self.earlier_answered(key, result),
            Purpose::Reason(key) => self.reason_answered(key, result),
            Purpose::Instances => self.instances_answered(result),
            Purpose::Backups => self.backups_answered(result, now),
            Purpose::Databases => self.databases_answered(result),
            Purpose::Probe | Purpose::LookAgain | Purpose::PollAgain(_) | Purpose::AskInstance | Purpose::Idleness => {
                vec![]
            }
        }
    }

    fn waited(&mut self, ticket: Ticket, now: Millis) -> Vec<Effect> {
        match self.tickets.take(ticket) {
            Some(Purpose::LookAgain) => self.look(now),
            Some(Purpose::PollAgain(key)) => self.poll(key),
            Some(Purpose::AskInstance) => self.ask_instance(now),
            _ => vec![],
        }
    }

    /// Makes a call to a target; nothing when its token was forgotten.
    fn fetch(&mut self, purpose: Purpose, target: &Target, call: Call) -> Option<Effect> {
        let connection = self.keyring.connect(target)?;
        let ticket = self.tickets.issue(purpose);
        Some(Effect::Fetch { ticket, connection, call, language: self.language, time_limit: self.limits.answer })
    }

    fn wait(&mut self, purpose: Purpose, milliseconds: u32) -> Effect {
        Effect::Wait(self.tickets.issue(purpose), milliseconds)
    }

    /// Gives up every call and wait for a purpose.
    fn give_up(&mut self, is_meant: impl Fn(&Purpose) -> bool) -> Vec<Effect> {
        self.tickets.withdraw(is_meant).into_iter().map(Effect::Abort).collect()
    }

    /// The target as typed, its token kept.
    ///
    /// # Errors
    /// The faults of the fields are shown, and the first of them is to take the focus.
    fn target(&mut self) -> Result<Target, Vec<Effect>> {
        self.form.attend_connection();
        match self.form.connection() {
            Ok(connection) => {
                self.form.give_token_to_endpoint();
                Ok(self.keyring.keep(connection))
            }
            Err(fault) => Err(vec![Effect::Focus(Focus::Field(fault))]),
        }
    }

    fn text_of(&self, what: Copied) -> Option<String> {
        let body = match &self.phase {
            Phase::Accepted { answer, .. } => Some(&answer.body),
            Phase::Refused { failure, .. } => Some(&failure.body),
            _ => None,
        };
        match what {
            Copied::BackupId => self.shown_backup()?.id.clone(),
            Copied::ListedId(index) => self.backups.arranged.get(index)?.id.clone(),
            Copied::Answer => match body? {
                Body::Text(text) => Some(text.clone()),
                Body::Unreadable | Body::TooLong => None,
            },
        }
    }

    /// The backup that the answer is about.
    pub fn shown_backup(&self) -> Option<&Backup> {
        match &self.phase {
            Phase::Accepted { backup, .. } | Phase::Found { backup, .. } => Some(backup),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
