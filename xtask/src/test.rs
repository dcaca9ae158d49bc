//! Every check and test, in the order in which a fault is found soonest.

use std::time::Instant;

use anyhow::Result;

use crate::setup::{self, Need, Tools};
use crate::wasm::Compiler;
use crate::{fuzz, reproduce, size};

/// The tests that are played in WebKit as well: those of requests and their ends. Its driver is slow, and the small browser
/// that Debian has for it lacks what some others need (a language of its own, downloads, line breaks typed into a field).
const IN_WEBKIT: [&str; 5] = ["no_answer::", "lost::", "token::", "create::of", "start::a_whole_run"];

/// Checks and tests everything.
///
/// # Errors
/// The first check that fails.
pub fn test(wanted: Option<Compiler>) -> Result<()> {
    let start = Instant::now();
    let tools = setup::provide(&Need::ALL, wanted)?;
    let in_browser = |variable: &str, value: &str, tests: &[&str]| {
        let arguments = [&["test", "--locked", "--test", "browser", "--"], tests].concat();
        tools.host_command("cargo").args(arguments).envs(&[(variable.to_owned(), value.to_owned())]).run()
    };
    let steps: [(&str, &dyn Fn() -> Result<()>); 13] = [
        ("format", &|| cargo(&tools, &["fmt", "--all", "--", "--check"])),
        ("dependencies", &|| dependencies(&tools)),
        ("clippy", &|| cargo(&tools, &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])),
        ("clippy for wasm", &|| clippy_for_wasm(&tools)),
        ("release page", &|| crate::build(&tools)),
        ("the same again", &|| reproduce::check(&tools)),
        ("tests", &|| cargo(&tools, &["test", "--locked", "--workspace"])),
        ("in Firefox", &|| in_browser("CONSOLE_BROWSER", "firefox", &[])),
        ("in WebKit", &|| in_browser("CONSOLE_BROWSER", "webkit", &IN_WEBKIT)),
        ("on nginx", &|| in_browser("CONSOLE_HOST", "nginx", &[])),
        ("on Caddy", &|| in_browser("CONSOLE_HOST", "caddy", &[])),
        ("fuzz", &|| fuzz::fuzz(&tools, fuzz::SHORT)),
        ("sizes", &|| size::print(None)),
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

fn cargo(tools: &Tools, arguments: &[&str]) -> Result<()> {
    tools.host_command("cargo").args(arguments.iter().copied()).run()
}

/// Licences and sources of everything; duplicates among what the page is built from.
fn dependencies(tools: &Tools) -> Result<()> {
    cargo(tools, &["deny", "check", "licenses", "sources"])?;
    let page = ["--exclude", "sandbox", "--exclude", "xtask", "--exclude-dev", "--target", "wasm32-unknown-unknown"];
    cargo(tools, &[&["deny"], &page[..], &["check", "bans"]].concat())
}

fn clippy_for_wasm(tools: &Tools) -> Result<()> {
    if tools.compiler == Compiler::Debian {
        println!("Left out: Debian's compiler comes without clippy. The same code was checked for the host.");
        return Ok(());
    }
    let arguments = ["clippy", "--locked", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"];
    tools.command("cargo").args(arguments).run()
}
