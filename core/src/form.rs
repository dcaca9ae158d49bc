//! The form: what was typed, when a field is judged, and what is said about it.
//!
//! Nothing is said while a text is first typed. A field that was left with a text in it, or pasted into, is judged, and
//! from then on at every key. That something is missing is said once the user asks to send. A character that no further
//! typing can mend is said at once.

use std::rc::Rc;

use contract::backup::{Connection, CreateBackup};
use contract::instance::{Engine, Instance, Unsuitable};
use contract::rules::endpoint::Endpoint;
use contract::rules::instance_id::InstanceId;
use contract::rules::project_id::ProjectId;
use contract::rules::{
    Field, Uncallable, Validated, Violation, Warning, databases, description, endpoint, instance_id, name, normalize,
    project_id, token,
};
use contract::secret::Secret;

use crate::action::{FieldRefusal, Input, Repeat};
use crate::allowed_hosts::AllowedHosts;
use crate::late::Late;
use crate::link::Link;
use crate::options::Options;
use crate::policy::CallPolicy;
use crate::session::credentials::Target;
use crate::work::{Creation, Work};

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
    /// The token was forgotten because nobody had used the page for a while, or it was put away; until there is a new one.
    pub token_has_lapsed: bool,
    /// Whether endpoint and project ID come from a URL that was pasted whole.
    pub url_was_split: bool,
    /// `Instance ID`.
    pub instance_id: Entry,
    /// `Backup name`.
    pub name: Entry,
    /// `Description`.
    pub description: Entry,
    /// The entries of `Databases`. Shared, so that one look tells whether they have changed.
    pub databases: Rc<Vec<DatabaseEntry>>,
    /// What the user says about the engine.
    pub engine: EngineChoice,
    /// The instance that was chosen from the list; what it is counts more than what its ID hints.
    pub chosen: Option<Rc<Instance>>,
    /// The field that the server refused, until it is edited.
    pub refused: Option<(Field, FieldRefusal)>,
    /// The name that was suggested last.
    pub(crate) suggested_name: Option<Rc<str>>,
    /// The endpoint that the token was given for: the one in the form when it was typed or, where there was none yet, the
    /// one that it was first used with.
    token_for: Option<Endpoint>,
    /// What stood in `Project ID` then.
    token_project: Rc<str>,
    /// Whether the token was pasted, or its field was left or pressed for: what is typed key by key isn't complete before.
    token_is_complete: bool,
    /// The hosts that may be called, as whoever runs the page has it.
    allowed_hosts: Rc<AllowedHosts>,
    /// Where the page's document lets it call.
    policy: Rc<CallPolicy>,
    /// The rules that come with the part for requests.
    late: Late,
    last_key: u32,
}

/// How the token comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenInput {
    /// Its user types it, and nobody can read it.
    #[default]
    Hidden,
    /// Its user types it, and wants to read it.
    Shown,
    /// The page around the console supplies it when it is needed: there is no field for it.
    Supplied,
}

/// A field: its text as typed, and how much of a judgement the user wants.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entry<T = Rc<str>> {
    /// The text as typed.
    pub text: T,
    /// How much is said about it.
    pub stage: ValidationStage,
}

/// How much is said about a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValidationStage {
    /// It is being filled in: only what is final already.
    #[default]
    Typing,
    /// It was left with a text, or pasted into: everything but that it is missing.
    Checked,
    /// It was to be sent: everything.
    Submitted,
}

/// An entry of the list of databases.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseEntry {
    /// Tells the entry from the others when some are removed.
    pub key: u32,
    /// The database's name.
    pub entry: Entry,
}

/// What the user says about the instance's engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineChoice {
    /// Nothing: the ID's suffix is a hint.
    #[default]
    FromInstanceId,
    /// It is this one, whatever the suffix hints.
    Stated(Engine),
}

/// Something to say about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldMessage {
    /// It breaks a rule.
    Fault(Violation),
    /// The server refused it, or the page does for another press.
    Refused(FieldRefusal),
    /// It is unusual.
    Warning(Warning),
}

impl FieldMessage {
    /// Whether the field counts as faulty.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::Warning(_))
    }
}

/// What is said about each field, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldMessages(Vec<(Field, Rc<[FieldMessage]>)>);

impl FieldMessages {
    /// What is said about a field.
    pub fn of(&self, field: Field) -> Rc<[FieldMessage]> {
        self.place(field)
            .ok()
            .and_then(|place| self.0.get(place))
            .map_or_else(|| Rc::from([]), |(_, known)| known.clone())
    }

    /// The fields with faults, in the order of the form.
    pub fn faulty(&self) -> impl Iterator<Item = Field> + '_ {
        self.0.iter().filter(|(_, messages)| messages.iter().any(FieldMessage::is_fault)).map(|(field, _)| *field)
    }

    /// What is said about the list of databases and its entries.
    #[must_use]
    pub fn of_databases(&self) -> Self {
        Self(self.0.iter().filter(|(field, _)| is_database(*field)).cloned().collect())
    }

    /// Where a field stands, or would stand.
    fn place(&self, field: Field) -> Result<usize, usize> {
        self.0.binary_search_by_key(&field, |(known, _)| *known)
    }

    /// What is said of the same field stands there together, in the order in which it comes.
    fn of_fields(messages: Vec<(Field, FieldMessage)>) -> Self {
        let mut fields: Vec<(Field, Vec<FieldMessage>)> = Vec::new();
        for (field, message) in messages {
            match fields.binary_search_by_key(&field, |(known, _)| *known) {
                Ok(place) => {
                    if let Some((_, known)) = fields.get_mut(place) {
                        known.push(message);
                    }
                }
                Err(place) => fields.insert(place, (field, vec![message])),
            }
        }
        Self(fields.into_iter().map(|(field, known)| (field, known.into())).collect())
    }
}

/// Whether the page takes a paste over from the browser, which would drop the line breaks that part a list or a header
/// block. `replaces_all`: nothing typed would be left.
pub fn takes_over_paste(field: Field, text: &str, replaces_all: bool) -> bool {
    match field {
        Field::Token => replaces_all,
        Field::Database(_) => databases::split(text).len() > 1,
        _ => false,
    }
}

impl Form {
    /// A form as whoever runs the page wants it to begin.
    pub(super) fn new(options: &Options, policy: CallPolicy) -> Self {
        Self { policy: Rc::new(policy), ..Self::default() }.filled_in(options)
    }

    /// Another one in its place, on the same page.
    pub(super) fn cleared(&self, options: &Options) -> Self {
        let (policy, late, token_input) = (Rc::clone(&self.policy), self.late, self.token_input);
        Self { token_input, policy, late, ..Self::default() }.filled_in(options)
    }

    fn filled_in(mut self, options: &Options) -> Self {
        let form = &mut self;
        form.allow(&options.allowed_hosts);
        for (field, text) in &options.filled_in {
            form.edit(*field, text.clone(), Input::Pasted);
        }
        self
    }

    /// The rules are here that come with the part for requests: what they are about is looked at anew.
    pub(super) fn take_late_rules(&mut self, late: Late) {
        if self.late == late {
            return;
        }
        self.late = late;
        if self.token.stage >= ValidationStage::Checked {
            self.normalize_field(Field::Token);
        }
        // One that can't be called is no endpoint that a token could be given for.
        let given = self.token_for.take();
        self.token_for = given.filter(|given| self.call_warning(given).is_ok());
    }

    /// Whether the page around the console supplies the token.
    pub fn token_is_supplied(&self) -> bool {
        self.token_input == TokenInput::Supplied
    }

    pub(super) fn hide_token(&mut self) {
        if self.token_input == TokenInput::Shown {
            self.token_input = TokenInput::Hidden;
        }
    }

    /// Shows the token, or hides it again.
    pub(super) fn reveal_token(&mut self) {
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

    /// Whether there is anything to say about databases: not for a chosen instance of another engine.
    pub fn offers_databases(&self) -> bool {
        let is_other = self.chosen.as_ref().and_then(|instance| instance.engine);
        !self.databases.is_empty() || is_other.is_none_or(Engine::supports_partial_backups)
    }

    /// The engine that the instance ID hints at.
    pub fn engine_hint(&self) -> Option<Engine> {
        instance_id::instance_id(&self.instance_id.text).ok().and_then(|id| id.engine_hint())
    }

    /// How much is said about a field; `None` for the list as a whole and for entries that aren't there.
    fn stage(&self, field: Field) -> Option<ValidationStage> {
        match field {
            Field::Token => Some(self.token.stage),
            _ => self.entry(field).map(|entry| entry.stage),
        }
    }

    /// The entry of a field; `None` for the token, for the list as a whole and for entries that aren't there.
    pub(super) fn entry(&self, field: Field) -> Option<&Entry> {
        match field {
            Field::Endpoint => Some(&self.endpoint),
            Field::ProjectId => Some(&self.project_id),
            Field::InstanceId => Some(&self.instance_id),
            Field::Name => Some(&self.name),
            Field::Description => Some(&self.description),
            Field::Token | Field::Databases => None,
            Field::Database(index) => self.databases.get(index).map(|database| &database.entry),
        }
    }

    fn is_blank(&self, field: Field) -> bool {
        match field {
            Field::Token => self.token.text.is_empty(),
            _ => self.entry(field).is_none_or(|entry| entry.text.is_empty()),
        }
    }

    /// Everything to say about the form as it stands.
    pub fn messages(&self, work: &Work) -> FieldMessages {
        let mut messages = Vec::new();
        for (field, violation) in self.faults() {
            if self.says(field, &violation) {
                messages.push((field, FieldMessage::Fault(violation)));
            }
        }
        messages.extend(self.refused.map(|(field, refusal)| (field, FieldMessage::Refused(refusal))));
        let warnings = self.late.rules().map(|rules| rules.warnings(self, work));
        for (field, warning) in warnings.into_iter().flatten() {
            let is_checked = self.stage(field).is_none_or(|stage| stage >= ValidationStage::Checked);
            if is_checked {
                messages.push((field, FieldMessage::Warning(warning)));
            }
        }
        FieldMessages::of_fields(messages)
    }

    /// What keeps the form from being sent, in its order. What is left to the late rules is told once they are here.
    pub(crate) fn faults(&self) -> Vec<(Field, Violation)> {
        let mut faults = Vec::new();
        let mut note = |field, violations: Option<Vec<Violation>>| {
            faults.extend(violations.into_iter().flatten().map(|violation| (field, violation)));
        };
        note(Field::Endpoint, self.confirmed_endpoint().err());
        note(Field::ProjectId, project_id::project_id(&self.project_id.text).err());
        // A supplied token comes when it is needed, and there is no field that could be mended.
        if !self.token_is_supplied() {
            note(Field::Token, self.token_faults());
        }
        note(Field::InstanceId, self.suitable_instance().err());
        note(Field::Name, name::backup_name(&self.name.text).err());
        note(Field::Description, description::description(&self.description.text).err());
        faults.extend(self.read_databases().err().into_iter().flatten());
        faults
    }

    /// How many fields keep the form from being sent, whether or not that is said at them yet.
    pub fn faulty_fields(&self) -> usize {
        let mut before = None;
        self.faults().iter().filter(|(field, _)| before.replace(*field) != Some(*field)).count()
    }

    fn token_faults(&self) -> Option<Vec<Violation>> {
        let text = self.token.text.expose();
        match self.late.rules() {
            Some(rules) => rules.token(text).err(),
            None => text.trim().is_empty().then(|| vec![Violation::Missing(Field::Token)]),
        }
    }

    /// The token, once there is something that reads it.
    fn read_token(&self) -> Option<token::Token> {
        self.late.rules()?.token(self.token.text.expose()).ok()
    }

    fn read_databases(&self) -> Result<Vec<databases::Database>, Vec<(Field, Violation)>> {
        databases::databases(self.databases.iter().map(|database| &*database.entry.text), self.engine())
    }

    /// The request, as far as the form allows one.
    ///
    /// # Errors
    /// What keeps it from being sent, in the order of the form.
    pub fn validate(&self) -> Result<(Connection, CreateBackup), Vec<(Field, Violation)>> {
        let request = || {
            Some(CreateBackup {
                instance_id: self.suitable_instance().ok()?,
                name: name::backup_name(&self.name.text).ok()?,
                description: description::description(&self.description.text).ok()?,
                databases: self.read_databases().ok()?,
            })
        };
        self.connection().ok().zip(request()).ok_or_else(|| self.faults())
    }

    /// The request and where it would go, whatever the token.
    ///
    /// # Errors
    /// What keeps it from being sent, in the order of the form.
    pub fn request(&self) -> Result<(Endpoint, ProjectId, CreateBackup), Vec<(Field, Violation)>> {
        // Any token will do for this.
        let mut form = self.clone();
        form.token.text = Secret::new("x".to_owned());
        form.validate().map(|(Connection { endpoint, project_id, .. }, backup)| (endpoint, project_id, backup))
    }

    /// A name that the instance's list has. It may have been deleted since: the press looks again.
    fn taken_name(&self, work: &Work) -> Option<Warning> {
        let instance_id = normalize(&self.instance_id.text);
        let name = normalize(&self.name.text);
        if name.is_empty() || instance_id.is_empty() {
            return None;
        }
        let target = self.target()?;
        // The newest press's own is no other.
        let is_own = |newest: &Creation| newest.exists() && newest.is_of(&target, instance_id, name);
        if work.creations.first().is_some_and(is_own) {
            return None;
        }
        let taken = work.named(&target, instance_id, name)?;
        let (id, begin_time) = (taken.id.clone().unwrap_or_default(), taken.begin_time.clone().unwrap_or_default());
        Some(Warning::NameListed { id, begin_time })
    }

    /// The connection as typed.
    ///
    /// # Errors
    /// The first field that keeps it from being used.
    pub fn connection(&self) -> Result<Connection, Field> {
        Ok(Connection {
            endpoint: self.confirmed_endpoint().map_err(|_| Field::Endpoint)?,
            project_id: project_id::project_id(&self.project_id.text).map_err(|_| Field::ProjectId)?,
            token: self.read_token().ok_or(Field::Token)?,
        })
    }

    /// The connection to a target, where the form is about that.
    pub(crate) fn connection_to(&self, target: &Target) -> Option<Connection> {
        let connection = self.connection().ok()?;
        let is_it = connection.endpoint == target.endpoint && connection.project_id == target.project_id;
        is_it.then_some(connection)
    }

    /// Whether endpoint and project ID are those of a target, whatever the token was given for.
    pub(crate) fn names(&self, target: &Target) -> bool {
        endpoint::endpoint(&self.endpoint.text).is_ok_and(|endpoint| endpoint == target.endpoint)
            && project_id::project_id(&self.project_id.text).is_ok_and(|project_id| project_id == target.project_id)
    }

    /// Whether the token in the form is no longer being typed.
    pub(crate) fn token_is_complete(&self) -> bool {
        self.token_is_complete
    }

    /// Whether the token in the form was given for the endpoint and the project in it.
    pub(crate) fn token_is_bound(&self) -> bool {
        self.token_for.is_some()
            && self.unconfirmed_endpoint().is_none()
            && normalize(&self.token_project) == normalize(&self.project_id.text)
    }

    /// Whether an endpoint may be called, as far as is known.
    pub(crate) fn may_call(&self, endpoint: &Endpoint) -> bool {
        self.call_warning(endpoint).is_ok()
    }

    /// Whether a field has what a request was made from.
    pub(crate) fn says_the_same(&self, field: Field, request: &CreateBackup) -> bool {
        match field {
            Field::InstanceId => normalize(&self.instance_id.text) == request.instance_id.as_str(),
            Field::Name => normalize(&self.name.text) == request.name.as_str(),
            Field::Description => {
                normalize(&self.description.text) == request.description.as_ref().map_or("", |text| text.as_str())
            }
            Field::Databases | Field::Database(_) => {
                let names = self.databases.iter().map(|database| normalize(&database.entry.text));
                names.eq(request.databases.iter().map(databases::Database::name))
            }
            Field::Endpoint | Field::ProjectId | Field::Token => true,
        }
    }

    /// Where requests would go, whatever the token.
    pub(super) fn target(&self) -> Option<Target> {
        let endpoint = self.confirmed_endpoint().ok()?;
        let project_id = project_id::project_id(&self.project_id.text).ok()?;
        Some(Target { endpoint, project_id })
    }

    /// The endpoint, if it may be called and is the one that the token was given for.
    fn confirmed_endpoint(&self) -> Validated<Endpoint> {
        let endpoint = self.callable_endpoint()?;
        match &self.token_for {
            Some(given) if *given != endpoint => Err(vec![Violation::EndpointChanged {
                given: given.typed().to_owned(),
                now: endpoint.typed().to_owned(),
            }]),
            _ => Ok(endpoint),
        }
    }

    /// The endpoint, if it may be called at all. That comes first: there is no use in confirming another.
    fn callable_endpoint(&self) -> Validated<Endpoint> {
        let endpoint = endpoint::endpoint(&self.endpoint.text)?;
        match self.call_warning(&endpoint) {
            Ok(_) => Ok(endpoint),
            Err(why) => Err(vec![Violation::EndpointUncallable(why)]),
        }
    }

    /// What keeps an endpoint from being called, or is unusual about it, as far as that is known.
    fn call_warning(&self, endpoint: &Endpoint) -> Result<Option<Warning>, Uncallable> {
        self.late.rules().map_or(Ok(None), |rules| rules.call(endpoint, &self.allowed_hosts, &self.policy))
    }

    /// The endpoint that has taken the place of the one that the token was given for, until the user confirms it.
    pub fn unconfirmed_endpoint(&self) -> Option<Endpoint> {
        let endpoint = self.callable_endpoint().ok()?;
        self.token_for.as_ref().is_some_and(|given| *given != endpoint).then_some(endpoint)
    }

    /// Takes over which hosts may be called.
    pub(super) fn allow(&mut self, hosts: &AllowedHosts) {
        self.allowed_hosts = Rc::new(hosts.clone());
    }

    /// The endpoint that has taken the other's place is meant. Without one the token stays with the other.
    pub(super) fn confirm_endpoint(&mut self) {
        if self.unconfirmed_endpoint().is_some() {
            self.give_token_to_endpoint();
        }
    }

    /// From now on the token is given for the endpoint in the form.
    pub(super) fn give_token_to_endpoint(&mut self) {
        self.token_project = self.project_id.text.clone();
        // One that can't be called is no endpoint that a token could be given for.
        self.token_for = if self.token.text.is_empty() { None } else { self.callable_endpoint().ok() };
    }

    /// The instance, unless its list says that it is a read replica. A busy one may be ready when it is pressed.
    fn suitable_instance(&self) -> Validated<InstanceId> {
        let id = instance_id::instance_id(&self.instance_id.text)?;
        let unsuitable = self.late.rules().zip(self.chosen.as_ref());
        match unsuitable.and_then(|(rules, chosen)| rules.unsuitable(chosen)) {
            Some(Unsuitable::ReadReplica(primary)) => Err(vec![Violation::ReadReplica { primary }]),
            Some(Unsuitable::Status(_)) | None => Ok(id),
        }
    }

    /// An instance whose ID was typed is known where the list of its project is here: as if it had been chosen.
    pub(super) fn recognize(&mut self, work: &Work) {
        if let Some(rules) = self.late.rules().filter(|_| self.chosen.is_none()) {
            self.chosen = rules.recognized(self, work);
        }
    }

    pub(crate) fn listed_instance(&self, work: &Work) -> Option<Rc<Instance>> {
        let id = normalize(&self.instance_id.text);
        if work.instances.items.is_empty() { None } else { work.instances.find_at(&self.target()?, id).cloned() }
    }

    /// The instance in the form; the fault is shown when there is none.
    pub(super) fn wanted_instance(&mut self) -> Option<InstanceId> {
        self.normalize_field(Field::InstanceId);
        let id = instance_id::instance_id(&self.instance_id.text).ok();
        if id.is_none() {
            self.raise_stage(Field::InstanceId, ValidationStage::Submitted);
        }
        id
    }

    /// Takes an instance from the list.
    pub(super) fn choose(&mut self, instance: Rc<Instance>) {
        self.instance_id = Entry { text: Rc::from(instance.id.as_str()), stage: ValidationStage::Checked };
        self.engine = EngineChoice::FromInstanceId;
        self.chosen = Some(instance);
        self.refused = None;
    }

    /// Adds a database of the chosen instance, or takes it out again.
    pub(super) fn tick_database(&mut self, name: &str) {
        match self.databases.iter().position(|database| &*database.entry.text == name) {
            Some(index) => self.remove_database(index),
            None => self.insert_database(self.databases.len(), name),
        }
    }

    /// Settles the fields of the connection, and shows their faults.
    pub(super) fn raise_connection_stage(&mut self) {
        for field in [Field::Endpoint, Field::ProjectId, Field::Token] {
            self.normalize_field(field);
            self.raise_stage(field, ValidationStage::Submitted);
        }
    }

    /// The field that takes the focus for a fault of `field`: the list as a whole has its first entry.
    pub fn focusable(&self, field: Field) -> Field {
        if field == Field::Databases { Field::Database(0) } else { field }
    }

    pub(super) fn edit(&mut self, field: Field, text: String, input: Input) {
        // What was refused was so of this instance, there.
        let is_elsewhere = matches!(field, Field::Endpoint | Field::ProjectId | Field::InstanceId);
        let is_meant = |refused| refused == field || is_database(refused) && is_database(field);
        if self.refused.is_some_and(|(refused, _)| is_elsewhere || is_meant(refused)) {
            self.refused = None;
        }
        match field {
            Field::Token => return self.edit_token(Secret::new(text), input),
            Field::Endpoint | Field::ProjectId => {
                self.url_was_split = false;
                // One that was supplied for another target goes nowhere else.
                if self.token_is_supplied() {
                    self.forget_token();
                }
            }
            Field::InstanceId => self.leave_instance(&text),
            _ => {}
        }
        if let Some(entry) = self.entry_mut(field) {
            entry.text = Rc::from(text);
        }
        self.after_input(field, input);
    }

    /// Another instance is typed. A name that was suggested for the one before would say the wrong one.
    fn leave_instance(&mut self, id: &str) {
        let Some(left) = self.chosen.take().filter(|left| left.id != normalize(id)) else { return };
        let was_suggested = self.suggested_name.as_ref() == Some(&self.name.text);
        if was_suggested && !left.name.is_empty() {
            self.name = Entry::default();
        }
    }

    /// The token's field has a new text. What nobody has chosen just now binds the token to no endpoint.
    pub(super) fn edit_token(&mut self, text: Secret, input: Input) {
        // The same again is the one that was refused.
        if self.refused.is_some_and(|(refused, _)| refused == Field::Token) && text != self.token.text {
            self.refused = None;
        }
        self.token_removed = Rc::from([]);
        self.token.text = text;
        self.token_has_lapsed = false;
        self.token_is_complete = false;
        match input {
            Input::Typed | Input::Pasted => self.give_token_to_endpoint(),
            Input::Restored => self.token_for = None,
        }
        self.after_input(Field::Token, input);
    }

    fn after_input(&mut self, field: Field, input: Input) {
        match input {
            Input::Typed => {}
            Input::Pasted => {
                self.normalize_field(field);
                self.raise_stage(field, ValidationStage::Checked);
            }
            // As it was, to the letter; whether it is right is said all the same.
            Input::Restored if self.is_blank(field) => {}
            Input::Restored => self.raise_stage(field, ValidationStage::Checked),
        }
    }

    pub(super) fn blur(&mut self, field: Field) {
        self.normalize_field(field);
        if !self.is_blank(field) {
            self.raise_stage(field, ValidationStage::Checked);
        }
    }

    /// Settles every field, the endpoint before the project ID that it can fill, and shows all faults.
    pub(super) fn prepare_to_send(&mut self) {
        self.refused = None;
        let databases = (0..self.databases.len()).map(Field::Database);
        for field in Field::SINGLE.into_iter().chain(databases) {
            self.normalize_field(field);
            self.raise_stage(field, ValidationStage::Submitted);
        }
    }

    /// Takes over other settings: a text is put into its field where it differs from the one of before.
    pub(super) fn set(&mut self, options: &Options, before: &Options) {
        for (field, text) in options.filled_in.iter().filter(|set| !before.filled_in.contains(set)) {
            self.edit(*field, text.clone(), Input::Pasted);
        }
    }

    /// Takes over what a link or a draft says. It is checked like typed text, and nothing of it is sent by itself.
    pub(super) fn fill_in(&mut self, link: &Link, input: Input) {
        for (field, text) in &link.texts {
            self.edit(*field, text.clone(), input);
        }
        if let Some(names) = &link.databases {
            self.databases = Rc::default();
            // A draft has what stood there, a link what is meant.
            for name in names.iter().filter(|name| input == Input::Restored || !name.is_empty()) {
                self.insert_database(self.databases.len(), name);
            }
        }
        if let Some(engine) = link.engine {
            self.engine = EngineChoice::Stated(engine);
        }
    }

    /// Puts a draft in place of what stands in the form, to the letter: what the draft lacks was empty. The token stays.
    pub(super) fn bring_back(&mut self, draft: &Link) {
        self.clear_request();
        for field in [Field::Endpoint, Field::ProjectId] {
            self.edit(field, String::new(), Input::Restored);
        }
        self.fill_in(draft, Input::Restored);
    }

    /// Takes over what a link says, where nothing stands yet.
    pub(super) fn fill_in_where_empty(&mut self, link: &Link) {
        // What else it has belongs to no backup that is there already.
        let of_connection = |field: &Field| matches!(field, Field::Endpoint | Field::ProjectId);
        for (field, text) in link.texts.iter().filter(|(field, _)| of_connection(field)) {
            if self.is_blank(*field) {
                self.edit(*field, text.clone(), Input::Pasted);
            }
        }
    }

    /// Empties everything that says which backup is to be made.
    pub(super) fn clear_request(&mut self) {
        self.refused = None;
        self.instance_id = Entry::default();
        self.chosen = None;
        self.engine = EngineChoice::default();
        self.name = Entry::default();
        self.description = Entry::default();
        self.databases = Rc::default();
    }

    /// Takes over where a request went. The token stays with the endpoint that it was given for.
    pub(crate) fn take_target(&mut self, target: &Target) {
        self.edit(Field::Endpoint, target.endpoint.typed().to_owned(), Input::Pasted);
        self.edit(Field::ProjectId, target.project_id.as_str().to_owned(), Input::Pasted);
    }

    /// Takes over what a request asks for.
    pub(super) fn take_request(&mut self, request: &CreateBackup) {
        self.clear_request();
        self.edit(Field::InstanceId, request.instance_id.as_str().to_owned(), Input::Pasted);
        let description = request.description.as_ref().map_or("", |description| description.as_str());
        self.edit(Field::Description, description.to_owned(), Input::Pasted);
        for database in &request.databases {
            self.insert_database(self.databases.len(), database.name());
        }
        if !request.databases.is_empty() {
            self.engine = EngineChoice::Stated(Engine::SqlServer);
        }
    }

    /// Makes room for the next backup: of another instance, or of the same under another name.
    pub(super) fn prepare_to_repeat(&mut self, repeat: Repeat) {
        self.refused = None;
        if repeat == Repeat::OtherInstance {
            self.instance_id = Entry::default();
            self.chosen = None;
        }
        self.name = Entry::default();
    }

    /// The backup exists now: that its name is taken is no fault of what stands in the form.
    pub(super) fn has_been_created(&mut self) {
        self.name.stage = ValidationStage::Typing;
    }

    pub(super) fn forget_token(&mut self) {
        self.token = Entry::default();
        self.token_for = None;
        self.hide_token();
        self.token_removed = Rc::from([]);
        self.refused = self.refused.filter(|(field, _)| *field != Field::Token);
    }

    /// Adds a blank entry and says where it stands.
    pub(super) fn add_database(&mut self) -> usize {
        self.insert_database(self.databases.len(), "");
        self.databases.len() - 1
    }

    pub(super) fn remove_database(&mut self, index: usize) {
        if index < self.databases.len() {
            Rc::make_mut(&mut self.databases).remove(index);
        }
        if self.refused.is_some_and(|(refused, _)| is_database(refused)) {
            self.refused = None;
        }
    }

    /// Puts the names of a list where the blank entry at `index` stands, or behind the entry that has a name already.
    /// Says where the last of them stands.
    pub(super) fn paste_databases(&mut self, index: usize, list: &str) -> usize {
        let is_blank = self.databases.get(index).is_some_and(|database| normalize(&database.entry.text).is_empty());
        let mut next = index;
        if is_blank {
            Rc::make_mut(&mut self.databases).remove(index);
        } else {
            next = (index + 1).min(self.databases.len());
        }
        for name in databases::split(list) {
            self.insert_database(next, name);
            next += 1;
        }
        next.saturating_sub(1)
    }

    fn insert_database(&mut self, index: usize, name: &str) {
        self.last_key += 1;
        let stage = if name.is_empty() { ValidationStage::Typing } else { ValidationStage::Checked };
        let entry = Entry { text: Rc::from(name), stage };
        Rc::make_mut(&mut self.databases).insert(index, DatabaseEntry { key: self.last_key, entry });
    }

    /// Shows the text as it would be sent: without what a paste brought along.
    fn normalize_field(&mut self, field: Field) {
        match field {
            Field::Token => {
                // Until then it stays as it came.
                let Some(rules) = self.late.rules() else { return };
                let extracted = rules.extract(self.token.text.expose());
                if !extracted.removed.is_empty() {
                    self.token_removed = extracted.removed.into();
                }
                self.token.text = extracted.token;
                self.token_is_complete = true;
                return;
            }
            Field::Endpoint => {
                if let Some(url) = endpoint::split_api_url(&self.endpoint.text) {
                    self.endpoint.text = url.endpoint.into();
                    if let Some(project_id) = url.project_id {
                        self.project_id = Entry { text: project_id.into(), stage: ValidationStage::Checked };
                        self.url_was_split = true;
                    }
                }
            }
            _ => {}
        }
        if let Some(entry) = self.entry_mut(field) {
            let tidied = normalize(&entry.text);
            if tidied.len() < entry.text.len() {
                entry.text = Rc::from(tidied);
            }
        }
    }

    fn raise_stage(&mut self, field: Field, stage: ValidationStage) {
        let known = match field {
            Field::Token => Some(&mut self.token.stage),
            _ => self.entry_mut(field).map(|entry| &mut entry.stage),
        };
        if let Some(known) = known {
            *known = stage.max(*known);
        }
    }

    fn says(&self, field: Field, violation: &Violation) -> bool {
        let Some(stage) = self.stage(field) else { return true };
        match stage {
            ValidationStage::Typing => violation.is_final_while_typing(),
            ValidationStage::Checked => !violation.is_missing(),
            ValidationStage::Submitted => true,
        }
    }

    pub(crate) fn warnings(&self, work: &Work) -> Vec<(Field, Warning)> {
        let project_id = project_id::project_id(&self.project_id.text).ok().and_then(|id| id.warning());
        let token = self.read_token().and_then(|token| token.warning());
        let id = instance_id::instance_id(&self.instance_id.text).ok();
        let names_databases = !self.databases.is_empty();
        let engine = (names_databases && id.is_some() && self.engine().is_none()).then_some(Warning::EngineUnknown);
        let instance_id = id.filter(|_| self.chosen.is_none()).and_then(|id| id.warning());
        let endpoint = endpoint::endpoint(&self.endpoint.text).ok();
        let endpoint = endpoint.and_then(|endpoint| self.call_warning(&endpoint).ok().flatten());
        [
            (Field::Endpoint, endpoint),
            (Field::ProjectId, project_id),
            (Field::Token, token),
            (Field::InstanceId, instance_id),
            (Field::Databases, engine),
            (Field::Name, self.taken_name(work)),
        ]
        .into_iter()
        .filter_map(|(field, warning)| Some((field, warning?)))
        .collect()
    }

    fn entry_mut(&mut self, field: Field) -> Option<&mut Entry> {
        match field {
            Field::Endpoint => Some(&mut self.endpoint),
            Field::ProjectId => Some(&mut self.project_id),
            Field::InstanceId => Some(&mut self.instance_id),
            Field::Name => Some(&mut self.name),
            Field::Description => Some(&mut self.description),
            Field::Token | Field::Databases => None,
            Field::Database(index) => {
                Rc::make_mut(&mut self.databases).get_mut(index).map(|database| &mut database.entry)
            }
        }
    }
}

fn is_database(field: Field) -> bool {
    matches!(field, Field::Databases | Field::Database(_))
}
