//! How the tests are built and played: all packages at once, and with clippy's lints.
//!
//! cargo builds what packages share with the features that those which are built at the time ask for, and a single test program
//! is another selection than all of them: everything below it would be built twice. So all are built together whenever one is
//! played, and cargo says where they are. This program was built alone to run, and is apart here as well.
//!
//! clippy is a compiler that lints as well (`clippy-driver`, which its documents say to put in rustc's place where cargo isn't
//! there to do so). As cargo's wrapper of rustc for the packages of the workspace it makes the tests themselves, and what
//! they need is compiled once; `cargo clippy` would read all of it a second time. The page is made by rustc alone.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::run::{Program, root};
use crate::setup::Tools;

/// Every package but this one.
const PACKAGES: [&str; 4] = ["test", "--locked", "--workspace", "--exclude=xtask"];
/// This package.
const THIS_PACKAGE: [&str; 3] = ["test", "--locked", "--package=xtask"];
/// The package of the tests that need a browser, a web server or the release.
const CONSOLE_TESTS: &str = "tests";

/// This package's folder.
const XTASK: &str = "xtask";

/// This package's tests.
pub const OWN: Suite = Suite::Of(XTASK);

/// Some of the test programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// Those that need nothing but themselves.
    Host,
    /// Those of a package, by its folder.
    Of(&'static str),
    /// One of `tests/`.
    Console(&'static str),
}

/// A test program that cargo has built.
struct Binary {
    file: PathBuf,
    name: String,
    /// The folder of its package, in which cargo would run it.
    package: PathBuf,
}

/// A line of what cargo says of a build.
#[derive(Deserialize)]
struct Message {
    executable: Option<PathBuf>,
    manifest_path: Option<PathBuf>,
    profile: Option<Profile>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Plays tests; `given` goes to each test program.
///
/// # Errors
/// When they can't be built, or one fails.
pub fn play(tools: &Tools, suite: Suite, variables: &[(&str, &str)], given: &[&str]) -> Result<()> {
    let variables: Vec<_> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    for binary in binaries(tools, suite)? {
        println!("     Running {} of {}", binary.name, binary.package.display());
        binary.program(tools).args(given.iter().copied()).envs(&variables).run()?;
    }
    Ok(())
}

/// Builds every test, and what is tested, without playing any.
///
/// # Errors
/// When something can't be built, or has a warning.
pub fn build(tools: &Tools) -> Result<()> {
    [&PACKAGES[..], &THIS_PACKAGE]
        .into_iter()
        .try_for_each(|packages| linted(tools, &[packages, &["--no-run"]].concat()).run())
}

/// Checks that each of the names is a part of the name of some test: one that is no longer would be played, or left out, by
/// nobody's notice.
///
/// # Errors
/// When one isn't, or the tests can't be listed.
pub fn expect(tools: &Tools, suites: &[Suite], names: &[&str]) -> Result<()> {
    // An option of theirs, such as --nocapture, is no name.
    let names: Vec<&&str> = names.iter().filter(|name| !name.starts_with('-')).collect();
    if names.is_empty() {
        return Ok(());
    }
    let mut tests = String::new();
    for suite in suites {
        for binary in binaries(tools, *suite)? {
            let listed = binary.program(tools).args(["--list", "--format=terse"]).output();
            tests += &listed.with_context(|| format!("the tests of {} can't be listed", binary.name))?;
        }
    }
    for name in names {
        let is_there = tests.lines().any(|line| line.strip_suffix(": test").is_some_and(|test| test.contains(name)));
        ensure!(is_there, "No test has {name} in its name.");
    }
    Ok(())
}

impl Binary {
    /// To be run as cargo would.
    fn program(&self, tools: &Tools) -> Program {
        tools.host_command(&self.file.to_string_lossy()).within(self.package.clone())
    }

    fn is_of(&self, suite: Suite) -> bool {
        match suite {
            Suite::Host => self.package != root().join(CONSOLE_TESTS),
            Suite::Of(folder) => self.package == root().join(folder),
            Suite::Console(name) => self.package == root().join(CONSOLE_TESTS) && self.name == name,
        }
    }
}

/// Builds all of them, and gives those that are meant.
fn binaries(tools: &Tools, suite: Suite) -> Result<Vec<Binary>> {
    let packages = if suite == OWN { &THIS_PACKAGE[..] } else { &PACKAGES };
    let arguments = [packages, &["--no-run", "--quiet", "--message-format=json-render-diagnostics"]].concat();
    let mut cargo = linted(tools, &arguments).spawn_piped()?;
    let mut said = String::new();
    cargo.stdout.take().context("what cargo says can't be read")?.read_to_string(&mut said)?;
    ensure!(cargo.wait()?.success(), "the tests can't be built");
    let mut binaries = Vec::new();
    for line in said.lines() {
        let message: Message = serde_json::from_str(line).context("cargo says what isn't understood")?;
        if let (Some(file), Some(manifest), Some(target), Some(Profile { test: true })) =
            (message.executable, message.manifest_path, message.target, message.profile)
        {
            let package = manifest.parent().map(PathBuf::from).unwrap_or_default();
            binaries.push(Binary { file, name: target.name, package });
        }
    }
    binaries.retain(|binary| binary.is_of(suite));
    ensure!(!binaries.is_empty(), "cargo has built no test of {suite:?}");
    Ok(binaries)
}

/// Every warning is an error. The two variables are those by which `cargo clippy` itself speaks with the compiler; it puts the
/// words of the second together with the mark.
fn linted(tools: &Tools, arguments: &[&str]) -> Program {
    let variables = [
        ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
        ("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    tools.host_command("cargo").args(arguments.iter().copied()).envs(&variables)
}
