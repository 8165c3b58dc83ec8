//! How a device reaches its server.

use super::ways::Place;
use crate::identity::NAME;
use crate::{Address, TlsError, tls, transport};
use quinn::{Connecting, Connection, ConnectionError, Endpoint};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    sync::Arc,
    time::Duration,
};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

/// A handshake takes no longer, even on bad cellular.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// Of several addresses the next is tried so much later, unless one before has answered.
const NEXT: Duration = Duration::from_millis(250);
/// A name that nobody answers for is left for the next time.
const LOOK_UP: Duration = Duration::from_secs(3);

/// Why the server was not reached. Each has an id, for the sentence that a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// No such name, or no network.
    #[error("the server's name was not found: check the network, and the name for mistakes")]
    NoAddress,
    /// It does not answer.
    #[error("the server does not answer: check the network, and whether the server runs")]
    Unreachable,
    /// Something answers that does not hold the pinned key.
    #[error(
        "this is not the server that the device was paired with: ask the clinic whether it was set up anew, and pair again"
    )]
    OtherServer,
}

impl Fault {
    /// Its message.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::Unreachable => "unreachable",
            Self::OtherServer => "other-server",
        }
    }

    pub(crate) fn of(error: &ConnectionError) -> Self {
        match error {
            // Only our own check of the certificate ends a handshake from this side.
            ConnectionError::TransportError(_) => Self::OtherServer,
            _ => Self::Unreachable,
        }
    }
}

/// The way to one server. Keeps the tickets for early data, in memory.
#[derive(Debug, Clone)]
pub(crate) struct Dialer {
    server: Address,
    config: quinn::ClientConfig,
}

impl Dialer {
    pub fn new(server: Address) -> Result<Self, TlsError> {
        Self::with(server, transport::client())
    }

    pub fn with(server: Address, transport: Arc<quinn::TransportConfig>) -> Result<Self, TlsError> {
        let mut config = quinn::ClientConfig::new(Arc::new(tls::client(server.pin)?));
        config.transport_config(transport);
        Ok(Self { server, config })
    }

    /// All addresses that the server's name has now.
    pub async fn addresses(&self) -> Result<Vec<SocketAddr>, Fault> {
        look_up(&self.server.host, self.server.port).await
    }

    /// The first of all these places that answers, and the way to it.
    pub async fn first(&self, places: Vec<Place>) -> Result<(Place, Endpoint, Connection), Fault> {
        let (mut tries, mut fault) = (JoinSet::new(), Fault::NoAddress);
        for place in places {
            let found = timeout(LOOK_UP, look_up(&place.0, place.1)).await;
            for to in found.into_iter().flatten().flatten() {
                let (dialer, place, turn) = (self.clone(), place.clone(), tries.len());
                tries.spawn(async move {
                    sleep(NEXT * u32::try_from(turn).unwrap_or_default()).await;
                    let (endpoint, connecting) = dialer.dial(to)?;
                    let connected = timeout(PATIENCE, connecting).await.map_err(|_| Fault::Unreachable)?;
                    Ok((place, endpoint, connected.map_err(|error| Fault::of(&error))?))
                });
            }
        }
        while let Some(tried) = tries.join_next().await {
            match tried {
                Ok(Ok(reached)) => return Ok(reached),
                Ok(Err(found)) => fault = found,
                Err(_) => {}
            }
        }
        Err(fault)
    }

    /// Begins on a socket of its own.
    pub fn dial(&self, to: SocketAddr) -> Result<(Endpoint, Connecting), Fault> {
        let endpoint = Endpoint::client(any_port(to)).map_err(|_| Fault::Unreachable)?;
        let connecting = endpoint.connect_with(self.config.clone(), to, NAME);
        Ok((endpoint, connecting.map_err(|_| Fault::Unreachable)?))
    }
}

async fn look_up(host: &str, port: u16) -> Result<Vec<SocketAddr>, Fault> {
    let found = tokio::net::lookup_host((host, port)).await;
    let mut found: Vec<SocketAddr> = found.map_err(|_| Fault::NoAddress)?.collect();
    // A network whose IPv6 leads nowhere is more usual than the other way round.
    found.sort_by_key(SocketAddr::is_ipv6);
    if found.is_empty() { Err(Fault::NoAddress) } else { Ok(found) }
}

fn any_port(to: SocketAddr) -> SocketAddr {
    let ip = if to.is_ipv4() { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V6(Ipv6Addr::UNSPECIFIED) };
    SocketAddr::new(ip, 0)
}

/// A new socket for the way to there.
pub(crate) fn new_socket(to: SocketAddr) -> io::Result<UdpSocket> {
    UdpSocket::bind(any_port(to))
}

/// From which of this machine's addresses packets leave to there now. Sends nothing.
pub(crate) fn way_to(to: SocketAddr) -> Option<IpAddr> {
    let socket = new_socket(to).ok()?;
    socket.connect(to).ok()?;
    socket.local_addr().ok().map(|local| local.ip())
}
