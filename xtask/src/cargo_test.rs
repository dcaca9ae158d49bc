//! How the tests are built: all packages at once, and with clippy's lints.
//!
//! cargo builds what packages share with the features that those which are built at the time ask for. So all are built
//! together whenever one is tested, but for this program, which was built alone to run.
//!
//! clippy is a compiler that lints as well (`clippy-driver`, which its documents say to put in rustc's place where cargo isn't
//! there to do so). As cargo's wrapper of rustc for the packages of the workspace it makes the tests themselves, and what
//! they need is compiled once; `cargo clippy` would read all of it a second time. The page is made by rustc alone.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::run::Program;
use crate::setup::Tools;

/// What cargo tells of the workspace.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Every package but this one.
const PACKAGES: [&str; 4] = ["test", "--locked", "--workspace", "--exclude=xtask"];

/// This package.
const THIS_PACKAGE: [&str; 3] = ["test", "--locked", "--package=xtask"];

/// Plays tests of every package but this one; `which` and `given` are as cargo has them, before and behind `--`.
pub fn of_packages(tools: &Tools, which: &[&str], given: &[&str]) -> Program {
    linted(tools, &[&PACKAGES[..], which, &["--"], given].concat())
}

/// Plays the tests of this package.
pub fn of_this_package(tools: &Tools, given: &[&str]) -> Program {
    linted(tools, &[&THIS_PACKAGE[..], &["--"], given].concat())
}

/// Builds every test, and what is tested, without playing any; and this program as it runs, which no test is made with.
pub fn build(tools: &Tools) -> [Program; 3] {
    let tests = [&PACKAGES[..], &THIS_PACKAGE].map(|packages| linted(tools, &[packages, &["--no-run"]].concat()));
    let [of_packages, of_this_package] = tests;
    [of_packages, of_this_package, linted(tools, &["build", "--locked", "--package=xtask"])]
}

/// Checks that each of the names is a part of the name of some test: one that is no longer would be played, or left out, by
/// nobody's notice.
///
/// # Errors
/// When one isn't, or the tests can't be listed.
pub fn expect(tools: &Tools, which: &[&str], names: &[&str]) -> Result<()> {
    let tests =
        of_packages(tools, which, &["--list", "--format=terse"]).output().context("the tests can't be listed")?;
    for name in names {
        let is_there = tests.lines().any(|line| line.strip_suffix(": test").is_some_and(|test| test.contains(name)));
        ensure!(is_there, "No test has {name} in its name.");
    }
    Ok(())
}

/// The test programs of every package but this one and that of the browser tests, as cargo takes them.
///
/// # Errors
/// When cargo doesn't tell.
pub fn without_browser(tools: &Tools) -> Result<Vec<String>> {
    let metadata =
        tools.host_command("cargo").args(["metadata", "--no-deps", "--format-version=1", "--locked"]).output();
    let metadata: Metadata = serde_json::from_str(&metadata.context("cargo doesn't tell which tests there are")?)?;
    let packages =
        metadata.packages.into_iter().filter(|package| !["console-tests", "xtask"].contains(&&*package.name));
    let tests = packages.flat_map(|package| package.targets).filter(|target| target.kind == ["test"]);
    let names: BTreeSet<String> = tests.map(|test| format!("--test={}", test.name)).collect();
    Ok(["--lib", "--bins"].map(str::to_owned).into_iter().chain(names).collect())
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
