//! The project's instances, to choose from instead of typing an ID.

use std::rc::Rc;

use contract::call::{Call, PAGE};
use contract::instance::{Engine, Instance};
use contract::list;
use contract::rules::Field;
use contract::suggestion::backup_name_for;

use super::backups::{Arrived, Loading};
use super::ticket::Purpose;
use super::{Effect, Focus, Millis, NoAnswer, Received, State, Target};

/// So many instances, and databases of one, are read.
const MOST: usize = 1_000;

/// The instances of the project.
#[derive(Clone, Default, PartialEq)]
pub struct Catalog {
    /// As the API listed them.
    pub items: Vec<Rc<Instance>>,
    /// How far the reading has come.
    pub loading: Loading,
    /// Whether the list is shown.
    pub is_open: bool,
    /// What the user searches for.
    pub search: String,
    /// The databases of the chosen instance, where the API lists them.
    pub databases: Vec<String>,
    target: Option<Target>,
}

impl Catalog {
    /// The instances that match the search: by name, ID, engine or status, in either case.
    pub fn matching(&self) -> impl Iterator<Item = &Rc<Instance>> {
        let wanted = self.search.trim().to_lowercase();
        self.items.iter().filter(move |instance| {
            let texts = [&instance.name, &instance.id, &instance.datastore, &instance.status];
            wanted.is_empty() || texts.into_iter().any(|text| text.to_lowercase().contains(&wanted))
        })
    }

    /// The instance with an ID.
    pub fn find(&self, id: &str) -> Option<&Rc<Instance>> {
        self.items.iter().find(|instance| instance.id == id)
    }
}

impl State {
    /// Reads the list, again if it is there already.
    pub(super) fn load_instances(&mut self) -> Vec<Effect> {
        let target = match self.target() {
            Ok(target) => target,
            Err(effects) => return effects,
        };
        let mut effects = self.give_up(|purpose| *purpose == Purpose::Instances);
        self.instances = Catalog {
            is_open: true,
            loading: Loading::Underway { loaded: 0, total: None },
            search: self.instances.search.clone(),
            target: Some(target),
            ..Catalog::default()
        };
        effects.extend(self.next_instances());
        effects
    }

    fn next_instances(&mut self) -> Option<Effect> {
        let target = self.instances.target.clone()?;
        self.fetch(Purpose::Instances, &target, Call::Instances { offset: self.instances.items.len() })
    }

    pub(super) fn instances_answered(&mut self, result: Result<Received, NoAnswer>) -> Vec<Effect> {
        let loaded = self.instances.items.len();
        let Some(Arrived { items, is_last }) = self.instances.loading.advance(result, list::instances, loaded, MOST)
        else {
            return vec![];
        };
        self.instances.items.extend(items.into_iter().map(Rc::new));
        if is_last { vec![] } else { self.next_instances().into_iter().collect() }
    }

    pub(super) fn choose_instance(&mut self, id: &str) -> Vec<Effect> {
        let Some(instance) = self.instances.find(id).cloned().filter(|instance| instance.unsuitable().is_none()) else {
            return vec![];
        };
        let engine = instance.engine;
        self.form.choose(instance);
        self.instances.is_open = false;
        let mut effects = self.give_up(|purpose| *purpose == Purpose::Databases);
        self.instances.databases.clear();
        if engine == Some(Engine::SqlServer) {
            effects.extend(self.next_databases(id));
        }
        effects.extend(self.show_backups());
        effects.push(Effect::Focus(Focus::Field(Field::Name)));
        effects
    }

    /// Where the API has no such list (Open Telekom Cloud), the names are typed, and nothing is amiss.
    pub(super) fn databases_answered(&mut self, result: Result<Received, NoAnswer>) -> Vec<Effect> {
        let page = result.ok().and_then(|received| list::databases(&received.answer, received.json.as_ref()).ok());
        let (Some(page), Some(chosen)) = (page, self.form.chosen.clone()) else { return vec![] };
        self.instances.databases.extend(page.items.iter().cloned());
        let is_last = page.items.len() < PAGE || self.instances.databases.len() >= MOST;
        if is_last { vec![] } else { self.next_databases(&chosen.id).into_iter().collect() }
    }

    fn next_databases(&mut self, instance_id: &str) -> Option<Effect> {
        let page = self.instances.databases.len() / PAGE + 1;
        let target = self.instances.target.clone()?;
        self.fetch(Purpose::Databases, &target, Call::Databases { instance_id: instance_id.to_owned(), page })
    }

    pub(super) fn suggest_name(&mut self, now: Millis) -> Vec<Effect> {
        let instance_name = self.form.chosen.as_ref().map_or("backup", |instance| &instance.name);
        let instance_id = contract::rules::tidy(&self.form.instance_id.text).to_owned();
        let name =
            backup_name_for(instance_name, now.moment(), |name| self.backups.named(&instance_id, name).is_some());
        self.form.edit(Field::Name, name, super::Input::Pasted);
        vec![Effect::Focus(Focus::Field(Field::Name))]
    }
}
