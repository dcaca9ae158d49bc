//! A call reaches the API once or not at all, however many addresses the host has and whatever becomes of the connection.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

use super::fake_api::{FakeApi, Reply, backups};
use super::{Answer, ask, host};
use crate::common::host::{Host, Site, UPSTREAM};

/// Nothing listens there.
const DEAD: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 77);
/// Nobody gets through there.
const SILENT: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 78);
/// Another address of this machine.
const SECOND: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// Enough for a server that shuffles the addresses to begin with each.
const ROUNDS: usize = 12;

/// Every header with which a client may say that a request can be repeated.
const REPEATABLE: [(&str, &str); 2] = [("Idempotency-Key", "1"), ("X-Idempotency-Key", "1")];

async fn call(site: &Site, method: &str) -> Answer {
    ask(site, &format!("{method} /api/sandbox{}", backups()), &REPEATABLE, "{}").await
}

fn resolve(site: &Site, addresses: &[Ipv4Addr]) {
    site.names.as_ref().unwrap().set(UPSTREAM, addresses);
}

#[tokio::test]
async fn a_dead_address_of_several_is_no_error_and_the_call_arrives_once() {
    let api = FakeApi::start(Reply::Status("200 OK")).await;
    let site = api.site().await;
    resolve(&site, &[DEAD, Ipv4Addr::LOCALHOST]);
    for method in ["POST", "GET"] {
        for _ in 0..ROUNDS {
            assert_eq!(call(&site, method).await.status, 200, "{method}");
            assert_eq!(api.take().len(), 1, "{method}");
        }
    }
}

/// An address whose machine is there and takes no more connections, as one that is overloaded: whoever calls waits.
async fn silent(port: u16) -> (TcpListener, Vec<TcpStream>) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((SILENT, port))).unwrap();
    let listener = socket.listen(1).unwrap();
    let mut waiting = Vec::new();
    while let Ok(Ok(stream)) = timeout(Duration::from_millis(200), TcpStream::connect((SILENT, port))).await {
        waiting.push(stream);
    }
    (listener, waiting)
}

#[tokio::test]
async fn an_address_that_does_not_answer_is_given_up_in_time_for_the_next() {
    let api = FakeApi::start(Reply::Status("200 OK")).await;
    let _silent = silent(api.port).await;
    let site = api.site().await;
    resolve(&site, &[SILENT, Ipv4Addr::LOCALHOST]);
    let calls = join_all((0..ROUNDS).map(|_| call(&site, "POST"))).await;
    assert!(calls.iter().all(|answer| answer.status == 200));
    assert_eq!(api.take().len(), ROUNDS);
}

#[tokio::test]
async fn dead_addresses_only_are_said_to_be_and_nothing_arrives() {
    let api = FakeApi::start(Reply::Status("200 OK")).await;
    let site = api.site().await;
    resolve(&site, &[DEAD]);
    let answer = call(&site, "POST").await;
    assert_eq!((answer.status, api.take().len()), (502, 0));
}

#[tokio::test]
async fn a_post_that_arrived_is_not_repeated_at_another_address() {
    let api = FakeApi::start_at(&[Ipv4Addr::LOCALHOST, SECOND], Reply::None).await;
    let site = api.site().await;
    resolve(&site, &[DEAD, Ipv4Addr::LOCALHOST, SECOND]);
    for _ in 0..ROUNDS {
        assert_eq!(call(&site, "POST").await.status, 502);
        assert_eq!(api.take().len(), 1);
    }
}

/// nginx may ask for what changes nothing once at each address; see the comment there.
#[tokio::test]
async fn a_get_that_arrived_is_repeated_at_no_address_twice() {
    let api = FakeApi::start_at(&[Ipv4Addr::LOCALHOST, SECOND], Reply::None).await;
    let site = api.site().await;
    for (addresses, most) in [(&[Ipv4Addr::LOCALHOST][..], 1), (&[Ipv4Addr::LOCALHOST, SECOND], 2)] {
        // A server may know the addresses for a second more.
        tokio::time::sleep(Duration::from_millis(2100)).await;
        resolve(&site, addresses);
        assert_eq!(call(&site, "GET").await.status, 502);
        let arrived = api.take().len();
        assert!((1..=most).contains(&arrived), "{arrived}");
        assert!(arrived == 1 || host() == Host::Nginx, "{arrived}");
    }
}

#[tokio::test]
async fn no_call_goes_over_a_connection_that_the_api_may_have_given_up() {
    let api = FakeApi::start(Reply::OnceAConnection).await;
    let site = api.site().await;
    for method in ["GET", "POST", "GET", "POST"] {
        assert_eq!(call(&site, method).await.status, 200, "{method}");
        assert_eq!(api.take().len(), 1, "{method}");
    }
}
