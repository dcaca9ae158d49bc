//! Mutation testing: cargo-mutants changes the code for outcomes and tokens, and a test has to fail for each change.
//!
//! The quick tests of a crate run for all of its mutants, in a profile that builds within a second; mutants that
//! survive are tried with all tests, including the random walk and the exploration.

use std::fs;

use anyhow::{Result, bail, ensure};

use crate::run::root;
use crate::setup::Tools;

/// A crate, the files to mutate, and the quick tests.
struct Part {
    package: &'static str,
    files: &'static [&'static str],
    quick: &'static [&'static str],
}

/// The code for what is said about backups and tokens, and for what the page knows about the API.
const PARTS: [Part; 2] = [
    Part {
        package: "console-core",
        files: &["core/src/work/**", "core/src/session/**"],
        quick: &["--lib", "--", "--skip", "explore", "--skip", "walk"],
    },
    Part { package: "contract", files: &["contract/src/**"], quick: &["--lib", "--test", "facts"] },
];
/// The tests themselves aren't mutated.
const TESTS: [&str; 2] = ["core/src/work/explore/**", "core/src/work/explore.rs"];
/// After this many seconds a looping mutant is stopped: a multiple of the tests' duration.
const TIMEOUT_SECONDS: &str = "180";
/// The exit codes of cargo-mutants for missed mutants and for timeouts.
const MISSED_EXIT_CODES: [i32; 2] = [2, 3];

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

/// Tries the mutants.
///
/// # Errors
/// If a mutant was missed; `target/mutants/` lists them.
pub fn mutants(tools: &Tools, options: &Options) -> Result<()> {
    let mut is_missed = false;
    for part in PARTS {
        let folder = match &options.shard {
            Some(shard) => format!("target/mutants/{}-{}", part.package, shard.replace('/', "-of-")),
            None => format!("target/mutants/{}", part.package),
        };
        // cargo-mutants creates only the last folder of a path.
        fs::create_dir_all(root().join(&folder))?;
        println!("\n== {}: the quick tests", part.package);
        let quick = [&["--profile", "mutants", "--"], part.quick].concat();
        if try_with(tools, &part, options, &folder, &quick)? {
            println!("\n== {}: all tests, for what is left", part.package);
            let all = ["--iterate", "--test-package", "contract,console-core"];
            is_missed |= try_with(tools, &part, options, &folder, &all)?;
        }
    }
    ensure!(!is_missed, "no test notices some of the mutants: see missed.txt in target/mutants/");
    Ok(())
}

/// Tries a crate's mutants with some of the tests; returns whether any was missed.
fn try_with(tools: &Tools, part: &Part, options: &Options, folder: &str, tests: &[&str]) -> Result<bool> {
    let mut arguments = vec!["mutants", "--package", part.package, "--timeout", TIMEOUT_SECONDS, "--output", folder];
    arguments.extend(TESTS.iter().flat_map(|file| ["--exclude", file]));
    if let Some(shard) = &options.shard {
        arguments.extend(["--shard", shard]);
    }
    if options.file.is_empty() {
        arguments.extend(part.files.iter().flat_map(|file| ["--file", file]));
    } else {
        arguments.extend(options.file.iter().flat_map(|file| ["--file", file.as_str()]));
    }
    arguments.extend(tests);
    match tools.host_command("cargo").args(arguments).exit_code()? {
        Some(0) => Ok(false),
        Some(code) if MISSED_EXIT_CODES.contains(&code) => Ok(true),
        _ => bail!("cargo mutants has failed"),
    }
}
