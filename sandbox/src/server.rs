//! The server: start and stop, settings, and the levers that tests pull.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::Method;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::document::Schema;
use crate::fault::{Fault, Route, Scripted, When};
use crate::record::Record;
use crate::routes;
use crate::tls::Identity;
use crate::wire::{self, Switch};
use crate::world::{self, Instance, StoredBackup};

/// How long a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the sandbox behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether pages of other origins may call it.
    pub cors: bool,
    /// How long a backup is BUILDING.
    pub build_time: Duration,
    /// Whether the API lists the databases of an instance, as Huawei Cloud's does and Open Telekom Cloud's doesn't.
    pub lists_databases: bool,
    /// Whether the project has 1,000 instances.
    pub is_large: bool,
    /// How many backups the first instance has.
    pub backups: u32,
    /// Who it is, when it is to be called with https only.
    pub identity: Option<Identity>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            cors: true,
            build_time: Duration::from_secs(20),
            lists_databases: true,
            is_large: false,
            backups: 0,
            identity: None,
        }
    }
}

/// A running sandbox. Dropping it stops it.
pub struct Sandbox {
    address: SocketAddr,
    shared: Arc<Shared>,
    switch: Switch,
    server: JoinHandle<io::Result<()>>,
}

/// While it lives, requests are received and not worked on.
pub struct Hold(Arc<Shared>);

/// What the routes share.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) create_backup: Schema,
    pub(crate) requests: watch::Sender<Vec<Record>>,
    pub(crate) held: watch::Sender<bool>,
    world: Mutex<World>,
}

/// A fault that waits for its call.
pub(crate) struct Injection {
    pub(crate) route: Route,
    pub(crate) when: When,
    pub(crate) fault: Fault,
}

/// What changes while the sandbox runs.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) instances: Vec<Arc<Instance>>,
    pub(crate) backups: Vec<StoredBackup>,
    pub(crate) faults: Vec<Injection>,
    pub(crate) renewals: u32,
    pub(crate) next_fails: bool,
    /// Statuses that instances have whatever goes on.
    pub(crate) statuses: HashMap<String, &'static str>,
}

impl Shared {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    /// The fault that waits longest for a call.
    pub(crate) fn take_fault(&mut self, route: Route) -> Option<Injection> {
        let index = self.faults.iter().position(|injection| injection.route == route)?;
        Some(self.faults.remove(index))
    }
}

impl Sandbox {
    /// Starts a sandbox.
    ///
    /// # Errors
    /// When the address can't be listened on, or the OpenAPI document is broken.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        let instances = world::instances(settings.is_large);
        let backups = instances.first().map(|first| world::many_backups(first, settings.backups)).unwrap_or_default();
        let tls = settings.identity.as_ref().map(Identity::acceptor).transpose()?;
        let shared = Arc::new(Shared {
            settings,
            create_backup: Schema::named("CreateBackup").map_err(io::Error::other)?,
            requests: watch::Sender::default(),
            held: watch::Sender::default(),
            world: Mutex::new(World { instances, backups, ..World::default() }),
        });
        let router = routes::router(Arc::clone(&shared));
        let switch = Switch { wanted: watch::Sender::new(true), listens: watch::Sender::new(true) };
        let server = tokio::spawn(wire::serve(listener, router, switch.clone(), tls));
        Ok(Self { address, shared, switch, server })
    }

    /// The address to type into the page's Endpoint field.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything received so far, preflights included.
    pub fn requests(&self) -> Vec<Record> {
        self.shared.requests.borrow().clone()
    }

    /// The received requests with a method.
    pub fn requests_with(&self, method: &Method) -> Vec<Record> {
        self.requests().into_iter().filter(|request| request.method == method).collect()
    }

    /// Waits until a request with the method has arrived, or half a minute: what a test expects next isn't there then.
    pub async fn received(&self, method: &Method) {
        let mut requests = self.shared.requests.subscribe();
        let arrived = |requests: &Vec<Record>| requests.iter().any(|request| request.method == method);
        let _ = timeout(PATIENCE, requests.wait_for(arrived)).await;
    }

    /// The backups that exist.
    pub fn backups(&self) -> Vec<StoredBackup> {
        self.shared.world().backups.clone()
    }

    /// Forgets every backup, as if none had been made.
    pub fn forget_backups(&self) {
        self.shared.world().backups.clear();
    }

    /// From now on requests are received and recorded, and wait until the returned value is dropped.
    pub fn hold(&self) -> Hold {
        self.shared.held.send_replace(true);
        Hold(Arc::clone(&self.shared))
    }

    /// A fault happens to the next call of a kind. Several are met one after the other.
    pub fn inject(&self, route: Route, when: When, fault: Fault) {
        self.shared.world().faults.push(Injection { route, when, fault });
    }

    /// The faults that haven't been met go away; how many they were.
    pub fn clear_faults(&self) -> usize {
        std::mem::take(&mut self.shared.world().faults).len()
    }

    /// Waits until no fault waits for a call of this kind any more, or half a minute.
    pub async fn fault_met(&self, route: Route) {
        let mut requests = self.shared.requests.subscribe();
        let is_met = |_: &Vec<Record>| !self.shared.world().faults.iter().any(|injection| injection.route == route);
        let _ = timeout(PATIENCE, requests.wait_for(is_met)).await;
    }

    /// The answers to the next POSTs get lost.
    pub fn lose(&self, answers: &[When]) {
        for when in answers {
            self.inject(Route::Create, *when, Fault::Closed);
        }
    }

    /// The server stops listening, and every connection ends.
    pub async fn go_down(&self) {
        self.switch.wanted.send_replace(false);
        self.listens(false).await;
    }

    /// The server listens again.
    pub async fn come_up(&self) {
        self.switch.wanted.send_replace(true);
        self.listens(true).await;
    }

    async fn listens(&self, listens: bool) {
        // The sender lives as long as the sandbox: the wait can't fail.
        let _ = self.switch.listens.subscribe().wait_for(|now| *now == listens).await;
    }

    /// The token expires; the returned one is taken from now on.
    pub fn renew_token(&self) -> String {
        let mut world = self.shared.world();
        world.renewals += 1;
        world::renewed_token(world.renewals)
    }

    /// The next backup will fail.
    pub fn fail_next(&self) {
        self.shared.world().next_fails = true;
    }

    /// Gives an instance a status, or lets it have its own again.
    pub fn set_status(&self, instance_id: &str, status: Option<&'static str>) {
        let mut world = self.shared.world();
        match status {
            Some(status) => world.statuses.insert(instance_id.to_owned(), status),
            None => world.statuses.remove(instance_id),
        };
    }

    /// Makes a backup as if someone else had asked for it.
    pub fn make(&self, instance_id: &str, name: &str) {
        let mut world = self.shared.world();
        let instance = world.instances.iter().find(|instance| instance.id == instance_id).map(Arc::clone);
        if let Some(instance) = instance {
            let body = serde_json::json!({ "name": name });
            let backup = StoredBackup::new(&instance, &body, self.shared.settings.build_time, false);
            world.backups.push(backup);
        }
    }

    /// The backups that are being built are done now.
    pub fn finish_backups(&self) {
        for backup in &mut self.shared.world().backups {
            if backup.is_building() {
                // As if they had begun five minutes ago: a backup takes its time.
                backup.begin -= Duration::from_secs(300);
                backup.build_time = Duration::from_secs(299);
            }
        }
    }

    /// The next POST gets this answer, and makes nothing.
    pub fn script(&self, answer: Scripted) {
        self.inject(Route::Create, When::BeforeCommit, Fault::Scripted(answer));
    }

    /// Runs until the server fails.
    ///
    /// # Errors
    /// What made it fail.
    pub async fn run(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)?
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.held.send_replace(false);
    }
}
