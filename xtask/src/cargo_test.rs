//! How the tests are built and run: all packages at once, and with clippy's lints.
//!
//! cargo builds what packages share with the features that those which are built at the time ask for, and a single test program
//! is another selection than all of them: everything below it would be built twice. So all are built together whenever one is
//! run, and cargo says where they are. This program was built alone to run, and is apart here as well.
//!
//! clippy is a compiler that lints as well (`clippy-driver`, which its documents say to put in rustc's place where cargo isn't
//! there to do so). As cargo's wrapper of rustc for the packages of the workspace it makes the tests themselves, and what
//! they need is compiled once; `cargo clippy` would read all of it a second time. The page is made by rustc alone.

use std::collections::BTreeSet;
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
pub const XTASK_SUITE: Suite = Suite::Package(XTASK);

/// Some of the test programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// Those without further requirements.
    Host,
    /// Those of a package, by its folder.
    Package(&'static str),
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

/// A line of cargo's JSON output.
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

/// Which tests of the suites to run.
#[derive(Clone, Copy, Debug)]
pub enum TestFilter<'a> {
    /// All of them, or, if there are any names, those whose names contain one of these; options of the test programs,
    /// such as `--nocapture`, are passed on.
    Only(&'a [&'a str]),
    /// Those whose names contain none of these.
    Except(&'a [&'a str]),
}

/// Runs tests; `options` go to each test program.
///
/// # Errors
/// When they can't be built, one fails, or no test has one of the names: it would be run, or left out, without notice.
pub fn run(
    tools: &Tools,
    suites: &[Suite],
    variables: &[(&str, &str)],
    options: &[&str],
    filter: TestFilter,
) -> Result<()> {
    let (names, filters) = match filter {
        TestFilter::Only(names) => (names, names.to_vec()),
        TestFilter::Except(names) => (names, names.iter().flat_map(|name| ["--skip", name]).collect()),
    };
    let mut binaries = Vec::new();
    for suite in suites {
        binaries.append(&mut build_suite(tools, *suite)?);
    }
    let arguments = [options, &filters].concat();
    check_names(tools, &binaries, &arguments, names)?;
    let variables: Vec<_> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    for binary in binaries {
        println!("     Running {} of {}", binary.name, binary.package.display());
        binary.program(tools).args(arguments.iter().copied()).envs(&variables).run()?;
    }
    Ok(())
}

/// Builds every test, and what is tested, without running any.
///
/// # Errors
/// When something can't be built, or has a warning.
pub fn build(tools: &Tools) -> Result<()> {
    [&PACKAGES[..], &THIS_PACKAGE]
        .into_iter()
        .try_for_each(|packages| cargo_with_clippy(tools, &[packages, &["--no-run"]].concat()).run())
}

/// Checks that each name is part of a test's name, and, unless ignored tests are requested, of one that isn't ignored.
fn check_names(tools: &Tools, binaries: &[Binary], arguments: &[&str], names: &[&str]) -> Result<()> {
    let mut names = names.iter().filter(|name| !name.starts_with('-')).peekable();
    if names.peek().is_none() {
        return Ok(());
    }
    let has_ignored = arguments.iter().any(|argument| argument.ends_with("ignored"));
    let (mut tests, mut ignored) = (BTreeSet::new(), BTreeSet::new());
    for binary in binaries {
        tests.append(&mut binary.list(tools, &[])?);
        if !has_ignored {
            ignored.append(&mut binary.list(tools, &["--ignored"])?);
        }
    }
    for name in names {
        ensure!(tests.difference(&ignored).any(|test| test.contains(name)), "No test has {name} in its name.");
    }
    Ok(())
}

impl Binary {
    /// Runs it as cargo would.
    fn program(&self, tools: &Tools) -> Program {
        tools.host_command(&self.file.to_string_lossy()).current_dir(self.package.clone())
    }

    /// The names of its tests.
    fn list(&self, tools: &Tools, options: &[&str]) -> Result<BTreeSet<String>> {
        let listed = self.program(tools).args(options.iter().copied()).args(["--list", "--format=terse"]).output();
        let listed = listed.with_context(|| format!("the tests of {} can't be listed", self.name))?;
        Ok(listed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
    }

    fn is_of(&self, suite: Suite) -> bool {
        match suite {
            Suite::Host => self.package != root().join(CONSOLE_TESTS),
            Suite::Package(folder) => self.package == root().join(folder),
            Suite::Console(name) => self.package == root().join(CONSOLE_TESTS) && self.name == name,
        }
    }
}

/// Builds all of them, and returns the selected ones.
fn build_suite(tools: &Tools, suite: Suite) -> Result<Vec<Binary>> {
    let packages = if suite == XTASK_SUITE { &THIS_PACKAGE[..] } else { &PACKAGES };
    let arguments = [packages, &["--no-run", "--quiet", "--message-format=json-render-diagnostics"]].concat();
    let mut cargo = cargo_with_clippy(tools, &arguments).spawn_piped()?;
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

/// Makes every warning an error. `cargo clippy` itself uses these two variables to configure the compiler; the marker
/// separates the words of the second one.
fn cargo_with_clippy(tools: &Tools, arguments: &[&str]) -> Program {
    let variables = [
        ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
        ("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    tools.host_command("cargo").args(arguments.iter().copied()).envs(&variables)
}
