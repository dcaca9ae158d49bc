//! Mutants: cargo-mutants changes what decides truth and token here and there, and a test has to notice each time.
//!
//! The quick tests of a crate are tried on all of its mutants, in a profile that builds within a second; what they miss meets
//! every test there is, the random walk and the exploration included.

use std::fs;

use anyhow::{Result, bail, ensure};

use crate::run::root;
use crate::setup::Tools;

/// A crate, what is changed in it, and which tests are quick.
struct Part {
    package: &'static str,
    files: &'static [&'static str],
    quick: &'static [&'static str],
}

/// What says of backups and tokens what is true, and what the page knows of the API.
const PARTS: [Part; 2] = [
    Part {
        package: "console-core",
        files: &["core/src/work/**", "core/src/session/**"],
        quick: &["--lib", "--", "--skip", "explore", "--skip", "walk"],
    },
    Part { package: "contract", files: &["contract/src/**"], quick: &["--lib", "--test", "facts"] },
];
/// The tests aren't changed themselves.
const TESTS: [&str; 2] = ["core/src/work/explore/**", "core/src/work/explore.rs"];
/// A mutant that loops ends after so many seconds: some times what the tests take.
const TIMEOUT_SECONDS: &str = "180";
/// What cargo-mutants ends with when mutants were missed, and when some took too long.
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

/// Tries them.
///
/// # Errors
/// When no test has noticed one; `target/mutants/` says which.
pub fn mutants(tools: &Tools, options: &Options) -> Result<()> {
    let mut is_missed = false;
    for part in PARTS {
        let folder = match &options.shard {
            Some(shard) => format!("target/mutants/{}-{}", part.package, shard.replace('/', "-of-")),
            None => format!("target/mutants/{}", part.package),
        };
        // cargo-mutants makes the last folder of a path only.
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

/// Tries a crate's mutants with some of the tests; whether any was missed.
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
