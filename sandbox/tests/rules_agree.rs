//! The page's rules and the OpenAPI document, held against each other: for any request, both accept or both refuse.
//! Where the page is stricter on purpose, [`stricter_on_purpose`] names the exception.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that isn't as expected"
)]

use std::sync::LazyLock;

use contract::backup::CreateBackup;
use contract::instance::Engine;
use contract::rules::{Field, Violation, databases, description, instance_id, name, project_id, tidy};
use proptest::prelude::*;
use sandbox::document::Schema;
use serde_json::{Value, json};

static CREATE_BACKUP: LazyLock<Schema> = LazyLock::new(|| Schema::named("CreateBackup").unwrap());
static PROJECT_ID: LazyLock<Schema> = LazyLock::new(|| Schema::named("ProjectId").unwrap());

/// A request as typed into the form.
#[derive(Clone, Debug)]
struct Typed {
    instance_id: String,
    name: String,
    description: String,
    databases: Vec<String>,
    engine: Option<Engine>,
}

impl Typed {
    /// The page's verdict.
    fn page(&self) -> Result<CreateBackup, Vec<Violation>> {
        let instance_id = instance_id::instance_id(&self.instance_id);
        let name = name::backup_name(&self.name);
        let description = description::description(&self.description);
        let databases = databases::databases(self.databases.iter().map(String::as_str), self.engine)
            .map_err(|faults| faults.into_iter().map(|(_, violation)| violation).collect());
        match (instance_id, name, description, databases) {
            (Ok(instance_id), Ok(name), Ok(description), Ok(databases)) => {
                Ok(CreateBackup { instance_id, name, description, databases })
            }
            (instance_id, name, description, databases) => Err([
                instance_id.err().unwrap_or_default(),
                name.err().unwrap_or_default(),
                description.err().unwrap_or_default(),
                databases.err().unwrap_or_default(),
            ]
            .concat()),
        }
    }

    /// The body as a client without rules would send it: all that was typed, tidied, nothing empty.
    fn body(&self) -> Value {
        let mut body = json!({ "instance_id": tidy(&self.instance_id), "name": tidy(&self.name) });
        if !tidy(&self.description).is_empty() {
            body["description"] = json!(tidy(&self.description));
        }
        if !self.databases.is_empty() {
            body["databases"] = self.databases.iter().map(|name| json!({ "name": tidy(name) })).collect();
        }
        body
    }
}

/// Refusals that the API's page doesn't ask for.
fn stricter_on_purpose(violation: &Violation) -> bool {
    match violation {
        // The console's user guide forbids line breaks; the API page is silent.
        Violation::DescriptionLineBreak
        // An ID of another kind is a slip of the pen; the server says 404.
        | Violation::NotAnInstance(_)
        // Nobody means them, and the page offers to remove the entry.
        | Violation::DatabaseBlank
        | Violation::DatabaseRepeated { .. }
        // The API page says so in words; a schema of the body can't.
        | Violation::DatabasesUnsupported(_) => true,
        Violation::Missing(field) => !matches!(field, Field::InstanceId | Field::Name),
        _ => false,
    }
}

fn text_near_the_rules(longest: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => proptest::char::range('a', 'z'),
        2 => proptest::char::range('A', 'Z'),
        2 => proptest::char::range('0', '9'),
        2 => proptest::sample::select(vec!['-', '_', ' ', '.', '>', '!', '<', '"', '&', '\'', '=', '\n', '\r', 'é', 'ß', '٣', '😀', '\u{301}', 'ש', '\u{202e}', '\u{0}']),
        1 => any::<char>(),
    ];
    let length = prop_oneof![Just(0), Just(3), Just(4), Just(longest), Just(longest + 1), 0..longest + 8];
    length
        .prop_flat_map(move |length| proptest::collection::vec(character.clone(), length))
        .prop_map(|characters| characters.into_iter().collect())
}

fn letters(longest: usize) -> impl Strategy<Value = String> {
    let length = prop_oneof![Just(3), Just(4), Just(longest), Just(longest + 1), 1..longest + 8];
    length.prop_map(|length| "b".repeat(length))
}

fn typed() -> impl Strategy<Value = Typed> {
    let name = prop_oneof![letters(name::LONGEST), text_near_the_rules(name::LONGEST)];
    let description = prop_oneof![letters(description::LONGEST), text_near_the_rules(description::LONGEST)];
    let instance_id = prop_oneof![
        4 => "[0-9a-f]{32}(in0[134]|no01|br04|pr01)",
        1 => text_near_the_rules(40),
    ];
    let engine = prop_oneof![Just(None), Just(Some(Engine::SqlServer)), Just(Some(Engine::MySql))];
    let databases = proptest::collection::vec(prop_oneof![4 => "[a-c]{1,2}", 1 => text_near_the_rules(8)], 0..4);
    (instance_id, name, description, databases, engine).prop_map(
        |(instance_id, name, description, databases, engine)| Typed {
            instance_id,
            name,
            description,
            databases,
            engine,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn page_and_document_accept_and_refuse_the_same(typed in typed()) {
        match typed.page() {
            Ok(backup) => {
                let sent = serde_json::to_value(&backup).unwrap();
                prop_assert_eq!(&sent, &typed.body(), "what is sent is what was typed");
                prop_assert_eq!(CREATE_BACKUP.check(&sent), Ok(()));
            }
            Err(violations) => {
                prop_assert!(!violations.is_empty());
                let excused = violations.iter().all(stricter_on_purpose);
                prop_assert!(excused != CREATE_BACKUP.check(&typed.body()).is_err(), "{:?}", violations);
            }
        }
    }

    #[test]
    fn page_and_document_agree_on_project_ids(text in prop_oneof!["[0-9a-f]{31,33}", text_near_the_rules(32)]) {
        let document = PROJECT_ID.check(&json!(tidy(&text)));
        prop_assert_eq!(project_id::project_id(&text).is_ok(), document.is_ok());
    }
}
