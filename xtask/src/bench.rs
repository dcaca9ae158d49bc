//! Measures the page in comparison with its peers: their sources are in `bench/`, and `tests/bench` measures.

use std::fs;

use anyhow::{Context, Result};

use crate::cargo_test::{self, Suite, TestFilter};
use crate::page;
use crate::run::{Program, root};
use crate::setup::Tools;

/// The text before the figures.
const HEAD: &str = "# This page beside its peers\n\nWritten by `cargo xtask bench`: the same browser, the same line, files with \
brotli 11. *Ready*: a field of the form is there and takes a keystroke (RapiDoc, Swagger UI, Elements, Scalar: the operation, \
whose form is a click or two away). *Whole*: the program behind it is there as well, and checks what is typed. *Blocked*: what tasks took beyond 50 ms. *Memory*: JavaScript's heap and the wasm. *This \
page* is what is loaded until the form can be used; the later part is loaded when it is touched. Times are of one machine; \
compare them with each other.\n\n![How soon each page is ready, and what it loads](chart.svg)\n\n## Targets\n\n\
| what | at most | found | |\n|---|---:|---:|---|\n";

/// What is measured, and whether the browser renders as often as it can during the measurement.
const MEASURED: [(&str, Option<&str>); 5] =
    [("pages", None), ("lighthouse", None), ("keys", Some("free")), ("clicks", Some("free")), ("lists", Some("free"))];

/// Builds everything, measures, and writes `bench/RESULTS.md`.
///
/// # Errors
/// If something can't be installed, built or measured.
pub fn bench(tools: &Tools, only: &[String]) -> Result<()> {
    let (bench, target) = (root().join("bench"), root().join("target/bench"));
    // npm writes this lock file when it installs, so its age is that of the installation.
    let age = |file: &str| fs::metadata(bench.join(file)).and_then(|file| file.modified());
    if !age("node_modules/.package-lock.json")
        .is_ok_and(|there| age("package-lock.json").is_ok_and(|lock| there >= lock))
    {
        Program::new("npm").args(["ci", "--ignore-scripts"]).current_dir(bench.clone()).run()?;
    }
    let react = target.join("react");
    fs::create_dir_all(&react)?;
    fs::copy(bench.join("react/index.html"), react.join("index.html"))?;
    let outfile = format!("--outfile={}", react.join("main.js").display());
    let entry = bench.join("react/main.jsx");
    let define = "--define:process.env.NODE_ENV=\"production\"";
    let arguments = ["--bundle", "--minify", "--format=esm", "--log-level=warning", define, &outfile];
    tools.host_command("esbuild").args([&*entry.to_string_lossy()].into_iter().chain(arguments)).run()?;
    page::build(tools)?;
    // One by one, so that nothing else uses the processor. Frames are drawn at the screen's rate for the loads only.
    for (name, frames) in MEASURED {
        if !only.is_empty() && !only.iter().any(|wanted| wanted == name) {
            continue;
        }
        let variables: Vec<_> = frames.into_iter().map(|value| ("BENCH_FRAMES", value)).collect();
        let options = ["--ignored", "--nocapture"];
        cargo_test::run(tools, &[Suite::Console("bench")], &variables, &options, TestFilter::Only(&[name]))?;
    }
    let read = |name: &str| fs::read_to_string(target.join(name)).with_context(|| format!("{name} wasn't measured"));
    let mut results = HEAD.to_owned();
    for part in ["pages", "lighthouse", "keys", "lists"] {
        results += &read(&format!("{part}.targets.md"))?;
    }
    // A separate file has what no command can determine: why a target is missed, and what was tried.
    results += &fs::read_to_string(bench.join("NOTES.md"))?;
    for part in ["pages", "lighthouse", "keys", "clicks", "lists"] {
        results += &read(&format!("{part}.md"))?;
    }
    Ok(fs::write(bench.join("RESULTS.md"), results)?)
}
