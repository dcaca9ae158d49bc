//! What the routes and the control of the sandbox share: requests, held calls, faults, and the state of the API.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::date_header::DateHeader;
use crate::document::Schema;
use crate::fault::{Fault, FaultTiming, Route};
use crate::list::{ListBehaviour, ListChange};
use crate::list_delay::ListDelay;
use crate::record::RecordedRequest;
use crate::resources::{Instance, StoredBackup};
use crate::settings::Settings;

/// The state shared by the routes.
pub(crate) struct AppState {
    pub(crate) settings: Settings,
    pub(crate) create_backup: Schema,
    pub(crate) backup_type: Schema,
    pub(crate) requests: watch::Sender<Vec<RecordedRequest>>,
    pub(crate) held: watch::Sender<Vec<Option<Route>>>,
    api: Mutex<ApiState>,
}

/// A fault that waits for its call.
#[derive(Clone)]
pub(crate) struct Injection {
    pub(crate) route: Route,
    pub(crate) when: FaultTiming,
    pub(crate) fault: Fault,
}

/// The data that changes while the sandbox runs.
#[derive(Default)]
pub(crate) struct ApiState {
    pub(crate) instances: Vec<Arc<Instance>>,
    pub(crate) backups: Vec<StoredBackup>,
    pub(crate) faults: Vec<Injection>,
    pub(crate) lasting_faults: Vec<Injection>,
    pub(crate) renewals: usize,
    pub(crate) next_fails: bool,
    /// Statuses set for instances, which take precedence over their actual state.
    pub(crate) statuses: HashMap<String, &'static str>,
    pub(crate) hides_backing_up: bool,
    pub(crate) checks_running_first: bool,
    pub(crate) date: DateHeader,
    pub(crate) backup_clock_off_by: i64,
    pub(crate) list_delay: ListDelay,
    pub(crate) listings: HashMap<Route, ListBehaviour>,
    /// Changes that will happen to lists of backups between their pages, and how many times.
    pub(crate) list_change: Option<(ListChange, u32)>,
    /// Additional elements in lists of backups, with the instance whose list it is.
    pub(crate) extra_elements: Vec<(String, Value)>,
}

impl AppState {
    /// The initial state.
    ///
    /// # Errors
    /// If the OpenAPI document is invalid.
    pub(crate) fn new(settings: Settings, api: ApiState) -> io::Result<Self> {
        let create_backup = Schema::create_backup(settings.cloud).map_err(io::Error::other)?;
        Ok(Self {
            settings,
            create_backup,
            backup_type: Schema::named("Type").map_err(io::Error::other)?,
            requests: watch::Sender::default(),
            held: watch::Sender::default(),
            api: Mutex::new(api),
        })
    }

    pub(crate) fn api(&self) -> MutexGuard<'_, ApiState> {
        self.api.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ApiState {
    /// How lists of this kind are answered.
    pub(crate) fn listing(&self, route: Route) -> ListBehaviour {
        self.listings.get(&route).cloned().unwrap_or_default()
    }

    /// The fault that has waited longest for such a call, or else the one for every call of its kind.
    pub(crate) fn take_fault(&mut self, route: Route) -> Option<Injection> {
        match self.faults.iter().position(|injection| injection.route == route) {
            Some(index) => Some(self.faults.remove(index)),
            None => self.lasting_faults.iter().find(|injection| injection.route == route).cloned(),
        }
    }

    /// Creates the backup: its begin is by the clock for backups, and lists show it when they are told to.
    pub(crate) fn add(&mut self, mut backup: StoredBackup) -> Value {
        backup.clock_off_by = self.backup_clock_off_by;
        backup.list_delay = self.list_delay;
        let answer = backup.created();
        let later = self.backups.iter().rposition(|other| other.begin <= backup.begin).map_or(0, |index| index + 1);
        self.backups.insert(later, backup);
        answer
    }

    /// A list of an instance's backups was answered: the backups that it lacked need one list fewer to appear.
    pub(crate) fn list_was_read(&mut self, instance_id: &str) {
        for backup in self.backups.iter_mut().filter(|backup| backup.instance.id == instance_id) {
            if let ListDelay::Requests(left) = backup.list_delay {
                backup.list_delay = left.checked_sub(1).map_or(ListDelay::None, ListDelay::Requests);
            }
        }
    }

    /// A page with these backups was read, and more are to come: the change that is set for the list happens.
    pub(crate) fn apply_list_change(&mut self, instance_id: &str, page: &[String]) {
        let Some((change, left)) = self.list_change.take() else { return };
        self.list_change = left.checked_sub(1).filter(|left| *left > 0).map(|left| (change, left));
        match change {
            ListChange::BackupCreated => {
                let instance = self.instances.iter().find(|instance| instance.id == instance_id).map(Arc::clone);
                let body = json!({ "name": format!("added-{left}") });
                self.backups
                    .extend(instance.map(|instance| StoredBackup::new(&instance, &body, Duration::ZERO, false)));
            }
            ListChange::BackupDeleted => {
                let is_finished =
                    |id: &&String| self.backups.iter().any(|backup| backup.id == **id && !backup.is_building());
                if let Some(id) = page.iter().find(is_finished) {
                    self.backups.retain(|backup| backup.id != *id);
                }
            }
        }
    }
}
