//! The deep exploration of what can happen to a press: see `core/src/work/explore.rs`.

use anyhow::Result;

use crate::cargo_test::{self, Suite, TestFilter};
use crate::setup::Tools;

/// Explores, and prints what was met.
///
/// # Errors
/// When a sequence breaks what the page promises; it is printed as a test.
pub fn explore(tools: &Tools) -> Result<()> {
    // In the profile of the tests, which optimises this crate: overflows are noticed.
    let deep = TestFilter::Only(&["work::explore::a_million_states_hold"]);
    cargo_test::run(tools, &[Suite::Package("core")], &[], &["--ignored", "--nocapture"], deep)
}
