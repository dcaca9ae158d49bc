//! A release that needs no Rust: the page as an archive for web servers, and the module as a package for npm. The same
//! source gives the same bytes: files are sorted by name, have no owner, and are dated to the version's day.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::GzBuilder;
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use crate::run::{Program, root};
use crate::setup::Tools;
use crate::{module, page};

/// What the archive contains besides the page.
const EXTRA_FILES: [&str; 7] = [
    "deploy",
    "docs/hosting.md",
    "docs/configuration.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
];
/// The hashes of an archive's files, in the format of `sha256sum -c`.
const CHECKSUMS: &str = "SHA256SUMS";
/// Files can be read by everybody, and written by their owner only.
const FILE_MODE: u32 = 0o644;

/// Builds both, and writes them to `target/package/`. Returns their files.
///
/// # Errors
/// If something can't be built or written.
pub fn package(tools: &Tools) -> Result<Vec<PathBuf>> {
    page::build(tools)?;
    module::build(tools)?;
    let written = write(tools, &folder())?;
    for file in &written {
        println!("{} ({} KB)", file.display(), fs::metadata(file)?.len() / 1024);
    }
    Ok(written)
}

/// Packs the existing builds again, and compares; a separate check verifies that two builds are identical.
///
/// # Errors
/// If the two differ.
pub fn check(tools: &Tools) -> Result<()> {
    page::build_if_outdated(tools)?;
    module::build_if_outdated(tools)?;
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

/// Packs only the archive, from the page of the current source, for the tests, which use it in `target/archive/`.
///
/// # Errors
/// If something can't be built or written.
pub fn pack_archive(tools: &Tools) -> Result<PathBuf> {
    page::build_if_outdated(tools)?;
    let folder = root().join("target/archive");
    fs::create_dir_all(&folder)?;
    write_archive(&folder)
}

/// Unpacks the archive as described in docs/hosting.md, and returns the folder in it.
///
/// # Errors
/// If it can't be packed, or a file in it doesn't match its checksum.
pub fn unpack(tools: &Tools) -> Result<PathBuf> {
    let archive = pack_archive(tools)?;
    let place = root().join("target/package-unpacked");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::create_dir_all(&place)?;
    Program::new("tar").args(["-xzf", &archive.to_string_lossy()]).current_dir(place.clone()).run()?;
    let unpacked = place.join(name());
    Program::new("sha256sum").args(["--check", "--quiet", CHECKSUMS]).current_dir(unpacked.clone()).run()?;
    Ok(unpacked)
}

fn name() -> String {
    format!("rds-backup-console-{}", env!("CARGO_PKG_VERSION"))
}

fn folder() -> PathBuf {
    root().join("target/package")
}

/// Writes both packages and their checksums to a folder, which is emptied first.
fn write(tools: &Tools, folder: &Path) -> Result<Vec<PathBuf>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let archive = write_archive(folder)?;
    let module = root().join("dist-module");
    ensure!(module.exists(), "dist-module/ is missing: run `cargo xtask build --module`");
    for entry in fs::read_dir(&module)? {
        // npm keeps file modes, which would otherwise depend on the user's umask.
        fs::set_permissions(entry?.path(), Permissions::from_mode(FILE_MODE))?;
    }
    let into = folder.to_string_lossy().into_owned();
    tools.host_command("npm").args(["pack", "--silent", "--pack-destination", &into]).current_dir(module).run()?;
    let package = folder.join(format!("{}.tgz", name()));
    let mut files = BTreeMap::new();
    for file in [&archive, &package] {
        files.insert(file.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read(file)?);
    }
    let sums = folder.join(CHECKSUMS);
    fs::write(&sums, checksums(&files))?;
    Ok(vec![archive, package, sums])
}

fn write_archive(folder: &Path) -> Result<PathBuf> {
    let archive = folder.join(format!("{}.tar.gz", name()));
    fs::write(&archive, pack(&name(), &content()?, day_of_the_version()?)?)?;
    Ok(archive)
}

/// The content of the archive, by path.
fn content() -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    ensure!(root().join("dist").exists(), "dist/ is missing: run `cargo xtask build`");
    collect("dist", &mut files)?;
    for path in of_the_project(root(), &EXTRA_FILES)? {
        take(&path, &mut files)?;
    }
    files.insert(CHECKSUMS.to_owned(), checksums(&files).into_bytes());
    Ok(files)
}

/// The files below some paths that are tracked by git. Other files there on this machine, such as a private key beside
/// the web server's configuration, must not be packed.
fn of_the_project(checkout: PathBuf, paths: &[&str]) -> Result<Vec<String>> {
    let arguments = ["ls-files", "-z", "--error-unmatch", "--"].into_iter().chain(paths.iter().copied());
    let listed = Program::new("git").args(arguments).current_dir(checkout).output();
    let listed = listed
        .with_context(|| format!("git doesn't have each of {}: a release is packed in a checkout", paths.join(", ")))?;
    Ok(listed.split_terminator('\0').map(str::to_owned).collect())
}

/// Adds every file of a folder; paths are relative to the workspace.
fn collect(folder: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in fs::read_dir(root().join(folder)).with_context(|| format!("{folder} is missing"))? {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() { collect(&path, files)? } else { take(&path, files)? }
    }
    Ok(())
}

/// Adds a file, but not a symbolic link.
fn take(path: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    let place = root().join(path);
    ensure!(fs::symlink_metadata(&place)?.is_file(), "{path} isn't a file");
    files.insert(path.to_owned(), fs::read(place)?);
    Ok(())
}

/// The modification time of the archive's files: the day of the version, from the changelog. A web server distinguishes
/// a file's versions by time and size.
///
/// # Errors
/// If the changelog doesn't state it.
fn day_of_the_version() -> Result<u64> {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md"))?;
    let heading = format!("\n## {} (", env!("CARGO_PKG_VERSION"));
    let day = changelog.split(&heading).nth(1).and_then(|rest| rest.split(')').next()).unwrap_or_default();
    let moment = contract::time::moment(&format!("{day}T00:00:00+0000"));
    let moment =
        moment.with_context(|| format!("CHANGELOG.md doesn't say of which day {} is", env!("CARGO_PKG_VERSION")))?;
    Ok(u64::try_from(moment.0)?)
}

fn checksums(files: &BTreeMap<String, Vec<u8>>) -> String {
    let line = |(name, bytes): (&String, &Vec<u8>)| format!("{:x}  {name}\n", Sha256::digest(bytes));
    files.iter().map(line).collect::<Vec<_>>().concat()
}

fn pack(name: &str, files: &BTreeMap<String, Vec<u8>>, time: u64) -> Result<Vec<u8>> {
    let gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut archive = Builder::new(gzip);
    for (path, bytes) in files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(FILE_MODE);
        header.set_mtime(time);
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
        let packed = pack("name", &files, 1).unwrap();
        assert_eq!(packed, pack("name", &files, 1).unwrap());
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
        let paths: Vec<PathBuf> =
            archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().into()).collect();
        assert_eq!(paths, [Path::new("name/a"), Path::new("name/b/c")]);
    }

    #[test]
    fn what_git_does_not_have_is_not_packed() {
        let checkout = std::env::temp_dir().join(format!("console-package-{}", std::process::id()));
        fs::create_dir_all(checkout.join("deploy")).unwrap();
        for name in ["site.conf", "site.key"] {
            fs::write(checkout.join("deploy").join(name), "").unwrap();
        }
        for arguments in [["init", "--quiet"], ["add", "deploy/site.conf"]] {
            Program::new("git").args(arguments).current_dir(checkout.clone()).run().unwrap();
        }
        let listed = of_the_project(checkout.clone(), &["deploy"]).unwrap();
        let missing = of_the_project(checkout.clone(), &["deploy", "docs/hosting.md"]);
        fs::remove_dir_all(checkout).unwrap();
        assert_eq!(listed, ["deploy/site.conf"]);
        assert!(missing.is_err(), "a document that was renamed is noticed");
    }

    #[test]
    fn the_files_of_the_archive_are_of_the_version_s_day() {
        let day = contract::time::UnixSeconds(i64::try_from(day_of_the_version().unwrap()).unwrap()).utc();
        let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
        let heading = format!("\n## {} ({})\n", env!("CARGO_PKG_VERSION"), day.split(' ').next().unwrap());
        assert!(changelog.contains(&heading), "{day}");
    }

    #[test]
    fn checksums_are_those_of_sha256sum() {
        let files = [("a".to_owned(), b"abc".to_vec())].into();
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n";
        assert_eq!(checksums(&files), sum);
    }
}
