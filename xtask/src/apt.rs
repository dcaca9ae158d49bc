//! The packages of Debian and its derivatives.

use std::path::Path;

use anyhow::Result;

use crate::run::Program;

/// Whether this is Debian or a derivative.
pub fn has_apt() -> bool {
    Path::new("/usr/bin/apt-get").exists()
}

/// Installs Debian packages, with sudo if necessary.
///
/// # Errors
/// If apt-get fails.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let is_root = Program::new("id").args(["-u"]).output().is_some_and(|id| id.trim() == "0");
    let apt = |arguments: &[&str]| {
        let line = ["apt-get", "-q"].iter().chain(arguments).copied();
        let environment = [("DEBIAN_FRONTEND".to_owned(), "noninteractive".to_owned())];
        if is_root {
            Program::new("apt-get").args(line.skip(1)).envs(&environment).run()
        } else {
            Program::new("sudo").args(line).envs(&environment).run()
        }
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}
