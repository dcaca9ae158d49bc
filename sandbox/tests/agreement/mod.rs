//! A request as a user types it, judged by the page's rules and by the OpenAPI document. Shared by the property tests
//! and a fuzz target.

use std::sync::LazyLock;

use contract::backup::CreateBackup;
use contract::cloud::{Cloud, PartialBackups};
use contract::instance::Engine;
use contract::rules::{Field, Violation, databases, description, instance_id, name, normalize};
use sandbox::document::Schema;
use serde_json::{Value, json};

static CREATE_BACKUP: LazyLock<[(Cloud, Schema); 3]> = LazyLock::new(|| {
    let played = [
        (Cloud::OpenTelekom, sandbox::Cloud::Otc),
        (Cloud::Swiss, sandbox::Cloud::Swiss),
        (Cloud::Huawei, sandbox::Cloud::Huawei),
    ];
    played.map(|(cloud, played)| (cloud, Schema::create_backup(played).unwrap()))
});

/// A request as typed into the form.
#[derive(Clone, Debug)]
pub struct Typed {
    pub instance_id: String,
    pub name: String,
    pub description: String,
    pub databases: Vec<String>,
    pub engine: Option<Engine>,
    pub individually: bool,
    pub cloud: Cloud,
}

impl Typed {
    /// Checks that page and document both accept it or both refuse it.
    pub fn is_agreed_on(&self) {
        let (_, document) = CREATE_BACKUP.iter().find(|(cloud, _)| *cloud == self.cloud).unwrap();
        match self.page() {
            Ok(backup) => {
                let sent = serde_json::from_str(&backup.to_json()).unwrap();
                assert_eq!(sent, self.body(), "what is sent is what was typed");
                assert_eq!(document.check(&sent), Ok(()));
            }
            Err(violations) => {
                assert!(!violations.is_empty());
                let excused = violations.iter().all(stricter_on_purpose);
                assert!(excused != document.check(&self.body()).is_err(), "{violations:?}");
            }
        }
    }

    /// The page's verdict.
    fn page(&self) -> Result<CreateBackup, Vec<Violation>> {
        let instance_id = instance_id::instance_id(&self.instance_id);
        let name = name::backup_name(&self.name);
        let description = description::description(&self.description);
        let databases: Result<_, Vec<Violation>> = databases::databases(self.databases.iter().map(String::as_str))
            .map_err(|faults| faults.into_iter().map(|(_, violation)| violation).collect());
        let is_individual = self.individually && !self.databases.is_empty();
        let cloud = PartialBackups::of(Some(self.cloud));
        let partial = databases::partial_backup(self.engine, is_individual, cloud);
        let partial = if self.databases.is_empty() { Vec::new() } else { partial };
        match (instance_id, name, description, databases) {
            (Ok(instance_id), Ok(name), Ok(description), Ok(databases)) if partial.is_empty() => Ok(CreateBackup {
                instance_id,
                name,
                description,
                databases,
                backup_database_individually: is_individual,
            }),
            (instance_id, name, description, databases) => Err([
                instance_id.err().unwrap_or_default(),
                name.err().unwrap_or_default(),
                description.err().unwrap_or_default(),
                databases.err().unwrap_or_default(),
                partial,
            ]
            .concat()),
        }
    }

    /// The body as a client without rules would send it: everything that was typed, normalized, without empty members.
    fn body(&self) -> Value {
        let mut body = json!({ "instance_id": normalize(&self.instance_id), "name": normalize(&self.name) });
        if !normalize(&self.description).is_empty() {
            body["description"] = json!(normalize(&self.description));
        }
        if !self.databases.is_empty() {
            body["databases"] = self.databases.iter().map(|name| json!({ "name": normalize(name) })).collect();
            if self.individually {
                body["backup_database_individually"] = json!(true);
            }
        }
        body
    }
}

/// Refusals that the API's page doesn't require.
fn stricter_on_purpose(violation: &Violation) -> bool {
    if let Violation::Missing(field) = violation {
        return !matches!(field, Field::InstanceId | Field::Name);
    }
    matches!(
        violation,
        // The console's user guide forbids line breaks; the API page doesn't mention them.
        Violation::DescriptionLineBreak
        // An ID of another kind is a mistake; the server would return 404.
        | Violation::NotAnInstance(_)
        // They are never intended, and the page offers to remove the entry.
        | Violation::DatabaseBlank
        | Violation::DatabaseRepeated { .. }
        // The API page says so in prose; a schema of the body can't express it.
        | Violation::DatabasesUnsupported { .. }
    )
}
