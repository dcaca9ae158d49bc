//! Every check and test, in the order in which a fault is found soonest.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::setup::{self, Need, Tools};
use crate::wasm::Compiler;
use crate::{budget, fuzz, module, reproduce, size};

/// Every test is asked for in the whole workspace: cargo would build what the packages share with other features for one of
/// them alone.
const TEST: [&str; 3] = ["test", "--locked", "--workspace"];

/// The tests that need no browser.
const ON_THE_HOST: [&str; 12] = [
    "--lib",
    "--bins",
    "--test",
    "facts",
    "--test",
    "properties",
    "--test",
    "api",
    "--test",
    "rules_agree",
    "--test",
    "documents",
];

/// The tests that measure memory or time: in a binary of their own, which no other step has a part of, and one after the other.
const MEASURED: [&str; 4] = ["--test", "measured", "--", "--test-threads=1"];

/// The tests that are played in WebKit as well: those of requests and their ends, and of the frame. Its driver is slow, and
/// the small browser that Debian has for it lacks what some others need (a language of its own, downloads, line breaks typed
/// into a field).
const IN_WEBKIT: [&str; 6] = ["no_answer::", "lost::", "token::", "create::of", "start::a_whole_run", "frame::what"];

/// The tests that are played on Caddy as well: of the web server itself, and of what goes through it.
const ON_CADDY: [&str; 4] = ["hosting::", "create::", "follow::", "lost::"];

/// What Firefox needn't play again: sentences, lists, names and roles, which no engine changes, and the web servers' own tests.
const NOT_IN_FIREFOX: [&str; 14] = [
    "accessible::",
    "answers::",
    "choose::",
    "effort::",
    "german::",
    "hosting::",
    "large::",
    "layout::",
    "links::",
    "refused_",
    "serve::",
    "settings::",
    "spoken::",
    "token::",
];

/// What the German run needn't play again: tests that play in both languages by themselves, and those in which little is
/// said or asked of the web server.
const NOT_IN_GERMAN: [&str; 15] = [
    "accessible::",
    "effort::",
    "embedding::",
    "frame::",
    "german::",
    "hosting::",
    "keyboard::",
    "large::",
    "layout::",
    "links::",
    "media::",
    "no_answer::",
    "receipt::",
    "serve::",
    "spoken::",
];

/// Checks and tests everything.
///
/// # Errors
/// The first check that fails.
pub fn test(wanted: Option<Compiler>) -> Result<()> {
    let start = Instant::now();
    let tools = setup::provide(&Need::ALL, wanted)?;
    let in_browser = |variables: &[(&str, &str)], tests: &[&str]| {
        let arguments = [&TEST[..], &["--test", "browser", "--"], tests].concat();
        let variables: Vec<_> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        tools.host_command("cargo").args(arguments).envs(&variables).run()
    };
    let steps: [(&str, &dyn Fn() -> Result<()>); 17] = [
        ("format", &|| cargo(&tools, &["fmt", "--all", "--", "--check"])),
        ("dependencies", &|| dependencies(&tools)),
        ("clippy", &|| cargo(&tools, &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])),
        ("clippy for wasm", &|| clippy_for_wasm(&tools)),
        ("release page", &|| crate::build(&tools)),
        ("budget", &|| budget::check(&tools)),
        ("module, same again", &|| module_and_page_again(&tools)),
        ("tests", &|| cargo(&tools, &[&TEST[..], &ON_THE_HOST].concat())),
        ("in Chromium", &|| in_browser(&[], &[])),
        // Apart from the others, so that nothing else takes the processor from what has time limits.
        ("faults", &|| cargo(&tools, &[&TEST[..], &["--test", "faults"]].concat())),
        ("memory and time", &|| cargo(&tools, &[&TEST[..], &MEASURED].concat())),
        ("in Firefox", &|| in_browser(&[("CONSOLE_BROWSER", "firefox")], &without(&NOT_IN_FIREFOX))),
        ("in WebKit", &|| in_browser(&[("CONSOLE_BROWSER", "webkit")], &IN_WEBKIT)),
        ("German, on nginx", &|| {
            in_browser(&[("CONSOLE_HOST", "nginx"), ("CONSOLE_LANGUAGE", "de")], &without(&NOT_IN_GERMAN))
        }),
        ("on Caddy", &|| in_browser(&[("CONSOLE_HOST", "caddy")], &ON_CADDY)),
        ("fuzz", &|| fuzz::fuzz(&tools, fuzz::SHORT, false)),
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

/// The arguments that leave tests out.
fn without<'a>(names: &[&'a str]) -> Vec<&'a str> {
    names.iter().flat_map(|name| ["--skip", name]).collect()
}

fn cargo(tools: &Tools, arguments: &[&str]) -> Result<()> {
    tools.host_command("cargo").args(arguments.iter().copied()).run()
}

/// The module, and beside it the page once more: most of the time the optimiser keeps one core busy.
fn module_and_page_again(tools: &Tools) -> Result<()> {
    std::thread::scope(|scope| {
        let again = scope.spawn(|| reproduce::check(tools));
        module::build(tools)?;
        again.join().unwrap_or_else(|_| bail!("the second build broke off"))
    })
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
    let wasm = ["--target", "wasm32-unknown-unknown", "--all-features"];
    let arguments = [&["clippy", "--locked"], &wasm[..], &["--", "-D", "warnings"]].concat();
    tools.command("cargo").args(arguments).run()
}
