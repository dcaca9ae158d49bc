//! What a command can need, and how each of these is installed.

use std::path::Path;

use super::{npm, pip};
use crate::run::Program;
use crate::tools::{CARGO_DENY, CARGO_FUZZ, CARGO_MUTANTS, CargoTool, GECKODRIVER, TRUNK, WASM_BINDGEN, find};
use crate::wasm::Compiler;

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
    /// Chromium's headless shell, and the driver.
    ChromiumShell,
    /// Firefox and its driver.
    Firefox,
    /// WebKit's small browser with its driver, and a display.
    WebKit,
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
    /// The linter of shell scripts.
    Shellcheck,
    /// The linter of Containerfiles.
    Hadolint,
    /// What lays out Debian in a folder, for the test of the container image.
    Mmdebstrap,
    /// trunk.
    Trunk,
    /// wasm-bindgen's command-line tool.
    WasmBindgen,
    /// The check of licences and sources.
    CargoDeny,
    /// The fuzzer.
    CargoFuzz,
    /// The mutation tester. No other command needs it, so `setup` leaves it out.
    CargoMutants,
}

/// How something is installed.
pub(super) enum Installation {
    /// By rustup, or from Debian.
    Compiler,
    /// By rustup: a component of Rust by name, and the cargo command that comes with it.
    Component { name: &'static str, command: &'static str },
    /// By npm.
    Npm,
    /// By pip, into a folder of the project.
    Pip(&'static pip::PipTool),
    /// As Debian packages, each with a file that shows that it is installed.
    Packages(&'static [(&'static str, &'static str)]),
    /// Compiled by cargo.
    Cargo(&'static CargoTool),
    /// As Debian packages, with a driver that is compiled by cargo.
    PackagesAndCargo(&'static [(&'static str, &'static str)], &'static CargoTool),
}

/// Without it Chinese would be drawn as boxes, whose widths say nothing.
const CHINESE_FONT: (&str, &str) = ("fonts-wqy-microhei", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc");
const CHROMIUM: [(&str, &str); 3] =
    [("chromium", "/usr/bin/chromium"), ("chromium-driver", "/usr/bin/chromedriver"), CHINESE_FONT];
const CHROMIUM_SHELL: [(&str, &str); 3] = [
    ("chromium-headless-shell", "/usr/bin/chromium-headless-shell"),
    ("chromium-driver", "/usr/bin/chromedriver"),
    CHINESE_FONT,
];
const FIREFOX: [(&str, &str); 1] = [("firefox-esr", "/usr/bin/firefox-esr")];
const WEBKIT: [(&str, &str); 2] = [("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"), ("xvfb", "/usr/bin/Xvfb")];
const NGINX_PACKAGES: [(&str, &str); 2] = [
    ("nginx-light", "/usr/sbin/nginx"),
    ("libnginx-mod-http-brotli-static", "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"),
];
const CADDY: [(&str, &str); 1] = [("caddy", "/usr/bin/caddy")];
const SHELLCHECK: [(&str, &str); 1] = [("shellcheck", "/usr/bin/shellcheck")];
const MMDEBSTRAP: [(&str, &str); 1] = [("mmdebstrap", "/usr/bin/mmdebstrap")];

impl Need {
    /// Everything that the page and its tests need.
    pub const ALL: [Self; 17] = [
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
        Self::Shellcheck,
        Self::Hadolint,
        Self::Mmdebstrap,
        Self::WasmBindgen,
        Self::Trunk,
        Self::CargoDeny,
        Self::CargoFuzz,
    ];
    /// Everything that a release build needs.
    pub const TO_BUILD: [Self; 4] = [Self::Wasm, Self::Npm, Self::WasmBindgen, Self::Trunk];

    /// Its name in the list of steps.
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
            Self::Shellcheck => "shellcheck",
            Self::Hadolint => "hadolint",
            Self::Mmdebstrap => "mmdebstrap",
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen",
            Self::CargoDeny => "cargo-deny",
            Self::CargoFuzz => "cargo-fuzz",
            Self::CargoMutants => "cargo-mutants",
        }
    }

    pub(super) fn installation(self) -> Installation {
        match self {
            Self::Rustfmt => Installation::Component { name: "rustfmt", command: "fmt" },
            Self::Clippy => Installation::Component { name: "clippy", command: "clippy" },
            Self::Wasm => Installation::Compiler,
            Self::Npm => Installation::Npm,
            Self::Chromium => Installation::Packages(&CHROMIUM),
            Self::ChromiumShell => Installation::Packages(&CHROMIUM_SHELL),
            Self::Firefox => Installation::PackagesAndCargo(&FIREFOX, &GECKODRIVER),
            Self::WebKit => Installation::Packages(&WEBKIT),
            Self::Nginx => Installation::Packages(&NGINX_PACKAGES),
            Self::Caddy => Installation::Packages(&CADDY),
            Self::Shellcheck => Installation::Packages(&SHELLCHECK),
            Self::Hadolint => Installation::Pip(&pip::HADOLINT),
            Self::Mmdebstrap => Installation::Packages(&MMDEBSTRAP),
            Self::Trunk => Installation::Cargo(&TRUNK),
            Self::WasmBindgen => Installation::Cargo(&WASM_BINDGEN),
            Self::CargoDeny => Installation::Cargo(&CARGO_DENY),
            Self::CargoFuzz => Installation::Cargo(&CARGO_FUZZ),
            Self::CargoMutants => Installation::Cargo(&CARGO_MUTANTS),
        }
    }

    pub(super) fn is_installed(self, wanted: Option<Compiler>) -> bool {
        match self.installation() {
            Installation::Component { command, .. } => {
                Program::new("cargo").args([command, "--version"]).output().is_some()
            }
            Installation::Compiler => Compiler::ready(wanted).is_some(),
            Installation::Npm => npm::is_installed(),
            Installation::Pip(tool) => tool.folder().is_some(),
            Installation::Packages(packages) => missing_packages(packages).is_empty(),
            Installation::Cargo(tool) => tool.folder().is_some(),
            Installation::PackagesAndCargo(packages, tool) => {
                missing_packages(packages).is_empty() && tool.folder().is_some()
            }
        }
    }

    /// What is installed for it, for people who wait.
    pub(super) fn describe(self) -> String {
        let tool = |tool: &CargoTool| format!("{} {}, compiled by cargo ({})", tool.package, tool.version, tool.takes);
        match self.installation() {
            Installation::Compiler => "a compiler for wasm, from rustup or else from Debian's packages".to_owned(),
            Installation::Component { name, .. } => format!("{name} from rustup"),
            Installation::Npm => "wasm-opt by npm ci (some seconds)".to_owned(),
            Installation::Pip(tool) => tool.describe(),
            Installation::Packages(packages) => format!("{} by apt-get", missing_packages(packages).join(", ")),
            Installation::Cargo(package) => tool(package),
            Installation::PackagesAndCargo(packages, driver) => match missing_packages(packages) {
                missing if missing.is_empty() => tool(driver),
                missing if driver.folder().is_some() => format!("{} by apt-get", missing.join(", ")),
                missing => format!("{} by apt-get; {}", missing.join(", "), tool(driver)),
            },
        }
    }

    /// What cargo has to compile for it.
    pub(super) fn tool_to_compile(self) -> Option<&'static CargoTool> {
        let tool = match self.installation() {
            Installation::Cargo(tool) | Installation::PackagesAndCargo(_, tool) => tool,
            Installation::Component { .. }
            | Installation::Compiler
            | Installation::Npm
            | Installation::Pip(_)
            | Installation::Packages(_) => return None,
        };
        tool.folder().is_none().then_some(tool)
    }

    /// The packages that are missing.
    pub(super) fn packages_to_install(self) -> Vec<&'static str> {
        match self.installation() {
            Installation::Packages(packages) | Installation::PackagesAndCargo(packages, _) => {
                missing_packages(packages)
            }
            Installation::Pip(_) => pip::packages_to_install(),
            Installation::Component { .. } | Installation::Compiler | Installation::Npm | Installation::Cargo(_) => {
                Vec::new()
            }
        }
    }
}

/// The packages that aren't installed; a program of that name elsewhere on PATH is sufficient.
fn missing_packages(packages: &'static [(&'static str, &'static str)]) -> Vec<&'static str> {
    let is_there = |file: &str| {
        let path = Path::new(file);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.exists() || find(&name, &[]).is_some()
    };
    packages.iter().filter(|(_, file)| !is_there(file)).map(|(package, _)| *package).collect()
}
