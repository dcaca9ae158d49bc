//! Makes one small script of the two that start the page: wasm-bindgen's and static/boot.js. One request fewer, and none
//! that waits for another. trunk's own minifier doesn't read what wasm-bindgen writes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::setup::Tools;

/// How boot.js asks for wasm-bindgen's script when trunk alone builds the page.
const IMPORT: &str = "import(files.glue)";

/// Replaces both scripts of the page in `dist`.
///
/// # Errors
/// When index.html isn't as trunk writes it, or esbuild fails.
pub fn join(tools: &Tools, dist: &Path) -> Result<()> {
    let file = dist.join("index.html");
    let index = fs::read_to_string(&file)?;
    let start = tag(&index, "<script src=\"/boot-", "</script>").context("index.html has no boot.js")?;
    let boot = value(start, "src").context("boot.js has no address")?;
    let names = tag(&index, "<meta name=\"console-files\"", ">").context("index.html doesn't name its files")?;
    let glue = value(names, "data-glue").context("index.html doesn't name wasm-bindgen's script")?;
    let preload = tag(&index, "<link rel=\"modulepreload\"", ">").context("index.html preloads no script")?;

    let source = fs::read_to_string(dist.join(boot.trim_start_matches('/')))?;
    ensure!(source.contains(IMPORT), "boot.js doesn't import wasm-bindgen's script");
    let (entry, joined) = (dist.join("entry.js"), dist.join("joined.js"));
    fs::write(&entry, source.replace(IMPORT, &format!("import(\".{glue}\")")))?;
    let outfile = format!("--outfile={}", joined.display());
    let arguments = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning", &outfile];
    let entry_name = entry.to_string_lossy();
    tools.host_command("esbuild").args([&*entry_name].into_iter().chain(arguments)).run()?;

    let script = fs::read(&joined)?;
    let name = format!("start-{}.js", hexadecimal(&Sha256::digest(&script)));
    let integrity = STANDARD.encode(Sha384::digest(&script));
    let tag = format!("<script src=\"/{name}\" integrity=\"sha384-{integrity}\" type=\"module\"></script>");
    let wasm_only = names.replace(&format!(" data-glue=\"{glue}\""), "");
    let index = index.replace(start, &tag).replace(preload, "").replace(names, &wasm_only);
    fs::write(file, index)?;
    fs::rename(joined, dist.join(name))?;
    for former in [entry, dist.join(boot.trim_start_matches('/')), dist.join(glue.trim_start_matches('/'))] {
        fs::remove_file(former)?;
    }
    Ok(())
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

/// The first eight bytes, which tell contents apart well enough for a name.
fn hexadecimal(digest: &[u8]) -> String {
    format!("{:016x}", u64::from_be_bytes(digest.first_chunk().copied().unwrap_or_default()))
}
