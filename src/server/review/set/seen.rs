//! A recorded set: packed as a film, which is there at once, and scored again from what the camera saw, which comes after it. A few are
//! kept, since a page and its film ask for the same one; whoever asks is decided and logged each time.

use super::super::{Shared, enter::Caller, problem::Problem};
use crate::fhir::find_record;
use baro_coach::Exercise;
use baro_record::{Chunk, Recording};
use baro_review::{
    norm::Cycle,
    session::{SessionReview, Shown, replay},
};
use baro_wire::{Ask, Decision, PersonId, RecordId, Request, Standing, may};
use futures_util::future::{FutureExt as _, Shared as Awaited};
use std::{
    sync::{Arc, LazyLock, Mutex, PoisonError},
    thread,
};
use tokio::{
    sync::{Semaphore, oneshot},
    task::spawn_blocking,
};

/// Longer records (over an hour) are not shown.
const MOST_CHUNKS: u32 = 512;
/// Records that are kept.
const KEPT: usize = 8;
/// Length of a part of the film, seconds: the first is enough to begin.
const PART_S: f64 = 60.0;
/// Frames of a film a second; the browser draws what is between.
pub const FILM_HZ: f64 = 15.0;
/// Samples of curves a second.
const CURVES_HZ: f64 = 10.0;
/// The score's thread is nicer by so much: the film that is being looked at and live classes go before it.
const GIVES_WAY: i32 = 10;
/// Records that are in memory and scored again at the same time: each frame takes 3 kB.
static SCORING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));

/// A set whose film is there.
pub struct Opened {
    pub exercise: Arc<Exercise>,
    /// By the device's clock.
    pub started_ms: i64,
    /// The first and the last frame, seconds.
    pub span_s: [f64; 2],
    /// How many parts the film has, each of a minute.
    pub parts: usize,
    /// The first of them (`docs/review.md`: the points of the body), as JSON.
    first: String,
    rest: Awaited<oneshot::Receiver<Arc<[String]>>>,
    seen: Awaited<oneshot::Receiver<Option<Arc<Seen>>>>,
}

/// A set that was scored again.
pub struct Seen {
    pub review: SessionReview,
    pub exercise: Arc<Exercise>,
    /// How each side moved through a repetition.
    pub cycles: Vec<Cycle>,
}

impl Opened {
    /// A part of the film.
    pub async fn part(&self, index: usize) -> Result<String, Problem> {
        let Some(later) = index.checked_sub(1) else { return Ok(self.first.clone()) };
        let rest = self.rest.clone().await.map_err(|_| Problem::Unavailable)?;
        rest.get(later).cloned().ok_or(Problem::NotFound)
    }

    /// Its score, as soon as it is there.
    pub async fn seen(&self) -> Result<Arc<Seen>, Problem> {
        let seen = self.seen.clone().await.map_err(|_| Problem::Unavailable)?;
        seen.ok_or(Problem::Bad("web-unreadable"))
    }

    /// The exercise as the trainer shows it.
    pub fn shown(&self) -> Shown {
        Shown::of(&self.exercise, FILM_HZ)
    }
}

/// The records that were asked for last.
#[derive(Default)]
pub struct Films(Mutex<Vec<(RecordId, Arc<Opened>)>>);

impl Films {
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn find(&self, record: RecordId) -> Option<Arc<Opened>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().position(|(id, _)| *id == record).map(|at| all.remove(at))?;
        all.push(found.clone());
        Some(found.1)
    }

    fn keep(&self, record: RecordId, opened: &Arc<Opened>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(id, _)| *id != record);
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push((record, Arc::clone(opened)));
    }
}

impl Shared {
    /// A record of a person, if the caller may see it now.
    pub async fn record(
        &self,
        caller: &mut Caller,
        person: PersonId,
        record: RecordId,
    ) -> Result<Arc<Opened>, Problem> {
        let state = find_record(&mut caller.asker, person, record).await?;
        if let Some(opened) = self.care.films.find(record) {
            return Ok(opened);
        }
        if state.chunks > MOST_CHUNKS {
            return Err(Problem::Bad("web-too-long"));
        }
        let one = Arc::clone(&SCORING).acquire_owned().await.map_err(|_| Problem::Unavailable)?;
        // Whoever waited may have waited for this one.
        if let Some(opened) = self.care.films.find(record) {
            return Ok(opened);
        }
        let chunks = self.chunks(caller, person, record).await?;
        let opened = spawn_blocking(move || open(&chunks)).await.ok().flatten();
        let (opened, making) = opened.ok_or(Problem::Bad("web-unreadable"))?;
        let opened = Arc::new(opened);
        let score = move || {
            // Elsewhere it is the whole process that becomes nicer.
            if cfg!(target_os = "linux") {
                let _ = rustix::process::nice(GIVES_WAY);
            }
            making.go_on();
            drop(one);
        };
        thread::Builder::new().name("score".to_owned()).spawn(score).map_err(|_| Problem::Unavailable)?;
        if !self.care.is_gone(person) {
            self.care.films.keep(record, &opened);
        }
        Ok(opened)
    }

    /// All of a record at one moment, with what decides who may see it.
    pub async fn chunks(
        &self,
        caller: &mut Caller,
        person: PersonId,
        record: RecordId,
    ) -> Result<Vec<Vec<u8>>, Problem> {
        // Decides and logs.
        caller.asker.ask(Request::ReadChunk { person, record, index: 0 }).await?;
        let (staff, standing) = (caller.staff.access.person, Standing::As(caller.staff.access.role));
        let found = self.behind.pool().read("record", move |store| store.record(staff, person, record)).await;
        let found = found.ok_or(Problem::Unavailable)?;
        match may(standing, Ask::ReadChunk, found.relation, found.consents) {
            Decision::Allowed => Ok(found.chunks),
            decision => Err(decision.into()),
        }
    }
}

/// A record that was stored in these.
pub fn read(chunks: &[Vec<u8>]) -> Option<Recording> {
    let chunks = chunks.iter().map(|bytes| Chunk::from_bytes(bytes)).collect::<Result<_, _>>().ok()?;
    Recording::from_chunks(chunks).ok()
}

/// Scored again; nothing of the diary, which changes.
pub fn scored(recording: &Recording) -> Option<SessionReview> {
    SessionReview::of(recording, &[], CURVES_HZ).ok()
}

fn open(chunks: &[Vec<u8>]) -> Option<(Opened, Making)> {
    let recording = read(chunks)?;
    let exercise = Arc::clone(recording.header.coach().ok()?.exercise());
    let started_ms = i64::try_from(recording.header.started_unix_ms).unwrap_or(i64::MAX);
    let span_s = [recording.frames().next()?.time_s, recording.frames().last()?.time_s];
    let parts = ((span_s[1] - span_s[0]) / PART_S).floor() as usize + 1;
    let first = part(&recording, span_s[0], 0);
    let ((tell_rest, rest), (tell_seen, seen)) = (oneshot::channel(), oneshot::channel());
    let making = Making { recording, exercise: Arc::clone(&exercise), span_s, parts, tell_rest, tell_seen };
    let (rest, seen) = (rest.shared(), seen.shared());
    Some((Opened { exercise, started_ms, span_s, parts, first, rest, seen }, making))
}

/// What of a set is still to be made.
struct Making {
    recording: Recording,
    exercise: Arc<Exercise>,
    span_s: [f64; 2],
    parts: usize,
    tell_rest: oneshot::Sender<Arc<[String]>>,
    tell_seen: oneshot::Sender<Option<Arc<Seen>>>,
}

impl Making {
    /// The film first: it is looked at while the score is made. Nobody may be waiting any more.
    fn go_on(self) {
        let rest = (1..self.parts).map(|n| part(&self.recording, self.span_s[0], n)).collect();
        let _ = self.tell_rest.send(rest);
        let exercise = self.exercise;
        let seen = scored(&self.recording)
            .map(|review| Arc::new(Seen { cycles: Cycle::of(&review), review, exercise }));
        let _ = self.tell_seen.send(seen);
    }
}

/// The minute of this number from a moment on; it ends before the next one's first frame.
fn part(recording: &Recording, from_s: f64, number: usize) -> String {
    let begin_s = from_s + PART_S * number as f64;
    let span_s = [begin_s, begin_s + PART_S - 0.5 / FILM_HZ];
    serde_json::to_string(&replay(recording.frames(), FILM_HZ, Some(span_s))).unwrap_or_default()
}
