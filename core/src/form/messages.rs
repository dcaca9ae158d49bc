//! What is said about the fields.

use std::rc::Rc;

use contract::rules::{Field, Violation, Warning};

use crate::form::action::FieldRefusal;

/// Something to say about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldMessage {
    /// It breaks a rule.
    Fault(Violation),
    /// The server refused it, or the page does for another press.
    Refused(FieldRefusal),
    /// It is unusual.
    Warning(Warning),
}

impl FieldMessage {
    /// Whether the field counts as faulty.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::Warning(_))
    }
}

/// What is said about each field, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldMessages(Vec<(Field, Rc<[FieldMessage]>)>);

impl FieldMessages {
    /// What is said about a field.
    pub fn of(&self, field: Field) -> Rc<[FieldMessage]> {
        self.place(field)
            .ok()
            .and_then(|place| self.0.get(place))
            .map_or_else(|| Rc::from([]), |(_, known)| known.clone())
    }

    /// The fields with faults, in the order of the form.
    pub fn faulty(&self) -> impl Iterator<Item = Field> + '_ {
        self.0.iter().filter(|(_, messages)| messages.iter().any(FieldMessage::is_fault)).map(|(field, _)| *field)
    }

    /// What is said about the list of databases and its entries.
    #[must_use]
    pub fn of_databases(&self) -> Self {
        Self(self.0.iter().filter(|(field, _)| is_database(*field)).cloned().collect())
    }

    /// Where a field stands, or would stand.
    fn place(&self, field: Field) -> Result<usize, usize> {
        self.0.binary_search_by_key(&field, |(known, _)| *known)
    }

    /// What is said of the same field stands there together, in the order in which it comes.
    pub(crate) fn of_fields(messages: Vec<(Field, FieldMessage)>) -> Self {
        let mut fields: Vec<(Field, Vec<FieldMessage>)> = Vec::new();
        for (field, message) in messages {
            match fields.binary_search_by_key(&field, |(known, _)| *known) {
                Ok(place) => {
                    if let Some((_, known)) = fields.get_mut(place) {
                        known.push(message);
                    }
                }
                Err(place) => fields.insert(place, (field, vec![message])),
            }
        }
        Self(fields.into_iter().map(|(field, known)| (field, known.into())).collect())
    }
}

/// Whether a field is the list of databases, or one of its entries.
pub(crate) fn is_database(field: Field) -> bool {
    matches!(field, Field::Databases | Field::Database(_))
}
