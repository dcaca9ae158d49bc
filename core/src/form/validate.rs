//! What is wrong with the form, and the request that it makes.

use contract::backup::{Connection, CreateBackup};
use contract::instance::Unsuitable;
use contract::rules::endpoint::Endpoint;
use contract::rules::instance_id::InstanceId;
use contract::rules::project_id::ProjectId;
use contract::rules::{
    Field, Uncallable, Validated, Violation, Warning, databases, description, instance_id, name, normalize, project_id,
    token,
};

use super::entry::ValidationStage;
use super::messages::{FieldMessage, FieldMessages};
use super::state::{Faults, Form};
use crate::target::Target;

impl Form {
    /// Judges the form as it stands, once for each action.
    pub(crate) fn update_messages(&mut self, warnings: Vec<(Field, Warning)>) {
        let mut messages = Vec::new();
        for (field, violation) in self.faults() {
            if self.says(field, &violation) {
                messages.push((field, FieldMessage::Fault(violation)));
            }
        }
        messages.extend(self.refused.map(|(field, refusal)| (field, FieldMessage::Refused(refusal))));
        for (field, warning) in warnings {
            let is_checked = self.stage(field).is_none_or(|stage| stage >= ValidationStage::Checked);
            if is_checked {
                messages.push((field, FieldMessage::Warning(warning)));
            }
        }
        self.messages = FieldMessages::of_fields(messages);
    }

    /// What keeps the form from being sent, in its order. What is left to the later rules is reported once they are loaded.
    pub(crate) fn faults(&self) -> Vec<(Field, Violation)> {
        let mut faults = Vec::new();
        let mut note = |field, violations: Option<Vec<Violation>>| {
            faults.extend(violations.into_iter().flatten().map(|violation| (field, violation)));
        };
        // A supplied token comes when it is needed, and there is no field that could be mended.
        if !self.token_is_supplied() {
            note(Field::Token, self.token_faults());
        }
        note(Field::Endpoint, self.confirmed_endpoint().err());
        note(Field::ProjectId, project_id::project_id(&self.project_id.text).err());
        let is_for_one = !self.selects_several();
        if is_for_one {
            note(Field::InstanceId, self.suitable_instance().err());
            note(Field::Name, name::backup_name(&self.name.text).err());
        } else if let Some(rules) = self.later_rules.rules() {
            faults.extend(rules.requests_for_selected(self).err().into_iter().flatten());
        }
        let of_description = description::description(&self.description.text).err().into_iter().flatten();
        faults.extend(of_description.map(|violation| (Field::Description, violation)));
        if is_for_one {
            let of_list = self.partial_backup_faults().into_iter();
            faults.extend(of_list.map(|violation| (Field::Databases, violation)));
            faults.extend(self.read_databases().err().into_iter().flatten());
        }
        faults
    }

    /// How many fields keep the form from being sent, whether or not that is said at them yet.
    pub fn faulty_fields(&self) -> usize {
        let mut before = None;
        self.faults().iter().filter(|(field, _)| before.replace(*field) != Some(*field)).count()
    }

    pub(crate) fn token_faults(&self) -> Option<Vec<Violation>> {
        let text = self.token.text.expose();
        match self.later_rules.rules() {
            Some(rules) => rules.token(text).err(),
            None => text.trim().is_empty().then(|| vec![Violation::Missing(Field::Token)]),
        }
    }

    /// The token, once there is something that reads it.
    pub(crate) fn read_token(&self) -> Option<token::Token> {
        self.later_rules.rules()?.token(self.token.text.expose()).ok()
    }

    pub(crate) fn read_databases(&self) -> Result<Vec<databases::Database>, Vec<(Field, Violation)>> {
        let names = self.databases.iter().map(|database| &*database.entry.text);
        databases::databases(names)
    }

    /// The requests, one for each instance, as far as the form allows them.
    ///
    /// # Errors
    /// What keeps them from being sent, in the order of the form.
    pub fn validate(&self) -> Result<(Connection, Vec<CreateBackup>), Faults> {
        self.connection().ok().zip(self.backups()).ok_or_else(|| self.faults())
    }

    /// The backups that are asked for, whatever the connection.
    fn backups(&self) -> Option<Vec<CreateBackup>> {
        if self.selects_several() {
            return self.later_rules.rules()?.requests_for_selected(self).ok();
        }
        if !self.partial_backup_faults().is_empty() {
            return None;
        }
        let backup = CreateBackup {
            instance_id: self.suitable_instance().ok()?,
            name: name::backup_name(&self.name.text).ok()?,
            description: description::description(&self.description.text).ok()?,
            databases: self.read_databases().ok()?,
            backup_database_individually: self.is_individual(),
        };
        Some(vec![backup])
    }

    /// The requests and where they would go, whatever the token.
    ///
    /// # Errors
    /// What keeps them from being sent, in the order of the form.
    pub fn request(&self) -> Result<(Endpoint, ProjectId, Vec<CreateBackup>), Faults> {
        let target = self.target().zip(self.backups());
        target
            .map(|(Target { endpoint, project_id }, backups)| (endpoint, project_id, backups))
            .ok_or_else(|| self.faults().into_iter().filter(|(field, _)| *field != Field::Token).collect())
    }

    /// The connection as typed.
    ///
    /// # Errors
    /// The first field that keeps it from being used.
    pub fn connection(&self) -> Result<Connection, Field> {
        Ok(Connection {
            token: self.read_token().ok_or(Field::Token)?,
            endpoint: self.confirmed_endpoint().map_err(|_| Field::Endpoint)?,
            project_id: project_id::project_id(&self.project_id.text).map_err(|_| Field::ProjectId)?,
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
        self.read_endpoint().is_ok_and(|endpoint| endpoint == target.endpoint)
            && project_id::project_id(&self.project_id.text).is_ok_and(|project_id| project_id == target.project_id)
    }

    /// Whether the token in the form is no longer being typed.
    pub(crate) fn token_is_complete(&self) -> bool {
        self.token_is_complete
    }

    /// Whether the token in the form was given for the endpoint and the project in it.
    pub(crate) fn token_is_bound(&self) -> bool {
        // What a token has filled in nobody has named before a press.
        self.token_for.is_some()
            && self.from_token.is_empty()
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
            // Judged as a whole: see [`Form::asks_for`].
            Field::NamePattern => false,
            Field::Description => {
                normalize(&self.description.text) == request.description.as_ref().map_or("", |text| text.as_str())
            }
            Field::Databases | Field::Database(_) => {
                let names = self.databases.iter().map(|database| normalize(&database.entry.text));
                let is_individual = self.is_individual() == request.backup_database_individually;
                is_individual && names.eq(request.databases.iter().map(databases::Database::name))
            }
            Field::Endpoint | Field::ProjectId | Field::Token => true,
        }
    }

    /// Where requests would go, whatever the token.
    pub(crate) fn target(&self) -> Option<Target> {
        let endpoint = self.confirmed_endpoint().ok()?;
        let project_id = project_id::project_id(&self.project_id.text).ok()?;
        Some(Target { endpoint, project_id })
    }

    /// The endpoint, if it may be called and is the one that the token was given for.
    pub(crate) fn confirmed_endpoint(&self) -> Validated<Endpoint> {
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
    pub(crate) fn callable_endpoint(&self) -> Validated<Endpoint> {
        let endpoint = self.read_endpoint()?;
        match self.call_warning(&endpoint) {
            Ok(_) => Ok(endpoint),
            Err(why) => Err(vec![Violation::EndpointUncallable(why)]),
        }
    }

    /// What keeps an endpoint from being called, or is unusual about it, as far as that is known.
    pub(crate) fn call_warning(&self, endpoint: &Endpoint) -> Result<Option<Warning>, Uncallable> {
        self.later_rules.rules().map_or(Ok(None), |rules| rules.call(endpoint, &self.allowed_hosts, &self.policy))
    }

    /// The endpoint that has taken the place of the one that the token was given for, until the user confirms it.
    pub fn unconfirmed_endpoint(&self) -> Option<Endpoint> {
        let endpoint = self.callable_endpoint().ok()?;
        self.token_for.as_ref().is_some_and(|given| *given != endpoint).then_some(endpoint)
    }

    /// The instance, unless its list says that it is a read replica. A busy one may be ready when it is pressed.
    pub(crate) fn suitable_instance(&self) -> Validated<InstanceId> {
        let id = instance_id::instance_id(&self.instance_id.text)?;
        let unsuitable = self.later_rules.rules().zip(self.chosen.as_ref());
        match unsuitable.and_then(|(rules, chosen)| rules.unsuitable(chosen)) {
            Some(Unsuitable::ReadReplica(primary)) => Err(vec![Violation::ReadReplica { primary }]),
            Some(Unsuitable::Status(_)) | None => Ok(id),
        }
    }

    pub(crate) fn says(&self, field: Field, violation: &Violation) -> bool {
        let Some(stage) = self.stage(field) else { return true };
        match stage {
            ValidationStage::Typing => violation.is_final_while_typing(),
            ValidationStage::Checked => !violation.is_missing(),
            ValidationStage::Submitted => true,
        }
    }
}
