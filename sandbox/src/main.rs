//! Runs the sandbox API until it is stopped.

use std::net::SocketAddr;
use std::time::Duration;

use clap::{Args, Parser};
use sandbox::fixtures::{self, LARGE_PROJECT_BACKUPS, TokenKind};
use sandbox::{
    Cloud, DateHeader, Fault, FaultTiming, FixedResponse, ListBehaviour, ListDelay, Route, Sandbox, Settings,
};

/// A local RDS backup API for trying the console.
#[derive(Parser)]
struct Options {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// The cloud whose API it plays
    #[arg(long, value_enum, default_value_t)]
    cloud: Cloud,
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
    #[command(flatten)]
    simulation: SimulationOptions,
    /// Print what to type into a page that reaches the sandbox at this endpoint
    #[arg(long, value_name = "ENDPOINT")]
    describe: Option<String>,
    /// The token to print for that; the sandbox accepts the valid one
    #[arg(long, value_enum, default_value_t)]
    token: TokenKind,
}

/// What makes it behave as an API does now and then.
#[derive(Args)]
struct SimulationOptions {
    /// Show a new backup in the lists only after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    list_lag: u64,
    /// Answer with at most so many elements of a list, whatever limit asks for
    #[arg(long, value_name = "ELEMENTS")]
    longest_page: Option<usize>,
    /// Forbid the lists of backups, as for a token without the permission
    #[arg(long)]
    forbid_lists: bool,
    /// Send a Date that is so many seconds ahead; behind, when negative
    #[arg(long, value_name = "SECONDS", default_value_t = 0, allow_negative_numbers = true)]
    date_off: i64,
    /// Refuse a request for a running backup before looking at its name
    #[arg(long)]
    running_first: bool,
}

impl SimulationOptions {
    fn apply(&self, sandbox: &Sandbox) {
        sandbox.set_list_delay(ListDelay::Duration(Duration::from_secs(self.list_lag)));
        sandbox.set_date(DateHeader::OffBy(self.date_off));
        sandbox.set_checks_running_first(self.running_first);
        for route in [Route::Backups, Route::Instances, Route::Databases] {
            sandbox.set_list_behaviour(
                route,
                ListBehaviour { longest_page: self.longest_page, ..ListBehaviour::default() },
            );
        }
        if self.forbid_lists {
            for route in [Route::Backups, Route::Backup] {
                sandbox.inject_always(
                    route,
                    FaultTiming::BeforeCommit,
                    Fault::FixedResponse(FixedResponse::forbidden()),
                );
            }
        }
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let options = Options::parse();
    let settings = Settings {
        listen: options.listen,
        cloud: options.cloud,
        cors: !options.no_cors,
        build_time: Duration::from_secs(options.build_seconds),
        lists_databases: !options.no_databases,
        is_large: options.large,
        backups: if options.large { LARGE_PROJECT_BACKUPS } else { 0 },
        identity: None,
        ..Settings::default()
    };
    let sandbox = Sandbox::start(settings).await?;
    options.simulation.apply(&sandbox);
    if let Some(endpoint) = &options.describe {
        println!("{}", fixtures::describe(endpoint, &fixtures::token_of_kind(options.token), options.cloud));
    }
    println!("The sandbox API listens on {}; what it received: {0}/sandbox/requests", sandbox.endpoint());
    sandbox.run().await
}
