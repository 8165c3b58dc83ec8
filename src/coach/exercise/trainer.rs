//! How the trainer shows an exercise: joint angles over one period, from a few keys.

use super::{ExerciseError, parse};
use baro_motion::{ANGLE_COUNT, JointAngles};

/// A moment of the trainer's movement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    /// Share of the period, 0 to below 1.
    pub at: f64,
    /// As [`JointAngles::to_array`].
    pub angles: [f32; ANGLE_COUNT],
}

/// A movement that repeats itself, as keys with smooth curves between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Trainer {
    period_s: f64,
    /// Every second period is the mirror image of the first.
    turns: bool,
    keys: Vec<Key>,
    /// Slope of every angle at every key, radians for one period.
    slopes: Vec<[f32; ANGLE_COUNT]>,
}

impl Trainer {
    /// Reads a movement on its own: `period_s` and `[[keys]]`, as in the `[trainer]` part of an exercise file.
    ///
    /// # Errors
    /// As [`super::Exercise::from_toml`].
    pub fn from_toml(text: &str) -> Result<Self, ExerciseError> {
        parse::trainer(text)
    }

    /// `keys` stand in rising order and are not empty.
    pub(super) fn new(period_s: f64, turns: bool, keys: Vec<Key>) -> Self {
        let slopes = (0..keys.len()).map(|i| slopes_at(&keys, i)).collect();
        Self { period_s, turns, keys, slopes }
    }

    /// Length of one repetition, seconds.
    pub fn period_s(&self) -> f64 {
        self.period_s
    }

    /// The posture at a time, seconds; before 0 and past the period the movement repeats (as its mirror image where sides take
    /// turns). No allocation.
    pub fn angles_at(&self, t_s: f64) -> JointAngles {
        let angles = self.first_period_at(t_s);
        let odd = (t_s / self.period_s).rem_euclid(2.0) >= 1.0;
        if self.turns && odd { angles.mirrored() } else { angles }
    }

    fn first_period_at(&self, t_s: f64) -> JointAngles {
        let share = (t_s / self.period_s).rem_euclid(1.0);
        let share = if share.is_finite() { share } else { 0.0 };
        let n = self.keys.len();
        let next = self.keys.iter().position(|key| key.at > share).unwrap_or(n);
        let (from, to) = ((next + n - 1) % n, next % n);
        let (Some(a), Some(b)) = (self.keys.get(from), self.keys.get(to)) else {
            return JointAngles::default();
        };
        let span = span(a.at, b.at);
        let u = ((share - a.at).rem_euclid(1.0) / span) as f32;
        let span = span as f32;
        let mut angles = [0.0; ANGLE_COUNT];
        for (i, angle) in angles.iter_mut().enumerate() {
            *angle =
                hermite(u, a.angles[i], self.slopes[from][i] * span, b.angles[i], self.slopes[to][i] * span);
        }
        JointAngles::from_array(angles)
    }
}

/// From one key to the next, as a share of the period; a single key is a whole period from itself.
fn span(from: f64, to: f64) -> f64 {
    let d = (to - from).rem_euclid(1.0);
    if d > 0.0 { d } else { 1.0 }
}

/// Slopes at key `i` after Fritsch and Carlson (SIAM J. Numer. Anal. 17, 1980): the curve has no hump that the keys
/// don't have, so a joint that stays at 0 between two keys does stay there, and feet don't dip below the floor.
fn slopes_at(keys: &[Key], i: usize) -> [f32; ANGLE_COUNT] {
    let n = keys.len();
    let (before, here, after) = (&keys[(i + n - 1) % n], &keys[i], &keys[(i + 1) % n]);
    let (h0, h1) = (span(before.at, here.at) as f32, span(here.at, after.at) as f32);
    std::array::from_fn(|k| {
        let d0 = (here.angles[k] - before.angles[k]) / h0;
        let d1 = (after.angles[k] - here.angles[k]) / h1;
        if d0 * d1 <= 0.0 {
            return 0.0;
        }
        let (w0, w1) = (2.0 * h1 + h0, h1 + 2.0 * h0);
        (w0 + w1) / (w0 / d0 + w1 / d1)
    })
}

/// Cubic from `a` to `b` with slopes `da` and `db`, `u` in 0..1.
fn hermite(u: f32, a: f32, da: f32, b: f32, db: f32) -> f32 {
    let (u2, u3) = (u * u, u * u * u);
    a * (2.0 * u3 - 3.0 * u2 + 1.0) + da * (u3 - 2.0 * u2 + u) + b * (3.0 * u2 - 2.0 * u3) + db * (u3 - u2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUAT: &str = "
        period_s = 4.0
        [[keys]]
        at = 0.1
        [[keys]]
        at = 0.5
        left_knee_flexion = 90
        right_knee_flexion = 90
        trunk_flexion = 30
        [[keys]]
        at = 0.9
    ";

    #[test]
    fn passes_its_keys_and_repeats() {
        let trainer = Trainer::from_toml(SQUAT).unwrap();
        let knee = |t: f64| trainer.angles_at(t).left.knee_flexion_rad.to_degrees();
        for t in [0.4, 3.6, 4.4, 0.0, -4.0, 3.99] {
            assert!(knee(t).abs() < 1e-3, "{t}: {}", knee(t));
        }
        assert!((knee(2.0) - 90.0).abs() < 1e-3);
        assert!((knee(6.0) - 90.0).abs() < 1e-3);
        assert!((trainer.angles_at(2.0).trunk_flexion_rad.to_degrees() - 30.0).abs() < 1e-3);
        let mut last = 0.0;
        for i in 40..200 {
            let now = knee(f64::from(i) / 100.0);
            assert!(now >= last - 1e-4 && now - last < 2.5, "jumps or turns back at {i}: {last} to {now}");
            last = now;
        }
        let stepping = SQUAT.replace("right_knee_flexion = 90", "right_knee_flexion = 20");
        assert!(Trainer::from_toml(&stepping).unwrap().angles_at(6.0).left.knee_flexion_rad > 1.5);
        let turns = Trainer::from_toml(&format!("turns = true\n{stepping}")).unwrap();
        assert_eq!(turns.angles_at(2.0), turns.angles_at(6.0).mirrored());
        assert_eq!(turns.angles_at(2.0), turns.angles_at(10.0));
        let uneven = stepping.replace("at = 0.9", "at = 0.9\nleft_knee_flexion = 9");
        let message = Trainer::from_toml(&format!("turns = true\n{uneven}")).unwrap_err().to_string();
        assert!(message.contains("line 1") && message.contains("both sides alike"), "{message}");
        assert!(knee(f64::NAN).is_finite() && knee(f64::INFINITY).is_finite());
    }
}
