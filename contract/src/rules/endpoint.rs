//! Endpoint: where the API is. The API page writes `https://{Endpoint}/v3/{project_id}/backups` and calls the host the
//! endpoint; people also have the origin, the whole URL, or the path of a proxy on the page's own origin, from its root
//! (`/api`) or from the folder of the page (`./api`).
//!
//! The token goes wherever this says, so the rule is narrow: https, or http to this very machine, or the page's origin.

use super::field::Field;
use super::invalid_characters::InvalidCharacters;
use super::normalize::normalize;
use super::project_id::ProjectId;
use super::token::without_token;
use super::violation::{Validated, Violation};
use crate::sanitize::{MAX_TEXT_LENGTH, sanitize};
use crate::search;

/// An endpoint that a token may be sent to: an origin or a path on the page's origin, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(String);

/// A whole host, as settings list it: no scheme, no port, no path, and nothing that stands for several hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostName(String);

impl HostName {
    /// Reads the name of a host; `None` when the text is anything else.
    pub fn read(text: &str) -> Option<Self> {
        endpoint(text).is_ok_and(|endpoint| endpoint.host() == Some(text)).then(|| Self(text.to_owned()))
    }

    /// The name as it was listed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Endpoint {
    /// The origin, or the path on the page's origin ("" for its root).
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The endpoint as one would type it.
    pub fn typed(&self) -> &str {
        if self.0.is_empty() { "/" } else { &self.0 }
    }

    /// Whether requests go to the page's own origin, where a proxy passes them on.
    pub fn is_same_origin(&self) -> bool {
        !search::contains(&self.0, "://")
    }

    /// Scheme, host and port that requests go to, the port as typed or the scheme's own; `None` for the page's own origin.
    pub fn authority(&self) -> Option<(&str, &str, &str)> {
        let (scheme, authority) = search::split_once(&self.0, "://")?;
        let (host, port) = split_port(authority);
        Some((scheme, host, port.unwrap_or(if scheme == "https" { "443" } else { "80" })))
    }

    /// The host that requests go to, without its port; `None` for the page's own origin.
    pub fn host(&self) -> Option<&str> {
        self.authority().map(|(_, host, _)| host)
    }

    /// Whether one of these hosts is called, at whichever port, or the page's own origin.
    pub fn is_among(&self, hosts: &[HostName]) -> bool {
        self.host().is_none_or(|host| hosts.iter().any(|allowed| host.eq_ignore_ascii_case(&allowed.0)))
    }

    /// The URL of a project, in front of what each call adds to it.
    pub fn project_url(&self, project_id: &ProjectId) -> String {
        format!("{}/v3/{}", self.0, project_id.as_str())
    }
}

/// A URL of the API, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiUrl {
    /// What stands before `/v3`.
    pub endpoint: String,
    /// The project ID, where the URL has one.
    pub project_id: Option<String>,
}

/// Takes apart a URL that was pasted whole, with or without method and scheme. `None` when the text isn't one.
pub fn split_api_url(text: &str) -> Option<ApiUrl> {
    let text = normalize(text);
    let text = ["POST ", "GET "].iter().find_map(|method| text.strip_prefix(method)).unwrap_or(text).trim_start();
    let (endpoint, rest) = search::split_once(text, "/v3")?;
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    if !(path.is_empty() || path.starts_with('/')) || endpoint.contains(['?', '#']) {
        return None;
    }
    let project_id = path.split('/').nth(1).filter(|id| super::project_id::project_id(id).is_ok());
    let endpoint = if endpoint.is_empty() { "/" } else { endpoint };
    Some(ApiUrl { endpoint: endpoint.to_owned(), project_id: project_id.map(str::to_owned) })
}

/// Reads an endpoint.
///
/// # Errors
/// The first broken rule: later parts of an address mean nothing once an earlier one is wrong.
pub fn endpoint(text: &str) -> Validated<Endpoint> {
    endpoint_on_page(text, "")
}

/// Reads an endpoint that was given on a page. `folder` is the path of the page's folder as the browser writes it, without
/// the slash at its end: `./api` on a page in `/tools/rds` is `/tools/rds/api`. The result names the whole path, so that it
/// means the same on every page of that origin.
///
/// # Errors
/// The first broken rule, likewise.
pub fn endpoint_on_page(text: &str, folder: &str) -> Validated<Endpoint> {
    let text = without_token(normalize(text))?;
    let address = match text.strip_prefix('.') {
        Some(path_in_folder) if text.starts_with("./") => path(&[folder, path_in_folder].concat()),
        _ if text.starts_with(['/', '\\']) => path(text),
        _ => origin(text),
    };
    address.map(Endpoint).map_err(|violation| vec![violation])
}

fn origin(text: &str) -> Result<String, Violation> {
    let (scheme, rest) = match search::split_once(text, "://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("https".to_owned(), text),
    };
    if scheme != "https" && scheme != "http" {
        return Err(Violation::EndpointScheme(sanitize(&scheme, MAX_TEXT_LENGTH)));
    }
    if rest.contains(['?', '#']) {
        return Err(Violation::EndpointQuery);
    }
    let (authority, path) = rest.split_once('/').map_or((rest, ""), |(authority, path)| (authority, path));
    if authority.contains('@') {
        return Err(Violation::EndpointUserInfo);
    }
    if authority.is_empty() {
        return Err(Violation::Missing(Field::Endpoint));
    }
    if !path.is_empty() {
        return Err(Violation::EndpointPath(sanitize(&format!("/{path}"), MAX_TEXT_LENGTH)));
    }
    let (host, port) = split_port(authority);
    check_host(host)?;
    if let Some(port) = port
        && !port.parse::<u16>().is_ok_and(|number| number > 0 && port.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(Violation::EndpointPort(sanitize(port, MAX_TEXT_LENGTH)));
    }
    if scheme == "http" && !is_loopback(host) {
        return Err(Violation::EndpointInsecure);
    }
    Ok(format!("{scheme}://{authority}"))
}

fn path(text: &str) -> Result<String, Violation> {
    if text.contains(['?', '#']) {
        return Err(Violation::EndpointQuery);
    }
    let path = text.trim_end_matches('/');
    let mut segments = path.split('/').skip(1);
    // Browsers read an escaped dot as a dot, and some proxies an escaped slash as a slash (URL Standard, 4.1 and 4.4).
    let escaped = text.to_ascii_lowercase();
    let hides_a_step = ["%2e", "%2f", "%5c"].iter().any(|step| search::contains(&escaped, step));
    let has_steps = segments.any(|segment| matches!(segment, "" | "." | ".."));
    if text.starts_with("//") || text.contains('\\') || has_steps || hides_a_step {
        return Err(Violation::EndpointNotAPath);
    }
    // The folder of a page may have escaped characters in its name.
    let allowed = |_, character: char| {
        character.is_ascii_alphanumeric() || matches!(character, '/' | '-' | '.' | '_' | '~' | '%' | '@' | '+')
    };
    match InvalidCharacters::find(path, allowed) {
        Some(invalid_characters) => Err(Violation::EndpointNotAHost(invalid_characters)),
        None => Ok(path.to_owned()),
    }
}

/// Host and port; the colons within an IPv6 address in brackets are the host's own.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let ends_in_bracket = authority.ends_with(']');
    match authority.rsplit_once(':') {
        Some((host, port)) if !ends_in_bracket => (host, Some(port)),
        _ => (authority, None),
    }
}

fn check_host(host: &str) -> Result<(), Violation> {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return if is_ipv6(address) { Ok(()) } else { Err(Violation::EndpointNotAHost(InvalidCharacters::default())) };
    }
    let allowed = |_, character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_');
    if let Some(invalid_characters) = InvalidCharacters::find(host, allowed) {
        return Err(Violation::EndpointNotAHost(invalid_characters));
    }
    // DNS: labels of 1 to 63 characters, 253 in all.
    let labels_fit = host.len() <= 253 && host.split('.').all(|label| (1..=63).contains(&label.len()));
    if labels_fit { Ok(()) } else { Err(Violation::EndpointNotAHost(InvalidCharacters::default())) }
}

/// Whether a text is an IPv6 address: eight groups of one to four hexadecimal digits, or fewer and one gap (RFC 5952; an IPv4
/// address at its end is written in hexadecimal digits as well). Not by std, whose reading takes more code than all of this.
fn is_ipv6(text: &str) -> bool {
    let groups = |part: &str| {
        let is_group =
            |group: &str| (1..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if part.is_empty() { Some(0) } else { part.split(':').all(is_group).then(|| part.split(':').count()) }
    };
    match search::split_once(text, "::") {
        Some((before, after)) => groups(before).zip(groups(after)).is_some_and(|(before, after)| before + after <= 7),
        None => groups(text) == Some(8),
    }
}

/// This machine, by the two names that the page's Content-Security-Policy admits with http (index.html).
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1"
}

#[cfg(test)]
mod tests;
