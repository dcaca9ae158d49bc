//! The server: start and stop, settings, and the levers that tests pull.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::Method;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::document::Schema;
use crate::record::Recorded;
use crate::routes;
use crate::world::StoredBackup;

/// How the sandbox behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether pages of other origins may call it.
    pub cors: bool,
    /// How long a backup is BUILDING.
    pub build_time: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 0)), cors: true, build_time: Duration::from_secs(20) }
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
    pub(crate) backups: Vec<StoredBackup>,
    pub(crate) script: VecDeque<Scripted>,
}

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
        let shared = Arc::new(Shared {
            settings,
            create_backup: Schema::named("CreateBackup").map_err(io::Error::other)?,
            requests: watch::Sender::default(),
            held: watch::Sender::default(),
            world: Mutex::default(),
        });
        let router = routes::router(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
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
