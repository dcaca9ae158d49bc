//! Whether what was built is of the source as it stands: tests of a page that was built before the last change say nothing of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::run::root;

/// What the page and the module are made of, and with.
const SOURCES: [&str; 12] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "contract/src",
    "core/src",
    "index.html",
    "module",
    "src",
    "static",
    "xtask/npm/package-lock.json",
    "xtask/src/compress.rs",
    "xtask/src/parts.rs",
];

/// Whether a folder of the workspace was built from the source as it stands.
pub fn is_current(built: &str) -> bool {
    let kept = fs::read_to_string(stamp(built));
    root().join(built).exists() && kept.is_ok_and(|kept| digest().is_ok_and(|now| now == kept))
}

/// What the source is, to be noted once it is built: it may change meanwhile.
///
/// # Errors
/// When it can't be read.
pub fn digest() -> Result<String> {
    let mut hasher = Sha256::new();
    for source in SOURCES {
        take(&root().join(source), &mut hasher).with_context(|| format!("{source} can't be read"))?;
    }
    Ok(format!("{:x}", hasher.finalize()))
}

/// Notes what a folder was built from.
///
/// # Errors
/// When it can't be written.
pub fn note(built: &str, digest: &str) -> Result<()> {
    Ok(fs::write(stamp(built), digest)?)
}

fn stamp(built: &str) -> PathBuf {
    root().join("target").join(format!("{built}.built-from"))
}

fn take(path: &Path, hasher: &mut Sha256) -> Result<()> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| take(entry, hasher));
    }
    hasher.update(path.to_string_lossy().as_bytes());
    hasher.update(fs::read(path)?);
    Ok(())
}
