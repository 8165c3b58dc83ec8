//! How steadily a posture is held.

use super::series::{Regular, Sample, mean};

/// Shorter holds say nothing.
const LEAST_S: f64 = 1.0;
const LEAST_SAMPLES: usize = 5;
/// Averages of a tenth of a second: so that neither the frame rate nor a tracker's jitter from frame to frame matters.
const RATE_HZ: f64 = 10.0;

/// A hold, in the unit of the quantity held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steadiness {
    /// Where it was held, on average.
    pub mean: f64,
    /// Standard deviation about the line of drift: how much it trembled or swayed.
    pub sd: f64,
    /// How it drifted, each second (a sinking arm: negative). Least squares.
    pub drift_per_s: f64,
}

/// Steadiness of a hold; give the samples of the hold only. `None` for less than a second, fewer than 5 samples, or a gap
/// longer than 0.5 s.
pub fn steadiness(hold: &[Sample]) -> Option<Steadiness> {
    let held = Regular::new(hold, LEAST_SAMPLES, RATE_HZ)?;
    let count = held.values.len();
    if (count - 1) as f64 / held.rate_hz < LEAST_S - 1e-6 {
        return None;
    }
    let middle = (count - 1) as f64 / 2.0;
    let time_s = |i: usize| (i as f64 - middle) / held.rate_hz;
    let mean = mean(held.values.iter().copied());
    let (mut product, mut square) = (0.0, 0.0);
    for (i, value) in held.values.iter().enumerate() {
        product += time_s(i) * (value - mean);
        square += time_s(i) * time_s(i);
    }
    let drift_per_s = product / square;
    let residual = |(i, value): (usize, &f64)| value - mean - drift_per_s * time_s(i);
    let squares: f64 = held.values.iter().enumerate().map(residual).map(|r| r * r).sum();
    // Two degrees of freedom went into the line.
    let sd = (squares / (count - 2).max(1) as f64).sqrt();
    Some(Steadiness { mean, sd, drift_per_s })
}
