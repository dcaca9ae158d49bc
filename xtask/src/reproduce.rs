//! Builds the page a second time, from scratch and in another folder, and compares: the same source gives the same
//! bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::page;
use crate::run::{Program, root};
use crate::setup::Tools;

/// The other checkout. A user's folder may have spaces in its name.
const OTHER: &str = "target/a second checkout";
/// Folders that don't belong to the source.
const NOT_SOURCE: [&str; 6] = [".git", "target", "dist", "dist-module", "node_modules", "fuzz"];
/// Folders with what was installed for the first checkout.
const INSTALLED: [&str; 2] = ["xtask/npm/node_modules", "target/tools"];

/// Builds from another checkout, without anything from the first build, and compares with `dist/`.
///
/// # Errors
/// If a file differs; the message names it.
pub fn check(tools: &Tools) -> Result<()> {
    page::build_if_outdated(tools)?;
    let other = root().join(OTHER);
    if other.exists() {
        fs::remove_dir_all(&other)?;
    }
    copy(&root(), &other)?;
    for installed in INSTALLED.into_iter().filter(|installed| root().join(installed).exists()) {
        let link = other.join(installed);
        fs::create_dir_all(link.parent().unwrap_or(&other))?;
        std::os::unix::fs::symlink(root().join(installed), link)?;
    }
    let program = std::env::current_exe()?;
    let folder = other.to_string_lossy().into_owned();
    let compiler = tools.compiler.map(|compiler| format!("--wasm={}", compiler.option()));
    let build = Program::new(&program.to_string_lossy()).args(["--root", &folder]).args(compiler.as_deref());
    build.args(["build"]).run()?;
    let dist = other.join("dist");
    let (first, second) = (files(&root().join("dist"))?, files(&dist)?);
    if first.keys().ne(second.keys()) {
        bail!("Two builds gave other files: {:?} and {:?}", first.keys(), second.keys());
    }
    if let Some((name, _)) = first.iter().find(|(name, bytes)| second.get(*name) != Some(bytes)) {
        bail!("Two builds gave another {name}");
    }
    println!("Two clean builds in different folders gave the same {} files, byte for byte.", first.len());
    fs::remove_dir_all(&other).context("the second checkout can't be removed")
}

/// Copies the source.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let target = to.join(&name);
        if NOT_SOURCE.iter().any(|other| name == *other) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(files)
}
