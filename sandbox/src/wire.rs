//! Connections: those that end well, and those that don't.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::http::{Request, Response, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// How a connection breaks on an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionFault {
    /// It closes before the first byte.
    Closed,
    /// It is reset within the header.
    ResetInHeader,
    /// It is reset within the body.
    ResetInBody,
    /// Half of the body comes, and then nothing.
    StalledBody,
    /// The body comes in pieces, with this pause before each.
    SlowDrip(Duration),
    /// Half of the body comes, as if it were all.
    Truncated,
    /// `Content-Length` claims more than comes.
    ClaimsMore,
    /// `Content-Length` claims less than comes.
    ClaimsLess,
}

/// Marks an answer after which the server stops listening.
#[derive(Clone)]
pub(crate) struct Last;

/// Before a reset, what was written must have arrived: the peer throws away what it hasn't read by then.
const ARRIVES_WITHIN: Duration = Duration::from_millis(50);
/// Into so many pieces a dripping body is cut.
const PIECES: usize = 8;
/// Most bytes of an answer that is written by hand.
const LARGEST: usize = 64 << 20;

/// Whether the server is to listen, and whether it does.
#[derive(Clone)]
pub(crate) struct Switch {
    pub(crate) wanted: watch::Sender<bool>,
    pub(crate) listens: watch::Sender<bool>,
}

/// Listens whenever it is wanted, and serves each connection until it ends.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    switch: Switch,
    tls: Option<TlsAcceptor>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let mut wanted = switch.wanted.subscribe();
    let mut listener = Some(listener);
    loop {
        let listening = match listener.take() {
            Some(listener) => listener,
            None => TcpListener::bind(address).await?,
        };
        switch.listens.send_replace(true);
        accept(listening, &router, &switch, tls.as_ref(), &mut wanted).await?;
        switch.listens.send_replace(false);
        // The sender lives as long as the sandbox.
        let _ = wanted.wait_for(|wanted| *wanted).await;
    }
}

/// Accepts connections until that isn't wanted any more; they end with it.
async fn accept(
    listener: TcpListener,
    router: &Router,
    switch: &Switch,
    tls: Option<&TlsAcceptor>,
    wanted: &mut watch::Receiver<bool>,
) -> io::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted?.0,
            _ = wanted.wait_for(|wanted| !*wanted) => return Ok(()),
        };
        let (router, switch, tls) = (router.clone(), switch.clone(), tls.cloned());
        connections.spawn(async move {
            // How a connection ends is up to the client.
            let _ = match tls {
                Some(tls) => match tls.accept(stream).await {
                    Ok(stream) => converse(stream, router, switch, None).await,
                    Err(error) => Err(error),
                },
                None => match twin(stream) {
                    Ok((stream, twin)) => converse(stream, router, switch, Some(twin)).await,
                    Err(error) => Err(error),
                },
            };
        });
    }
}

/// A second handle on the connection, to write past the HTTP library.
fn twin(stream: TcpStream) -> io::Result<(TcpStream, Arc<TcpStream>)> {
    let stream = stream.into_std()?;
    let twin = TcpStream::from_std(stream.try_clone()?)?;
    Ok((TcpStream::from_std(stream)?, Arc::new(twin)))
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    router: Router,
    switch: Switch,
    twin: Option<Arc<TcpStream>>,
) -> io::Result<()> {
    let service = service_fn(move |request: Request<Incoming>| {
        let (router, switch, twin) = (router.clone(), switch.clone(), twin.clone());
        async move {
            let response = router.oneshot(request).await.map_err(io::Error::other)?;
            if response.extensions().get::<Last>().is_some() {
                switch.wanted.send_replace(false);
                return Err(io::Error::other("the server goes down"));
            }
            let Some(breaking) = response.extensions().get::<ConnectionFault>().copied() else { return Ok(response) };
            // With https there is no writing past the libraries: the connection just ends.
            if let Some(twin) = twin {
                write_broken(&twin, response, breaking).await?;
            }
            Err(io::Error::other("the connection breaks"))
        }
    });
    // The routes write `Date`, as they are told to.
    http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service)
        .await
        .map_err(io::Error::other)
}

async fn write_broken(
    twin: &TcpStream,
    response: Response<axum::body::Body>,
    breaking: ConnectionFault,
) -> io::Result<()> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST).await.map_err(io::Error::other)?;
    let beginning = body.slice(..body.len() / 2);
    let claimed = match breaking {
        ConnectionFault::ClaimsMore => body.len() + 100,
        ConnectionFault::ClaimsLess | ConnectionFault::Truncated => beginning.len(),
        ConnectionFault::Closed
        | ConnectionFault::ResetInHeader
        | ConnectionFault::ResetInBody
        | ConnectionFault::StalledBody
        | ConnectionFault::SlowDrip(_) => body.len(),
    };
    let mut head = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    for (name, value) in parts.headers.iter().filter(|(name, _)| *name != header::CONTENT_LENGTH) {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(format!("content-length: {claimed}\r\nconnection: close\r\n\r\n").bytes());
    match breaking {
        ConnectionFault::Closed => {}
        ConnectionFault::ResetInHeader => {
            write(twin, head.get(..head.len() / 2).unwrap_or_default()).await?;
            reset(twin).await?;
        }
        ConnectionFault::ResetInBody => {
            write(twin, &head).await?;
            write(twin, &beginning).await?;
            reset(twin).await?;
        }
        ConnectionFault::StalledBody => {
            write(twin, &head).await?;
            write(twin, &beginning).await?;
            hang_up(twin).await?;
        }
        ConnectionFault::SlowDrip(pause) => {
            write(twin, &head).await?;
            for piece in body.chunks(body.len().div_ceil(PIECES).max(1)) {
                tokio::time::sleep(pause).await;
                write(twin, piece).await?;
            }
        }
        ConnectionFault::Truncated => {
            write(twin, &head).await?;
            write(twin, &beginning).await?;
        }
        ConnectionFault::ClaimsMore | ConnectionFault::ClaimsLess => {
            write(twin, &head).await?;
            write(twin, &body).await?;
        }
    }
    Ok(())
}

async fn write(twin: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        twin.writable().await?;
        match twin.try_write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Waits until the client hangs up.
async fn hang_up(twin: &TcpStream) -> io::Result<()> {
    loop {
        twin.readable().await?;
        match twin.try_read(&mut [0; 64]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

/// When the connection is closed now, the peer gets a reset instead of an orderly end.
async fn reset(twin: &TcpStream) -> io::Result<()> {
    tokio::time::sleep(ARRIVES_WITHIN).await;
    SockRef::from(twin).set_linger(Some(Duration::ZERO))
}
