//! Records of formats 1 and 2, as Baro wrote them until November 2026: every entry a block, nothing signed, sealed or packed.

use crate::{
    Digest, Entry, Event, Header,
    blocks::{Blocks, Next},
};
use baro_coach::{SideChoice, plan::Dose, reference::Sensor};
use baro_motion::{LANDMARK_COUNT, Landmarks, Pose, PoseFrame};
use serde::Deserialize;
use std::io::Read;

/// The header, or `None` where it is not whole.
pub(crate) fn header<R: Read>(format: u16, blocks: &mut Blocks<R>) -> Option<Header> {
    let Next::Payload(payload) = blocks.next() else { return None };
    let header = match format {
        1 => header_v1(&payload),
        _ => match postcard::from_bytes(&payload) {
            Ok(Block::Header(header)) => Some(header),
            _ => None,
        },
    }?;
    blocks.accept(payload.len());
    Some(header)
}

/// The next entry; `None` at the end and at the first damage.
pub(crate) fn entry<R: Read>(blocks: &mut Blocks<R>) -> Option<Entry> {
    let Next::Payload(payload) = blocks.next() else { return None };
    let entry = match postcard::from_bytes(&payload).ok()? {
        Block::Frame(frame) => Entry::Frame(Box::new(frame.get()?)),
        Block::Event(event) => Entry::Event(event),
        Block::End(digest) => Entry::End(digest),
        Block::Header(_) => return None,
    };
    blocks.accept(payload.len());
    Some(entry)
}

/// One block's payload.
#[derive(Deserialize)]
enum Block {
    Header(Header),
    Frame(FrameBlock),
    Event(Event),
    /// The set was finished; digest of the final report.
    End(Digest),
}

/// A frame as stored: the landmarks as flat `f32`s.
#[derive(Deserialize)]
struct FrameBlock {
    time_s: f64,
    confidence: f32,
    /// Empty where nobody was seen; else 33 times image xyz, visibility, presence, world xyz.
    values: Vec<f32>,
}

const VALUES_PER_LANDMARK: usize = 8;

impl FrameBlock {
    /// The frame, or `None` where the number of values is not that of a body.
    fn get(&self) -> Option<PoseFrame> {
        if self.values.is_empty() {
            return Some(PoseFrame { time_s: self.time_s, pose: None });
        }
        if self.values.len() != LANDMARK_COUNT * VALUES_PER_LANDMARK {
            return None;
        }
        let (mut image, mut world) = (Landmarks::default(), Landmarks::default());
        for (i, v) in self.values.chunks_exact(VALUES_PER_LANDMARK).enumerate() {
            let &[ix, iy, iz, visibility, presence, wx, wy, wz] = v else { return None };
            for (landmark, position) in [(&mut image.0[i], [ix, iy, iz]), (&mut world.0[i], [wx, wy, wz])] {
                landmark.position = position.into();
                landmark.visibility = visibility;
                landmark.presence = presence;
            }
        }
        let pose = Some(Pose { image, world, confidence: self.confidence });
        Some(PoseFrame { time_s: self.time_s, pose })
    }
}

/// The header of format 1: no dose, no reference motion of its own, always a camera.
#[derive(Deserialize)]
struct HeaderV1 {
    program: String,
    started_unix_ms: u64,
    source: String,
    exercise_toml: String,
    side: SideChoice,
    model: String,
    model_sha256: String,
}

/// The first block of a record of format 1.
#[derive(Deserialize)]
enum FirstBlockV1 {
    Header(HeaderV1),
}

/// Reads the first block's payload of a record of format 1.
fn header_v1(payload: &[u8]) -> Option<Header> {
    let FirstBlockV1::Header(old) = postcard::from_bytes(payload).ok()?;
    Some(Header {
        program: old.program,
        started_unix_ms: old.started_unix_ms,
        source: old.source,
        exercise_toml: old.exercise_toml,
        side: old.side,
        model: old.model,
        model_sha256: old.model_sha256,
        dose: Dose::default(),
        sensor: Sensor::Camera,
        reference: None,
    })
}
