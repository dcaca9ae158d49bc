//! The project's commands. Each sets up what it needs first, and leaves alone what is already there.

mod ablation;
mod apt;
mod bench;
mod budget;
mod build_stamp;
mod cargo_test;
mod code_splitting;
mod compress;
mod container;
mod crates;
mod explore;
mod fuzz;
mod generated;
mod languages;
mod module;
mod mutants;
mod package;
mod page;
mod policy;
mod process_cleanup;
mod proxies;
mod reproduce;
mod run;
mod serve;
mod setup;
mod size;
mod steps;
mod test;
mod tools;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use cargo_test::{Suite, TestFilter};
use setup::Need;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Commands of the RDS backup console")]
struct Options {
    /// Build wasm with this compiler instead of the first that works
    #[arg(long, global = true, value_enum)]
    wasm: Option<wasm::Compiler>,
    /// Work in this checkout
    #[arg(long, global = true, hide = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install everything that the other commands need
    Setup,
    /// Build the release page to dist/
    Build {
        /// Build the module for other pages to dist-module/ instead
        #[arg(long)]
        module: bool,
    },
    /// Serve the page for local use, with the sandbox API or in front of a real endpoint
    Serve(serve::Options),
    /// Check and test: what everybody runs before a commit, or everything
    Test(test::Options),
    /// Write the release archive and the npm package to target/package/
    Package,
    /// Fuzz what the page reads
    Fuzz {
        /// How often each target is executed
        #[arg(long, default_value_t = fuzz::SHORT_RUN_EXECUTIONS)]
        executions: u64,
    },
    /// Explore every sequence of what can happen to a press, so deep that it takes minutes
    Explore,
    /// Change what decides truth and token here and there, and see that a test notices each time; it takes hours
    Mutants(mutants::Options),
    /// Print the sizes of the page in dist/
    Size {
        /// Put them into the README as well, with what each dependency adds
        #[arg(long)]
        write: bool,
    },
    /// Measure the page beside its peers, and write bench/RESULTS.md; the variable `BENCH_LOADS` sets the number of loads
    Bench {
        /// Measure only this, and take the rest from the last time: pages, lighthouse, keys, clicks or lists
        #[arg(long)]
        only: Vec<String>,
    },
    /// Measure what each decision of the build is worth, and write bench/ABLATION.md
    Ablation,
    /// Write the RDS hosts of contract/src/regions.rs into the policy of index.html and the proxies' lists in deploy/
    Policy {
        /// Only say whether they stand there
        #[arg(long)]
        check: bool,
    },
    /// Write what follows from the table of languages and from their sentences: the prerendered forms, and the lists of languages
    Languages,
    /// Take pictures of the page in its states to target/pictures/, and renew those in the README
    Pictures,
    /// Print the settings with which plain `trunk` and `cargo` build here: eval "$(cargo xtask env)"
    Env,
}

/// Parses the command line and runs the command.
pub fn main() -> ExitCode {
    let mut options = Options::parse();
    options.root.take().into_iter().for_each(run::set_root);
    let done = process_cleanup::ProcessCleanup::register().and_then(|_cleanup| carry_out(options));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(options: Options) -> Result<()> {
    match options.command {
        Command::Setup => setup::install_missing(&Need::ALL, options.wasm).map(|_| ()),
        Command::Build { module: true } => module::build(&setup::install_missing(&Need::TO_BUILD, options.wasm)?),
        Command::Build { module: false } => {
            page::build(&setup::install_missing(&Need::TO_BUILD, options.wasm)?)?;
            size::print(None)
        }
        Command::Serve(serve) => serve::serve(&serve, options.wasm),
        Command::Test(which) => test::test(&which, options.wasm),
        Command::Package => package::package(&setup::install_missing(&Need::TO_BUILD, options.wasm)?).map(|_| ()),
        Command::Fuzz { executions } => {
            fuzz::fuzz(&setup::install_missing(&[Need::Wasm, Need::CargoFuzz], options.wasm)?, executions, true)
        }
        Command::Explore => explore::explore(&setup::install_missing(steps::find("explore")?.needs, options.wasm)?),
        Command::Mutants(which) => {
            mutants::mutants(&setup::install_missing(&[Need::Wasm, Need::CargoMutants], options.wasm)?, &which)
        }
        Command::Size { write: false } => size::print(None),
        Command::Size { write: true } => size::print(Some(&setup::install_missing(&Need::TO_BUILD, options.wasm)?)),
        Command::Bench { only } => bench::bench(&setup::install_missing(&Need::ALL, options.wasm)?, &only),
        Command::Ablation => {
            let tools = setup::install_missing(&Need::TO_BUILD, options.wasm)?;
            page::build(&tools)?;
            ablation::measure(&tools)
        }
        Command::Policy { check: true } => generated::check(),
        Command::Policy { check: false } => generated::write(),
        Command::Languages => languages::write(&setup::install_missing(&Need::ALL, options.wasm)?),
        Command::Pictures => {
            let tools = setup::install_missing(&Need::ALL, options.wasm)?;
            page::build(&tools)?;
            pictures(&tools)
        }
        Command::Env => {
            for (name, value) in setup::require(&Need::TO_BUILD, options.wasm)?.shell_environment() {
                println!("export {name}='{}'", value.replace('\'', r"'\''"));
            }
            Ok(())
        }
    }
}

fn pictures(tools: &setup::Tools) -> Result<()> {
    cargo_test::run(tools, &[Suite::Console("browser")], &[], &["--ignored"], TestFilter::Only(&["pictures"]))?;
    for name in ["started", "chosen", "lost-answer"] {
        let file = format!("{name}.png");
        std::fs::copy(run::root().join("target/pictures").join(&file), run::root().join("docs").join(file))?;
    }
    Ok(())
}
