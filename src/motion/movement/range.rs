//! Range of motion with its error, and when a change is a change.

use crate::{Claim, Estimate};

/// A range of a measure, from its lowest to its highest value.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RangeOfMotion {
    pub low: Estimate,
    pub high: Estimate,
}

impl RangeOfMotion {
    /// From the lowest to the highest, in the measure's unit (radians or ratio).
    pub fn range(&self) -> f32 {
        self.high.value - self.low.value
    }

    /// Standard deviation of [`Self::range`].
    pub fn sd(&self) -> f32 {
        libm::hypotf(self.low.sd, self.high.sd)
    }

    /// May it be told to a person? As the worse of its ends.
    pub fn claim(&self) -> Claim {
        self.low.claim.max(self.high.claim)
    }
}

/// Range of a movement. Each end is the extreme of medians of three, so that one slipped frame sets no record; its error
/// is that of the value there (neighbouring frames share their error, so that a mean would gain nothing).
///
/// `None` for fewer than 3 usable values.
pub fn range_of_motion(values: &[Estimate]) -> Option<RangeOfMotion> {
    let low = medians(values).min_by(|a, b| a.value.total_cmp(&b.value))?;
    let high = medians(values).max_by(|a, b| a.value.total_cmp(&b.value))?;
    Some(RangeOfMotion { low, high })
}

/// The middle one of every three values in a row; those that are no numbers are left out.
pub(super) fn medians(values: &[Estimate]) -> impl Iterator<Item = Estimate> {
    let good = |e: &Estimate| e.value.is_finite() && e.sd.is_finite();
    let mut last: [Option<Estimate>; 2] = [None; 2];
    values.iter().copied().filter(good).filter_map(move |now| {
        let before = last;
        last = [before[1], Some(now)];
        let mut three = [before[0]?, before[1]?, now];
        three.sort_by(|a, b| a.value.total_cmp(&b.value));
        Some(three[1])
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slipped_frame_sets_no_record_and_change_needs_more_than_error() {
        let estimate = |value: f32| Estimate { value, sd: 0.3, visibility: 1.0, claim: Claim::Firm };
        let mut values: Vec<Estimate> = (0..20).map(|i| estimate(i as f32)).collect();
        values[10].value = 100.0;
        values[19].claim = Claim::Cautious;
        let range = range_of_motion(&values).unwrap();
        assert!(range.low.value == 1.0 && range.high.value == 18.0 && range.range() == 17.0, "{range:?}");
        assert_eq!(range.claim(), Claim::Firm);
        assert!((range.sd() - 0.3 * 2.0_f32.sqrt()).abs() < 1e-6);
        assert_eq!(range_of_motion(&values[..2]), None);
        assert_eq!(change((100.0, 3.0), (106.0, 3.0)), Some(Change::WithinError));
        assert_eq!(change((100.0, 3.0), (110.0, 3.0)), Some(Change::More(10.0)));
        assert_eq!(change((100.0, 3.0), (80.0, 3.0)), Some(Change::Less(20.0)));
        assert_eq!(change((100.0, f32::NAN), (80.0, 3.0)), None);
    }
}
