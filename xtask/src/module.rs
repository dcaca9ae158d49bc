//! Builds the console for embedding: an ES module with its wasm, styles and types, ready for npm.

use std::fs;

use anyhow::Result;

use crate::run::root;
use crate::setup::Tools;
use crate::{build_stamp, code_splitting, compress};

/// The folder of the module, below the workspace.
pub const DIST: &str = "dist-module";

/// The files that are copied unchanged from `module/`.
const OWN: [&str; 3] = ["index.js", "index.d.ts", "package.json"];

/// Listed in package.json, since npm would otherwise omit them.
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Builds it to `dist-module/`.
///
/// # Errors
/// If something can't be built or written.
pub fn build(tools: &Tools) -> Result<()> {
    build_stamp::build(tools, DIST, || build_anew(tools))
}

/// Builds it if the existing build isn't from the current source.
///
/// # Errors
/// If something can't be built or written.
pub fn build_if_outdated(tools: &Tools) -> Result<()> {
    build_stamp::build_if_outdated(tools, DIST, || build(tools))
}

fn build_anew(tools: &Tools) -> Result<()> {
    let (target, dist) = (root().join("target/module"), root().join(DIST));
    let folder = [("CARGO_TARGET_DIR".to_owned(), target.to_string_lossy().into_owned())];
    let arguments = ["rustc", "--locked", "--release", "--lib", "--crate-type", "cdylib", "--features", "module,split"];
    let wasm = ["--target", "wasm32-unknown-unknown"];
    let release = tools.release_environment(code_splitting::LINK_FLAGS);
    let names = code_splitting::keep_symbol_names();
    tools.command("cargo").args(arguments.into_iter().chain(wasm)).envs(&release).envs(&names).envs(&folder).run()?;
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    let built = target.join("wasm32-unknown-unknown/release/rds_backup_console.wasm");
    code_splitting::assemble_module(tools, &built, &root().join("module/guard.js"), &dist)?;
    for name in OWN {
        fs::copy(root().join("module").join(name), dist.join(name))?;
    }
    for name in LICENCES {
        fs::copy(root().join(name), dist.join(name))?;
    }
    let styles = fs::read_to_string(root().join("static/console.css"))?;
    fs::write(dist.join("console.css"), for_shadow_root(&styles))?;
    compress::write_compressed_copies(&dist)
}

/// The style sheet for a shadow root: it uses its own unit for sizes, since `rem` is the host page's, and many pages
/// change it from the browser's default.
fn for_shadow_root(styles: &str) -> String {
    let mut own = String::with_capacity(styles.len());
    let mut rest = styles;
    while let Some(end) = rest.find("rem") {
        let (before, after) = rest.split_at(end);
        let start = before.rfind(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | '-')));
        let start = start.map_or(0, |index| index + 1);
        let (before, number) = before.split_at(start);
        if number.parse::<f64>().is_ok() {
            own.extend([before, "calc(", number, " * var(--rem, 16px))"]);
        } else {
            own.extend([before, number, "rem"]);
        }
        rest = after.get(3..).unwrap_or_default();
    }
    own.push_str(rest);
    own
}

#[cfg(test)]
mod tests {
    use super::for_shadow_root;

    #[test]
    fn the_unit_is_replaced_wherever_it_is_one() {
        assert_eq!(
            for_shadow_root("a { margin: -0.5rem auto 1rem; } .remarks { gap: 2px }"),
            "a { margin: calc(-0.5 * var(--rem, 16px)) auto calc(1 * var(--rem, 16px)); } .remarks { gap: 2px }"
        );
    }
}
