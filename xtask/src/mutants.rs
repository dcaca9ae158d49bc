//! Mutants: cargo-mutants changes what decides truth and token here and there, and a test has to notice each time.

use anyhow::Result;

use crate::setup::Tools;

/// What is changed: what the page says of backups, where it sends tokens, and what it knows of the API.
const FILES: [&str; 3] = ["core/src/work/**", "core/src/session/**", "contract/src/**"];
/// The tests themselves aren't.
const TESTS: [&str; 2] = ["core/src/work/explore/**", "core/src/work/explore.rs"];
/// A mutant that loops ends after so many seconds: some times what the tests take.
const TIMEOUT: &str = "180";

/// Which mutants to try.
#[derive(clap::Args)]
pub struct Options {
    /// Only the k-th of n parts, counted from 0: `0/4`
    #[arg(long)]
    shard: Option<String>,
    /// Only these files
    #[arg(long)]
    file: Vec<String>,
}

/// Tries them.
///
/// # Errors
/// When no test has noticed one; `target/mutants.out/` says which.
pub fn mutants(tools: &Tools, options: &Options) -> Result<()> {
    let mut arguments = vec!["mutants", "--package", "contract", "--package", "console-core", "--test-package"];
    arguments.extend(["contract,console-core", "--timeout", TIMEOUT, "--output", "target"]);
    for file in &TESTS {
        arguments.extend(["--exclude", file]);
    }
    if let Some(shard) = &options.shard {
        arguments.extend(["--shard", shard]);
    }
    if options.file.is_empty() {
        arguments.extend(FILES.iter().flat_map(|file| ["--file", file]));
    } else {
        arguments.extend(options.file.iter().flat_map(|file| ["--file", file.as_str()]));
    }
    tools.host_command("cargo").args(arguments).run()
}
