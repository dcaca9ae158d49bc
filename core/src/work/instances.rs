//! The project's instances, to choose from instead of typing an ID.

use std::rc::Rc;

use contract::instance::Instance;
use contract::search;

use super::loading::Loading;
use super::reader::Reader;
use crate::target::Target;

/// How many instances are shown at most.
pub const MAX_SHOWN: usize = 100;

/// The project's instances.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct Catalog {
    /// The instances as the API listed them.
    pub items: Vec<Rc<Instance>>,
    /// How far the reading has come.
    pub loading: Loading,
    /// Whether the list is shown.
    pub is_open: bool,
    /// The text of the search.
    pub search: String,
    /// The databases of the chosen instance, if the API lists them.
    pub databases: Vec<String>,
    pub(super) target: Option<Target>,
    pub(super) reader: Option<Reader>,
    pub(super) databases_of: Option<DatabasesOf>,
}

/// The instance whose databases are being read.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct DatabasesOf {
    pub(super) target: Target,
    pub(super) instance_id: String,
    pub(super) reader: Reader,
}

impl Catalog {
    /// The instances that match the search by name, ID, engine or status, ignoring case.
    pub fn matching(&self) -> impl Iterator<Item = &Rc<Instance>> {
        let wanted = self.search.trim().to_lowercase();
        self.items.iter().filter(move |instance| {
            let texts = [&instance.name, &instance.id, &instance.datastore, &instance.status];
            wanted.is_empty() || texts.into_iter().any(|text| search::contains(&text.to_lowercase(), &wanted))
        })
    }

    /// Those of them that are shown: the others can be found by searching.
    pub fn shown(&self) -> impl Iterator<Item = &Rc<Instance>> {
        self.matching().take(MAX_SHOWN)
    }

    /// The instance with this ID.
    pub fn find(&self, id: &str) -> Option<&Rc<Instance>> {
        self.items.iter().find(|instance| instance.id == id)
    }

    /// The instance with an ID, unless it can't be backed up.
    pub(crate) fn find_suitable(&self, id: &str) -> Option<Rc<Instance>> {
        self.find(id).filter(|instance| instance.unsuitable().is_none()).cloned()
    }

    /// The project that they were asked of.
    pub fn project_id(&self) -> Option<&str> {
        self.target.as_ref().map(|target| target.project_id.as_str())
    }

    /// Whether they are those of a target.
    pub(crate) fn is_of(&self, target: &Target) -> bool {
        self.target.as_ref() == Some(target)
    }

    /// The instance of a target, if its list was loaded.
    pub fn find_at(&self, target: &Target, id: &str) -> Option<&Rc<Instance>> {
        self.find(id).filter(|_| self.is_of(target))
    }
}
