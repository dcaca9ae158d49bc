//! Set-up: determines what is missing, announces what it will install, and installs it. What is there is kept.

mod environment;
mod need;
mod npm;
mod pip;

use std::thread::JoinHandle;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::apt::{apt_install, has_apt};
use crate::run::Program;
use crate::tools::{CargoTool, cargo_bin, find};
use crate::wasm::Compiler;
use environment::environment;
use need::Installation;

pub use environment::Tools;
pub use need::Need;

/// Provides what a command needs: downloads run while cargo compiles the rest.
///
/// # Errors
/// A message that says what couldn't be installed and what to do.
pub fn install_missing(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    let missing = missing(needs, wanted);
    if missing.is_empty() {
        return installed_tools(needs, wanted);
    }
    eprintln!("Set-up installs:");
    for need in &missing {
        eprintln!("  - {}", need.describe());
    }
    let start = Instant::now();
    let downloads = download(&missing, wanted, start);
    let outcome = compile(&missing, start);
    downloads.join().unwrap_or_else(|_| bail!("a download broke off"))?;
    outcome?;
    let tools = installed_tools(needs, wanted)?;
    let compiler = tools.compiler.map_or("nothing yet", Compiler::name);
    eprintln!("Set-up is complete after {} s; wasm is built by {compiler}.", start.elapsed().as_secs());
    Ok(tools)
}

/// Downloads what needs no compiler, in a separate thread.
fn download(missing: &[Need], wanted: Option<Compiler>, start: Instant) -> JoinHandle<Result<()>> {
    let mut packages: Vec<&str> = missing.iter().flat_map(|need| need.packages_to_install()).collect();
    // Some needs share a package.
    packages.sort_unstable();
    packages.dedup();
    let others: Vec<Need> = missing.to_vec();
    std::thread::spawn(move || {
        // The compiler for wasm may come from Debian as well: install one after the other.
        for need in others.iter().copied() {
            match need.installation() {
                Installation::Compiler => Compiler::install(wanted).map(|_| ())?,
                Installation::Component { name, .. } => add_component(name)?,
                Installation::Npm => npm::install()?,
                // pip may be one of the packages.
                Installation::Pip(_)
                | Installation::Packages(_)
                | Installation::Cargo(_)
                | Installation::PackagesAndCargo(..) => continue,
            }
            report(need.name(), start);
        }
        if !packages.is_empty() {
            if !has_apt() {
                bail!(
                    "Programs that the tests use are missing. Install what Debian has in these packages, with their \
                     programs on PATH: {}.",
                    packages.join(", ")
                );
            }
            apt_install(&packages)?;
            report(&packages.join(", "), start);
        }
        for need in others {
            if let Installation::Pip(tool) = need.installation() {
                tool.install()?;
                report(need.name(), start);
            }
        }
        Ok(())
    })
}

/// Compiles the cargo programs one after the other: each uses every core.
fn compile(missing: &[Need], start: Instant) -> Result<()> {
    let tools: Vec<&CargoTool> = missing.iter().filter_map(|need| need.tool_to_compile()).collect();
    for (number, tool) in tools.iter().enumerate() {
        eprintln!("[{}/{}] {} {}, {} …", number + 1, tools.len(), tool.package, tool.version, tool.takes);
        tool.install()?;
        report(tool.package, start);
    }
    Ok(())
}

fn report(what: &str, start: Instant) {
    eprintln!("{what}: there, after {} s.", start.elapsed().as_secs());
}

/// What is already installed, for a command that must not print an installation's output.
///
/// # Errors
/// If something is missing.
pub fn require(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    if missing(needs, wanted).is_empty() {
        installed_tools(needs, wanted)
    } else {
        bail!("Run `cargo xtask setup` first.")
    }
}

fn missing(needs: &[Need], wanted: Option<Compiler>) -> Vec<Need> {
    needs.iter().copied().filter(|need| !need.is_installed(wanted)).collect()
}

fn installed_tools(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    let compiler = Compiler::ready(wanted);
    if compiler.is_none() && needs.contains(&Need::Wasm) {
        bail!("The compiler for wasm was installed and isn't found.");
    }
    Ok(Tools { environment: environment(compiler)?, compiler })
}

fn add_component(name: &str) -> Result<()> {
    if find("rustup", &[cargo_bin()]).is_none() {
        bail!(
            "{name} is missing, and rustup, which has it: install it as you have installed Rust (on Debian the package \
             rust-clippy or rustfmt)."
        );
    }
    Program::new("rustup").args(["component", "add", name]).run()
}
