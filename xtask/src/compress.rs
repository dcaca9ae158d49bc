//! Writes a compressed copy of each file of `dist/`, so that a web server needn't compress at every request.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Writes `NAME.br` and `NAME.gz` for each file in the folder.
///
/// # Errors
/// If a file can't be read or written.
pub fn write_compressed_copies(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_compressed(&path) {
            continue;
        }
        let bytes = fs::read(&path)?;
        let name = path.to_string_lossy();
        fs::write(format!("{name}.br"), brotli(&bytes)?)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        fs::write(format!("{name}.gz"), gzip.finish()?)?;
    }
    Ok(())
}

/// Whether a file was written by this module.
pub fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "br" || extension == "gz")
}

/// The bytes compressed with brotli at the highest level.
///
/// # Errors
/// None in practice: both ends are in memory.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}
