//! Reads and shortens index.html as trunk writes it.

use anyhow::{Context, Result};

/// What trunk has inserted into index.html.
pub(super) struct TrunkOutput<'a> {
    pub(super) script: &'a str,
    pub(super) boot: &'a str,
    pub(super) names: &'a str,
    pub(super) glue: &'a str,
    pub(super) wasm: &'a str,
    pub(super) glue_preload: &'a str,
    pub(super) wasm_preload: &'a str,
    pub(super) wasm_integrity: &'a str,
    pub(super) sheet_link: &'a str,
    pub(super) sheet: &'a str,
}

impl<'a> TrunkOutput<'a> {
    pub(super) fn read(index: &'a str) -> Result<Self> {
        let script = tag(index, "<script src=\"./boot-", "</script>").context("index.html has no boot.js")?;
        let names = tag(index, "<meta name=\"console-files\"", ">").context("index.html doesn't name its files")?;
        let sheet_link = tag(index, "<link rel=\"stylesheet\"", ">").context("index.html has no style sheet")?;
        let wasm_preload =
            tag(index, "<link rel=\"preload\" href=\"./rds", ">").context("index.html preloads no wasm")?;
        Ok(Self {
            script,
            boot: attribute(script, "src").context("boot.js has no address")?,
            names,
            glue: attribute(names, "data-glue").context("index.html doesn't name wasm-bindgen's script")?,
            wasm: attribute(names, "data-wasm").context("index.html doesn't name the wasm")?,
            glue_preload: tag(index, "<link rel=\"modulepreload\"", ">").context("index.html preloads no script")?,
            wasm_preload,
            wasm_integrity: attribute(wasm_preload, "integrity").context("the wasm has no integrity")?,
            sheet_link,
            sheet: attribute(sheet_link, "href").context("the style sheet has no address")?,
        })
    }
}

/// The part of a page from a start marker to the next end marker.
fn tag<'a>(page: &'a str, beginning: &str, end: &str) -> Option<&'a str> {
    let start = page.find(beginning)?;
    let rest = page.get(start..)?;
    rest.get(..rest.find(end)? + end.len())
}

/// The value of a tag's attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

/// A page without its comments and leading white space.
pub(super) fn without_comments(page: &str) -> String {
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

/// The page without the integrity attribute of its icon, which no browser checks.
pub(super) fn without_icon_integrity(page: &str) -> String {
    const ICON: &str = "<link rel=\"icon\"";
    let Some((before, rest)) = page.split_once(ICON) else { return page.to_owned() };
    let Some((tag, after)) = rest.split_once('>') else { return page.to_owned() };
    let tag = tag.split(" integrity=").next().unwrap_or_default();
    [before, ICON, tag, ">", after].concat()
}
