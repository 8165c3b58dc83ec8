//! A device: its process, and a disk that keeps what it has synced, and of the rest as much as chance leaves.

use crate::link::Link;
use baro_sync::{Backoff, Client, Content, Key, Row, Told};
use baro_wire::*;
use fastrand::Rng;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub struct Chunk {
    pub started_ms: i64,
    pub digest: Digest,
    pub previous: Digest,
    pub bytes: Vec<u8>,
}

/// Something a person wrote, kept before it has an id: what an app's own draft is.
#[derive(Clone)]
pub struct Draft {
    pub about: PersonId,
    pub body: PostBody,
    pub id: Option<PostId>,
}

/// What survives a power cut.
#[derive(Default)]
pub struct Disk {
    pub chunks: BTreeMap<(RecordId, u32), Chunk>,
    pub seals: BTreeMap<RecordId, (u32, Digest, i64)>,
    pub drafts: BTreeMap<u32, Draft>,
    pub rows: BTreeMap<Key, (Row, bool)>,
    pub receipts: BTreeMap<PostId, Receipt>,
    pub kept: Cursor,
    pub entries: Vec<Entry>,
}

/// Each is one transaction; they are done in their order.
#[derive(Clone)]
pub enum Op {
    Chunk(RecordId, u32, i64, Digest, Digest, Vec<u8>),
    Sealed(RecordId, u32, Digest, i64),
    Draft(u32, PersonId, PostBody),
    Row(Row),
    Settle(Key, Option<Receipt>),
    Keep(Vec<Entry>, Cursor),
    /// What the page had when it was asked for, where the disk reads beside its writing.
    Page(u64, u64, usize, Option<(Vec<Row>, bool)>),
    Load(ChunkId),
}

pub struct Device {
    pub id: DeviceId,
    pub person: PersonId,
    pub role: Role,
    /// Works without its person, as in the background.
    pub unattended: bool,
    /// Runs the program of the version before.
    pub old: bool,
    pub link: Link,
    pub up: bool,
    pub life: u32,
    pub client: Client,
    pub disk: Disk,
    pub ops: VecDeque<Op>,
    pub disk_full: bool,
    pub wake: u64,
    pub told: Told,
    pub next_draft: u32,
    /// Rows that this process asked for.
    pub adding: BTreeSet<Key>,
    pub minted: BTreeMap<PostId, u32>,
    /// Rows that this process handed to the disk or read from it.
    pub rows: BTreeMap<Key, Row>,
    /// Recording, as far as this process knows: the digest of the newest chunk.
    pub recording: BTreeMap<RecordId, (u32, Digest)>,
}

impl Disk {
    pub fn apply(&mut self, op: Op, minted: &BTreeMap<PostId, u32>) {
        match op {
            Op::Chunk(record, index, started_ms, digest, previous, bytes) => {
                self.chunks.insert((record, index), Chunk { started_ms, digest, previous, bytes });
            }
            Op::Sealed(record, chunks, last, started_ms) => {
                self.seals.insert(record, (chunks, last, started_ms));
            }
            Op::Draft(number, about, body) => {
                self.drafts.insert(number, Draft { about, body, id: None });
            }
            Op::Row(row) => {
                if let Key::Post(id) = row.key
                    && let Some(draft) = minted.get(&id).and_then(|number| self.drafts.get_mut(number))
                {
                    draft.id = Some(id);
                }
                self.rows.entry(row.key).or_insert((row, false));
            }
            Op::Settle(key, receipt) => {
                if let Some(receipt) = receipt {
                    self.receipts.insert(receipt.post, receipt);
                }
                if let Some((_, settled)) = self.rows.get_mut(&key) {
                    *settled = true;
                }
            }
            Op::Keep(entries, cursor) => {
                self.entries.extend(entries);
                self.kept = cursor;
            }
            Op::Page(..) | Op::Load(_) => {}
        }
    }

    pub fn page(&self, after: u64, most: usize) -> (Vec<Row>, bool) {
        let open = self.rows.values().filter(|(row, settled)| !settled && row.number > after);
        let mut rows: Vec<Row> = open.map(|(row, _)| row.clone()).collect();
        rows.sort_by_key(|row| row.number);
        // Small pages, so that there are many.
        let most = most.min(5);
        let end = rows.len() <= most;
        rows.truncate(most);
        (rows, end)
    }

    fn next_number(&self) -> u64 {
        self.rows.values().map(|(row, _)| row.number).max().unwrap_or(0) + 1
    }
}

impl Device {
    pub fn new(byte: u8, person: PersonId, role: Role, rng: &mut Rng) -> Self {
        let id = DeviceId::of(&PublicKey([byte; 32]));
        Self {
            id,
            person,
            role,
            unattended: false,
            old: false,
            link: Link::Wifi,
            up: true,
            life: 0,
            client: Client::new(id, 1, 0, Backoff::new(rng.u64(..))),
            disk: Disk::default(),
            ops: VecDeque::new(),
            disk_full: false,
            wake: 0,
            told: Told::Offline,
            next_draft: 0,
            adding: BTreeSet::new(),
            minted: BTreeMap::new(),
            rows: BTreeMap::new(),
            recording: BTreeMap::new(),
        }
    }

    /// The process dies: of what was not synced, some first part is on the disk.
    pub fn kill(&mut self, rng: &mut Rng) {
        self.up = false;
        self.life += 1;
        let kept = if self.disk_full { 0 } else { rng.usize(0..=self.ops.len()) };
        let ops: Vec<Op> = self.ops.drain(..).take(kept).collect();
        ops.into_iter().for_each(|op| self.disk.apply(op, &self.minted));
    }

    /// A new process, which knows what the disk knows.
    pub fn start(&mut self, rng: &mut Rng) {
        self.up = true;
        self.client =
            Client::new(self.id, self.disk.next_number(), self.disk.kept, Backoff::new(rng.u64(..)));
        self.adding.clear();
        self.minted.clear();
        self.rows.clear();
        // A record that was not ended is ended with what there is.
        for record in std::mem::take(&mut self.recording).into_keys() {
            let last = self.disk.chunks.range((record, 0)..=(record, u32::MAX)).next_back();
            if let Some((&(_, index), chunk)) = last {
                self.ops.push_back(Op::Sealed(record, index + 1, chunk.digest, chunk.started_ms));
            }
        }
    }

    /// Everything durable that has no row yet, in order.
    pub fn without_row(&mut self, rng: &mut Rng) -> Vec<(Key, Content)> {
        let mut found = Vec::new();
        for (&(record, index), chunk) in &self.disk.chunks {
            let Chunk { started_ms, digest, previous, .. } = *chunk;
            found.push((Key::Chunk(record, index), Content::Chunk { digest, previous, started_ms }));
        }
        for (&record, &(chunks, last, started_ms)) in &self.disk.seals {
            found.push((Key::Seal(record, chunks), Content::Seal { chunks, last, started_ms }));
        }
        found.retain(|(key, _)| !self.disk.rows.contains_key(key) && !self.adding.contains(key));
        for (number, draft) in &self.disk.drafts {
            if draft.id.is_none() && !self.minted.values().any(|minted| minted == number) {
                let mut id = [0; 16];
                rng.fill(&mut id);
                let id = PostId(id);
                self.minted.insert(id, *number);
                let post = Post { id, about: draft.about, written_ms: 0, body: draft.body.clone() };
                found.push((Key::Post(id), Content::Post(Box::new(post))));
            }
        }
        found
    }
}
