//! The linters of the container image.

use anyhow::Result;

use crate::run::root;
use crate::setup::Tools;

const CONTAINERFILE: &str = "deploy/container/Containerfile";
const START: &str = "deploy/container/start.sh";

/// Lints the Containerfile and the script that it starts.
///
/// # Errors
/// A linter finds something; it has said what.
pub fn lint(tools: &Tools) -> Result<()> {
    tools.host_command("hadolint").args([CONTAINERFILE]).current_dir(root()).run()?;
    tools.host_command("shellcheck").args([START]).current_dir(root()).run()
}
