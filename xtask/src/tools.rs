//! The tools of the build and their versions.

use std::path::PathBuf;

use anyhow::Result;

use crate::run::{Program, root};

/// A tool that cargo installs.
pub struct CargoTool {
    /// Name of the package.
    pub package: &'static str,
    /// Name of the program.
    pub program: &'static str,
    /// The version that the project is built with.
    pub version: &'static str,
    /// Features, if they differ from the default ones.
    features: Option<&'static str>,
    /// How much it is optimized: a program that runs for seconds needn't be compiled for minutes.
    opt_level: &'static str,
    /// How long its installation takes, for messages.
    pub takes: &'static str,
}

/// Builds the page. 0.22 needs a newer compiler. Its check for updates is disabled, so that the build makes no such
/// request.
pub const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    features: Some("rustls"),
    opt_level: "0",
    takes: "some 3 minutes",
};

/// Writes the JavaScript beside the wasm, at each build while serving the page; three times as fast with some
/// optimization. Its version must match the crate `wasm-bindgen` in Cargo.toml.
pub const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.130",
    features: None,
    opt_level: "1",
    takes: "some 2 minutes",
};

/// Drives Firefox in the browser tests.
pub const GECKODRIVER: CargoTool = CargoTool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    features: None,
    opt_level: "0",
    takes: "about 1 minute",
};

/// Checks licences, sources and duplicates of the dependencies.
pub const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    features: None,
    opt_level: "0",
    takes: "some 2 minutes",
};

/// Runs the fuzz targets.
pub const CARGO_FUZZ: CargoTool = CargoTool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    version: "0.13.2",
    features: None,
    opt_level: "0",
    takes: "about 1 minute",
};

/// Mutates the code to check that a test notices.
pub const CARGO_MUTANTS: CargoTool = CargoTool {
    package: "cargo-mutants",
    program: "cargo-mutants",
    version: "27.1.0",
    features: None,
    opt_level: "1",
    takes: "about 2 minutes",
};

/// The first of the folders, or else of PATH, that contains the program.
pub fn find(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders
        .iter()
        .cloned()
        .chain(std::env::split_paths(&path))
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

impl CargoTool {
    /// Where this project installs the tool if another version of it is already on PATH.
    pub fn own_folder(&self) -> PathBuf {
        root().join("target/tools").join(format!("{}-{}", self.package, self.version))
    }

    /// The folder that contains the program in the right version.
    pub fn folder(&self) -> Option<PathBuf> {
        let own = self.own_folder().join("bin");
        let candidates = [own, cargo_bin()].map(|folder| find(self.program, &[folder]));
        let fits = |file: &PathBuf| {
            let version = Program::new(&file.to_string_lossy()).args(["--version"]).output().unwrap_or_default();
            version.split_whitespace().nth(1) == Some(self.version)
        };
        candidates.into_iter().flatten().find(fits).and_then(|file| file.parent().map(PathBuf::from))
    }

    /// Installs the tool where cargo keeps its programs, or in a folder of the project if it would replace another
    /// version there.
    pub fn install(&self) -> Result<()> {
        let own = self.own_folder();
        let own = own.to_string_lossy();
        let mut arguments = vec!["install", self.package, "--version", self.version, "--locked"];
        if let Some(features) = self.features {
            arguments.extend(["--no-default-features", "--features", features]);
        }
        if find(self.program, &[cargo_bin()]).is_some() {
            arguments.extend(["--root", &own]);
        }
        let quick = [("OPT_LEVEL", self.opt_level), ("DEBUG", "false"), ("LTO", "off"), ("CODEGEN_UNITS", "16")];
        let quick = quick.map(|(name, value)| (format!("CARGO_PROFILE_RELEASE_{name}"), value.to_owned()));
        if has_binstall() {
            // The user has chosen to trust binaries compiled by others.
            let arguments = ["binstall", "--no-confirm", "--version", self.version, "--root", &own, self.package];
            if Program::new("cargo").args(arguments).run().is_ok() && self.folder().is_some() {
                return Ok(());
            }
            eprintln!("There is no {} to download; cargo compiles it.", self.package);
        }
        let locked = Program::new("cargo").args(arguments.iter().copied()).envs(&quick).run();
        if locked.is_ok() {
            return locked;
        }
        // Some registries no longer serve a version that the tool's lock file names.
        eprintln!(
            "That failed, as cargo says above. Once more, should it be for {}'s locked dependencies: with newer ones.",
            self.package
        );
        arguments.retain(|argument| *argument != "--locked");
        Program::new("cargo").args(arguments).envs(&quick).run()
    }
}

/// Whether cargo-binstall is installed, which downloads programs instead of compiling them.
fn has_binstall() -> bool {
    find("cargo-binstall", &[cargo_bin()]).is_some()
}

/// Where `cargo install` puts programs.
pub fn cargo_bin() -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    home.unwrap_or_default().join("bin")
}
