//! The record's layout: magic, format number, then blocks of `length, checksum, payload`.

use crate::Header;
use baro_coach::safety::SafetyNote;
use baro_motion::{LANDMARK_COUNT, Landmarks, Pose, PoseFrame};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// First bytes of every record.
pub(crate) const MAGIC: [u8; 6] = *b"BAROR\n";
/// The format that this program writes. It reads those before it too.
pub const FORMAT: u16 = 2;
/// Largest block that a reader accepts: many times the largest that is written, so that a broken length can't ask
/// for all the memory.
pub(crate) const MAX_BLOCK: usize = 1 << 20;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest(pub [u8; 32]);

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Something that happened, at the capture time of the frame it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A cue was given.
    Cue {
        /// Seconds.
        time_s: f64,
        /// The cue's id.
        id: String,
    },
    /// A repetition ended; the digest of the report at that moment lets a broken-off record be checked too.
    RepEnded {
        /// Seconds.
        time_s: f64,
        /// Digest of the report so far.
        report: Digest,
    },
    /// The person paused; times of later frames go on from here.
    Paused {
        /// Seconds.
        time_s: f64,
    },
    /// The person went on.
    Resumed {
        /// Seconds.
        time_s: f64,
    },
    /// The camera went away or came back.
    Camera {
        /// Seconds.
        time_s: f64,
        /// Is it there now?
        present: bool,
    },
    /// Pain, effort, health questions or a symptom; also appended when the set is over ([`crate::append`]).
    Safety(SafetyNote),
}

/// One block's payload.
#[derive(Serialize, Deserialize)]
pub(crate) enum Block {
    Header(Header),
    Frame(FrameBlock),
    Event(Event),
    /// The set was finished; digest of the final report.
    End(Digest),
}

/// A frame as stored: the landmarks as flat `f32`s, since a replay must see the very same bits.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct FrameBlock {
    time_s: f64,
    confidence: f32,
    /// Empty where nobody was seen; else 33 times image xyz, visibility, presence, world xyz.
    values: Vec<f32>,
}

const VALUES_PER_LANDMARK: usize = 8;

impl FrameBlock {
    /// Takes over a frame, reusing this block's memory.
    pub fn set(&mut self, frame: &PoseFrame) {
        self.time_s = frame.time_s;
        self.values.clear();
        self.confidence = 0.0;
        let Some(pose) = &frame.pose else { return };
        self.confidence = pose.confidence;
        for (image, world) in pose.image.0.iter().zip(&pose.world.0) {
            self.values.extend(image.position.to_array());
            self.values.extend([world.visibility, world.presence]);
            self.values.extend(world.position.to_array());
        }
    }

    /// The frame, or `None` where the number of values is not that of a body.
    pub fn get(&self) -> Option<PoseFrame> {
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
