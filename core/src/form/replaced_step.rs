//! The texts that the page has replaced, as data.

use std::rc::Rc;

use contract::rules::Field;
use contract::rules::endpoint::Endpoint;
use contract::secret::Secret;

use super::entry::DatabaseEntry;

/// How many texts are kept.
const MAX_STEPS: usize = 30;

/// The texts that the page has replaced. They can be tokens, so it has no `Debug`.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Replacements {
    /// What was typed or pasted last, until it was looked at.
    pub(super) typed: Option<Typed>,
    /// The fields when they were last looked at.
    pub(super) seen: Option<Seen>,
    /// What was replaced since, the newest last.
    pub(super) steps: Vec<Step>,
    /// Tells the newest action from those of the steps.
    pub(super) action: u32,
}

/// What was typed or pasted.
#[derive(Clone, PartialEq)]
pub(super) struct Typed {
    /// Where; the list of databases as a whole if a list was pasted, which the page puts there itself.
    pub(super) field: Field,
    /// What stood there before.
    pub(super) before: Rc<str>,
    /// What the browser shows there.
    pub(super) text: Rc<str>,
}

/// The fields at a moment.
#[derive(Clone, PartialEq)]
pub(super) struct Seen {
    /// Those with one text, in the order of the form.
    pub(super) texts: Vec<(Field, Rc<str>)>,
    /// The list of databases.
    pub(super) databases: Rc<Vec<DatabaseEntry>>,
    /// The token.
    pub(super) token: SeenToken,
}

/// A token at a moment.
#[derive(Clone, Default, PartialEq)]
pub(super) struct SeenToken {
    /// Its generation.
    pub(super) generation: u32,
    /// The token.
    pub(super) text: Secret,
    /// The endpoint that it was given for: it goes to no other one because it was replaced in between.
    pub(super) given_for: Option<Endpoint>,
    /// The project ID that it was given for.
    pub(super) project: Rc<str>,
}

/// Something that the page has replaced.
#[derive(Clone, PartialEq)]
pub(super) struct Step {
    /// What it was.
    pub(super) replaced: Replaced,
    /// Equal for what was replaced at once.
    pub(super) action: u32,
}

/// What was replaced.
#[derive(Clone, PartialEq)]
pub(super) enum Replaced {
    /// The text of a field.
    Text {
        /// The field.
        field: Field,
        /// Its text.
        before: Rc<str>,
        /// What took its place.
        after: Rc<str>,
    },
    /// The list of databases.
    Databases {
        /// As it was.
        before: Rc<Vec<DatabaseEntry>>,
        /// What took its place.
        after: Rc<Vec<DatabaseEntry>>,
    },
    /// The token.
    Token {
        /// As it was.
        before: SeenToken,
        /// The generation of what took its place.
        after: u32,
    },
}

impl Replacements {
    /// Something was replaced with this action.
    pub(super) fn keep(&mut self, replaced: Replaced) {
        if self.steps.len() >= MAX_STEPS {
            self.steps.remove(0);
        }
        self.steps.push(Step { replaced, action: self.action });
    }

    /// Drops what was replaced in a field. A token that was replaced isn't kept longer than one that wasn't.
    pub(super) fn forget(&mut self, field: Field) {
        self.steps.retain(|step| !step.replaced.is_in(field));
    }

    /// Where the step is that was the last one in a field.
    pub(super) fn newest_in(&self, field: Field) -> Option<usize> {
        self.steps.iter().rposition(|step| step.replaced.is_in(field))
    }
}

impl Replaced {
    /// Whether it was replaced in this field. A list was replaced in each of its entries.
    pub(super) fn is_in(&self, at: Field) -> bool {
        match self {
            Self::Text { field, .. } => *field == at,
            Self::Databases { .. } => matches!(at, Field::Databases | Field::Database(_)),
            Self::Token { .. } => at == Field::Token,
        }
    }
}
