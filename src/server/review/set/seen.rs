//! A recorded set, scored again from what the camera saw, and packed as a film. A few are kept, since a page and its film ask for the
//! same one; whoever asks is decided and logged each time.

use super::super::{Shared, enter::Caller, problem::Problem};
use crate::fhir::find_record;
use baro_coach::Exercise;
use baro_motion::PoseFrame;
use baro_record::{Chunk, Recording};
use baro_review::{
    norm::Cycle,
    session::{SessionReview, Shown, replay},
};
use baro_wire::{Ask, Decision, PersonId, RecordId, Request, Standing, may};
use std::{
    sync::{Arc, Mutex, PoisonError},
    thread,
};
use tokio::{sync::Semaphore, task::spawn_blocking};

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
/// Records that are in memory and scored again at the same time: each frame takes 3 kB.
static SCORING: Semaphore = Semaphore::const_new(1);

/// A set as a page shows it.
pub struct Seen {
    pub review: SessionReview,
    pub exercise: Arc<Exercise>,
    /// How each side moved through a repetition.
    pub cycles: Vec<Cycle>,
    /// The film, minute by minute (`docs/review.md`: the points of the body), as JSON.
    pub parts: Vec<String>,
}

impl Seen {
    /// By the device's clock.
    pub fn started_ms(&self) -> i64 {
        i64::try_from(self.review.started_unix_ms).unwrap_or(i64::MAX)
    }

    /// The exercise as the trainer shows it.
    pub fn shown(&self) -> Shown {
        Shown::of(&self.exercise, FILM_HZ)
    }
}

/// The records that were asked for last.
#[derive(Default)]
pub struct Films(Mutex<Vec<(RecordId, Arc<Seen>)>>);

impl Films {
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn find(&self, record: RecordId) -> Option<Arc<Seen>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().position(|(id, _)| *id == record).map(|at| all.remove(at))?;
        all.push(found.clone());
        Some(found.1)
    }

    fn keep(&self, record: RecordId, seen: &Arc<Seen>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(id, _)| *id != record);
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push((record, Arc::clone(seen)));
    }
}

impl Shared {
    /// A record of a person, if the caller may see it now.
    pub async fn record(
        &self,
        caller: &mut Caller,
        person: PersonId,
        record: RecordId,
    ) -> Result<Arc<Seen>, Problem> {
        let state = find_record(&mut caller.asker, person, record).await?;
        if let Some(seen) = self.care.films.find(record) {
            return Ok(seen);
        }
        if state.chunks > MOST_CHUNKS {
            return Err(Problem::Bad("web-too-long"));
        }
        let _one = SCORING.acquire().await.map_err(|_| Problem::Unavailable)?;
        // The page, which waited, is what its film is made of, too.
        if let Some(seen) = self.care.films.find(record) {
            return Ok(seen);
        }
        let chunks = self.chunks(caller, person, record).await?;
        let seen = spawn_blocking(move || watch(&chunks)).await.ok().flatten();
        let seen = Arc::new(seen.ok_or(Problem::Bad("web-unreadable"))?);
        if !self.care.is_gone(person) {
            self.care.films.keep(record, &seen);
        }
        Ok(seen)
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

#[expect(clippy::disallowed_methods, reason = "its thread has a name")]
fn watch(chunks: &[Vec<u8>]) -> Option<Seen> {
    let recording = read(chunks)?;
    let exercise = Arc::clone(recording.header.coach().ok()?.exercise());
    let frames: Vec<&PoseFrame> = recording.frames().collect();
    let span_s = [frames.first()?.time_s, frames.last()?.time_s];
    // Two cores, where there are two: the film need not wait for the score.
    let (review, parts) = thread::scope(|scope| {
        let film = thread::Builder::new().name("film".into()).spawn_scoped(scope, || film(&frames, span_s));
        (scored(&recording), film.ok().and_then(|film| film.join().ok()))
    });
    let parts = parts?;
    let review = review?;
    Some(Seen { cycles: Cycle::of(&review), review, exercise, parts })
}

/// Minute by minute; each ends before the next one's first frame.
fn film(frames: &[&PoseFrame], [from_s, to_s]: [f64; 2]) -> Vec<String> {
    let parts = ((to_s - from_s) / PART_S).floor() as usize + 1;
    let part = |n: usize| {
        let begin_s = from_s + PART_S * n as f64;
        let span_s = [begin_s, begin_s + PART_S - 0.5 / FILM_HZ];
        serde_json::to_string(&replay(frames.iter().copied(), FILM_HZ, Some(span_s))).unwrap_or_default()
    };
    (0..parts).map(part).collect()
}
