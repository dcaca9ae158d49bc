//! What the web server takes away on either way, and how much it takes.

use contract::instance::MAX_INSTANCES;
use futures_util::{StreamExt, stream};

use super::fake_api::{FakeApi, Reply, backups};
use super::{Answer, ask, host, tls};
use crate::common::host::{Host, Site};

/// What a browser, a login in front, or another proxy adds, none of it for the API.
const OURS: [&str; 18] = [
    "Cookie",
    "Authorization",
    "Proxy-Authorization",
    "Origin",
    "Referer",
    "Idempotency-Key",
    "X-Idempotency-Key",
    "Forwarded",
    "Via",
    "X-Real-IP",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-User",
    "X-Auth-Request-Access-Token",
    "Remote-User",
    "TSKY",
    "Sec-Fetch-Site",
];
/// What the API documents, and what every client says of itself.
const APIS: [(&str, &str); 6] = [
    ("X-Auth-Token", "{env.HOME}$host"),
    ("Content-Type", "application/json"),
    ("X-Language", "en-us"),
    ("Accept", "*/*"),
    ("Cache-Control", "no-cache"),
    ("User-Agent", "Browser/1"),
];

#[tokio::test]
async fn the_api_gets_what_it_documents_and_nothing_else() {
    let api = FakeApi::start(Reply::Status("200 OK")).await;
    let site = api.site().await;
    let headers: Vec<(&str, &str)> = OURS.iter().map(|name| (*name, "not-for-the-api")).chain(APIS).collect();
    for method in ["POST", "GET"] {
        ask(&site, &format!("{method} /api/sandbox{}", backups()), &headers, "{}").await;
        let requests = api.take();
        let head = requests[0].to_lowercase();
        assert!(!head.contains("not-for-the-api"), "{head}");
        for (name, value) in APIS {
            let line = format!("\r\n{}: {}\r\n", name.to_lowercase(), value.to_lowercase());
            assert_eq!(head.matches(&line).count(), 1, "{name} in {head}");
        }
        let allowed = ["host", "connection", "content-length", "accept-encoding"];
        for name in head.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name) {
            let is_apis = APIS.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
            assert!(is_apis || allowed.contains(&name), "{name} in {head}");
        }
    }
}

#[tokio::test]
async fn the_browser_gets_nothing_from_the_api_that_is_about_this_server() {
    let api = FakeApi::start(Reply::Status("401 Unauthorized")).await;
    let site = api.site().await;
    let answer = ask(&site, &format!("GET /api/sandbox{}", backups()), &[], "").await;
    assert_eq!(answer.status, 401);
    for name in ["set-cookie", "www-authenticate", "clear-site-data", "alt-svc"] {
        assert!(!answer.header(name).contains("api") && !answer.header(name).contains('*'), "{name}");
    }
    assert_eq!((answer.header("www-authenticate"), answer.header("set-cookie")), ("", ""));
}

/// The status of a call over HTTP/2.
async fn ask_over_http2(site: &Site, token: &str) -> u16 {
    let stream = tls(site, &["h2"]).await;
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]), "HTTP/2 is negotiated");
    let (mut client, connection) = h2::client::handshake(stream).await.unwrap();
    let connection = tokio::spawn(connection);
    let request = axum::http::Request::get(format!("https://localhost/api/sandbox{}", backups()));
    let request = request.header("x-auth-token", token).body(()).unwrap();
    let (response, _) = client.send_request(request, true).unwrap();
    let status = response.await.map_or(0, |response| response.status().as_u16());
    connection.abort();
    status
}

#[tokio::test]
async fn the_longest_token_passes_over_http_1_and_http_2() {
    let api = FakeApi::start(Reply::Status("200 OK")).await;
    let site = api.site().await;
    let token = "a".repeat(32 * 1024);
    let line = format!("x-auth-token: {token}\r\n");
    assert_eq!(ask_over_http2(&site, &token).await, 200);
    assert!(api.take()[0].to_lowercase().contains(&line));
    let answer = ask(&site, &format!("GET /api/sandbox{}", backups()), &[("X-Auth-Token", &token)], "").await;
    assert_eq!(answer.status, 200);
    assert!(api.take()[0].to_lowercase().contains(&line));
    // HTTP/2 packs these letters to five eighths, and nginx measures what is packed.
    assert_ne!(ask_over_http2(&site, &"a".repeat(80 * 1024)).await, 200);
    assert!(api.take().is_empty());
}

/// What many calls get, so many of them at a time.
async fn ask_often(site: &Site, calls: usize) -> Vec<Answer> {
    const AT_A_TIME: usize = 40;
    let path = format!("GET /api/sandbox{}", backups());
    let calls = (0..calls).map(|_| ask(site, &path, &[], ""));
    stream::iter(calls).buffer_unordered(AT_A_TIME).collect().await
}

/// Debian's Caddy has no bound on calls.
#[tokio::test]
async fn a_press_for_fifty_instances_stays_within_the_bound_and_a_flood_does_not() {
    let api = FakeApi::start(Reply::Status("200 OK")).await;
    let site = api.site().await;
    // A list and a POST for each, and two questions for each backup.
    let calls = MAX_INSTANCES * 4;
    assert!(ask_often(&site, calls).await.iter().all(|answer| answer.status == 200));
    assert_eq!(api.take().len(), calls);
    if host() != Host::Nginx {
        return;
    }
    let flood = ask_often(&site, 500).await;
    let (passed, refused): (Vec<&Answer>, Vec<&Answer>) = flood.iter().partition(|answer| answer.status == 200);
    assert!(refused.len() > 100, "{} are refused", refused.len());
    // What is refused never reached the API, and is no word of it.
    assert_eq!(api.take().len(), passed.len());
    for answer in refused {
        assert_eq!((answer.status, answer.header("retry-after"), answer.header("x-request-id")), (429, "5", ""));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(serde_json::from_slice::<serde_json::Value>(&answer.body).is_err());
    }
    // The page can still be loaded.
    assert_eq!(ask(&site, "GET /", &[], "").await.status, 200);
}
