//! A whole repetition in a few numbers a channel.

use super::{Way, track::Sample};
use crate::recent::between;
use baro_motion::{CHANNEL_SLOTS, Channel, Side};
use serde::{Deserialize, Serialize};

/// Moments at which a repetition is looked at, evenly spread over its time.
const MOMENTS: usize = 64;
/// Each moment is a weighted mean of the postures within this, seconds: trackers shiver.
const SMOOTH_S: f64 = 0.1;
/// The rest posture: the mean from so long before the beginning to so long after it, seconds.
const REST_S: [f64; 2] = [0.5, 0.1];
/// The ends of a movement are where it stays longer than a slip does: a tenth of its time is beyond them.
const END: f64 = 0.1;
/// A channel that was seen at fewer of the moments is not judged.
const SEEN: f64 = 0.8;

/// A number that sums up one channel over a repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Its low end: the 10th percentile over time.
    Low,
    /// Its high end: the 90th percentile over time.
    High,
    /// The low end against the rest posture before the repetition.
    Fall,
    /// The high end against the rest posture before the repetition.
    Rise,
    /// High end less low end.
    Range,
}

impl Of {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Low, Self::High, Self::Fall, Self::Rise, Self::Range];
}

/// One repetition: radians or ratios inside, degrees or ratios outside.
#[derive(Debug, Clone)]
pub struct Summary {
    from_s: f64,
    to_s: f64,
    /// Each channel over time.
    moments: Vec<[f32; CHANNEL_SLOTS]>,
    low: [f32; CHANNEL_SLOTS],
    high: [f32; CHANNEL_SLOTS],
    rest: [f32; CHANNEL_SLOTS],
}

impl Summary {
    pub(super) fn new(samples: &[Sample], from_s: f64, to_s: f64) -> Option<Self> {
        let inside = between(samples, from_s, to_s);
        if inside.len() < 3 || to_s <= from_s {
            return None;
        }
        let spacing_s = (to_s - from_s) / inside.len() as f64;
        let reach_s = SMOOTH_S.max(spacing_s * 1.01);
        let near = between(samples, from_s - reach_s, to_s + reach_s);
        let step_s = (to_s - from_s) / (MOMENTS - 1) as f64;
        let moments: Vec<_> =
            (0..MOMENTS).map(|i| smooth(near, from_s + step_s * i as f64, reach_s)).collect();
        let (mut low, mut high) = ([f32::NAN; CHANNEL_SLOTS], [f32::NAN; CHANNEL_SLOTS]);
        let mut sorted = Vec::with_capacity(MOMENTS);
        for slot in 0..CHANNEL_SLOTS {
            sorted.clear();
            sorted.extend(moments.iter().map(|moment| moment[slot]).filter(|value| !value.is_nan()));
            if sorted.len() as f64 >= SEEN * MOMENTS as f64 {
                sorted.sort_by(f32::total_cmp);
                (low[slot], high[slot]) = (quantile(&sorted, END), quantile(&sorted, 1.0 - END));
            }
        }
        let rest = mean(between(samples, from_s - REST_S[0], from_s + REST_S[1]).iter().map(|s| (s, 1.0)));
        Some(Self { from_s, to_s, moments, low, high, rest })
    }

    /// One number, degrees or a ratio; `None` where the channel was not seen for long enough.
    pub fn value(&self, channel: Channel, side: Side, of: Of) -> Option<f64> {
        let slot = channel.slot(side);
        let (low, high, rest) = (self.low[slot], self.high[slot], self.rest[slot]);
        let value = match of {
            Of::Low => low,
            Of::High => high,
            Of::Fall => low - rest,
            Of::Rise => high - rest,
            Of::Range => high - low,
        };
        (!value.is_nan()).then(|| channel.unit().to_edge(value.into()))
    }

    /// When the channel was beyond `limit`, or, where it never came up to it, when it was nearest.
    pub(super) fn span_s(&self, channel: Channel, side: Side, of: Of, way: Way, limit: f64) -> [f64; 2] {
        let slot = channel.slot(side);
        let rest = match of {
            Of::Fall | Of::Rise => self.rest[slot],
            _ => 0.0,
        };
        let at = |i: usize| self.from_s + (self.to_s - self.from_s) * i as f64 / (MOMENTS - 1) as f64;
        let values = self.moments.iter().map(|moment| channel.unit().to_edge((moment[slot] - rest).into()));
        let upwards = match (of, way) {
            (Of::Range, _) => return [self.from_s, self.to_s],
            (Of::High | Of::Rise, Way::Over) => 1.0,
            (Of::Low | Of::Fall, Way::Under) => -1.0,
            // It stayed short: the farthest moment.
            (Of::High | Of::Rise, Way::Under) | (Of::Low | Of::Fall, Way::Over) => {
                let sign = if matches!(of, Of::High | Of::Rise) { 1.0 } else { -1.0 };
                let farthest = values.enumerate().filter(|(_, value)| !value.is_nan());
                let farthest = farthest.max_by(|a, b| (sign * a.1).total_cmp(&(sign * b.1)));
                let i = farthest.map_or(0, |(i, _)| i);
                return [at(i), at(i)];
            }
        };
        let beyond: Vec<usize> =
            values.enumerate().filter(|(_, v)| upwards * (v - limit) > 0.0).map(|(i, _)| i).collect();
        [at(beyond.first().copied().unwrap_or(0)), at(beyond.last().copied().unwrap_or(MOMENTS - 1))]
    }
}

/// Triangular mean of the samples within `reach_s` of a moment.
fn smooth(samples: &[Sample], time_s: f64, reach_s: f64) -> [f32; CHANNEL_SLOTS] {
    let near = between(samples, time_s - reach_s, time_s + reach_s);
    mean(near.iter().map(|s| (s, (1.0 - (s.time_s - time_s).abs() / reach_s).max(1e-3) as f32)))
}

/// Weighted mean of what was seen.
fn mean<'a>(samples: impl Iterator<Item = (&'a Sample, f32)>) -> [f32; CHANNEL_SLOTS] {
    let (mut sums, mut weights) = ([0.0; CHANNEL_SLOTS], [0.0; CHANNEL_SLOTS]);
    for (sample, weight) in samples {
        for ((sum, total), value) in sums.iter_mut().zip(&mut weights).zip(sample.values) {
            if !value.is_nan() {
                *sum += weight * value;
                *total += weight;
            }
        }
    }
    std::array::from_fn(|i| sums[i] / weights[i])
}

/// Of sorted values, interpolated.
fn quantile(sorted: &[f32], share: f64) -> f32 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, part) = (at.floor() as usize, (at - at.floor()) as f32);
    match (sorted.get(below), sorted.get(below + 1)) {
        (Some(a), Some(b)) => a + (b - a) * part,
        (Some(a), None) => *a,
        _ => f32::NAN,
    }
}
