//! The container image of `deploy/container`, without an engine: the commands of its Containerfile are run in a root folder with
//! Debian's smallest system, and what it starts is started there, as its user, with nothing but /tmp to write to, and as the
//! first process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

#[path = "../common/mod.rs"]
mod common;
mod image;

use sandbox::fixtures::{PROJECT_ID, token};
use sandbox::{Sandbox, Settings};
use std::net::Ipv4Addr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use common::host::{AUTHORITY, Host, UPSTREAM};
use common::names::NameServer;
use image::{Container, Image};

/// The image, or nothing where its root folder can't be made: then that is said.
macro_rules! image {
    () => {
        match Image::of_this_run() {
            Some(image) => image,
            None => return println!("Left out: a root folder of another system takes root."),
        }
    };
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// What a request gets, with its headers and without a connection that is kept.
async fn ask(port: u16, is_tls: bool, path: &str, headers: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    let mut answer = Vec::new();
    if is_tls {
        let mut stream = common::tls::connect(port, &[]).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let _ = stream.read_to_end(&mut answer).await;
    } else {
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream.read_to_end(&mut answer).await.unwrap();
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn it_serves_the_page_and_passes_calls_on_as_a_user_who_can_write_nothing() {
    let image = image!();
    let sandbox = Sandbox::start(Settings { identity: Host::Nginx.upstream(), ..Settings::default() }).await.unwrap();
    let names = NameServer::start().await;
    names.set(UPSTREAM, &[Ipv4Addr::LOCALHOST]);
    let port = free_port();
    let variables = [
        ("PORT", port.to_string()),
        ("ENDPOINTS", format!("eu-de sandbox={UPSTREAM}:{}", sandbox.address().port())),
        ("RESOLVER", format!("127.0.0.1:{}", names.port())),
        ("AUTHORITIES", "/mnt/authority.pem".to_owned()),
    ];
    let files = [("authority.pem", AUTHORITY.certificate().clone())];
    let container = Container::start(image, &variables, &files, Some(r#"{"title":"Ours"}"#));
    container.listens(port).await;

    let page = ask(port, false, "/", "").await;
    assert!(status(&page) == 200 && page.contains("Content-Security-Policy: ") && page.contains("<!doctype html>"));
    assert!(
        ask(port, false, "/config.json", "").await.ends_with(r#"{"title":"Ours"}"#),
        "the settings are the mounted ones"
    );

    let path = format!("v3/{PROJECT_ID}/instances?offset=0&limit=100");
    let headers = format!("X-Auth-Token: {}\r\nCookie: a=b\r\nAuthorization: Basic x\r\n", token());
    let list = ask(port, false, &format!("/api/sandbox/{path}"), &headers).await;
    assert_eq!(status(&list), 200, "{list}");
    let requests = sandbox.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!((requests[0].header("cookie"), requests[0].header("authorization")), ("", ""));
    // A region of the table has its host from there; one that isn't in the variable isn't known.
    assert_eq!(status(&ask(port, false, &format!("/api/eu-de/{path}"), &headers).await), 502);
    assert!(names.asked().iter().any(|host| host == "rds.eu-de.otc.t-systems.com"), "{:?}", names.asked());
    assert_eq!(status(&ask(port, false, &format!("/api/eu-nl/{path}"), &headers).await), 403);

    assert!(container.inside(image.health()), "{}", container.log());
    assert!(container.status().contains("\nUid:\t10001\t10001\t10001\t10001\n"), "{}", container.status());
    assert!(container.status().contains("\nCapEff:\t0000000000000000\n"), "{}", container.status());
    for place in
        ["/srv/rds-backup-console/index.html", "/etc/nginx/nginx.conf", "/opt/rds-backup-console/start.sh", "/x"]
    {
        assert!(!container.inside(&["sh", "-c", &format!("echo >> {place}")]), "{place} can be written to");
    }
    let log = container.log();
    assert!(log.contains("/api/sandbox/v3/") && !log.contains(&token()), "{log}");
}

#[tokio::test]
async fn with_a_certificate_a_login_and_a_folder_it_serves_as_they_say() {
    let image = image!();
    let port = free_port();
    let own = AUTHORITY.certify("localhost").unwrap();
    let variables = [
        ("PORT", port.to_string()),
        ("CERTIFICATE", "/mnt/site.pem".to_owned()),
        ("CERTIFICATE_KEY", "/mnt/site.key".to_owned()),
        ("USERS", "/mnt/users".to_owned()),
        ("FOLDER", "/tools/rds".to_owned()),
        ("TRUSTED_PROXIES", "127.0.0.0/8 ::1".to_owned()),
        ("RESOLVER", "127.0.0.1".to_owned()),
    ];
    let users = "dba:{PLAIN}secret\n".to_owned();
    let files = [("site.pem", own.certificate.clone()), ("site.key", own.key.clone()), ("users", users)];
    let container = Container::start(image, &variables, &files, None);
    container.listens(port).await;
    // dba:secret
    let login = "Authorization: Basic ZGJhOnNlY3JldA==\r\n";
    for (path, headers, expected) in [
        ("/tools/rds/", "", 401),
        ("/tools/rds/config.json", "", 401),
        ("/tools/rds/", login, 200),
        ("/tools/rds", login, 301),
        ("/tools/rds/config.json", login, 200),
        ("/tools/rds/api/elsewhere/v3/x/backups", login, 403),
        // Nobody answers as the name server.
        ("/tools/rds/api/eu-de/v3/x/backups", login, 502),
        ("/tools/rds/api/eu-de/v3/x/backups", "", 401),
    ] {
        assert_eq!(status(&ask(port, true, path, headers).await), expected, "{path} {headers}");
    }
    let log = ask(port, true, "/tools/rds/", &format!("{login}X-Forwarded-For: 192.0.2.7\r\n")).await;
    assert_eq!(status(&log), 200);
    assert!(container.log().contains("192.0.2.7 - dba "), "who a trusted proxy names is who is counted");
    assert!(container.inside(image.health()), "{}", container.log());
}

#[tokio::test]
async fn a_wrong_variable_stops_the_start_with_a_sentence_that_says_what_to_do() {
    let image = image!();
    for (name, value, rule) in [
        ("ENDPOINTS", "eu-de eu-xx", "no region of the table. Use one of its names, or NAME=HOST"),
        ("ENDPOINTS", "eu-xx", "eu-de eu-nl eu-ch2 "),
        ("ENDPOINTS", "internal=https://rds.example.com", "a complete host name"),
        ("ENDPOINTS", "internal=rds.example.com/v3", "a complete host name"),
        ("ENDPOINTS", "internal=rds.example.com:0", "a complete host name"),
        ("ENDPOINTS", "internal=rds.example.com:1:2", "a complete host name"),
        ("ENDPOINTS", "internal=*.example.com", "a complete host name"),
        ("ENDPOINTS", "internal=rds", "a complete host name"),
        ("ENDPOINTS", "internal=", "a complete host name"),
        ("ENDPOINTS", "a;b=rds.example.com", "letters, digits"),
        ("ENDPOINTS", "a=rds.example.com;}", "a complete host name"),
        ("ENDPOINTS", "eu-de eu-de=rds.example.com", "twice"),
        ("ENDPOINTS", "*", "ENDPOINTS has \"*\"; a name has letters"),
        ("PORT", "80", "a number from 1024 to 65535"),
        ("PORT", "8080;", "a number from 1024 to 65535"),
        ("RESOLVER", "dns.example.com", "addresses of name servers"),
        ("RESOLVER", "10.0.0.2;", "addresses of name servers"),
        ("AUTHORITIES", "ca.pem", "the complete path of a file"),
        ("AUTHORITIES", "/mnt/missing.pem", "can't be read in the container as user 10001"),
        ("CERTIFICATE", "/etc/hostname", "TLS needs both"),
        ("USERS", "/mnt/missing", "can't be read"),
        ("FOLDER", "tools/", "must begin with '/'"),
        ("FOLDER", "/tools/", "must begin with '/'"),
        ("FOLDER", "/a b", "must begin with '/'"),
        ("TRUSTED_PROXIES", "proxy.example.com", "addresses or networks"),
    ] {
        // The name server is none of the machine's.
        let mut variables = vec![("RESOLVER", "127.0.0.1".to_owned())];
        variables.retain(|(other, _)| *other != name);
        variables.push((name, value.to_owned()));
        let mut container = Container::start(image, &variables, &[], None);
        let code = container.end().await;
        let log = container.log();
        assert!(code == Some(64) && log.contains(name) && log.contains(rule), "{name}={value} gives {code:?}: {log}");
        assert_eq!(log.lines().count(), 1, "{log}");
    }
}
