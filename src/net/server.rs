//! The server's side: takes connections in, runs a [`Session`] for each, and ends them in good order.

mod connection;
mod counts;
mod homes;
mod host;
mod hub;
mod room;

pub use counts::Counts;
pub use hub::Hub;

use crate::{Backend, Identity, TlsError, tls, transport};
use baro_sync::{Attempts, Event, Millis};
use baro_wire::{Digest, sha256};
use connection::Connection;
use quinn::{Endpoint, EndpointConfig, Incoming, ServerConfig, TokioRuntime};
use quinn_proto::HashedConnectionIdGenerator;
use ring::hmac;
use room::Rooms;
use socket2::SockRef;
use std::{
    io,
    net::{SocketAddr, UdpSocket},
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::{sync::watch, time::timeout};

/// Greetings under way beyond which an address must first show that it is one.
const GREETINGS: usize = 64;
/// Connections that wait to be looked at, and what they may have sent by then, bytes; what is beyond that is dropped, and comes again.
const WAITING: usize = 1_024;
const WAITING_BYTES: u64 = 4 * 1024 * 1024;
/// What the system is asked to keep of datagrams while the server is busy, bytes: the tenth of a second of a thousand people in classes (Linux
/// keeps twice as much, and counts some 800 bytes around each). With Linux' usual 208 kB, one in 70 of what they sent was lost.
pub const SOCKET_BYTES: usize = 2 * 1024 * 1024;
/// How long the server waits for its connections to hear that it stops.
const STOP: Duration = Duration::from_secs(5);

/// How many a server takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Of these, from one address (an IPv6 network counts as one). A clinic's devices often share one.
    pub per_address: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 4_096, per_address: 256 }
    }
}

/// Why a server can't start.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum BindError {
    #[error("UDP {0} can't be used: {1}")]
    Socket(SocketAddr, io::Error),
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// A server on one UDP port.
#[derive(Debug)]
pub struct Server<B> {
    endpoint: Endpoint,
    limits: Limits,
    shared: Arc<Shared<B>>,
    stopping: watch::Sender<bool>,
}

/// What all connections share.
#[derive(Debug)]
struct Shared<B> {
    backend: Arc<B>,
    hub: Arc<Hub>,
    attempts: Mutex<Attempts>,
    rooms: Rooms,
    began: Instant,
}

impl<B: Backend> Server<B> {
    /// Takes the port. To be called within a tokio runtime.
    pub fn bind(
        addr: SocketAddr,
        identity: &Identity,
        limits: Limits,
        backend: Arc<B>,
    ) -> Result<Self, BindError> {
        let mut config = ServerConfig::with_crypto(Arc::new(tls::server(identity)?));
        config
            .transport_config(transport::server())
            .max_incoming(WAITING)
            .incoming_buffer_size(transport::STRANGER_BYTES.into())
            .incoming_buffer_size_total(WAITING_BYTES);
        let endpoint = socket(addr).and_then(|socket| {
            Endpoint::new(endpoint_config(identity), Some(config), socket, Arc::new(TokioRuntime))
        });
        let endpoint = endpoint.map_err(|error| BindError::Socket(addr, error))?;
        let hub = Arc::new(Hub::default());
        let shared = Shared {
            backend,
            hub,
            attempts: Mutex::default(),
            rooms: Rooms::default(),
            began: Instant::now(),
        };
        Ok(Self { endpoint, limits, shared: Arc::new(shared), stopping: watch::Sender::new(false) })
    }

    /// Where it listens.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.endpoint.local_addr()
    }

    /// Who is connected, and what was counted.
    pub fn hub(&self) -> Arc<Hub> {
        Arc::clone(&self.shared.hub)
    }

    /// Somebody was erased by another program: no class here holds them any more. A device that erases tells this server itself.
    pub async fn erased(&self, person: baro_wire::PersonId) {
        self.shared.rooms.gone(person).await;
    }

    /// What a person agrees to was changed at another server of the same clinic.
    pub async fn changed(&self, person: baro_wire::PersonId) {
        self.shared.rooms.changed(person).await;
    }

    /// Serves until [`Self::stop`].
    pub async fn serve(&self) {
        let mut stopping = self.stopping.subscribe();
        loop {
            tokio::select! {
                _ = stopping.wait_for(|stopping| *stopping) => return,
                incoming = self.endpoint.accept() => match incoming {
                    Some(incoming) => self.take_in(incoming),
                    None => return,
                },
            }
        }
    }

    /// Tells everyone that it goes away, waits until they have heard it (a few seconds at most), and ends. What was being written
    /// to the store is written.
    pub async fn stop(&self) {
        self.stopping.send_replace(true);
        self.endpoint.set_server_config(None);
        self.shared.rooms.stop();
        self.hub().tell(|_| true, &Event::Stopping);
        let _ = timeout(STOP, self.shared.hub.emptied()).await;
        self.endpoint.close(0u8.into(), b"");
        let _ = timeout(STOP, self.endpoint.wait_idle()).await;
    }

    fn take_in(&self, incoming: Incoming) {
        let hub = &self.shared.hub;
        let source = hub.source_of(incoming.remote_address().ip());
        let load = hub.load(source);
        let crowded = load.greeting >= GREETINGS || load.of_source >= self.limits.per_address / 4;
        if crowded && !incoming.remote_address_validated() && incoming.may_retry() {
            let _ = incoming.retry();
        } else if load.all >= self.limits.connections || load.of_source >= self.limits.per_address {
            hub.counters.turned_away();
            incoming.refuse();
        } else if let Ok(connecting) = incoming.accept()
            && let Ok((quic, greeted)) = connecting.into_0rtt()
        {
            Connection::run(&self.shared, quic, greeted, source);
        } else {
            hub.counters.handshake_failed();
        }
    }
}

/// The port, with room for what comes at once. A system that gives less is served all the same.
fn socket(addr: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(addr)?;
    let system = SockRef::from(&socket);
    let _ = system.set_recv_buffer_size(SOCKET_BYTES);
    let _ = system.set_send_buffer_size(SOCKET_BYTES);
    let got = system.recv_buffer_size()?;
    if got < SOCKET_BYTES {
        tracing::warn!(
            got,
            wanted = SOCKET_BYTES,
            "the system keeps few datagrams: large classes may stutter; raise net.core.rmem_max (docs/server.md: As a service)"
        );
    }
    Ok(socket)
}

/// A server that was killed and is back ends its old connections as soon as something comes on them: for that, the key of their
/// resets, and that by which it knows the names of its connections, are the same after a start.
fn endpoint_config(identity: &Identity) -> EndpointConfig {
    let Digest(secret) = sha256(&[b"baro reset 1\0", identity.key.secret_der()]);
    let mut config = EndpointConfig::new(Arc::new(hmac::Key::new(hmac::HMAC_SHA256, &secret)));
    let names = secret.last_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    config.cid_generator(move || Box::new(HashedConnectionIdGenerator::from_key(names)));
    config
}

impl<B> Shared<B> {
    fn now(&self) -> Millis {
        Millis(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
