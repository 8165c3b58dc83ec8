//! How much a server takes in, and how quickly one session gets there.

use crate::{kills, person, server::Server};
use anyhow::{Context as _, Result, ensure};
use baro_agent::{Agent, Pairer, Told};
use baro_motion::PoseFrame;
use baro_net::{Device, Invite, Known, Link, NewDevice, NotDone, pair};
use baro_record::{Keys, PersonKey, Sending};
use baro_sync::{Content, Key, Row};
use baro_wire::{
    ChunkId, Cursor, DeviceId, Digest, Entry, PersonProof, Post, PostBody, PostId, PublicKey, Purpose,
    Receipt, RecordId, Signature, sign_in_proof,
};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    sync::{Arc, Mutex, PoisonError},
    thread::sleep,
    time::{Duration, Instant},
};

/// Frames of 10 minutes.
pub const FRAMES: usize = 18_000;
const PATIENCE: Duration = Duration::from_secs(300);

/// Bytes on this device's disk, and seconds from the end of the set until all of it is acknowledged: agent, disks and all.
pub fn one_session(server: &Server, raw: &[PoseFrame]) -> Result<(f64, f64)> {
    let home = tempfile::tempdir()?;
    let folder = person::person(home.path())?;
    Pairer::new(folder.clone())?.pair(&server.invite()?.to_string(), "bench", &person::ring())?;
    let actor = kills::actor(&folder)?;
    let agent = Agent::start(&folder, &person::ring())?.context("not paired")?;
    let (mut bytes, mut times) = (0, Vec::new());
    for n in 0..5 {
        until(|| agent.state().told == Some(Told::UpToDate))?;
        sleep(Duration::from_millis(1_500));
        let path = person::record(&folder, &format!("set{n}"), person::repeated(raw, FRAMES))?;
        bytes = fs::metadata(&path)?.len();
        let began = Instant::now();
        agent.look();
        until(|| agent.state().told == Some(Told::Busy))?;
        until(|| agent.state().told == Some(Told::UpToDate))?;
        times.push(began.elapsed().as_secs_f64());
        let sent = [Sending::of(&path)?];
        let there: usize = kills::there(server, actor, &sent)?.values().map(BTreeMap::len).sum();
        ensure!(there == sent[0].chunks.len(), "{there} of {} chunks are there", sent[0].chunks.len());
    }
    times.sort_by(f64::total_cmp);
    Ok((bytes as f64 / 1e6, times[times.len() / 2]))
}

/// Sessions a second that a server takes in from so many devices at once. The devices keep their own in memory, so that only
/// the server's disk is waited for.
pub fn sessions_per_s(server: &Server, raw: &[PoseFrame], devices: usize, each: usize) -> Result<f64> {
    let loads = (0..devices).map(|_| Load::new(&server.invite()?, raw, each)).collect::<Result<Vec<_>>>()?;
    let links = loads.iter().map(Load::start).collect::<Result<Vec<_>>>()?;
    for (link, load) in links.iter().zip(&loads) {
        load.agree(link)?;
    }
    until(|| links.iter().all(|link| link.told() == Told::UpToDate) && loads.iter().all(Load::is_done))?;
    let began = Instant::now();
    let mut waiting: Vec<_> = loads.iter().map(|load| load.items.clone().into_iter().peekable()).collect();
    while !loads.iter().all(|load| load.is_done() && load.rows() > load.items.len()) {
        for (items, link) in waiting.iter_mut().zip(&links) {
            // As many as the outbox takes.
            while let Some((key, content)) = items.peek()
                && link.add(*key, content.clone()).is_ok()
            {
                items.next();
            }
        }
        ensure!(began.elapsed() < PATIENCE, "not all is there after {PATIENCE:?}");
        sleep(Duration::from_millis(2));
    }
    Ok((devices * each) as f64 / began.elapsed().as_secs_f64())
}

/// A device in memory, with sessions of its own person.
struct Load {
    known: Known,
    invite: Invite,
    items: Vec<(Key, Content)>,
    disk: Memory,
    person: baro_wire::PersonId,
}

#[derive(Clone)]
struct Memory {
    keys: Arc<(PersonKey, Keys)>,
    device: DeviceId,
    chunks: Arc<HashMap<ChunkId, Vec<u8>>>,
    rows: Arc<Mutex<Rows>>,
}

#[derive(Default)]
struct Rows {
    open: BTreeMap<u64, Row>,
    count: usize,
}

impl Load {
    fn new(invite: &Invite, raw: &[PoseFrame], sessions: usize) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = person::person(home.path())?;
        let (mut seed, mut seeds) = ([0; 32], fastrand::Rng::new());
        seeds.fill(&mut seed);
        let device = PersonKey::from_seed(&seed);
        for n in 0..sessions {
            person::record(&folder, &format!("set{n}"), person::repeated(raw, FRAMES))?;
        }
        let (mut items, mut chunks) = (Vec::new(), HashMap::new());
        for sending in person::records(&folder)? {
            add(&sending, &mut items, &mut chunks)?;
        }
        let keys = Keys::of_folder(&folder.records(), &person::ring())?;
        let author = keys.author();
        let sign = |message: &[u8]| device.prove(message).into();
        let (key, person_key) = (PublicKey(device.author().0), PublicKey(author.0));
        let paired = pair(invite, &NewDevice { key, person_key, sign: &sign, name: "bench" })?;
        let disk = Memory {
            keys: Arc::new((device, keys)),
            device: paired.device,
            chunks: Arc::new(chunks),
            rows: Arc::default(),
        };
        let known = Known { device: paired.device, next_number: 1, kept: 0 };
        Ok(Self { known, invite: invite.clone(), items, disk, person: paired.person })
    }

    fn start(&self) -> Result<Link> {
        Ok(Link::start(self.invite.server.clone(), self.known, self.disk.clone())?)
    }

    fn agree(&self, link: &Link) -> Result<()> {
        let body = PostBody::Consent { purpose: Purpose::Keep, text_version: 1, given: true };
        let id = PostId(self.person.0);
        let post = Post { id, about: self.person, written_ms: 1, body };
        Ok(link.add(Key::Post(id), Content::Post(Box::new(post)))?)
    }

    /// All that was given to it is acknowledged.
    fn is_done(&self) -> bool {
        let rows = self.disk.rows();
        rows.count > 0 && rows.open.is_empty()
    }

    fn rows(&self) -> usize {
        self.disk.rows().count
    }
}

fn add(
    sending: &Sending,
    items: &mut Vec<(Key, Content)>,
    chunks: &mut HashMap<ChunkId, Vec<u8>>,
) -> Result<()> {
    let record = RecordId(*sending.record.as_bytes());
    let started_ms = i64::try_from(sending.started_unix_ms)?;
    for chunk in &sending.chunks {
        let (digest, previous) = (Digest(chunk.digest().0), Digest(chunk.previous.0));
        chunks.insert(ChunkId { record, index: chunk.index, digest }, chunk.to_bytes()?);
        items.push((Key::Chunk(record, chunk.index), Content::Chunk { digest, previous, started_ms }));
    }
    let last = sending.chunks.last().context("a record without a chunk")?;
    let (chunks, last) = (last.index + 1, Digest(last.digest().0));
    items.push((Key::Seal(record, chunks), Content::Seal { chunks, last, started_ms }));
    Ok(())
}

impl Memory {
    fn rows(&self) -> std::sync::MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Device for Memory {
    fn store(&mut self, row: &Row) -> Result<(), NotDone> {
        let mut rows = self.rows();
        rows.open.insert(row.number, row.clone());
        rows.count += 1;
        Ok(())
    }

    fn page(&mut self, after: u64, most: usize) -> Result<(Vec<Row>, bool), NotDone> {
        let found: Vec<Row> =
            self.rows().open.range(after + 1..).map(|(_, row)| row.clone()).take(most).collect();
        let end = found.len() < most;
        Ok((found, end))
    }

    fn load(&mut self, chunk: &ChunkId) -> Option<Vec<u8>> {
        self.chunks.get(chunk).cloned()
    }

    fn settle(&mut self, key: &Key, _: Option<&Receipt>) -> Result<(), NotDone> {
        self.rows().open.retain(|_, row| row.key != *key);
        Ok(())
    }

    fn keep(&mut self, _: Vec<Entry>, _: Cursor) -> Result<(), NotDone> {
        Ok(())
    }

    fn prove(&mut self, challenge: &Digest) -> Option<(Signature, PersonProof)> {
        let signed = sign_in_proof(challenge, &self.device);
        let (device, keys) = &*self.keys;
        Some((
            device.prove(&signed).into(),
            PersonProof::Key { signature: keys.person().prove(&signed).into() },
        ))
    }
}

fn until(mut holds: impl FnMut() -> bool) -> Result<()> {
    let began = Instant::now();
    while !holds() {
        ensure!(began.elapsed() < PATIENCE, "it does not come about within {PATIENCE:?}");
        sleep(Duration::from_millis(1));
    }
    Ok(())
}
