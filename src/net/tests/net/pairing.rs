//! Who the server is, and who may come to it.

use crate::clinic::Running;
use crate::home::{Home, PATIENT, THERAPIST};
use crate::raw::{Raw, greet, on, reply, say};
use crate::until;
use baro_net::{Device as _, Fault, Identity, Invite, NewDevice, PairError, Pin, pair};
use baro_sync::Told;
use baro_wire::*;
use quinn::{Endpoint, ServerConfig, crypto::rustls::QuicServerConfig};
use rustls::{
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    sync::{Arc, atomic::Ordering::SeqCst},
    time::{Duration, Instant},
};
use tokio::time::sleep;

#[test]
fn a_code_is_good_for_one_device() {
    let server = Running::start();
    let invite = server.invite(PATIENT, Role::Patient);
    let (first, second) = (Home::new(PATIENT, Role::Patient), Home::new(PATIENT, Role::Patient));
    let paired = first.pair(&invite).unwrap();
    assert_eq!(first.pair(&invite).unwrap(), paired, "its first answer may have been lost");
    assert!(matches!(second.pair(&invite), Err(PairError::WrongCode)));
    let sign = |_: &[u8]| Signature { r: Digest([1; 32]), s: Digest([1; 32]) };
    let (key, name) = (PublicKey([7; 32]), "a name that is too long ".repeat(5));
    let long = pair(&invite, &NewDevice { key, person_key: key, sign: &sign, name: &name });
    assert!(matches!(long, Err(PairError::Name)));
}

#[test]
fn guessing_codes_is_slowed_down() {
    let server = Running::start();
    let home = Home::new(PATIENT, Role::Patient);
    let guess = |n: usize| {
        home.pair(&Invite { server: server.address(), code: Text::new(format!("GUESS{n}")).unwrap() })
    };
    for n in 0..5 {
        assert!(matches!(guess(n), Err(PairError::WrongCode)));
    }
    assert!(matches!(guess(7), Err(PairError::Wait(1..))));
}

#[test]
fn another_server_is_refused() {
    let server = Running::start();
    let home = Home::new(PATIENT, Role::Patient);
    let mut invite = server.invite(PATIENT, Role::Patient);
    invite.server.pin = Pin([7; 32]);
    assert!(matches!(home.pair(&invite), Err(PairError::Fault(Fault::OtherServer))));
    let link = home.link(invite.server);
    until("it is told", 10, || link.fault() == Some(Fault::OtherServer));
    assert_eq!(link.told(), Told::Offline);
    let counts = server.counts();
    assert_eq!((counts.connections, counts.bytes_in), (0, 0), "nothing was said: {counts:?}");
    assert!(counts.handshake_failures >= 2);
}

/// Shows a certificate whose key it does not have.
#[derive(Debug)]
struct Thief(Arc<CertifiedKey>);

impl ResolvesServerCert for Thief {
    fn resolve(&self, _: ClientHello) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

#[test]
fn a_stolen_certificate_without_its_key_is_refused() {
    let (clinic, thief) = (Identity::new().unwrap(), Identity::new().unwrap());
    let certificate = CertificateDer::from_pem_slice(clinic.to_pem().as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(thief.to_pem().as_bytes()).unwrap();
    let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
    let shown = Thief(Arc::new(CertifiedKey::new(vec![certificate], key)));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(shown));
    config.alpn_protocols = vec![b"baro".to_vec()];
    let config = ServerConfig::with_crypto(Arc::new(QuicServerConfig::try_from(config).unwrap()));
    on(async {
        let endpoint = Endpoint::server(config, ([127, 0, 0, 1], 0).into()).unwrap();
        let port = endpoint.local_addr().unwrap().port();
        let serving = tokio::spawn(async move {
            let incoming = endpoint.accept().await.unwrap();
            incoming.await.map(drop)
        });
        let server = baro_net::Address { host: "127.0.0.1".into(), port, pin: clinic.pin() };
        let invite = Invite { server, code: Text::new("CODE").unwrap() };
        let tried = tokio::task::spawn_blocking(move || Home::new(PATIENT, Role::Patient).pair(&invite));
        assert!(matches!(tried.await.unwrap(), Err(PairError::Fault(Fault::OtherServer))));
        assert!(serving.await.unwrap().is_err());
    });
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let mut server = Running::start();
    let invite = server.invite(PATIENT, Role::Patient);
    server.kill();
    let tried = Home::new(PATIENT, Role::Patient).pair(&invite);
    assert!(matches!(tried, Err(PairError::Fault(Fault::Unreachable))), "{tried:?}");
}

/// Signs in with digits while the server's disk takes its time, and asks something before there is an answer.
async fn signs_in_and_asks(server: &Running, therapist: &mut Home) -> [Option<Reply>; 2] {
    let raw = Raw::new();
    let connection = raw.connect(server.addr).await;
    let (_, challenge) = greet(&connection, Version::SERVED).await;
    let (proof, person) = therapist.prove(&challenge).unwrap();
    let version = Version::NEWEST;
    let say = async |request: &Request| {
        let answer = say(&connection, &encode(request, version).unwrap()).await;
        answer.ok().filter(|frame| !frame.is_empty()).map(|frame| reply(&frame, version))
    };
    let sign_in = Request::SignIn { device: therapist.id(), proof, person };
    let before = async {
        sleep(Duration::from_millis(100)).await;
        say(&Request::Feed { after: 0, most: 1 }).await
    };
    let (signed_in, asked) = tokio::join!(say(&sign_in), before);
    [signed_in, asked]
}

#[test]
fn digits_that_were_used_elsewhere_end_the_connection() {
    let server = Running::start();
    let mut therapist = Home::paired(&server, THERAPIST, Role::Therapist);
    server.clinic().factor_ms.store(300, SeqCst);
    on(async {
        let began = Instant::now();
        let answers = signs_in_and_asks(&server, &mut therapist).await;
        assert!(began.elapsed() >= Duration::from_millis(300), "not before it is on the disk");
        assert!(matches!(answers, [Some(Reply::SignedIn { .. }), Some(Reply::Feed { .. })]), "{answers:?}");
        server.clinic().used.store(true, SeqCst);
        let answers = signs_in_and_asks(&server, &mut therapist).await;
        assert_eq!(answers, [None, None], "neither in, nor anything to see in the meantime");
    });
    until("the connections end", 5, || server.counts().signed_in == 0);
}
