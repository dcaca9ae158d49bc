//! What passes between a page and the API through the web server, as the API's side sees it: by the byte, and with a clock
//! that is wrong.

use std::io;
use std::sync::{Arc, Mutex};

use sandbox::fixtures::{MYSQL, PROJECT_ID};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use tokio_rustls::server::TlsStream;

use super::{ask, host};
use crate::common::host::{AUTHORITY, Content, Site, UPSTREAM};

/// What the upstream's clock says, always.
const DATE: &str = "Thu, 01 Jan 2015 00:00:00 GMT";

/// An API without a mind: it answers everything alike, and writes down the request lines as they came.
struct Upstream {
    port: u16,
    lines: Arc<Mutex<Vec<String>>>,
    server: JoinHandle<()>,
}

impl Upstream {
    async fn start(status: &'static str) -> Self {
        let identity = AUTHORITY.certify(UPSTREAM).unwrap();
        let chain = vec![CertificateDer::from_pem_slice(identity.certificate.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&lines);
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                let (acceptor, written) = (acceptor.clone(), Arc::clone(&written));
                tokio::spawn(async move {
                    // A web server that doesn't trust the certificate hangs up, and one that has enough of a body, too.
                    let mut stream = acceptor.accept(stream).await?;
                    let line = receive(&mut stream).await?;
                    written.lock().unwrap().push(line);
                    stream.write_all(answer(status).as_bytes()).await?;
                    stream.shutdown().await
                });
            }
        });
        Self { port, lines, server }
    }

    /// The web server in front of it.
    async fn site(&self) -> Site {
        host().serve_before(&Content::default(), self.port).await
    }

    /// The request lines since the last call of this.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines.lock().unwrap())
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Reads a request to its end, and gives back its first line.
async fn receive(stream: &mut TlsStream<TcpStream>) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, length)| length);
    stream.read_exact(&mut vec![0; length.unwrap_or("0").parse().unwrap()]).await?;
    Ok(head.lines().next().unwrap().to_owned())
}

fn answer(status: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nDate: {DATE}\r\nX-Request-Id: of-the-api\r\nRetry-After: 7\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
    )
}

fn backups() -> String {
    format!("/v3/{PROJECT_ID}/backups")
}

fn databases() -> String {
    format!("/v3/{PROJECT_ID}/instances/{MYSQL}/database/detail")
}

#[tokio::test]
async fn what_the_page_reads_of_an_answer_is_the_apis_own() {
    for status in ["200 OK", "400 Bad Request", "404 Not Found", "429 Too Many Requests", "503 Service Unavailable"] {
        let upstream = Upstream::start(status).await;
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
    let upstream = Upstream::start("200 OK").await;
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
    let upstream = Upstream::start("200 OK").await;
    let site = upstream.site().await;
    let intended = [format!("GET {}", backups()), format!("POST {}", backups()), format!("GET {}", databases())];
    for call in &intended {
        // Whatever a query looks like, it is one.
        for query in ["", "?offset=0&limit=100", "?x=/../..%2f%2e%2e/&y=%3f?%23;", "?//evil.example/%0d%0a"] {
            ask(&site, &format!("{}{query}", call.replace(' ', " /api/sandbox")), &[], "").await;
            assert_eq!(upstream.take(), [format!("{call}{query} HTTP/1.1")]);
        }
    }
    let mut strays = Vec::new();
    for path in disguises() {
        // Databases are never posted.
        for method in if path.contains("detail") { &["GET"][..] } else { &["GET", "POST"] } {
            ask(&site, &format!("{method} {path}"), &[], "").await;
            let mut lines = upstream.take();
            lines.retain(|line| !intended.iter().any(|call| *line == format!("{call} HTTP/1.1")));
            strays.extend(lines.into_iter().map(|line| format!("{method} {path} arrives as {line}")));
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
    // No other method becomes one of those.
    for method in ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "POSTER"] {
        for call in [backups(), databases()] {
            ask(&site, &format!("{method} /api/sandbox{call}"), &[], "").await;
            assert!(upstream.take().is_empty(), "{method} {call}");
        }
    }
}
