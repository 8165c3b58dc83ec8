//! The desk of who treats: what the clinic has of their patients. It is asked for when it is to be seen, and kept in memory only; the
//! clinic decides each time who may see what, and logs it.

use crate::{Agent, AgentError, Said, State, agent::Shared, talk};
use baro_home::PersonFolder;
use baro_net::Link;
use baro_record::{Chunk, KeyRing, Recording};
use baro_wire::{
    Consents, Cursor, Entry, PersonId, PostBody, Purpose, RecordId, RecordState, Refusal, Reply, Request,
    Text, TooLong,
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};
use tracing::debug;

/// An answer takes so long at most: a chunk over a slow line, too.
const ANSWER: Duration = Duration::from_secs(20);
/// What could not be asked is asked again after this.
const AGAIN: Duration = Duration::from_millis(500);
/// Wishes that wait at most.
const WAITING: usize = 16;
/// Posts that are asked for at a time.
const PAGE: u16 = 200;
/// Longer records (over an hour) are not shown.
const MOST_CHUNKS: u32 = 512;

/// A patient, as far as who looks may see.
#[derive(Debug, Clone)]
pub struct Treated {
    /// Who.
    pub person: PersonId,
    /// What was written about them, oldest first.
    pub posts: Arc<[Entry]>,
    /// Why nothing of it may be seen.
    pub refused: Option<Refusal>,
}

impl Treated {
    /// What the clinic and they wrote to each other, oldest first.
    pub fn said(&self) -> impl Iterator<Item = Said> {
        talk::said(&self.posts, self.person)
    }
}

/// A patient who was opened.
#[derive(Debug, Clone)]
pub struct Patient {
    /// Who.
    pub person: PersonId,
    /// The records that are whole.
    pub records: Arc<[RecordState]>,
    /// Why they may not be seen.
    pub refused: Option<Refusal>,
}

/// Why a record can't be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum Missing {
    #[error("it is longer than an hour")]
    TooLong,
    #[error("it is damaged, or a newer version wrote it: update this program")]
    Unreadable,
    #[error("the clinic refuses it")]
    Refused,
}

/// What is known at the moment.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Whom they treat; none until the clinic has answered.
    pub treated: Option<Arc<[Treated]>>,
    /// Who was opened last, when that has come.
    pub patient: Option<Patient>,
    /// The record that was opened last, when it has come.
    pub record: Option<(RecordId, Result<Arc<Recording>, Missing>)>,
    /// What was asked for of somebody else, when it has come; nothing where there is none, or it may not be seen.
    pub other: Option<(PersonId, Option<Arc<Recording>>)>,
    /// Why the clinic does not even say whom they treat.
    pub refused: Option<Refusal>,
    /// Something is being asked.
    pub busy: bool,
}

/// Which of somebody's records is wanted.
pub type Choose = Box<dyn Fn(&[RecordState]) -> Option<RecordId> + Send>;

/// What is to be asked.
enum Wish {
    Treated,
    Patient(PersonId),
    Record(PersonId, RecordId),
    Other(PersonId, Choose),
}

/// Asks for who treats, on a thread of its own, until it is dropped.
pub struct Desk {
    agent: Agent,
    seen: Arc<Mutex<Seen>>,
    wishes: Option<SyncSender<Wish>>,
    worker: Option<JoinHandle<()>>,
}

impl Desk {
    /// Connects as whose folder it is, with the second factor's digits, and asks whom they treat; none where the folder is not connected
    /// with a clinic as somebody who treats.
    ///
    /// # Errors
    /// The keys or the connection's database can't be opened, or a thread can't be started.
    pub fn start(folder: &PersonFolder, ring: &KeyRing, digits: u32) -> Result<Option<Self>, AgentError> {
        let Some(agent) = Agent::begin(folder, ring, Some(digits))? else { return Ok(None) };
        if !agent.shared().pairing.role.is_staff() {
            return Ok(None);
        }
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (wishes, wished) = sync_channel(WAITING);
        let asker =
            Asker { shared: Arc::clone(agent.shared()), seen: Arc::clone(&seen), posts: BTreeMap::new() };
        let worker = Builder::new().name("desk".into()).spawn(move || asker.run(&wished))?;
        let desk = Self { agent, seen, wishes: Some(wishes), worker: Some(worker) };
        desk.look();
        Ok(Some(desk))
    }

    /// How the connection is.
    pub fn state(&self) -> State {
        self.agent.state()
    }

    /// What is known.
    pub fn seen(&self) -> Seen {
        lock(&self.seen).clone()
    }

    /// Asks anew for everybody.
    pub fn look(&self) {
        self.wish(Wish::Treated);
    }

    /// Asks for a patient's records, and what is new of them.
    pub fn open(&self, person: PersonId) {
        self.wish(Wish::Patient(person));
    }

    /// Asks for a record.
    pub fn open_record(&self, person: PersonId, record: RecordId) {
        lock(&self.seen).record = None;
        self.wish(Wish::Record(person, record));
    }

    /// Asks for a record of somebody who is not opened for it, to hold another one against.
    pub fn open_other(&self, person: PersonId, choose: Choose) {
        lock(&self.seen).other = None;
        self.wish(Wish::Other(person, choose));
    }

    /// Comments a moment of a record, milliseconds from its first frame. It waits on the disk until it is sent.
    ///
    /// # Errors
    /// It is too long, or the outbox takes nothing now.
    pub fn note(
        &self,
        person: PersonId,
        record: RecordId,
        time_ms: u32,
        text: &str,
    ) -> Result<(), AgentError> {
        let text = Text::new(text).map_err(|TooLong { .. }| AgentError::TooLong)?;
        self.agent.shared().post_about(person, PostBody::Note { record, time_ms, joint: None, text })
    }

    /// Writes to a patient. It waits on the disk until it is sent.
    ///
    /// # Errors
    /// It is too long, or the outbox takes nothing now.
    pub fn say(&self, person: PersonId, text: &str) -> Result<(), AgentError> {
        let text = Text::new(text).map_err(|TooLong { .. }| AgentError::TooLong)?;
        self.agent.shared().post_about(person, PostBody::Message { answers: None, text })
    }

    fn wish(&self, wish: Wish) {
        // Full: nobody answers, and enough was pressed.
        let _ = self.wishes.as_ref().map(|wishes| wishes.try_send(wish));
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(self.wishes.take());
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why something was not answered.
enum Stop {
    /// No connection, or not signed in yet.
    NoAnswer,
    Refused(Refusal),
}

struct Asker {
    shared: Arc<Shared>,
    seen: Arc<Mutex<Seen>>,
    posts: BTreeMap<PersonId, Vec<Entry>>,
}

impl Asker {
    /// One wish after the other; what could not be asked is asked again, unless there is a newer wish.
    fn run(mut self, wishes: &Receiver<Wish>) {
        let mut again = None;
        loop {
            let next = match again {
                None => wishes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => wishes.recv_timeout(AGAIN),
            };
            let wish = match (next, again.take()) {
                (Ok(wish), _) | (Err(RecvTimeoutError::Timeout), Some(wish)) => wish,
                _ => return,
            };
            lock(&self.seen).busy = true;
            if self.grant(&wish).is_none() {
                again = Some(wish);
            }
            lock(&self.seen).busy = again.is_some();
        }
    }

    /// None where it is to be asked again.
    fn grant(&mut self, wish: &Wish) -> Option<()> {
        match *wish {
            Wish::Treated => match self.treated() {
                Ok(treated) => {
                    let mut seen = lock(&self.seen);
                    (seen.treated, seen.refused) = (Some(treated.into()), None);
                }
                Err(Stop::Refused(refusal)) => lock(&self.seen).refused = Some(refusal),
                Err(Stop::NoAnswer) => return None,
            },
            Wish::Patient(person) => {
                let (records, refused) = self.answered(|asker| asker.records(person))?;
                let patient = Patient { person, records: records.unwrap_or_default().into(), refused };
                let (_, refused) = self.answered(|asker| {
                    let consents = asker.consents(person)?;
                    asker.read_posts(person, consents)
                })?;
                let treated = self.one(person, refused);
                let mut seen = lock(&self.seen);
                seen.patient = Some(patient);
                let others = seen.treated.iter().flat_map(|all| all.iter());
                let all = others.map(|other| if other.person == person { &treated } else { other }).cloned();
                seen.treated = Some(all.collect());
            }
            Wish::Record(person, record) => {
                let records = lock(&self.seen).patient.as_ref().map(|patient| Arc::clone(&patient.records));
                let recording = self.recording(person, record, records.as_deref().unwrap_or_default())?;
                lock(&self.seen).record = Some((record, recording));
            }
            Wish::Other(person, ref choose) => {
                let (records, _) = self.answered(|asker| asker.records(person))?;
                let records = records.unwrap_or_default();
                let recording = match choose(&records) {
                    Some(record) => self.recording(person, record, &records)?.ok(),
                    None => None,
                };
                lock(&self.seen).other = Some((person, recording));
            }
        }
        Some(())
    }

    /// A whole record, one of these; none where it is to be asked again.
    fn recording(
        &mut self,
        person: PersonId,
        record: RecordId,
        all: &[RecordState],
    ) -> Option<Result<Arc<Recording>, Missing>> {
        let count = all.iter().find(|state| state.record == record).map_or(0, |state| state.chunks);
        let (chunks, _) = self.answered(|asker| asker.chunks(person, record, count))?;
        let recording = chunks.unwrap_or(Err(Missing::Refused)).and_then(|chunks| {
            Recording::from_chunks(chunks).map(Arc::new).map_err(|error| {
                debug!("{error}");
                Missing::Unreadable
            })
        });
        Some(recording)
    }

    /// What was answered, or why it was refused; none where it was not answered.
    fn answered<T>(
        &mut self,
        ask: impl FnOnce(&mut Self) -> Result<T, Stop>,
    ) -> Option<(Option<T>, Option<Refusal>)> {
        match ask(self) {
            Ok(answer) => Some((Some(answer), None)),
            Err(Stop::Refused(refusal)) => Some((None, Some(refusal))),
            Err(Stop::NoAnswer) => None,
        }
    }

    fn ask(&self, request: Request) -> Result<Reply, Stop> {
        let link: Option<Arc<Link>> = self.shared.link().clone();
        // Before the digits were taken a device may ask nothing of this.
        let link = link.filter(|link| link.role() == Some(self.shared.pairing.role)).ok_or(Stop::NoAnswer)?;
        match link.ask(request).recv_timeout(ANSWER).ok().flatten() {
            Some(Reply::Refused { refusal }) => Err(Stop::Refused(refusal)),
            Some(reply) => Ok(reply),
            None => Err(Stop::NoAnswer),
        }
    }

    /// Everybody, with what was written about them.
    fn treated(&mut self) -> Result<Vec<Treated>, Stop> {
        let (mut people, mut after) = (Vec::new(), None);
        loop {
            let Reply::Patients { patients, more } = self.ask(Request::ListPatients { after })? else {
                return Err(Stop::NoAnswer);
            };
            people.extend(patients.iter().map(|patient| (patient.person, patient.consents)));
            after = patients.last().map(|patient| patient.person);
            if !more || after.is_none() {
                break;
            }
        }
        let mut treated = Vec::with_capacity(people.len());
        for (person, consents) in people {
            let refused = match self.read_posts(person, consents) {
                Ok(()) => None,
                Err(Stop::Refused(refusal)) => Some(refusal),
                Err(Stop::NoAnswer) => return Err(Stop::NoAnswer),
            };
            treated.push(self.one(person, refused));
        }
        Ok(treated)
    }

    fn one(&mut self, person: PersonId, refused: Option<Refusal>) -> Treated {
        if refused.is_some() {
            // Who withdrew is not remembered.
            self.posts.remove(&person);
        }
        Treated { person, posts: self.posts.get(&person).cloned().unwrap_or_default().into(), refused }
    }

    fn consents(&self, person: PersonId) -> Result<Consents, Stop> {
        match self.ask(Request::ReadConsents { person })? {
            Reply::Consents { state, .. } => Ok(state.consents),
            _ => Err(Stop::NoAnswer),
        }
    }

    /// What is new of somebody, who agrees to it.
    fn read_posts(&mut self, person: PersonId, consents: Consents) -> Result<(), Stop> {
        let purpose = Purpose::Therapist;
        if !consents.has(purpose) {
            return Err(Stop::Refused(Refusal::ConsentMissing { purpose }));
        }
        loop {
            let after: Cursor =
                self.posts.get(&person).and_then(|posts| posts.last()).map_or(0, |last| last.cursor);
            let Reply::Feed { entries, more } = self.ask(Request::ReadPosts { person, after, most: PAGE })?
            else {
                return Err(Stop::NoAnswer);
            };
            let none = entries.is_empty();
            self.posts.entry(person).or_default().extend(entries.into_inner());
            if !more || none {
                return Ok(());
            }
        }
    }

    fn records(&self, person: PersonId) -> Result<Vec<RecordState>, Stop> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let Reply::Records { records, more, .. } = self.ask(Request::ListRecords { person, after })?
            else {
                return Err(Stop::NoAnswer);
            };
            after = records.last().map(|state| state.record);
            all.extend(records.into_inner().into_iter().filter(|state| state.sealed));
            if !more || after.is_none() {
                return Ok(all);
            }
        }
    }

    fn chunks(
        &self,
        person: PersonId,
        record: RecordId,
        count: u32,
    ) -> Result<Result<Vec<Chunk>, Missing>, Stop> {
        if count > MOST_CHUNKS {
            return Ok(Err(Missing::TooLong));
        }
        let mut chunks = Vec::new();
        for index in 0..count {
            let Reply::ChunkBytes { bytes, .. } = self.ask(Request::ReadChunk { person, record, index })?
            else {
                return Err(Stop::NoAnswer);
            };
            match Chunk::from_bytes(&bytes) {
                Ok(chunk) => chunks.push(chunk),
                Err(_) => return Ok(Err(Missing::Unreadable)),
            }
        }
        Ok(Ok(chunks))
    }
}
