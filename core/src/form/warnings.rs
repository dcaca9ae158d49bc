//! What is unusual about the form.

use contract::rules::{Field, Warning, instance_id, project_id};
use contract::time::UnixSeconds;

use super::state::Form;

impl Form {
    /// What is unusual; `name_listed` says so of the name. `now`: by the computer's clock.
    pub(crate) fn warnings(&self, name_listed: Option<Warning>, now: UnixSeconds) -> Vec<(Field, Warning)> {
        let project_id = project_id::project_id(&self.project_id.text).ok().and_then(|id| id.warning());
        let token = self.read_token().and_then(|token| token.warning());
        let id = instance_id::instance_id(&self.instance_id.text).ok();
        let names_databases = !self.databases.is_empty();
        let is_unknown = names_databases && id.is_some() && self.engine().is_none();
        let engine = is_unknown.then(|| Warning::EngineUnknown { supported: self.partial_backups().engines });
        let instance_id = id.filter(|_| self.chosen.is_none()).and_then(|id| id.warning());
        let endpoint = self.read_endpoint().ok();
        let endpoint = endpoint.and_then(|endpoint| self.call_warning(&endpoint).ok().flatten());
        let warnings = [
            (Field::Endpoint, endpoint),
            (Field::ProjectId, project_id),
            (Field::Token, token),
            (Field::InstanceId, instance_id),
            (Field::Databases, engine),
            (Field::Name, name_listed),
        ]
        .into_iter()
        .filter_map(|(field, warning)| Some((field, warning?)));
        let of_token = self.token_warnings(now).into_iter().map(|warning| (Field::Token, warning));
        of_token.chain(warnings).collect()
    }
}
