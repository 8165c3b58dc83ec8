//! QUIC by hand: what a client could do that is not ours.

use crate::clinic::sign;
use crate::home::Home;
use baro_wire::*;
use quinn::{ClientConfig, Connection, Endpoint, crypto::rustls::QuicClientConfig};
use rustls::{
    DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use std::{net::SocketAddr, sync::Arc};

/// Runs a test's own side.
pub fn on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

pub struct Raw {
    pub endpoint: Endpoint,
    config: ClientConfig,
}

impl Raw {
    pub fn new() -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anyone(provider)))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"baro".to_vec()];
        config.enable_early_data = true;
        let config = ClientConfig::new(Arc::new(QuicClientConfig::try_from(config).unwrap()));
        Self { endpoint: Endpoint::client(([127, 0, 0, 1], 0).into()).unwrap(), config }
    }

    pub fn connecting(&self, to: SocketAddr) -> quinn::Connecting {
        self.endpoint.connect_with(self.config.clone(), to, "baro").unwrap()
    }

    pub async fn connect(&self, to: SocketAddr) -> Connection {
        self.connecting(to).await.unwrap()
    }
}

/// Bytes there, bytes back.
pub async fn say(connection: &Connection, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let (mut send, mut recv) = connection.open_bi().await.map_err(|error| error.to_string())?;
    // The server may have heard enough.
    let _ = send.write_all(bytes).await;
    let _ = send.finish();
    recv.read_to_end(300_000).await.map_err(|error| error.to_string())
}

pub async fn ask(connection: &Connection, request: &Request, version: Version) -> Reply {
    reply(&say(connection, &encode(request, version).unwrap()).await.unwrap(), version)
}

pub fn reply(frame: &[u8], version: Version) -> Reply {
    decode(&frame[limits::FRAME_HEADER_BYTES..], version).unwrap()
}

pub fn hello(versions: &[Version]) -> Vec<u8> {
    let mut hello = Hello::new(Text::new("raw").unwrap());
    let offers = hello.offers.iter().filter(|offer| versions.iter().any(|v| v.number() == offer.version));
    hello.offers = List::new(offers.copied().collect::<Vec<_>>()).unwrap();
    encode(&hello, Version::V1).unwrap()
}

/// The version and the challenge.
pub async fn greet(connection: &Connection, versions: &[Version]) -> (u16, Digest) {
    let answer = say(connection, &hello(versions)).await.unwrap();
    match decode(&answer[limits::FRAME_HEADER_BYTES..], Version::V1).unwrap() {
        Welcome::Accepted { version, challenge, .. } => (version, challenge),
        other => panic!("{other:?}"),
    }
}

pub async fn sign_in(connection: &Connection, home: &Home, challenge: Digest, version: Version) {
    let signed = sign_in_proof(&challenge, &home.id());
    let person = PersonProof::Key { signature: sign(&home.person_key, &signed) };
    let request = Request::SignIn { device: home.id(), proof: sign(&home.device, &signed), person };
    let answer = ask(connection, &request, version).await;
    assert!(matches!(answer, Reply::SignedIn { .. }), "{answer:?}");
}

#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer,
        _: &[CertificateDer],
        _: &ServerName,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
