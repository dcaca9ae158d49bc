//! The checks and tests: what each is called, what it needs, and how it is played.

use anyhow::{Context, Result};

use crate::cargo_test::{Suite, Which};
use crate::run::{Program, root};
use crate::setup::{Need, Tools};
use crate::wasm::Compiler;
use crate::{budget, cargo_test, explore, fuzz, module, package, page, reproduce, size};

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
    /// How it is played.
    pub play: Play,
}

/// How a step is played.
#[derive(Clone, Copy)]
pub enum Play {
    /// As it is.
    Whole(fn(&Tools) -> Result<()>),
    /// It is tests: what stood behind `--` on the command line are parts of their names.
    Tests(fn(&Tools, &[&str]) -> Result<()>),
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

use Need::{
    Caddy, CargoDeny, CargoFuzz, Chromium, ChromiumShell, Clippy, Firefox, Nginx, Npm, Rustfmt, Trunk, Wasm,
    WasmBindgen, WebKit,
};

/// What builds the release page, and plays it in Chromium's shell.
const IN_SHELL: &[Need] = &[Clippy, Wasm, Trunk, WasmBindgen, Npm, ChromiumShell];

/// What builds the release page, and plays it in Chromium.
const IN_CHROMIUM: &[Need] = &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium];

/// Every step, in the order in which a fault is found soonest.
pub const STEPS: [Step; 23] = [
    Step {
        name: "format",
        about: "cargo fmt",
        needs: &[Rustfmt],
        part_of: PartOf::Short,
        play: Play::Whole(|tools| {
            cargo(tools, &["fmt", "--all", "--", "--check"]).context("`cargo fmt --all` mends it")
        }),
    },
    Step {
        name: "page",
        about: "the release page in dist/, and its budget",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        part_of: PartOf::ShortBeside,
        play: Play::Whole(|tools| {
            page::build(tools)?;
            budget::check(tools)
        }),
    },
    Step {
        name: "clippy",
        about: "lints of everything that runs on this machine; builds the tests",
        needs: &[Clippy],
        part_of: PartOf::Short,
        play: Play::Whole(cargo_test::build),
    },
    Step {
        name: "clippy-wasm",
        about: "lints of what runs in the browser",
        needs: &[Clippy, Wasm],
        part_of: PartOf::Short,
        play: Play::Whole(clippy_for_wasm),
    },
    Step {
        name: "host",
        about: "the tests that need no browser",
        needs: &[Clippy],
        part_of: PartOf::Short,
        play: Play::Tests(|tools, given| {
            let suites = [Suite::Host, cargo_test::OWN, Suite::Console("structure")];
            cargo_test::play(tools, &suites, &[], &[], Which::Only(given))
        }),
    },
    Step {
        name: "chromium",
        about: "the browser suite in Chromium's shell, in English",
        needs: IN_SHELL,
        part_of: PartOf::Short,
        play: Play::Tests(|tools, given| {
            let names = [&ELSEWHERE[..], &LONG].concat();
            in_browser(tools, &[SHELL], Which::AllBut(&names), given)
        }),
    },
    Step {
        name: "chromium-whole",
        about: "what the short run leaves out, and what asks for permission, in the whole of Chromium",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| in_browser(tools, &[], Which::Only(&[&LONG[..], &ASKS].concat()), given)),
    },
    Step {
        name: "dependencies",
        about: "licences, sources and duplicates of what it is built from",
        needs: &[CargoDeny],
        part_of: PartOf::All,
        play: Play::Whole(dependencies),
    },
    Step {
        name: "module",
        about: "the module for other pages in dist-module/",
        needs: &[Wasm, WasmBindgen, Npm],
        part_of: PartOf::All,
        play: Play::Whole(module::build),
    },
    Step {
        name: "same-again",
        about: "the page once more, in another folder: the same bytes",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        part_of: PartOf::All,
        play: Play::Whole(reproduce::check),
    },
    Step {
        name: "package",
        about: "the release archive and the npm package, twice: the same bytes",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        part_of: PartOf::All,
        play: Play::Whole(package::check),
    },
    Step {
        name: "documents",
        about: "the commands, links and settings in the documents",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Nginx, Caddy],
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| {
            package::pack_archive(tools)?;
            test(tools, "documents", given, &[])
        }),
    },
    Step {
        name: "serve",
        about: "cargo xtask serve, and what is left when a command is stopped",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| in_browser(tools, &[], Which::Only(&["serve::"]), given)),
    },
    Step {
        name: "embedding",
        about: "the module in other pages, in Chromium",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| {
            module::expect(tools)?;
            in_browser(tools, &[], Which::Only(&["embedding::"]), given)
        }),
    },
    Step {
        name: "faults",
        about: "every fault of the network at every step",
        needs: IN_SHELL,
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| side_by_side(tools, "faults", &[SHELL], Which::Only(given))),
    },
    Step {
        name: "measured",
        about: "what measures memory or time, alone",
        needs: IN_CHROMIUM,
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| {
            page::expect(tools)?;
            test(tools, "measured", given, &["--test-threads=1"])
        }),
    },
    Step {
        name: "firefox",
        about: "the browser suite in Firefox",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Firefox],
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| {
            in_browser(tools, &[("CONSOLE_BROWSER", "firefox")], Which::AllBut(&NOT_IN_FIREFOX), given)
        }),
    },
    Step {
        name: "webkit",
        about: "requests, their ends, and the prerendered form in WebKit",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, WebKit],
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| {
            in_browser(tools, &[("CONSOLE_BROWSER", "webkit")], Which::Only(&IN_WEBKIT), given)
        }),
    },
    Step {
        name: "german",
        about: "the browser suite in German, on nginx",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium, Nginx],
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| {
            let variables = [("CONSOLE_HOST", "nginx"), ("CONSOLE_LANGUAGE", "de")];
            in_browser(tools, &variables, Which::AllBut(&NOT_IN_GERMAN), given)
        }),
    },
    Step {
        name: "nginx",
        about: "the release archive, unpacked, on nginx",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium, Nginx],
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| on_web_server(tools, "nginx", given)),
    },
    Step {
        name: "caddy",
        about: "the same on Caddy",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium, Caddy],
        part_of: PartOf::All,
        play: Play::Tests(|tools, given| on_web_server(tools, "caddy", given)),
    },
    Step {
        name: "explore",
        about: "a million states of what can happen to a press",
        needs: &[Clippy],
        part_of: PartOf::All,
        play: Play::Whole(explore::explore),
    },
    Step {
        name: "fuzz",
        about: "what the page reads, with inputs that a fuzzer makes up",
        needs: &[CargoFuzz],
        part_of: PartOf::All,
        play: Play::Whole(|tools| {
            fuzz::fuzz(tools, fuzz::SHORT, false)?;
            size::print(None)
        }),
    },
];

/// Browser tests are played in Chromium's shell.
const SHELL: (&str, &str) = ("CONSOLE_BROWSER", "chromium-headless-shell");

/// What has steps of its own: it needs more than the page and Chromium, or builds something first.
const ELSEWHERE: [&str; 3] = ["embedding::", "hosting::", "serve::"];

/// What takes long and finds little that shorter tests don't: the long run has it.
const LONG: [&str; 6] = [
    "accessible::in_every_state_at",
    "accessible::in_every_state_dark",
    "effort::",
    "german::",
    "large::",
    "media::nothing_sticks_out",
];

/// The tests that need a permission of the browser, which the shell gives without asking anybody.
const ASKS: [&str; 3] = ["links::", "receipt::", "it_completes_and_page_title"];

/// The tests that are played in WebKit as well: those of requests and their ends, and of the prerendered form. Its driver is slow, and
/// the small browser that Debian has for it lacks what some others need (a language of its own, downloads, line breaks typed
/// into a field).
const IN_WEBKIT: [&str; 6] =
    ["no_answer::", "lost::", "token::", "create::of", "start::a_whole_run", "prerender::what"];

/// The tests of the web servers themselves, and of what goes through them.
const ON_WEB_SERVERS: [&str; 4] = ["hosting::", "create::", "follow::", "lost::"];

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
    "prerender::",
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

/// Plays tests; what was given on the command line is a filter of theirs.
fn test(tools: &Tools, name: &'static str, given: &[&str], options: &[&str]) -> Result<()> {
    cargo_test::play(tools, &[Suite::Console(name)], &[], options, Which::Only(given))
}

fn in_browser(tools: &Tools, variables: &[(&str, &str)], which: Which, given: &[&str]) -> Result<()> {
    // A filter of one's own takes the place of the step's.
    side_by_side(tools, "browser", variables, if given.is_empty() { which } else { Which::Only(given) })
}

/// Plays tests on a web server that serves the release archive, as somebody would who has nothing else.
fn on_web_server(tools: &Tools, host: &str, given: &[&str]) -> Result<()> {
    let release = package::unpack(tools)?.to_string_lossy().into_owned();
    let variables = [("CONSOLE_HOST", host), ("CONSOLE_RELEASE", &*release)];
    in_browser(tools, &variables, Which::Only(&ON_WEB_SERVERS), given)
}

/// Plays tests of the page, of which most wait most of the time: more of them at once than there are cores.
fn side_by_side(tools: &Tools, name: &'static str, variables: &[(&str, &str)], which: Which) -> Result<()> {
    const ON_EACH_CORE: usize = 3;
    page::expect(tools)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = (cores * ON_EACH_CORE).to_string();
    let variables = [variables, &[("RUST_TEST_THREADS", &*threads)]].concat();
    cargo_test::play(tools, &[Suite::Console(name)], &variables, &[], which)
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
        println!(
            "Left out: Debian's compiler comes without clippy. All but what is for wasm alone was checked for the host."
        );
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

/// This very program, to play a step beside others as it was asked for itself.
pub fn again(step: &str, compiler: Option<Compiler>) -> Result<Program> {
    let program = std::env::current_exe()?;
    let root = root();
    let compiler = compiler.map(|compiler| format!("--wasm={}", compiler.option()));
    let program = Program::new(&program.to_string_lossy()).args(["--root", &root.to_string_lossy(), "test", step]);
    Ok(program.args(compiler.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_program_of_the_console_has_a_step_or_a_command() {
        let manifest = std::fs::read_to_string(root().join("tests/Cargo.toml")).unwrap();
        let names = manifest.split("[[test]]\nname = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let played = concat!(include_str!("steps.rs"), include_str!("bench.rs"));
        for name in names {
            let is_played = ["Suite::Console(", "test(tools, ", "side_by_side(tools, "];
            let is_played = is_played.iter().any(|call| played.contains(&format!("{call}\"{name}\"")));
            assert!(is_played, "no step plays {name}");
        }
    }
}
