//! The levers that tests pull while the sandbox runs: lists, clocks, refusals that last, and what others do.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::date_header::DateHeader;
use crate::fault::{Fault, Route, When};
use crate::lag::Lag;
use crate::list::{Listing, Shift};
use crate::resources::StoredBackup;
use crate::server::Sandbox;
use crate::state::Injection;

impl Sandbox {
    /// The backups that are made from now on appear late in the lists, whoever makes them. The server itself knows them
    /// at once.
    pub fn lag_lists(&self, lag: Lag) {
        self.world().lag = lag;
    }

    /// The lists show every backup that exists by now. Those made later lag as they were told to.
    pub fn catch_up(&self) {
        for backup in &mut self.world().backups {
            backup.lag = Lag::None;
        }
    }

    /// Lists of a kind are answered like this from now on.
    pub fn set_listing(&self, route: Route, listing: Listing) {
        self.world().listings.insert(route, listing);
    }

    /// The next so many times that a page of backups is read and more are to come, the list changes after it.
    pub fn shift_lists(&self, shift: Shift, times: u32) {
        self.world().shift = Some((shift, times)).filter(|_| times > 0);
    }

    /// The list of an instance's backups also has this element, as its first one, whatever the query filters.
    pub fn list_also(&self, instance_id: &str, element: Value) {
        self.world().foreign_elements.push((instance_id.to_owned(), element));
    }

    /// The header `Date` of the answers from now on.
    pub fn set_date(&self, date: DateHeader) {
        self.world().date = date;
    }

    /// The clock that `begin_time` and `end_time` of new backups are read from is so many seconds ahead of this
    /// machine's; behind, when negative.
    pub fn set_backup_clock(&self, seconds: i64) {
        self.world().backup_clock_off_by = seconds;
    }

    /// Whether a POST is refused for a running backup (`DBS.201205`) before its name is looked at (`DBS.201201`).
    pub fn set_checks_running_first(&self, checks_running_first: bool) {
        self.world().checks_running_first = checks_running_first;
    }

    /// Whether an instance is `BACKING UP` while a backup of it is built, as it is at first.
    pub fn set_shows_backing_up(&self, shows_backing_up: bool) {
        self.world().hides_backing_up = !shows_backing_up;
    }

    /// A fault happens to every call of a kind, after those that wait for one call each. It takes the place of an earlier
    /// one.
    pub fn inject_always(&self, route: Route, when: When, fault: Fault) {
        self.clear_always(route);
        self.world().lasting_faults.push(Injection { route, when, fault });
    }

    /// The fault that happens to every call of a kind ends.
    pub fn clear_always(&self, route: Route) {
        self.world().lasting_faults.retain(|injection| injection.route != route);
    }

    /// The answer to every POST gets lost, however often a browser sends one: Firefox sends again by itself on a connection
    /// that was used before, and how often depends on how many there are.
    pub fn lose_always(&self, when: When) {
        self.inject_always(Route::Create, when, Fault::Closed);
    }

    /// POSTs are answered again.
    pub fn answer_again(&self) {
        self.clear_always(Route::Create);
    }

    /// Makes a backup as if someone else had asked for it; its ID, if there is such an instance. `change` may give it
    /// another begin, type, description, or databases.
    pub fn make_with(&self, instance_id: &str, name: &str, change: impl FnOnce(&mut StoredBackup)) -> Option<String> {
        let mut world = self.world();
        let instance = world.instances.iter().find(|instance| instance.id == instance_id).map(Arc::clone)?;
        let mut backup = StoredBackup::new(&instance, &json!({ "name": name }), self.build_time(), false);
        change(&mut backup);
        let id = backup.id.clone();
        world.add(backup);
        Some(id)
    }

    /// Makes a backup as if someone else had asked for it now; its ID, if there is such an instance.
    pub fn make(&self, instance_id: &str, name: &str) -> Option<String> {
        self.make_with(instance_id, name, |_| {})
    }

    /// The backups of a name that are being built are done now, whenever they began.
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
