//! The server's side: the embedded store and real keys, in a process that can be killed.

use baro_net::{Address, Backend, Counts, Hub, Identity, Invite, Limits, Server, Unavailable};
use baro_store::{Assignment, Options, Sqlite, Store as _, StoreError};
use baro_sync::{Account, Actor, Data, Facts, Invitation, Keys, Write, Written, audit, code_hash};
use baro_wire::*;
use ed25519_dalek::{Signature as Signed, Signer as _, SigningKey, VerifyingKey};
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub const HOME: OrganisationId = OrganisationId([1; 16]);
pub const DIGITS: u32 = 123_456;

/// The store and keys of a server, behind whichever process runs now.
pub struct Clinic {
    store: Mutex<Sqlite>,
    keys: ServerKeys,
    /// As if the database had gone away.
    pub silent: AtomicBool,
    /// How long the next one waits at the door of a class after it was read what they agree to, in ms.
    pub door_ms: AtomicUsize,
    /// How long each chunk takes, in ms.
    pub slow_ms: AtomicUsize,
    /// The digits of second factors were used before, at another server.
    pub used: AtomicBool,
    /// How long it takes to write down that they were used, in ms.
    pub factor_ms: AtomicUsize,
}

struct ServerKeys(SigningKey);

pub fn verify(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let bytes: [u8; 64] = (*signature).into();
    VerifyingKey::from_bytes(&key.0)
        .is_ok_and(|key| key.verify_strict(message, &Signed::from_bytes(&bytes)).is_ok())
}

pub fn sign(key: &SigningKey, message: &[u8]) -> Signature {
    key.sign(message).to_bytes().into()
}

impl Keys for ServerKeys {
    fn verify(&self, key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        verify(key, message, signature)
    }
    fn own(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }
    fn sign(&self, message: &[u8]) -> Signature {
        sign(&self.0, message)
    }
    /// Chunks of these tests begin with their author's key; what a record's chunk is, is tested in `record`.
    fn author(&self, chunk: &ChunkId, _: &Digest, bytes: &[u8]) -> Option<PublicKey> {
        bytes.first_chunk().filter(|_| sha256(&[bytes]) == chunk.digest).map(|key| PublicKey(*key))
    }
    fn factor(&self, _: PersonId, digits: u32, _: i64) -> bool {
        digits == DIGITS
    }
}

impl Clinic {
    fn ask<T>(&self, ask: impl FnOnce(&mut Sqlite) -> Result<T, StoreError>) -> Result<T, Unavailable> {
        if self.silent.load(SeqCst) {
            return Err(Unavailable);
        }
        ask(&mut self.store.lock().unwrap()).map_err(|_| Unavailable)
    }
}

impl Backend for Clinic {
    async fn find(&self, device: DeviceId) -> Result<Option<Account>, Unavailable> {
        self.ask(|store| store.find(device))
    }
    async fn look(&self, actor: Actor, request: Request) -> Result<(Facts, Data), Unavailable> {
        let looked = self.ask(|store| store.look(&actor, &request));
        if let Request::EnterRoom { .. } = request {
            let wait_ms = self.door_ms.swap(0, SeqCst) as u64;
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
        looked
    }
    async fn log(&self, drafts: Vec<audit::Draft>) -> Result<(), Unavailable> {
        self.ask(|store| store.log(&drafts))
    }
    async fn write(&self, actor: Option<Actor>, write: Write) -> Result<Written, Unavailable> {
        if matches!(write, Write::Chunk { .. }) {
            tokio::time::sleep(Duration::from_millis(self.slow_ms.load(SeqCst) as u64)).await;
        }
        self.ask(|store| store.write(actor.as_ref(), &write))
    }
    async fn use_factor(&self, _: PersonId) -> Result<bool, Unavailable> {
        tokio::time::sleep(Duration::from_millis(self.factor_ms.load(SeqCst) as u64)).await;
        self.ask(|_| Ok(!self.used.load(SeqCst)))
    }
    async fn news(&self, post: PostId) -> Vec<(PersonId, Cursor)> {
        self.ask(|store| store.news(post)).unwrap_or_default()
    }
    fn keys(&self) -> &dyn Keys {
        &self.keys
    }
}

/// A server's process, and what outlives it.
pub struct Running {
    folder: TempDir,
    pub identity: Identity,
    pub addr: SocketAddr,
    limits: Limits,
    process: Option<Process>,
    codes: AtomicUsize,
}

struct Process {
    runtime: Runtime,
    clinic: Arc<Clinic>,
    server: Arc<Server<Clinic>>,
}

impl Running {
    pub fn start() -> Self {
        Self::with(Limits::default())
    }

    pub fn with(limits: Limits) -> Self {
        let mut running = Self {
            folder: TempDir::new().unwrap(),
            identity: Identity::new().unwrap(),
            addr: ([127, 0, 0, 1], 0).into(),
            limits,
            process: None,
            codes: AtomicUsize::new(0),
        };
        running.come_back();
        running
    }

    /// A new process on the same port.
    pub fn come_back(&mut self) {
        let mut store = Sqlite::open(&self.database(), Options::default()).unwrap();
        store.add_organisation(HOME, "Clinic").unwrap();
        let clinic = Arc::new(Clinic {
            store: Mutex::new(store),
            keys: ServerKeys(SigningKey::from_bytes(&[200; 32])),
            silent: AtomicBool::new(false),
            door_ms: AtomicUsize::new(0),
            slow_ms: AtomicUsize::new(0),
            used: AtomicBool::new(false),
            factor_ms: AtomicUsize::new(0),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.unwrap();
        let within = runtime.enter();
        let server = Server::bind(self.addr, &self.identity, self.limits, Arc::clone(&clinic)).unwrap();
        let server = Arc::new(server);
        drop(within);
        self.addr = server.local_addr().unwrap();
        runtime.spawn({
            let server = Arc::clone(&server);
            async move { server.serve().await }
        });
        self.process = Some(Process { runtime, clinic, server });
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("baro.db")
    }

    fn process(&self) -> &Process {
        self.process.as_ref().unwrap()
    }

    pub fn clinic(&self) -> &Clinic {
        &self.process().clinic
    }

    /// As when the operator erases somebody beside the server.
    pub fn erased(&self, person: PersonId) {
        let erased = self.clinic().ask(|store| store.erase(person, 1));
        assert!(matches!(erased, Ok(Some(_))));
        self.process().runtime.block_on(self.process().server.erased(person));
    }

    pub fn hub(&self) -> Arc<Hub> {
        self.process().server.hub()
    }

    pub fn counts(&self) -> Counts {
        self.hub().counts()
    }

    /// Without a word to anybody.
    pub fn kill(&mut self) {
        let Process { runtime, .. } = self.process.take().unwrap();
        runtime.shutdown_timeout(Duration::from_secs(5));
    }

    pub fn stop(&mut self) {
        let Process { runtime, server, .. } = self.process.take().unwrap();
        runtime.block_on(server.stop());
    }

    pub fn address(&self) -> Address {
        Address { host: self.addr.ip().to_string(), port: self.addr.port(), pin: self.identity.pin() }
    }

    pub fn invite(&self, person: PersonId, role: Role) -> Invite {
        let number = self.codes.fetch_add(1, SeqCst);
        let code = format!("CODE{number}X{}", person.0[0]);
        let invitation = Invitation { organisation: HOME, person, role, ends_ms: i64::MAX };
        let made = self.clinic().ask(|store| store.invite(code_hash(&code), &invitation));
        assert_eq!(made, Ok(true));
        Invite { server: self.address(), code: Text::new(code).unwrap() }
    }

    pub fn treats(&self, therapist: PersonId, patient: PersonId) {
        let treats = self.clinic().ask(|store| store.assign(therapist, patient, Assignment::Treats));
        assert_eq!(treats, Ok(true));
    }

    /// What the store has of a record of its owner's.
    pub fn chunks(&self, actor: Actor, record: RecordId) -> Vec<u32> {
        let asked = self.clinic().ask(|store| store.look(&actor, &Request::Have { record, from: 0 }));
        match asked {
            Ok((_, Data::Reply(reply))) => match *reply {
                Reply::Record { have, .. } => have.iter().map(|chunk| chunk.index).collect(),
                other => panic!("{other:?}"),
            },
            _ => Vec::new(),
        }
    }

    pub fn requests(&self, ask: Ask) -> u64 {
        self.counts().requests.iter().find(|(each, _)| *each == ask).unwrap().1
    }
}
