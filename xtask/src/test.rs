//! Every check and test, in the order in which a fault is found soonest.

use std::time::Instant;

use anyhow::Result;

use crate::run::Program;
use crate::setup::{self, Need, Tools};
use crate::size;
use crate::wasm::Compiler;

/// Checks and tests everything.
///
/// # Errors
/// The first check that fails.
pub fn test(wanted: Option<Compiler>) -> Result<()> {
    let start = Instant::now();
    let tools = setup::provide(&Need::ALL, wanted)?;
    let steps: [(&str, &dyn Fn() -> Result<()>); 6] = [
        ("format", &|| cargo(&["fmt", "--all", "--", "--check"])),
        ("clippy", &|| cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])),
        ("clippy for wasm", &|| clippy_for_wasm(&tools)),
        ("release page", &|| crate::build(&tools)),
        ("tests", &|| cargo(&["test", "--locked", "--workspace"])),
        ("sizes", &|| size::print(false)),
    ];
    let mut times = vec![("set-up", start.elapsed())];
    for (name, step) in steps {
        println!("\n== {name}");
        let begin = Instant::now();
        step()?;
        times.push((name, begin.elapsed()));
    }
    println!("\nAll passed. Seconds:");
    for (name, time) in times {
        println!("  {name:<16} {:>6.1}", time.as_secs_f64());
    }
    println!("  {:<16} {:>6.1}", "in all", start.elapsed().as_secs_f64());
    Ok(())
}

fn cargo(arguments: &[&str]) -> Result<()> {
    Program::new("cargo").args(arguments.iter().copied()).run()
}

fn clippy_for_wasm(tools: &Tools) -> Result<()> {
    if tools.compiler == Compiler::Debian {
        println!("Left out: Debian's compiler comes without clippy. The same code was checked for the host.");
        return Ok(());
    }
    let arguments = ["clippy", "--locked", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"];
    tools.command("cargo").args(arguments).run()
}
