//! The settings that a sandbox starts with.

use std::net::SocketAddr;
use std::time::Duration;

use crate::cloud::Cloud;
use crate::tls::Identity;

/// The behaviour of the sandbox.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address to listen on; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The cloud whose API it plays.
    pub cloud: Cloud,
    /// Whether pages of other origins may call it (CORS).
    pub cors: bool,
    /// How long a backup is BUILDING.
    pub build_time: Duration,
    /// Whether the API lists the databases of an instance, as on Huawei Cloud but not on Open Telekom Cloud.
    pub lists_databases: bool,
    /// Whether the project has 1,000 instances.
    pub is_large: bool,
    /// How soon automated backups are due.
    pub until_backup_window: Duration,
    /// How many backups the first instance has.
    pub backups: u32,
    /// The server's identity, if it is to be called with https only.
    pub identity: Option<Identity>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            cloud: Cloud::default(),
            cors: true,
            build_time: Duration::from_secs(20),
            lists_databases: true,
            is_large: false,
            // So that none is due while somebody tries the page.
            until_backup_window: Duration::from_secs(12 * 60 * 60),
            backups: 0,
            identity: None,
        }
    }
}
