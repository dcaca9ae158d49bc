//! The server: start and stop, settings, and the levers that tests pull.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::{Method, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt;

use crate::document::Schema;
use crate::record::Recorded;
use crate::routes;
use crate::world::{self, Instance, StoredBackup};

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
    /// Whether the project has 1,000 instances and 10,000 backups.
    pub is_large: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            cors: true,
            build_time: Duration::from_secs(20),
            lists_databases: true,
            is_large: false,
        }
    }
}

/// An answer that a test dictates instead of the sandbox's own.
#[derive(Clone, Debug)]
pub struct Scripted {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Location`, for redirects.
    pub location: Option<String>,
    /// The body.
    pub body: String,
    /// Whether the connection breaks before the end of the body.
    pub breaks_off: bool,
}

impl Scripted {
    /// A whole answer with a body in JSON.
    pub fn json(status: u16, body: &str) -> Self {
        Self { status, content_type: "application/json", location: None, body: body.to_owned(), breaks_off: false }
    }
}

/// A running sandbox. Dropping it stops it.
pub struct Sandbox {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<io::Result<()>>,
}

/// While it lives, requests are received and not worked on.
pub struct Hold(Arc<Shared>);

/// What the routes share.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) create_backup: Schema,
    pub(crate) requests: watch::Sender<Vec<Recorded>>,
    pub(crate) held: watch::Sender<bool>,
    world: Mutex<World>,
}

/// What changes while the sandbox runs.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) instances: Vec<Arc<Instance>>,
    pub(crate) backups: Vec<StoredBackup>,
    pub(crate) script: VecDeque<Scripted>,
    pub(crate) lost: VecDeque<Lost>,
    pub(crate) throttled: u32,
    pub(crate) renewals: u32,
    pub(crate) next_fails: bool,
    /// Statuses that instances have whatever goes on.
    pub(crate) statuses: HashMap<String, &'static str>,
}

/// An answer that gets lost: the connection closes before its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The backup was made.
    AfterCommit,
    /// Nothing was made.
    BeforeCommit,
}

/// Marks a response that is not to be sent.
#[derive(Clone)]
pub(crate) struct Unsent;

impl Shared {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
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
        let backups = match instances.first() {
            Some(first) if settings.is_large => world::many_backups(first),
            _ => Vec::new(),
        };
        let shared = Arc::new(Shared {
            settings,
            create_backup: Schema::named("CreateBackup").map_err(io::Error::other)?,
            requests: watch::Sender::default(),
            held: watch::Sender::default(),
            world: Mutex::new(World { instances, backups, ..World::default() }),
        });
        let router = routes::router(Arc::clone(&shared));
        let server = tokio::spawn(accept(listener, router));
        Ok(Self { address, shared, server })
    }

    /// The address to type into the page's Endpoint field.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything received so far, preflights included.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.requests.borrow().clone()
    }

    /// The received requests with a method.
    pub fn requests_with(&self, method: &Method) -> Vec<Recorded> {
        self.requests().into_iter().filter(|request| request.method == method).collect()
    }

    /// Waits until a request with the method has arrived.
    pub async fn received(&self, method: &Method) {
        let mut requests = self.shared.requests.subscribe();
        let arrived = |requests: &Vec<Recorded>| requests.iter().any(|request| request.method == method);
        // The sender lives as long as the sandbox: the wait can't fail.
        let _ = requests.wait_for(arrived).await;
    }

    /// The backups that exist.
    pub fn backups(&self) -> Vec<StoredBackup> {
        self.shared.world().backups.clone()
    }

    /// From now on requests are received and recorded, and wait until the returned value is dropped.
    pub fn hold(&self) -> Hold {
        self.shared.held.send_replace(true);
        Hold(Arc::clone(&self.shared))
    }

    /// The answers to the next POSTs get lost.
    pub fn lose(&self, answers: &[Lost]) {
        self.shared.world().lost.extend(answers);
    }

    /// The next GETs are throttled, and may come again after a second.
    pub fn throttle(&self, requests: u32) {
        self.shared.world().throttled = requests;
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

    /// The next POST gets this answer.
    pub fn script(&self, answer: Scripted) {
        self.shared.world().script.push_back(answer);
    }

    /// Runs until the server fails.
    ///
    /// # Errors
    /// What made it fail.
    pub async fn run(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)?
    }
}

/// Serves each connection until it ends; an answer marked as [`Unsent`] ends it without a byte.
async fn accept(listener: TcpListener, router: Router) -> io::Result<()> {
    // The connections end with the sandbox.
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await?;
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let router = router.clone();
            async move {
                let response = router.oneshot(request).await.map_err(io::Error::other)?;
                if response.extensions().get::<Unsent>().is_some() {
                    return Err(io::Error::other("the answer gets lost"));
                }
                Ok(response)
            }
        });
        connections.spawn(async move {
            // How a connection ends is the client's affair.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
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
