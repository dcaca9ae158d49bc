//! An API without a mind, behind the web server: it treats every request alike, and writes down what came.

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use sandbox::fixtures::{MYSQL, PROJECT_ID};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use tokio_rustls::server::TlsStream;

use super::host;
use crate::common::host::{AUTHORITY, Content, Site, UPSTREAM};

/// What its clock says, always.
pub const DATE: &str = "Thu, 01 Jan 2015 00:00:00 GMT";

/// What becomes of a request.
#[derive(Clone, Copy)]
pub enum Reply {
    /// It is answered with a status; then the connection is closed.
    Status(&'static str),
    /// It is answered, and the connection is kept, until the next request comes over it: that one gets no answer.
    OnceAConnection,
    /// The connection is closed when all of it has come.
    None,
}

/// The API, until this is dropped.
pub struct FakeApi {
    /// Where it listens.
    pub port: u16,
    heads: Arc<Mutex<Vec<String>>>,
    servers: Vec<JoinHandle<()>>,
}

impl FakeApi {
    /// Starts it on this machine's usual address.
    pub async fn start(reply: Reply) -> Self {
        Self::start_at(&[Ipv4Addr::LOCALHOST], reply).await
    }

    /// Starts it on some addresses of this machine, with one port.
    pub async fn start_at(addresses: &[Ipv4Addr], reply: Reply) -> Self {
        let identity = AUTHORITY.certify(UPSTREAM).unwrap();
        let chain = vec![CertificateDer::from_pem_slice(identity.certificate.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (mut port, mut servers) = (0, Vec::new());
        for address in addresses {
            let listener = TcpListener::bind((*address, port)).await.unwrap();
            port = listener.local_addr().unwrap().port();
            servers.push(tokio::spawn(serve(listener, acceptor.clone(), Arc::clone(&heads), reply)));
        }
        Self { port, heads, servers }
    }

    /// The web server in front of it.
    pub async fn site(&self) -> Site {
        host().serve_before(&Content::default(), self.port).await
    }

    /// The requests since the last call of this, each with its headers.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.heads.lock().unwrap())
    }

    /// Their first lines.
    pub fn take_lines(&self) -> Vec<String> {
        self.take().iter().map(|head| head.lines().next().unwrap().to_owned()).collect()
    }
}

impl Drop for FakeApi {
    fn drop(&mut self) {
        self.servers.iter().for_each(JoinHandle::abort);
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, heads: Arc<Mutex<Vec<String>>>, reply: Reply) {
    while let Ok((stream, _)) = listener.accept().await {
        stream.set_nodelay(true).unwrap();
        let (acceptor, heads) = (acceptor.clone(), Arc::clone(&heads));
        tokio::spawn(async move {
            // A web server that doesn't trust the certificate hangs up, and one that has enough of a body, too.
            let mut stream = acceptor.accept(stream).await?;
            let head = receive(&mut stream).await?;
            heads.lock().unwrap().push(head);
            match reply {
                Reply::Status(status) => stream.write_all(answer(status, "close").as_bytes()).await?,
                Reply::OnceAConnection => {
                    stream.write_all(answer("200 OK", "keep-alive").as_bytes()).await?;
                    let head = receive(&mut stream).await?;
                    heads.lock().unwrap().push(head);
                }
                Reply::None => {}
            }
            stream.shutdown().await
        });
    }
}

/// Reads a request to its end, and gives back its head.
async fn receive(stream: &mut TlsStream<TcpStream>) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, length)| length);
    stream.read_exact(&mut vec![0; length.unwrap_or("0").parse().unwrap()]).await?;
    Ok(head)
}

fn answer(status: &str, connection: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nDate: {DATE}\r\nX-Request-Id: of-the-api\r\nRetry-After: 7\r\nSet-Cookie: of=the-api\r\n\
         WWW-Authenticate: Basic realm=\"the API\"\r\nClear-Site-Data: \"*\"\r\nAlt-Svc: h3=\":443\"\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\nConnection: {connection}\r\n\r\n{{}}"
    )
}

/// The path of an instance's backups.
pub fn backups() -> String {
    format!("/v3/{PROJECT_ID}/backups")
}

/// The path of an instance's databases.
pub fn databases() -> String {
    format!("/v3/{PROJECT_ID}/instances/{MYSQL}/database/detail")
}
