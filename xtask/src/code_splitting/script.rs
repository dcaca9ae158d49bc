//! The page's one script, and its style sheet, as esbuild makes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::split_wasm::MAIN;
use crate::setup::Tools;

/// The script between the parts, by the tool's name for it.
pub(super) const LOADER: &str = "__wasm_split.js";
/// Names that only wasm-bindgen uses, which can be shortened.
const PRIVATE_NAMES: &str = "^(__wbg_|__wbindgen_|__externref_|wasm_bindgen_)";

/// A single script made of boot.js, wasm-bindgen's script and the loader, with its short names for wasm-bindgen's.
pub(super) fn bundle_script(tools: &Tools, work: &Path) -> Result<(Vec<u8>, BTreeMap<String, String>)> {
    let script = work.join("start.js");
    let (cache, entry) = (work.join("names.json"), work.join("boot.js"));
    let options = [
        format!("--outfile={}", script.display()),
        format!("--mangle-props={PRIVATE_NAMES}"),
        format!("--mangle-cache={}", cache.display()),
    ];
    fs::write(&cache, "{}")?;
    let glue = work.join(format!("{MAIN}.js"));
    fs::write(&glue, with_short_init(&fs::read_to_string(&glue)?)?)?;
    let fixed = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--drop:console", "--log-level=error"];
    let entry = entry.to_string_lossy();
    tools
        .host_command("esbuild")
        .args([&*entry].into_iter().chain(fixed).chain(options.iter().map(String::as_str)))
        .run()?;
    let mut names: BTreeMap<String, String> =
        serde_json::from_slice(&fs::read(cache)?).context("esbuild's list of names can't be read")?;
    // The modules from which the program imports.
    let mut text = fs::read_to_string(script)?;
    for (module, short) in [(format!("./{MAIN}_bg.js"), "a"), (format!("./{LOADER}"), "b")] {
        text = text.replace(&format!("\"{module}\":"), &format!("{short}:"));
        names.insert(module, short.to_owned());
    }
    Ok((text.into_bytes(), names))
}

/// The minified style sheet. Nothing is rewritten for older browsers.
pub(super) fn minify_styles(tools: &Tools, sheet: &Path, work: &Path) -> Result<String> {
    let short = work.join("console.css");
    let (from, to) = (sheet.to_string_lossy(), format!("--outfile={}", short.display()));
    let arguments = [&*from, "--minify", "--target=esnext", "--log-level=error", &to];
    tools.host_command("esbuild").args(arguments).run()?;
    Ok(fs::read_to_string(short)?.trim().to_owned())
}

/// wasm-bindgen's script with unused code removed: the loader calls `initSync` only with what is already loaded.
fn with_short_init(glue: &str) -> Result<String> {
    replace_function(glue, "function initSync(", "function initSync() {\n    return wasm;\n}\n")
}

fn replace_function(script: &str, start: &str, function: &str) -> Result<String> {
    let (before, rest) = script.split_once(start).with_context(|| format!("wasm-bindgen's script has no {start}"))?;
    let (_, after) = rest.split_once("\n}\n").with_context(|| format!("{start} has no end"))?;
    Ok([before, function, after].concat())
}
