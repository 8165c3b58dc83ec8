//! Range of motion with its error, and when a change is a change.

use crate::Estimate;

/// A range, in the unit of its measure (radians or ratio).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RangeOfMotion {
    /// Lowest value.
    pub low: f32,
    /// Highest value.
    pub high: f32,
    /// Standard deviation of `high - low`.
    pub sd: f32,
}

impl RangeOfMotion {
    /// From the lowest to the highest.
    pub fn range(&self) -> f32 {
        self.high - self.low
    }
}

/// Range of a movement. Each end is the extreme of medians of three, so that one slipped frame sets no record; its error
/// is that of the value there (neighbouring frames share their error, so that a mean would gain nothing).
///
/// `None` for fewer than 3 usable values.
pub fn range_of_motion(values: &[Estimate]) -> Option<RangeOfMotion> {
    let good = |e: &&Estimate| e.value.is_finite() && e.sd.is_finite();
    let good: Vec<&Estimate> = values.iter().filter(good).collect();
    let medians = good.windows(3).map(|w| {
        let mut three = [w[0], w[1], w[2]];
        three.sort_by(|a, b| a.value.total_cmp(&b.value));
        three[1]
    });
    let low = medians.clone().min_by(|a, b| a.value.total_cmp(&b.value))?;
    let high = medians.max_by(|a, b| a.value.total_cmp(&b.value))?;
    Some(RangeOfMotion { low: low.value, high: high.value, sd: libm::hypotf(low.sd, high.sd) })
}

/// Smallest difference of two measurements that is more than error, with 95 % confidence: 1.96 · √(sd₁² + sd₂²).
///
/// Source: Weir, "Quantifying test-retest reliability using the intraclass correlation coefficient and the SEM", J Strength
/// Cond Res 19 (2005) 231.
pub fn minimal_detectable_change(before_sd: f32, after_sd: f32) -> f32 {
    1.96 * libm::hypotf(before_sd, after_sd)
}

/// What can be said of two measurements of the same thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// The difference is within the error: no change may be claimed.
    WithinError,
    /// It grew by this.
    More(f32),
    /// It shrank by this.
    Less(f32),
}

/// Compares two measurements, each a value and its standard deviation. `None` where one is no
/// number.
pub fn change(before: (f32, f32), after: (f32, f32)) -> Option<Change> {
    let (difference, least) = (after.0 - before.0, minimal_detectable_change(before.1, after.1));
    if !(difference.is_finite() && least.is_finite()) {
        return None;
    }
    Some(match difference {
        d if d.abs() <= least => Change::WithinError,
        d if d > 0.0 => Change::More(d),
        d => Change::Less(-d),
    })
}
