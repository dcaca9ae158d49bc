//! Takes the program apart into what the form needs and what can come later, and puts the page together from the parts:
//! one small script that starts it, and each part of the program under a name with a hash of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection, SectionId};
use wasmparser::{Parser, Payload};

use crate::module;
use crate::setup::Tools;

/// What the linker must leave in the program for it to be taken apart.
pub const LINK_FLAGS: &str = "-Clink-args=--emit-relocs";
/// How boot.js asks for wasm-bindgen's script when trunk alone builds the page.
const IMPORT: &str = "import(files.glue)";
/// The part that is there from the start.
pub const MAIN: &str = "main";
/// How wasm-opt is called. By default it puts each function into its only caller, however large that gets; what is left
/// with a limit compresses better.
pub const OPTIMISATION: [&str; 7] = [
    "-Oz",
    "--converge",
    "--one-caller-inline-max-function-size",
    "50",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];
/// What the policy of index.html says of styles: the release page has them in itself, since the first paint would wait for
/// another file, and its policy names their hash in place of this.
const OWN_STYLES: &str = "style-src 'self'";
/// How long the later part may take to load, in milliseconds: less than a press waits for it (`core/src/model/deferred.rs`).
const LATER_LIMIT: u32 = 25_000;
/// How long the German sentences may take, in milliseconds: a page that starts in German waits for them.
const GERMAN_LIMIT: u32 = 8_000;
/// The folder with the parts as they are before they are made small: there their functions have names.
pub const NAMED: &str = "named";
/// The script between the parts, as the tool names it.
const LOADER: &str = "__wasm_split.js";
/// What wasm-bindgen names for itself only: short names do as well.
const OWN_NAMES: &str = "^(__wbg_|__wbindgen_|__externref_|wasm_bindgen_)";

/// Keeps the names of functions, which the relocations refer to.
pub fn keeps_names() -> Vec<(String, String)> {
    vec![("CARGO_PROFILE_RELEASE_STRIP".to_owned(), "none".to_owned())]
}

/// Replaces what trunk has made of the program in `dist`.
///
/// # Errors
/// When index.html isn't as trunk writes it, or a tool fails.
pub fn assemble(tools: &Tools, program: &Path, dist: &Path) -> Result<()> {
    let work = program.with_file_name("parts");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let main = take_apart(tools, program, &work, true, &OPTIMISATION)?;
    let mut loader = fs::read_to_string(work.join(LOADER))?;
    for part in parts(&work)? {
        let bytes = fs::read(&part)?;
        let name = name_of(&part)?;
        let short = name.trim_start_matches("split_").trim_end_matches(".wasm");
        let hashed = format!("rds-backup-console-{short}-{}.wasm", hash(&bytes));
        let asked = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        ensure!(loader.contains(&asked), "the loader doesn't ask for {name}");
        // A file that never comes must fail, so that the next attempt asks for it anew.
        let limit = if short == "german" { GERMAN_LIMIT } else { LATER_LIMIT };
        let checked = format!(
            "fetch(new URL(\"./{hashed}\", import.meta.url), {{ integrity: \"{}\", signal: AbortSignal.timeout({limit}) }})",
            integrity(&bytes)
        );
        loader = loader.replace(&asked, &checked);
        fs::write(dist.join(hashed), bytes)?;
    }
    // The page says itself what came of it.
    fs::write(work.join(LOADER), loader.replace("console.error(e);", ""))?;

    let file = dist.join("index.html");
    let index = fs::read_to_string(&file)?;
    let trunks = Trunks::read(&index)?;
    let boot = fs::read_to_string(dist.join(trunks.boot.trim_start_matches('/')))?;
    ensure!(boot.contains(IMPORT), "boot.js doesn't import wasm-bindgen's script");
    fs::write(work.join("boot.js"), boot.replace(IMPORT, &format!("import(\"./{MAIN}.js\")")))?;
    let (script, names) = join(tools, &work)?;
    let main = rename(&main, &names, &String::from_utf8_lossy(&script))?;

    let script_name = format!("start-{}.js", hash(&script));
    let wasm_name = format!("rds-backup-console-{}.wasm", hash(&main));
    let tag = format!("<script src=\"/{script_name}\" integrity=\"{}\" type=\"module\"></script>", integrity(&script));
    let preload = trunks.wasm_preload.replace(trunks.wasm, &format!("/{wasm_name}"));
    let preload = preload.replace(trunks.wasm_integrity, &integrity(&main));
    let described = format!("<meta name=\"console-files\" data-wasm=\"/{wasm_name}\">");
    let index = index
        .replace(trunks.script, &tag)
        .replace(trunks.glue_preload, "")
        .replace(trunks.wasm_preload, &preload)
        .replace(trunks.names, &described);
    ensure!(index.contains(OWN_STYLES), "the policy of index.html doesn't allow its style sheet");
    let sheet = styles(tools, &dist.join(trunks.sheet.trim_start_matches('/')), &work)?;
    let allowed = format!("style-src 'sha256-{}'", STANDARD.encode(Sha256::digest(&sheet)));
    // Its bytes are what the policy names: put in last.
    let index = with_plain_icon(&without_remarks(&index))
        .replace(OWN_STYLES, &allowed)
        .replace(trunks.sheet_link, &format!("<style>{sheet}</style>"));
    for former in [trunks.boot, trunks.glue, trunks.wasm, trunks.sheet] {
        fs::remove_file(dist.join(former.trim_start_matches('/')))?;
    }
    fs::write(file, index)?;
    fs::write(dist.join(script_name), script)?;
    Ok(fs::write(dist.join(wasm_name), main)?)
}

/// Takes the program apart, and makes each part as small as it gets. Gives the one that is there from the start; the others
/// are in the folder.
///
/// # Errors
/// When a tool fails.
pub fn take_apart(
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
    // The parts share the table of functions, whose export wasm-bindgen would take away.
    let bindgen =
        ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", MAIN, "--out-dir", &folder, &whole];
    tools.command("wasm-bindgen").args(bindgen).run()?;
    let main = work.join(format!("{MAIN}_bg.wasm"));
    let features = module::features()?;
    let named = work.join(NAMED);
    fs::create_dir_all(&named)?;
    for part in parts(work)?.into_iter().chain([main.clone()]) {
        fs::copy(&part, named.join(name_of(&part)?))?;
        let file = part.to_string_lossy();
        let files = [&*file, "-o", &*file];
        let arguments = optimisation.iter().copied().chain(files).chain(features.split_whitespace());
        tools.command("wasm-opt").args(arguments).run()?;
    }
    Ok(fs::read(main)?)
}

/// The parts that come later.
///
/// # Errors
/// When the folder can't be read.
pub fn parts(work: &Path) -> Result<Vec<PathBuf>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(work)? {
        let path = entry?.path();
        let name = name_of(&path)?;
        let is_wasm = path.extension().is_some_and(|extension| extension == "wasm");
        if is_wasm && (name.starts_with("split_") || name.starts_with("chunk_")) {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

/// One script of boot.js, wasm-bindgen's and the loader, and the short names that it has for those of wasm-bindgen.
fn join(tools: &Tools, work: &Path) -> Result<(Vec<u8>, BTreeMap<String, String>)> {
    let script = work.join("start.js");
    let (cache, entry) = (work.join("names.json"), work.join("boot.js"));
    let options = [
        format!("--outfile={}", script.display()),
        format!("--mangle-props={OWN_NAMES}"),
        format!("--mangle-cache={}", cache.display()),
    ];
    fs::write(&cache, "{}")?;
    let glue = work.join(format!("{MAIN}.js"));
    fs::write(&glue, lighter(&fs::read_to_string(&glue)?)?)?;
    let fixed = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--drop:console", "--log-level=error"];
    let entry = entry.to_string_lossy();
    tools
        .host_command("esbuild")
        .args([&*entry].into_iter().chain(fixed).chain(options.iter().map(String::as_str)))
        .run()?;
    let mut names: BTreeMap<String, String> =
        serde_json::from_slice(&fs::read(cache)?).context("esbuild's list of names can't be read")?;
    // The modules that the program imports from.
    let mut text = fs::read_to_string(script)?;
    for (module, short) in [(format!("./{MAIN}_bg.js"), "a"), (format!("./{LOADER}"), "b")] {
        text = text.replace(&format!("\"{module}\":"), &format!("{short}:"));
        names.insert(module, short.to_owned());
    }
    Ok((text.into_bytes(), names))
}

/// The style sheet as short as it gets. Nothing is written for older browsers than it is.
fn styles(tools: &Tools, sheet: &Path, work: &Path) -> Result<String> {
    let short = work.join("console.css");
    let (from, to) = (sheet.to_string_lossy(), format!("--outfile={}", short.display()));
    let arguments = [&*from, "--minify", "--target=esnext", "--log-level=error", &to];
    tools.host_command("esbuild").args(arguments).run()?;
    Ok(fs::read_to_string(short)?.trim().to_owned())
}

/// A page without its comments and the white space at the beginning of its lines.
fn without_remarks(page: &str) -> String {
    let mut rest = page;
    let mut kept = String::with_capacity(page.len());
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The page without the integrity of its icon, which no browser checks.
fn with_plain_icon(page: &str) -> String {
    const ICON: &str = "<link rel=\"icon\"";
    let Some((before, rest)) = page.split_once(ICON) else { return page.to_owned() };
    let Some((tag, after)) = rest.split_once('>') else { return page.to_owned() };
    let tag = tag.split(" integrity=").next().unwrap_or_default();
    [before, ICON, tag, ">", after].concat()
}

/// wasm-bindgen's script with less in it: the loader asks `initSync` only for what is there already.
fn lighter(glue: &str) -> Result<String> {
    with_body(glue, "function initSync(", "function initSync() {\n    return wasm;\n}\n")
}

fn with_body(script: &str, start: &str, function: &str) -> Result<String> {
    let (before, rest) = script.split_once(start).with_context(|| format!("wasm-bindgen's script has no {start}"))?;
    let (_, after) = rest.split_once("\n}\n").with_context(|| format!("{start} has no end"))?;
    Ok([before, function, after].concat())
}

/// The program with other names for what it imports and exports, and without exports that no script speaks of.
#[allow(clippy::wildcard_enum_match_arm, reason = "the enum of another crate: every other section is copied")]
fn rename(program: &[u8], names: &BTreeMap<String, String>, script: &str) -> Result<Vec<u8>> {
    let short = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
    let mut renamed = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        match payload {
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                for import in section.into_imports() {
                    let import = import?;
                    let kind = RoundtripReencoder.entity_type(import.ty)?;
                    imports.import(&short(import.module), &short(import.name), kind);
                }
                renamed.section(&imports);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section {
                    let export = export?;
                    if !names.contains_key(export.name) && !script.contains(export.name) {
                        continue;
                    }
                    exports.export(&short(export.name), RoundtripReencoder.export_kind(export.kind)?, export.index);
                }
                renamed.section(&exports);
            }
            _ => {
                if let Some((id, range)) = payload.as_section().filter(|(id, _)| *id != SectionId::Custom as u8) {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    let data = program.get(range).context("the program breaks off")?;
                    renamed.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(renamed.finish())
}

/// What trunk has put into index.html.
struct Trunks<'a> {
    script: &'a str,
    boot: &'a str,
    names: &'a str,
    glue: &'a str,
    wasm: &'a str,
    glue_preload: &'a str,
    wasm_preload: &'a str,
    wasm_integrity: &'a str,
    sheet_link: &'a str,
    sheet: &'a str,
}

impl<'a> Trunks<'a> {
    fn read(index: &'a str) -> Result<Self> {
        let script = tag(index, "<script src=\"/boot-", "</script>").context("index.html has no boot.js")?;
        let names = tag(index, "<meta name=\"console-files\"", ">").context("index.html doesn't name its files")?;
        let sheet_link = tag(index, "<link rel=\"stylesheet\"", ">").context("index.html has no style sheet")?;
        let wasm_preload =
            tag(index, "<link rel=\"preload\" href=\"/rds", ">").context("index.html preloads no wasm")?;
        Ok(Self {
            script,
            boot: value(script, "src").context("boot.js has no address")?,
            names,
            glue: value(names, "data-glue").context("index.html doesn't name wasm-bindgen's script")?,
            wasm: value(names, "data-wasm").context("index.html doesn't name the wasm")?,
            glue_preload: tag(index, "<link rel=\"modulepreload\"", ">").context("index.html preloads no script")?,
            wasm_preload,
            wasm_integrity: value(wasm_preload, "integrity").context("the wasm has no integrity")?,
            sheet_link,
            sheet: value(sheet_link, "href").context("the style sheet has no address")?,
        })
    }
}

/// The part of a page from a beginning to the next end.
fn tag<'a>(page: &'a str, beginning: &str, end: &str) -> Option<&'a str> {
    let start = page.find(beginning)?;
    let rest = page.get(start..)?;
    rest.get(..rest.find(end)? + end.len())
}

/// The value of a tag's attribute.
fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    tag.split(&format!(" {attribute}=\"")).nth(1)?.split('"').next()
}

fn name_of(path: &Path) -> Result<String> {
    Ok(path.file_name().context("a file without a name")?.to_string_lossy().into_owned())
}

/// The first eight bytes, which tell contents apart well enough for a name.
fn hash(bytes: &[u8]) -> String {
    format!("{:016x}", u64::from_be_bytes(Sha256::digest(bytes).first_chunk().copied().unwrap_or_default()))
}

/// For the browser to check.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}
