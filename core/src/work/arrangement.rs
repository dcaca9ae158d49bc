//! How the backups of an instance are shown.

use std::cmp::Ordering;

use contract::backup::Kind;

/// How the backups are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// By which column they are sorted.
    pub column: Column,
    /// Whether the order is ascending.
    pub ascends: bool,
    /// Only backups of this type.
    pub kind: Option<Kind>,
    /// Only backups whose name contains this text, ignoring case.
    pub name: String,
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Name.
    Name,
    /// Begin.
    #[default]
    Begin,
    /// Duration.
    Duration,
    /// Size.
    Size,
}

impl Arrangement {
    /// Sorts by a column: descending first, and ascending when it was already sorted so.
    #[must_use]
    pub fn sorted_by(&self, column: Column) -> Self {
        let again = self.column == column;
        let starts_ascending = column == Column::Name;
        Self { column, ascends: if again { !self.ascends } else { starts_ascending }, ..self.clone() }
    }

    /// How a column is sorted; `None` when it isn't.
    pub fn order_of(&self, column: Column) -> Option<Ordering> {
        (self.column == column).then_some(if self.ascends { Ordering::Less } else { Ordering::Greater })
    }
}
