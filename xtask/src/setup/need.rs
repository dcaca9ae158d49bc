//! What a command can need, and how each of these is installed.

use std::path::Path;

use super::npm;
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

/// How something is installed.
pub(super) enum Way {
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

    pub(super) fn way(self) -> Way {
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

    pub(super) fn is_met(self, wanted: Option<Compiler>) -> bool {
        match self.way() {
            Way::Component { command, .. } => Program::new("cargo").args([command, "--version"]).output().is_some(),
            Way::Compiler => Compiler::ready(wanted).is_some(),
            Way::Npm => npm::is_installed(),
            Way::Packages(packages) => missing_packages(packages).is_empty(),
            Way::Cargo(tool) => tool.folder().is_some(),
            Way::PackagesAndCargo(packages, tool) => missing_packages(packages).is_empty() && tool.folder().is_some(),
        }
    }

    /// What is installed for it, for people who wait.
    pub(super) fn describe(self) -> String {
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
    pub(super) fn to_compile(self) -> Option<&'static CargoTool> {
        let tool = match self.way() {
            Way::Cargo(tool) | Way::PackagesAndCargo(_, tool) => tool,
            Way::Component { .. } | Way::Compiler | Way::Npm | Way::Packages(_) => return None,
        };
        tool.folder().is_none().then_some(tool)
    }

    /// The packages that it lacks.
    pub(super) fn to_fetch(self) -> Vec<&'static str> {
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
