//! The signal's recent past.

use crate::recent::{Recent, Timed};

/// Samples that are kept; with [`FINEST_S`] at least 8 s, thinned out beyond that.
const CAPACITY: usize = 1024;
/// Samples nearer together than this are skipped: a 1,000 fps source needs no more.
const FINEST_S: f64 = 0.008;

/// The signal at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sample {
    pub time_s: f64,
    pub value: f32,
}

impl Timed for Sample {
    fn time_s(&self) -> f64 {
        self.time_s
    }
}

/// Samples in rising order of time.
pub(super) struct Trace(Recent<Sample>);

impl Trace {
    pub fn new() -> Self {
        Self(Recent::new(CAPACITY, FINEST_S))
    }

    /// Adds a sample.
    pub fn push(&mut self, sample: Sample) {
        self.0.push(sample);
    }

    /// Forgets what is older than `time_s`.
    pub fn forget_before(&mut self, time_s: f64) {
        self.0.forget_before(time_s);
    }

    /// The samples from `from_s` to `to_s`.
    pub fn between(&self, from_s: f64, to_s: f64) -> &[Sample] {
        self.0.between(from_s, to_s)
    }
}

/// When the line from `a` to `b` passes `value`.
fn crossing_s(a: Sample, b: Sample, value: f32) -> f64 {
    let share = (value - a.value) / (b.value - a.value);
    let share = if share.is_finite() { f64::from(share.clamp(0.0, 1.0)) } else { 1.0 };
    a.time_s + (b.time_s - a.time_s) * share
}

/// When the signal first gets to `value` or above; `None` where it never does.
pub(super) fn first_above(samples: &[Sample], value: f32) -> Option<f64> {
    let i = samples.iter().position(|s| s.value >= value)?;
    let at = *samples.get(i)?;
    Some(
        i.checked_sub(1)
            .and_then(|i| samples.get(i))
            .map_or(at.time_s, |before| crossing_s(*before, at, value)),
    )
}

/// When the signal was last at `value` or above; `None` where it never was.
pub(super) fn last_above(samples: &[Sample], value: f32) -> Option<f64> {
    let i = samples.iter().rposition(|s| s.value >= value)?;
    let at = *samples.get(i)?;
    Some(samples.get(i + 1).map_or(at.time_s, |after| crossing_s(at, *after, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp() -> Vec<Sample> {
        [0.0, 1.0, 3.0, 2.0, 0.0]
            .iter()
            .enumerate()
            .map(|(i, &value)| Sample { time_s: i as f64, value })
            .collect()
    }

    #[test]
    fn crossings_are_interpolated() {
        assert_eq!(first_above(&ramp(), 2.0), Some(1.5));
        assert_eq!(last_above(&ramp(), 1.0), Some(3.5));
        assert_eq!(first_above(&ramp(), 4.0), None);
    }

    #[test]
    fn memory_stays_bounded_and_ordered() {
        let mut trace = Trace::new();
        for i in 0..100_000 {
            trace.push(Sample { time_s: f64::from(i) / 1000.0, value: 0.0 });
        }
        assert!(trace.0.all().len() <= CAPACITY);
        assert!(trace.0.all().is_sorted_by(|a, b| a.time_s < b.time_s));
        assert_eq!(trace.0.all()[0].time_s, 0.0);
        trace.forget_before(99.0);
        assert!(trace.between(0.0, 98.0).is_empty());
    }
}
