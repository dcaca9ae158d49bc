//! The deep exploration of everything that can happen to a press: see `core/src/work/explore.rs`.

use anyhow::Result;

use crate::cargo_test::{self, Suite, TestFilter};
use crate::setup::Tools;

/// Explores, and prints what was met.
///
/// # Errors
/// If a sequence violates a guarantee; it is printed as a test.
pub fn explore(tools: &Tools) -> Result<()> {
    // In the test profile, which optimizes this crate but still detects overflows.
    let deep = TestFilter::Only(&["work::explore::a_million_states_hold"]);
    cargo_test::run(tools, &[Suite::Package("core")], &[], &["--ignored", "--nocapture"], deep)
}
