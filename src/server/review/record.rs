//! A recorded set, scored again from what the camera saw, and packed as a film. A few are kept, since a page and its film ask for the
//! same one; whoever asks is decided and logged each time.

use super::{Shared, enter::Caller, problem::Problem};
use crate::fhir::find_record;
use baro_motion::{LandmarkId, PoseFrame};
use baro_record::{Chunk, Recording};
use baro_report::{Watch, Watched};
use baro_wire::{PersonId, RecordId, Reply, Request};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Longer records (over an hour) are not shown.
const MOST_CHUNKS: u32 = 512;
/// Records that are kept.
const KEPT: usize = 4;
/// Frames of a part of the film: a minute.
const PART: usize = 1_800;
/// In the place of the first number, where nobody was seen.
const UNSEEN: i16 = i16::MIN;
/// Records that are in memory and scored again at the same time.
static SCORING: Semaphore = Semaphore::const_new(1);

/// A record as a page shows it.
pub struct Seen {
    pub watched: Watched,
    /// By the device's clock.
    pub started_ms: i64,
    /// Each frame: its time (f32) and its landmarks in millimetres (i16), little-endian.
    pub parts: Vec<Vec<u8>>,
}

/// The records that were asked for last.
#[derive(Default)]
pub struct Films(Mutex<Vec<(RecordId, Arc<Seen>)>>);

impl Films {
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
        if let Some(seen) = self.films.find(record) {
            return Ok(seen);
        }
        if state.chunks > MOST_CHUNKS {
            return Err(Problem::Bad("web-too-long"));
        }
        let _one = SCORING.acquire().await.map_err(|_| Problem::Unavailable)?;
        let mut chunks = Vec::new();
        for index in 0..state.chunks {
            match caller.asker.ask(Request::ReadChunk { person, record, index }).await? {
                Reply::ChunkBytes { bytes, .. } => chunks.push(bytes.into_inner()),
                _ => return Err(Problem::NotFound),
            }
        }
        let seen = spawn_blocking(move || watch(&chunks)).await.ok().flatten();
        let seen = Arc::new(seen.ok_or(Problem::Bad("web-unreadable"))?);
        self.films.keep(record, &seen);
        Ok(seen)
    }
}

fn watch(chunks: &[Vec<u8>]) -> Option<Seen> {
    let chunks = chunks.iter().map(|bytes| Chunk::from_bytes(bytes)).collect::<Result<_, _>>().ok()?;
    let recording = Recording::from_chunks(chunks).ok()?;
    let mut watch = Watch::new(recording.header.coach().ok()?);
    let mut parts = Vec::new();
    let frames: Vec<&PoseFrame> = recording.frames().collect();
    frames.iter().for_each(|frame| watch.step(frame));
    parts.extend(frames.chunks(PART).map(|frames| frames.iter().flat_map(|frame| packed(frame)).collect()));
    let mut watched = watch.finish();
    watched.safety = recording.safety().cloned().collect();
    let started_ms = i64::try_from(recording.header.started_unix_ms).ok()?;
    Some(Seen { watched, started_ms, parts })
}

fn packed(frame: &PoseFrame) -> Vec<u8> {
    let mut bytes = (frame.time_s as f32).to_le_bytes().to_vec();
    for id in LandmarkId::ALL {
        let place = frame.pose.as_ref().map(|pose| pose.world[id].position);
        let place = place.map_or([UNSEEN; 3], |place| {
            [place.x, place.y, place.z].map(|metres| (metres * 1_000.0).clamp(-32_000.0, 32_000.0) as i16)
        });
        place.into_iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    }
    bytes
}
