//! The hosts in the page's Content-Security-Policy: written to `index.html` from the table of regions, so that plain
//! `trunk` can build the page as well, and each host is defined in one place.

use anyhow::{Context, Result};
use contract::regions;

/// The page.
pub const PAGE: &str = "index.html";
/// The directive, as it begins in `index.html`; it continues to the next `;`.
const DIRECTIVE: &str = "connect-src ";

/// The page with the correct directive.
///
/// # Errors
/// The page has no such directive.
pub fn with_hosts(index: &str) -> Result<String> {
    let (before, rest) = index.split_once(DIRECTIVE).context("index.html has no connect-src")?;
    let (_, after) = rest.split_once(';').context("connect-src in index.html doesn't end")?;
    Ok(format!("{before}{DIRECTIVE}{};{after}", sources()))
}

/// Complete hosts only: anybody can get a host below the clouds' domains. The local machine is for the sandbox.
fn sources() -> String {
    let hosts = regions::hosts().map(|host| format!("https://{host}"));
    let this_machine = ["http://localhost:*", "http://127.0.0.1:*"].map(str::to_owned);
    let sources: Vec<String> = ["'self'".to_owned()].into_iter().chain(hosts).chain(this_machine).collect();
    sources.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_directive_is_written() {
        let written = with_hosts("a \"connect-src 'self' https://*.example; b 'none'; connect-src x\"").unwrap();
        assert!(written.starts_with("a \"connect-src 'self' https://rds.eu-de.otc.t-systems.com "), "{written}");
        assert!(written.ends_with(" http://127.0.0.1:*; b 'none'; connect-src x\""), "{written}");
        assert!(!written.contains("https://*"));
        assert!(with_hosts("no policy").is_err());
    }
}
