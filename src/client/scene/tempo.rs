//! The trainer's time: its own while the person rests, the person's while they move.

use baro_coach::{Exercise, Feedback, Phase};
use baro_motion::{Mannequin, Measures, Side};

/// Parts into which a repetition of the trainer is cut.
const PARTS: usize = 64;
/// How much slower and faster than its own tempo the trainer may go to meet the person.
const RATES: [f64; 2] = [0.15, 2.5];
/// A difference is made good in about this time, seconds: so far the trainer is behind a person of another tempo.
const MEET_S: f64 = 0.3;

/// The trainer's clock in one exercise.
#[derive(Debug, Clone, Default)]
pub struct Tempo {
    exercise: String,
    /// The trainer's own progress over its repetition; empty where it can't be told.
    progress: Vec<f32>,
    /// Where its farthest point is, index in `progress`.
    far: usize,
    time_s: f64,
}

impl Tempo {
    /// Goes on by `dt_s` seconds and gives the trainer's time, seconds.
    pub fn step(&mut self, exercise: &Exercise, feedback: &Feedback, moving: bool, dt_s: f64) -> f64 {
        if self.exercise != exercise.id {
            *self = Self::new(exercise);
        }
        let rate = match self.where_person_is(feedback) {
            Some(share) if moving => {
                let own = (self.time_s / exercise.trainer.period_s()).rem_euclid(1.0);
                // The short way round.
                let ahead = (share - own + 0.5).rem_euclid(1.0) - 0.5;
                (1.0 + ahead * exercise.trainer.period_s() / MEET_S).clamp(RATES[0], RATES[1])
            }
            _ => 1.0,
        };
        // Two periods, since every second one may be the mirror image of the first.
        self.time_s =
            (self.time_s + rate * dt_s.clamp(0.0, 0.25)).rem_euclid(2.0 * exercise.trainer.period_s());
        self.time_s
    }

    /// The trainer's time where it is exactly as far as the person, seconds; at its start while they rest.
    pub fn meet(&self, exercise: &Exercise, feedback: &Feedback) -> f64 {
        self.where_person_is(feedback).unwrap_or(0.0) * exercise.trainer.period_s()
    }

    /// A clock at its start.
    pub fn new(exercise: &Exercise) -> Self {
        let progress: Vec<f32> =
            (0..PARTS).map_while(|i| progress_at(exercise, i as f64 / PARTS as f64)).collect();
        let progress = if progress.len() == PARTS { progress } else { Vec::new() };
        let far = (0..progress.len()).max_by(|a, b| progress[*a].total_cmp(&progress[*b])).unwrap_or(0);
        Self { exercise: exercise.id.clone(), progress, far, time_s: 0.0 }
    }

    /// The share of the trainer's repetition at which it is as far as the person; `None` while they rest.
    fn where_person_is(&self, feedback: &Feedback) -> Option<f64> {
        let parts = match feedback.phase {
            _ if self.progress.is_empty() => return None,
            Phase::Rest => return None,
            Phase::Peak => return Some(self.far as f64 / PARTS as f64),
            Phase::Out => 0..self.far + 1,
            Phase::Return => self.far..PARTS,
        };
        let off = |i: &usize| (self.progress[*i] - feedback.progress).abs();
        parts.min_by(|a, b| off(a).total_cmp(&off(b))).map(|i| i as f64 / PARTS as f64)
    }
}

/// How far the trainer is at a share of its first repetition, 0 to 1: by the side that is further.
fn progress_at(exercise: &Exercise, share: f64) -> Option<f32> {
    let signal = exercise.signal.as_ref()?;
    let angles = exercise.trainer.angles_at(share * exercise.trainer.period_s());
    let world = Mannequin::default().landmarks(&angles);
    let of = |side| Measures::value(&world, signal.measure, side).map(|value| signal.progress(value));
    let [left, right] = Side::BOTH.map(of);
    match (left, right) {
        (Some(left), Some(right)) => Some(left.max(right)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squat() -> Exercise {
        Exercise::from_toml(include_str!("../../../assets/exercises/squat.toml")).unwrap()
    }

    #[test]
    fn at_rest_it_goes_at_its_own_tempo() {
        let (squat, mut tempo) = (squat(), Tempo::default());
        let mut time_s = 0.0;
        for _ in 0..60 {
            time_s = tempo.step(&squat, &Feedback::default(), true, 1.0 / 30.0);
        }
        assert!((time_s - 2.0).abs() < 1e-6, "{time_s}");
    }

    #[test]
    fn it_meets_a_slow_person_and_stays_with_them() {
        let (squat, mut tempo) = (squat(), Tempo::default());
        // A repetition of 10 s instead of 5.
        for frame in 0..300 {
            let t = f64::from(frame) / 300.0;
            let progress = (0.5 - 0.5 * (t * std::f64::consts::TAU).cos()) as f32;
            let phase = if t < 0.5 { Phase::Out } else { Phase::Return };
            let feedback = Feedback { phase, progress, ..Feedback::default() };
            let time_s = tempo.step(&squat, &feedback, true, 1.0 / 30.0);
            let shown = progress_at(&squat, time_s / squat.trainer.period_s()).unwrap();
            assert!(frame < 60 || (shown - progress).abs() < 0.25, "{frame}: {shown} beside {progress}");
        }
    }
}
