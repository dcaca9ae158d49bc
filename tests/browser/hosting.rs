//! The web server, as deploy/ sets it up: what it sends with the page, and what it passes on to whom. It is asked here
//! without a browser, so that nothing tidies the requests up on the way.

use std::collections::HashMap;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use sandbox::{Fault, FaultTiming, Route, Sandbox, Settings};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use crate::common::host::{Content, Host, Site, has_extension};
use crate::common::tls::connect;

mod fake_api;
mod headers;
mod login;
mod passed_once;
mod upstream;

struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    /// A header's value; of a header that comes more than once all of them, with commas.
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// The web server of this run; nginx where the run has a plain one.
fn host() -> Host {
    if Host::of_this_run() == Host::Caddy { Host::Caddy } else { Host::Nginx }
}

/// The web server in front of a sandbox.
async fn site() -> (Site, Sandbox) {
    let host = host();
    let sandbox = Sandbox::start(Settings { identity: host.upstream(), ..Settings::default() }).await.unwrap();
    let site = host.serve(&Content::default(), &sandbox).await;
    (site, sandbox)
}

/// A connection to the web server, with the protocols that it may choose from.
async fn tls(site: &Site, protocols: &[&str]) -> TlsStream<TcpStream> {
    connect(port(site), protocols).await
}

fn port(site: &Site) -> u16 {
    site.url.rsplit(':').next().unwrap().trim_end_matches('/').parse().unwrap()
}

/// Sends a request line and headers as they are given.
async fn ask(site: &Site, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let (mut stream, port) = (tls(site, &[]).await, port(site));
    let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let headers = headers.concat();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    // A server that has seen enough may hang up before it has read all.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers: HashMap<String, String> = HashMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let values = headers.entry(name.to_lowercase()).or_default();
        values.push_str(if values.is_empty() { "" } else { ", " });
        values.push_str(value.trim());
    }
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

async fn get(site: &Site, path: &str) -> Answer {
    ask(site, &format!("GET {path}"), &[("X-Auth-Token", &token())], "").await
}

fn list_path() -> String {
    format!("/api/sandbox/v3/{PROJECT_ID}/backups?instance_id={MYSQL}&offset=0&limit=100")
}

/// The directives of a policy that page and web server must agree on. Where calls may go, and who may frame the page, is
/// up to the web server; which style sheet the page has is its own.
fn directives(policy: &str) -> Vec<&str> {
    let is_own = |directive: &&str| {
        ["connect-src", "frame-ancestors", "default-src", "style-src"].iter().any(|own| directive.starts_with(own))
    };
    let mut shared: Vec<&str> = policy.split(';').map(str::trim).filter(|one| !is_own(one)).collect();
    shared.sort_unstable();
    shared
}

/// What only `default-src 'none'` forbids the page.
const FORBIDDEN: [&str; 6] = ["font-src", "frame-src", "manifest-src", "media-src", "object-src", "worker-src"];

#[tokio::test]
async fn page_and_web_server_have_one_policy() {
    let (site, _sandbox) = site().await;
    let answer = get(&site, "/").await;
    let index = String::from_utf8(answer.body.clone()).unwrap();
    let own = index.split("http-equiv=\"Content-Security-Policy\"").nth(1).unwrap().split('"').nth(1).unwrap();
    assert!(own.contains("default-src 'none'") && own.contains("style-src 'sha256-"), "{own}");
    let (forbidden, shared): (Vec<&str>, Vec<&str>) = directives(answer.header("content-security-policy"))
        .into_iter()
        .partition(|directive| FORBIDDEN.iter().any(|name| directive.starts_with(name)));
    assert_eq!(directives(own), shared);
    assert_eq!(forbidden, FORBIDDEN.map(|name| format!("{name} 'none'")));
}

/// So many bytes needn't get fewer by compression.
const SHORT: usize = 500;

/// The names of the files that the page is made of.
fn files() -> Vec<String> {
    let dist = crate::common::host::workspace().join("dist");
    let names = std::fs::read_dir(dist).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| !has_extension(name, "br") && !has_extension(name, "gz"))
        .filter(|name| !name.starts_with("index") && !name.starts_with("config"))
        .collect()
}

#[tokio::test]
async fn every_answer_holds_the_browser_to_the_policy() {
    let (site, _sandbox) = site().await;
    let wasm = files().into_iter().find(|name| has_extension(name, "wasm")).unwrap();
    for path in ["/", "/nowhere", &format!("/{wasm}"), &list_path(), "/api/elsewhere/v3/x/backups"] {
        let answer = get(&site, path).await;
        for (name, part) in [
            ("content-security-policy", "script-src 'self' 'wasm-unsafe-eval';"),
            ("content-security-policy", "object-src 'none';"),
            ("content-security-policy", "connect-src 'self';"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("content-security-policy", "require-trusted-types-for 'script'"),
            ("referrer-policy", "no-referrer"),
            ("permissions-policy", "camera=()"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert!(answer.header(name).contains(part), "{path}: {name} is {:?}", answer.header(name));
        }
        assert!(!answer.header("content-security-policy").contains("unsafe-inline"));
        assert!(!answer.header("server").contains('/'), "{path}: the version is told");
    }
}

#[tokio::test]
async fn files_come_compressed_and_are_kept_by_the_browser_as_long_as_their_names_say() {
    let (site, _sandbox) = site().await;
    for name in files() {
        let plain = get(&site, &format!("/{name}")).await;
        assert_eq!((plain.status, plain.header("content-encoding")), (200, ""), "{name}");
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable", "{name}");
        for encoding in ["br", "gzip"] {
            let asked = [("Accept-Encoding", encoding)];
            let compressed = ask(&site, &format!("GET /{name}"), &asked, "").await;
            assert_eq!(compressed.header("content-encoding"), encoding, "{name}");
            // What two languages share may be too short for that.
            assert!(compressed.body.len() < plain.body.len().max(SHORT), "{name}");
        }
        let kind = plain.header("content-type");
        assert!(!has_extension(&name, "wasm") || kind == "application/wasm", "{name} is {kind}");
        assert!(!has_extension(&name, "js") || kind.contains("javascript"), "{name} is {kind}");
    }
    for asked_for_every_time in ["/", "/config.json"] {
        let answer = get(&site, asked_for_every_time).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-cache"), "{asked_for_every_time}");
    }
}

#[tokio::test]
async fn settings_are_served_as_they_are_and_not_as_the_build_compressed_them() {
    let (site, _sandbox) = site().await;
    let folder = site.folder.as_ref().unwrap().path().join("site");
    for extension in ["br", "gz"] {
        std::fs::write(folder.join(format!("config.json.{extension}")), "of the build").unwrap();
    }
    let answer = ask(&site, "GET /config.json", &[("Accept-Encoding", "br, gzip")], "").await;
    assert_eq!((answer.header("content-encoding"), answer.header("content-type")), ("", "application/json"));
    assert_eq!(answer.body, std::fs::read(folder.join("config.json")).unwrap());
}

#[tokio::test]
async fn no_error_is_kept() {
    let (site, _sandbox) = site().await;
    // A visit while a release is copied: what is missing now is there a moment later.
    for missing in
        ["/a-0123456789abcdef.js", "/a-0123456789abcdef_bg.wasm", "/a-01234567.css", "/nowhere", "/a/nowhere.js"]
    {
        let answer = get(&site, missing).await;
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{missing}");
    }
    for name in files() {
        for asked in [
            ("Range", "bytes=999999999-"),
            ("Range", "bytes=0-1"),
            ("If-Match", "\"another\""),
            ("If-Unmodified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"),
            ("If-None-Match", "*"),
        ] {
            let answer = ask(&site, &format!("GET /{name}"), &[asked], "").await;
            let is_kept = answer.header("cache-control") != "no-store";
            assert_eq!(is_kept, [200, 304].contains(&answer.status), "{asked:?} of {name} gets {}", answer.status);
        }
    }
}

#[tokio::test]
async fn only_the_apis_own_calls_to_the_listed_endpoints_are_passed_on() {
    let (site, sandbox) = site().await;
    let project = format!("/v3/{PROJECT_ID}");
    for line in [
        // Another host.
        format!("GET /api/elsewhere{project}/backups"),
        format!("GET /api/127.0.0.1{project}/backups"),
        format!("GET /api/sandbox.evil.example{project}/backups"),
        format!("GET /api/{project}/backups"),
        // Another path.
        format!("GET /api/sandbox{project}/instances/{MYSQL}"),
        format!("GET /api/sandbox{project}/backups/download"),
        format!("GET /api/sandbox{project}/backups/"),
        "GET /api/sandbox/".to_owned(),
        "GET /api/sandbox/sandbox/requests".to_owned(),
        "GET /api/sandbox/v3/x%2Fy/backups".to_owned(),
        format!("GET /api/sandbox{project}/../../sandbox/requests"),
        format!("GET /api/sandbox{project}/..%2f..%2fsandbox/requests"),
        // Another method.
        format!("DELETE /api/sandbox{project}/backups"),
        format!("PUT /api/sandbox{project}/backups"),
        format!("POST /api/sandbox{project}/instances"),
        format!("OPTIONS /api/sandbox{project}/backups"),
    ] {
        let answer = ask(&site, &line, &[("X-Auth-Token", &token())], "").await;
        assert!([400, 403, 404].contains(&answer.status), "{line} gets {}", answer.status);
    }
    for refused in [format!("GET /api/elsewhere{project}/backups"), format!("DELETE /api/sandbox{project}/backups")] {
        assert_eq!(ask(&site, &refused, &[], "").await.status, 403, "{refused}");
    }
    assert!(sandbox.requests().is_empty(), "{:?}", sandbox.requests());
    for path in [
        list_path(),
        format!("/api/sandbox{project}/instances?offset=0&limit=100"),
        format!("/api/sandbox{project}/tasklist?instance_id={MYSQL}"),
        format!("/api/sandbox{project}/instances/{MYSQL}/database/detail?page=1&limit=100"),
    ] {
        let answer = get(&site, &path).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{path}");
    }
}

#[tokio::test]
async fn the_api_gets_the_request_without_what_it_need_not_know_and_only_once() {
    let (site, sandbox) = site().await;
    let line = format!("POST /api/sandbox/v3/{PROJECT_ID}/backups");
    let token = token();
    let headers = [
        ("X-Auth-Token", token.as_str()),
        ("Content-Type", "application/json"),
        ("Cookie", "session=1"),
        ("Origin", "https://localhost"),
        ("Referer", "https://localhost/"),
    ];
    let body = json!({ "instance_id": MYSQL, "name": "backup" }).to_string();
    assert_eq!(ask(&site, &line, &headers, &body).await.status, 200);
    let requests = sandbox.requests();
    assert_eq!((requests.len(), requests[0].body_text()), (1, body.as_str()));
    for name in ["cookie", "origin", "referer", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"] {
        assert_eq!(requests[0].header(name), "", "{name}");
    }
    assert_eq!(requests[0].header("x-auth-token"), token);
    // The answer gets lost: a proxy that asked again would hide that there are two answers.
    sandbox.inject(Route::Create, FaultTiming::AfterCommit, Fault::Closed);
    assert!([502, 504].contains(&ask(&site, &line, &headers, &body.replace("backup\"", "lost\"")).await.status));
    assert_eq!(sandbox.requests_with(&Method::POST).len(), 2);
}

#[tokio::test]
async fn an_endpoint_that_cannot_prove_its_name_gets_nothing() {
    let (site, sandbox) = site().await;
    let answer = get(&site, &list_path().replace("/api/sandbox", "/api/impostor")).await;
    assert_eq!(answer.status, 502);
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_token_of_the_largest_size_passes_and_no_log_has_one() {
    let (site, sandbox) = site().await;
    let marker = "TokenThatMustNotBeLogged";
    for (length, passes) in [(32 * 1024, true), (60 * 1024, false)] {
        let token = format!("{marker}{}", "a".repeat(length - marker.len()));
        let answer = ask(&site, &format!("GET {}", list_path()), &[("X-Auth-Token", &token)], "").await;
        // What passes is refused by the API, which doesn't know this token.
        assert_eq!(answer.status == 401, passes, "{length} gives {}", answer.status);
        assert_eq!(sandbox.requests().iter().any(|request| request.header("x-auth-token") == token), passes);
    }
    ask(&site, &list_path(), &[("X-Auth-Token", marker)], "").await;
    ask(&site, &format!("GET {}", list_path().replace("sandbox", "impostor")), &[("X-Auth-Token", marker)], "").await;
    // To another host name than the site's.
    for line in [format!("GET https://elsewhere.example{}", list_path()), "GET https://elsewhere.example/".to_owned()] {
        ask(&site, &line, &[("X-Auth-Token", marker), ("Authorization", marker)], "").await;
    }
    for file in std::fs::read_dir(site.folder.as_ref().unwrap().path()).unwrap() {
        let path = file.unwrap().path();
        let is_log = path.extension().is_some_and(|extension| extension == "log") || path.ends_with("output");
        if is_log {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains(marker), "{}", path.display());
        }
    }
    // All calls are in the site's own log: another would be one that nobody has thought of.
    let log = site.folder.as_ref().unwrap().path().join("rds-backup-console.log");
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("/api/sandbox/v3/") && log.contains("/api/impostor/v3/"), "{log}");
}

#[tokio::test]
async fn a_body_that_no_backup_needs_is_refused() {
    let (site, sandbox) = site().await;
    let line = format!("POST /api/sandbox/v3/{PROJECT_ID}/backups");
    let answer = ask(&site, &line, &[("X-Auth-Token", &token())], &"x".repeat(100 << 10)).await;
    assert_eq!(answer.status, 413);
    assert!(sandbox.requests().is_empty());
}
