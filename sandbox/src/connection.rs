//! Connections, including those that break on purpose.

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

/// How a connection breaks during an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionFault {
    /// It closes before the first byte.
    Closed,
    /// It is reset within the header.
    ResetInHeader,
    /// It is reset within the body.
    ResetInBody,
    /// Half of the body is sent, and then nothing more.
    StalledBody,
    /// The body is sent in pieces, with this pause before each.
    SlowBody(Duration),
    /// Half of the body is sent as if it were complete.
    Truncated,
    /// `Content-Length` is larger than the body.
    ClaimsMore,
    /// `Content-Length` is smaller than the body.
    ClaimsLess,
}

/// Marks an answer after which the server stops listening.
#[derive(Clone)]
pub(crate) struct StopListening;

/// The pause before a reset: what was written must have arrived, since the peer throws away what it hasn't read by then.
const PAUSE_BEFORE_RESET: Duration = Duration::from_millis(50);
/// How many pieces a body is sent in when it comes slowly.
const SLOW_BODY_PIECES: usize = 8;
/// The most bytes of a body that is written without the HTTP library.
const MAX_BODY_BYTES: usize = 64 << 20;

/// Whether the server should listen, and whether it does.
#[derive(Clone)]
pub(crate) struct ListenerSwitch {
    pub(crate) wanted: watch::Sender<bool>,
    pub(crate) listens: watch::Sender<bool>,
}

/// Listens whenever the server should, and serves each connection until it ends.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    switch: ListenerSwitch,
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
        // The sender exists as long as the sandbox.
        let _ = wanted.wait_for(|wanted| *wanted).await;
    }
}

/// Accepts connections until the server should stop listening; then they end too.
async fn accept(
    listener: TcpListener,
    router: &Router,
    switch: &ListenerSwitch,
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
            // How a connection ends depends on the client.
            let _ = match tls {
                Some(tls) => match tls.accept(stream).await {
                    Ok(stream) => serve_connection(stream, router, switch, None).await,
                    Err(error) => Err(error),
                },
                None => match with_raw_handle(stream) {
                    Ok((stream, raw)) => serve_connection(stream, router, switch, Some(raw)).await,
                    Err(error) => Err(error),
                },
            };
        });
    }
}

/// A second handle on the connection, to bypass the HTTP library.
fn with_raw_handle(stream: TcpStream) -> io::Result<(TcpStream, Arc<TcpStream>)> {
    let stream = stream.into_std()?;
    let raw = TcpStream::from_std(stream.try_clone()?)?;
    Ok((TcpStream::from_std(stream)?, Arc::new(raw)))
}

async fn serve_connection(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    router: Router,
    switch: ListenerSwitch,
    raw: Option<Arc<TcpStream>>,
) -> io::Result<()> {
    let service = service_fn(move |request: Request<Incoming>| {
        let (router, switch, raw) = (router.clone(), switch.clone(), raw.clone());
        async move {
            let response = router.oneshot(request).await.map_err(io::Error::other)?;
            if response.extensions().get::<StopListening>().is_some() {
                switch.wanted.send_replace(false);
                return Err(io::Error::other("the server goes down"));
            }
            let Some(fault) = response.extensions().get::<ConnectionFault>().copied() else { return Ok(response) };
            // With https the libraries can't be bypassed: the connection just ends.
            if let Some(raw) = raw {
                write_broken(&raw, response, fault).await?;
            }
            Err(io::Error::other("the connection breaks"))
        }
    });
    // The routes write `Date` as configured.
    http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service)
        .await
        .map_err(io::Error::other)
}

async fn write_broken(raw: &TcpStream, response: Response<axum::body::Body>, fault: ConnectionFault) -> io::Result<()> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_BODY_BYTES).await.map_err(io::Error::other)?;
    let beginning = body.slice(..body.len() / 2);
    let claimed = match fault {
        ConnectionFault::ClaimsMore => body.len() + 100,
        ConnectionFault::ClaimsLess | ConnectionFault::Truncated => beginning.len(),
        ConnectionFault::Closed
        | ConnectionFault::ResetInHeader
        | ConnectionFault::ResetInBody
        | ConnectionFault::StalledBody
        | ConnectionFault::SlowBody(_) => body.len(),
    };
    let mut head = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    for (name, value) in parts.headers.iter().filter(|(name, _)| *name != header::CONTENT_LENGTH) {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(format!("content-length: {claimed}\r\nconnection: close\r\n\r\n").bytes());
    match fault {
        ConnectionFault::Closed => {}
        ConnectionFault::ResetInHeader => {
            write(raw, head.get(..head.len() / 2).unwrap_or_default()).await?;
            reset(raw).await?;
        }
        ConnectionFault::ResetInBody => {
            write(raw, &head).await?;
            write(raw, &beginning).await?;
            reset(raw).await?;
        }
        ConnectionFault::StalledBody => {
            write(raw, &head).await?;
            write(raw, &beginning).await?;
            wait_for_disconnect(raw).await?;
        }
        ConnectionFault::SlowBody(pause) => {
            write(raw, &head).await?;
            for piece in body.chunks(body.len().div_ceil(SLOW_BODY_PIECES).max(1)) {
                tokio::time::sleep(pause).await;
                write(raw, piece).await?;
            }
        }
        ConnectionFault::Truncated => {
            write(raw, &head).await?;
            write(raw, &beginning).await?;
        }
        ConnectionFault::ClaimsMore | ConnectionFault::ClaimsLess => {
            write(raw, &head).await?;
            write(raw, &body).await?;
        }
    }
    Ok(())
}

async fn write(raw: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        raw.writable().await?;
        match raw.try_write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Waits until the client closes the connection.
async fn wait_for_disconnect(raw: &TcpStream) -> io::Result<()> {
    loop {
        raw.readable().await?;
        match raw.try_read(&mut [0; 64]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

/// If the connection is closed now, the peer gets a reset instead of an orderly end.
async fn reset(raw: &TcpStream) -> io::Result<()> {
    tokio::time::sleep(PAUSE_BEFORE_RESET).await;
    SockRef::from(raw).set_linger(Some(Duration::ZERO))
}
