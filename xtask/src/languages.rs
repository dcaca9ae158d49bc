//! Writes what follows from the table of languages (`core/src/language.rs`) and from their sentences (`src/text/`).

use anyhow::{Context, Result};
use console_core::Language;

use crate::cargo_test::{self, Suite, TestFilter};
use crate::page;
use crate::setup::Tools;

/// The variable by which the tests that hold these files to the table write them instead.
const WRITE: (&str, &str) = ("CONSOLE_LANGUAGES", "write");

/// Formats the sentences, and writes the list of languages and the sentences of a page without its program; then builds the
/// page, and writes the form of each language as the program draws it.
///
/// # Errors
/// If something can't be built or written.
pub fn write(tools: &Tools) -> Result<()> {
    format(tools, false)?;
    let write_sentences =
        || cargo_test::run(tools, &[Suite::Host], &[WRITE], &[], TestFilter::Only(&["text::written::"]));
    write_sentences()?;
    page::build_if_outdated(tools)?;
    cargo_test::run(tools, &[Suite::Console("browser")], &[WRITE], &[], TestFilter::Only(&["prerender::it_is"]))?;
    // The browser lays out the sentences of a form in its own way.
    write_sentences()
}

/// Formats everything, or checks that it is: also the files of sentences, whose `mod` is in a macro, where rustfmt doesn't
/// see it.
///
/// # Errors
/// If rustfmt fails, or something isn't formatted.
pub fn format(tools: &Tools, is_check: bool) -> Result<()> {
    let files = Language::ALL.map(|language| format!("src/text/{}.rs", language.module()));
    let files = files.iter().map(String::as_str);
    let arguments = ["fmt", "--all", "--"].into_iter().chain(is_check.then_some("--check")).chain(files);
    tools
        .host_command("cargo")
        .args(arguments)
        .run()
        .context("`cargo fmt --all` mends it, and for sentences `cargo xtask languages`")
}
