//! The exercise as the trainer shows it, to stand beside what was done.

use super::{Curve, Replay, curve::Gathered, replay::Packed};
use baro_coach::{Exercise, Sides};
use baro_motion::{Mannequin, Measures, Side};
use serde::{Deserialize, Serialize};

/// One period of the trainer's movement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The exercise's id.
    pub exercise: String,
    /// Repetitions in it: two where the sides take turns.
    pub repetitions: u32,
    /// Length, seconds.
    pub lasts_s: f64,
    /// Seen from the front.
    pub replay: Replay,
    /// What is counted on; empty where a pace is followed. There is no error: it is how it should be.
    pub curves: Vec<Curve>,
}

impl Shown {
    /// Of an exercise, at `rate_hz` (1 to 60).
    pub fn of(exercise: &Exercise, rate_hz: f64) -> Self {
        let rate_hz = if rate_hz.is_finite() { rate_hz.clamp(1.0, 60.0) } else { 15.0 };
        let repetitions = if exercise.sides == Sides::Alternate { 2 } else { 1 };
        let lasts_s = exercise.trainer.period_s() * f64::from(repetitions);
        let frames = (lasts_s * rate_hz).round() as u32;
        let body = Mannequin::default();
        let mut packed = Packed::new();
        let measure = exercise.signal.map(|signal| signal.measure);
        let mut gathered =
            measure.map(|measure| Side::BOTH.map(|side| Gathered { measure, side, samples: Vec::new() }));
        for frame in 0..=frames {
            let world = body.landmarks(&exercise.trainer.angles_at(f64::from(frame) / rate_hz));
            packed.push(Some(&world));
            if let Some(both) = &mut gathered {
                let measures = Measures::new(&world);
                both.iter_mut().for_each(|one| one.samples.push(measures.get(one.measure, one.side)));
            }
        }
        let replay = packed.finish(0.0, rate_hz);
        let curves = gathered.into_iter().flatten().map(|one| {
            let side = Some(one.side);
            Curve { pm: Vec::new(), ..Curve::new(one, side, true, 0.0, rate_hz) }
        });
        Self { exercise: exercise.id.clone(), repetitions, lasts_s, replay, curves: curves.collect() }
    }
}
