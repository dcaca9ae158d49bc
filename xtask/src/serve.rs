//! Serves the page for local use: with the sandbox API, or with a real endpoint through trunk's proxy, so that the
//! browser needs no CORS permission from it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Child;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, value_parser};
use contract::cloud::Cloud;
use contract::regions;
use contract::rules::Violation;
use contract::rules::endpoint::{self, Endpoint};
use serde_json::json;

use crate::run::{Program, root};
use crate::setup::{self, Need};
use crate::wasm::Compiler;

/// How often the programs are looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(200);
/// The path of the proxy on the page's server.
const PROXY_PATH: &str = "/api";
/// With what the name of the sandbox's project begins, as another project's does with its region: see `sandbox/src/project.rs`.
const SANDBOX_REGION: &str = "sandbox";

#[derive(Args)]
pub struct Options {
    /// Serve the page in front of this endpoint instead of the sandbox
    #[arg(long, value_name = "https://HOST")]
    endpoint: Option<String>,
    /// The cloud whose API the sandbox plays
    #[arg(long, value_parser = ["otc", "swiss", "huawei"], default_value = "otc", conflicts_with = "endpoint")]
    cloud: String,
    /// The page's port
    #[arg(long, default_value_t = 8080, value_parser = value_parser!(u16).range(1..))]
    port: u16,
    /// The sandbox's port
    #[arg(long, default_value_t = 8787, value_parser = value_parser!(u16).range(1..))]
    sandbox_port: u16,
    /// Serve the release build
    #[arg(long)]
    release: bool,
}

/// The API behind the page.
enum Backend {
    /// A real endpoint.
    Endpoint(Endpoint),
    /// The sandbox, which is still being built.
    Sandbox(StopOnDrop),
}

/// A program that is stopped together with the page.
struct StopOnDrop(Child);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        // It may already have stopped.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves until stopped.
///
/// # Errors
/// If something can't be installed, built or started.
pub fn serve(options: &Options, wanted: Option<Compiler>) -> Result<()> {
    check_port(options.port, "--port")?;
    let backend = if let Some(text) = &options.endpoint {
        Backend::Endpoint(read_endpoint(text)?)
    } else {
        if options.port == options.sandbox_port {
            bail!(
                "The page and the sandbox can't both have port {}: choose another with --sandbox-port.",
                options.port
            );
        }
        check_port(options.sandbox_port, "--sandbox-port")?;
        // It needs none of the tools, so it is built while they are installed.
        Backend::Sandbox(build_sandbox()?)
    };
    let mut needs = vec![Need::Wasm, Need::Trunk, Need::WasmBindgen];
    if options.release {
        needs.push(Need::Npm);
    }
    let tools = setup::install_missing(&needs, wanted)?;
    let mut description = None;
    let (mut region, mut cloud) = (Some(SANDBOX_REGION), Some(options.cloud.as_str()));
    let (backend, mut sandbox) = match backend {
        Backend::Endpoint(endpoint) => {
            region = endpoint.host().and_then(regions::region_of);
            cloud = endpoint.host().and_then(regions::cloud_of_host).map(Cloud::word);
            (format!("{}/", endpoint.as_str()), None)
        }
        Backend::Sandbox(built) => {
            let (address, sandbox, described) = start_sandbox(built, options.sandbox_port, &options.cloud)?;
            description = Some(described);
            (format!("http://{address}/"), Some(sandbox))
        }
    };
    let port = options.port.to_string();
    let (dist, proxy) = (root().join("target/serve").to_string_lossy().into_owned(), format!("{PROXY_PATH}/"));
    std::fs::create_dir_all(&dist)?;
    let mut arguments = vec!["serve", "--locked", "--skip-version-check", "--dist", &dist, "--port", &port];
    arguments.extend(["--proxy-backend", &backend, "--proxy-rewrite", &proxy]);
    // If the proxy followed a redirect, it would send the token to a host that nobody has chosen.
    arguments.push("--proxy-no-redirect");
    if sandbox.is_some() {
        arguments.push("--proxy-no-system-proxy");
    }
    if options.release {
        arguments.push("--release");
    }
    println!("Building the page; the first time takes some minutes …");
    let mut trunk = StopOnDrop(tools.command("trunk").args(arguments).spawn()?);
    let settings = settings(backend.trim_end_matches('/'), region, cloud);
    let mut is_served = false;
    loop {
        // It listens once it has built, and each build puts the repository's own settings there.
        let listens = is_served || listens(&trunk, options.port)?;
        let are_set = set(&root().join("target/serve/config.json"), &settings)?;
        if !is_served && listens && are_set {
            is_served = true;
            print!("{}", usage(options.port, backend.trim_end_matches('/'), description.as_deref()));
        }
        if let Some(status) = trunk.0.try_wait()? {
            if is_served && status.success() {
                return Ok(());
            }
            if !is_served {
                // Another program may have taken the port during the build, which takes minutes.
                check_port(options.port, "--port")?;
            }
            bail!("trunk ended{} ({status}).", if is_served { "" } else { " before the page was served" });
        }
        if let Some(status) = sandbox.as_mut().map(|sandbox| sandbox.0.try_wait()).transpose()?.flatten() {
            bail!("The sandbox API ended ({status}), and without it the page has nothing to call.");
        }
        // std can't wait for the first of two programs to end.
        std::thread::sleep(POLL_INTERVAL);
    }
}

/// The page's settings: a token leads to the proxy if it is of the region behind it, and to no host of a cloud; and the cloud
/// behind it, which the path doesn't tell.
fn settings(backend: &str, region: Option<&str>, cloud: Option<&str>) -> String {
    let known = [("address", Some(PROXY_PATH)), ("name", Some(backend)), ("region", region), ("cloud", cloud)];
    let endpoint: BTreeMap<&str, &str> = known.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    format!("{:#}\n", json!({ "endpoints": [endpoint] }))
}

/// Puts settings into a file of the page; `false` while it isn't there, as between two builds.
fn set(file: &Path, settings: &str) -> Result<bool> {
    let is_set = std::fs::read_to_string(file)
        .and_then(|text| if text == settings { Ok(()) } else { std::fs::write(file, settings) });
    match is_set {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whether a program of this command listens on a port, and not another one that has taken it. The system only reveals
/// one's own programs.
fn listens(program: &StopOnDrop, port: u16) -> Result<bool> {
    let all = listeners::get_all().map_err(|error| anyhow!("it can't be told whether the page is served: {error}"))?;
    Ok(all.iter().any(|listener| listener.process.pid == program.0.id() && listener.socket.port() == port))
}

/// The endpoint for the proxy. The token is sent there, so it is validated as strictly as in the form.
fn read_endpoint(text: &str) -> Result<Endpoint> {
    let problem = match endpoint::endpoint(text) {
        Ok(endpoint) if endpoint.as_str().starts_with("https://") => return Ok(endpoint),
        Ok(endpoint) if endpoint.is_same_origin() => "it has no host",
        Ok(_) | Err(_) if text.trim_start().starts_with("http://") => "it isn't encrypted",
        Ok(_) => "it isn't an https address",
        Err(violations) => violations.first().map_or("it can't be read", problem_of),
    };
    bail!(
        "--endpoint can't be this address: {problem}. It takes an https address with a host, and a port where it has one, such as \
         https://rds.eu-de.otc.t-systems.com."
    )
}

/// A short description of an endpoint's fault.
fn problem_of(violation: &Violation) -> &'static str {
    match violation {
        Violation::Missing(_) => "it has no host",
        Violation::EndpointScheme(_) => "it isn't an https address",
        Violation::EndpointQuery => "it has a query or a fragment",
        Violation::EndpointUserInfo => "it has a user name or a password",
        Violation::EndpointPath(_) => "it has a path",
        Violation::EndpointPort(_) => "its port isn't a number from 1 to 65535",
        Violation::EndpointInsecure => "it isn't encrypted",
        Violation::EndpointNotAHost(_)
        | Violation::EndpointNotAPath
        | Violation::EndpointChanged { .. }
        | Violation::EndpointUncallable(_)
        | Violation::ProjectIdCharacters(_)
        | Violation::Token(_)
        | Violation::NotAnInstance(_)
        | Violation::ReadReplica { .. }
        | Violation::NameTooShort { .. }
        | Violation::NameTooLong { .. }
        | Violation::NameStart(_)
        | Violation::NameCharacters(_)
        | Violation::PatternPlaceholder(_)
        | Violation::NamesAlike(_)
        | Violation::TooManyInstances { .. }
        | Violation::InstanceUnlisted(_)
        | Violation::ReplicaSelected(_)
        | Violation::DescriptionTooLong { .. }
        | Violation::DescriptionCharacters(_)
        | Violation::DescriptionLineBreak
        | Violation::DatabasesUnsupported { .. }
        | Violation::IndividuallyUnsupported
        | Violation::DatabaseBlank
        | Violation::DatabaseRepeated { .. } => "its host isn't a name or an address",
    }
}

/// Checks that a port of this machine is free.
fn check_port(port: u16, option: &str) -> Result<()> {
    match TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))) {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {}
        Err(error) => bail!("Port {port} can't be used ({error}). Choose another with {option}."),
    }
    // A system reveals the owner only for programs of the same user.
    let holder = listeners::get_process_by_port(port, listeners::Protocol::TCP);
    let holder =
        holder.map_or_else(|_| String::new(), |holder| format!(" by {} (process {})", holder.name, holder.pid));
    bail!("Port {port} is taken{holder}. Stop that, or choose another port with {option}.")
}

/// Starts building the sandbox.
fn build_sandbox() -> Result<StopOnDrop> {
    println!("Building the sandbox API …");
    let folder = root().join("target").to_string_lossy().into_owned();
    let own = [("CARGO_TARGET_DIR".to_owned(), folder)];
    Ok(StopOnDrop(
        Program::new("cargo").args(["build", "--quiet", "--locked", "--package", "sandbox"]).envs(&own).spawn()?,
    ))
}

/// Starts the sandbox once it is built, and waits until it listens. Gives its address, and what to enter into the page.
fn start_sandbox(mut built: StopOnDrop, port: u16, cloud: &str) -> Result<(String, StopOnDrop, String)> {
    let status = built.0.wait()?;
    if !status.success() {
        bail!("The sandbox API can't be built ({status}).");
    }
    let address = format!("127.0.0.1:{port}");
    let program = root().join("target/debug/sandbox");
    let mut sandbox = Program::new(&program.to_string_lossy())
        .args(["--listen", &address, "--describe", PROXY_PATH, "--cloud", cloud])
        .spawn_piped()?;
    let output = sandbox.stdout.take().context("the sandbox's output can't be read")?;
    let sandbox = StopOnDrop(sandbox);
    let mut description = String::new();
    for line in BufReader::new(output).lines() {
        let line = line?;
        if line.contains("listens on") {
            return Ok((address, sandbox, description));
        }
        description.extend([&line, "\n"]);
    }
    bail!("The sandbox ended before it listened.")
}

/// What to enter into the page, which calls an endpoint or a sandbox through its own server.
/// `description`: what a sandbox says of itself.
fn usage(port: u16, backend: &str, description: Option<&str>) -> String {
    let page = format!("\nThe page is served at  http://127.0.0.1:{port}/\nStop it with Ctrl+C.\n\n");
    let Some(description) = description else {
        return format!(
            "{page}  Token        the X-Subject-Token that IAM gives you for your project in this region\n  \
             Endpoint     {PROXY_PATH}   (passed on to {backend})\n  Project ID   that of the token\n  \
             Instance ID  from the list, or from the instance's page\n\n"
        );
    };
    format!(
        "{page}{description}\n  Without the proxy the endpoint is {backend}. What the sandbox received: {backend}/sandbox/requests\n\n"
    )
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use contract::cloud::Cloud;

    use super::{check_port, read_endpoint, settings};

    #[test]
    fn the_settings_name_the_cloud_behind_the_proxy() {
        let endpoint = |cloud| -> serde_json::Value {
            let settings = settings("http://127.0.0.1:8787", Some("sandbox"), cloud);
            serde_json::from_str::<serde_json::Value>(&settings).unwrap()["endpoints"][0].clone()
        };
        let huawei = endpoint(Some("huawei"));
        assert_eq!(huawei["address"], "/api");
        assert_eq!(huawei["cloud"].as_str().and_then(Cloud::of_word), Some(Cloud::Huawei));
        assert_eq!(endpoint(None).get("cloud"), None);
    }

    #[test]
    fn an_endpoint_is_an_https_address_and_nothing_else() {
        for (typed, meant) in [
            ("https://rds.eu-de.otc.t-systems.com", "https://rds.eu-de.otc.t-systems.com"),
            ("https://rds.eu-de.otc.t-systems.com/", "https://rds.eu-de.otc.t-systems.com"),
            ("rds.example:8443", "https://rds.example:8443"),
        ] {
            assert_eq!(read_endpoint(typed).unwrap().as_str(), meant);
        }
        for (typed, problem) in [
            ("https://", "no host"),
            ("", "no host"),
            ("/api", "no host"),
            ("http://rds.example", "isn't encrypted"),
            ("http://localhost", "isn't encrypted"),
            ("ftp://rds.example", "isn't an https address"),
            ("https://rds.example/v3", "a path"),
            ("https://rds.example/v3?a=b", "a query"),
            ("https://me:secret@rds.example", "a user name"),
            ("https://rds.example:0", "port"),
            ("https://rds example", "host"),
        ] {
            let sentence = read_endpoint(typed).unwrap_err().to_string();
            assert!(sentence.contains(problem) && sentence.contains("such as https://"), "{typed}: {sentence}");
        }
    }

    #[test]
    fn a_port_that_is_taken_is_named_with_the_program_that_has_it() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let sentence = check_port(port, "--port").unwrap_err().to_string();
        assert!(sentence.contains(&format!("Port {port} is taken")) && sentence.contains("--port"), "{sentence}");
        assert!(sentence.contains(&format!("(process {})", std::process::id())), "{sentence}");
        // Another program may take a port as soon as it is free.
        let is_free = || {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            check_port(port, "--port").is_ok()
        };
        assert!((0..20).any(|_| is_free()));
    }
}
