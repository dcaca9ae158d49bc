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

/// The modules of the page, from the top to the bottom; those of a line don't import each other. A module imports from below.
const PAGE: [&[&str]; 11] = [
    &["main", "lib"],
    &["embed"],
    &["mount"],
    &["app"],
    &["lazy"],
    &["later"],
    &["runtime"],
    &["view"],
    &["broken"],
    &["text"],
    &["clock", "host"],
];

/// In the core, what may not import what. A feature's `action.rs` is data: whoever asks that feature for something imports it.
const FORBIDDEN: [(&str, &str); 12] = [
    ("cx", "form"),
    ("cx", "work"),
    ("cx", "model"),
    ("page", "form"),
    ("page", "work"),
    ("page", "model"),
    ("session", "form"),
    ("session", "work"),
    ("session", "model"),
    ("form", "work"),
    ("form", "model"),
    ("work", "model"),
];

/// Lines that a file of the program has at the most, its tests included.
const LONGEST_FILE: usize = 430;

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

/// The top-level module of a file, as in `view` for `view/later/card.rs`.
fn module_of(file: &Path) -> String {
    let first = file.components().next().unwrap();
    Path::new(first.as_os_str()).file_stem().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn modules_of_the_page_import_from_below() {
    let rank = |file: &Path| {
        let module = module_of(file);
        PAGE.iter().position(|layer| layer.contains(&module.as_str())).unwrap_or_else(|| panic!("where is {module}?"))
    };
    for (file, imported) in Imports::read(&workspace().join("src/lib.rs")).edges {
        for other in imported.iter().filter(|other| module_of(other) != module_of(&file)) {
            assert!(rank(&file) < rank(other), "{} imports {}", file.display(), other.display());
        }
    }
}

#[test]
fn features_of_the_core_know_only_those_below() {
    for (file, imported) in Imports::read(&workspace().join("core/src/lib.rs")).edges {
        for other in &imported {
            let is_forbidden = FORBIDDEN.contains(&(&module_of(&file), &module_of(other)));
            let is_data = other.file_name().is_some_and(|name| name == "action.rs");
            assert!(!is_forbidden || is_data, "{} imports {}", file.display(), other.display());
        }
    }
}

#[test]
fn no_file_is_too_long() {
    for root in CRATES {
        let folder = workspace().join(root).parent().unwrap().to_owned();
        for file in Imports::read(&workspace().join(root)).edges.keys() {
            let lines = std::fs::read_to_string(folder.join(file)).unwrap().lines().count();
            assert!(lines <= LONGEST_FILE, "{root}: {} has {lines} lines", file.display());
        }
    }
}

/// A crate of three files: the root declares `a` and `b`.
fn circle_of(a: &str, b: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("lib.rs", "mod a; mod b;"), ("a.rs", a), ("b.rs", b)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    Imports::read(&folder.path().join("lib.rs")).circle().is_some()
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let back = "use crate::a::A;";
    for there in [
        "use crate::b::B;",
        "use super::b::{B, C as D};",
        "pub use crate::b::*;",
        "use crate::b; fn f() { b::g() }",
        "use crate::b as other; fn f() { other::g() }",
        "fn f() { crate::b::g() }",
        "mod inner { use super::super::b::B; }",
        "struct S { #[cfg(test)] t: T, b: crate::b::B }",
        "html! { <crate::b::B /> }",
    ] {
        assert!(circle_of(there, back), "{there}");
        assert!(!circle_of(there, ""), "{there}");
    }
    for none in ["", "#[cfg(test)] mod tests { use crate::b::B; }", "pub(in crate::b) fn f() {}", "fn b() { b::c() }"] {
        assert!(!circle_of(none, back), "{none}");
    }
}
