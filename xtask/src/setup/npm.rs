//! The packages of npm.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::run::{Program, root};
use crate::tools::find;

/// Whether what is installed comes from the lock file as it stands.
pub(super) fn is_installed() -> bool {
    std::fs::read(stamp()).is_ok_and(|stamp| std::fs::read(lock()).is_ok_and(|lock| lock == stamp))
}

/// Installs what the lock file names.
pub(super) fn install() -> Result<()> {
    if find("npm", &[]).is_none() {
        bail!("npm is missing: install Node.js with npm (on Debian the package npm).");
    }
    Program::new("npm").args(["ci"]).current_dir(folder()).run()?;
    std::fs::copy(lock(), stamp())?;
    Ok(())
}

/// The folder of the programs that the packages bring.
pub(super) fn programs() -> PathBuf {
    folder().join("node_modules/.bin")
}

fn folder() -> PathBuf {
    root().join("xtask/npm")
}

fn lock() -> PathBuf {
    folder().join("package-lock.json")
}

/// The lock file of the installed packages.
fn stamp() -> PathBuf {
    folder().join("node_modules/.installed-from")
}
