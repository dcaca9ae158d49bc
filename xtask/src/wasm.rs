//! The compiler for wasm. Nearly everyone has rustup's own target. If its server can't be reached, Debian's packages
//! build it from source, including std.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::apt::{apt_install, has_apt};
use crate::run::Program;

/// The source of the compiler for wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Compiler {
    /// The installed toolchain, with rustup's target wasm32-unknown-unknown
    Rustup,
    /// Debian's packages, with std built from source
    Debian,
}

/// The flags of every build for wasm, separated by [`SEPARATOR`], since a folder among them may have spaces in its
/// name. cargo applies them to builds for an explicit target, and not to what it builds for this machine along the way.
pub const RUSTFLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";
/// The separator of the flags ("Environment Variables" of the Cargo book).
const SEPARATOR: &str = "\u{1f}";
/// From this minor version of the compiler on, a flag makes panics abort immediately; before, it was a feature of std.
const IMMEDIATE_ABORT_MINOR_VERSION: u32 = 91;
const TARGET: &str = "wasm32-unknown-unknown";
/// The name by which rustup knows Debian's compiler.
const DEBIAN_TOOLCHAIN: &str = "debian";
const LINKER: &str = "wasm-ld-22";
const PACKAGES: [&str; 4] = ["rustc-web", "rust-web-src", "cargo-web", "lld-22"];
/// rustup's server answers within seconds, or not at all.
const RUSTUP_TIMEOUT: Duration = Duration::from_secs(90);

impl Compiler {
    /// Its name on the command line.
    pub fn option(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }

    /// An installed compiler; `wanted` restricts the choice.
    pub fn ready(wanted: Option<Self>) -> Option<Self> {
        [Self::Rustup, Self::Debian]
            .into_iter()
            .filter(|compiler| wanted.is_none_or(|wanted| wanted == *compiler))
            .find(|compiler| compiler.is_ready())
    }

    fn is_ready(self) -> bool {
        match self {
            Self::Rustup => sysroot().is_some_and(|sysroot| {
                let libraries = sysroot.join("lib/rustlib");
                libraries.join(TARGET).is_dir() && libraries.join("src/rust/library/std/Cargo.toml").is_file()
            }),
            Self::Debian => {
                let linked = rustup_home().join("toolchains").join(DEBIAN_TOOLCHAIN).exists();
                let has_source = Path::new("/usr/lib/rustlib/src/rust/library/std/Cargo.toml").is_file();
                linked && has_source && Path::new("/usr/bin").join(LINKER).exists()
            }
        }
    }

    /// Installs a compiler.
    ///
    /// # Errors
    /// A message that says what to install by hand.
    pub fn install(wanted: Option<Self>) -> Result<Self> {
        if wanted != Some(Self::Debian) {
            eprintln!("Adding rustup's target {TARGET}, and std's source …");
            let source =
                || Program::new("rustup").args(["component", "add", "rust-src"]).run_with_timeout(RUSTUP_TIMEOUT);
            match Program::new("rustup")
                .args(["target", "add", TARGET])
                .run_with_timeout(RUSTUP_TIMEOUT)
                .and_then(|()| source())
            {
                Ok(()) => return Ok(Self::Rustup),
                Err(error) => eprintln!("That didn't work: {error}."),
            }
        }
        if wanted != Some(Self::Rustup) && has_apt() {
            eprintln!("Installing Debian's compiler for wasm: {} …", PACKAGES.join(" "));
            apt_install(&PACKAGES)?;
            Program::new("rustup").args(["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]).run()?;
            return Ok(Self::Debian);
        }
        bail!(
            "There is no compiler for wasm. Install rustup's with `rustup target add {TARGET}` and `rustup component add \
             rust-src`, or on Debian the packages {} and then `rustup toolchain link {DEBIAN_TOOLCHAIN} /usr`.",
            PACKAGES.join(", ")
        )
    }

    /// The environment for a wasm build.
    pub fn environment(self) -> Vec<(String, String)> {
        let variables: &[(&str, &str)] = match self {
            Self::Rustup => &[],
            Self::Debian => &[
                ("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN),
                // Building std is unstable; Debian's compiler includes std only for the host.
                ("RUSTC_BOOTSTRAP", "1"),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER),
            ],
        };
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// The additional environment for a release build, where `flags` are those of other wasm builds: std is built with
    /// the page, and a panic traps immediately without a message. That saves a tenth of the page.
    pub fn release_environment(self, flags: &str) -> Vec<(String, String)> {
        let is_newer = rustc_minor(self).is_some_and(|minor| minor >= IMMEDIATE_ABORT_MINOR_VERSION);
        let (abort, features) =
            if is_newer { ("-Zunstable-options -Cpanic=immediate-abort", "") } else { ("", "panic_immediate_abort") };
        [
            ("RUSTC_BOOTSTRAP", "1"),
            ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
            ("CARGO_UNSTABLE_BUILD_STD_FEATURES", features),
            (RUSTFLAGS, &with_flags(flags, abort)),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }

    /// Its name in progress messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rustup => "rustup's target wasm32-unknown-unknown",
            Self::Debian => "Debian's compiler, std from source",
        }
    }
}

/// Flags followed by others, which are separated by spaces.
pub fn with_flags(encoded: &str, others: &str) -> String {
    let known = encoded.split(SEPARATOR).filter(|flag| !flag.is_empty());
    known.chain(others.split_whitespace()).collect::<Vec<_>>().join(SEPARATOR)
}

/// Flags in the form in which they are passed on.
pub fn encode(flags: &[String]) -> String {
    flags.join(SEPARATOR)
}

fn sysroot() -> Option<PathBuf> {
    let output = Program::new("rustc").args(["--print", "sysroot"]).output()?;
    Some(PathBuf::from(output.trim()))
}

fn rustc_minor(compiler: Compiler) -> Option<u32> {
    let version = Program::new("rustc").args(["--version"]).envs(&compiler.environment()).output()?;
    version.split_whitespace().nth(1)?.split('.').nth(1)?.parse().ok()
}

fn rustup_home() -> PathBuf {
    let home = std::env::var_os("RUSTUP_HOME").map(PathBuf::from);
    home.or_else(|| std::env::home_dir().map(|home| home.join(".rustup"))).unwrap_or_default()
}
