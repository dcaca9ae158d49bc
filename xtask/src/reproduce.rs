//! Builds the page a second time, from nothing, and compares: the same source gives the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::run::root;
use crate::setup::Tools;

/// Builds to another folder with nothing of the first build at hand, and compares with `dist/`.
///
/// # Errors
/// When a file differs, and which.
pub fn check(tools: &Tools) -> Result<()> {
    let again = root().join("target/again");
    if again.exists() {
        fs::remove_dir_all(&again)?;
    }
    let dist = again.join("dist");
    fs::create_dir_all(&dist)?;
    crate::build_into(tools, &dist, &again.join("target"))?;
    let (first, second) = (files(&root().join("dist"))?, files(&dist)?);
    if first.keys().ne(second.keys()) {
        bail!("Two builds gave other files: {:?} and {:?}", first.keys(), second.keys());
    }
    if let Some((name, _)) = first.iter().find(|(name, bytes)| second.get(*name) != Some(bytes)) {
        bail!("Two builds gave another {name}");
    }
    println!("Two clean builds gave the same {} files, byte for byte.", first.len());
    fs::remove_dir_all(&again).context("the second build can't be removed")
}

fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(files)
}
