//! Builds the release page.

use std::path::Path;

use anyhow::Result;

use crate::run::root;
use crate::setup::Tools;
use crate::{build_stamp, code_splitting, compress};

/// The folder of the page, below the workspace.
const DIST: &str = "dist";

/// Builds it to `dist/`.
///
/// # Errors
/// If something can't be built or written.
pub fn build(tools: &Tools) -> Result<()> {
    build_stamp::build(tools, DIST, || build_into(tools, &root().join(DIST), &root().join("target")))
}

/// Builds it to `dist/` if the existing build isn't from the current source.
///
/// # Errors
/// If something can't be built or written.
pub fn build_if_outdated(tools: &Tools) -> Result<()> {
    build_stamp::build_if_outdated(tools, DIST, || build(tools))
}

/// Builds it to a folder, with cargo's output in another.
///
/// # Errors
/// If something can't be built or written.
pub fn build_into(tools: &Tools, dist: &Path, target: &Path) -> Result<()> {
    let folder = dist.to_string_lossy();
    // Without `--release` trunk skips wasm-opt, whose result would be replaced anyway.
    let arguments = ["build", "--cargo-profile", "release", "--locked", "--skip-version-check", "--dist", &folder];
    let own = [("CARGO_TARGET_DIR".to_owned(), target.to_string_lossy().into_owned())];
    let release = tools.release_environment(code_splitting::LINK_FLAGS);
    tools
        .command("trunk")
        .args(arguments)
        .args(["--features", "split"])
        .envs(&release)
        .envs(&code_splitting::keep_symbol_names())
        .envs(&own)
        .run()?;
    let program = target.join("wasm32-unknown-unknown/release/rds-backup-console.wasm");
    code_splitting::assemble(tools, &program, dist)?;
    compress::write_compressed_copies(dist)
}
