//! The recent postures of a body.

use super::Summary;
use crate::recent::{Recent, Timed};
use baro_motion::{CHANNEL_SLOTS, Channels, Landmarks};

/// Postures that are kept: 17 s at 30 a second, thinned out beyond that.
const CAPACITY: usize = 512;
/// Postures nearer together than this are skipped, seconds: movements are slow against 30 pictures a second.
const FINEST_S: f64 = 0.03;
/// Before a repetition so much is remembered, seconds: the rest posture.
const BEFORE_S: f64 = 2.0;

/// One posture at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub time_s: f64,
    pub values: [f32; CHANNEL_SLOTS],
}

impl Timed for Sample {
    fn time_s(&self) -> f64 {
        self.time_s
    }
}

/// Remembers postures and sums up what lies between two moments.
#[derive(Debug, Clone)]
pub struct Track(Recent<Sample>);

impl Default for Track {
    fn default() -> Self {
        Self(Recent::new(CAPACITY, FINEST_S))
    }
}

impl Track {
    /// Adds a posture; times rise. `under_way_since_s`: start of the repetition under way; without one, only the last 2 s are kept.
    pub fn push(&mut self, time_s: f64, world: &Landmarks, under_way_since_s: Option<f64>) {
        if self.0.wants(time_s) {
            self.0.forget_before(under_way_since_s.unwrap_or(time_s) - BEFORE_S);
            self.0.push(Sample { time_s, values: Channels::new(world).0 });
        }
    }

    /// Sums up what lies between two moments; `None` where next to nothing was seen.
    pub fn summary(&self, from_s: f64, to_s: f64) -> Option<Summary> {
        Summary::new(self.0.all(), from_s, to_s)
    }
}
