//! The compiler for wasm. rustup's own target is what nearly everyone has. Where its server can't be reached, Debian's
//! packages build it, std included, from source.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::apt::{apt_install, has_apt};
use crate::run::Program;

/// Where the compiler for wasm comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Compiler {
    /// The installed toolchain, with rustup's target wasm32-unknown-unknown
    Rustup,
    /// Debian's packages, with std built from source
    Debian,
}

/// The flags of every build for wasm, parted by [`SEPARATOR`]: a folder among them may have spaces in its name. cargo gives
/// them to what is built for a target that is named, and not to what it builds for this machine on the way.
pub const RUSTFLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";
/// What parts the flags ("Environment Variables" of the Cargo book).
const SEPARATOR: &str = "\u{1f}";
/// From this minor version of the compiler on, a flag says that panics abort at once; before, a feature of std.
const IMMEDIATE_ABORT_MINOR_VERSION: u32 = 91;
const TARGET: &str = "wasm32-unknown-unknown";
/// Name under which rustup knows Debian's compiler.
const DEBIAN_TOOLCHAIN: &str = "debian";
const LINKER: &str = "wasm-ld-22";
const PACKAGES: [&str; 4] = ["rustc-web", "rust-web-src", "cargo-web", "lld-22"];
/// rustup's server answers within seconds, or not at all.
const RUSTUP_TIMEOUT: Duration = Duration::from_secs(90);

impl Compiler {
    /// What it is called on the command line.
    pub fn option(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }

    /// The compiler that is ready; `wanted` restricts the choice.
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
    /// A sentence that says what to install by hand.
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

    /// What a build for wasm needs in its environment.
    pub fn environment(self) -> Vec<(String, String)> {
        let variables: &[(&str, &str)] = match self {
            Self::Rustup => &[],
            Self::Debian => &[
                ("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN),
                // Building std is unstable; Debian's compiler has a std of its own for the host only.
                ("RUSTC_BOOTSTRAP", "1"),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER),
            ],
        };
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// What a release build needs in its environment besides, `flags` being what other builds for wasm have: std is built
    /// with the page, and a panic ends in a trap at once, without a message. A tenth of the page is saved by that.
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

    /// What it is called in progress messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rustup => "rustup's target wasm32-unknown-unknown",
            Self::Debian => "Debian's compiler, std from source",
        }
    }
}

/// Flags with others behind them, which are parted by spaces.
pub fn with_flags(encoded: &str, others: &str) -> String {
    let known = encoded.split(SEPARATOR).filter(|flag| !flag.is_empty());
    known.chain(others.split_whitespace()).collect::<Vec<_>>().join(SEPARATOR)
}

/// Flags as they are handed on.
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
