//! A name server of a test, so that a web server looks a host up and finds the addresses that the test has in mind.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// Answers with addresses of IPv4, and has none of IPv6; the names that it doesn't know don't exist.
pub struct NameServer {
    port: u16,
    known: Arc<Mutex<Known>>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Known {
    addresses: HashMap<String, Vec<Ipv4Addr>>,
    asked: Vec<String>,
}

/// The header of a message (RFC 1035, section 4.1.1).
const HEADER: usize = 12;
/// The type of a record with an address of IPv4.
const A: [u8; 2] = [0, 1];

impl NameServer {
    /// Starts one without names.
    pub async fn start() -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = socket.local_addr().unwrap().port();
        let known = Arc::new(Mutex::new(Known::default()));
        let shared = Arc::clone(&known);
        let server = tokio::spawn(async move {
            let mut message = [0; 512];
            while let Ok((length, client)) = socket.recv_from(&mut message).await {
                let answer = answer(&message[..length], &mut shared.lock().unwrap());
                let _ = socket.send_to(&answer, client).await;
            }
        });
        Self { port, known, server }
    }

    /// Where it listens, on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Gives a host its addresses.
    pub fn set(&self, host: &str, addresses: &[Ipv4Addr]) {
        self.known.lock().unwrap().addresses.insert(host.to_owned(), addresses.to_vec());
    }

    /// The hosts that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.known.lock().unwrap().asked.clone()
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn answer(message: &[u8], known: &mut Known) -> Vec<u8> {
    let (mut labels, mut at) = (Vec::new(), HEADER);
    while message[at] != 0 {
        let end = at + 1 + usize::from(message[at]);
        labels.push(String::from_utf8_lossy(&message[at + 1..end]).to_lowercase());
        at = end;
    }
    let host = labels.join(".");
    let (kind, end) = (&message[at + 1..at + 3], at + 5);
    let found = known.addresses.get(&host);
    let addresses = found.filter(|_| kind == A).cloned().unwrap_or_default();
    // An answer, with recursion; 3 says that there is no such name.
    let flags = [0x81, if found.is_some() { 0x80 } else { 0x83 }];
    let count = u8::try_from(addresses.len()).unwrap();
    let mut answer = [&message[..2], &flags, &[0, 1, 0, count, 0, 0, 0, 0], &message[HEADER..end]].concat();
    for address in addresses {
        // The name of the question, its type and class, for one second, and four bytes.
        answer.extend([&[0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4][..], &address.octets()].concat());
    }
    known.asked.push(host);
    answer
}
