//! The tools once they are there, and the environment that commands run in.

use std::path::PathBuf;

use anyhow::Result;

use super::{npm, pip};
use crate::run::{Program, root};
use crate::tools::{
    CARGO_DENY, CARGO_FUZZ, CARGO_MUTANTS, CargoTool, GECKODRIVER, TRUNK, WASM_BINDGEN, cargo_bin, find,
};
use crate::wasm::{self, Compiler, RUSTFLAGS};

/// The result of the set-up.
pub struct Tools {
    /// The environment in which the page is built.
    pub environment: Vec<(String, String)>,
    /// The compiler for wasm, if there is one.
    pub compiler: Option<Compiler>,
}

impl Tools {
    /// A program that runs in the environment for building the page.
    pub fn command(&self, program: &str) -> Program {
        self.host_command(program).envs(&self.environment)
    }

    /// The additional environment for a release build for wasm; `flags` are added.
    pub fn release_environment(&self, flags: &str) -> Vec<(String, String)> {
        let compiler = self.compiler.unwrap_or(Compiler::Rustup);
        compiler.release_environment(&wasm::with_flags(self.flags(), flags))
    }

    /// The same for a release with std as shipped.
    pub fn shipped_environment(&self, flags: &str) -> Vec<(String, String)> {
        vec![(RUSTFLAGS.to_owned(), wasm::with_flags(self.flags(), flags))]
    }

    fn flags(&self) -> &str {
        self.environment.iter().find(|(name, _)| name == RUSTFLAGS).map_or("", |(_, flags)| flags)
    }

    /// The environment for commands typed by the user: without the flags, which cargo would apply to builds for this
    /// machine as well.
    pub fn shell_environment(&self) -> impl Iterator<Item = &(String, String)> {
        self.environment.iter().filter(|(name, _)| name != RUSTFLAGS)
    }

    /// A program that finds the tools, and that builds for this machine, if it builds.
    pub fn host_command(&self, program: &str) -> Program {
        let path: Vec<_> = self.environment.iter().filter(|(name, _)| name == "PATH").cloned().collect();
        // Looked up here, since a program isn't looked up in the PATH of its own environment.
        let folders: Vec<PathBuf> = path.iter().flat_map(|(_, folders)| std::env::split_paths(folders)).collect();
        let file = find(program, &folders).unwrap_or_else(|| PathBuf::from(program));
        Program::new(&file.to_string_lossy()).envs(&path)
    }
}

/// The environment in which the page is built by a compiler.
pub(super) fn environment(compiler: Option<Compiler>) -> Result<Vec<(String, String)>> {
    let tools = [&TRUNK, &WASM_BINDGEN, &GECKODRIVER, &CARGO_DENY, &CARGO_FUZZ, &CARGO_MUTANTS].map(CargoTool::folder);
    let others = [npm::programs(), cargo_bin()].map(Some);
    let folders = tools.into_iter().chain([pip::HADOLINT.folder()]).chain(others);
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Debian installs servers where not every user's PATH leads.
    let servers = PathBuf::from("/usr/sbin");
    let path = std::env::join_paths(folders.flatten().chain(std::env::split_paths(&path)).chain([servers]))?;
    let mut environment = compiler.map(Compiler::environment).unwrap_or_default();
    environment.push(("PATH".to_owned(), path.to_string_lossy().into_owned()));
    environment.push((RUSTFLAGS.to_owned(), path_remapping_flags()));
    Ok(environment)
}

/// Flags that keep the folders of this machine out of the page: panics contain the names of source files.
fn path_remapping_flags() -> String {
    let registry = cargo_bin().with_file_name("registry/src");
    let registries = std::fs::read_dir(registry).into_iter().flatten().flatten().map(|entry| entry.path());
    let prefixes = registries.map(|path| (path, "/dependencies")).chain([(root(), "/console")]);
    let flags = prefixes.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    wasm::encode(&flags.collect::<Vec<_>>())
}
