//! Fuzzing: inputs that a fuzzer makes up and improves on, for a number of executions.

use anyhow::Result;

use crate::setup::Tools;

/// Executions of each target in the test command.
pub const SHORT: u64 = 50_000;

/// The targets, each a file of `fuzz/fuzz_targets/`.
const TARGETS: [&str; 5] = ["answer", "endpoint", "paste", "rules", "time"];

/// Runs every target.
///
/// # Errors
/// When one finds an input that breaks it; cargo-fuzz says where it keeps that.
pub fn fuzz(tools: &Tools, executions: u64) -> Result<()> {
    for target in TARGETS {
        let runs = format!("-runs={executions}");
        // Without the sanitizers: they look for what safe Rust can't do, and need a nightly compiler. Coverage is what
        // stable Rust knows by an unstable name.
        let arguments = ["fuzz", "run", "--sanitizer", "none", target, "--", &runs, "-max_len=2000", "-verbosity=0"];
        let unstable = ("RUSTC_BOOTSTRAP".to_owned(), "1".to_owned());
        tools.host_command("cargo").args(arguments).envs(&[unstable]).run()?;
        println!("{target}: {executions} executions");
    }
    Ok(())
}
