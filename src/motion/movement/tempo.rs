//! Tempo of a repetition by phase.

use super::series::{Sample, usable};

/// Within this share of the range from the farthest value: at the far end. From the nearest value: at rest.
const NEAR: f32 = 0.1;

/// How long each phase of one repetition took, seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tempo {
    /// From leaving the start to reaching the far end (of a squat: eccentric).
    pub out_s: f64,
    /// At the far end.
    pub peak_s: f64,
    /// From leaving the far end to being back (of a squat: concentric).
    pub return_s: f64,
    /// At rest within the samples: before and after the movement.
    pub rest_s: f64,
}

/// Tempo of the samples of one repetition, out and back again; the signal rises on the way out (give it negated where
/// it falls). Borders are interpolated between samples.
///
/// `None` for fewer than 4 usable samples, without movement, for values too far apart, or where it does not come back.
pub fn tempo(repetition: &[Sample]) -> Option<Tempo> {
    let samples: Vec<Sample> = usable(repetition).collect();
    let (first, last) = (samples.first()?, samples.last()?);
    let values = || samples.iter().map(|s| s.value);
    let (low, high) = (values().reduce(f32::min)?, values().reduce(f32::max)?);
    let range = high - low;
    if samples.len() < 4 || range <= f32::EPSILON || !range.is_finite() {
        return None;
    }
    let (near, far) = (low + NEAR * range, high - NEAR * range);
    let peak = samples.iter().position(|s| s.value >= far)?;
    let back = samples.iter().rposition(|s| s.value >= far)?;
    let start = samples[..=peak].iter().rposition(|s| s.value <= near)?;
    let end = back + samples[back..].iter().position(|s| s.value <= near)?;
    let leaves_s = crossing_s(samples[start], samples[start + 1], near);
    let reaches_s = crossing_s(samples[peak - 1], samples[peak], far);
    let turns_s = crossing_s(samples[back], samples[back + 1], far);
    let arrives_s = crossing_s(samples[end - 1], samples[end], near);
    Some(Tempo {
        out_s: reaches_s - leaves_s,
        peak_s: turns_s - reaches_s,
        return_s: arrives_s - turns_s,
        rest_s: (leaves_s - first.time_s) + (last.time_s - arrives_s),
    })
}

/// When the line from `a` to `b` passes `value`.
fn crossing_s(a: Sample, b: Sample, value: f32) -> f64 {
    let share = f64::from((value - a.value) / (b.value - a.value));
    if share.is_finite() { a.time_s + (b.time_s - a.time_s) * share.clamp(0.0, 1.0) } else { b.time_s }
}
