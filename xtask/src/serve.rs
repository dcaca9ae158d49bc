//! Serves the page for local use: in front of the sandbox API, or of a real endpoint through trunk's proxy, so that the
//! browser needs no CORS from it.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::run::{Program, root};
use crate::setup::{self, Need};
use crate::wasm::Compiler;

/// Where the page finds the proxy.
const PROXY_PATH: &str = "/api";

#[derive(Args)]
pub struct Options {
    /// Serve the page in front of this endpoint instead of the sandbox
    #[arg(long, value_name = "https://HOST")]
    endpoint: Option<String>,
    /// The page's port
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The sandbox's port
    #[arg(long, default_value_t = 8787)]
    sandbox_port: u16,
    /// Serve the release build
    #[arg(long)]
    release: bool,
}

/// The sandbox, stopped when the page is.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves until stopped.
///
/// # Errors
/// When something can't be installed, built or started.
pub fn serve(options: &Options, wanted: Option<Compiler>) -> Result<()> {
    if let Some(endpoint) = &options.endpoint
        && !endpoint.starts_with("https://")
    {
        bail!("--endpoint must be an https address, such as https://rds.eu-de.otc.t-systems.com: the token goes there");
    }
    for (port, option) in [(options.port, "--port"), (options.sandbox_port, "--sandbox-port")] {
        if TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).is_err() {
            bail!("Port {port} is taken. Choose another one with {option}.");
        }
    }
    let mut needs = vec![Need::Wasm, Need::Trunk, Need::WasmBindgen];
    if options.release {
        needs.push(Need::Npm);
    }
    let tools = setup::provide(&needs, wanted)?;
    let (backend, sandbox) = if let Some(endpoint) = &options.endpoint {
        (format!("{}/", endpoint.trim_end_matches('/')), None)
    } else {
        let (address, sandbox) = start_sandbox(options.sandbox_port)?;
        (format!("http://{address}/"), Some(sandbox))
    };
    let port = options.port.to_string();
    let (dist, proxy) = (root().join("target/serve").to_string_lossy().into_owned(), format!("{PROXY_PATH}/"));
    std::fs::create_dir_all(&dist)?;
    let mut arguments = vec!["serve", "--locked", "--skip-version-check", "--dist", &dist, "--port", &port];
    arguments.extend(["--proxy-backend", &backend, "--proxy-rewrite", &proxy]);
    // Followed by the proxy, a redirect would carry the token to a host that nobody has chosen.
    arguments.push("--proxy-no-redirect");
    if sandbox.is_some() {
        arguments.push("--proxy-no-system-proxy");
    }
    if options.release {
        arguments.push("--release");
    }
    println!("Building the page; the first time takes some minutes …");
    let mut trunk = Stopped(tools.command("trunk").args(arguments).spawn()?);
    let page = SocketAddr::from(([127, 0, 0, 1], options.port));
    while TcpStream::connect(page).is_err() {
        if let Some(status) = trunk.0.try_wait()? {
            bail!("trunk ended before the page was served ({status})");
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    print!("{}", what_to_type(options, sandbox.as_ref().map(|_| backend.trim_end_matches('/'))));
    let status = trunk.0.wait()?;
    if status.success() { Ok(()) } else { bail!("trunk failed ({status})") }
}

/// Builds and starts the sandbox, and waits until it listens.
fn start_sandbox(port: u16) -> Result<(String, Stopped)> {
    Program::new("cargo").args(["build", "--quiet", "--package", "sandbox"]).run()?;
    let address = format!("127.0.0.1:{port}");
    let program = root().join("target/debug/sandbox");
    let mut sandbox = Program::new(&program.to_string_lossy()).args(["--listen", &address]).spawn_piped()?;
    let output = sandbox.stdout.take().context("the sandbox's output can't be read")?;
    let sandbox = Stopped(sandbox);
    let mut first_line = String::new();
    BufReader::new(output).read_line(&mut first_line)?;
    if first_line.is_empty() {
        bail!("The sandbox ended before it listened.");
    }
    Ok((address, sandbox))
}

fn what_to_type(options: &Options, sandbox: Option<&str>) -> String {
    let page = format!("\nThe page is served at  http://127.0.0.1:{}/\nStop it with Ctrl+C.\n\n", options.port);
    let Some(sandbox) = sandbox else {
        let endpoint = options.endpoint.as_deref().unwrap_or_default();
        return format!(
            "{page}  Endpoint     {PROXY_PATH}   (passed on to {endpoint})\n  Project ID   that of your project in this region\n  \
             Token        the X-Subject-Token that IAM gives you for it\n  Instance ID  from the instance's page\n\n"
        );
    };
    let world = sandbox_world();
    format!(
        "{page}{world}\n  Without the proxy the endpoint is {sandbox}. What the sandbox received: {sandbox}/sandbox/requests\n\n"
    )
}

/// What the sandbox itself says about its instances and its token.
fn sandbox_world() -> String {
    let program = root().join("target/debug/sandbox");
    Program::new(&program.to_string_lossy()).args(["--describe", PROXY_PATH]).output().unwrap_or_default()
}
