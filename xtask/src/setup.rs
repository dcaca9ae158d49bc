//! Set-up: finds out what is missing, says what it is about to install, and installs it. What is there stays.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::run::{Program, root};
use crate::tools::{CargoTool, TRUNK, WASM_BINDGEN, cargo_bin, find};
use crate::wasm::Compiler;

/// Something that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A compiler for wasm.
    Wasm,
    /// trunk.
    Trunk,
    /// wasm-bindgen's command-line tool.
    WasmBindgen,
    /// The tools from npm: wasm-opt.
    Npm,
    /// Chromium and chromedriver.
    Browser,
}

/// What is there once set-up is done.
pub struct Tools {
    /// The environment in which the page is built.
    pub environment: Vec<(String, String)>,
    /// The compiler for wasm.
    pub compiler: Compiler,
}

impl Need {
    /// All of them, in the order in which they are installed.
    pub const ALL: [Self; 5] = [Self::Wasm, Self::Trunk, Self::WasmBindgen, Self::Npm, Self::Browser];
    /// What a release build needs.
    pub const TO_BUILD: [Self; 4] = [Self::Wasm, Self::Trunk, Self::WasmBindgen, Self::Npm];

    fn is_met(self, wanted: Option<Compiler>) -> bool {
        match self {
            Self::Wasm => Compiler::ready(wanted).is_some(),
            Self::Trunk => TRUNK.folder().is_some(),
            Self::WasmBindgen => WASM_BINDGEN.folder().is_some(),
            Self::Npm => {
                std::fs::read(npm_stamp()).is_ok_and(|stamp| std::fs::read(npm_lock()).is_ok_and(|lock| lock == stamp))
            }
            Self::Browser => find("chromedriver", &[]).is_some(),
        }
    }

    fn describe(self) -> String {
        let tool = |tool: &CargoTool| format!("{} {} by cargo install ({})", tool.package, tool.version, tool.takes);
        match self {
            Self::Wasm => "a compiler for wasm, from rustup or else from Debian's packages".to_owned(),
            Self::Trunk => tool(&TRUNK),
            Self::WasmBindgen => tool(&WASM_BINDGEN),
            Self::Npm => "wasm-opt by npm ci".to_owned(),
            Self::Browser => "chromium and chromium-driver by apt-get".to_owned(),
        }
    }

    fn install(self, wanted: Option<Compiler>) -> Result<()> {
        match self {
            Self::Wasm => Compiler::install(wanted).map(|_| ()),
            Self::Trunk => TRUNK.install(),
            Self::WasmBindgen => WASM_BINDGEN.install(),
            Self::Npm => {
                if find("npm", &[]).is_none() {
                    bail!("npm is missing: install Node.js with npm (on Debian the package npm).");
                }
                Program::new("npm").args(["ci"]).within(npm()).run()?;
                std::fs::copy(npm_lock(), npm_stamp())?;
                Ok(())
            }
            Self::Browser if has_apt() => apt_install(&["chromium", "chromium-driver"]),
            Self::Browser => {
                bail!("Chromium is missing: install it with its chromedriver, and put chromedriver on PATH.")
            }
        }
    }
}

/// Provides what a command needs.
///
/// # Errors
/// A sentence that says what couldn't be installed and what to do.
pub fn provide(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    let missing = missing(needs, wanted);
    if !missing.is_empty() {
        eprintln!("Set-up installs:");
        for need in &missing {
            eprintln!("  - {}", need.describe());
        }
    }
    for (number, need) in missing.iter().enumerate() {
        eprintln!("[{}/{}] {} …", number + 1, missing.len(), need.describe());
        need.install(wanted)?;
    }
    let tools = present(wanted)?;
    eprintln!("Set-up is complete; wasm is built by {}.", tools.compiler.name());
    Ok(tools)
}

/// What is there already, for a command that may not print what an installation prints.
///
/// # Errors
/// When something is missing.
pub fn expect(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    if missing(needs, wanted).is_empty() { present(wanted) } else { bail!("Run `cargo xtask setup` first.") }
}

fn missing(needs: &[Need], wanted: Option<Compiler>) -> Vec<Need> {
    needs.iter().copied().filter(|need| !need.is_met(wanted)).collect()
}

fn present(wanted: Option<Compiler>) -> Result<Tools> {
    match Compiler::ready(wanted) {
        Some(compiler) => Ok(Tools { environment: environment(compiler)?, compiler }),
        None => bail!("The compiler for wasm was installed and isn't found."),
    }
}

fn environment(compiler: Compiler) -> Result<Vec<(String, String)>> {
    let folders = [TRUNK.folder(), WASM_BINDGEN.folder(), Some(npm().join("node_modules/.bin")), Some(cargo_bin())];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(folders.into_iter().flatten().chain(std::env::split_paths(&path)))?;
    let mut environment = compiler.environment();
    environment.push(("PATH".to_owned(), path.to_string_lossy().into_owned()));
    Ok(environment)
}

impl Tools {
    /// A program that runs in the environment in which the page is built.
    pub fn command(&self, program: &str) -> Program {
        // Looked up here: a child's PATH isn't where its own program is looked up.
        let path = self.environment.iter().find(|(name, _)| name == "PATH").map(|(_, value)| value.as_str());
        let folders: Vec<PathBuf> = std::env::split_paths(path.unwrap_or_default()).collect();
        let file = find(program, &folders).unwrap_or_else(|| PathBuf::from(program));
        Program::new(&file.to_string_lossy()).envs(&self.environment)
    }
}

/// Whether this is Debian or a relative of it.
pub fn has_apt() -> bool {
    Path::new("/usr/bin/apt-get").exists()
}

/// Installs Debian packages, with sudo where that is needed.
///
/// # Errors
/// When apt-get fails.
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

fn npm() -> PathBuf {
    root().join("xtask/npm")
}

fn npm_lock() -> PathBuf {
    npm().join("package-lock.json")
}

/// The lock file that the installed packages come from.
fn npm_stamp() -> PathBuf {
    npm().join("node_modules/.installed-from")
}
