//! Spectral arc length (SPARC): the length of a speed profile's spectrum, whatever its size and duration.
//!
//! Source: Balasubramanian, Melendez-Calderon, Roby-Brami, Burdet, "On the analysis of movement smoothness", J NeuroEng
//! Rehabil 12 (2015) 112, with its parameters. SPARC rather than log dimensionless jerk: a webcam's jitter of half a
//! degree takes the latter from −5.3 to −13.4.

use super::series::{Regular, Sample};

/// Frequencies above this are not looked at, hertz.
pub const SPARC_CUTOFF_HZ: f64 = 10.0;
/// The spectrum is followed up to the last frequency with this share of its height.
const AMPLITUDE_THRESHOLD: f64 = 0.05;
/// The spectrum's steps: the profile is padded to 2^4 times the next power of two.
const PADDING_LEVEL: u32 = 4;
/// Fewer samples have no shape.
const LEAST_SAMPLES: usize = 8;
/// Slower streams show too little of the spectrum: at 10 fps half of it is missing.
const LEAST_RATE_HZ: f64 = 9.5;

/// How smooth a movement was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothness {
    /// Spectral arc length, no unit: about −1.4 for one smooth stroke, lower (−3, −6) the jerkier.
    pub sparc: f64,
    /// Up to which frequency the spectrum could be seen: 10 Hz, or half the frame rate below 20 fps. A stream below 20 fps
    /// can't show faster jerks, so that its movement can only look smoother; compare values of one cut-off.
    pub cutoff_hz: f64,
}

/// Smoothness of one stroke (out, or back) from the path of an angle or a coordinate. A whole repetition has a stop in
/// the middle and so is never as smooth as its strokes: give them one by one.
///
/// Irregular samples are resampled first. `None` without movement, for fewer than 8 samples, a gap longer than 0.5 s, or
/// a stream slower than 10 fps.
pub fn smoothness_of_path(path: &[Sample]) -> Option<Smoothness> {
    spectral_arc_length(&Regular::new(path, LEAST_SAMPLES, f64::INFINITY)?.speed())
}

/// From a stroke's speed.
pub(super) fn spectral_arc_length(speed: &Regular) -> Option<Smoothness> {
    let count = speed.values.len();
    if speed.rate_hz < LEAST_RATE_HZ || count < LEAST_SAMPLES {
        return None;
    }
    let cutoff_hz = SPARC_CUTOFF_HZ.min(speed.rate_hz / 2.0);
    let step_hz = speed.rate_hz / (count.next_power_of_two() << PADDING_LEVEL) as f64;
    let last = (cutoff_hz / step_hz + 1e-9) as usize;
    // A speed is never negative, so that its spectrum is highest at 0.
    let height: f64 = speed.values.iter().map(|v| v.abs()).sum();
    if !(height.is_finite() && height > f64::EPSILON) {
        return None;
    }
    let turn = std::f64::consts::TAU * step_hz / speed.rate_hz;
    let spectrum: Vec<f64> = (0..=last).map(|k| amplitude(&speed.values, turn * k as f64) / height).collect();
    let end = spectrum.iter().rposition(|&m| m >= AMPLITUDE_THRESHOLD).filter(|&end| end > 0)?;
    let across = 1.0 / end as f64;
    let length: f64 = spectrum[..=end].windows(2).map(|w| libm::hypot(across, w[1] - w[0])).sum();
    Some(Smoothness { sparc: -length, cutoff_hz })
}

/// Amplitude of one frequency, `turn_rad` a sample.
fn amplitude(values: &[f64], turn_rad: f64) -> f64 {
    let (turn_sin, turn_cos) = libm::sincos(turn_rad);
    let (mut cos, mut sin) = (1.0, 0.0);
    let (mut re, mut im) = (0.0, 0.0);
    for value in values {
        let speed = value.abs();
        (re, im) = (re + speed * cos, im + speed * sin);
        (cos, sin) = (cos * turn_cos - sin * turn_sin, sin * turn_cos + cos * turn_sin);
    }
    libm::hypot(re, im)
}
