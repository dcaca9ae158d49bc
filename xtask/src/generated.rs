//! What is written from the table of regions: the page's policy, and the proxies' lists.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::run::root;
use crate::{policy, proxies};

/// Each of these files as it should be.
fn files() -> Result<[(&'static str, String); 3]> {
    let index = fs::read_to_string(root().join(policy::PAGE)).context("index.html can't be read")?;
    Ok([
        (policy::PAGE, policy::with_hosts(&index)?),
        (proxies::NGINX, proxies::nginx()),
        (proxies::CADDY, proxies::caddy()),
    ])
}

/// Writes the files.
///
/// # Errors
/// One can't be read or written, or the page has no policy.
pub fn write() -> Result<()> {
    for (file, content) in files()? {
        fs::write(root().join(file), content).with_context(|| format!("{file} can't be written"))?;
    }
    Ok(())
}

/// Checks that the files are what the table says.
///
/// # Errors
/// One isn't.
pub fn check() -> Result<()> {
    for (file, content) in files()? {
        let found = fs::read_to_string(root().join(file)).unwrap_or_default();
        ensure!(found == content, "{file} differs from contract/src/regions.rs: run `cargo xtask policy`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_and_the_proxies_name_the_hosts_of_the_table_and_no_other() {
        super::check().unwrap();
    }
}
