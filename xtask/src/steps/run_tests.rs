//! How steps call the test programs.

use anyhow::Result;

use super::filters::ON_WEB_SERVERS;
use crate::cargo_test::{self, Suite, Which};
use crate::setup::Tools;
use crate::{package, page};

/// Browser tests are played in Chromium's shell.
pub(super) const SHELL: (&str, &str) = ("CONSOLE_BROWSER", "chromium-headless-shell");

/// Plays tests; what was given on the command line is a filter of theirs.
pub(super) fn test(tools: &Tools, name: &'static str, given: &[&str], options: &[&str]) -> Result<()> {
    cargo_test::play(tools, &[Suite::Console(name)], &[], options, Which::Only(given))
}

pub(super) fn in_browser(tools: &Tools, variables: &[(&str, &str)], which: Which, given: &[&str]) -> Result<()> {
    // A filter of one's own takes the place of the step's.
    side_by_side(tools, "browser", variables, if given.is_empty() { which } else { Which::Only(given) })
}

/// Plays tests on a web server that serves the release archive, as somebody would who has nothing else.
pub(super) fn on_web_server(tools: &Tools, host: &str, given: &[&str]) -> Result<()> {
    let release = package::unpack(tools)?.to_string_lossy().into_owned();
    let variables = [("CONSOLE_HOST", host), ("CONSOLE_RELEASE", &*release)];
    in_browser(tools, &variables, Which::Only(&ON_WEB_SERVERS), given)
}

/// Plays tests of the page, of which most wait most of the time: more of them at once than there are cores.
pub(super) fn side_by_side(tools: &Tools, name: &'static str, variables: &[(&str, &str)], which: Which) -> Result<()> {
    const ON_EACH_CORE: usize = 3;
    page::expect(tools)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = (cores * ON_EACH_CORE).to_string();
    let variables = [variables, &[("RUST_TEST_THREADS", &*threads)]].concat();
    cargo_test::play(tools, &[Suite::Console(name)], &variables, &[], which)
}
