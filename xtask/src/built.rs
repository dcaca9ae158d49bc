//! Whether what was built is of the source as it stands: tests of a page that was built before the last change, or by something
//! else, say nothing of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::run::root;

/// What the page and the module are made of, and by.
const SOURCES: [&str; 17] = [
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
    "xtask/npm/package-lock.json",
    "xtask/src/compress.rs",
    "xtask/src/module.rs",
    "xtask/src/page.rs",
    "xtask/src/parts.rs",
    "xtask/src/tools.rs",
];

/// Builds a folder of the workspace, and notes what it was built from and what it has.
///
/// # Errors
/// When it can't be built, or nothing can be noted.
pub fn build(folder: &str, build: impl FnOnce() -> Result<()>) -> Result<()> {
    // Before: the source may change meanwhile.
    let source = digest(&root(), &SOURCES)?;
    build()?;
    Ok(fs::write(stamp(folder), source + &digest(&root(), &[folder])?)?)
}

/// Builds it if what is there isn't what the source as it stands gave.
///
/// # Errors
/// When it can't be built.
pub fn expect(folder: &str, build: impl FnOnce() -> Result<()>) -> Result<()> {
    let current = digest(&root(), &SOURCES)? + &digest(&root(), &[folder]).unwrap_or_default();
    if fs::read_to_string(stamp(folder)).is_ok_and(|noted| noted == current) {
        return Ok(());
    }
    println!("{folder}/ isn't what the source as it stands gives, and is built first.");
    build()
}

fn stamp(folder: &str) -> PathBuf {
    root().join("target").join(format!("{folder}.built-from"))
}

/// One number for files, and all files of folders, with their names.
fn digest(root: &Path, paths: &[&str]) -> Result<String> {
    let mut hasher = Sha256::new();
    for path in paths {
        take(root, Path::new(path), &mut hasher).with_context(|| format!("{path} can't be read"))?;
    }
    Ok(format!("{:x}\n", hasher.finalize()))
}

fn take(root: &Path, path: &Path, hasher: &mut Sha256) -> Result<()> {
    let place = root.join(path);
    if place.is_dir() {
        let names: Result<Vec<_>> = fs::read_dir(&place)?.map(|entry| Ok(entry?.file_name())).collect();
        let mut names = names?;
        names.sort();
        return names.iter().try_for_each(|name| take(root, &path.join(name), hasher));
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
    fn any_change_of_a_file_gives_another_number() {
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
        fs::remove_dir_all(&root).unwrap();
        let different: std::collections::BTreeSet<&String> = numbers.iter().collect();
        assert_eq!(different.len(), numbers.len(), "{numbers:?}");
    }
}
