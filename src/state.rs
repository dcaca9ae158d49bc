//! What the page decides: one state, the actions that change it, the effects that it asks for. One pure, total function,
//! [`State::update`], goes from one to the next; it tests on the host.
//!
//! Nothing here may touch the browser, fetch, or word a sentence.

mod backups;
mod chart;
mod create;
mod follow;
mod form;
mod history;
mod idleness;
mod instances;
mod keyring;
mod link;
mod options;
mod receipt;
mod supply;
mod ticket;

use contract::answer::{Answer, Body};
use contract::backup::{Backup, Connection, CreateBackup, Status};
use contract::call::Call;
use contract::command;
use contract::failure::Failure;
use contract::json::Json;
use contract::request::Request;
use contract::rules::endpoint::Endpoint;
use contract::rules::{Field, Violation};
use contract::time::Moment;

pub use backups::{Arrangement, BackupList, Column, Listed, Loading};
pub use chart::Bar;
pub use create::{Look, Obstacle, Why};
pub use follow::{Followed, Trouble};
pub use form::{Attention, DatabaseEntry, EngineChoice, Entry, Form, Remark, Remarks, TokenInput, takes_over_paste};
pub use history::{Ending, Entered, Row, csv};
pub use instances::Catalog;
use keyring::Keyring;
pub use keyring::Target;
pub use link::Link;
pub use options::{OptionFault, Options, Problem, Suggested};
pub use receipt::{Receipt, Written};
pub use ticket::Ticket;
use ticket::{Purpose, Tickets};

/// The language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
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

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system prefers.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word for it in settings and in the style sheet.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice with a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// What the console finds when it starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// What whoever runs the page has set.
    pub options: Options,
    /// What is wrong with that.
    pub option_faults: Vec<OptionFault>,
    /// The languages that the user prefers (BCP 47), and the one chosen here before.
    pub language: Language,
    /// The colours chosen here before.
    pub theme: Theme,
    /// The address of the page without what stands behind `#`.
    pub address: String,
    /// Whether the console is a part of somebody else's page, which then is the one to keep drafts and links.
    pub is_part: bool,
    /// Whether the page around it supplies the token.
    pub supplies_token: bool,
}

/// Something that the user should know of what has happened by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The form was filled from a link.
    LinkFilled,
    /// A link had a token, which was dropped.
    LinkHadToken,
    /// A link had names that the page doesn't know.
    LinkUnknown(Vec<String>),
    /// A link names a backup to follow, and a token is needed for that.
    WatchNeedsToken,
    /// The form was cleared; it can be brought back.
    Cleared,
    /// The page around the console has supplied no token.
    TokenNotSupplied,
    /// A setting is wrong.
    Option(OptionFault),
}

/// Everything that the page shows follows from this. It holds tokens, so it has no `Debug`.
#[derive(Clone, PartialEq)]
pub struct State {
    /// The language of the page.
    pub language: Language,
    /// Its colours.
    pub theme: Theme,
    /// What the user should know.
    pub notices: Vec<Notice>,
    /// Whether the request is shown.
    pub request_is_shown: bool,
    /// What whoever runs the page has set.
    pub options: Options,
    /// Whether the console is a part of somebody else's page.
    pub is_part: bool,
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
    visibility: Visibility,
    address: String,
    /// The draft as it was last kept.
    draft: String,
    /// The draft before the form was cleared.
    cleared: String,
    /// The target whose token was last asked for around the console.
    asked_for: Option<Target>,
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

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Longer than gateways wait for the service behind them, so that their answer comes first.
            answer: 60_000,
            settle: 60_000,
            poll: 2_000,
            instance: 5_000,
            idle: 30 * 60_000,
        }
    }
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
    /// The request before it is sent.
    Request(Shown),
    /// A link to the form as it stands.
    FormLink,
    /// A link that follows a backup; its key.
    WatchLink(u32),
    /// The receipt of a backup; its key.
    Receipt(u32),
}

/// How a request is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As HTTP has it.
    Http,
    /// As a command of curl.
    Curl,
    /// As a command of the OpenStack client.
    OpenStack,
}

/// A request before it is sent, in each form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// As HTTP has it, the token hidden.
    pub http: String,
    /// As a command of curl.
    pub curl: String,
    /// As a command of the OpenStack client, where that can express it.
    pub openstack: Option<String>,
}

/// What the next backup has in common with this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Everything but the instance and what belongs to it.
    OtherInstance,
    /// Everything but the name.
    NewName,
}

/// What the page around the console may want to know.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A backup exists.
    Created(Followed),
    /// It has come to its end.
    Finished(Followed),
    /// A request has made no backup.
    Refused {
        /// The name that was asked for.
        name: String,
        /// How it ended.
        ending: Ending,
    },
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
    /// Colours were chosen.
    ThemeChosen(Theme),
    /// The page was opened, or its address got another end: what stands behind `#`, and the draft of the tab.
    Opened {
        /// What stands behind `#`.
        fragment: String,
        /// The draft that the tab has kept.
        draft: String,
    },
    /// A link within the page to a field was followed.
    FieldLinkPressed(Field),
    /// `Show request` or `Hide request`.
    RequestPressed,
    /// Escape.
    EscapePressed,
    /// `Clear form`.
    ClearFormPressed,
    /// `Bring it back`.
    RestorePressed,
    /// `Dismiss` at the notices.
    DismissPressed,
    /// `Repeat …`.
    RepeatPressed(Repeat),
    /// `Print`.
    PrintPressed,
    /// `Download receipt`; the key of its backup.
    ReceiptPressed(u32),
    /// The page around the console has supplied a token, or none.
    TokenSupplied(Ticket, Option<String>),
    /// The page around the console has set something else.
    OptionsSet(Options, Vec<OptionFault>),
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
    /// Put the receipt of a backup on the clipboard, and answer with [`Action::CopyEnded`].
    CopyReceipt(Followed),
    /// Save the receipt of a backup as a file.
    SaveReceipt(Followed),
    /// Print the page.
    Print,
    /// The user has chosen a language: tell the document, and keep it.
    SetLanguage(Language),
    /// The user has chosen colours: likewise.
    SetTheme(Theme),
    /// Keep what was typed for a reload of the tab.
    KeepDraft(String),
    /// Put this behind the `#` of the address, in place of what stands there.
    SetAddress(String),
    /// Ask the page around the console for the token of a target, and answer with [`Action::TokenSupplied`].
    AskForToken(Ticket, Target),
    /// Tell the page around the console.
    Tell(Event),
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
                | Self::Opened { .. }
                | Self::TokenSupplied(..)
                | Self::OptionsSet(..)
        )
    }
}

impl State {
    /// The page as it opens.
    pub fn new(surroundings: Surroundings) -> Self {
        let Surroundings { options, option_faults, language, theme, address, is_part, supplies_token } = surroundings;
        let mut form = Form::new(&options);
        if supplies_token {
            form.token_input = TokenInput::Supplied;
        }
        Self {
            language,
            theme,
            notices: option_faults.into_iter().map(Notice::Option).collect(),
            request_is_shown: false,
            is_part,
            remarks: Remarks::default(),
            phase: Phase::Idle,
            instances: Catalog::default(),
            backups: BackupList::default(),
            followed: Vec::new(),
            history: Vec::new(),
            copied: None,
            notifies: false,
            visibility: Visibility::Shown,
            address,
            // What the operator has filled in is no draft.
            draft: Link::to_form(&form),
            cleared: String::new(),
            asked_for: None,
            limits: options.limits,
            keyring: Keyring::default(),
            tickets: Tickets::default(),
            attempts: 0,
            last_used: Millis(0),
            skew: None,
            form,
            options,
        }
    }

    /// Whether a request is under way or its backup is being looked for: the form can't be edited meanwhile.
    pub fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Sending(_) | Phase::Looking(_) | Phase::AwaitingInstance { .. })
    }

    /// Whether something would be lost sight of if the page were left: a request, a search, or a backup that is followed.
    pub fn has_something_underway(&self) -> bool {
        self.is_busy() || self.followed.iter().any(|followed| !followed.has_ended() && !followed.awaits_token())
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
        // A press that uses the token in the form says that it is complete: what waits for one goes on, too.
        let uses_token = Self::pressed(&action).is_some();
        effects.extend(self.act(action, now));
        if uses_token {
            effects.extend(self.token_edited());
        }
        effects.extend(self.watch_idleness(now));
        self.remarks = self.form.remarks(&self.backups);
        effects.extend(self.keep_draft());
        effects
    }

    fn act(&mut self, action: Action, now: Millis) -> Vec<Effect> {
        // The form stays as it was sent while a request is under way, and asks for nothing then.
        let pressed = Self::pressed(&action).filter(|_| !self.is_busy());
        if let Some(effects) = pressed.and_then(|pressed| self.ask_for_token(pressed)) {
            return effects;
        }
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
            Action::CopyPressed(Copied::Receipt(key)) => {
                self.followed_as(key).map(|followed| Effect::CopyReceipt(followed.clone())).into_iter().collect()
            }
            Action::ReceiptPressed(key) => {
                self.followed_as(key).map(|followed| Effect::SaveReceipt(followed.clone())).into_iter().collect()
            }
            Action::PrintPressed => vec![Effect::Print],
            Action::CopyPressed(what) => self.text_of(what).map(|text| Effect::Copy(what, text)).into_iter().collect(),
            Action::CopyEnded(what, success) => self.quietly(|page| page.copied = Some((what, success))),
            Action::LanguageChosen(language) => {
                self.language = language;
                vec![Effect::SetLanguage(language)]
            }
            Action::ThemeChosen(theme) => {
                self.theme = theme;
                vec![Effect::SetTheme(theme)]
            }
            Action::FieldLinkPressed(field) => vec![Effect::Focus(Focus::Field(self.form.focusable(field)))],
            Action::RequestPressed => self.quietly(|page| page.request_is_shown = !page.request_is_shown),
            Action::EscapePressed => self.close_what_is_open(),
            Action::DismissPressed => self.quietly(|page| page.notices.clear()),
            Action::TokenSupplied(ticket, token) => self.token_supplied(ticket, token, now),
            Action::OptionsSet(options, faults) => self.set_options(options, faults),
            Action::NotifyPressed => vec![Effect::AskForNotifications],
            Action::NotificationsAnswered(success) => self.quietly(|page| page.notifies = success == Success::Yes),
            Action::ExportPressed(format) => vec![Effect::Save(format, self.rows())],
            Action::InstanceSearched(text) => self.quietly(|page| page.instances.search = text),
            Action::BackupsArranged(arrangement) => self.quietly(|page| page.backups.arrange(arrangement)),
            Action::RevealTokenPressed => self.quietly(|page| page.form.reveal_token()),
            Action::ForgetTokenPressed => {
                self.forget_token();
                vec![Effect::Focus(Focus::Field(Field::Token))]
            }
            // While a request is under way the form stays as it was sent.
            _ if self.is_busy() => vec![],
            Action::Opened { fragment, draft } => self.open(&fragment, &draft, now),
            Action::ClearFormPressed => self.clear_form(),
            Action::RestorePressed => self.quietly(Self::restore),
            Action::RepeatPressed(repeat) => self.repeat(repeat, now),
            Action::Edited(field, text, input) => {
                self.form.edit(field, text, input);
                // A token that is typed key by key is complete when its field is left.
                if field == Field::Token && input == Input::Pasted { self.token_edited() } else { vec![] }
            }
            Action::EndpointConfirmed => self.quietly(|page| page.form.give_token_to_endpoint()),
            Action::DatabasesPasted(index, text) => {
                let last = self.form.paste_databases(index, &text);
                vec![Effect::Focus(Focus::Field(Field::Database(last)))]
            }
            Action::Left(field) => {
                self.form.leave(field);
                if field == Field::Token { self.token_edited() } else { vec![] }
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
            Action::EngineChosen(choice) => self.quietly(|page| page.form.engine = choice),
            Action::DatabaseTicked(name) => self.quietly(|page| page.form.tick_database(&name)),
            Action::SuggestNamePressed => self.suggest_name(now),
            Action::LoadInstancesPressed => self.load_instances(),
            Action::InstanceChosen(id) => self.choose_instance(&id),
            Action::ShowBackupsPressed => self.show_backups(),
        }
    }

    /// A change that asks for nothing in the world.
    fn quietly(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Effect> {
        change(self);
        vec![]
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
            Purpose::Probe
            | Purpose::LookAgain
            | Purpose::PollAgain(_)
            | Purpose::AskInstance
            | Purpose::Idleness
            | Purpose::Token(_) => vec![],
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
            Copied::FormLink => Some(self.link_to(&Link::to_form(&self.form))),
            Copied::WatchLink(key) => self.followed_as(key)?.link().map(|link| self.link_to(&link)),
            Copied::Request(shown) => {
                let preview = self.preview().ok()?;
                match shown {
                    Shown::Http => Some(preview.http),
                    Shown::Curl => Some(preview.curl),
                    Shown::OpenStack => preview.openstack,
                }
            }
            // A receipt is worded where sentences are.
            Copied::Receipt(_) => None,
            Copied::Answer => match body? {
                Body::Text(text) => Some(text.clone()),
                Body::Unreadable | Body::TooLong => None,
            },
        }
    }

    /// The request that `Create backup` would send.
    ///
    /// # Errors
    /// What keeps it from being sent, in the order of the form.
    pub fn preview(&self) -> Result<Preview, Vec<(Field, Violation)>> {
        let (endpoint, project_id, backup) = self.form.request(&self.backups)?;
        let openstack = command::openstack(&backup);
        let call = Call::CreateBackup(backup);
        let request = Request::new(&call, &endpoint, &project_id, self.language.api_tag());
        let request = request.from_elsewhere(self.origin());
        Ok(Preview { http: request.shown(), curl: command::curl(&request), openstack })
    }

    /// The origin of the page.
    fn origin(&self) -> &str {
        let authority = self.address.find("://").map_or(0, |scheme| scheme + 3);
        let end = self.address.get(authority..).and_then(|rest| rest.find('/')).map(|path| authority + path);
        end.and_then(|end| self.address.get(..end)).unwrap_or(&self.address)
    }

    fn link_to(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.address)
    }

    fn followed_as(&self, key: u32) -> Option<&Followed> {
        self.followed.iter().find(|followed| followed.key == key)
    }

    /// What was typed, for a reload of the tab, whenever it has changed.
    fn keep_draft(&mut self) -> Option<Effect> {
        if self.is_part {
            return None;
        }
        let draft = Link::to_form(&self.form);
        if draft == self.draft {
            return None;
        }
        self.draft.clone_from(&draft);
        Some(Effect::KeepDraft(draft))
    }

    fn open(&mut self, fragment: &str, draft: &str, now: Millis) -> Vec<Effect> {
        self.form.fill_in(&Link::read(draft));
        let link = Link::read(fragment);
        if link.is_empty() {
            return vec![];
        }
        self.form.fill_in(&link);
        if link.had_token {
            self.notices.push(Notice::LinkHadToken);
        }
        if !link.unknown.is_empty() {
            self.notices.push(Notice::LinkUnknown(link.unknown));
        }
        let Some((instance_id, backup_id)) = link.watch else {
            if !link.texts.is_empty() || link.databases.is_some() {
                self.notices.push(Notice::LinkFilled);
            }
            // A reload takes the draft up, with what was changed since.
            return vec![Effect::SetAddress(String::new())];
        };
        let mut effects = Vec::new();
        if let Some(target) = self.form.target() {
            effects.extend(self.take_up(target, &instance_id, &backup_id, now));
            effects.extend(self.followed.first().and_then(Followed::link).map(Effect::SetAddress));
            if self.followed.first().is_some_and(Followed::awaits_token) && !self.form.token_is_supplied() {
                self.notices.push(Notice::WatchNeedsToken);
                effects.push(Effect::Focus(Focus::Field(Field::Token)));
            }
        }
        effects
    }

    fn clear_form(&mut self) -> Vec<Effect> {
        self.cleared = Link::to_form(&self.form);
        let token_input = self.form.token_input;
        self.forget_token();
        self.form = Form::new(&self.options);
        self.form.token_input = token_input;
        if matches!(self.phase, Phase::NotSent) {
            self.phase = Phase::Idle;
        }
        self.notices.retain(|notice| *notice != Notice::Cleared);
        self.notices.push(Notice::Cleared);
        vec![Effect::Focus(Focus::Field(Field::Endpoint))]
    }

    fn restore(&mut self) {
        let draft = std::mem::take(&mut self.cleared);
        self.notices.retain(|notice| *notice != Notice::Cleared);
        self.form.fill_in(&Link::read(&draft));
    }

    fn repeat(&mut self, repeat: Repeat, now: Millis) -> Vec<Effect> {
        self.form.prepare_to_repeat(repeat);
        match repeat {
            Repeat::OtherInstance => vec![Effect::Focus(Focus::Field(Field::InstanceId))],
            Repeat::NewName => self.suggest_name(now),
        }
    }

    /// Closes the innermost of what is open.
    fn close_what_is_open(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.request_is_shown) {
            return vec![Effect::Focus(Focus::Request)];
        }
        if std::mem::take(&mut self.instances.is_open) {
            return vec![Effect::Focus(Focus::Instances)];
        }
        self.notices.clear();
        vec![]
    }

    fn set_options(&mut self, options: Options, faults: Vec<OptionFault>) -> Vec<Effect> {
        self.notices.retain(|notice| !matches!(notice, Notice::Option(_)));
        self.notices.extend(faults.into_iter().map(Notice::Option));
        self.limits = options.limits;
        self.theme = options.theme.unwrap_or(self.theme);
        self.language = options.language.unwrap_or(self.language);
        if !self.is_busy() {
            self.form.set(&options, &self.options);
        }
        self.options = options;
        vec![]
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
