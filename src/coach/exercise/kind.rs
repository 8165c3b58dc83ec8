//! What kind of exercise: repetitions, a posture that is held, or a pace that is followed; and functional tests.

use super::Price;
use crate::{CueId, Phase};

/// How an exercise is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// There and back, again and again.
    Reps,
    /// A posture that is held.
    Hold(Hold),
    /// A pace that is followed, as in breathing.
    Paced(Pace),
}

/// A posture that is held: while the signal is past `reach` and no rule that breaks the hold is broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    /// Its name in reports, where the hold was shorter than `target_s`.
    pub id: String,
    /// How long to hold, seconds.
    pub target_s: f64,
    /// A hold shorter than this is partial, seconds.
    pub least_s: f64,
    /// An interruption up to this long doesn't end the hold (and isn't counted as held), seconds.
    pub grace_s: f64,
    /// Points for each second short of `target_s`.
    pub price: Price,
    /// Said when the posture is left too early.
    pub cue: CueId,
}

/// A pace: in, hold, out, rest, again and again; seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Breathing in, or tensing.
    pub in_s: f64,
    /// Between in and out; may be 0.
    pub hold_s: f64,
    /// Breathing out, or letting go.
    pub out_s: f64,
    /// Before the next; may be 0.
    pub rest_s: f64,
    /// How long to go on, minutes.
    pub minutes: f64,
}

impl Pace {
    /// Length of one cycle, seconds.
    pub fn cycle_s(&self) -> f64 {
        self.in_s + self.hold_s + self.out_s + self.rest_s
    }

    /// The phase at a time from the first breath, seconds, and how full the breath is, 0 to 1. Breath goes in and out as
    /// half a cosine.
    pub fn phase_at(&self, t_s: f64) -> (Phase, f32) {
        let t_s = t_s.rem_euclid(self.cycle_s());
        let full = |share: f64| (0.5 - 0.5 * libm::cos(share * std::f64::consts::PI)) as f32;
        let ends = [self.in_s, self.in_s + self.hold_s, self.in_s + self.hold_s + self.out_s];
        match () {
            () if t_s < ends[0] => (Phase::Out, full(t_s / self.in_s)),
            () if t_s < ends[1] => (Phase::Peak, 1.0),
            () if t_s < ends[2] => (Phase::Return, full(1.0 - (t_s - ends[1]) / self.out_s)),
            () => (Phase::Rest, 0.0),
        }
    }
}

/// What a functional test measures over a set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FunctionalTest {
    /// Complete repetitions within so many seconds from the first movement.
    CountInTime {
        /// Length of the test.
        seconds: f64,
    },
    /// Seconds from the first movement to the far end of the repetition numbered `count`.
    TimeForCount {
        /// How many repetitions.
        count: u32,
    },
    /// The longest hold, up to `max_s` seconds.
    LongestHold {
        /// The test ends here, as in its standard.
        max_s: f64,
    },
}
