//! The size budget of the page. A change that exceeds it fails the test command, which names what grew.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};
use console_core::Language;

use crate::code_splitting::part_of;
use crate::compress;
use crate::crates;
use crate::run::root;
use crate::setup::Tools;

/// The most bytes, with brotli 11, of everything that is loaded until the form can be used: HTML, script, wasm, styles,
/// settings.
const MAX_FIRST_VISIT_BYTES: usize = 107_800;
/// The most bytes of the wasm in it, likewise.
const MAX_WASM_BYTES: usize = 96_000;
/// The most bytes of the script in it, likewise.
const MAX_SCRIPT_BYTES: usize = 5_600;
/// The most bytes of the later part of the program, which is loaded on the first interaction with the form, likewise.
const MAX_LATER_PART_BYTES: usize = 150_500;
/// The most bytes of the sentences of a language that is loaded when it is wanted, likewise.
const MAX_SENTENCES_BYTES: usize = 18_800;
/// The most requests until the form can be used.
const MAX_FIRST_VISIT_REQUESTS: usize = 5;

/// Checks the page in `dist/`.
///
/// # Errors
/// If it exceeds the budget, and by what.
pub fn check(tools: &Tools) -> Result<()> {
    let loaded = loaded()?;
    let weigh = |ends: &str| -> Result<usize> {
        let files = loaded.iter().filter(|name| name.ends_with(ends));
        let sizes = files.map(|name| Ok(compress::brotli(&fs::read(root().join("dist").join(name))?)?.len()));
        sizes.sum()
    };
    let measured = [
        ("first visit", weigh("")?, MAX_FIRST_VISIT_BYTES),
        ("wasm", weigh(".wasm")?, MAX_WASM_BYTES),
        ("script", weigh(".js")?, MAX_SCRIPT_BYTES),
        ("requests", loaded.len(), MAX_FIRST_VISIT_REQUESTS),
        ("later", later("-later-")?, MAX_LATER_PART_BYTES),
    ];
    let sentences = Language::loaded()
        .map(|language| Ok((language.module(), later(&part_of(language))?, MAX_SENTENCES_BYTES)))
        .collect::<Result<Vec<_>>>()?;
    let mut is_exceeded = false;
    for (what, found, limit) in measured.into_iter().chain(sentences) {
        println!("{what:<12} {found:>8} of {limit:>8}");
        is_exceeded |= found > limit;
    }
    if !is_exceeded {
        return Ok(());
    }
    let readme = fs::read_to_string(root().join("README.md"))?;
    for share in crates::weigh(tools)? {
        let row = readme.lines().find_map(|line| line.strip_prefix(&format!("| `{}` | ", share.name)));
        let before: usize = row.and_then(|row| row.split(' ').next()?.parse().ok()).unwrap_or_default();
        if share.first > before {
            println!("{} grew from {before} to {} bytes of code", share.name, share.first);
        }
    }
    bail!("The page exceeds its budget (xtask/src/budget.rs).")
}

/// The size of a part of the program that is loaded later.
fn later(part: &str) -> Result<usize> {
    let names = fs::read_dir(root().join("dist"))?.map(|entry| Ok(entry?.path()));
    for path in names.collect::<Result<Vec<_>>>()? {
        if path.extension().is_some_and(|extension| extension == "wasm") && path.to_string_lossy().contains(part) {
            return Ok(compress::brotli(&fs::read(path)?)?.len());
        }
    }
    bail!("dist/ has no part {part}")
}

/// The files that a first visit loads: index.html, and everything that it names except for the icon.
fn loaded() -> Result<BTreeSet<String>> {
    let index =
        fs::read_to_string(root().join("dist/index.html")).context("dist/ is missing: run `cargo xtask build`")?;
    let named = ["href=\"", "src=\"", "data-wasm=\"", "data-glue=\""].into_iter().flat_map(|attribute| {
        index
            .split(attribute)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|name| name.trim_start_matches('/'))
    });
    let files = named.filter(|name| !name.starts_with("icon-") && root().join("dist").join(name).is_file());
    Ok(files.chain(["index.html"]).map(str::to_owned).collect())
}
