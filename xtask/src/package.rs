//! A release that needs no Rust: the page as an archive for web servers, and the module as a package for npm. The same source
//! gives the same bytes: files stand in the order of their names, without owner or time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::GzBuilder;
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use crate::module;
use crate::run::{Program, root};
use crate::setup::Tools;

/// What the archive has beside the page.
const BESIDE: [&str; 8] = [
    "deploy",
    "docs/hosting.md",
    "docs/configuration.md",
    "README.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
];
/// What the files of an archive hash to, as `sha256sum -c` reads it.
const CHECKSUMS: &str = "SHA256SUMS";
/// Files of everybody can be read, and written by their owner only.
const MODE: u32 = 0o644;

/// Builds both, and writes them to `target/package/`. Gives their files.
///
/// # Errors
/// When something can't be built or written.
pub fn package(tools: &Tools) -> Result<Vec<PathBuf>> {
    crate::build(tools)?;
    module::build(tools)?;
    let written = write(tools, &folder())?;
    for file in &written {
        println!("{} ({} KB)", file.display(), fs::metadata(file)?.len() / 1024);
    }
    Ok(written)
}

/// Packs what is built once more, and compares; that two builds give the same has a check of its own.
///
/// # Errors
/// When the two differ.
pub fn check(tools: &Tools) -> Result<()> {
    let first = write(tools, &folder())?;
    let again = root().join("target/package-again");
    let second = write(tools, &again)?;
    for (first, second) in first.iter().zip(&second) {
        let is_same = fs::read(first)? == fs::read(second)?;
        ensure!(is_same, "Packed twice, {} isn't the same", first.display());
        println!("{}: the same bytes twice", first.file_name().unwrap_or_default().display());
    }
    Ok(fs::remove_dir_all(again)?)
}

/// Unpacks the archive as docs/hosting.md says, and gives the folder that is in it.
///
/// # Errors
/// When there is none, or a file in it isn't what its checksum says.
pub fn unpack() -> Result<PathBuf> {
    let name = name();
    let archive = folder().join(format!("{name}.tar.gz"));
    ensure!(archive.exists(), "{} is missing: run `cargo xtask package`", archive.display());
    let place = root().join("target/package-unpacked");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::create_dir_all(&place)?;
    Program::new("tar").args(["-xzf", &archive.to_string_lossy()]).within(place.clone()).run()?;
    let unpacked = place.join(name);
    Program::new("sha256sum").args(["--check", "--quiet", CHECKSUMS]).within(unpacked.clone()).run()?;
    Ok(unpacked)
}

fn name() -> String {
    format!("rds-backup-console-{}", env!("CARGO_PKG_VERSION"))
}

fn folder() -> PathBuf {
    root().join("target/package")
}

/// Writes both packages and their checksums to a folder, which holds nothing else then.
fn write(tools: &Tools, folder: &Path) -> Result<Vec<PathBuf>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let name = name();
    let archive = folder.join(format!("{name}.tar.gz"));
    fs::write(&archive, pack(&name, &content()?)?)?;
    let module = root().join("dist-module");
    ensure!(module.exists(), "dist-module/ is missing: run `cargo xtask build --module`");
    let into = folder.to_string_lossy().into_owned();
    tools.host_command("npm").args(["pack", "--silent", "--pack-destination", &into]).within(module).run()?;
    let package = folder.join(format!("{name}.tgz"));
    let mut files = BTreeMap::new();
    for file in [&archive, &package] {
        files.insert(file.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read(file)?);
    }
    let sums = folder.join(CHECKSUMS);
    fs::write(&sums, checksums(&files))?;
    Ok(vec![archive, package, sums])
}

/// Everything that the archive has, by its path.
fn content() -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    ensure!(root().join("dist").exists(), "dist/ is missing: run `cargo xtask build`");
    for name in ["dist"].iter().chain(&BESIDE) {
        collect(name, &mut files)?;
    }
    files.insert(CHECKSUMS.to_owned(), checksums(&files).into_bytes());
    Ok(files)
}

/// Takes in a file, or all files below a folder; paths are those from the workspace on.
fn collect(path: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    let place = root().join(path);
    if place.is_file() {
        files.insert(path.to_owned(), fs::read(place)?);
        return Ok(());
    }
    for entry in fs::read_dir(&place).with_context(|| format!("{path} is missing"))? {
        let name = entry?.file_name();
        collect(&format!("{path}/{}", name.to_string_lossy()), files)?;
    }
    Ok(())
}

fn checksums(files: &BTreeMap<String, Vec<u8>>) -> String {
    let line = |(name, bytes): (&String, &Vec<u8>)| format!("{:x}  {name}\n", Sha256::digest(bytes));
    files.iter().map(line).collect::<Vec<_>>().concat()
}

fn pack(name: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>> {
    let gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut archive = Builder::new(gzip);
    for (path, bytes) in files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(MODE);
        header.set_mtime(0);
        header.set_size(u64::try_from(bytes.len())?);
        archive.append_data(&mut header, format!("{name}/{path}"), bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_archive() {
        let files: BTreeMap<String, Vec<u8>> =
            [("b/c".to_owned(), b"two".to_vec()), ("a".to_owned(), b"one".to_vec())].into();
        let packed = pack("name", &files).unwrap();
        assert_eq!(packed, pack("name", &files).unwrap());
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
        let paths: Vec<PathBuf> =
            archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().into()).collect();
        assert_eq!(paths, [Path::new("name/a"), Path::new("name/b/c")]);
    }

    #[test]
    fn checksums_are_those_of_sha256sum() {
        let files = [("a".to_owned(), b"abc".to_vec())].into();
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n";
        assert_eq!(checksums(&files), sum);
    }
}
