//! What the page weighs: each file of `dist/`, raw and with brotli 11, which is what a well-set-up web server sends.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::run::root;

/// Prints the sizes of the files in `dist/`.
///
/// # Errors
/// When there is no `dist/`.
pub fn print() -> Result<()> {
    let dist = root().join("dist");
    let entries = fs::read_dir(&dist).context("dist/ is missing: run `cargo xtask build` first")?;
    let mut files: Vec<_> = entries.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    let (mut raw_total, mut compressed_total) = (0, 0);
    println!("{:<52} {:>9} {:>9}", "dist/", "bytes", "brotli 11");
    for file in files {
        let bytes = fs::read(file.path())?;
        let compressed = compressed_size(&bytes)?;
        println!("{:<52} {:>9} {:>9}", file.file_name().to_string_lossy(), bytes.len(), compressed);
        let is_icon = Path::new(&file.file_name()).extension().is_some_and(|extension| extension == "svg");
        if !is_icon {
            raw_total += bytes.len();
            compressed_total += compressed;
        }
    }
    println!("{:<52} {raw_total:>9} {compressed_total:>9}", "first visit (without the icon)");
    Ok(())
}

fn compressed_size(bytes: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}
