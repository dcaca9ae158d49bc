//! What can be brought back into the form.

use contract::rules::Field;

use crate::notice::Notice;

/// What can be brought back.
#[derive(Clone, PartialEq)]
pub(crate) enum UndoStep {
    /// The whole form, as a link.
    Form {
        /// As it was.
        before: String,
        /// What took its place.
        after: String,
        /// Why it did.
        replaced_by: ReplacedBy,
    },
    /// Empty fields that were filled, and are as they were filled: what was typed elsewhere since stays.
    Filled(Vec<Field>),
}

/// Why something else took the place of what stood in the form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReplacedBy {
    /// A link was opened.
    Link,
    /// The form was cleared.
    Clearing,
    /// Something was pressed that fills it.
    Press,
}

impl UndoStep {
    /// A field is no longer as it was filled. Whether there is something else to bring back.
    pub(super) fn forget(&mut self, field: Field) -> bool {
        match self {
            Self::Form { .. } => true,
            Self::Filled(fields) => {
                fields.retain(|filled| *filled != field);
                !fields.is_empty()
            }
        }
    }

    /// What is said as long as it can be brought back.
    pub(super) fn notice(&self) -> Notice {
        match self {
            Self::Form { replaced_by: ReplacedBy::Link, .. } => Notice::LinkFilled,
            Self::Form { replaced_by: ReplacedBy::Clearing, .. } => Notice::Cleared,
            Self::Form { replaced_by: ReplacedBy::Press, .. } => Notice::FormFilled,
            Self::Filled(fields) => Notice::FilledFromToken(fields.clone()),
        }
    }
}
