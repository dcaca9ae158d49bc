//! The size of the page: each file of `dist/`, raw and with brotli 11, which a well-configured web server sends.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use console_core::Language;

use crate::code_splitting::part_of;
use crate::compress;
use crate::crates::{self, Share};
use crate::module;
use crate::run::root;
use crate::setup::Tools;

/// The folder of the page.
const DIST: &str = "dist";
/// The document with the sizes of the module.
const EMBEDDING: &str = "docs/embedding.md";
/// The README has the sizes of the files between these lines, and that document those of the module.
const SIZES: [&str; 2] = ["<!-- sizes: written by cargo xtask size --write -->", "<!-- end of sizes -->"];
/// The README has the contribution of each dependency between these lines.
const SHARES: [&str; 2] =
    ["<!-- dependencies: written by cargo xtask size --write -->", "<!-- end of dependencies -->"];

/// The size of a file, or the total.
struct Weight {
    what: String,
    raw: usize,
    compressed: usize,
}

/// Prints the sizes of the files in `dist/`; `write` puts them into the README, with the contribution of each
/// dependency, and those of `dist-module/` into its document.
///
/// # Errors
/// If there is no `dist/`, or no place for the sizes in the README.
pub fn print(write: Option<&Tools>) -> Result<()> {
    let weights = weigh(DIST, |_| true)?;
    for Weight { what, raw, compressed } in &weights {
        println!("{what:<28} {raw:>8} bytes {compressed:>8} with brotli 11");
    }
    let table = table(&weights);
    let Some(tools) = write else { return Ok(()) };
    let mut shares = String::from("| crate | bytes of code at first | later | reason |\n|---|---:|---:|---|\n");
    for Share { name, reason, first, later } in crates::weigh(tools)? {
        shares +=
            &["| `", &name, "` | ", &first.to_string(), " | ", &later.to_string(), " | ", reason, " |\n"].concat();
    }
    let others = crates::without_code(tools)?;
    shares +=
        &["\nWith yew and the macros come, without a function of their own in the page: ", &others, ".\n"].concat();
    let file = root().join("README.md");
    let readme = fs::read_to_string(&file)?;
    let readme = replace(&readme, &SIZES, &table).context("the README has no place for the sizes")?;
    let readme = replace(&readme, &SHARES, &shares).context("the README has no place for the dependencies")?;
    fs::write(file, readme)?;
    module::build_if_outdated(tools)?;
    let is_sent =
        |path: &Path| path.extension().is_some_and(|kind| ["js", "wasm", "css"].iter().any(|sent| kind == *sent));
    let of_module = self::table(&weigh(module::DIST, is_sent)?);
    let file = root().join(EMBEDDING);
    let document = fs::read_to_string(&file)?;
    let document = replace(&document, &SIZES, &of_module).context("docs/embedding.md has no place for the sizes")?;
    Ok(fs::write(file, document)?)
}

fn table(weights: &[Weight]) -> String {
    let mut table = String::from("| file | bytes | brotli 11 |\n|---|---:|---:|\n");
    for Weight { what, raw, compressed } in weights {
        table += &["| ", what, " | ", &raw.to_string(), " | ", &compressed.to_string(), " |\n"].concat();
    }
    table
}

/// Replaces the table between two markers in a text.
fn replace(text: &str, [start, end]: &[&str; 2], table: &str) -> Option<String> {
    let (before, rest) = text.split_once(start)?;
    let (_, after) = rest.split_once(end)?;
    Some([before, start, "\n", table, end, after].concat())
}

/// The files of a folder that count.
fn weigh(folder: &str, counts: impl Fn(&Path) -> bool) -> Result<Vec<Weight>> {
    let entries = fs::read_dir(root().join(folder)).context("dist/ is missing: run `cargo xtask build` first")?;
    let mut weights = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if compress::is_compressed(&path) || !counts(&path) {
            continue;
        }
        let bytes = fs::read(&path)?;
        weights.push(Weight { what: kind(&path), raw: bytes.len(), compressed: compress::brotli(&bytes)?.len() });
    }
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.compressed));
    let sum = |size: fn(&Weight) -> usize| weights.iter().map(size).sum();
    let all =
        Weight { what: "all".to_owned(), raw: sum(|weight| weight.raw), compressed: sum(|weight| weight.compressed) };
    weights.push(all);
    Ok(weights)
}

/// The kind of a file; its name contains a hash that changes with every build.
fn kind(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let parts = [("-later-", "wasm of the later part"), ("-chunk", "wasm of both")]
        .map(|(part, kind)| (part.to_owned(), kind.to_owned()));
    let sentences = Language::loaded()
        .map(|language| (part_of(language), format!("wasm of the sentences in {}, when wanted", language.tag())));
    let is_wasm = path.extension().is_some_and(|extension| extension == "wasm");
    if let Some((_, kind)) = parts.into_iter().chain(sentences).find(|(part, _)| is_wasm && name.contains(part)) {
        return kind;
    }
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("wasm") => "wasm",
        Some("js") => "JavaScript",
        Some("json") if name.contains("schema") => "schema of the settings, for operators",
        Some("json") => "settings",
        Some("css") => "CSS",
        Some("svg") => "icon",
        Some("html") if name != "index.html" => "prerendered form of another language, when wanted",
        Some("html") => "HTML, with styles and the prerendered form",
        other => other.unwrap_or("other"),
    }
    .to_owned()
}
