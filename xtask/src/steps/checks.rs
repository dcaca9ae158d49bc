//! The checks that are neither tests nor builds.

use anyhow::Result;

use crate::setup::Tools;
use crate::wasm::Compiler;

fn cargo(tools: &Tools, arguments: &[&str]) -> Result<()> {
    tools.host_command("cargo").args(arguments.iter().copied()).run()
}

/// Licences and sources of all dependencies; duplicates among those of the page.
pub(super) fn dependencies(tools: &Tools) -> Result<()> {
    cargo(tools, &["deny", "check", "licenses", "sources"])?;
    let page = ["--exclude", "sandbox", "--exclude", "xtask", "--exclude-dev", "--target", "wasm32-unknown-unknown"];
    cargo(tools, &[&["deny"], &page[..], &["check", "bans"]].concat())
}

pub(super) fn clippy_for_wasm(tools: &Tools) -> Result<()> {
    if tools.compiler == Some(Compiler::Debian) {
        println!(
            "Left out: Debian's compiler comes without clippy. All but what is for wasm alone was checked for the host."
        );
        return Ok(());
    }
    let wasm = ["--target", "wasm32-unknown-unknown", "--all-features"];
    let arguments = [&["clippy", "--locked"], &wasm[..], &["--", "-D", "warnings"]].concat();
    tools.command("cargo").args(arguments).run()
}
