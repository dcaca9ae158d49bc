//! What the page decides: one state, the actions that change it, the effects that it asks for. One pure, total function,
//! [`State::update`], goes from one to the next; it tests on the host.
//!
//! Nothing here may touch the browser, fetch, or word a sentence.

mod allowed_hosts;
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
mod policy;
mod receipt;
mod requests;
mod supply;
mod ticket;

use contract::answer::Answer;
use contract::backup::{Backup, Connection, CreateBackup, Status};
use contract::call::Call;
use contract::failure::Failure;
use contract::json::Json;
use contract::rules::Field;
use contract::rules::endpoint::Endpoint;
use contract::time::Moment;

pub use allowed_hosts::AllowedHosts;
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
pub use policy::CallPolicy;
pub use receipt::{Receipt, Written};
pub use requests::{Act, Part};
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
    /// Where the page's document lets it call.
    pub policy: CallPolicy,
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
    /// The sentences of a language couldn't be had.
    LanguageMissing(Language),
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
    /// Whether the part of the program is here that has to do with requests.
    pub part: Part,
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
    /// What was pressed before that part was here.
    held: Vec<Action>,
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
    /// Its sentences couldn't be had.
    LanguageMissing(Language),
    /// The part of the program is here that has to do with requests, or couldn't be had.
    PartLoaded(Success),
    /// A link names the backup of an instance, to be followed: instance and backup.
    Watched(String, String),
    /// The token is another one, and complete.
    TokenGiven,
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
    /// Load the part of the program that has to do with requests, and answer with [`Action::PartLoaded`].
    LoadPart,
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
    /// Whether it would change what a request under way was made from.
    fn edits_the_form(&self) -> bool {
        matches!(
            self,
            Self::Opened { .. }
                | Self::ClearFormPressed
                | Self::RestorePressed
                | Self::RepeatPressed(_)
                | Self::Edited(..)
                | Self::EndpointConfirmed
                | Self::DatabasesPasted(..)
                | Self::Left(_)
                | Self::AddDatabasePressed
                | Self::RemoveDatabasePressed(_)
                | Self::EngineChosen(_)
                | Self::DatabaseTicked(_)
                | Self::SuggestNamePressed
                | Self::LoadInstancesPressed
                | Self::InstanceChosen(_)
                | Self::ShowBackupsPressed
        )
    }

    /// Whether the user did it; else it came back from the browser or the network, or followed from something else.
    fn is_the_users(&self) -> bool {
        !matches!(
            self,
            Self::CopyEnded(..)
                | Self::LanguageMissing(_)
                | Self::PartLoaded(_)
                | Self::Watched(..)
                | Self::TokenGiven
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
        let Surroundings { options, option_faults, language, theme, address, policy, is_part, supplies_token } =
            surroundings;
        let mut form = Form::new(&options, policy.into());
        if supplies_token {
            form.token_input = TokenInput::Supplied;
        }
        Self {
            language,
            theme,
            notices: option_faults.into_iter().map(Notice::Option).collect(),
            request_is_shown: false,
            is_part,
            part: Part::default(),
            held: Vec::new(),
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
            || self.holds_a_submission()
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
        self.part = Part::Here;
        self.update_with(action, now, Self::act_on_requests)
    }

    /// The same with what acts on requests given, or with [`State::hold`] in its place until it is here.
    pub fn update_with(&mut self, action: Action, now: Millis, act_on_requests: Act) -> Vec<Effect> {
        // First of all: a machine that slept must not wake up with the token still there.
        let mut effects = self.forget_when_idle(now);
        if action.is_the_users() {
            self.copied = None;
            self.last_used = now;
            effects.extend(self.load_part_in_advance());
        }
        effects.extend(self.act(action, now, act_on_requests));
        effects.extend(self.watch_idleness(now));
        self.remarks = self.form.remarks(&self.backups);
        effects.extend(self.keep_draft());
        effects
    }

    fn act(&mut self, action: Action, now: Millis, act_on_requests: Act) -> Vec<Effect> {
        match action {
            Action::SubmitPressed => self.submit_pressed(now, act_on_requests),
            Action::PartLoaded(success) => self.part_loaded(success, now, act_on_requests),
            Action::CancelPressed if !self.held.is_empty() => self.quietly(|page| page.held.clear()),
            // Idleness, or a wait that was given up.
            Action::Waited(ticket) if self.tickets.find(ticket).is_none_or(|open| open == Purpose::Idleness) => {
                self.tickets.take(ticket);
                vec![]
            }
            Action::VisibilityChanged(visibility) => {
                self.visibility = visibility;
                if self.followed.is_empty() { vec![] } else { act_on_requests(self, action, now) }
            }
            Action::LanguageChosen(language) => {
                self.language = language;
                vec![Effect::SetLanguage(language)]
            }
            Action::LanguageMissing(language) => self.notice(Notice::LanguageMissing(language)),
            Action::ThemeChosen(theme) => {
                self.theme = theme;
                vec![Effect::SetTheme(theme)]
            }
            Action::FieldLinkPressed(field) => vec![Effect::Focus(Focus::Field(self.form.focusable(field)))],
            Action::EscapePressed => self.close_what_is_open(),
            Action::DismissPressed => self.quietly(|page| page.notices.clear()),
            Action::OptionsSet(options, faults) => self.set_options(options, faults),
            Action::RevealTokenPressed => self.quietly(|page| page.form.reveal_token()),
            Action::ForgetTokenPressed => {
                self.forget_token();
                vec![Effect::Focus(Focus::Field(Field::Token))]
            }
            // While a request is under way the form stays as it was sent.
            _ if self.is_busy() && action.edits_the_form() => vec![],
            Action::Opened { fragment, draft } => self.open(&fragment, &draft, now, act_on_requests),
            Action::ClearFormPressed => self.clear_form(),
            Action::RestorePressed => self.quietly(Self::restore),
            Action::Edited(field, text, input) => {
                self.form.edit(field, text, input);
                // A token that is typed key by key is complete when its field is left.
                let is_complete = field == Field::Token && input == Input::Pasted;
                if is_complete { self.token_given(now, act_on_requests) } else { vec![] }
            }
            Action::EndpointConfirmed => self.quietly(|page| page.form.give_token_to_endpoint()),
            Action::DatabasesPasted(index, text) => {
                let last = self.form.paste_databases(index, &text);
                vec![Effect::Focus(Focus::Field(Field::Database(last)))]
            }
            Action::Left(field) => {
                self.form.leave(field);
                if field == Field::Token { self.token_given(now, act_on_requests) } else { vec![] }
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
            _ => act_on_requests(self, action, now),
        }
    }

    /// `Create backup`: what is faulty is shown at once, the rest is an affair of requests.
    fn submit_pressed(&mut self, now: Millis, act_on_requests: Act) -> Vec<Effect> {
        if self.is_busy() {
            return vec![];
        }
        // A supplied token is asked for first.
        if !self.form.token_is_supplied() {
            self.form.prepare_to_send();
            if self.form.judge(&self.backups).is_err() {
                // What waits for a token may go on with the one in the form.
                let effects = self.token_given(now, act_on_requests);
                return self.not_sent().into_iter().chain(effects).collect();
            }
        }
        act_on_requests(self, Action::SubmitPressed, now)
    }

    /// The form has faults.
    fn not_sent(&mut self) -> Vec<Effect> {
        // An older answer beside the button would read as the answer to this press, and so would a part that was missing.
        self.phase = Phase::NotSent;
        if self.part == Part::Missing {
            self.part = Part::Late;
        }
        vec![Effect::Focus(Focus::Summary)]
    }

    /// What waits for a token goes on.
    fn token_given(&mut self, now: Millis, act_on_requests: Act) -> Vec<Effect> {
        if self.followed.is_empty() { vec![] } else { act_on_requests(self, Action::TokenGiven, now) }
    }

    fn notice(&mut self, notice: Notice) -> Vec<Effect> {
        self.notices.retain(|known| *known != notice);
        self.notices.push(notice);
        vec![]
    }

    /// A change that asks for nothing in the world.
    fn quietly(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Effect> {
        change(self);
        vec![]
    }

    fn wait(&mut self, purpose: Purpose, milliseconds: u32) -> Effect {
        Effect::Wait(self.tickets.issue(purpose), milliseconds)
    }

    /// Gives up every call and wait for a purpose.
    fn give_up(&mut self, is_meant: impl Fn(&Purpose) -> bool) -> Vec<Effect> {
        self.tickets.withdraw(is_meant).into_iter().map(Effect::Abort).collect()
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

    fn open(&mut self, fragment: &str, draft: &str, now: Millis, act_on_requests: Act) -> Vec<Effect> {
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
        act_on_requests(self, Action::Watched(instance_id, backup_id), now)
    }

    fn clear_form(&mut self) -> Vec<Effect> {
        self.cleared = Link::to_form(&self.form);
        let token_input = self.form.token_input;
        self.forget_token();
        self.form = Form::new(&self.options, self.form.policy());
        self.form.token_input = token_input;
        if matches!(self.phase, Phase::NotSent) {
            self.phase = Phase::Idle;
        }
        self.notice(Notice::Cleared);
        vec![Effect::Focus(Focus::Field(Field::Endpoint))]
    }

    fn restore(&mut self) {
        let draft = std::mem::take(&mut self.cleared);
        self.notices.retain(|notice| *notice != Notice::Cleared);
        self.form.fill_in(&Link::read(&draft));
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
        // A limit holds at once; what stands in the form is left alone while it is locked.
        self.form.allow(&options.allowed_hosts);
        if !self.is_busy() {
            self.form.set(&options, &self.options);
        }
        self.options = options;
        vec![]
    }
}

#[cfg(test)]
mod tests;
