//! The two HTTP listeners: FHIR over TLS, health and metrics in the clear.

use anyhow::Context as _;
use axum::{Router, extract::DefaultBodyLimit};
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};
use tokio::task::JoinHandle;

/// How long answers that are under way may take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// A question must have come whole by then.
const QUESTION: Duration = Duration::from_secs(10);
/// Nothing is ever sent to these but questions.
const BODY_BYTES: usize = 1024;

/// A listener that runs.
pub struct Web {
    pub address: SocketAddr,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Web {
    /// Takes the port; over TLS where there is a certificate.
    pub fn start(at: SocketAddr, router: Router, tls: Option<RustlsConfig>) -> anyhow::Result<Self> {
        let taken =
            || format!("TCP {at} can't be used; is another server running, or is the port somebody else's?");
        let listener = TcpListener::bind(at).with_context(taken)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let handle = Handle::new();
        let router = router.layer(DefaultBodyLimit::max(BODY_BYTES));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let task = match tls {
            Some(tls) => {
                // Without it the end of an answer waits up to 40 ms for the browser's word on its beginning (Nagle).
                let acceptor = RustlsAcceptor::new(tls).acceptor(NoDelayAcceptor::new());
                let mut server = axum_server::from_tcp(listener)?.acceptor(acceptor).handle(handle.clone());
                server.http_builder().http1().header_read_timeout(QUESTION);
                tokio::spawn(server.serve(service))
            }
            None => {
                let mut server = axum_server::from_tcp(listener)?.handle(handle.clone());
                server.http_builder().http1().header_read_timeout(QUESTION);
                tokio::spawn(server.serve(service))
            }
        };
        Ok(Self { address, handle, task })
    }

    /// Answers what is under way, then ends.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(LAST_ANSWERS));
        if let Ok(Err(error)) = self.task.await {
            tracing::warn!(%error, "a listener ended badly");
        }
    }
}
