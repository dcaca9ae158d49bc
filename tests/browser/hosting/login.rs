//! A login in front of the page, and the page below a folder: what the set-ups offer as lines to switch on.

use serde_json::Value;

use super::fake_api::{FakeApi, Reply, backups};
use super::{ask, host};
use crate::common::host::{Content, Extra, LOGIN, Site};

/// The API, and the web server in front of it with a choice switched on.
async fn with(extra: Extra) -> (FakeApi, Site) {
    let api = FakeApi::start(Reply::Status("200 OK")).await;
    let site = host().serve_before(&Content { extra, ..Content::default() }, api.port).await;
    (api, site)
}

/// The header of somebody's name and password (RFC 7617).
fn basic(name: &str, password: &str) -> String {
    use base64::Engine;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}")))
}

#[tokio::test]
async fn behind_a_login_stands_everything_and_the_api_never_sees_it() {
    let (api, site) = with(Extra::Login).await;
    let (right, wrong) = (basic(LOGIN.0, LOGIN.1), basic(LOGIN.0, "another"));
    let calls = [format!("GET /api/sandbox{}", backups()), format!("POST /api/sandbox{}", backups())];
    let lines = calls.iter().map(String::as_str).chain(["GET /", "GET /config.json", "GET /nowhere"]);
    for line in lines {
        for headers in [&[][..], &[("Authorization", wrong.as_str())], &[("Cookie", "session=1")]] {
            let answer = ask(&site, line, headers, "").await;
            // The page tells the login from the API by its status, its body, and this header.
            assert_eq!((answer.status, answer.header("cache-control")), (401, "no-store"), "{line}");
            assert!(answer.header("www-authenticate").starts_with("Basic realm="), "{line}");
            assert!(serde_json::from_slice::<Value>(&answer.body).is_err(), "{line}");
            assert!(answer.header("content-security-policy").contains("object-src 'none'"), "{line}");
        }
        assert!(api.take().is_empty(), "{line}");
        let headers = [("Authorization", right.as_str()), ("X-Auth-Token", "of-the-cloud"), ("Cookie", "session=1")];
        let answer = ask(&site, line, &headers, "").await;
        assert_eq!(answer.status, if line.contains("nowhere") { 404 } else { 200 }, "{line}");
        let requests = api.take();
        assert_eq!(requests.len(), usize::from(line.contains("/api/")), "{line}");
        for head in requests.iter().map(|head| head.to_lowercase()) {
            assert!(head.contains("x-auth-token: of-the-cloud"), "{head}");
            assert!(!head.contains("authorization:") && !head.contains("cookie:"), "{head}");
        }
    }
}

#[tokio::test]
async fn below_a_folder_are_the_page_its_settings_and_its_calls() {
    let (api, site) = with(Extra::Folder).await;
    let bare = ask(&site, "GET /tools/rds", &[], "").await;
    assert!([301, 302].contains(&bare.status) && bare.header("location").ends_with("/tools/rds/"), "{}", bare.status);
    for path in ["", "config.json"] {
        let answer = ask(&site, &format!("GET /tools/rds/{path}"), &[], "").await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-cache"), "{path}");
    }
    for name in super::files() {
        let answer = ask(&site, &format!("GET /tools/rds/{name}"), &[("Accept-Encoding", "br")], "").await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, "br"), "{name}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{name}");
    }
    for method in ["GET", "POST"] {
        let answer = ask(&site, &format!("{method} /tools/rds/api/sandbox{}?limit=1", backups()), &[], "").await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
        assert_eq!(api.take_lines(), [format!("{method} {}?limit=1 HTTP/1.1", backups())]);
    }
    let answer = ask(&site, &format!("GET /tools/rds/api/elsewhere{}", backups()), &[], "").await;
    assert_eq!((answer.status, answer.header("cache-control")), (403, "no-store"));
}
