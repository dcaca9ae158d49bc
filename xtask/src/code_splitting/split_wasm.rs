//! Splits the program, and optimises each part.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run::root;
use crate::setup::Tools;

/// What the linker must keep in the program so that it can be split.
pub const LINK_FLAGS: &str = "-Clink-args=--emit-relocs";
/// The part that is loaded first.
pub const MAIN: &str = "main";
/// The options of wasm-opt. By default it inlines each function into its only caller, however large that gets; with a
/// limit the result compresses better.
pub const WASM_OPT_ARGUMENTS: [&str; 7] = [
    "-Oz",
    "--converge",
    "--one-caller-inline-max-function-size",
    "50",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];
/// The folder with the parts before minimization, which still have function names.
pub const NAMED_FOLDER: &str = "named";

/// Keeps the names of functions, which the relocations refer to.
pub fn keep_symbol_names() -> Vec<(String, String)> {
    vec![("CARGO_PROFILE_RELEASE_STRIP".to_owned(), "none".to_owned())]
}

/// Splits the program, and optimises each part. Gives the one that is there from the start; the others
/// are in the folder.
///
/// # Errors
/// When a tool fails.
pub fn split_wasm(
    tools: &Tools,
    program: &Path,
    work: &Path,
    is_split: bool,
    optimisation: &[&str],
) -> Result<Vec<u8>> {
    let input = fs::read(program)?;
    let (whole, main_script) = (work.join("whole.wasm"), format!("./{MAIN}.js"));
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = work;
    options.main_out_path = &whole;
    options.main_module = &main_script;
    if !is_split {
        fs::create_dir_all(work)?;
        fs::copy(program, &whole)?;
    } else if let Err(error) = wasm_split_cli_support::transform(options) {
        bail!("The program can't be taken apart: {error:#}");
    }
    let (folder, whole) = (work.to_string_lossy(), whole.to_string_lossy());
    // The parts share the function table, whose export wasm-bindgen would remove.
    let bindgen =
        ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", MAIN, "--out-dir", &folder, &whole];
    tools.command("wasm-bindgen").args(bindgen).run()?;
    let main = work.join(format!("{MAIN}_bg.wasm"));
    let features = features()?;
    let named = work.join(NAMED_FOLDER);
    fs::create_dir_all(&named)?;
    for part in later_parts(work)?.into_iter().chain([main.clone()]) {
        fs::copy(&part, named.join(file_name(&part)?))?;
        let file = part.to_string_lossy();
        let files = [&*file, "-o", &*file];
        let arguments = optimisation.iter().copied().chain(files).chain(features.split_whitespace());
        tools.command("wasm-opt").args(arguments).run()?;
    }
    Ok(fs::read(main)?)
}

/// The options of wasm-opt, as index.html states them for the page.
///
/// # Errors
/// If it doesn't state them.
pub fn features() -> Result<String> {
    let index = fs::read_to_string(root().join("index.html"))?;
    let features = index.split("data-wasm-opt-params=\"").nth(1).and_then(|rest| rest.split('"').next());
    Ok(features.context("index.html doesn't say how wasm-opt is called")?.to_owned())
}

/// The parts that are loaded later.
///
/// # Errors
/// If the folder can't be read.
pub fn later_parts(work: &Path) -> Result<Vec<PathBuf>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(work)? {
        let path = entry?.path();
        let name = file_name(&path)?;
        let is_wasm = path.extension().is_some_and(|extension| extension == "wasm");
        if is_wasm && (name.starts_with("split_") || name.starts_with("chunk_")) {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

/// The name of a file.
pub(super) fn file_name(path: &Path) -> Result<String> {
    Ok(path.file_name().context("a file without a name")?.to_string_lossy().into_owned())
}
