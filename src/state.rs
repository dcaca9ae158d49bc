//! What the page decides: one state, the actions that change it, the effects that it asks for. One pure, total function,
//! [`State::update`], goes from one to the next; it tests on the host.
//!
//! Nothing here may touch the browser, fetch, or word a sentence.

mod form;

use contract::answer::{Answer, understand};
use contract::backup::{Backup, Connection, CreateBackup};
use contract::failure::{Failure, Outcome};
use contract::json::Json;
use contract::rules::Field;

pub use form::{Attention, DatabaseEntry, EngineChoice, Entry, Form, Remark, Remarks, takes_over_paste};

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

/// Everything that the page shows follows from this. It holds the token, so it has no `Debug`.
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
    /// What became of the last copy, until the next action of the user.
    pub copied: Option<(Copied, Success)>,
    /// Counts the requests, so that a late answer is told from the one that is awaited.
    attempts: u32,
}

/// Where the request is.
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
        /// The request that was answered.
        attempt: Attempt,
        /// The backup in the answer.
        backup: Backup,
        /// The answer as it came.
        answer: Answer,
    },
    /// The API, or something before it, answered otherwise.
    Refused {
        /// The request that was answered.
        attempt: Attempt,
        /// What the answer says.
        failure: Failure,
    },
    /// There was no answer.
    Unanswered {
        /// The request that wasn't answered.
        attempt: Attempt,
        /// Why.
        reason: NoAnswer,
    },
}

/// A request that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its number since the page was opened.
    pub number: u32,
    /// What was asked for.
    pub backup: CreateBackup,
    /// Whether it went to the page's own origin, where the browser doesn't ask for CORS.
    pub same_origin: bool,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The browser refused or failed to send, or the connection broke: it doesn't say which.
    Unreachable,
    /// The time limit was reached.
    TimedOut,
    /// The user cancelled.
    Cancelled,
    /// The browser wouldn't make a request of it: nothing was sent.
    NotSent,
}

impl NoAnswer {
    /// What is known about the backup.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Cancelled => Outcome::MayExist,
            Self::NotSent => Outcome::NothingCreated,
        }
    }
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
    /// `Create backup`, or Enter in a field.
    SubmitPressed,
    /// `Cancel`.
    CancelPressed,
    /// A request came to its end.
    Answered {
        /// The request's number.
        attempt: u32,
        /// What became of it.
        result: Result<Received, NoAnswer>,
    },
    /// A copy button.
    CopyPressed(Copied),
    /// A copy is done.
    CopyEnded(Copied, Success),
    /// A language was chosen.
    LanguageChosen(Language),
}

/// What the page has to do in the world. It can carry a token, so it has no `Debug`.
#[derive(Clone, PartialEq)]
pub enum Effect {
    /// Send the request, and answer with [`Action::Answered`].
    Send {
        /// The request's number.
        attempt: u32,
        /// Where to, and with which token.
        connection: Connection,
        /// The body.
        backup: CreateBackup,
        /// For `X-Language`.
        language: Language,
    },
    /// Abort the request that is under way.
    Abort,
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

impl State {
    /// The page as it opens.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            form: Form::default(),
            remarks: Remarks::default(),
            phase: Phase::Idle,
            copied: None,
            attempts: 0,
        }
    }

    /// Whether a request is under way: the form can't be edited meanwhile.
    pub fn is_sending(&self) -> bool {
        matches!(self.phase, Phase::Sending(_))
    }

    /// Takes an action, and says what is to be done in the world.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        if !matches!(action, Action::CopyEnded(..) | Action::Left(_)) {
            self.copied = None;
        }
        let effects = match action {
            Action::SubmitPressed => self.submit(),
            Action::CancelPressed => self.cancel(),
            Action::Answered { attempt, result } => self.answered(attempt, result),
            Action::CopyPressed(what) => self.text_of(what).map(|text| Effect::Copy(what, text)).into_iter().collect(),
            Action::CopyEnded(what, success) => {
                self.copied = Some((what, success));
                vec![]
            }
            Action::LanguageChosen(language) => {
                self.language = language;
                vec![Effect::SetLanguage(language)]
            }
            Action::RevealTokenPressed => {
                self.form.token_is_shown = !self.form.token_is_shown;
                vec![]
            }
            Action::ForgetTokenPressed => {
                self.form.forget_token();
                vec![Effect::Focus(Focus::Field(Field::Token))]
            }
            // While a request is under way the form stays as it was sent.
            _ if self.is_sending() => vec![],
            Action::Edited(field, text, input) => {
                self.form.edit(field, text, input);
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
        };
        self.remarks = self.form.remarks();
        effects
    }

    fn submit(&mut self) -> Vec<Effect> {
        if self.is_sending() {
            return vec![];
        }
        self.form.prepare_to_send();
        match self.form.judge() {
            Ok((connection, backup)) => {
                self.attempts += 1;
                let attempt = self.attempts;
                let same_origin = connection.endpoint.is_same_origin();
                self.form.token_is_shown = false;
                self.phase = Phase::Sending(Attempt { number: attempt, backup: backup.clone(), same_origin });
                vec![Effect::Send { attempt, connection, backup, language: self.language }, Effect::RevealAnswer]
            }
            Err(faults) => {
                // An older answer beside the button would read as the answer to this press.
                self.phase = Phase::NotSent;
                faults
                    .first()
                    .map(|(field, _)| Effect::Focus(Focus::Field(self.form.focusable(*field))))
                    .into_iter()
                    .collect()
            }
        }
    }

    fn cancel(&mut self) -> Vec<Effect> {
        let Phase::Sending(attempt) = &self.phase else { return vec![] };
        self.phase = Phase::Unanswered { attempt: attempt.clone(), reason: NoAnswer::Cancelled };
        vec![Effect::Abort, Effect::Focus(Focus::Submit)]
    }

    fn answered(&mut self, number: u32, result: Result<Received, NoAnswer>) -> Vec<Effect> {
        let attempt = match &self.phase {
            Phase::Sending(attempt) if attempt.number == number => attempt.clone(),
            // Late: the user has cancelled.
            _ => return vec![],
        };
        let mut effects = vec![Effect::RevealAnswer];
        self.phase = match result {
            Err(reason) => Phase::Unanswered { attempt, reason },
            Ok(Received { answer, json }) => match understand(&answer, json.as_ref()) {
                Ok(backup) => Phase::Accepted { attempt, backup, answer },
                Err(failure) => {
                    self.form.refused = failure.meaning.field().map(|field| (field, failure.meaning));
                    if failure.meaning.field() == Some(Field::Token) {
                        effects = vec![Effect::Focus(Focus::Field(Field::Token))];
                    }
                    Phase::Refused { attempt, failure }
                }
            },
        };
        effects
    }

    fn text_of(&self, what: Copied) -> Option<String> {
        let (backup, body) = match &self.phase {
            Phase::Accepted { backup, answer, .. } => (Some(backup), &answer.body),
            Phase::Refused { failure, .. } => (None, &failure.body),
            Phase::Idle | Phase::NotSent | Phase::Sending(_) | Phase::Unanswered { .. } => return None,
        };
        match (what, body) {
            (Copied::BackupId, _) => backup?.id.clone(),
            (Copied::Answer, contract::answer::Body::Text(text)) => Some(text.clone()),
            (Copied::Answer, contract::answer::Body::Unreadable) => None,
        }
    }
}

#[cfg(test)]
mod tests;
