//! Several instances that are backed up with one press.

use std::rc::Rc;

use contract::instance::Instance;
use contract::time::UnixSeconds;

/// Several instances that are backed up with one press. Without any, the form is about the one whose ID it has.
#[derive(Clone, Default, PartialEq)]
pub struct Selection {
    /// The instances, in the order in which they were selected.
    pub instances: Rc<Vec<Selected>>,
    /// The moment that the names state: names change when their user wants it, and not while they are looked at.
    pub(crate) named_at: Option<UnixSeconds>,
    /// The names that were pressed for: they stay, whatever is selected besides, until their user wants others.
    pub(super) asked: Rc<Vec<Asked>>,
    /// The instance that was ticked last: a range begins there.
    pub(super) anchor: Option<String>,
}

/// A name that was pressed for.
#[derive(Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) instance_id: String,
    pub(super) pattern: Rc<str>,
    pub(super) name: String,
}

/// A selected instance.
#[derive(Clone, PartialEq)]
pub struct Selected {
    /// Its ID.
    pub id: String,
    /// What the loaded list has of it.
    pub instance: Option<Rc<Instance>>,
}

impl Selection {
    /// Whether an instance is selected.
    pub fn has(&self, id: &str) -> bool {
        self.instances.iter().any(|selected| selected.id == id)
    }

    pub(super) fn add(&mut self, id: &str, instance: Option<Rc<Instance>>) {
        if !self.has(id) {
            Rc::make_mut(&mut self.instances).push(Selected { id: id.to_owned(), instance });
        }
    }
}
