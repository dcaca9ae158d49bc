//! What tests change while the sandbox runs: lists, clocks, faults that last, and what other clients do.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::date_header::DateHeader;
use crate::fault::{Fault, FaultTiming, Route};
use crate::list::{ListBehaviour, ListChange};
use crate::list_delay::ListDelay;
use crate::resources::StoredBackup;
use crate::server::Sandbox;
use crate::state::Injection;

impl Sandbox {
    /// Backups created from now on appear late in lists, whoever creates them. The server itself knows them at once.
    pub fn set_list_delay(&self, delay: ListDelay) {
        self.api().list_delay = delay;
    }

    /// The lists show every backup that exists by now. The delay of those created later stays as it was set.
    pub fn end_list_delay(&self) {
        for backup in &mut self.api().backups {
            backup.list_delay = ListDelay::None;
        }
    }

    /// From now on, lists of a kind are answered like this.
    pub fn set_list_behaviour(&self, route: Route, listing: ListBehaviour) {
        self.api().listings.insert(route, listing);
    }

    /// The next `times` times that a page of backups is read and more pages follow, the list changes after it.
    pub fn change_lists_between_pages(&self, change: ListChange, times: u32) {
        self.api().list_change = Some((change, times)).filter(|_| times > 0);
    }

    /// The list of an instance's backups has this additional first element, whatever the query filters.
    pub fn add_list_element(&self, instance_id: &str, element: Value) {
        self.api().extra_elements.push((instance_id.to_owned(), element));
    }

    /// From now on, answers have this header `Date`.
    pub fn set_date(&self, date: DateHeader) {
        self.api().date = date;
    }

    /// The clock for `begin_time` and `end_time` of new backups is this many seconds ahead of this machine's; behind if
    /// negative.
    pub fn set_backup_clock(&self, seconds: i64) {
        self.api().backup_clock_off_by = seconds;
    }

    /// Whether a POST is refused for a running backup (`DBS.201205`) before its name is checked (`DBS.201201`).
    pub fn set_checks_running_first(&self, checks_running_first: bool) {
        self.api().checks_running_first = checks_running_first;
    }

    /// Whether an instance is `BACKING UP` while a backup of it is being built, which is the default.
    pub fn set_shows_backing_up(&self, shows_backing_up: bool) {
        self.api().hides_backing_up = !shows_backing_up;
    }

    /// Injects a fault into every call of a kind, after the faults for single calls. It replaces an earlier one.
    pub fn inject_always(&self, route: Route, when: FaultTiming, fault: Fault) {
        self.clear_always(route);
        self.api().lasting_faults.push(Injection { route, when, fault });
    }

    /// Removes the fault for every call of a kind.
    pub fn clear_always(&self, route: Route) {
        self.api().lasting_faults.retain(|injection| injection.route != route);
    }

    /// The answer to every POST gets lost, however often a browser sends it: Firefox resends by itself on a reused
    /// connection, and how often depends on the number of such connections.
    pub fn drop_all_responses(&self, when: FaultTiming) {
        self.inject_always(Route::Create, when, Fault::Closed);
    }

    /// POSTs are answered again.
    pub fn stop_dropping_responses(&self) {
        self.clear_always(Route::Create);
    }

    /// Creates a backup as if somebody else had requested it, and returns its ID, if there is such an instance.
    /// `change` may set another begin, type, description, or databases.
    pub fn create_backup_with(
        &self,
        instance_id: &str,
        name: &str,
        change: impl FnOnce(&mut StoredBackup),
    ) -> Option<String> {
        let mut api = self.api();
        let instance = api.instances.iter().find(|instance| instance.id == instance_id).map(Arc::clone)?;
        let mut backup = StoredBackup::new(&instance, &json!({ "name": name }), self.build_time(), false);
        change(&mut backup);
        let id = backup.id.clone();
        api.add(backup);
        Some(id)
    }

    /// Creates a backup as if somebody else had requested it now, and returns its ID, if there is such an instance.
    pub fn create_backup(&self, instance_id: &str, name: &str) -> Option<String> {
        self.create_backup_with(instance_id, name, |_| {})
    }

    /// Completes the backups of a name that are being built, whenever they began.
    pub fn complete_backups(&self, name: &str) {
        for backup in self.api().backups.iter_mut().filter(|backup| backup.name == name && backup.is_building()) {
            backup.build_time = backup.begin.elapsed().unwrap_or_default();
        }
    }

    /// Somebody deletes the backups of a name: they are `DELETING`.
    pub fn delete_backups(&self, name: &str) {
        for backup in self.api().backups.iter_mut().filter(|backup| backup.name == name) {
            backup.is_deleting = true;
        }
    }

    /// The backups that are `DELETING` are gone, and their names are free.
    pub fn finish_deletions(&self) {
        self.api().backups.retain(|backup| !backup.is_deleting);
    }
}
