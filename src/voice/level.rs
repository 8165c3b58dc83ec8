//! How loud something is.

/// As quiet as it gets, decibels below full scale.
pub const SILENCE_DB: f32 = -90.0;

/// The mean level of some samples, decibels below full scale.
pub fn level_db(samples: &[f32]) -> f32 {
    let power = samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32;
    (10.0 * power.max(1e-12).log10()).max(SILENCE_DB)
}
