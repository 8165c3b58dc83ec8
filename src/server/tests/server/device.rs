//! A device of somebody, over QUIC, with real keys.

use baro_net::{Address, Device, Invite, Known, Link, NewDevice, NotDone, RoomLink, Visitor, pair};
use baro_record::{PersonKey, Sending};
use baro_sync::Row;
use baro_wire::*;
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// A paired device.
pub struct Paired {
    pub is: baro_net::Paired,
    server: Address,
    key: SigningKey,
    proof: Proof,
}

/// How its person shows that they are there.
#[derive(Clone)]
pub enum Proof {
    Key(Arc<SigningKey>),
    Factor(u32),
}

struct Disk(SigningKey, DeviceId, Proof);

impl Device for Disk {
    fn store(&mut self, _: &Row) -> Result<(), NotDone> {
        Ok(())
    }
    fn page(&mut self, _: u64, _: usize) -> Result<(Vec<Row>, bool), NotDone> {
        Ok((Vec::new(), true))
    }
    fn load(&mut self, _: &ChunkId) -> Option<Vec<u8>> {
        None
    }
    fn settle(&mut self, _: &baro_sync::Key, _: Option<&Receipt>) -> Result<(), NotDone> {
        Ok(())
    }
    fn keep(&mut self, _: Vec<Entry>, _: Cursor) -> Result<(), NotDone> {
        Ok(())
    }
    fn prove(&mut self, challenge: &Digest) -> Option<(Signature, PersonProof)> {
        let proof = sign_in_proof(challenge, &self.1);
        let sign = |key: &SigningKey| key.sign(&proof).to_bytes().into();
        let person = match &self.2 {
            Proof::Key(key) => PersonProof::Key { signature: sign(key) },
            Proof::Factor(digits) => PersonProof::Factor { digits: *digits },
        };
        Some((sign(&self.0), person))
    }
}

/// The seed of the person whose records `set` writes.
const PERSON: [u8; 32] = [7; 32];

/// Pairs a new device; its number makes its key.
pub fn paired(invite: &Invite, number: u8) -> Paired {
    let key = SigningKey::from_bytes(&[number; 32]);
    let person = SigningKey::from_bytes(&PERSON);
    assert_eq!(person.verifying_key().to_bytes(), PersonKey::from_seed(&PERSON).author().0);
    let sign = |message: &[u8]| key.sign(message).to_bytes().into();
    let public = |key: &SigningKey| PublicKey(key.verifying_key().to_bytes());
    let new =
        NewDevice { key: public(&key), person_key: public(&person), sign: &sign, name: "Anneliese's phone" };
    let is = pair(invite, &new).unwrap();
    Paired { is, server: invite.server.clone(), key, proof: Proof::Key(Arc::new(person)) }
}

impl Paired {
    /// That comes to another node first.
    pub fn at(mut self, port: u16) -> Self {
        self.server.port = port;
        self
    }

    pub fn with(mut self, proof: Proof) -> Self {
        self.proof = proof;
        self
    }

    /// Connected and signed in as this.
    pub fn online(&self, role: Role) -> Link {
        let link = self.link();
        let begun = Instant::now();
        while link.role() != Some(role) {
            assert!(begun.elapsed() < Duration::from_secs(10), "{:?} {:?}", link.told(), link.fault());
            std::thread::sleep(Duration::from_millis(10));
        }
        link
    }

    /// On the way into a new class.
    pub fn class(&self) -> RoomLink {
        self.enter(room::Door::Open { title: Text::default() }, room::Shows::NOTHING)
    }

    /// On the way into a class.
    pub fn enter(&self, door: room::Door, shows: room::Shows) -> RoomLink {
        let visitor = Visitor {
            server: self.server.clone(),
            device: self.is.device,
            door,
            called: Text::default(),
            shows,
        };
        let (key, device, proof) = (self.key.clone(), self.is.device, self.proof.clone());
        let prove = move |challenge: &Digest| Disk(key.clone(), device, proof.clone()).prove(challenge);
        RoomLink::enter(visitor, Box::new(prove)).unwrap()
    }

    /// On its way.
    pub fn link(&self) -> Link {
        let known = Known { device: self.is.device, next_number: 1, kept: 0 };
        let disk = Disk(self.key.clone(), self.is.device, self.proof.clone());
        Link::start(self.server.clone(), known, disk).unwrap()
    }
}

/// Asks, and waits for the answer.
pub fn ask(link: &Link, request: Request) -> Reply {
    link.ask(request).recv_timeout(Duration::from_secs(10)).unwrap().expect("an answer")
}

/// Posts something about a person.
pub fn post(link: &Link, number: u8, about: PersonId, body: PostBody) -> Reply {
    let post = Post { id: PostId([number; 16]), about, written_ms: 5, body };
    ask(link, Request::Post { post })
}

/// Agrees to all that is asked.
pub fn agree(link: &Link, person: PersonId) {
    for purpose in Purpose::ALL {
        let body = PostBody::Consent { purpose, text_version: 1, given: true };
        let reply = post(link, 100 + purpose as u8, person, body);
        assert!(matches!(reply, Reply::Posted { .. }), "{reply:?}");
    }
}

/// A record of somebody, and all its chunks at the server.
pub fn send(link: &Link, path: &Path) -> Sending {
    let sending = Sending::of(path).unwrap();
    let record = RecordId(*sending.record.as_bytes());
    let reply = ask(link, Request::OfferRecord { record, started_ms: 1 });
    assert!(matches!(reply, Reply::Record { .. }), "{reply:?}");
    for chunk in &sending.chunks {
        let id = ChunkId { record, index: chunk.index, digest: Digest(chunk.digest().0) };
        let bytes = Bytes::new(chunk.to_bytes().unwrap()).unwrap();
        let put = Request::PutChunk { chunk: id, previous: Digest(chunk.previous.0), bytes };
        let reply = ask(link, put);
        assert_eq!(reply, Reply::Chunk { chunk: id, outcome: Outcome::Created });
    }
    let last = Digest(sending.chunks.last().unwrap().digest().0);
    let chunks = sending.chunks.len() as u32;
    let reply = ask(link, Request::SealRecord { record, chunks, last });
    assert_eq!(reply, Reply::Sealed { record, outcome: Outcome::Created });
    sending
}

/// What an authenticator program shows.
pub fn digits_now(url: &str) -> u32 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    digits_of_step(&secret_of(url), now / 30)
}

/// What an authenticator program scans.
pub fn secret_of(url: &str) -> Vec<u8> {
    let secret = url.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap()
}

pub fn digits_of_step(secret: &[u8], step: u64) -> u32 {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret).unwrap();
    mac.update(&step.to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let at = usize::from(hash[19] & 15);
    (u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff) % 1_000_000
}
