//! What a record is about, in every format.

use baro_coach::safety::SafetyNote;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The format that this program writes. It reads those before it too.
pub const FORMAT: u16 = 3;

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
