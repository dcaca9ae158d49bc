//! The checks and tests of `cargo xtask test`.

mod checks;
mod definition;
mod filters;
mod run_tests;
mod table;

use anyhow::{Context, Result};

use crate::run::{Program, root};
use crate::wasm::Compiler;

pub use definition::{Run, Schedule, Step};
pub use table::STEPS;

/// The step with a name.
///
/// # Errors
/// If there is none; the message lists the others.
pub fn find(name: &str) -> Result<&'static Step> {
    let found = STEPS.iter().find(|step| step.name == name);
    found.with_context(|| {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        format!("There is no step {name}. There are: {}.", names.join(", "))
    })
}

/// This program, to run a step in a process of its own.
pub fn step_program(step: &str, compiler: Option<Compiler>) -> Result<Program> {
    let program = std::env::current_exe()?;
    let root = root();
    let compiler = compiler.map(|compiler| format!("--wasm={}", compiler.option()));
    let program = Program::new(&program.to_string_lossy()).args(["--root", &root.to_string_lossy(), "test", step]);
    Ok(program.args(compiler.as_deref()))
}
