//! The checks and tests: what each is called, what it needs, and how it is played.

use anyhow::{Context, Result};

use crate::run::Program;
use crate::setup::{Need, Tools};
use crate::wasm::Compiler;
use crate::{budget, explore, fuzz, module, package, reproduce, size};

/// A check, or some tests.
pub struct Step {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it does, in a few words.
    pub about: &'static str,
    /// What it needs.
    pub needs: &'static [Need],
    /// When it is played.
    pub part_of: PartOf,
    /// Plays it; what stood behind `--` on the command line goes to the tests.
    pub play: fn(&Tools, &[String]) -> Result<()>,
}

/// When a step is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// Always.
    Short,
    /// Always, and beside the others: it keeps one core busy for a long time, and builds in folders of its own.
    ShortBeside,
    /// In the long run only.
    All,
}

use Need::{Caddy, CargoDeny, CargoFuzz, Chromium, Firefox, Nginx, Npm, Trunk, Wasm, WasmBindgen, WebKit};

/// What builds the release page, and plays it in Chromium.
const IN_CHROMIUM: &[Need] = &[Wasm, Trunk, WasmBindgen, Npm, Chromium];

/// Every step, in the order in which a fault is found soonest.
pub const STEPS: [Step; 22] = [
    Step {
        name: "format",
        about: "cargo fmt",
        needs: &[],
        part_of: PartOf::Short,
        play: |tools, _| cargo(tools, &["fmt", "--all", "--", "--check"]),
    },
    Step {
        name: "page",
        about: "the release page in dist/, and its budget",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        part_of: PartOf::ShortBeside,
        play: |tools, _| {
            crate::build(tools)?;
            budget::check(tools)
        },
    },
    Step {
        name: "clippy",
        about: "lints of everything that runs on this machine",
        needs: &[],
        part_of: PartOf::Short,
        play: |tools, _| cargo(tools, &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    },
    Step {
        name: "clippy-wasm",
        about: "lints of what runs in the browser",
        needs: &[Wasm],
        part_of: PartOf::Short,
        play: |tools, _| clippy_for_wasm(tools),
    },
    Step {
        name: "host",
        about: "the tests that need no browser",
        needs: &[],
        part_of: PartOf::Short,
        play: |tools, given| test(tools, &ON_THE_HOST, given, &[]),
    },
    Step {
        name: "chromium",
        about: "the browser suite in Chromium, in English",
        needs: IN_CHROMIUM,
        part_of: PartOf::Short,
        play: |tools, given| in_browser(tools, &[], &Tests::AllBut(&ELSEWHERE), given),
    },
    Step {
        name: "dependencies",
        about: "licences, sources and duplicates of what it is built from",
        needs: &[CargoDeny],
        part_of: PartOf::All,
        play: |tools, _| dependencies(tools),
    },
    Step {
        name: "module",
        about: "the module for other pages in dist-module/",
        needs: &[Wasm, WasmBindgen, Npm],
        part_of: PartOf::All,
        play: |tools, _| module::build(tools),
    },
    Step {
        name: "same-again",
        about: "the page once more, in another folder: the same bytes",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        part_of: PartOf::All,
        play: |_, _| reproduce::check(),
    },
    Step {
        name: "package",
        about: "the release archive and the npm package, twice: the same bytes",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        part_of: PartOf::All,
        play: |tools, _| package::check(tools),
    },
    Step {
        name: "documents",
        about: "the commands, links and settings in the documents",
        needs: &[Nginx, Caddy],
        part_of: PartOf::All,
        play: |tools, given| test(tools, &["--test", "documents"], given, &[]),
    },
    Step {
        name: "serve",
        about: "cargo xtask serve, and what is left when a command is stopped",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: |tools, given| in_browser(tools, &[], &Tests::Only(&["serve::"]), given),
    },
    Step {
        name: "embedding",
        about: "the module in other pages, in Chromium",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: |tools, given| in_browser(tools, &[], &Tests::Only(&["embedding::"]), given),
    },
    Step {
        name: "faults",
        about: "every fault of the network at every step",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: |tools, given| test(tools, &["--test", "faults"], given, &[]),
    },
    Step {
        name: "measured",
        about: "what measures memory or time, alone",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: |tools, given| test(tools, &["--test", "measured"], given, &["--test-threads=1"]),
    },
    Step {
        name: "firefox",
        about: "the browser suite in Firefox",
        needs: &[Wasm, Trunk, WasmBindgen, Npm, Firefox],
        part_of: PartOf::All,
        play: |tools, given| {
            in_browser(tools, &[("CONSOLE_BROWSER", "firefox")], &Tests::AllBut(&NOT_IN_FIREFOX), given)
        },
    },
    Step {
        name: "webkit",
        about: "requests, their ends, and the frame in WebKit",
        needs: &[Wasm, Trunk, WasmBindgen, Npm, WebKit],
        part_of: PartOf::All,
        play: |tools, given| in_browser(tools, &[("CONSOLE_BROWSER", "webkit")], &Tests::Only(&IN_WEBKIT), given),
    },
    Step {
        name: "german",
        about: "the browser suite in German, on nginx",
        needs: &[Wasm, Trunk, WasmBindgen, Npm, Chromium, Nginx],
        part_of: PartOf::All,
        play: |tools, given| {
            let variables = [("CONSOLE_HOST", "nginx"), ("CONSOLE_LANGUAGE", "de")];
            in_browser(tools, &variables, &Tests::AllBut(&NOT_IN_GERMAN), given)
        },
    },
    Step {
        name: "nginx",
        about: "the web server's own tests on nginx",
        needs: &[Wasm, Trunk, WasmBindgen, Npm, Chromium, Nginx],
        part_of: PartOf::All,
        play: |tools, given| in_browser(tools, &[("CONSOLE_HOST", "nginx")], &Tests::Only(&["hosting::"]), given),
    },
    Step {
        name: "caddy",
        about: "the web server's own tests on Caddy, and what goes through it",
        needs: &[Wasm, Trunk, WasmBindgen, Npm, Chromium, Caddy],
        part_of: PartOf::All,
        play: |tools, given| in_browser(tools, &[("CONSOLE_HOST", "caddy")], &Tests::Only(&ON_CADDY), given),
    },
    Step {
        name: "explore",
        about: "a million states of what can happen to a press",
        needs: &[],
        part_of: PartOf::All,
        play: |_, _| explore::explore(),
    },
    Step {
        name: "fuzz",
        about: "what the page reads, with inputs that a fuzzer makes up",
        needs: &[CargoFuzz],
        part_of: PartOf::All,
        play: |tools, _| {
            fuzz::fuzz(tools, fuzz::SHORT, false)?;
            size::print(None)
        },
    },
];

/// Every test is asked for in the whole workspace: cargo would build what the packages share with other features for one of
/// them alone.
const TEST: [&str; 3] = ["test", "--locked", "--workspace"];

/// The tests that need no browser.
const ON_THE_HOST: [&str; 10] =
    ["--lib", "--bins", "--test", "facts", "--test", "properties", "--test", "api", "--test", "rules_agree"];

/// What has steps of its own: it needs more than the page and Chromium, or builds something first.
const ELSEWHERE: [&str; 3] = ["embedding::", "hosting::", "serve::"];

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

/// Which tests of the browser suite.
enum Tests {
    /// Those whose names have one of these.
    Only(&'static [&'static str]),
    /// Those whose names have none of these.
    AllBut(&'static [&'static str]),
}

/// Plays tests; what was given on the command line is a filter of theirs.
fn test(tools: &Tools, which: &[&str], given: &[String], options: &[&str]) -> Result<()> {
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    cargo(tools, &[&TEST[..], which, &["--"], options, &given].concat())
}

fn in_browser(tools: &Tools, variables: &[(&str, &str)], tests: &Tests, given: &[String]) -> Result<()> {
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let names = match tests {
        // A filter of one's own takes the place of the step's.
        _ if !given.is_empty() => given,
        Tests::Only(names) => names.to_vec(),
        Tests::AllBut(names) => names.iter().flat_map(|name| ["--skip", name]).collect(),
    };
    let arguments = [&TEST[..], &["--test", "browser", "--"], &names].concat();
    let variables: Vec<_> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    tools.host_command("cargo").args(arguments).envs(&threads()).envs(&variables).run()
}

/// How many browser tests are played at once: most of the time they wait.
fn threads() -> Vec<(String, String)> {
    const AT_ONCE: usize = 3;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    vec![("RUST_TEST_THREADS".to_owned(), (cores * AT_ONCE).to_string())]
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
    if tools.compiler == Some(Compiler::Debian) {
        println!("Left out: Debian's compiler comes without clippy. The same code was checked for the host.");
        return Ok(());
    }
    let wasm = ["--target", "wasm32-unknown-unknown", "--all-features"];
    let arguments = [&["clippy", "--locked"], &wasm[..], &["--", "-D", "warnings"]].concat();
    tools.command("cargo").args(arguments).run()
}

/// The step with a name.
///
/// # Errors
/// When there is none; the sentence names the others.
pub fn find(name: &str) -> Result<&'static Step> {
    let found = STEPS.iter().find(|step| step.name == name);
    found.with_context(|| {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        format!("There is no step {name}. There are: {}.", names.join(", "))
    })
}

/// This very program, to play a step beside others.
pub fn again(step: &str) -> Result<Program> {
    let program = std::env::current_exe()?;
    Ok(Program::new(&program.to_string_lossy()).args(["test", step]))
}
