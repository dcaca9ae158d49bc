//! Set-up: finds out what is missing, says what it is about to install, and installs it. What is there stays.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::apt::{apt_install, has_apt};
use crate::run::{Program, root};
use crate::tools::{
    CARGO_DENY, CARGO_FUZZ, CARGO_MUTANTS, CargoTool, GECKODRIVER, TRUNK, WASM_BINDGEN, cargo_bin, find,
};
use crate::wasm::{self, Compiler, RUSTFLAGS};

/// Something that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// rustfmt, which rustup's minimal profile lacks.
    Rustfmt,
    /// clippy, likewise.
    Clippy,
    /// A compiler for wasm.
    Wasm,
    /// wasm-opt.
    Npm,
    /// Chromium and its driver.
    Chromium,
    /// Chromium's shell without a window, and the driver.
    ChromiumShell,
    /// Firefox and its driver.
    Firefox,
    /// WebKit's small browser with its driver, and a display.
    WebKit,
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
    /// trunk.
    Trunk,
    /// wasm-bindgen's command-line tool.
    WasmBindgen,
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
    /// The compiler for wasm, where there is one.
    pub compiler: Option<Compiler>,
}

/// How something is installed.
enum Way {
    /// rustup downloads it, or Debian has it.
    Compiler,
    /// rustup downloads it: a part of Rust by its name, and the command of cargo's that is there with it.
    Component { name: &'static str, command: &'static str },
    /// npm downloads it.
    Npm,
    /// Debian's packages: each with a file that tells that it is there.
    Packages(&'static [(&'static str, &'static str)]),
    /// cargo compiles it.
    Cargo(&'static CargoTool),
    /// Debian's packages, and a driver that cargo compiles.
    PackagesAndCargo(&'static [(&'static str, &'static str)], &'static CargoTool),
}

const CHROMIUM: [(&str, &str); 2] = [("chromium", "/usr/bin/chromium"), ("chromium-driver", "/usr/bin/chromedriver")];
const CHROMIUM_SHELL: [(&str, &str); 2] =
    [("chromium-headless-shell", "/usr/bin/chromium-headless-shell"), ("chromium-driver", "/usr/bin/chromedriver")];
const FIREFOX: [(&str, &str); 1] = [("firefox-esr", "/usr/bin/firefox-esr")];
const WEBKIT: [(&str, &str); 2] = [("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"), ("xvfb", "/usr/bin/Xvfb")];
const NGINX_PACKAGES: [(&str, &str); 2] = [
    ("nginx-light", "/usr/sbin/nginx"),
    ("libnginx-mod-http-brotli-static", "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),
];
const CADDY: [(&str, &str); 1] = [("caddy", "/usr/bin/caddy")];

impl Need {
    /// All that the page and its tests need.
    pub const ALL: [Self; 14] = [
        Self::Rustfmt,
        Self::Clippy,
        Self::Wasm,
        Self::Npm,
        Self::Chromium,
        Self::ChromiumShell,
        Self::Firefox,
        Self::WebKit,
        Self::Nginx,
        Self::Caddy,
        Self::WasmBindgen,
        Self::Trunk,
        Self::CargoDeny,
        Self::CargoFuzz,
    ];
    /// What a release build needs.
    pub const TO_BUILD: [Self; 4] = [Self::Wasm, Self::Npm, Self::WasmBindgen, Self::Trunk];

    /// What it is called where steps are listed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rustfmt => "rustfmt",
            Self::Clippy => "clippy",
            Self::Wasm => "a compiler for wasm",
            Self::Npm => "wasm-opt",
            Self::Chromium => "Chromium",
            Self::ChromiumShell => "Chromium's shell",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen",
            Self::CargoDeny => "cargo-deny",
            Self::CargoFuzz => "cargo-fuzz",
            Self::CargoMutants => "cargo-mutants",
        }
    }

    fn way(self) -> Way {
        match self {
            Self::Rustfmt => Way::Component { name: "rustfmt", command: "fmt" },
            Self::Clippy => Way::Component { name: "clippy", command: "clippy" },
            Self::Wasm => Way::Compiler,
            Self::Npm => Way::Npm,
            Self::Chromium => Way::Packages(&CHROMIUM),
            Self::ChromiumShell => Way::Packages(&CHROMIUM_SHELL),
            Self::Firefox => Way::PackagesAndCargo(&FIREFOX, &GECKODRIVER),
            Self::WebKit => Way::Packages(&WEBKIT),
            Self::Nginx => Way::Packages(&NGINX_PACKAGES),
            Self::Caddy => Way::Packages(&CADDY),
            Self::Trunk => Way::Cargo(&TRUNK),
            Self::WasmBindgen => Way::Cargo(&WASM_BINDGEN),
            Self::CargoDeny => Way::Cargo(&CARGO_DENY),
            Self::CargoFuzz => Way::Cargo(&CARGO_FUZZ),
            Self::CargoMutants => Way::Cargo(&CARGO_MUTANTS),
        }
    }

    fn is_met(self, wanted: Option<Compiler>) -> bool {
        match self.way() {
            Way::Component { command, .. } => Program::new("cargo").args([command, "--version"]).output().is_some(),
            Way::Compiler => Compiler::ready(wanted).is_some(),
            Way::Npm => {
                std::fs::read(npm_stamp()).is_ok_and(|stamp| std::fs::read(npm_lock()).is_ok_and(|lock| lock == stamp))
            }
            Way::Packages(packages) => missing_packages(packages).is_empty(),
            Way::Cargo(tool) => tool.folder().is_some(),
            Way::PackagesAndCargo(packages, tool) => missing_packages(packages).is_empty() && tool.folder().is_some(),
        }
    }

    fn describe(self) -> String {
        let tool = |tool: &CargoTool| format!("{} {}, compiled by cargo ({})", tool.package, tool.version, tool.takes);
        match self.way() {
            Way::Compiler => "a compiler for wasm, from rustup or else from Debian's packages".to_owned(),
            Way::Component { name, .. } => format!("{name} from rustup"),
            Way::Npm => "wasm-opt by npm ci (some seconds)".to_owned(),
            Way::Packages(packages) => format!("{} by apt-get", missing_packages(packages).join(", ")),
            Way::Cargo(package) => tool(package),
            Way::PackagesAndCargo(packages, driver) => match missing_packages(packages) {
                missing if missing.is_empty() => tool(driver),
                missing if driver.folder().is_some() => format!("{} by apt-get", missing.join(", ")),
                missing => format!("{} by apt-get; {}", missing.join(", "), tool(driver)),
            },
        }
    }

    /// What cargo has to compile for it.
    fn to_compile(self) -> Option<&'static CargoTool> {
        let tool = match self.way() {
            Way::Cargo(tool) | Way::PackagesAndCargo(_, tool) => tool,
            Way::Component { .. } | Way::Compiler | Way::Npm | Way::Packages(_) => return None,
        };
        tool.folder().is_none().then_some(tool)
    }

    /// The packages that it lacks.
    fn to_fetch(self) -> Vec<&'static str> {
        match self.way() {
            Way::Packages(packages) | Way::PackagesAndCargo(packages, _) => missing_packages(packages),
            Way::Component { .. } | Way::Compiler | Way::Npm | Way::Cargo(_) => Vec::new(),
        }
    }
}

/// The packages that aren't there; a program of that name elsewhere on PATH will do.
fn missing_packages(packages: &'static [(&'static str, &'static str)]) -> Vec<&'static str> {
    let is_there = |file: &str| {
        let path = Path::new(file);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.exists() || find(&name, &[]).is_some()
    };
    packages.iter().filter(|(_, file)| !is_there(file)).map(|(package, _)| *package).collect()
}

/// Provides what a command needs: what is downloaded comes while cargo compiles the rest.
///
/// # Errors
/// A sentence that says what couldn't be installed and what to do.
pub fn provide(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    let missing = missing(needs, wanted);
    if missing.is_empty() {
        return present(needs, wanted);
    }
    eprintln!("Set-up installs:");
    for need in &missing {
        eprintln!("  - {}", need.describe());
    }
    let start = Instant::now();
    let downloads = download(&missing, wanted, start);
    let outcome = compile(&missing, start);
    downloads.join().unwrap_or_else(|_| bail!("a download broke off"))?;
    outcome?;
    let tools = present(needs, wanted)?;
    let compiler = tools.compiler.map_or("nothing yet", Compiler::name);
    eprintln!("Set-up is complete after {} s; wasm is built by {compiler}.", start.elapsed().as_secs());
    Ok(tools)
}

/// Downloads what needs no compiler, in a thread of its own.
fn download(missing: &[Need], wanted: Option<Compiler>, start: Instant) -> JoinHandle<Result<()>> {
    let mut packages: Vec<&str> = missing.iter().flat_map(|need| need.to_fetch()).collect();
    // Some needs have a package in common.
    packages.sort_unstable();
    packages.dedup();
    let others: Vec<Need> = missing.to_vec();
    std::thread::spawn(move || {
        // The compiler for wasm may be asked of Debian as well: one after the other.
        for need in others {
            match need.way() {
                Way::Compiler => Compiler::install(wanted).map(|_| ())?,
                Way::Component { name, .. } => add_component(name)?,
                Way::Npm => npm_ci()?,
                Way::Packages(_) | Way::Cargo(_) | Way::PackagesAndCargo(..) => continue,
            }
            tell(need.name(), start);
        }
        if !packages.is_empty() {
            if !has_apt() {
                bail!(
                    "Browsers or web servers of the tests are missing. Install what Debian has in these packages, with their \
                     programs on PATH: {}.",
                    packages.join(", ")
                );
            }
            apt_install(&packages)?;
            tell(&packages.join(", "), start);
        }
        Ok(())
    })
}

/// Compiles what cargo compiles, one after the other: each takes every core.
fn compile(missing: &[Need], start: Instant) -> Result<()> {
    let tools: Vec<&CargoTool> = missing.iter().filter_map(|need| need.to_compile()).collect();
    for (number, tool) in tools.iter().enumerate() {
        eprintln!("[{}/{}] {} {}, {} …", number + 1, tools.len(), tool.package, tool.version, tool.takes);
        tool.install()?;
        tell(tool.package, start);
    }
    Ok(())
}

fn tell(what: &str, start: Instant) {
    eprintln!("{what}: there, after {} s.", start.elapsed().as_secs());
}

/// What is there already, for a command that may not print what an installation prints.
///
/// # Errors
/// When something is missing.
pub fn expect(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    if missing(needs, wanted).is_empty() { present(needs, wanted) } else { bail!("Run `cargo xtask setup` first.") }
}

fn missing(needs: &[Need], wanted: Option<Compiler>) -> Vec<Need> {
    needs.iter().copied().filter(|need| !need.is_met(wanted)).collect()
}

fn present(needs: &[Need], wanted: Option<Compiler>) -> Result<Tools> {
    let compiler = Compiler::ready(wanted);
    if compiler.is_none() && needs.contains(&Need::Wasm) {
        bail!("The compiler for wasm was installed and isn't found.");
    }
    Ok(Tools { environment: environment(compiler)?, compiler })
}

fn add_component(name: &str) -> Result<()> {
    if find("rustup", &[cargo_bin()]).is_none() {
        bail!(
            "{name} is missing, and rustup, which has it: install it as you have installed Rust (on Debian the package \
             rust-clippy or rustfmt)."
        );
    }
    Program::new("rustup").args(["component", "add", name]).run()
}

fn npm_ci() -> Result<()> {
    if find("npm", &[]).is_none() {
        bail!("npm is missing: install Node.js with npm (on Debian the package npm).");
    }
    Program::new("npm").args(["ci"]).within(npm()).run()?;
    std::fs::copy(npm_lock(), npm_stamp())?;
    Ok(())
}

fn environment(compiler: Option<Compiler>) -> Result<Vec<(String, String)>> {
    let tools = [&TRUNK, &WASM_BINDGEN, &GECKODRIVER, &CARGO_DENY, &CARGO_FUZZ, &CARGO_MUTANTS].map(CargoTool::folder);
    let others = [npm().join("node_modules/.bin"), cargo_bin()].map(Some);
    let folders = tools.into_iter().chain(others);
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Debian keeps servers where not every user's PATH leads.
    let servers = PathBuf::from("/usr/sbin");
    let path = std::env::join_paths(folders.flatten().chain(std::env::split_paths(&path)).chain([servers]))?;
    let mut environment = compiler.map(Compiler::environment).unwrap_or_default();
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
        let compiler = self.compiler.unwrap_or(Compiler::Rustup);
        compiler.release_environment(&wasm::with_flags(self.flags(), flags))
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
