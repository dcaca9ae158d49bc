//! Every step.

use console_core::Language;

use super::checks::{clippy_for_wasm, dependencies};
use super::definition::{Run, Schedule, Step};
use super::filters::{
    FULL_RUN_ONLY, IN_WEBKIT, NEEDS_PERMISSION, NOT_IN_EVERY_LANGUAGE, NOT_IN_FIREFOX, WITH_OWN_STEP,
};
use super::run_tests::{SHELL, run_in_browser, run_in_parallel, run_on_web_server, run_suite};
use crate::cargo_test::{self, Suite, TestFilter};
use crate::setup::Need;
use crate::setup::Need::{
    Caddy, CargoDeny, CargoFuzz, Chromium, ChromiumShell, Clippy, Firefox, Hadolint, Mmdebstrap, Nginx, Npm, Rustfmt,
    Shellcheck, Trunk, Wasm, WasmBindgen, WebKit,
};
use crate::{budget, container, explore, fuzz, languages, module, package, page, reproduce, size};

/// What builds the release page, and runs it in Chromium's shell.
const SHELL_NEEDS: &[Need] = &[Clippy, Wasm, Trunk, WasmBindgen, Npm, ChromiumShell];

/// What builds the release page, and runs it in Chromium.
const CHROMIUM_NEEDS: &[Need] = &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium];

/// Every step, ordered so that a fault is found as soon as possible.
pub const STEPS: [Step; 24] = [
    Step {
        name: "format",
        about: "cargo fmt",
        needs: &[Rustfmt],
        schedule: Schedule::Short,
        run: Run::Check(|tools| languages::format(tools, true)),
    },
    Step {
        name: "page",
        about: "the release page in dist/, and its budget",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        schedule: Schedule::ShortInBackground,
        run: Run::Check(|tools| {
            page::build(tools)?;
            budget::check(tools)
        }),
    },
    Step {
        name: "clippy",
        about: "lints of everything that runs on this machine; builds the tests",
        needs: &[Clippy],
        schedule: Schedule::Short,
        run: Run::Check(cargo_test::build),
    },
    Step {
        name: "clippy-wasm",
        about: "lints of what runs in the browser",
        needs: &[Clippy, Wasm],
        schedule: Schedule::Short,
        run: Run::Check(clippy_for_wasm),
    },
    Step {
        name: "host",
        about: "the tests that need no browser",
        needs: &[Clippy],
        schedule: Schedule::Short,
        run: Run::Tests(|tools, given| {
            let suites = [Suite::Host, cargo_test::XTASK_SUITE, Suite::Console("structure")];
            cargo_test::run(tools, &suites, &[], &[], TestFilter::Only(given))
        }),
    },
    Step {
        name: "chromium",
        about: "the browser suite in Chromium's shell, in English",
        needs: SHELL_NEEDS,
        schedule: Schedule::Short,
        run: Run::Tests(|tools, given| {
            let names = [&WITH_OWN_STEP[..], &FULL_RUN_ONLY].concat();
            run_in_browser(tools, &[SHELL], TestFilter::Except(&names), given)
        }),
    },
    Step {
        name: "chromium-whole",
        about: "what the short run leaves out, and what asks for permission, in the whole of Chromium",
        needs: CHROMIUM_NEEDS,
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            run_in_browser(tools, &[], TestFilter::Only(&[&FULL_RUN_ONLY[..], &NEEDS_PERMISSION].concat()), given)
        }),
    },
    Step {
        name: "dependencies",
        about: "licences, sources and duplicates of what it is built from",
        needs: &[CargoDeny],
        schedule: Schedule::Full,
        run: Run::Check(dependencies),
    },
    Step {
        name: "module",
        about: "the module for other pages in dist-module/",
        needs: &[Wasm, WasmBindgen, Npm],
        schedule: Schedule::Full,
        run: Run::Check(module::build),
    },
    Step {
        name: "same-again",
        about: "the page once more, in another folder: the same bytes",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        schedule: Schedule::Full,
        run: Run::Check(reproduce::check),
    },
    Step {
        name: "package",
        about: "the release archive and the npm package, twice: the same bytes",
        needs: &[Wasm, Trunk, WasmBindgen, Npm],
        schedule: Schedule::Full,
        run: Run::Check(package::check),
    },
    Step {
        name: "documents",
        about: "the commands, links and settings in the documents",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Nginx, Caddy],
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            package::pack_archive(tools)?;
            run_suite(tools, "documents", given, &[])
        }),
    },
    Step {
        name: "serve",
        about: "cargo xtask serve, and what is left when a command is stopped",
        needs: CHROMIUM_NEEDS,
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| run_in_browser(tools, &[], TestFilter::Only(&["serve::"]), given)),
    },
    Step {
        name: "embedding",
        about: "the module in other pages, in Chromium",
        needs: CHROMIUM_NEEDS,
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            module::build_if_outdated(tools)?;
            run_in_browser(tools, &[], TestFilter::Only(&["embedding::"]), given)
        }),
    },
    Step {
        name: "faults",
        about: "every fault of the network at every step",
        needs: SHELL_NEEDS,
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| run_in_parallel(tools, "faults", &[SHELL], TestFilter::Only(given))),
    },
    Step {
        name: "measured",
        about: "what measures memory or time, alone",
        needs: CHROMIUM_NEEDS,
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            page::build_if_outdated(tools)?;
            run_suite(tools, "measured", given, &["--test-threads=1"])
        }),
    },
    Step {
        name: "firefox",
        about: "the browser suite in Firefox",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Firefox],
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            run_in_browser(tools, &[("CONSOLE_BROWSER", "firefox")], TestFilter::Except(&NOT_IN_FIREFOX), given)
        }),
    },
    Step {
        name: "webkit",
        about: "requests, their ends, and the prerendered form in WebKit",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, WebKit],
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            run_in_browser(tools, &[("CONSOLE_BROWSER", "webkit")], TestFilter::Only(&IN_WEBKIT), given)
        }),
    },
    Step {
        name: "languages",
        about: "the browser suite in every language but English, on nginx; in one if CONSOLE_LANGUAGE names it",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium, Nginx],
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            let wanted = std::env::var("CONSOLE_LANGUAGE").ok();
            let is_wanted = |language: &Language| wanted.as_deref().is_none_or(|tag| tag == language.tag());
            Language::loaded().filter(is_wanted).try_for_each(|language| {
                let variables = [("CONSOLE_HOST", "nginx"), ("CONSOLE_LANGUAGE", language.tag())];
                run_in_browser(tools, &variables, TestFilter::Except(&NOT_IN_EVERY_LANGUAGE), given)
            })
        }),
    },
    Step {
        name: "nginx",
        about: "the release archive, unpacked, on nginx",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium, Nginx],
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| run_on_web_server(tools, "nginx", given)),
    },
    Step {
        name: "caddy",
        about: "the same on Caddy",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Chromium, Caddy],
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| run_on_web_server(tools, "caddy", given)),
    },
    Step {
        name: "container",
        about: "the container image: its linters, and its commands in a root folder, without an engine",
        needs: &[Clippy, Wasm, Trunk, WasmBindgen, Npm, Shellcheck, Hadolint, Mmdebstrap],
        schedule: Schedule::Full,
        run: Run::Tests(|tools, given| {
            container::lint(tools)?;
            let release = package::unpack(tools)?.to_string_lossy().into_owned();
            let variables = [("CONSOLE_RELEASE", &*release)];
            run_in_parallel(tools, "container", &variables, TestFilter::Only(given))
        }),
    },
    Step {
        name: "explore",
        about: "a million states of what can happen to a press",
        needs: &[Clippy],
        schedule: Schedule::Full,
        run: Run::Check(explore::explore),
    },
    Step {
        name: "fuzz",
        about: "what the page reads, with inputs that a fuzzer makes up",
        needs: &[CargoFuzz],
        schedule: Schedule::Full,
        run: Run::Check(|tools| {
            fuzz::fuzz(tools, fuzz::SHORT_RUN_EXECUTIONS, false)?;
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
        let sources = concat!(include_str!("table.rs"), include_str!("run_tests.rs"), include_str!("../bench.rs"));
        for name in names {
            let is_run = ["Suite::Console(", "run_suite(tools, ", "run_in_parallel(tools, "];
            let is_run = is_run.iter().any(|call| sources.contains(&format!("{call}\"{name}\"")));
            assert!(is_run, "no step runs {name}");
        }
    }
}
