//! TLS 1.3 with one pinned key.
//!
//! The pin decides alone: names and dates in a certificate mean nothing here, since it signs itself and a device at home may not
//! know what day it is. That the other side holds the pinned key is checked by TLS's own signature over the handshake.

use crate::{Identity, Pin};
use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use rustls::{
    DigitallySignedStruct, Error, SignatureScheme,
    client::{
        Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ServerSessionMemoryCache,
    version::TLS13,
};
use std::sync::Arc;

/// What both sides call the protocol.
const ALPN: &[u8] = b"baro";
/// Sessions that the server takes up again without the whole handshake. Each is used once, so its early data can't be replayed.
const RESUMABLE: usize = 8_192;
/// In QUIC early data is either off or this; how much it may be is set by the stream's limits.
const EARLY_DATA: u32 = u32::MAX;

/// A fault in how this program was put together or in the identity's key; never the peer's doing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("TLS can't be set up: {0}")]
pub struct TlsError(String);

pub(crate) fn server(identity: &Identity) -> Result<QuicServerConfig, TlsError> {
    let set_up = || {
        let mut config = rustls::ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13])?
            .with_no_client_auth()
            .with_single_cert(vec![identity.certificate.clone()], identity.key.clone_key())?;
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.session_storage = ServerSessionMemoryCache::new(RESUMABLE);
        config.send_tls13_tickets = 1;
        config.max_early_data_size = EARLY_DATA;
        Ok(config)
    };
    let config = set_up().map_err(|error: Error| TlsError(error.to_string()))?;
    QuicServerConfig::try_from(config).map_err(|error| TlsError(error.to_string()))
}

/// Tickets for the next connection are kept in it, in memory.
pub(crate) fn client(pin: Pin) -> Result<QuicClientConfig, TlsError> {
    let set_up = || {
        let provider = provider();
        let verifier = Arc::new(Pinned { pin, provider: Arc::clone(&provider) });
        let mut config = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.resumption = Resumption::in_memory_sessions(4);
        config.enable_early_data = true;
        Ok(config)
    };
    let config = set_up().map_err(|error: Error| TlsError(error.to_string()))?;
    QuicClientConfig::try_from(config).map_err(|error| TlsError(error.to_string()))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Accepts exactly one key.
#[derive(Debug)]
struct Pinned {
    pin: Pin,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer,
        _: &[CertificateDer],
        _: &ServerName,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if Pin::of(end_entity) == Some(self.pin) {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(rustls::CertificateError::ApplicationVerificationFailure))
        }
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("TLS 1.3 only".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
