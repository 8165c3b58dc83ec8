//! A server with the right key that talks nonsense: the device hangs up, waits and keeps what it has.

use crate::home::{Home, PATIENT, message};
use crate::until;
use baro_net::{Address, Identity};
use baro_sync::Told;
use baro_wire::*;
use quinn::{Connection, Endpoint, ServerConfig, crypto::rustls::QuicServerConfig};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

/// What the server says on the greeting's stream, on its own, and to a request.
#[derive(Clone)]
struct Nonsense {
    welcome: Vec<u8>,
    pushed: Vec<u8>,
    reply: Vec<u8>,
}

fn config(identity: &Identity) -> ServerConfig {
    let pem = identity.to_pem().as_bytes();
    let (certificate, key) =
        (CertificateDer::from_pem_slice(pem).unwrap(), PrivateKeyDer::from_pem_slice(pem).unwrap());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = vec![b"baro".to_vec()];
    ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(config).unwrap()))
}

async fn talk(connection: Connection, nonsense: Nonsense) {
    if !nonsense.pushed.is_empty() {
        let mut notes = connection.open_uni().await.unwrap();
        let _ = notes.write_all(&nonsense.pushed).await;
    }
    let mut says = nonsense.welcome;
    while let Ok((mut send, mut recv)) = connection.accept_bi().await {
        let _ = recv.read_to_end(2_000).await;
        let _ = send.write_all(&says).await;
        let _ = send.finish();
        says = nonsense.reply.clone();
    }
}

/// The device comes back for more of it, and has lost nothing.
fn is_survived(nonsense: Nonsense) {
    let identity = Identity::new().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let within = runtime.enter();
    let endpoint = Endpoint::server(config(&identity), ([127, 0, 0, 1], 0).into()).unwrap();
    let port = endpoint.local_addr().unwrap().port();
    runtime.spawn({
        let connections = Arc::clone(&connections);
        async move {
            while let Some(incoming) = endpoint.accept().await {
                let Ok(connection) = incoming.await else { continue };
                connections.fetch_add(1, SeqCst);
                tokio::spawn(talk(connection, nonsense.clone()));
            }
        }
    });
    drop(within);
    let home = Home::new(PATIENT, Role::Patient);
    let link = home.link(Address { host: "127.0.0.1".into(), port, pin: identity.pin() });
    let (key, content) = message(PATIENT, "kept");
    link.add(key, content).unwrap();
    until("it hangs up and comes back", 20, || connections.load(SeqCst) >= 2);
    until("and says so", 5, || link.told() == Told::Offline);
    assert_eq!((home.settled(), home.disk.lock().unwrap().rows.len()), (0, 1));
}

fn good_welcome() -> Vec<u8> {
    let welcome = Welcome::Accepted { version: 2, challenge: Digest([3; 32]), server_ms: 0 };
    encode(&welcome, Version::V1).unwrap()
}

#[test]
fn nonsense_for_a_greeting() {
    let said = |welcome| is_survived(Nonsense { welcome, pushed: Vec::new(), reply: Vec::new() });
    said(vec![255; 2_000]);
    said(vec![0, 0]);
    said(
        encode(&Welcome::Accepted { version: 77, challenge: Digest([3; 32]), server_ms: 0 }, Version::V1)
            .unwrap(),
    );
}

#[test]
fn nonsense_for_an_answer() {
    let said = |reply| is_survived(Nonsense { welcome: good_welcome(), pushed: Vec::new(), reply });
    said(vec![255; 300_000]);
    said(vec![9, 0, 0, 0, 1]);
    said(encode(&Reply::Resumed { role: Role::Admin }, Version::V3).unwrap());
}

#[test]
fn nonsense_without_being_asked() {
    let said = |pushed| is_survived(Nonsense { welcome: good_welcome(), pushed, reply: Vec::new() });
    said(vec![255; 100]);
    said(vec![1, 0, 0, 0, 99]);
}
