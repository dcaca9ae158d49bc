//! How the tests are built: all packages at once, and with clippy's lints.
//!
//! cargo builds what packages share with the features that those which are built at the time ask for. So all are built
//! together whenever one is tested, but for this program, which was built alone to run.
//!
//! clippy is a compiler that lints as well (`clippy-driver`, which its documents say to put in rustc's place where cargo isn't
//! there to do so). As cargo's wrapper of rustc for the packages of the workspace it makes the tests themselves, and what
//! they need is compiled once; `cargo clippy` would read all of it a second time. The page is made by rustc alone.

use crate::run::Program;
use crate::setup::Tools;

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

/// Builds every test, and what is tested, without playing any.
pub fn build(tools: &Tools) -> [Program; 2] {
    [&PACKAGES[..], &THIS_PACKAGE].map(|packages| linted(tools, &[packages, &["--no-run"]].concat()))
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
