//! The OpenAPI document, and the validation of requests and answers against it.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

/// The document's text, for tools that read OpenAPI.
pub const TEXT: &str = include_str!("../openapi.json");

/// The code for a value that breaks a rule without a code of its own: "Parameter error".
const PARAMETER_ERROR: &str = "DBS.200001";

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

/// Checks values against one schema of the document.
pub struct Schema(Validator);

/// A fault in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The documented error code for the fault.
    pub code: String,
    /// The location and the reason, as reported by the JSON Schema library.
    pub message: String,
}

impl Schema {
    /// The schema `#/components/schemas/{name}`.
    ///
    /// # Errors
    /// If the document has no such schema, or it isn't valid.
    pub fn named(name: &str) -> Result<Self, String> {
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("#/components/schemas/{name}"),
            "components": DOCUMENT.get("components"),
        });
        jsonschema::validator_for(&root).map(Self).map_err(|error| format!("schema {name}: {error}"))
    }

    /// Checks a value.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self, value: &Value) -> Result<(), Fault> {
        self.0.validate(value).map_err(|error| {
            let place = error.instance_path().to_string();
            Fault { code: code_of(&place), message: format!("{place}: {error}") }
        })
    }
}

/// The `x-error-code` of the body's property that a JSON pointer leads into.
fn code_of(place: &str) -> String {
    let property = place.split('/').nth(1).unwrap_or_default();
    let pointer = format!("/components/schemas/CreateBackup/properties/{property}/x-error-code");
    let code = DOCUMENT.pointer(&pointer).and_then(Value::as_str);
    code.unwrap_or(PARAMETER_ERROR).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_own_examples_keep_its_rules() {
        let schema = Schema::named("CreateBackup").unwrap();
        let examples = DOCUMENT
            .pointer("/paths/~1v3~1{project_id}~1backups/post/requestBody/content/application~1json/examples")
            .and_then(Value::as_object)
            .unwrap();
        assert_eq!(examples.len(), 2);
        for example in examples.values() {
            assert_eq!(schema.check(&example["value"]), Ok(()));
        }
    }

    #[test]
    fn a_fault_has_the_code_of_its_property() {
        let schema = Schema::named("CreateBackup").unwrap();
        for (body, code) in [
            (json!({"instance_id": "x", "name": "abc"}), "DBS.280277"),
            (json!({"instance_id": "x", "name": "backup\n"}), "DBS.280277"),
            (json!({"instance_id": "", "name": "backup"}), "DBS.280404"),
            (json!({"instance_id": "x", "name": "backup", "description": "a&b"}), "DBS.280127"),
            (json!({"instance_id": "x", "name": "backup", "databases": "db1"}), "DBS.200001"),
            (json!({"instance_id": "x", "name": "backup", "databases": [{}]}), "DBS.200001"),
            (json!({"instance_id": "x"}), "DBS.200001"),
            (json!({"instance_id": "x", "name": "backup", "extra": 1}), "DBS.200001"),
        ] {
            assert_eq!(schema.check(&body).unwrap_err().code, code, "{body}");
        }
    }
}
