//! How steps call the test programs.

use anyhow::Result;

use super::filters::ON_WEB_SERVERS;
use crate::cargo_test::{self, Suite, TestFilter};
use crate::setup::Tools;
use crate::{package, page};

/// Browser tests are run in Chromium's shell.
pub(super) const SHELL: (&str, &str) = ("CONSOLE_BROWSER", "chromium-headless-shell");

/// Runs tests; what was given on the command line is a filter of theirs.
pub(super) fn run_suite(tools: &Tools, name: &'static str, given: &[&str], options: &[&str]) -> Result<()> {
    cargo_test::run(tools, &[Suite::Console(name)], &[], options, TestFilter::Only(given))
}

pub(super) fn run_in_browser(
    tools: &Tools,
    variables: &[(&str, &str)],
    filter: TestFilter,
    given: &[&str],
) -> Result<()> {
    // A filter on the command line replaces the step's own.
    run_in_parallel(tools, "browser", variables, if given.is_empty() { filter } else { TestFilter::Only(given) })
}

/// Runs tests on a web server that serves the release archive, as somebody would who has nothing else.
pub(super) fn run_on_web_server(tools: &Tools, host: &str, given: &[&str]) -> Result<()> {
    let release = package::unpack(tools)?.to_string_lossy().into_owned();
    let variables = [("CONSOLE_HOST", host), ("CONSOLE_RELEASE", &*release)];
    run_in_browser(tools, &variables, TestFilter::Only(&ON_WEB_SERVERS), given)
}

/// Runs tests of the page, of which most wait most of the time: more of them at once than there are cores.
pub(super) fn run_in_parallel(
    tools: &Tools,
    name: &'static str,
    variables: &[(&str, &str)],
    filter: TestFilter,
) -> Result<()> {
    const THREADS_PER_CORE: usize = 3;
    page::build_if_outdated(tools)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = (cores * THREADS_PER_CORE).to_string();
    let variables = [variables, &[("RUST_TEST_THREADS", &*threads)]].concat();
    cargo_test::run(tools, &[Suite::Console(name)], &variables, &[], filter)
}
