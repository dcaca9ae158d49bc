//! The test command, in two sizes: what everybody runs before a commit, and all that there is.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run::root;
use crate::setup::{self, Need, Tools};
use crate::steps::{self, Run, STEPS, Schedule, Step};
use crate::wasm::Compiler;

/// Which steps to run.
#[derive(clap::Args)]
pub struct Options {
    /// Run every step: other browsers, web servers and languages, faults, speed, licences, and the rest
    #[arg(long, conflicts_with = "steps")]
    all: bool,
    /// Name the steps, and what each needs, and run none
    #[arg(long)]
    list: bool,
    /// Run these steps only, in their order
    #[arg(value_name = "NAME")]
    steps: Vec<String>,
    /// What the tests of a step are given: a part of their names
    #[arg(last = true, requires = "steps")]
    filter: Vec<String>,
}

/// A step that runs in the background of the others: its output is kept until its turn.
struct BackgroundStep {
    child: Child,
    log: PathBuf,
    begin: Instant,
}

/// Runs steps, one after the other.
///
/// # Errors
/// The first that fails, and how to run it alone.
pub fn test(options: &Options, wanted: Option<Compiler>) -> Result<()> {
    if options.list {
        // The reader may have closed the pipe.
        let _ = std::io::stdout().write_all(list().as_bytes());
        return Ok(());
    }
    let start = Instant::now();
    let steps = selected_steps(options)?;
    let needs: Vec<Need> =
        Need::ALL.into_iter().filter(|need| steps.iter().any(|step| step.needs.contains(need))).collect();
    let tools = setup::install_missing(&needs, wanted)?;
    let mut times = vec![("set-up", start.elapsed())];
    // The output of a single step is shown directly.
    let mut background = Vec::new();
    if steps.len() > 1 {
        for step in steps.iter().filter(|step| step.schedule == Schedule::ShortInBackground) {
            background.push((step.name, start_in_background(step, wanted)?));
        }
    }
    // Before the browser tests and before the steps of the full run the background steps are waited for.
    let in_order = |step: &&&Step| step.schedule != Schedule::ShortInBackground || steps.len() == 1;
    let mut number = 0;
    for step in steps.iter().filter(in_order) {
        if step.name == "chromium" || step.schedule == Schedule::Full {
            for (name, step_process) in background.drain(..) {
                number += 1;
                announce(number, steps.len(), name, start.elapsed());
                times.push((name, finish_background_step(name, step_process)?));
            }
        }
        number += 1;
        announce(number, steps.len(), step.name, start.elapsed());
        let begin = Instant::now();
        run(step, &tools, &options.filter).with_context(|| repeat_hint(step.name, &options.filter))?;
        times.push((step.name, begin.elapsed()));
    }
    for (name, step_process) in background {
        number += 1;
        announce(number, steps.len(), name, start.elapsed());
        times.push((name, finish_background_step(name, step_process)?));
    }
    println!("\nAll passed. Seconds:");
    for (name, time) in times {
        println!("  {name:<16} {:>6.1}", time.as_secs_f64());
    }
    println!("  {:<16} {:>6.1}", "in all", start.elapsed().as_secs_f64());
    Ok(())
}

/// The selected steps, in order.
fn selected_steps(options: &Options) -> Result<Vec<&'static Step>> {
    let named = options.steps.iter().map(|name| steps::find(name)).collect::<Result<Vec<_>>>()?;
    let is_meant = |step: &&Step| {
        if named.is_empty() {
            options.all || step.schedule != Schedule::Full
        } else {
            named.iter().any(|named| named.name == step.name)
        }
    };
    if let Some(step) = named.iter().find(|step| matches!(step.run, Run::Check(_)) && !options.filter.is_empty()) {
        bail!(
            "The step {} has no tests that could be chosen by their names: leave out what stands behind --.",
            step.name
        );
    }
    Ok(STEPS.iter().filter(is_meant).collect())
}

fn list() -> String {
    let line = |step: &Step| {
        let mark = if step.schedule == Schedule::Full { '*' } else { ' ' };
        let needs: Vec<&str> = step.needs.iter().map(|need| need.name()).collect();
        let needs = if needs.is_empty() { "nothing more".to_owned() } else { needs.join(", ") };
        format!("{mark} {:<15} {}; needs {needs}\n", step.name, step.about)
    };
    let lines: Vec<String> = STEPS.iter().map(line).collect();
    format!("Steps of `cargo xtask test`; those with * are run with --all, or by their names.\n\n{}", lines.concat())
}

fn announce(number: usize, of: usize, name: &str, elapsed: Duration) {
    println!("\n== {number}/{of} {name} ({} s so far)", elapsed.as_secs());
}

fn run(step: &Step, tools: &Tools, filter: &[String]) -> Result<()> {
    match step.run {
        Run::Check(run) => run(tools),
        Run::Tests(run) => run(tools, &filter.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// How to run a step alone.
fn repeat_hint(name: &str, filter: &[String]) -> String {
    let filter = if filter.is_empty() { String::new() } else { format!(" -- {}", filter.join(" ")) };
    format!("The step {name} failed. It alone: cargo xtask test {name}{filter}")
}

fn start_in_background(step: &Step, wanted: Option<Compiler>) -> Result<BackgroundStep> {
    let folder = root().join("target/test");
    fs::create_dir_all(&folder)?;
    let log = folder.join(step.name).with_extension("log");
    let child = steps::step_program(step.name, wanted)?.spawn_into(&File::create(&log)?)?;
    println!("Beside the others: {} (its output is kept in {})", step.name, log.display());
    Ok(BackgroundStep { child, log, begin: Instant::now() })
}

/// Waits until it ends, and prints its output.
fn finish_background_step(name: &str, mut step_process: BackgroundStep) -> Result<Duration> {
    let status = step_process.child.wait()?;
    print!("{}", fs::read_to_string(&step_process.log)?);
    if !status.success() {
        bail!(repeat_hint(name, &[]));
    }
    Ok(step_process.begin.elapsed())
}
