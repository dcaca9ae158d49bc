//! Fills the form from settings, links, drafts and earlier requests.

use std::rc::Rc;

use contract::backup::CreateBackup;
use contract::call::encode;
use contract::instance::Engine;
use contract::name_pattern::DEFAULT_NAME_PATTERN;
use contract::rules::Field;
use contract::rules::token::looks_like_token;

use super::engine_choice::EngineChoice;
use super::entry::{DatabaseMode, Entry, ValidationStage};
use super::selection::Selected;
use super::state::Form;
use crate::form::action::{Input, Repeat};
use crate::link::{INDIVIDUALLY, INSTANCES, Link, NAMED_AT, word_for};
use crate::target::Target;

impl Form {
    /// Takes over other settings: a text is put into its field where it differs from the one of before.
    pub(crate) fn set(&mut self, filled_in: &[(Field, String)]) {
        let before = std::mem::replace(&mut self.filled_in, filled_in.into());
        for (field, text) in filled_in.iter().filter(|set| !before.contains(set)) {
            self.edit(*field, text.clone(), Input::Pasted);
        }
    }

    /// Takes over what a link or a draft says. It is checked like typed text, and nothing of it is sent by itself.
    pub(crate) fn fill_in(&mut self, link: &Link, input: Input) {
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
        if !link.instances.is_empty() {
            self.selection.instances = Rc::default();
            // Only a draft states it.
            let named_at = link.named_at.filter(|_| input == Input::Restored);
            self.selection.named_at = named_at.or(self.selection.named_at);
            // A draft has what stood there, a link what is meant.
            let names_pattern = link.texts.iter().any(|(field, _)| *field == Field::NamePattern);
            if input != Input::Restored && !names_pattern {
                self.reset_name_pattern();
            }
            for id in &link.instances {
                self.selection.add(id, None);
            }
        }
        self.database_mode = link.individually.map_or(self.database_mode, DatabaseMode::of_tick);
        if let Some(engine) = link.engine {
            self.engine = EngineChoice::Stated(engine);
        }
    }

    /// Puts a draft in place of what stands in the form, to the letter: what the draft lacks was empty. The token stays.
    pub(crate) fn bring_back(&mut self, draft: &Link) {
        self.clear_request();
        for field in [Field::Endpoint, Field::ProjectId, Field::NamePattern] {
            self.edit(field, String::new(), Input::Restored);
        }
        self.fill_in(draft, Input::Restored);
    }

    /// Takes over what a link says, where nothing stands yet.
    pub(crate) fn fill_in_where_empty(&mut self, link: &Link) {
        // What else it has belongs to no backup that is there already.
        let of_connection = |field: &Field| matches!(field, Field::Endpoint | Field::ProjectId);
        for (field, text) in link.texts.iter().filter(|(field, _)| of_connection(field)) {
            if self.is_blank(*field) {
                self.edit(*field, text.clone(), Input::Pasted);
            }
        }
    }

    /// Empties everything that says which backup is to be made.
    pub(crate) fn clear_request(&mut self) {
        self.refused = None;
        self.instance_id = Entry::default();
        self.chosen = None;
        self.engine = EngineChoice::default();
        self.name = Entry::default();
        // The names that were pressed for stay: a link that is opened twice asks for nothing twice.
        self.selection.instances = Rc::default();
        self.description = Entry::default();
        self.databases = Rc::default();
        self.database_mode = DatabaseMode::default();
    }

    /// Takes over where a request went. The token stays with the endpoint that it was given for.
    pub(crate) fn take_target(&mut self, target: &Target) {
        self.edit(Field::Endpoint, target.endpoint.typed().to_owned(), Input::Pasted);
        self.edit(Field::ProjectId, target.project_id.as_str().to_owned(), Input::Pasted);
    }

    /// Takes over what a request asks for.
    pub(crate) fn take_request(&mut self, request: &CreateBackup) {
        self.clear_request();
        self.edit(Field::InstanceId, request.instance_id.as_str().to_owned(), Input::Pasted);
        let description = request.description.as_ref().map_or("", |description| description.as_str());
        self.edit(Field::Description, description.to_owned(), Input::Pasted);
        for database in &request.databases {
            self.insert_database(self.databases.len(), database.name());
        }
        self.database_mode = DatabaseMode::of_tick(request.backup_database_individually);
        if !request.databases.is_empty() {
            // Whatever the ID hints: databases were named, so that it is an engine that has partial backups.
            let hint = self.engine_hint().filter(|hint| self.partial_backups().supports(*hint));
            self.engine = EngineChoice::Stated(hint.unwrap_or(Engine::SqlServer));
        }
    }

    /// Makes room for the next backup: of another instance, or of the same under another name.
    pub(crate) fn prepare_to_repeat(&mut self, repeat: Repeat) {
        self.refused = None;
        if repeat == Repeat::OtherInstance {
            self.instance_id = Entry::default();
            self.chosen = None;
        }
        self.name = Entry::default();
    }

    /// The backup exists now: that its name is taken is no fault of what stands in the form.
    pub(crate) fn has_been_created(&mut self) {
        self.name.stage = ValidationStage::Typing;
    }

    /// The form as it stands, to be brought back: its names, too, state the same moment.
    pub(crate) fn to_draft(&self) -> String {
        let named_at = self.selection.named_at.filter(|_| self.selects_several());
        let named_at = named_at.map(|moment| format!("&{NAMED_AT}={}", moment.0)).unwrap_or_default();
        let link = self.to_link() + &named_at;
        let pattern = &self.name_pattern.text;
        if self.selects_several() || pattern.is_empty() || looks_like_token(pattern) {
            return link;
        }
        let part = format!("{}={}", Field::NamePattern.api_name(), encode(pattern));
        if link.is_empty() { part } else { format!("{link}&{part}") }
    }

    /// The pattern is the operator's again, or the usual one.
    fn reset_name_pattern(&mut self) {
        let operators = self.filled_in.iter().rev().find(|(field, _)| *field == Field::NamePattern);
        let text = operators.map_or(DEFAULT_NAME_PATTERN, |(_, text)| text);
        self.name_pattern = Entry { text: Rc::from(text), stage: ValidationStage::Checked };
    }

    /// A link that fills the form as it stands.
    pub fn to_link(&self) -> String {
        let mut link = String::new();
        let mut add = |name: &str, value: &str| {
            if !link.is_empty() {
                link.push('&');
            }
            link.push_str(name);
            link.push('=');
            link.push_str(value);
        };
        // It is of no use for one instance.
        let is_meant = |field: &Field| *field != Field::NamePattern || self.selects_several();
        for field in Field::SINGLE.into_iter().filter(is_meant) {
            let entry = self.entry(field).filter(|entry| !entry.text.is_empty() && !looks_like_token(&entry.text));
            if let Some(entry) = entry {
                add(field.api_name(), &encode(&entry.text));
            }
        }
        for Selected { id, .. } in self.selection.instances.iter().filter(|selected| !looks_like_token(&selected.id)) {
            add(INSTANCES, &encode(id));
        }
        for database in self.databases.iter() {
            // A blank entry is one, too.
            if !looks_like_token(&database.entry.text) {
                add(Field::Databases.api_name(), &encode(&database.entry.text));
            }
        }
        if self.wants_individually() {
            add(INDIVIDUALLY, "true");
        }
        if let EngineChoice::Stated(stated) = self.engine
            && let Some(word) = word_for(stated)
        {
            add("engine", word);
        }
        link
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_typed_reads_back(
            text in "\\PC{0,40}",
            names in proptest::collection::vec("\\PC{0,9}", 0..3),
            individually: bool,
        ) {
            let database_mode = DatabaseMode::of_tick(individually);
            let mut form = Form { database_mode, ..Form::default() };
            for field in [Field::Endpoint, Field::ProjectId, Field::InstanceId, Field::Name, Field::Description] {
                form.edit(field, text.clone(), Input::Typed);
            }
            for name in &names {
                let index = form.add_database();
                form.edit(Field::Database(index), name.clone(), Input::Typed);
            }
            form.edit(Field::Token, "MIISecret".into(), Input::Typed);
            let written = form.to_link();
            prop_assert!(!written.contains("Secret"));
            let link = Link::read(&written);
            prop_assert!(link.texts.iter().all(|(_, read)| *read == text));
            prop_assert_eq!(link.texts.len(), if text.is_empty() { 0 } else { 5 });
            prop_assert_eq!(link.databases.unwrap_or_default(), names);
            prop_assert_eq!(link.individually, individually.then_some(true));
        }
    }
}
