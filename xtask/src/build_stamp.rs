//! Whether what was built comes from the current source: tests of a page that was built before the last change, or by something
//! else, say nothing of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::run::root;
use crate::setup::Tools;
use crate::wasm::Compiler;

/// The sources of the page and the module, and everything that builds them.
const SOURCES: [&str; 13] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "Trunk.toml",
    "contract",
    "core",
    "index.html",
    "module",
    "src",
    "static",
    "xtask",
];
/// Installed from the lock file beside it.
const NODE_MODULES: &str = "node_modules";

/// Builds a folder of the workspace, and records its sources and contents.
///
/// # Errors
/// If it can't be built, or nothing can be recorded.
pub fn build(tools: &Tools, folder: &str, build: impl FnOnce() -> Result<()>) -> Result<()> {
    // Taken before building, since the source may change meanwhile.
    let source = source_digest(tools)?;
    build()?;
    Ok(fs::write(stamp_file(folder), source + &digest(&root(), &[folder])?)?)
}

/// Builds it if the existing build isn't from the current source.
///
/// # Errors
/// If it can't be built.
pub fn build_if_outdated(tools: &Tools, folder: &str, build: impl FnOnce() -> Result<()>) -> Result<()> {
    let current = source_digest(tools)? + &digest(&root(), &[folder]).unwrap_or_default();
    if fs::read_to_string(stamp_file(folder)).is_ok_and(|noted| noted == current) {
        return Ok(());
    }
    println!("{folder}/ isn't what the source as it stands gives, and is built first.");
    build()
}

/// The source, and the compiler to be used.
fn source_digest(tools: &Tools) -> Result<String> {
    let version = tools.command("rustc").args(["-vV"]).output().context("the compiler doesn't tell its version")?;
    Ok(format!("{}{:?}\n{version}", digest(&root(), &SOURCES)?, tools.compiler.map(Compiler::option)))
}

fn stamp_file(folder: &str) -> PathBuf {
    root().join("target").join(format!("{folder}.built-from"))
}

/// One hash for files, and all files of folders, with their names.
fn digest(root: &Path, paths: &[&str]) -> Result<String> {
    let mut hasher = Sha256::new();
    for path in paths {
        add_to_digest(root, Path::new(path), &mut hasher).with_context(|| format!("{path} can't be read"))?;
    }
    Ok(format!("{:x}\n", hasher.finalize()))
}

fn add_to_digest(root: &Path, path: &Path, hasher: &mut Sha256) -> Result<()> {
    let place = root.join(path);
    if place.is_dir() {
        let names: Result<Vec<_>> = fs::read_dir(&place)?.map(|entry| Ok(entry?.file_name())).collect();
        let mut names = names?;
        names.retain(|name| name != NODE_MODULES);
        names.sort();
        return names.iter().try_for_each(|name| add_to_digest(root, &path.join(name), hasher));
    }
    // An editor's lock is a dangling link.
    if place.is_symlink() && !place.exists() {
        return Ok(());
    }
    let content = fs::read(place)?;
    hasher.update(format!("{}\n{}\n", path.display(), content.len()));
    hasher.update(content);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_a_file_changes_the_digest() {
        let root = std::env::temp_dir().join(format!("console-built-{}", std::process::id()));
        fs::create_dir_all(root.join("src/inner")).unwrap();
        let number = || digest(&root, &["src"]).unwrap();
        let mut numbers = vec![number()];
        fs::write(root.join("src/inner/a"), "one").unwrap();
        numbers.push(number());
        assert_eq!(number(), number());
        fs::write(root.join("src/inner/a"), "two").unwrap();
        numbers.push(number());
        fs::rename(root.join("src/inner/a"), root.join("src/inner/b")).unwrap();
        numbers.push(number());
        fs::write(root.join("src/c"), "").unwrap();
        numbers.push(number());
        std::os::unix::fs::symlink("nowhere", root.join("src/.#c")).unwrap();
        assert_eq!(numbers.last(), Some(&number()), "a link to nothing is no source");
        fs::remove_dir_all(&root).unwrap();
        let different: std::collections::BTreeSet<&String> = numbers.iter().collect();
        assert_eq!(different.len(), numbers.len(), "{numbers:?}");
    }
}
