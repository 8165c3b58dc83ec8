//! The recent postures of a body, in memory that never grows.

use super::Summary;
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

/// Remembers postures and sums up what lies between two moments.
#[derive(Debug, Clone)]
pub struct Track {
    samples: Vec<Sample>,
    spacing_s: f64,
}

impl Default for Track {
    fn default() -> Self {
        Self { samples: Vec::with_capacity(CAPACITY), spacing_s: FINEST_S }
    }
}

impl Track {
    /// Adds a posture; times rise. `under_way_since_s`: start of the repetition under way; without one, only the last 2 s are kept.
    pub fn push(&mut self, time_s: f64, world: &Landmarks, under_way_since_s: Option<f64>) {
        if self.samples.last().is_some_and(|last| time_s - last.time_s < self.spacing_s) {
            return;
        }
        self.forget_before(under_way_since_s.unwrap_or(time_s) - BEFORE_S);
        if self.samples.len() == CAPACITY {
            let mut keep = false;
            self.samples.retain(|_| {
                keep = !keep;
                keep
            });
            self.spacing_s *= 2.0;
        }
        self.samples.push(Sample { time_s, values: Channels::new(world).0 });
    }

    fn forget_before(&mut self, time_s: f64) {
        let old = self.samples.partition_point(|sample| sample.time_s < time_s);
        // In steps: moving the rest for every frame would be waste.
        if old >= CAPACITY / 4 || old == self.samples.len() {
            self.samples.drain(..old);
            self.spacing_s = FINEST_S;
        }
    }

    /// Sums up what lies between two moments; `None` where next to nothing was seen.
    pub fn summary(&self, from_s: f64, to_s: f64) -> Option<Summary> {
        Summary::new(&self.samples, from_s, to_s)
    }
}
