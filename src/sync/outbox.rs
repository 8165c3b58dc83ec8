//! What goes up. An item passes through its stages in one direction only:
//!
//! ```text
//! add ─► storing ──Stored──► window: Waiting ─► Loading ─► Sent ──acknowledged──► Done ──Settled──► gone
//!                                       ▲                    │
//!                                       └── break, busy, full┴──► Stuck (refused: kept, told, tried again later)
//! ```
//!
//! Only the window is ever sent from, and only `Stored` and a page of the disk's own rows put an item there: nothing can be sent
//! whose id is not on the disk. The window holds a part of the rows; the rest waits on the disk, however long offline lasts.

mod item;
mod row;

pub use row::{Content, Key, OutboxFull, Row};

use crate::{Action, Backoff, Millis, Told};
use baro_wire::{
    Bytes, ChunkId, Described as _, Digest, HaveChunk, PostBody, Purpose, Receipt, RecordId, Refusal, Reply,
    Request, Version,
};
use item::{Item, Stage};
use std::collections::{BTreeMap, VecDeque};

/// Rows in memory that wait for the disk.
pub(crate) const STORING: usize = 64;
/// Rows in memory that wait to be sent.
pub(crate) const WINDOW: usize = 64;
/// Chunks under way at once: 1 MiB.
const CHUNKS_UNDER_WAY: usize = 4;
/// After the device's disk was full.
const DISK_RETRY_MS: u64 = 5_000;
/// What was refused is tried again: consent may be given, a clash solved.
const STUCK_RETRY_MS: u64 = 10 * 60 * 1_000;

/// What a request that was sent is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Item(u64),
    Record(RecordId),
}

#[derive(Debug)]
pub(crate) struct Outbox {
    next_number: u64,
    /// Not on the disk yet. The disk has the first one; the next follows when that is stored, so what is on the disk is always all
    /// that was added before.
    storing: VecDeque<Row>,
    /// The disk was full; when to ask it again.
    store_at: Option<Millis>,
    window: BTreeMap<u64, Item>,
    /// Rows up to this number were taken into the window since the connection opened.
    seen: u64,
    paging: Paging,
    last_page: u64,
    /// Something was stored while a page was read, and may not be on it.
    missed: bool,
    /// What the server said to the offer of each record on this connection.
    records: BTreeMap<RecordId, Offered>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paging {
    More,
    Asked(u64),
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offered {
    Asked,
    Open,
    Refused(Refusal, Millis),
}

impl Outbox {
    /// `next_number`: above all that the disk has.
    pub const fn new(next_number: u64) -> Self {
        Self {
            next_number,
            storing: VecDeque::new(),
            store_at: None,
            window: BTreeMap::new(),
            seen: 0,
            paging: Paging::More,
            last_page: 0,
            missed: false,
            records: BTreeMap::new(),
        }
    }

    pub fn add(&mut self, key: Key, content: Content) -> Result<Option<Action>, OutboxFull> {
        if self.storing.iter().any(|row| row.key == key)
            || self.window.values().any(|item| item.row.key == key)
        {
            return Ok(None);
        }
        if self.storing.len() >= STORING {
            return Err(OutboxFull);
        }
        let row = Row { number: self.next_number, key, content };
        self.next_number += 1;
        self.storing.push_back(row.clone());
        Ok((self.storing.len() == 1).then_some(Action::Store { row }))
    }

    /// The row is on the disk: now, and only now, it may be sent.
    pub fn stored(&mut self, key: Key, out: &mut Vec<Action>) {
        let Some(row) = self.storing.pop_front_if(|row| row.key == key) else { return };
        self.store_at = None;
        out.extend(self.storing.front().map(|next| Action::Store { row: next.clone() }));
        // It must not overtake what is before it on the disk: only when all of that is here, it comes directly.
        match self.paging {
            Paging::End if self.window.len() < WINDOW => {
                self.seen = row.number;
                self.take(row);
            }
            Paging::End => self.paging = Paging::More,
            Paging::Asked(_) => self.missed = true,
            Paging::More => {}
        }
    }

    pub fn not_stored(&mut self, now: Millis, key: Key) {
        if self.storing.front().is_some_and(|row| row.key == key) {
            self.store_at = Some(now.after(DISK_RETRY_MS));
        }
    }

    /// The rows of a page. An older page, asked for before a break, may lack what came since.
    pub fn page(&mut self, page: u64, rows: Vec<Row>, end: bool) {
        if self.paging != Paging::Asked(page) {
            return;
        }
        let all = end && !std::mem::take(&mut self.missed);
        self.paging = if all { Paging::End } else { Paging::More };
        self.seen = rows.last().map_or(self.seen, |row| row.number);
        rows.into_iter().for_each(|row| self.take(row));
    }

    fn take(&mut self, row: Row) {
        self.window.entry(row.number).or_insert(Item { row, stage: Stage::Waiting(Millis(0)) });
    }

    /// Everything under way may or may not have arrived: it is read from the disk again.
    pub fn closed(&mut self) {
        self.window.clear();
        self.records.clear();
        self.seen = 0;
        self.missed = false;
        self.paging = Paging::More;
    }

    /// The disk knows that it is at the server. Was it the erasure of everything there?
    pub fn settled(&mut self, key: Key) -> bool {
        let is_done = |_: &u64, item: &mut Item| item.row.key == key && item.stage == Stage::Done;
        self.window.extract_if(.., is_done).any(|(_, item)| item.is_erasure())
    }

    /// The disk was full: it is sent once more, answered `Exists`, and noted then.
    pub fn not_settled(&mut self, now: Millis, key: Key) {
        for item in self.window.values_mut().filter(|item| item.row.key == key && item.stage == Stage::Done) {
            item.stage = Stage::Waiting(now.after(DISK_RETRY_MS));
        }
    }

    /// All that can be done now. `online`: the version that the server speaks. `send` gets a request on its way.
    pub fn drive(
        &mut self,
        now: Millis,
        online: Option<Version>,
        out: &mut Vec<Action>,
        mut send: impl FnMut(&mut Vec<Action>, Request, About),
    ) {
        if self.store_at.is_some_and(|at| at <= now) {
            self.store_at = None;
            out.extend(self.storing.front().map(|row| Action::Store { row: row.clone() }));
        }
        let Some(version) = online else { return };
        self.drop_outdated_consent(out);
        self.make_room();
        if self.paging == Paging::More && self.window.len() < WINDOW {
            self.last_page += 1;
            self.paging = Paging::Asked(self.last_page);
            let most = WINDOW - self.window.len();
            out.push(Action::Page { page: self.last_page, after: self.seen, most });
        }
        let numbers: Vec<u64> = self.window.keys().copied().collect();
        for number in numbers {
            self.drive_item(now, version, number, out, &mut send);
        }
    }

    fn drive_item(
        &mut self,
        now: Millis,
        version: Version,
        number: u64,
        out: &mut Vec<Action>,
        send: &mut impl FnMut(&mut Vec<Action>, Request, About),
    ) {
        let Some(item) = self.window.get(&number) else { return };
        let due = match item.stage {
            Stage::Waiting(at) | Stage::Stuck(_, at) => at <= now,
            Stage::Loading | Stage::Sent | Stage::Done => false,
        };
        if !due {
            return;
        }
        let stage = match (item.row.key, &item.row.content) {
            (Key::Chunk(record, index), Content::Chunk { digest, started_ms, .. }) => {
                let chunk = ChunkId { record, index, digest: *digest };
                if self.under_way() >= CHUNKS_UNDER_WAY || !self.offer(now, record, *started_ms, out, send) {
                    return;
                }
                out.push(Action::Load { chunk });
                Stage::Loading
            }
            (Key::Seal(record, _), &Content::Seal { chunks, last, started_ms }) => {
                if self.has_chunks_before(record, number) || !self.offer(now, record, started_ms, out, send) {
                    return;
                }
                send(out, Request::SealRecord { record, chunks, last }, About::Item(number));
                Stage::Sent
            }
            (Key::Post(_), Content::Post(post)) if post.since() > version => {
                Stage::Stuck(Refusal::NotInVersion, now.after(STUCK_RETRY_MS))
            }
            (Key::Post(_), Content::Post(post)) => {
                if self.must_wait(number, &post.body) {
                    return;
                }
                send(out, Request::Post { post: (**post).clone() }, About::Item(number));
                Stage::Sent
            }
            // A row whose name is of another kind than its content: the disk's fault, nothing to send.
            _ => Stage::Stuck(Refusal::Malformed, now.after(STUCK_RETRY_MS)),
        };
        self.set(number, stage);
    }

    /// Is the record open at the server? Offers it where that is not known.
    fn offer(
        &mut self,
        now: Millis,
        record: RecordId,
        started_ms: i64,
        out: &mut Vec<Action>,
        send: &mut impl FnMut(&mut Vec<Action>, Request, About),
    ) -> bool {
        match self.records.get(&record) {
            Some(Offered::Open) => return true,
            Some(Offered::Asked) => return false,
            Some(Offered::Refused(_, until)) if *until > now => return false,
            Some(Offered::Refused(..)) | None => {}
        }
        self.records.insert(record, Offered::Asked);
        send(out, Request::OfferRecord { record, started_ms }, About::Record(record));
        false
    }

    /// The chunk's bytes from the record's file.
    pub fn loaded(
        &mut self,
        now: Millis,
        chunk: ChunkId,
        bytes: Option<Vec<u8>>,
        out: &mut Vec<Action>,
        mut send: impl FnMut(&mut Vec<Action>, Request, About),
    ) {
        let found =
            self.window.values().find(|item| item.stage == Stage::Loading && item.chunk() == Some(chunk));
        let Some((number, content)) = found.map(|item| (item.row.number, &item.row.content)) else { return };
        let previous =
            if let Content::Chunk { previous, .. } = content { *previous } else { Digest::default() };
        let stage = match bytes.and_then(|bytes| Bytes::new(bytes).ok()) {
            Some(bytes) => {
                send(out, Request::PutChunk { chunk, previous, bytes }, About::Item(number));
                Stage::Sent
            }
            None => Stage::Stuck(Refusal::Altered { chunk }, now.after(STUCK_RETRY_MS)),
        };
        self.set(number, stage);
    }

    /// The server answered. What it answers is its word that it is on its disk; nothing else settles an item.
    pub fn reply(
        &mut self,
        now: Millis,
        about: About,
        reply: &Reply,
        backoff: &mut Backoff,
        out: &mut Vec<Action>,
        mut send: impl FnMut(&mut Vec<Action>, Request, About),
    ) {
        match (about, reply) {
            (About::Record(asked), Reply::Record { record, have, more, .. }) if asked == *record => {
                self.have(now, *record, have, out);
                match have.last().filter(|_| *more).and_then(|last| last.index.checked_add(1)) {
                    Some(from) => send(out, Request::Have { record: *record, from }, about),
                    None => {
                        self.records.insert(*record, Offered::Open);
                    }
                }
            }
            (About::Record(record), Reply::Refused { refusal }) => {
                let until = now.after(wait_ms(*refusal, backoff));
                self.records.insert(record, Offered::Refused(*refusal, until));
            }
            (About::Item(number), Reply::Refused { refusal }) => self.refused(now, number, *refusal, backoff),
            (About::Item(number), reply) => {
                if self.window.get(&number).is_some_and(|item| item.is_acknowledged_by(reply)) {
                    let receipt =
                        if let Reply::Erased { receipt } = reply { Some(Box::new(*receipt)) } else { None };
                    self.done(number, receipt, out);
                }
            }
            (About::Record(_), _) => {}
        }
    }

    /// What the server has needs not be sent. Other bytes at the same place are never taken for ours.
    fn have(&mut self, now: Millis, record: RecordId, have: &[HaveChunk], out: &mut Vec<Action>) {
        let there: BTreeMap<u32, Digest> = have.iter().map(|chunk| (chunk.index, chunk.digest)).collect();
        let mut same = Vec::new();
        for (number, item) in &mut self.window {
            let Some(chunk) = item.chunk().filter(|chunk| chunk.record == record) else { continue };
            match there.get(&chunk.index) {
                Some(digest) if *digest == chunk.digest => same.push(*number),
                Some(_) => item.stage = Stage::Stuck(Refusal::Differs { chunk }, now.after(STUCK_RETRY_MS)),
                None => {}
            }
        }
        same.into_iter().for_each(|number| self.done(number, None, out));
    }

    fn done(&mut self, number: u64, receipt: Option<Box<Receipt>>, out: &mut Vec<Action>) {
        let Some(item) = self.window.get_mut(&number).filter(|item| item.stage != Stage::Done) else {
            return;
        };
        item.stage = Stage::Done;
        out.push(Action::Settle { key: item.row.key, receipt });
        if let Content::Post(post) = &item.row.content
            && let PostBody::Consent { given: true, .. } = post.body
        {
            self.try_refused_again();
        }
    }

    fn refused(&mut self, now: Millis, number: u64, refusal: Refusal, backoff: &mut Backoff) {
        let at = now.after(wait_ms(refusal, backoff));
        let Some(item) = self.window.get(&number) else { return };
        if let (Refusal::NotFound, Key::Chunk(record, _) | Key::Seal(record, _)) = (refusal, item.row.key) {
            // The server lost the record, as from an older backup: it is offered anew.
            self.records.remove(&record);
        }
        let stage = match refusal {
            Refusal::Busy { .. } | Refusal::TooManyAttempts { .. } | Refusal::SignIn => Stage::Waiting(at),
            stuck => Stage::Stuck(stuck, at),
        };
        self.set(number, stage);
    }

    /// The person agreed to something: what was refused may be taken now.
    fn try_refused_again(&mut self) {
        for item in self.window.values_mut() {
            if let Stage::Stuck(..) = item.stage {
                item.stage = Stage::Waiting(Millis(0));
            }
        }
        self.records.retain(|_, offered| !matches!(offered, Offered::Refused(..)));
    }

    /// A consent that was withdrawn before the server took it is never sent: it must not come after the withdrawal.
    fn drop_outdated_consent(&mut self, out: &mut Vec<Action>) {
        let withdrawn: Vec<(u64, Purpose)> = self.window.values().filter_map(Item::withdrawn).collect();
        let outdated: Vec<u64> = (self.window.iter())
            .filter(|(_, item)| matches!(item.stage, Stage::Waiting(_) | Stage::Stuck(..)))
            .filter_map(|(number, item)| item.consent().map(|(purpose, given)| (*number, purpose, given)))
            .filter(|(number, purpose, given)| {
                *given && withdrawn.iter().any(|(n, p)| n > number && p == purpose)
            })
            .map(|(number, ..)| number)
            .collect();
        outdated.into_iter().for_each(|number| self.done(number, None, out));
    }

    /// What somebody writes arrives in the order in which they wrote it: one post at a time. What is stuck holds nothing up, except
    /// that words on the same consent never overtake each other, not even a word that is only not yet settled.
    fn must_wait(&self, number: u64, body: &PostBody) -> bool {
        let purpose = if let PostBody::Consent { purpose, .. } = body { Some(*purpose) } else { None };
        self.window.range(..number).any(|(_, item)| match (item.stage, &item.row.content) {
            (_, Content::Post(_)) if purpose.is_some() && item.consent().map(|(p, _)| p) == purpose => true,
            (Stage::Sent | Stage::Waiting(_), Content::Post(_)) => true,
            _ => false,
        })
    }

    fn has_chunks_before(&self, record: RecordId, number: u64) -> bool {
        self.window.range(..number).any(|(_, item)| {
            item.stage != Stage::Done && matches!(item.row.key, Key::Chunk(of, _) if of == record)
        })
    }

    fn under_way(&self) -> usize {
        let moving =
            |item: &&Item| matches!(item.stage, Stage::Loading | Stage::Sent) && item.chunk().is_some();
        self.window.values().filter(moving).count()
    }

    /// A window full of refused items would hold up the rest: they go back to the disk until the next connection.
    fn make_room(&mut self) {
        let full = self.window.len() >= WINDOW;
        let stuck = |item: &Item| matches!(item.stage, Stage::Stuck(..)) && item.consent().is_none();
        if full
            && self.paging == Paging::More
            && self.window.values().filter(|item| stuck(item)).count() > WINDOW / 2
        {
            self.window.retain(|_, item| !stuck(item));
        }
    }

    fn set(&mut self, number: u64, stage: Stage) {
        if let Some(item) = self.window.get_mut(&number) {
            item.stage = stage;
        }
    }

    /// Nothing waits here or on the disk. Only known while online.
    pub fn is_empty(&self) -> bool {
        self.storing.is_empty() && self.window.is_empty() && self.paging == Paging::End
    }

    /// Could there be an erasure that waits for its receipt?
    pub fn may_hold_erasure(&self) -> bool {
        !self.storing.is_empty() || self.paging != Paging::End || self.window.values().any(Item::is_erasure)
    }

    pub const fn is_disk_full(&self) -> bool {
        self.store_at.is_some()
    }

    /// The first thing that was refused.
    pub fn trouble(&self) -> Option<Told> {
        let items = self.window.values().filter_map(|item| match item.stage {
            Stage::Stuck(refusal, _) => Some(refusal),
            _ => None,
        });
        let records = self.records.values().filter_map(|offered| match offered {
            Offered::Refused(refusal, _) => Some(*refusal),
            _ => None,
        });
        items.chain(records).map(Told::of).next()
    }

    pub fn wake_at(&self, online: bool) -> Option<Millis> {
        let items = self.window.values().filter_map(|item| match item.stage {
            Stage::Waiting(at) | Stage::Stuck(_, at) => Some(at),
            _ => None,
        });
        let records = self.records.values().filter_map(|offered| match offered {
            Offered::Refused(_, at) => Some(*at),
            _ => None,
        });
        // An item that only waits for its turn has no time of its own: an event gives it its turn.
        let sending = items.chain(records).filter(|at| online && *at > Millis(0));
        self.store_at.into_iter().chain(sending).min()
    }
}

fn wait_ms(refusal: Refusal, backoff: &mut Backoff) -> u64 {
    match refusal {
        Refusal::Busy { wait_ms } | Refusal::ServerFull { wait_ms } => backoff.asked_ms(wait_ms),
        Refusal::TooManyAttempts { wait_s } => backoff.asked_ms(wait_s.saturating_mul(1_000)),
        Refusal::NotFound => DISK_RETRY_MS,
        Refusal::SignIn => 0,
        _ => STUCK_RETRY_MS,
    }
}
