//! The `id` of each element that another one refers to.

use contract::rules::Field;

/// The answer.
pub(super) const ANSWER: &str = "answer";
/// The form, which submitting elements name.
pub(super) const FORM: &str = "form";
pub(super) const SUBMIT: &str = "create-backup";
pub(super) const ADD_DATABASE: &str = "add-database";
pub(super) const SUMMARY: &str = "summary";
pub(super) const REQUEST: &str = "show-request";
/// What the token says by itself.
pub(super) const TOKEN_SAYS: &str = "token-says";
/// The text that wasn't copied.
pub(super) const COPY_BY_HAND: &str = "copy-by-hand";
pub(super) const LOAD_INSTANCES: &str = "load-instances";

/// The `id` of a field's input.
pub(super) fn id_of(field: Field) -> String {
    if let Field::Database(index) = field {
        format!("field-database-{index}")
    } else {
        format!("field-{}", field.api_name())
    }
}
