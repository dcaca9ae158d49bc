//! What passes between a page and the API through the web server, as the API's side sees it: by the byte, and with a clock
//! that is wrong.

use sandbox::fixtures::{MYSQL, PROJECT_ID};
use serde_json::Value;

use super::ask;
use super::fake_api::{DATE, FakeApi, Reply, backups, databases};

#[tokio::test]
async fn what_the_page_reads_of_an_answer_is_the_apis_own() {
    for status in ["200 OK", "400 Bad Request", "404 Not Found", "429 Too Many Requests", "503 Service Unavailable"] {
        let upstream = FakeApi::start(Reply::Status(status)).await;
        let site = upstream.site().await;
        for method in ["GET", "POST"] {
            let answer = ask(&site, &format!("{method} /api/sandbox{}", backups()), &[], "").await;
            assert!(status.starts_with(&answer.status.to_string()), "{status} comes as {}", answer.status);
            for (name, value) in [("date", DATE), ("x-request-id", "of-the-api"), ("retry-after", "7")] {
                assert_eq!(answer.header(name), value, "{name} of {method}, {status}");
            }
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.body, b"{}");
        }
    }
}

/// The page takes the API's clock from answers of the API only, which it knows by their JSON.
#[tokio::test]
async fn what_the_web_server_answers_itself_is_no_json_and_has_nothing_of_the_api() {
    let upstream = FakeApi::start(Reply::Status("200 OK")).await;
    let site = upstream.site().await;
    let large = "x".repeat(100 << 10);
    for (status, line, body) in [
        (502, format!("GET /api/impostor{}", backups()), ""),
        (403, format!("GET /api/elsewhere{}", backups()), ""),
        (403, format!("DELETE /api/sandbox{}", backups()), ""),
        (413, format!("POST /api/sandbox{}", backups()), large.as_str()),
    ] {
        let answer = ask(&site, &line, &[], body).await;
        assert_eq!((answer.status, answer.header("cache-control")), (status, "no-store"), "{line}");
        let text = String::from_utf8_lossy(&answer.body);
        assert!(serde_json::from_str::<Value>(&text).is_err(), "{line} gets {text}");
        assert!(!answer.header("date").contains(DATE), "{line}");
        assert_eq!((answer.header("x-request-id"), answer.header("retry-after")), ("", ""), "{line}");
    }
}

/// What may stand for a slash, or beside one, in the eyes of one server and not of the next.
const SLASHES: [&str; 24] = [
    "//",
    "/./",
    "/%2e/",
    "/x/../",
    "/x/%2e%2e/",
    "/x/%2E%2e/",
    "/x/.%2e/",
    "/x/y/%2e%2e/../",
    "%2f",
    "%2F",
    "/%2f",
    "%2f..%2f",
    "/x%2f..%2f",
    "/x/%252e%252e/",
    "%252f",
    "\\",
    "/x/..\\",
    "/x\\..\\",
    "%5c",
    "/x%5c..%5c",
    "/x;/../",
    "/..;/",
    ";x/",
    "/%c0%ae%c0%ae/",
];
/// What may stand at the end of a path without being seen as a part of it, or the other way round.
const ENDS: [&str; 20] = [
    "/",
    "%2f",
    "/.",
    "/%2e",
    "/x/..",
    "/x/%2e%2e",
    "/%2e%2e/action",
    "/..%2faction",
    "%3fx=1",
    "%3Fx=1?y",
    "%23",
    "#x",
    ";x=1",
    "%3bx",
    "%00",
    "%0a",
    "%0d%0aX-Other:%20x",
    "%20",
    "%",
    "%u002f",
];
/// What may stand before it.
const BEGINNINGS: [&str; 8] =
    ["/", "/.", "/..", "/%2e%2e", "/x/%2e%2e", "\\", "https://localhost", "/api/sandbox/../.."];

/// The paths of the API's calls behind /api/sandbox in every disguise.
fn disguises() -> Vec<String> {
    let project = format!("/api/sandbox/v3/{PROJECT_ID}");
    let mut paths = vec![
        format!("{project}/instances/{MYSQL}/action/%2e%2e/%2e%2e/%2e%2e/backups"),
        format!("{project}/instances/%2e%2e/database/detail"),
        "/api/sandbox/v3/%2e%2e/backups".to_owned(),
        format!("/api/elsewhere/%2e%2e/sandbox{}", backups()),
        format!("/api/sandbox/%2e%2e/elsewhere{}", backups()),
        format!("/%61pi/s%61ndbox{}", backups().replace('b', "%62")),
    ];
    for call in [backups(), databases()] {
        let plain = format!("/api/sandbox{call}");
        for (place, _) in plain.match_indices('/') {
            paths.extend(SLASHES.map(|slash| format!("{}{slash}{}", &plain[..place], &plain[place + 1..])));
        }
        paths.extend(ENDS.map(|end| format!("{plain}{end}")));
        paths.extend(BEGINNINGS.map(|beginning| format!("{beginning}{plain}")));
    }
    paths
}

#[tokio::test]
async fn what_reaches_the_api_is_the_path_that_was_matched_and_not_what_was_sent() {
    let upstream = FakeApi::start(Reply::Status("200 OK")).await;
    let site = upstream.site().await;
    let intended = [format!("GET {}", backups()), format!("POST {}", backups()), format!("GET {}", databases())];
    for call in &intended {
        // Whatever a query looks like, it is one.
        for query in ["", "?offset=0&limit=100", "?x=/../..%2f%2e%2e/&y=%3f?%23;", "?//evil.example/%0d%0a"] {
            ask(&site, &format!("{}{query}", call.replace(' ', " /api/sandbox")), &[], "").await;
            assert_eq!(upstream.take_lines(), [format!("{call}{query} HTTP/1.1")]);
        }
    }
    let mut strays = Vec::new();
    for path in disguises() {
        // Databases are never posted.
        for method in if path.contains("detail") { &["GET"][..] } else { &["GET", "POST"] } {
            ask(&site, &format!("{method} {path}"), &[], "").await;
            let mut lines = upstream.take_lines();
            lines.retain(|line| !intended.iter().any(|call| *line == format!("{call} HTTP/1.1")));
            strays.extend(lines.into_iter().map(|line| format!("{method} {path} arrives as {line}")));
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
    // No other method becomes one of those.
    for method in ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "POSTER"] {
        for call in [backups(), databases()] {
            ask(&site, &format!("{method} /api/sandbox{call}"), &[], "").await;
            assert!(upstream.take_lines().is_empty(), "{method} {call}");
        }
    }
}
