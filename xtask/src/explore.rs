//! The deep exploration of what can happen to a press: see `core/src/work/explore.rs`.

use anyhow::Result;

use crate::run::Program;

/// Explores, and prints what was met.
///
/// # Errors
/// When a sequence breaks what the page promises; it is printed as a test.
pub fn explore() -> Result<()> {
    // In the profile of the tests, which optimises this crate: overflows are noticed.
    let test = ["test", "--locked", "-p", "console-core", "--lib"];
    let deep = ["work::explore::a_million_states_hold", "--", "--ignored", "--nocapture"];
    Program::new("cargo").args([&test[..], &deep].concat()).run()
}
