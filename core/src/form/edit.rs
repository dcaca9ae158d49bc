//! What a user does to the form.

use std::rc::Rc;

use contract::instance::Instance;
use contract::rules::instance_id::InstanceId;
use contract::rules::{Field, databases, endpoint, instance_id, normalize};
use contract::secret::Secret;

use super::engine_choice::EngineChoice;
use super::entry::{DatabaseEntry, DatabaseMode, Entry, ValidationStage};
use super::messages::is_database;
use super::state::{Form, LoadedRules};
use crate::allowed_hosts::AllowedHosts;
use crate::form::action::Input;

impl Form {
    /// The rules are here that come with the later part: what they are about is looked at anew.
    pub(crate) fn take_later_rules(&mut self, rules: LoadedRules) {
        if self.later_rules == rules {
            return;
        }
        self.later_rules = rules;
        if self.token.stage >= ValidationStage::Checked {
            self.normalize_field(Field::Token);
        }
        // One that can't be called is no endpoint that a token could be given for.
        let given = self.token_for.take();
        self.token_for = given.filter(|given| self.call_warning(given).is_ok());
    }

    /// Takes over which hosts may be called.
    pub(crate) fn allow(&mut self, hosts: &AllowedHosts) {
        self.allowed_hosts = Rc::new(hosts.clone());
    }

    /// The endpoint that has taken the other's place is meant. Without one the token stays with the other.
    pub(crate) fn confirm_endpoint(&mut self) {
        if self.unconfirmed_endpoint().is_some() {
            self.is_named(Field::Endpoint);
            self.give_token_to_endpoint();
        }
    }

    /// From now on the token is given for the endpoint in the form.
    pub(crate) fn give_token_to_endpoint(&mut self) {
        self.token_project = self.project_id.text.clone();
        // One that can't be called is no endpoint that a token could be given for.
        self.token_for = if self.token.text.is_empty() { None } else { self.callable_endpoint().ok() };
    }

    /// The instance in the form; the fault is shown when there is none.
    pub(crate) fn wanted_instance(&mut self) -> Option<InstanceId> {
        self.normalize_field(Field::InstanceId);
        let id = instance_id::instance_id(&self.instance_id.text).ok();
        if id.is_none() {
            self.raise_stage(Field::InstanceId, ValidationStage::Submitted);
        }
        id
    }

    /// Takes an instance from the list.
    pub(crate) fn choose(&mut self, instance: Rc<Instance>) {
        self.instance_id = Entry { text: Rc::from(instance.id.as_str()), stage: ValidationStage::Checked };
        self.engine = EngineChoice::FromInstanceId;
        self.typed_instance_id = Rc::default();
        self.chosen = Some(instance);
        self.refused = None;
    }

    /// Adds a database of the chosen instance, or takes it out again.
    pub(crate) fn tick_database(&mut self, name: &str) {
        match self.databases.iter().position(|database| &*database.entry.text == name) {
            Some(index) => self.remove_database(index),
            None => self.insert_database(self.databases.len(), name),
        }
    }

    /// Backs up each database individually, or not any more.
    pub(crate) fn tick_individually(&mut self, is_ticked: bool) {
        self.database_mode = DatabaseMode::of_tick(is_ticked);
        // What was refused was another request.
        if self.refused.is_some_and(|(refused, _)| is_database(refused)) {
            self.refused = None;
        }
    }

    /// Settles the fields of the connection, and shows their faults.
    pub(crate) fn raise_connection_stage(&mut self) {
        for field in [Field::Token, Field::Endpoint, Field::ProjectId] {
            self.normalize_field(field);
            self.raise_stage(field, ValidationStage::Submitted);
        }
    }

    /// The field that takes the focus for a fault of `field`: the list as a whole has its first entry.
    pub fn focusable(&self, field: Field) -> Field {
        if field == Field::Databases { Field::Database(0) } else { field }
    }

    pub(crate) fn edit(&mut self, field: Field, text: String, input: Input) {
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
                // Elsewhere the ID may be another instance's, or nobody's.
                if self.entry(field).is_some_and(|entry| *entry.text != *text) {
                    self.chosen = None;
                }
                // One that was supplied for another target goes nowhere else.
                if self.token_is_supplied() {
                    self.drop_token();
                }
            }
            Field::InstanceId => self.leave_instance(&text),
            Field::Name | Field::NamePattern | Field::Description | Field::Databases | Field::Database(_) => {}
        }
        if let Some(entry) = self.entry_mut(field) {
            entry.text = Rc::from(text);
        }
        self.after_input(field, input);
        self.is_named(field);
        if field == Field::InstanceId {
            self.typed_instance_id = self.instance_id.text.clone();
        }
    }

    /// A field has a text that its user has chosen: nothing that a token has filled in is to be taken back there.
    fn is_named(&mut self, field: Field) {
        self.from_token.retain(|filled| *filled != field);
        self.keep_filled(field);
    }

    /// Another instance is typed. A name that was suggested for the one before would say the wrong one.
    pub(crate) fn leave_instance(&mut self, id: &str) {
        let Some(left) = self.chosen.take().filter(|left| left.id != normalize(id)) else { return };
        let was_suggested = self.suggested_name.as_ref() == Some(&self.name.text);
        if was_suggested && !left.name.is_empty() {
            self.name = Entry::default();
        }
    }

    /// The token's field has a new text. What nobody has chosen just now binds the token to no endpoint.
    pub(crate) fn edit_token(&mut self, text: Secret, input: Input) {
        // The same again is the one that was refused.
        if self.refused.is_some_and(|(refused, _)| refused == Field::Token) && text != self.token.text {
            self.refused = None;
        }
        self.token_removed = Rc::from([]);
        self.token_generation += 1;
        self.token.text = text;
        self.token_has_lapsed = false;
        self.token_is_complete = false;
        match input {
            Input::Typed | Input::Pasted => self.give_token_to_endpoint(),
            Input::Restored => self.token_for = None,
        }
        self.after_input(Field::Token, input);
    }

    pub(crate) fn after_input(&mut self, field: Field, input: Input) {
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

    pub(crate) fn blur(&mut self, field: Field) {
        self.normalize_field(field);
        if !self.is_blank(field) {
            self.raise_stage(field, ValidationStage::Checked);
        }
    }

    /// Settles every field, the endpoint before the project ID that it can fill, and shows all faults.
    pub(crate) fn prepare_to_send(&mut self) {
        self.refused = None;
        let databases = (0..self.databases.len()).map(Field::Database);
        for field in Field::SINGLE.into_iter().chain(databases) {
            self.normalize_field(field);
            self.raise_stage(field, ValidationStage::Submitted);
        }
    }

    /// Empties the field of the token.
    pub(crate) fn drop_token(&mut self) {
        self.token_generation += 1;
        self.token = Entry::default();
        self.token_read = (0, Secret::default());
        self.token_content = None;
        self.token_for = None;
        self.hide_token();
        self.token_removed = Rc::from([]);
        self.refused = self.refused.filter(|(field, _)| *field != Field::Token);
    }

    /// Adds a blank entry and says where it stands.
    pub(crate) fn add_database(&mut self) -> usize {
        self.insert_database(self.databases.len(), "");
        self.databases.len() - 1
    }

    pub(crate) fn remove_database(&mut self, index: usize) {
        if index < self.databases.len() {
            Rc::make_mut(&mut self.databases).remove(index);
        }
        if self.refused.is_some_and(|(refused, _)| is_database(refused)) {
            self.refused = None;
        }
    }

    /// Puts the names of a list where the blank entry at `index` stands, or behind the entry that has a name already.
    /// Says where the last of them stands.
    pub(crate) fn paste_databases(&mut self, index: usize, list: &str) -> usize {
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

    pub(crate) fn insert_database(&mut self, index: usize, name: &str) {
        self.last_key += 1;
        let stage = if name.is_empty() { ValidationStage::Typing } else { ValidationStage::Checked };
        let entry = Entry { text: Rc::from(name), stage };
        Rc::make_mut(&mut self.databases).insert(index, DatabaseEntry { key: self.last_key, entry });
    }

    /// Shows the text as it would be sent: without what a paste brought along.
    pub(crate) fn normalize_field(&mut self, field: Field) {
        match field {
            Field::Token => {
                // Until then it stays as it came.
                let Some(rules) = self.later_rules.rules() else { return };
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
            Field::ProjectId
            | Field::InstanceId
            | Field::Name
            | Field::NamePattern
            | Field::Description
            | Field::Databases
            | Field::Database(_) => {}
        }
        if let Some(entry) = self.entry_mut(field) {
            let normalized = normalize(&entry.text);
            if normalized.len() < entry.text.len() {
                entry.text = Rc::from(normalized);
            }
        }
    }

    pub(crate) fn raise_stage(&mut self, field: Field, stage: ValidationStage) {
        let known = if field == Field::Token {
            Some(&mut self.token.stage)
        } else {
            self.entry_mut(field).map(|entry| &mut entry.stage)
        };
        if let Some(known) = known {
            *known = stage.max(*known);
        }
    }
}
