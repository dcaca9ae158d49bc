//! The levers that tests use while the sandbox runs: lists, clocks, lasting refusals, and actions of others.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::date_header::DateHeader;
use crate::fault::{Fault, Route, When};
use crate::lag::Lag;
use crate::list::{Listing, Shift};
use crate::server::Sandbox;
use crate::state::Injection;
use crate::world::StoredBackup;

impl Sandbox {
    /// Backups created from now on appear late in lists, whoever creates them. The server itself knows them at once.
    pub fn lag_lists(&self, lag: Lag) {
        self.world().lag = lag;
    }

    /// Lists show every backup that exists by now. Those created later lag as configured.
    pub fn catch_up(&self) {
        for backup in &mut self.world().backups {
            backup.lag = Lag::None;
        }
    }

    /// From now on, lists of a kind are answered like this.
    pub fn set_listing(&self, route: Route, listing: Listing) {
        self.world().listings.insert(route, listing);
    }

    /// The next `times` times that a page of backups is read and more pages follow, the list changes after it.
    pub fn shift_lists(&self, shift: Shift, times: u32) {
        self.world().shift = Some((shift, times)).filter(|_| times > 0);
    }

    /// The list of an instance's backups has this additional first element, whatever the query filters.
    pub fn list_also(&self, instance_id: &str, element: Value) {
        self.world().foreign_elements.push((instance_id.to_owned(), element));
    }

    /// From now on, answers have this header `Date`.
    pub fn set_date(&self, date: DateHeader) {
        self.world().date = date;
    }

    /// The clock for `begin_time` and `end_time` of new backups is this many seconds ahead of this machine's; behind if
    /// negative.
    pub fn set_backup_clock(&self, seconds: i64) {
        self.world().backup_clock_off_by = seconds;
    }

    /// Whether a POST is refused for a running backup (`DBS.201205`) before its name is checked (`DBS.201201`).
    pub fn set_checks_running_first(&self, checks_running_first: bool) {
        self.world().checks_running_first = checks_running_first;
    }

    /// Whether an instance is `BACKING UP` while a backup of it is being built, which is the default.
    pub fn set_shows_backing_up(&self, shows_backing_up: bool) {
        self.world().hides_backing_up = !shows_backing_up;
    }

    /// Injects a fault into every call of a kind, after the faults for single calls. It replaces an earlier one.
    pub fn inject_always(&self, route: Route, when: When, fault: Fault) {
        self.clear_always(route);
        self.world().lasting_faults.push(Injection { route, when, fault });
    }

    /// Removes the fault for every call of a kind.
    pub fn clear_always(&self, route: Route) {
        self.world().lasting_faults.retain(|injection| injection.route != route);
    }

    /// The answer to every POST gets lost, however often a browser sends it: Firefox resends by itself on a reused
    /// connection, and how often depends on the number of such connections.
    pub fn lose_always(&self, when: When) {
        self.inject_always(Route::Create, when, Fault::Closed);
    }

    /// POSTs are answered again.
    pub fn answer_again(&self) {
        self.clear_always(Route::Create);
    }

    /// Creates a backup as if somebody else had requested it, and returns its ID, if there is such an instance.
    /// `change` may set another begin, type, description, or databases.
    pub fn make_with(&self, instance_id: &str, name: &str, change: impl FnOnce(&mut StoredBackup)) -> Option<String> {
        let mut world = self.world();
        let instance = world.instances.iter().find(|instance| instance.id == instance_id).map(Arc::clone)?;
        let mut backup = StoredBackup::new(&instance, &json!({ "name": name }), self.build_time(), false);
        change(&mut backup);
        let id = backup.id.clone();
        world.add(backup);
        Some(id)
    }

    /// Creates a backup as if somebody else had requested it now, and returns its ID, if there is such an instance.
    pub fn make(&self, instance_id: &str, name: &str) -> Option<String> {
        self.make_with(instance_id, name, |_| {})
    }

    /// Completes the backups of a name that are being built, whenever they began.
    pub fn complete(&self, name: &str) {
        for backup in self.world().backups.iter_mut().filter(|backup| backup.name == name && backup.is_building()) {
            backup.build_time = backup.begin.elapsed().unwrap_or_default();
        }
    }

    /// Somebody deletes the backups of a name: they are `DELETING`.
    pub fn delete(&self, name: &str) {
        for backup in self.world().backups.iter_mut().filter(|backup| backup.name == name) {
            backup.is_deleting = true;
        }
    }

    /// The backups that are `DELETING` are gone, and their names are free.
    pub fn finish_deletions(&self) {
        self.world().backups.retain(|backup| !backup.is_deleting);
    }
}
