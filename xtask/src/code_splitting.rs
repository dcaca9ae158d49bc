//! Code splitting: splits the program into what the form needs and what can be loaded later, and assembles the page from the parts:
//! one small script that starts it, and each part of the program under a name with a hash of its own.

mod html;
mod script;
mod short_names;
mod split_wasm;

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use console_core::Language;
use sha2::{Digest, Sha256, Sha384};

use crate::setup::Tools;
use html::{TrunkOutput, without_comments, without_icon_integrity};
use script::{LOADER, bundle_script, minify_styles};
use short_names::with_short_names;
use split_wasm::file_name;

pub use split_wasm::{
    LINK_FLAGS, MAIN, NAMED_FOLDER, WASM_OPT_ARGUMENTS, features, keep_symbol_names, later_parts, split_wasm,
};

/// How boot.js loads wasm-bindgen's script when trunk alone builds the page.
const GLUE_IMPORT: &str = "import(files.glue)";
/// The folder of the prerendered forms in trunk's build, and the beginning of their names in the release page.
const FORMS: &str = "prerender";
/// The style directive in the policy of index.html. The release page has its styles inline, since the first paint would
/// wait for another file, and its policy contains their hash instead.
const STYLE_DIRECTIVE: &str = "style-src 'self'";
/// How wasm-bindgen's script keeps the program's exports, and how that of the module does.
const EXPORTS: &str = "wasm = instance.exports;";
const GUARDED_EXPORTS: &str = "wasm = guarded(instance.exports, show_that_it_broke);";
/// What the script of the module exports to `module/index.js`.
const MODULE_EXPORTS: &str = "default, draw";
/// How long the later part may take to load, in milliseconds: less than the wait of a press
/// (`core/src/model/deferred.rs`).
const LATER_PART_TIMEOUT_MS: u32 = 25_000;
/// How long the sentences of a language may take, in milliseconds: a page that starts in it waits for them.
const SENTENCES_TIMEOUT_MS: u32 = 8_000;

/// Replaces trunk's build of the program in `dist`.
///
/// # Errors
/// If index.html isn't as trunk writes it, or a tool fails.
pub fn assemble(tools: &Tools, program: &Path, dist: &Path) -> Result<()> {
    let work = program.with_file_name("parts");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let main = split_wasm(tools, program, &work, true, &WASM_OPT_ARGUMENTS)?;
    name_parts(&work, dist)?;

    let file = dist.join("index.html");
    let index = fs::read_to_string(&file)?;
    let trunk = TrunkOutput::read(&index)?;
    let boot = fs::read_to_string(dist.join(trunk.boot.trim_start_matches("./")))?;
    ensure!(boot.contains(GLUE_IMPORT), "boot.js doesn't import wasm-bindgen's script");
    let boot = with_hashed_forms(&boot.replace(GLUE_IMPORT, &format!("import(\"./{MAIN}.js\")")), dist)?;
    fs::write(work.join("boot.js"), boot)?;
    let (script, names) = bundle_script(tools, &work)?;
    let main = with_short_names(&main, &names, &String::from_utf8_lossy(&script))?;

    let script_name = format!("start-{}.js", hash(&script));
    let wasm_name = format!("rds-backup-console-{}.wasm", hash(&main));
    let tag = format!("<script src=\"./{script_name}\" integrity=\"{}\" type=\"module\"></script>", integrity(&script));
    let preload = trunk.wasm_preload.replace(trunk.wasm, &format!("./{wasm_name}"));
    let preload = preload.replace(trunk.wasm_integrity, &integrity(&main));
    let described = format!("<meta name=\"console-files\" data-wasm=\"./{wasm_name}\">");
    let index = index
        .replace(trunk.script, &tag)
        .replace(trunk.glue_preload, "")
        .replace(trunk.wasm_preload, &preload)
        .replace(trunk.names, &described);
    ensure!(index.contains(STYLE_DIRECTIVE), "the policy of index.html doesn't allow its style sheet");
    let sheet = minify_styles(tools, &dist.join(trunk.sheet.trim_start_matches("./")), &work)?;
    let allowed = format!("style-src 'sha256-{}'", STANDARD.encode(Sha256::digest(&sheet)));
    // Inserted last, since the policy contains the hash of its bytes.
    let index = without_icon_integrity(&without_comments(&index))
        .replace(STYLE_DIRECTIVE, &allowed)
        .replace(trunk.sheet_link, &format!("<style>{sheet}</style>"));
    for former in [trunk.boot, trunk.glue, trunk.wasm, trunk.sheet] {
        fs::remove_file(dist.join(former.trim_start_matches("./")))?;
    }
    fs::write(file, index)?;
    fs::write(dist.join(script_name), script)?;
    Ok(fs::write(dist.join(wasm_name), main)?)
}

/// Assembles the program of the module in `dist`: `console.js`, which exports what [`MODULE_EXPORTS`] says, `console_bg.wasm`, and
/// the parts that are loaded later, under names with a hash of their own.
///
/// # Errors
/// If wasm-bindgen's script isn't as expected, or a tool fails.
pub fn assemble_module(tools: &Tools, program: &Path, guard: &Path, dist: &Path) -> Result<()> {
    let work = program.with_file_name("parts");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let main = split_wasm(tools, program, &work, true, &WASM_OPT_ARGUMENTS)?;
    name_parts(&work, dist)?;
    let glue = work.join(format!("{MAIN}.js"));
    let script = fs::read_to_string(&glue)?;
    ensure!(script.contains(EXPORTS), "wasm-bindgen's script doesn't keep the program's exports");
    let guarded = script.replace(EXPORTS, GUARDED_EXPORTS);
    fs::write(glue, format!("import {{ guarded }} from \"./guard.js\";\n{guarded}"))?;
    fs::copy(guard, work.join("guard.js"))?;
    fs::write(work.join("boot.js"), format!("export {{ {MODULE_EXPORTS} }} from \"./{MAIN}.js\";\n"))?;
    let (script, names) = bundle_script(tools, &work)?;
    let main = with_short_names(&main, &names, &String::from_utf8_lossy(&script))?;
    fs::write(dist.join("console.js"), script)?;
    Ok(fs::write(dist.join("console_bg.wasm"), main)?)
}

/// Copies the parts that are loaded later to `dist`, under names with a hash, and has the loader ask for these.
fn name_parts(work: &Path, dist: &Path) -> Result<()> {
    let mut loader = fs::read_to_string(work.join(LOADER))?;
    for part in later_parts(work)? {
        let bytes = fs::read(&part)?;
        let name = file_name(&part)?;
        let short = name.trim_start_matches("split_").trim_end_matches(".wasm");
        let hashed = format!("rds-backup-console-{short}-{}.wasm", hash(&bytes));
        let asked = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        ensure!(loader.contains(&asked), "the loader doesn't ask for {name}");
        // A file that never arrives must fail, so that the next attempt requests it again.
        let has_sentences = Language::loaded().any(|language| language.module() == short);
        let timeout = if has_sentences { SENTENCES_TIMEOUT_MS } else { LATER_PART_TIMEOUT_MS };
        let checked = format!(
            "fetch(new URL(\"./{hashed}\", import.meta.url), {{ integrity: \"{}\", signal: AbortSignal.timeout({timeout}) }})",
            integrity(&bytes)
        );
        loader = loader.replace(&asked, &checked);
        fs::write(dist.join(hashed), bytes)?;
    }
    // The console itself reports the result.
    Ok(fs::write(work.join(LOADER), loader.replace("console.error(e);", ""))?)
}

/// Gives the prerendered forms of the languages that aren't built in names with a hash, beside the page's other files.
fn with_hashed_forms(boot: &str, dist: &Path) -> Result<String> {
    let folder = dist.join(FORMS);
    let mut boot = boot.to_owned();
    for language in Language::loaded() {
        let tag = language.tag();
        let form = without_comments(&fs::read_to_string(folder.join(tag).with_extension("html"))?);
        let hashed = format!("{FORMS}-{tag}-{}.html", hash(form.as_bytes()));
        let asked = format!("\"./{FORMS}/{tag}.html\"");
        ensure!(boot.contains(&asked), "boot.js doesn't ask for {asked}: run `cargo xtask languages`");
        boot = boot.replace(&asked, &format!("\"./{hashed}\""));
        fs::write(dist.join(hashed), form)?;
    }
    fs::remove_dir_all(folder)?;
    Ok(boot)
}

/// What the name of the file with a language's sentences has in it.
pub fn part_of(language: Language) -> String {
    format!("-{}-", language.module())
}

/// The first eight bytes, enough to make names distinct.
fn hash(bytes: &[u8]) -> String {
    format!("{:016x}", u64::from_be_bytes(Sha256::digest(bytes).first_chunk().copied().unwrap_or_default()))
}

/// The integrity value that the browser checks.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}
