//! Many clients that are signed in and say nothing: QUIC by hand, since a link of its own threads each is for one person's computer.

use crate::server::Server;
use anyhow::{Context as _, Result, bail};
use baro_net::{NewDevice, pair};
use baro_record::PersonKey;
use baro_wire::*;
use quinn::{ClientConfig, Connection, Endpoint, TransportConfig, crypto::rustls::QuicClientConfig};
use rustls::{
    DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use std::{net::Ipv4Addr, sync::Arc, time::Duration};

/// Of one address, below what the server lets in.
const OF_ONE_ADDRESS: usize = 200;
/// What opening took is given back by then.
const SETTLES: Duration = Duration::from_secs(20);

/// Memory in MB that the server has before anybody came, and with so many.
pub fn resident_mb(server: &Server, clients: usize) -> Result<(f64, f64)> {
    let device = PersonKey::from_seed(&[9; 32]);
    let key = PublicKey(device.author().0);
    let sign = |message: &[u8]| device.prove(message).into();
    let invite = server.invite()?;
    pair(&invite, &NewDevice { key, person_key: key, sign: &sign, name: "bench" })?;
    let before = server.resident_mb()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let config = config()?;
        let to = (invite.server.host.parse::<Ipv4Addr>()?, invite.server.port).into();
        let (mut endpoints, mut open) = (Vec::<Endpoint>::new(), Vec::new());
        for n in 0..clients {
            if n % OF_ONE_ADDRESS == 0 {
                let address = Ipv4Addr::new(127, 0, 1, u8::try_from(1 + n / OF_ONE_ADDRESS)?);
                endpoints.push(Endpoint::client((address, 0).into())?);
            }
            let endpoint = endpoints.last().context("no endpoint")?;
            let connection = endpoint.connect_with(config.clone(), to, "baro")?.await;
            let connection = connection.with_context(|| format!("client {n} was not let in"))?;
            sign_in(&connection, &device).await.with_context(|| format!("client {n} was not signed in"))?;
            open.push(connection);
        }
        tokio::time::sleep(SETTLES).await;
        let after = server.resident_mb()?;
        if let Some(gone) = open.iter().find_map(Connection::close_reason) {
            bail!("a client was lost: {gone}");
        }
        Ok((before, after))
    })
}

async fn sign_in(connection: &Connection, device: &PersonKey) -> Result<()> {
    let hello = Hello::new(Text::new("bench")?);
    let welcome: Welcome = decode(&say(connection, &encode(&hello, Version::V1)?).await?, Version::V1)?;
    let Welcome::Accepted { challenge, .. } = welcome else { bail!("{welcome:?}") };
    let id = DeviceId::of(&PublicKey(device.author().0));
    let proof: Signature = device.prove(&sign_in_proof(&challenge, &id)).into();
    let request = Request::SignIn { device: id, proof, person: PersonProof::Key { signature: proof } };
    let newest = Version::NEWEST;
    match decode(&say(connection, &encode(&request, newest)?).await?, newest)? {
        Reply::SignedIn { .. } => Ok(()),
        other => bail!("{other:?}"),
    }
}

/// A frame there, a payload back.
async fn say(connection: &Connection, frame: &[u8]) -> Result<Vec<u8>> {
    let (mut send, mut recv) = connection.open_bi().await?;
    send.write_all(frame).await?;
    send.finish()?;
    let answer = recv.read_to_end(limits::MESSAGE_BYTES).await?;
    Ok(answer.get(limits::FRAME_HEADER_BYTES..).context("no frame")?.to_vec())
}

fn config() -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anyone(provider)))
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"baro".to_vec()];
    let mut config = ClientConfig::new(Arc::new(QuicClientConfig::try_from(tls)?));
    let mut transport = TransportConfig::default();
    transport.keep_alive_interval(Some(Duration::from_secs(12)));
    config.transport_config(Arc::new(transport));
    Ok(config)
}

/// Who the server is does not matter to its memory.
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
        Err(Error::General("TLS 1.3 only".to_owned()))
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
