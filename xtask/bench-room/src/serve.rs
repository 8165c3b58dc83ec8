//! The other side of the load, as a process of its own: the server's rooms, connections and store; or a bare relay of datagrams.

use anyhow::{Context as _, Result, ensure};
use baro_net::{Backend, Identity, Limits, SOCKET_BYTES, Server, Unavailable};
use baro_store::{Options, Sqlite, Store as _, StoreError};
use baro_sync::{Account, Actor, Data, Facts, Invitation, Keys, Write, Written, audit, code_hash};
use baro_wire::room::{DOWN_HEADER_BYTES, ENTRY_HEADER_BYTES};
use baro_wire::*;
use ed25519_dalek::{Signature as Signed, Signer as _, SigningKey, VerifyingKey};
use quinn::{Endpoint, EndpointConfig, ServerConfig, TokioRuntime, TransportConfig};
use socket2::SockRef;
use std::net::{Ipv4Addr, UdpSocket};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::{MissedTickBehavior, interval};

/// People of a room.
pub const ROOM: usize = 8;
/// The leader's second factor, of this server alone.
pub const DIGITS: u32 = 123_456;
/// What ends the line that says where it listens.
pub const LISTENS: &str = "listens on ";

const CLINIC: OrganisationId = OrganisationId([1; 16]);

/// Of those up before the figure, less what stands around it on its way down.
const UP_HEADER_BYTES: usize = 4 + 3 * (ROOM - 1) - ENTRY_HEADER_BYTES;
const STORE: &str = "baro.db";

/// The first of each room leads it.
pub const fn is_leader(nth: usize) -> bool {
    nth.is_multiple_of(ROOM)
}

/// Somebody's keys.
pub fn key(nth: usize) -> SigningKey {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(nth as u64).to_le_bytes());
    SigningKey::from_bytes(&seed)
}

/// Their public half.
pub fn public(nth: usize) -> PublicKey {
    PublicKey(key(nth).verifying_key().to_bytes())
}

struct Clinic {
    store: Mutex<Sqlite>,
    keys: Own,
}

struct Own(SigningKey);

impl Keys for Own {
    fn verify(&self, key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        let bytes: [u8; 64] = (*signature).into();
        VerifyingKey::from_bytes(&key.0)
            .is_ok_and(|key| key.verify_strict(message, &Signed::from_bytes(&bytes)).is_ok())
    }
    fn own(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }
    fn sign(&self, message: &[u8]) -> Signature {
        self.0.sign(message).to_bytes().into()
    }
    fn author(&self, _: &ChunkId, _: &Digest, _: &[u8]) -> Option<PublicKey> {
        None
    }
    fn factor(&self, _: PersonId, digits: u32, _: i64) -> bool {
        digits == DIGITS
    }
}

impl Clinic {
    fn ask<T>(&self, ask: impl FnOnce(&mut Sqlite) -> Result<T, StoreError>) -> Result<T, Unavailable> {
        ask(&mut self.store.lock().unwrap_or_else(PoisonError::into_inner)).map_err(|_| Unavailable)
    }
}

impl Backend for Clinic {
    async fn find(&self, device: DeviceId) -> Result<Option<Account>, Unavailable> {
        self.ask(|store| store.find(device))
    }
    async fn look(&self, actor: Actor, request: Request) -> Result<(Facts, Data), Unavailable> {
        self.ask(|store| store.look(&actor, &request))
    }
    async fn log(&self, drafts: Vec<audit::Draft>) -> Result<(), Unavailable> {
        self.ask(|store| store.log(&drafts))
    }
    async fn write(&self, actor: Option<Actor>, write: Write) -> Result<Written, Unavailable> {
        self.ask(|store| store.write(actor.as_ref(), &write))
    }
    /// All digits are the same here.
    async fn use_factor(&self, _: PersonId) -> Result<bool, Unavailable> {
        Ok(true)
    }
    async fn news(&self, post: PostId) -> Vec<(PersonId, Cursor)> {
        self.ask(|store| store.news(post)).unwrap_or_default()
    }
    fn keys(&self) -> &dyn Keys {
        &self.keys
    }
}

/// Fills a folder with a clinic of so many people.
///
/// # Errors
/// Where it can't be written.
pub fn enrol(folder: &Path, people: usize) -> Result<()> {
    let mut store = Sqlite::open(&folder.join(STORE), Options::default())?;
    store.add_organisation(CLINIC, "Clinic")?;
    let (mut pairs, mut posts) = (Vec::new(), Vec::new());
    for nth in 0..people {
        let (mut id, key, name) = ([1; 16], public(nth), Text::default());
        id[..8].copy_from_slice(&(nth as u64).to_le_bytes());
        let (person, code) = (PersonId(id), code_hash(&format!("CODE{nth}")));
        let role = if is_leader(nth) { Role::Leader } else { Role::Patient };
        store.invite(code, &Invitation { organisation: CLINIC, person, role, ends_ms: i64::MAX })?;
        pairs.push((None, Write::Pair { code, key, person_key: key, name, paired_ms: 1 }));
        if role == Role::Patient {
            let body = PostBody::Consent { purpose: Purpose::Class, text_version: 1, given: true };
            let post = Post { id: PostId(id), about: person, written_ms: 1, body };
            let actor = Actor { organisation: CLINIC, person, device: DeviceId::of(&key), role };
            posts.push((Some(actor), Write::Post { post, stored_ms: 1 }));
        }
    }
    for done in store.write_many(&pairs).into_iter().chain(store.write_many(&posts)) {
        let done = done?;
        ensure!(matches!(done, Written::Done(_) | Written::Paired { .. }), "{done:?}");
    }
    Ok(())
}

/// Runs the server on such a folder until it is killed.
///
/// # Errors
/// Where it can't start.
pub fn rooms(folder: &Path) -> Result<()> {
    let store = Sqlite::open(&folder.join(STORE), Options::default())?;
    let keys = Own(SigningKey::from_bytes(&[99; 32]));
    let clinic = Arc::new(Clinic { store: Mutex::new(store), keys });
    runtime()?.block_on(async {
        let limits = Limits { connections: 20_000, per_address: 20_000 };
        let server = Server::bind(([127, 0, 0, 1], 0).into(), &Identity::new()?, limits, clinic)?;
        println!("{LISTENS}{}", server.local_addr()?);
        server.serve().await;
        Ok(())
    })
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}

/// Datagrams of eight connections each, put together thirty times a second, and nothing else: what QUIC itself takes.
///
/// # Errors
/// Where it can't start.
pub fn relay() -> Result<()> {
    runtime()?.block_on(async {
        let made = rcgen::generate_simple_self_signed(["baro".to_owned()])?;
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key.into())?;
        tls.alpn_protocols = vec![b"baro".to_vec()];
        let crypto = quinn::crypto::rustls::QuicServerConfig::try_from(tls)?;
        let mut config = ServerConfig::with_crypto(Arc::new(crypto));
        let mut transport = TransportConfig::default();
        transport.datagram_receive_buffer_size(Some(16 * 1024)).datagram_send_buffer_size(16 * 1024);
        config.transport_config(Arc::new(transport));
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        // As the server asks for.
        SockRef::from(&socket).set_recv_buffer_size(SOCKET_BYTES)?;
        SockRef::from(&socket).set_send_buffer_size(SOCKET_BYTES)?;
        let runtime = Arc::new(TokioRuntime);
        let endpoint = Endpoint::new(EndpointConfig::default(), Some(config), socket, runtime)?;
        println!("{LISTENS}{}", endpoint.local_addr()?);
        let mut group = Vec::new();
        while let Some(incoming) = endpoint.accept().await {
            group.push(incoming.await.context("a handshake failed")?);
            if group.len() == ROOM {
                tokio::spawn(pass_on(std::mem::take(&mut group)));
            }
        }
        Ok(())
    })
}

/// To each what all others sent last, thirty times a second.
async fn pass_on(group: Vec<quinn::Connection>) {
    let newest: Arc<Vec<Mutex<Vec<u8>>>> = Arc::new(group.iter().map(|_| Mutex::default()).collect());
    for (nth, quic) in group.iter().cloned().enumerate() {
        let newest = Arc::clone(&newest);
        tokio::spawn(async move {
            while let Ok(datagram) = quic.read_datagram().await {
                *newest[nth].lock().unwrap_or_else(PoisonError::into_inner) = datagram.to_vec();
            }
        });
    }
    let mut ticks = interval(Duration::from_nanos(1_000_000_000 / 30));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let began = Instant::now();
    while group.iter().any(|quic| quic.close_reason().is_none()) {
        ticks.tick().await;
        for (to, quic) in group.iter().enumerate() {
            let mut bytes = vec![0; DOWN_HEADER_BYTES];
            bytes[1..5].copy_from_slice(&(began.elapsed().as_millis() as u32).to_le_bytes());
            for (_, datagram) in newest.iter().enumerate().filter(|(of, _)| *of != to) {
                // Without the keys that are named before the figure.
                let datagram = datagram.lock().unwrap_or_else(PoisonError::into_inner);
                bytes.extend_from_slice(datagram.get(UP_HEADER_BYTES..).unwrap_or_default());
            }
            let _ = quic.send_datagram(bytes.into());
        }
    }
}
