//! Fuzzing: runs each target with generated inputs for a number of executions.

use anyhow::Result;

use crate::setup::Tools;

/// Executions of each target in the test command.
pub const SHORT_RUN_EXECUTIONS: u64 = 50_000;

/// The targets, each a file of `fuzz/fuzz_targets/`.
const TARGETS: [&str; 5] = ["response", "endpoint", "paste", "iam_token", "time"];
/// The target that compares with the sandbox, which takes minutes to build for a fuzzer. In the test command the
/// property tests of `sandbox/tests/rules_agree.rs` do the same.
const WITH_SANDBOX: &str = "rules";

/// Runs every target, or only those that build quickly.
///
/// # Errors
/// If a target fails for an input; cargo-fuzz prints where it stores that.
pub fn fuzz(tools: &Tools, executions: u64, with_sandbox: bool) -> Result<()> {
    for target in TARGETS.into_iter().chain(with_sandbox.then_some(WITH_SANDBOX)) {
        let runs = format!("-runs={executions}");
        // Without the sanitizers: they detect what safe Rust can't do, and need a nightly compiler. Stable Rust has
        // coverage under an unstable name.
        let features: &[&str] = if with_sandbox { &["--features", "sandbox"] } else { &[] };
        let limits = [target, "--", &runs, "-max_len=2000", "-verbosity=0"];
        let arguments = [&["fuzz", "run", "--sanitizer", "none"], features, &limits].concat();
        let unstable = ("RUSTC_BOOTSTRAP".to_owned(), "1".to_owned());
        tools.host_command("cargo").args(arguments).envs(&[unstable]).run()?;
        println!("{target}: {executions} executions");
    }
    Ok(())
}
