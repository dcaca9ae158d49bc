//! The value of each build decision: the program is rebuilt without it, and measured. Writes bench/ABLATION.md.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use console_core::Language;

use crate::code_splitting::{self, part_of};
use crate::compress::brotli;
use crate::run::root;
use crate::setup::Tools;

/// A variant of the build.
struct Variant {
    /// The difference.
    name: &'static str,
    /// Additional options for cargo; they replace the release's options of the same names.
    environment: &'static [(&'static str, &'static str)],
    /// Additional flags for the compiler.
    flags: &'static str,
    /// The options of wasm-opt.
    optimisation: &'static [&'static str],
    /// Whether std is built with the page, and panics trap immediately.
    builds_std: bool,
    /// Whether the program is split.
    is_split: bool,
}

const AS_BUILT: Variant = Variant {
    name: "as released",
    environment: &[],
    flags: "",
    optimisation: &code_splitting::WASM_OPT_ARGUMENTS,
    builds_std: true,
    is_split: true,
};

/// Variants with the same build are adjacent, so that cargo builds them once.
const VARIANTS: [Variant; 12] = [
    AS_BUILT,
    Variant { name: "without wasm-opt", optimisation: &["--strip-debug", "--strip-producers"], ..AS_BUILT },
    Variant {
        name: "wasm-opt without a limit for functions with one caller",
        optimisation: &["-Oz", "--converge", "--strip-debug", "--strip-producers"],
        ..AS_BUILT
    },
    Variant {
        name: "wasm-opt -Os",
        optimisation: &["-Os", "--converge", "--strip-debug", "--strip-producers"],
        ..AS_BUILT
    },
    Variant {
        name: "wasm-opt -O4, then -Oz",
        optimisation: &["-O4", "-Oz", "--converge", "--strip-debug", "--strip-producers"],
        ..AS_BUILT
    },
    Variant { name: "in one piece", is_split: false, ..AS_BUILT },
    Variant { name: "std as shipped, panics with a hook", builds_std: false, ..AS_BUILT },
    Variant { name: "opt-level s", environment: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s")], ..AS_BUILT },
    Variant { name: "no LTO", environment: &[("CARGO_PROFILE_RELEASE_LTO", "off")], ..AS_BUILT },
    Variant {
        name: "std's feature optimize_for_size",
        environment: &[("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")],
        ..AS_BUILT
    },
    Variant {
        name: "-Zlocation-detail=none -Zfmt-debug=none",
        flags: "-Zlocation-detail=none -Zfmt-debug=none",
        ..AS_BUILT
    },
    Variant { name: "LLVM's inline-threshold 0", flags: "-Cllvm-args=-inline-threshold=0", ..AS_BUILT },
];

/// Builds and measures all variants; it takes a quarter of an hour.
///
/// # Errors
/// If one can't be built.
pub fn measure(tools: &Tools) -> Result<()> {
    let mut table = "# What each decision of the build is worth\n\nWritten by `cargo xtask ablation`: bytes with brotli 11, names as wasm-bindgen \
        writes them (the release shortens them: last line).\n\n| build | at first | later | all, against the release |\n|---|---:|---:|---:|\n".to_owned();
    let mut released = 0;
    for variant in &VARIANTS {
        let [first, later] = weigh(tools, variant)?;
        if released == 0 {
            released = first + later;
        }
        #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]
        let share = ((first + later) as f64 / released as f64 - 1.0) * 100.0;
        println!("{}: {first} + {later}, {share:+.1} %", variant.name);
        table += &[
            "| ",
            variant.name,
            " | ",
            &first.to_string(),
            " | ",
            &later.to_string(),
            &format!(" | {share:+.1} % |\n"),
        ]
        .concat();
    }
    let renamed = fs::read_dir(root().join("dist"))?.filter_map(|entry| Some(entry.ok()?.path())).find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.extension().is_some_and(|extension| extension == "wasm")
            && !name.contains("-later-")
            && !Language::loaded().any(|language| name.contains(&part_of(language)))
            && !name.contains("-chunk")
    });
    let renamed = brotli(&fs::read(renamed.context("dist/ is missing: run `cargo xtask build`")?)?)?.len();
    table += &["| with short names, in `dist/` | ", &renamed.to_string(), " | | |\n\n"].concat();
    table += &fs::read_to_string(root().join("bench/TRIED.md"))?;
    Ok(fs::write(root().join("bench/ABLATION.md"), table)?)
}

/// Bytes of what the form needs, and of what is loaded later.
fn weigh(tools: &Tools, variant: &Variant) -> Result<[usize; 2]> {
    let target = root().join("target/ablation");
    // Otherwise the measurement would include what the linker keeps for splitting the program.
    let link = if variant.is_split { code_splitting::LINK_FLAGS } else { "" };
    let mut environment = if variant.builds_std {
        tools.release_environment(&[link, variant.flags].join(" "))
    } else {
        tools.shipped_environment(link)
    };
    environment.extend(code_splitting::keep_symbol_names());
    environment.push(("CARGO_TARGET_DIR".to_owned(), target.to_string_lossy().into_owned()));
    environment.extend(variant.environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let mut arguments =
        vec!["build", "--release", "--locked", "--target", "wasm32-unknown-unknown", "--bin", "rds-backup-console"];
    if variant.is_split {
        arguments.extend(["--features", "split"]);
    }
    tools.command("cargo").args(arguments).envs(&environment).run()?;
    let program = target.join("wasm32-unknown-unknown/release/rds-backup-console.wasm");
    let work = program.with_file_name("parts");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let first = code_splitting::split_wasm(tools, &program, &work, variant.is_split, variant.optimisation)?;
    Ok([brotli(&first)?.len(), later(&work)?])
}

fn later(work: &Path) -> Result<usize> {
    code_splitting::later_parts(work)?.iter().map(|part| Ok(brotli(&fs::read(part)?)?.len())).sum()
}
