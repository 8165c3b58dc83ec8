//! Samples of one quantity over time, and making them regular.

/// A longer gap, seconds, is not bridged: what happened meanwhile is not known.
const LONGEST_GAP_S: f64 = 0.5;
/// No resampling is finer than this: bodies have nothing to say above 50 Hz.
const HIGHEST_RATE_HZ: f64 = 100.0;
/// Longest series that is looked at, seconds.
const LONGEST_S: f64 = 120.0;

/// A quantity at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Capture time, seconds.
    pub time_s: f64,
    /// The quantity, in its own unit.
    pub value: f32,
}

/// The samples that can be used: finite, in rising order of time.
pub(super) fn usable(samples: &[Sample]) -> impl Iterator<Item = Sample> {
    let mut last_s = f64::NEG_INFINITY;
    samples.iter().copied().filter(move |s| {
        let good = s.time_s.is_finite() && s.value.is_finite() && s.time_s > last_s;
        if good {
            last_s = s.time_s;
        }
        good
    })
}

/// A series at equal steps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Regular {
    pub rate_hz: f64,
    pub values: Vec<f64>,
}

impl Regular {
    /// Resamples to the samples' own typical rate (their median step), at most `highest_hz`. Between samples the line is
    /// followed; where samples are denser than the steps, each step is their mean. `None`: fewer than `least` samples, a
    /// gap longer than half a second, or longer than two minutes.
    pub fn new(samples: &[Sample], least: usize, highest_hz: f64) -> Option<Self> {
        let samples: Vec<Sample> = usable(samples).collect();
        let (first, last) = (samples.first()?, samples.last()?);
        let mut steps_s: Vec<f64> = samples.windows(2).map(|w| w[1].time_s - w[0].time_s).collect();
        let span_s = last.time_s - first.time_s;
        if samples.len() < least.max(2) || span_s > LONGEST_S || steps_s.iter().any(|&s| s > LONGEST_GAP_S) {
            return None;
        }
        let middle = steps_s.len() / 2;
        let (_, &mut median_s, _) = steps_s.select_nth_unstable_by(middle, f64::total_cmp);
        let rate_hz = (1.0 / median_s).min(highest_hz.min(HIGHEST_RATE_HZ));
        let count = (span_s * rate_hz).round() as usize + 1;
        let mut from = 0;
        let values = (0..count).map(|i| at(&samples, &mut from, first.time_s + i as f64 / rate_hz, rate_hz));
        Some(Self { rate_hz, values: values.collect() })
    }

    /// Rate of change, each second: central differences, one-sided at the ends.
    pub fn speed(&self) -> Self {
        let last = self.values.len() - 1;
        let slope = |i: usize| {
            let (a, b) = (i.saturating_sub(1), (i + 1).min(last));
            (self.values[b] - self.values[a]) * self.rate_hz / (b - a).max(1) as f64
        };
        Self { rate_hz: self.rate_hz, values: (0..=last).map(slope).collect() }
    }
}

/// The value at `time_s`. `from`: where the search goes on; times must come in rising order.
fn at(samples: &[Sample], from: &mut usize, time_s: f64, rate_hz: f64) -> f64 {
    let half_s = 0.5 / rate_hz;
    while samples.get(*from).is_some_and(|s| s.time_s < time_s - half_s) {
        *from += 1;
    }
    let near = samples[*from..].iter().take_while(|s| s.time_s < time_s + half_s);
    let (sum, count) = near.fold((0.0, 0), |(sum, count), s| (sum + f64::from(s.value), count + 1));
    if count > 1 {
        return sum / f64::from(count);
    }
    let after = *from + samples[*from..].iter().take_while(|s| s.time_s < time_s).count();
    let b = samples[after.min(samples.len() - 1)];
    let a = samples[after.saturating_sub(1).min(samples.len() - 1)];
    let share = ((time_s - a.time_s) / (b.time_s - a.time_s)).clamp(0.0, 1.0);
    let (a, b) = (f64::from(a.value), f64::from(b.value));
    if share.is_finite() { a + (b - a) * share } else { b }
}

pub(super) fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count().max(1);
    values.sum::<f64>() / count as f64
}
