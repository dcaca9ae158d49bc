//! The form as it stands.

use std::rc::Rc;

use contract::backup::CreateBackup;
use contract::iam_token::IamToken;
use contract::instance::{Engine, Instance, Unsuitable};
use contract::rules::endpoint::{Endpoint, endpoint_on_page};
use contract::rules::token::{self, Extracted, Token};
use contract::rules::{Field, Uncallable, Validated, Violation, Warning, instance_id};
use contract::secret::Secret;

use super::engine_choice::EngineChoice;
use super::entry::{DatabaseEntry, DatabaseMode, Entry, ValidationStage};
use super::replaced_step::Replacements;
use super::selection::Selection;
use super::token_input::TokenInput;
use super::undo_step::UndoStep;
use crate::allowed_hosts::AllowedHosts;
use crate::form::action::FieldRefusal;
use crate::form::messages::FieldMessages;
use crate::options::{Options, Suggested};
use crate::policy::CallPolicy;

/// What keeps the form from being sent, in its order.
pub type Faults = Vec<(Field, Violation)>;

/// What the last press of `Create backup` has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Submission {
    /// It was done, or there was none.
    #[default]
    Done,
    /// The form had faults, and nothing was sent.
    Faulty,
}

/// The form as it stands. It holds the token, so it has no `Debug`.
#[derive(Clone, Default, PartialEq)]
pub struct Form {
    /// `Endpoint`.
    pub endpoint: Entry,
    /// `Project ID`.
    pub project_id: Entry,
    /// `Token`.
    pub token: Entry<Secret>,
    /// How the token comes in.
    pub token_input: TokenInput,
    /// What was left out of the token when it was pasted.
    pub token_removed: Rc<[token::Removed]>,
    /// What the token says, once it was read.
    pub token_content: Option<Rc<IamToken>>,
    /// The token was forgotten because nobody had used the page for a while, or it was put away; until there is a new one.
    pub token_has_lapsed: bool,
    /// Whether endpoint and project ID come from a URL that was pasted whole.
    pub url_was_split: bool,
    /// `Instance ID`.
    pub instance_id: Entry,
    /// `Backup name`.
    pub name: Entry,
    /// The instances of the list that are selected; where there are some, they take the place of `Instance ID`.
    pub selection: Selection,
    /// `Name pattern`, which names the backups of the selected instances, and suggests the name of one.
    pub name_pattern: Entry,
    /// `Description`.
    pub description: Entry,
    /// The entries of `Databases`. Shared, so that comparing two pointers shows whether they have changed.
    pub databases: Rc<Vec<DatabaseEntry>>,
    /// How they are to be backed up.
    pub(super) database_mode: DatabaseMode,
    /// What the user says about the engine.
    pub engine: EngineChoice,
    /// The instance that was chosen from the list; what it is counts more than what its ID hints.
    pub chosen: Option<Rc<Instance>>,
    /// The field that the server refused, until it is edited.
    pub refused: Option<(Field, FieldRefusal)>,
    /// What the page says about the fields.
    pub messages: FieldMessages,
    /// What the last press of `Create backup` has come to.
    pub submission: Submission,
    /// The name that was suggested last.
    pub(crate) suggested_name: Option<Rc<str>>,
    /// The endpoint that the token was given for: the one in the form when it was typed or, where there was none yet, the
    /// one that it was first used with.
    pub(super) token_for: Option<Endpoint>,
    /// What stood in `Project ID` then.
    pub(super) token_project: Rc<str>,
    /// The fields whose text comes from a token, and that nobody has named since: by typing, or by a press.
    pub(super) from_token: Vec<Field>,
    /// The generation of that token.
    pub(super) filled_by: u32,
    /// The instance ID as it was typed, pasted or linked; empty once an instance of the list was chosen.
    pub(super) typed_instance_id: Rc<str>,
    /// The token whose content was read last: its generation and its text.
    pub(super) token_read: (u32, Secret),
    /// Changes with each token that is given, and when one is forgotten.
    pub(crate) token_generation: u32,
    /// Whether the token was pasted, or its field was left or pressed for: what is typed key by key isn't complete before.
    pub(super) token_is_complete: bool,
    /// What the operator has filled in.
    pub(super) filled_in: Rc<[(Field, String)]>,
    /// What can be brought back, the newest last.
    pub(super) undo: Vec<UndoStep>,
    /// What the page has replaced in a field, for Ctrl+Z there.
    pub(super) replacements: Replacements,
    /// The draft as it was last kept.
    pub(super) persisted_draft: String,
    /// The hosts that may be called, as the operator has it.
    pub(super) allowed_hosts: Rc<AllowedHosts>,
    /// The endpoints that the operator offers; they may state their clouds.
    pub(super) offered: Rc<Vec<Suggested>>,
    /// The folder of the page, to which an endpoint may be relative: it stays what it was at the beginning, so that an
    /// endpoint that was checked isn't another one a moment later.
    pub(super) page_folder: Rc<str>,
    /// Where the page's document lets it call.
    pub(super) policy: Rc<CallPolicy>,
    /// The rules that come with the later part.
    pub(super) later_rules: LoadedRules,
    pub(super) last_key: u32,
}

impl Form {
    /// A form as the operator wants it to begin.
    pub(crate) fn new(options: &Options, page_folder: &str, policy: CallPolicy, token_input: TokenInput) -> Self {
        let page_folder = page_folder.into();
        let mut form = Self { page_folder, policy: Rc::new(policy), token_input, ..Self::default() };
        form.allow(&options.allowed_hosts);
        form.offered = Rc::new(options.endpoints.clone());
        form.set(&options.filled_in);
        // What the operator has filled in is no draft.
        form.persisted_draft = form.to_draft();
        form
    }

    /// The form as it was at the beginning, on the same page.
    pub(crate) fn cleared(self) -> Self {
        let mut form = Self {
            token_input: self.token_input,
            // What was pressed with the token of before isn't done with another one.
            token_generation: self.token_generation,
            undo: self.undo,
            persisted_draft: self.persisted_draft,
            allowed_hosts: self.allowed_hosts,
            offered: self.offered,
            page_folder: self.page_folder,
            policy: self.policy,
            later_rules: self.later_rules,
            ..Self::default()
        };
        form.set(&self.filled_in);
        form
    }

    /// The endpoint in the form, as far as its text goes.
    pub(super) fn read_endpoint(&self) -> Validated<Endpoint> {
        self.endpoint_of(&self.endpoint.text)
    }

    /// The endpoint that a text means on this page.
    pub(super) fn endpoint_of(&self, text: &str) -> Validated<Endpoint> {
        endpoint_on_page(text, &self.page_folder)
    }

    /// Whether the page around the console supplies the token.
    pub fn token_is_supplied(&self) -> bool {
        self.token_input == TokenInput::Supplied
    }

    pub(crate) fn hide_token(&mut self) {
        if self.token_input == TokenInput::Shown {
            self.token_input = TokenInput::Hidden;
        }
    }

    /// Shows the token, or hides it again.
    pub(crate) fn reveal_token(&mut self) {
        self.token_input = match self.token_input {
            TokenInput::Hidden => TokenInput::Shown,
            TokenInput::Shown => TokenInput::Hidden,
            TokenInput::Supplied => TokenInput::Supplied,
        };
    }

    /// The engine that decides whether databases can be named.
    pub fn engine(&self) -> Option<Engine> {
        match (&self.chosen, self.engine) {
            (Some(instance), _) => instance.engine,
            (None, EngineChoice::Stated(engine)) => Some(engine),
            (None, EngineChoice::FromInstanceId) => self.engine_hint(),
        }
    }

    /// The engine that the instance ID hints at.
    pub fn engine_hint(&self) -> Option<Engine> {
        instance_id::instance_id(&self.instance_id.text).ok().and_then(|id| id.engine_hint())
    }

    /// How much is said about a field; `None` for the list as a whole and for entries that aren't there.
    pub(crate) fn stage(&self, field: Field) -> Option<ValidationStage> {
        if field == Field::Token { Some(self.token.stage) } else { self.entry(field).map(|entry| entry.stage) }
    }

    /// The entry of a field; `None` for the token, for the list as a whole and for entries that aren't there.
    pub(crate) fn entry(&self, field: Field) -> Option<&Entry> {
        match field {
            Field::Endpoint => Some(&self.endpoint),
            Field::ProjectId => Some(&self.project_id),
            Field::InstanceId => Some(&self.instance_id),
            Field::Name => Some(&self.name),
            Field::NamePattern => Some(&self.name_pattern),
            Field::Description => Some(&self.description),
            Field::Token | Field::Databases => None,
            Field::Database(index) => self.databases.get(index).map(|database| &database.entry),
        }
    }

    pub(crate) fn entry_mut(&mut self, field: Field) -> Option<&mut Entry> {
        match field {
            Field::Endpoint => Some(&mut self.endpoint),
            Field::ProjectId => Some(&mut self.project_id),
            Field::InstanceId => Some(&mut self.instance_id),
            Field::Name => Some(&mut self.name),
            Field::NamePattern => Some(&mut self.name_pattern),
            Field::Description => Some(&mut self.description),
            Field::Token | Field::Databases => None,
            Field::Database(index) => {
                Rc::make_mut(&mut self.databases).get_mut(index).map(|database| &mut database.entry)
            }
        }
    }

    pub(crate) fn is_blank(&self, field: Field) -> bool {
        if field == Field::Token {
            self.token.text.is_empty()
        } else {
            self.entry(field).is_none_or(|entry| entry.text.is_empty())
        }
    }
}

/// The rules that come with that part.
pub(crate) trait LaterRules {
    /// What keeps a call to another host than the page's own from being made, whatever the token; or what is unusual about
    /// the host.
    fn call(
        &self,
        endpoint: &Endpoint,
        allowed: &AllowedHosts,
        policy: &CallPolicy,
    ) -> Result<Option<Warning>, Uncallable>;

    /// Why an instance can't be backed up.
    fn unsuitable(&self, instance: &Instance) -> Option<Unsuitable>;
    /// The requests for the selected instances, or what is wrong with the selection and the names.
    fn requests_for_selected(&self, form: &Form) -> Result<Vec<CreateBackup>, Faults>;
    /// Whether databases of the chosen instance of a form can be backed up by themselves.
    fn may_name_databases(&self, form: &Form) -> bool;
    /// What keeps the databases that a form names from being backed up by themselves.
    fn partial_backup(&self, form: &Form) -> Vec<Violation>;
    /// Finds the token in what was pasted.
    fn extract(&self, text: &str) -> Extracted;
    /// Reads the token.
    fn token(&self, text: &str) -> Validated<Token>;
}

/// The rules, where they are here.
#[derive(Clone, Copy, Default)]
pub(crate) struct LoadedRules(Option<&'static dyn LaterRules>);

impl PartialEq for LoadedRules {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_some() == other.0.is_some()
    }
}

impl LoadedRules {
    /// With these rules. Whoever names them brings their code along.
    pub(super) const fn with(rules: &'static dyn LaterRules) -> Self {
        Self(Some(rules))
    }

    /// The rules, once they are here.
    pub(crate) fn rules(self) -> Option<&'static dyn LaterRules> {
        self.0
    }
}
