//! Instance ID. The API page says only "String"; the form (32 hexadecimal digits, two letters for the kind of resource,
//! two digits for the engine) is inferred from the examples of the RDS reference, which are inconsistent. So the form
//! only leads to hints and warnings, and only an ID of another *kind* is refused.

use super::field::Field;
use super::normalize::normalize;
pub use super::resource::Resource;
use super::token::without_token;
use super::violation::{Validated, Violation};
use super::warning::Warning;
use crate::instance::Engine;

/// The ID of a database instance, as far as a client can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceId(String);

impl InstanceId {
    /// The ID.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The engine that the ID's last two digits suggest. A hint: the docs themselves show a SQL Server instance with
    /// MySQL's suffix.
    pub fn engine_hint(&self) -> Option<Engine> {
        match suffix(&self.0)? {
            "in01" => Some(Engine::MySql),
            "in03" => Some(Engine::PostgreSql),
            "in04" => Some(Engine::SqlServer),
            _ => None,
        }
    }

    /// What is unusual about the ID, if anything.
    pub fn warning(&self) -> Option<Warning> {
        match suffix(&self.0) {
            Some("in01" | "in03" | "in04") => None,
            // DDS, TaurusDB, GeminiDB and GaussDB.
            Some("in02" | "in07" | "in13" | "in14") => Some(Warning::InstanceOfAnotherService),
            _ => Some(Warning::InstanceIdForm),
        }
    }
}

/// Reads an instance ID.
///
/// # Errors
/// Empty, or the ID of a node, a backup or a parameter group.
pub fn instance_id(text: &str) -> Validated<InstanceId> {
    let text = without_token(normalize(text))?;
    if text.is_empty() {
        return Err(vec![Violation::Missing(Field::InstanceId)]);
    }
    let resource = match suffix(text).and_then(|suffix| suffix.get(..2)) {
        Some("no") => Resource::Node,
        Some("br") => Resource::Backup,
        Some("pr") => Resource::ParameterGroup,
        _ => return Ok(InstanceId(text.to_owned())),
    };
    Err(vec![Violation::NotAnInstance(resource)])
}

/// The last four characters of an ID of the usual form: two letters, two digits.
fn suffix(id: &str) -> Option<&str> {
    let (digits, suffix) = id.split_at_checked(32)?;
    let (kind, engine) = suffix.split_at_checked(2)?;
    let well_formed = digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && kind.bytes().all(|byte| byte.is_ascii_lowercase())
        && engine.len() == 2
        && engine.bytes().all(|byte| byte.is_ascii_digit());
    well_formed.then_some(suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "d8e6ca5a624745bcb546a227aa3ae1cf";

    fn id(suffix: &str) -> Validated<InstanceId> {
        instance_id(&format!("{DIGITS}{suffix}"))
    }

    #[test]
    fn the_suffix_hints_at_the_engine() {
        for (suffix, engine) in [("in01", Engine::MySql), ("in03", Engine::PostgreSql), ("in04", Engine::SqlServer)] {
            let id = id(suffix).unwrap();
            assert_eq!((id.engine_hint(), id.warning()), (Some(engine), None));
        }
    }

    #[test]
    fn ids_of_other_kinds_are_called_out() {
        for (suffix, resource) in [
            ("no01", Resource::Node),
            ("br01", Resource::Backup),
            ("br04", Resource::Backup),
            ("pr03", Resource::ParameterGroup),
        ] {
            assert_eq!(id(suffix).unwrap_err(), [Violation::NotAnInstance(resource)]);
        }
    }

    #[test]
    fn only_an_id_of_the_usual_form_is_called_that_of_another_kind() {
        for id in [format!("z{}no01", &DIGITS[1..]), format!("{DIGITS}no0x"), format!("{DIGITS}no011")] {
            assert_eq!(instance_id(&id).unwrap().engine_hint(), None, "{id}");
        }
    }

    #[test]
    fn an_unusual_id_is_pointed_out_and_passes() {
        assert_eq!(id("in13").unwrap().warning(), Some(Warning::InstanceOfAnotherService));
        for text in
            ["2f4ddb93-b901-4b08-93d8-1d2e472f30fe", "my-instance", "d8e6in01", "x", "id mit Ümlaut", &"é".repeat(36)]
        {
            let id = instance_id(text).unwrap();
            assert_eq!((id.warning(), id.engine_hint()), (Some(Warning::InstanceIdForm), None), "{text}");
        }
    }

    #[test]
    fn it_is_required_and_tidied() {
        assert_eq!(instance_id("\u{200b}").unwrap_err(), [Violation::Missing(Field::InstanceId)]);
        assert_eq!(
            instance_id(" d8e6ca5a624745bcb546a227aa3ae1cfin03 ").unwrap().engine_hint(),
            Some(Engine::PostgreSql)
        );
    }
}
