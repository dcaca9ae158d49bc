//! What each dependency adds to the page: bytes of code in the wasm, by the crate that the functions belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::code_splitting::{MAIN, NAMED_FOLDER, features};
use crate::run::root;
use crate::setup::Tools;

/// Rust's own crates, which are counted as one.
const RUST: &str = "core, alloc, std";

/// The reason for each crate with code in the page. The names are those of Rust paths.
const REASONS: [(&str, &str); 25] = [
    (RUST, "Rust's own library: strings, lists, maps, memory"),
    ("rds_backup_console", "the page itself"),
    ("console_core", "what the page decides, apart so that it can touch no browser"),
    ("contract", "the API's rules and answers, apart so that they test on the host"),
    ("yew", "the page's framework; asked for by the project"),
    ("wasm_bindgen", "between Rust and JavaScript; asked for by the project"),
    ("js_sys", "JavaScript's own objects; asked for by the project"),
    ("web_sys", "the browser's interfaces; asked for by the project"),
    ("wasm_bindgen_futures", "promises as futures"),
    ("serde", "the request's body and the answer; asked for by the project"),
    ("serde_core", "with serde"),
    ("serde_wasm_bindgen", "the request's body and exports, through the browser's own JSON; asked for by the project"),
    ("gloo_net", "sends requests; asked for by the project, in the version that yew brings"),
    ("gloo_utils", "window and document, in the version that yew brings"),
    ("gloo_events", "events of the document, in the version that yew brings"),
    ("console_error_panic_hook", "with yew, which uses it unless the page has a hook of its own"),
    ("wasm_split_helpers", "asks for the parts of the program that come later"),
    ("async_once_cell", "with wasm_split_helpers: once"),
    ("zeroize", "overwrites the token"),
    ("dlmalloc", "Rust's allocator for wasm"),
    ("hashbrown", "maps, of std and with yew"),
    ("indexmap", "with yew: attributes and props in their order"),
    ("implicit_clone", "with yew: strings that are cheap to clone"),
    ("gloo_timers", "time limits, in the version that yew brings"),
    ("tokise", "with yew: tasks and pauses in the browser"),
];

/// One line of the table.
pub struct Share {
    /// The crate.
    pub name: String,
    /// The reason for it.
    pub reason: &'static str,
    /// Bytes of its functions in the part that the form needs.
    pub first: usize,
    /// Bytes of its functions in the parts that are loaded later.
    pub later: usize,
}

/// Measures the newest build, the largest crate first.
///
/// # Errors
/// If there is no build, or a crate has code in it but no reason.
pub fn weigh(tools: &Tools) -> Result<Vec<Share>> {
    let folder = root().join("target/wasm32-unknown-unknown/release/parts").join(NAMED_FOLDER);
    let entries = fs::read_dir(&folder).context("there is no build: run `cargo xtask build` first")?;
    let (mut first, mut later) = (BTreeMap::new(), BTreeMap::new());
    for entry in entries {
        let path = entry?.path();
        let is_first = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(MAIN));
        let bytes = if is_first { &mut first } else { &mut later };
        for (name, size) in by_crate(&optimised(tools, &path)?)? {
            *bytes.entry(name).or_insert(0) += size;
        }
    }
    let mut share = |(name, reason): (&str, &'static str)| {
        let take = |bytes: &mut BTreeMap<String, usize>| bytes.remove(name).unwrap_or_default();
        Share { name: name.to_owned(), reason, first: take(&mut first), later: take(&mut later) }
    };
    let mut shares: Vec<Share> = REASONS.into_iter().map(&mut share).collect();
    if let Some((name, bytes)) = first.first_key_value().or(later.first_key_value()) {
        bail!("{bytes} bytes of the page are of the crate {name}, and xtask/src/crates.rs doesn't say why");
    }
    shares.sort_by_key(|share| std::cmp::Reverse((share.first, share.later)));
    Ok(shares)
}

/// The other crates that the page is built with, which have no functions in it.
///
/// # Errors
/// If cargo fails to list them.
pub fn without_code(tools: &Tools) -> Result<String> {
    let arguments = ["tree", "--locked", "--package", "rds-backup-console", "--edges", "normal", "--prefix", "none"];
    let page = ["--format", "{p}", "--target", "wasm32-unknown-unknown"];
    let tree = tools.host_command("cargo").args(arguments.into_iter().chain(page)).output();
    let tree = tree.context("cargo tree failed")?;
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    let is_other = |name: &&str| REASONS.iter().all(|(known, _)| *known != name.replace('-', "_"));
    let names: Vec<String> = names.into_iter().filter(is_other).map(|name| format!("`{name}`")).collect();
    Ok(names.join(", "))
}

/// A part of the program as released, with the names of its functions.
fn optimised(tools: &Tools, part: &Path) -> Result<Vec<u8>> {
    let out = root().join("target/named.wasm");
    let (part, named) = (part.to_string_lossy(), out.to_string_lossy());
    let features = features()?;
    let arguments = ["-Oz", "-g", &part, "-o", &named].into_iter().chain(features.split_whitespace());
    tools.host_command("wasm-opt").args(arguments).run()?;
    Ok(fs::read(&out)?)
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the enum of another crate, most of which is nothing to this one")]
fn by_crate(wasm: &[u8]) -> Result<BTreeMap<String, usize>> {
    let (mut names, mut sizes, mut imported) = (BTreeMap::new(), Vec::new(), 0_u32);
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.as_bytes().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(all) = section.as_known() {
                    for part in all {
                        if let Name::Function(functions) = part? {
                            for naming in functions {
                                let naming = naming?;
                                names.insert(naming.index, naming.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut shares = BTreeMap::new();
    for (index, size) in (imported..).zip(sizes) {
        let name = names.get(&index).copied().unwrap_or_default();
        *shares.entry(crate_of(name)).or_default() += size;
    }
    Ok(shares)
}

/// The crate that a function belongs to: the first one in its path, which may be that of a type or, for a method of a
/// type without a path, of a trait.
fn crate_of(symbol: &str) -> String {
    let path = format!("{:#}", demangle(symbol));
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let parts = path.split("::");
    // A type without a path, such as `<str>` or `<[char]>`: only Rust itself can define its functions.
    if parts.clone().next().is_some_and(|first| first.starts_with('<') && first.ends_with('>')) {
        return RUST.to_owned();
    }
    let named = parts.clone().zip(parts.skip(1)).find_map(|(part, _)| {
        // Symbols of newer compilers distinguish crates of the same name: `core[c5930c85a12de822]`.
        let part = part.strip_suffix(']').and_then(|part| part.rsplit_once('[')).map_or(part, |(name, _)| name);
        let start = part.rfind(|character| !is_name(character)).map_or(0, |end| end + 1);
        part.get(start..).filter(|name| !name.is_empty())
    });
    match named {
        Some("core" | "alloc" | "std" | "compiler_builtins" | "__rustc") => RUST.to_owned(),
        Some(name) => name.to_owned(),
        None if path.starts_with("__wbindgen") || path.starts_with("__externref") => "wasm_bindgen".to_owned(),
        None => RUST.to_owned(),
    }
}
