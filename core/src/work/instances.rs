//! The project's instances, to choose from instead of typing an ID.

use std::rc::Rc;

use contract::call::{Call, PAGE};
use contract::instance::{Engine, Instance};
use contract::list;
use contract::search;

use super::Work;
use super::disruption::{self, Disruption};
use super::reader::{Progress, Reader};
use super::reading::Loading;
use crate::cx::Cx;
use crate::session::credentials::{Target, Use};
use crate::ticket::Purpose;
use crate::{Action, NoResponse, Received};

/// So many pages of instances are read, or of databases.
const PAGES: usize = 10;

/// The instances of the project.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(test, derive(Debug))]
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
    reader: Option<Reader>,
    databases_of: Option<DatabasesOf>,
}

/// The instance whose databases are read.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
struct DatabasesOf {
    target: Target,
    instance_id: String,
    reader: Reader,
}

impl Catalog {
    /// The instances that match the search: by name, ID, engine or status, in either case.
    pub fn matching(&self) -> impl Iterator<Item = &Rc<Instance>> {
        let wanted = self.search.trim().to_lowercase();
        self.items.iter().filter(move |instance| {
            let texts = [&instance.name, &instance.id, &instance.datastore, &instance.status];
            wanted.is_empty() || texts.into_iter().any(|text| search::contains(&text.to_lowercase(), &wanted))
        })
    }

    /// The instance with an ID.
    pub fn find(&self, id: &str) -> Option<&Rc<Instance>> {
        self.items.iter().find(|instance| instance.id == id)
    }

    /// The instance of a target, where its list is here.
    pub fn find_at(&self, target: &Target, id: &str) -> Option<&Rc<Instance>> {
        self.find(id).filter(|_| self.target.as_ref() == Some(target))
    }
}

impl Work {
    /// Reads the list, again if it is there already.
    pub(super) fn load_instances(&mut self, target: Target, cx: &mut Cx) {
        cx.withdraw(|purpose| purpose == Purpose::Instances);
        self.instances = Catalog {
            is_open: true,
            loading: Loading::Underway { loaded: 0, total: None },
            search: std::mem::take(&mut self.instances.search),
            target: Some(target),
            reader: Some(Reader::new(cx.now.monotonic, PAGES)),
            ..Catalog::default()
        };
        self.next_instances(cx);
    }

    fn next_instances(&mut self, cx: &mut Cx) {
        let (Some(target), Some(reader)) = (self.instances.target.clone(), &self.instances.reader) else { return };
        let call = Call::Instances { offset: reader.next_offset() };
        if cx.call(Purpose::Instances, &target, call, cx.limits.answer).is_err() {
            self.instances.loading = Loading::NoToken;
        }
    }

    pub(super) fn instances_answered(
        &mut self,
        result: Result<Received, NoResponse>,
        credential: Option<&Use>,
        cx: &mut Cx,
    ) {
        let page = disruption::read(result, |received| list::instances(&received.response, received.json.as_ref()));
        let Some(reader) = &mut self.instances.reader else { return };
        let page = match page {
            Ok(page) => page,
            Err(Disruption::TokenRejected(_)) if credential.is_some_and(|used| !cx.credentials.reject(used)) => {
                return self.next_instances(cx);
            }
            Err(disruption) => return self.instances.loading = Loading::of_disruption(disruption, cx),
        };
        let (new, progress) = reader.take(page, |instance| &instance.id);
        let (loaded, total) = reader.count();
        progress.collect(&mut self.instances.items, new.into_iter().map(Rc::new));
        match progress {
            Progress::More | Progress::Again => {
                self.instances.loading = Loading::Underway { loaded, total };
                self.next_instances(cx);
            }
            Progress::Ended(extent) => self.instances.loading = Loading::Done(extent),
        }
    }

    /// An instance was chosen: its databases are read where it has some, and its backups.
    pub(super) fn instance_chosen(&mut self, target: &Target, id: &str, cx: &mut Cx) {
        cx.withdraw(|purpose| purpose == Purpose::Databases);
        self.instances.is_open = false;
        self.instances.databases.clear();
        self.instances.databases_of = None;
        if self.instances.find(id).is_some_and(|instance| instance.engine == Some(Engine::SqlServer)) {
            let reader = Reader::new(cx.now.monotonic, PAGES);
            self.instances.databases_of =
                Some(DatabasesOf { target: target.clone(), instance_id: id.to_owned(), reader });
            self.next_databases(cx);
        }
        self.show_backups(target, id, cx);
    }

    /// Where the API has no such list (Open Telekom Cloud), the names are typed, and nothing is amiss.
    pub(super) fn databases_answered(
        &mut self,
        result: Result<Received, NoResponse>,
        credential: Option<&Use>,
        cx: &mut Cx,
    ) {
        let page = disruption::read(result, |received| list::databases(&received.response, received.json.as_ref()));
        let page = match page {
            Ok(page) => page,
            Err(Disruption::TokenRejected(_)) => {
                if credential.is_some_and(|used| !cx.credentials.reject(used)) {
                    return self.next_databases(cx);
                }
                return cx.then(Action::TokenWanted);
            }
            Err(_) => return,
        };
        let Some(DatabasesOf { reader, .. }) = &mut self.instances.databases_of else { return };
        let (new, progress) = reader.take(page, String::as_str);
        progress.collect(&mut self.instances.databases, new);
        match progress {
            Progress::More | Progress::Again => self.next_databases(cx),
            Progress::Ended(_) => {}
        }
    }

    fn next_databases(&mut self, cx: &mut Cx) {
        let Some(DatabasesOf { target, instance_id, reader }) = &self.instances.databases_of else { return };
        let call = Call::Databases { instance_id: instance_id.clone(), page: reader.next_offset() / PAGE + 1 };
        let target = target.clone();
        // Without them the names are typed.
        let _ = cx.call(Purpose::Databases, &target, call, cx.limits.answer);
    }
}
