//! TCP connections that tests can cut, and the HTTP server on them.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::sim::Shared;

/// The string by which one connection is pulled.
#[derive(Debug, Default)]
pub struct ConnControl {
    reset: AtomicBool,
    cut: Notify,
}

impl ConnControl {
    /// Ends the connection with a TCP reset, whatever is still to be written.
    pub fn reset(&self) {
        self.reset.store(true, Ordering::SeqCst);
        self.cut.notify_waiters();
    }

    /// Waits for [`ConnControl::reset`].
    pub async fn pulled(&self) {
        let notified = self.cut.notified();
        tokio::pin!(notified);
        notified.as_mut().enable();
        if !self.reset.load(Ordering::SeqCst) {
            notified.await;
        }
    }
}

/// A TCP stream that says goodbye with a reset when told so.
pub struct Conn {
    tcp: TcpStream,
    control: Arc<ConnControl>,
}

impl Drop for Conn {
    fn drop(&mut self) {
        if self.control.reset.load(Ordering::SeqCst) {
            let _ = self.tcp.set_zero_linger();
        }
    }
}

impl AsyncRead for Conn {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Conn {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

impl Conn {
    pub fn new(tcp: TcpStream) -> (Self, Arc<ConnControl>) {
        let control = Arc::new(ConnControl::default());
        // Answers are small: waiting to fill a packet would only add latency to every test.
        let _ = tcp.set_nodelay(true);
        (
            Self {
                tcp,
                control: Arc::clone(&control),
            },
            control,
        )
    }
}

/// Accepts plain connections until the simulator is dropped.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((tcp, _)) = listener.accept().await {
        let (conn, control) = Conn::new(tcp);
        shared.spawn(speak_http(Arc::clone(&shared), control, conn));
    }
}

/// HTTP/1.1 on any stream, plain or behind TLS; websocket upgrades go to the gateway.
pub async fn speak_http<S>(shared: Arc<Shared>, control: Arc<ConnControl>, stream: S)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let pulled = Arc::clone(&control);
    let service = service_fn(move |request| {
        let (shared, control) = (Arc::clone(&shared), Arc::clone(&control));
        async move {
            let upgrade = request.headers().contains_key("sec-websocket-key");
            let response = if upgrade {
                super::gateway::upgrade(shared, control, request).await
            } else {
                super::rest::handle(shared, control, request).await
            };
            Ok::<_, std::convert::Infallible>(response)
        }
    });
    let server = hyper::server::conn::http1::Builder::new();
    let connection = server
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::select! {
        _ = connection => {}
        () = pulled.pulled() => {}
    }
}
