//! The signal's recent past, in memory that never grows.

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

/// Samples in rising order of time.
pub(super) struct Trace {
    samples: Vec<Sample>,
    spacing_s: f64,
}

impl Trace {
    pub fn new() -> Self {
        Self { samples: Vec::with_capacity(CAPACITY), spacing_s: FINEST_S }
    }

    /// Adds a sample. When the memory is full, every other sample is dropped and the spacing doubles.
    pub fn push(&mut self, sample: Sample) {
        if self.samples.last().is_some_and(|last| sample.time_s - last.time_s < self.spacing_s) {
            return;
        }
        if self.samples.len() == CAPACITY {
            let mut keep = false;
            self.samples.retain(|_| {
                keep = !keep;
                keep
            });
            self.spacing_s *= 2.0;
        }
        self.samples.push(sample);
    }

    /// Forgets what is older than `time_s`.
    pub fn forget_before(&mut self, time_s: f64) {
        let old = self.samples.partition_point(|s| s.time_s < time_s);
        // In steps: moving the rest for every frame would be waste.
        if old >= CAPACITY / 4 || old == self.samples.len() {
            self.samples.drain(..old);
            self.spacing_s = FINEST_S;
        }
    }

    /// The samples from `from_s` to `to_s`.
    pub fn between(&self, from_s: f64, to_s: f64) -> &[Sample] {
        let start = self.samples.partition_point(|s| s.time_s < from_s);
        let end = self.samples.partition_point(|s| s.time_s <= to_s);
        self.samples.get(start..end.max(start)).unwrap_or_default()
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
        assert!(trace.samples.len() <= CAPACITY);
        assert!(trace.samples.is_sorted_by(|a, b| a.time_s < b.time_s));
        assert_eq!(trace.samples[0].time_s, 0.0);
        trace.forget_before(99.0);
        assert!(trace.between(0.0, 98.0).is_empty());
    }
}
