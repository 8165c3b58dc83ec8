//! Left against right.

/// Symmetry index, percent: `|L − R| / ((L + R) / 2) × 100`; 0 is even, 200 is one side only. 10 to 15 is the usual flag.
///
/// For what is never negative (ranges, times, heights). `None` for negative or missing values, and where both are next to
/// nothing.
///
/// Source: Robinson, Herzog, Nigg, "Use of force platform variables to quantify the effects of chiropractic manipulation
/// on gait symmetry", J Manipulative Physiol Ther 10 (1987) 172.
pub fn symmetry_index_percent(left: f64, right: f64) -> Option<f64> {
    let mean = (left + right) / 2.0;
    let sound = left.is_finite() && right.is_finite() && left >= 0.0 && right >= 0.0;
    (sound && mean > 1e-6).then(|| (left - right).abs() / mean * 100.0)
}
