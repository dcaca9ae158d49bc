//! Every step.

use anyhow::Context;

use super::checks::{cargo, clippy_for_wasm, dependencies};
use super::filters::{ASKS, ELSEWHERE, IN_WEBKIT, LONG, NOT_IN_FIREFOX, NOT_IN_GERMAN};
use super::run_tests::{SHELL, in_browser, on_web_server, side_by_side, test};
use super::step::{PartOf, Play, Step};
use crate::cargo_test::{self, Suite, Which};
use crate::setup::Need;
use crate::setup::Need::{
    Caddy, CargoDeny, CargoFuzz, Chromium, ChromiumShell, Clippy, Firefox, Nginx, Npm, Rustfmt, Trunk, Wasm,
    WasmBindgen, WebKit,
};
use crate::{budget, explore, fuzz, module, package, page, reproduce, size};

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

#[cfg(test)]
mod tests {
    use crate::run::root;

    #[test]
    fn every_test_program_of_the_console_has_a_step_or_a_command() {
        let manifest = std::fs::read_to_string(root().join("tests/Cargo.toml")).unwrap();
        let names = manifest.split("[[test]]\nname = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let played = concat!(include_str!("table.rs"), include_str!("run_tests.rs"), include_str!("../bench.rs"));
        for name in names {
            let is_played = ["Suite::Console(", "test(tools, ", "side_by_side(tools, "];
            let is_played = is_played.iter().any(|call| played.contains(&format!("{call}\"{name}\"")));
            assert!(is_played, "no step plays {name}");
        }
    }
}
