//! The OpenAPI document, and the validation of requests and answers against it.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::cloud::Cloud;

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
        Self::within(name, &DOCUMENT.get("components").cloned().unwrap_or_default())
    }

    fn within(name: &str, components: &Value) -> Result<Self, String> {
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("#/components/schemas/{name}"),
            "components": components,
        });
        jsonschema::validator_for(&root).map(Self).map_err(|error| format!("schema {name}: {error}"))
    }

    /// The schema of the body of a new backup in a cloud: a property with `x-clouds` is known to those only.
    ///
    /// # Errors
    /// If the document has no such schema, or it isn't valid.
    pub fn create_backup(cloud: Cloud) -> Result<Self, String> {
        let mut components = DOCUMENT.get("components").cloned().unwrap_or_default();
        let properties = components.pointer_mut("/schemas/CreateBackup/properties").and_then(Value::as_object_mut);
        let is_of_cloud = |property: &Value| {
            let clouds = property.get("x-clouds").and_then(Value::as_array);
            clouds.is_none_or(|clouds| clouds.iter().any(|known| known == cloud.word()))
        };
        if let Some(properties) = properties {
            properties.retain(|_, property| is_of_cloud(property));
        }
        Self::within("CreateBackup", &components)
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

    #[test]
    fn only_huawei_cloud_backs_up_databases_individually_and_only_if_some_are_named() {
        let databases = json!([{ "name": "db1" }]);
        for (individually, databases, is_right) in [
            (json!(true), Some(&databases), true),
            (json!(false), Some(&databases), true),
            (json!(false), None, true),
            (json!(true), None, false),
            (json!(true), Some(&json!([])), false),
            (json!("true"), Some(&databases), false),
        ] {
            let mut body =
                json!({ "instance_id": "x", "name": "backup", "backup_database_individually": individually });
            if let Some(databases) = databases {
                body["databases"] = databases.clone();
            }
            for cloud in [Cloud::Otc, Cloud::Swiss, Cloud::Huawei] {
                let code = Schema::create_backup(cloud).unwrap().check(&body).err().map(|fault| fault.code);
                let is_accepted = is_right && cloud == Cloud::Huawei;
                assert_eq!(code.as_deref(), (!is_accepted).then_some("DBS.200001"), "{cloud:?}: {body}");
            }
        }
    }
}
