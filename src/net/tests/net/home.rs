//! A device at home: a disk that outlives its process, and its link.

use crate::clinic::{DIGITS, HOME, Running, sign};
use baro_net::{Address, Device, Known, Link, NewDevice, NotDone, PairError, Paired, pair};
use baro_sync::{Actor, Content, Key, Row, Told};
use baro_wire::*;
use ed25519_dalek::SigningKey;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

pub const PATIENT: PersonId = PersonId([1; 16]);
pub const THERAPIST: PersonId = PersonId([3; 16]);

#[derive(Default)]
pub struct Disk {
    pub rows: BTreeMap<u64, (Row, bool)>,
    pub chunks: BTreeMap<(RecordId, u32), Vec<u8>>,
    pub kept: Cursor,
    pub entries: Vec<Entry>,
}

#[derive(Clone)]
pub struct Home {
    pub device: SigningKey,
    pub person_key: SigningKey,
    pub person: PersonId,
    pub role: Role,
    pub disk: Arc<Mutex<Disk>>,
}

pub fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}

impl Home {
    pub fn new(person: PersonId, role: Role) -> Self {
        let key = || SigningKey::from_bytes(&std::array::from_fn(|_| fastrand::u8(..)));
        Self { device: key(), person_key: key(), person, role, disk: Arc::default() }
    }

    /// A device that was paired as people do it.
    pub fn paired(at: &Running, person: PersonId, role: Role) -> Self {
        let home = Self::new(person, role);
        let paired = home.pair(&at.invite(person, role)).unwrap();
        assert_eq!(paired, Paired { person, organisation: HOME, device: home.id(), role });
        home
    }

    pub fn pair(&self, invite: &baro_net::Invite) -> Result<Paired, PairError> {
        let sign = |message: &[u8]| sign(&self.device, message);
        let (key, person_key) = (public(&self.device), public(&self.person_key));
        pair(invite, &NewDevice { key, person_key, sign: &sign, name: "the laptop in the kitchen" })
    }

    pub fn id(&self) -> DeviceId {
        DeviceId::of(&public(&self.device))
    }

    pub fn actor(&self) -> Actor {
        Actor { organisation: HOME, person: self.person, device: self.id(), role: self.role }
    }

    /// A process of the device.
    pub fn link(&self, to: Address) -> Link {
        let disk = self.disk.lock().unwrap();
        let next_number = disk.rows.keys().next_back().map_or(1, |number| number + 1);
        let known = Known { device: self.id(), next_number, kept: disk.kept };
        drop(disk);
        Link::start(to, known, self.clone()).unwrap()
    }

    /// A record of so many chunks on this disk, and the items that send it.
    pub fn record(&self, chunks: u32, bytes: usize) -> (RecordId, Vec<(Key, Content)>) {
        let record = RecordId(std::array::from_fn(|_| fastrand::u8(..)));
        let (mut items, mut previous, started_ms) = (Vec::new(), Digest::default(), 1);
        for index in 0..chunks {
            let mut chunk = public(&self.person_key).0.to_vec();
            chunk.resize_with(bytes, || fastrand::u8(..));
            let digest = sha256(&[&chunk]);
            self.disk.lock().unwrap().chunks.insert((record, index), chunk);
            items.push((Key::Chunk(record, index), Content::Chunk { digest, previous, started_ms }));
            previous = digest;
        }
        items.push((Key::Seal(record, chunks), Content::Seal { chunks, last: previous, started_ms }));
        (record, items)
    }

    pub fn settled(&self) -> usize {
        self.disk.lock().unwrap().rows.values().filter(|(_, settled)| *settled).count()
    }

    pub fn entries(&self) -> usize {
        self.disk.lock().unwrap().entries.len()
    }
}

pub fn add(link: &Link, items: Vec<(Key, Content)>) {
    items.into_iter().for_each(|(key, content)| link.add(key, content).unwrap());
}

pub fn post(about: PersonId, body: PostBody) -> (Key, Content) {
    let id = PostId(std::array::from_fn(|_| fastrand::u8(..)));
    (Key::Post(id), Content::Post(Box::new(Post { id, about, written_ms: 1, body })))
}

pub fn message(about: PersonId, text: &str) -> (Key, Content) {
    post(about, PostBody::Message { answers: None, text: Text::new(text).unwrap() })
}

/// What the person of a device agrees to before anything is kept.
pub fn agree(home: &Home, link: &Link) {
    for purpose in Purpose::ALL {
        add(link, vec![post(home.person, PostBody::Consent { purpose, text_version: 1, given: true })]);
    }
    crate::until("consents are there", 20, || link.told() == Told::UpToDate && home.settled() >= 4);
}

impl Device for Home {
    fn store(&mut self, row: &Row) -> Result<(), NotDone> {
        let mut disk = self.disk.lock().unwrap();
        if !disk.rows.values().any(|(each, _)| each.key == row.key) {
            disk.rows.insert(row.number, (row.clone(), false));
        }
        Ok(())
    }

    fn page(&mut self, after: u64, most: usize) -> Result<(Vec<Row>, bool), NotDone> {
        let disk = self.disk.lock().unwrap();
        let open = disk.rows.range(after + 1..).filter(|(_, (_, settled))| !settled);
        let mut rows: Vec<Row> = open.map(|(_, (row, _))| row.clone()).take(most + 1).collect();
        let end = rows.len() <= most;
        rows.truncate(most);
        Ok((rows, end))
    }

    fn load(&mut self, chunk: &ChunkId) -> Option<Vec<u8>> {
        self.disk.lock().unwrap().chunks.get(&(chunk.record, chunk.index)).cloned()
    }

    fn settle(&mut self, key: &Key, _: Option<&Receipt>) -> Result<(), NotDone> {
        let mut disk = self.disk.lock().unwrap();
        disk.rows.values_mut().filter(|(row, _)| row.key == *key).for_each(|(_, settled)| *settled = true);
        Ok(())
    }

    fn keep(&mut self, entries: Vec<Entry>, cursor: Cursor) -> Result<(), NotDone> {
        let mut disk = self.disk.lock().unwrap();
        disk.entries.extend(entries);
        disk.kept = cursor;
        Ok(())
    }

    fn prove(&mut self, challenge: &Digest) -> Option<(Signature, PersonProof)> {
        let signed = sign_in_proof(challenge, &self.id());
        let person = match self.role {
            role if role.is_staff() => PersonProof::Factor { digits: DIGITS },
            _ => PersonProof::Key { signature: sign(&self.person_key, &signed) },
        };
        Some((sign(&self.device, &signed), person))
    }
}
