//! Runs the sandbox API until it is stopped.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser;
use sandbox::world::MANY;
use sandbox::{Sandbox, Settings};

/// A local RDS backup API for trying the console.
#[derive(Parser)]
struct Options {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// Refuse calls from pages of other origins, as the real API may
    #[arg(long)]
    no_cors: bool,
    /// How many seconds a backup is BUILDING
    #[arg(long, default_value_t = 20)]
    build_seconds: u64,
    /// Answer as Open Telekom Cloud does, which doesn't list the databases of an instance
    #[arg(long)]
    no_databases: bool,
    /// Hold 1,000 instances and 10,000 backups
    #[arg(long)]
    large: bool,
    /// Print what to type into a page that reaches the sandbox at this endpoint, and end
    #[arg(long, value_name = "ENDPOINT")]
    describe: Option<String>,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let options = Options::parse();
    if let Some(endpoint) = options.describe {
        print!("{}", sandbox::world::describe(&endpoint));
        return Ok(());
    }
    let settings = Settings {
        listen: options.listen,
        cors: !options.no_cors,
        build_time: Duration::from_secs(options.build_seconds),
        lists_databases: !options.no_databases,
        is_large: options.large,
        backups: if options.large { MANY } else { 0 },
        identity: None,
    };
    let sandbox = Sandbox::start(settings).await?;
    println!("The sandbox API listens on {}; what it received: {0}/sandbox/requests", sandbox.endpoint());
    sandbox.run().await
}
