//! The structure of the source: imports run in one direction, and there is no circle of files. CONTRIBUTING.md says which
//! module is above which, and why.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

mod imports;

use std::path::{Path, PathBuf};

use imports::Imports;

/// The root file of each crate.
const CRATES: [&str; 6] = [
    "contract/src/lib.rs",
    "core/src/lib.rs",
    "src/lib.rs",
    "sandbox/src/lib.rs",
    "sandbox/src/main.rs",
    "xtask/src/lib.rs",
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[test]
fn there_is_no_circle_of_files() {
    let circles: Vec<String> = CRATES
        .iter()
        .filter_map(|root| {
            let imports = Imports::read(&workspace().join(root));
            let circle = imports.circle()?;
            let files: Vec<String> = circle.iter().map(|file| file.display().to_string()).collect();
            Some(format!("{root}: {} imports {}", files.join(" imports "), files[0]))
        })
        .collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}
