//! The server: start and stop, what it has received, and the faults of the next calls.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use axum::http::Method;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::connection::{self, ListenerSwitch};
use crate::fault::{Fault, FaultTiming, FixedResponse, Route};
use crate::fixtures;
use crate::record::RecordedRequest;
use crate::resources::StoredBackup;
use crate::routes;
use crate::settings::Settings;
use crate::state::{ApiState, AppState, Injection};
use crate::tls::Identity;

/// How long a test waits for something that must happen.
const WAIT_TIMEOUT: Duration = Duration::from_secs(30);

/// A running sandbox. Dropping it stops it.
pub struct Sandbox {
    address: SocketAddr,
    shared: Arc<AppState>,
    switch: ListenerSwitch,
    server: JoinHandle<io::Result<()>>,
}

/// While this exists, requests are received but not processed: all of them, or those of one kind.
pub struct Hold {
    shared: Arc<AppState>,
    route: Option<Route>,
}

impl Sandbox {
    /// Starts a sandbox.
    ///
    /// # Errors
    /// If the address can't be bound, or the OpenAPI document is invalid.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        let instances = fixtures::instances(settings.is_large, settings.until_backup_window);
        let backups =
            instances.first().map(|first| fixtures::hourly_backups(first, settings.backups)).unwrap_or_default();
        let tls = settings.identity.as_ref().map(Identity::acceptor).transpose()?;
        let api = ApiState { instances, backups, ..ApiState::default() };
        let shared = Arc::new(AppState::new(settings, api)?);
        let router = routes::router(Arc::clone(&shared));
        let switch = ListenerSwitch { wanted: watch::Sender::new(true), listens: watch::Sender::new(true) };
        let server = tokio::spawn(connection::serve(listener, router, switch.clone(), tls));
        Ok(Self { address, shared, switch, server })
    }

    /// The address to type into the page's Endpoint field.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything received so far, preflights included.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.requests.borrow().clone()
    }

    /// The received requests with a method.
    pub fn requests_with(&self, method: &Method) -> Vec<RecordedRequest> {
        self.requests().into_iter().filter(|request| request.method == method).collect()
    }

    /// Waits up to half a minute until a request with the method has arrived; if none has, the test's next expectation
    /// fails.
    pub async fn wait_for_request(&self, method: &Method) {
        let mut requests = self.shared.requests.subscribe();
        let arrived = |requests: &Vec<RecordedRequest>| requests.iter().any(|request| request.method == method);
        let _ = timeout(WAIT_TIMEOUT, requests.wait_for(arrived)).await;
    }

    /// How many requests of a kind have arrived.
    pub fn call_count(&self, route: Route) -> usize {
        call_count(route, &self.shared.requests.borrow())
    }

    /// Waits up to half a minute until this many requests of a kind have arrived since the start.
    pub async fn wait_for_calls(&self, route: Route, times: usize) {
        let mut requests = self.shared.requests.subscribe();
        let _ = timeout(WAIT_TIMEOUT, requests.wait_for(|requests| call_count(route, requests) >= times)).await;
    }

    /// The backups that exist.
    pub fn backups(&self) -> Vec<StoredBackup> {
        self.shared.api().backups.clone()
    }

    /// Forgets every backup, as if none had been created.
    pub fn forget_backups(&self) {
        self.shared.api().backups.clear();
    }

    /// From now on requests are received and recorded, and wait until the returned value is dropped.
    pub fn hold(&self) -> Hold {
        self.hold_some(None)
    }

    /// From now on requests of one kind are received and recorded, and wait until the returned value is dropped.
    pub fn hold_only(&self, route: Route) -> Hold {
        self.hold_some(Some(route))
    }

    fn hold_some(&self, route: Option<Route>) -> Hold {
        self.shared.held.send_modify(|held| held.push(route));
        Hold { shared: Arc::clone(&self.shared), route }
    }

    /// Injects a fault into the next call of a kind. Several faults happen one after the other.
    pub fn inject(&self, route: Route, when: FaultTiming, fault: Fault) {
        self.shared.api().faults.push(Injection { route, when, fault });
    }

    /// Removes the faults that haven't happened yet, and returns their number.
    pub fn clear_faults(&self) -> usize {
        std::mem::take(&mut self.shared.api().faults).len()
    }

    /// Waits up to half a minute until no fault is left for calls of this kind.
    pub async fn wait_for_fault(&self, route: Route) {
        let mut requests = self.shared.requests.subscribe();
        let is_met =
            |_: &Vec<RecordedRequest>| !self.shared.api().faults.iter().any(|injection| injection.route == route);
        let _ = timeout(WAIT_TIMEOUT, requests.wait_for(is_met)).await;
    }

    /// The answers to the next POSTs get lost.
    pub fn drop_responses(&self, answers: &[FaultTiming]) {
        for when in answers {
            self.inject(Route::Create, *when, Fault::Closed);
        }
    }

    /// The server stops listening, and every connection ends.
    pub async fn stop_listening(&self) {
        self.switch.wanted.send_replace(false);
        self.listens(false).await;
    }

    /// The server listens again.
    pub async fn start_listening(&self) {
        self.switch.wanted.send_replace(true);
        self.listens(true).await;
    }

    async fn listens(&self, listens: bool) {
        // The sender exists as long as the sandbox, so the wait can't fail.
        let _ = self.switch.listens.subscribe().wait_for(|now| *now == listens).await;
    }

    /// The token expires; the returned one is accepted from now on.
    pub fn renew_token(&self) -> String {
        let mut api = self.shared.api();
        api.renewals += 1;
        fixtures::renewed_token(api.renewals)
    }

    /// The next backup will fail.
    pub fn fail_next(&self) {
        self.shared.api().next_fails = true;
    }

    /// Sets the status of an instance, or lets it have its actual one again.
    pub fn set_status(&self, instance_id: &str, status: Option<&'static str>) {
        let mut api = self.shared.api();
        match status {
            Some(status) => api.statuses.insert(instance_id.to_owned(), status),
            None => api.statuses.remove(instance_id),
        };
    }

    /// Completes the backups that are being built.
    pub fn finish_backups(&self) {
        for backup in &mut self.shared.api().backups {
            if backup.is_building() {
                // As if they had begun five minutes ago, since real backups take a while.
                backup.begin -= Duration::from_secs(300);
                backup.build_time = Duration::from_secs(299);
            }
        }
    }

    /// The next POST gets this answer, and creates nothing.
    pub fn respond_next_with(&self, answer: FixedResponse) {
        self.inject(Route::Create, FaultTiming::BeforeCommit, Fault::FixedResponse(answer));
    }

    pub(crate) fn api(&self) -> MutexGuard<'_, ApiState> {
        self.shared.api()
    }

    pub(crate) fn build_time(&self) -> Duration {
        self.shared.settings.build_time
    }

    /// Runs until the server fails.
    ///
    /// # Errors
    /// The server's error.
    pub async fn run(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)?
    }
}

/// The number of requests of a kind.
fn call_count(route: Route, requests: &[RecordedRequest]) -> usize {
    requests.iter().filter(|request| Route::of(&request.method, &request.uri) == Some(route)).count()
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.shared.held.send_modify(|held| {
            if let Some(index) = held.iter().position(|route| *route == self.route) {
                held.remove(index);
            }
        });
    }
}
