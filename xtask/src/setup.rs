//! Set-up: finds out what is missing, says what it is about to install, and installs it. What is there stays.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::run::{Program, root};
use crate::tools::{
    CARGO_DENY, CARGO_FUZZ, CARGO_MUTANTS, CargoTool, GECKODRIVER, TRUNK, WASM_BINDGEN, cargo_bin, find,
};
use crate::wasm::{self, Compiler, RUSTFLAGS};

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
    /// What tests the page: browsers and web servers, from Debian's packages.
    Stage,
    /// Firefox's driver.
    Geckodriver,
    /// The check of licences and sources.
    CargoDeny,
    /// The fuzzer.
    CargoFuzz,
    /// What changes the code to see whether a test notices. No other command needs it, so `setup` leaves it out.
    CargoMutants,
}

/// What is there once set-up is done.
pub struct Tools {
    /// The environment in which the page is built.
    pub environment: Vec<(String, String)>,
    /// The compiler for wasm.
    pub compiler: Compiler,
}

impl Need {
    /// All that the page and its tests need, in the order in which it is installed.
    pub const ALL: [Self; 8] = [
        Self::Wasm,
        Self::Trunk,
        Self::WasmBindgen,
        Self::Npm,
        Self::Stage,
        Self::Geckodriver,
        Self::CargoDeny,
        Self::CargoFuzz,
    ];
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
            Self::Stage => missing_packages().is_empty(),
            Self::Geckodriver => GECKODRIVER.folder().is_some(),
            Self::CargoDeny => CARGO_DENY.folder().is_some(),
            Self::CargoFuzz => CARGO_FUZZ.folder().is_some(),
            Self::CargoMutants => CARGO_MUTANTS.folder().is_some(),
        }
    }

    fn describe(self) -> String {
        let tool = |tool: &CargoTool| format!("{} {} by cargo install ({})", tool.package, tool.version, tool.takes);
        match self {
            Self::Wasm => "a compiler for wasm, from rustup or else from Debian's packages".to_owned(),
            Self::Trunk => tool(&TRUNK),
            Self::WasmBindgen => tool(&WASM_BINDGEN),
            Self::Npm => "wasm-opt by npm ci".to_owned(),
            Self::Stage => format!("{} by apt-get", missing_packages().join(", ")),
            Self::Geckodriver => tool(&GECKODRIVER),
            Self::CargoDeny => tool(&CARGO_DENY),
            Self::CargoFuzz => tool(&CARGO_FUZZ),
            Self::CargoMutants => tool(&CARGO_MUTANTS),
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
            Self::Stage if has_apt() => apt_install(&missing_packages()),
            Self::Stage => bail!(
                "Browsers and web servers of the tests are missing. Install what Debian has in these packages: {}.",
                missing_packages().join(", ")
            ),
            Self::Geckodriver => GECKODRIVER.install(),
            Self::CargoDeny => CARGO_DENY.install(),
            Self::CargoFuzz => CARGO_FUZZ.install(),
            Self::CargoMutants => CARGO_MUTANTS.install(),
        }
    }
}

/// What the tests need of Debian's packages: the package, and a file that tells that it is there.
const PACKAGES: [(&str, &str); 8] = [
    ("chromium", "/usr/bin/chromium"),
    ("chromium-driver", "/usr/bin/chromedriver"),
    ("firefox-esr", "/usr/bin/firefox-esr"),
    ("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"),
    ("xvfb", "/usr/bin/Xvfb"),
    ("nginx-light", "/usr/sbin/nginx"),
    ("libnginx-mod-http-brotli-static", "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),
    ("caddy", "/usr/bin/caddy"),
];

/// The packages that aren't there; a program of that name elsewhere on PATH will do.
fn missing_packages() -> Vec<&'static str> {
    let is_there = |file: &str| {
        let path = Path::new(file);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.exists() || find(&name, &[]).is_some()
    };
    PACKAGES.into_iter().filter(|(_, file)| !is_there(file)).map(|(package, _)| package).collect()
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
    let tools = [&TRUNK, &WASM_BINDGEN, &GECKODRIVER, &CARGO_DENY, &CARGO_FUZZ, &CARGO_MUTANTS].map(CargoTool::folder);
    let others = [npm().join("node_modules/.bin"), cargo_bin()].map(Some);
    let folders = tools.into_iter().chain(others);
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Debian keeps servers where not every user's PATH leads.
    let servers = PathBuf::from("/usr/sbin");
    let path = std::env::join_paths(folders.flatten().chain(std::env::split_paths(&path)).chain([servers]))?;
    let mut environment = compiler.environment();
    environment.push(("PATH".to_owned(), path.to_string_lossy().into_owned()));
    environment.push((RUSTFLAGS.to_owned(), without_own_paths()));
    Ok(environment)
}

/// Flags that keep the folders of this machine out of the page: panics name the file they stand in.
fn without_own_paths() -> String {
    let registry = cargo_bin().with_file_name("registry/src");
    let registries = std::fs::read_dir(registry).into_iter().flatten().flatten().map(|entry| entry.path());
    let prefixes = registries.map(|path| (path, "/dependencies")).chain([(root(), "/console")]);
    let flags = prefixes.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    wasm::encode(&flags.collect::<Vec<_>>())
}

impl Tools {
    /// A program that runs in the environment in which the page is built.
    pub fn command(&self, program: &str) -> Program {
        self.host_command(program).envs(&self.environment)
    }

    /// What a release build for wasm needs in its environment besides; `flags` are further ones of its own.
    pub fn release_environment(&self, flags: &str) -> Vec<(String, String)> {
        self.compiler.release_environment(&wasm::with_flags(self.flags(), flags))
    }

    /// The same for a release with std as it is shipped.
    pub fn shipped_environment(&self, flags: &str) -> Vec<(String, String)> {
        vec![(RUSTFLAGS.to_owned(), wasm::with_flags(self.flags(), flags))]
    }

    fn flags(&self) -> &str {
        self.environment.iter().find(|(name, _)| name == RUSTFLAGS).map_or("", |(_, flags)| flags)
    }

    /// The environment for commands that are typed: without the flags, which cargo would give to builds for this machine as well.
    pub fn to_type(&self) -> impl Iterator<Item = &(String, String)> {
        self.environment.iter().filter(|(name, _)| name != RUSTFLAGS)
    }

    /// A program that finds the tools, and builds for this machine if it builds.
    pub fn host_command(&self, program: &str) -> Program {
        let path: Vec<_> = self.environment.iter().filter(|(name, _)| name == "PATH").cloned().collect();
        // Looked up here: a child's PATH isn't where its own program is looked up.
        let folders: Vec<PathBuf> = path.iter().flat_map(|(_, folders)| std::env::split_paths(folders)).collect();
        let file = find(program, &folders).unwrap_or_else(|| PathBuf::from(program));
        Program::new(&file.to_string_lossy()).envs(&path)
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
