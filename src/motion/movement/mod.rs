//! How a movement went: smoothness, steadiness, symmetry, range, tempo, balance, compensation.
//!
//! Pure functions over the samples of one repetition or hold. What can't be told (too short, constant, full of gaps) is
//! `None`, never a number. Samples that are no numbers, and times that don't rise, are left out.

mod balance;
mod compensation;
mod mass;
mod range;
mod series;
mod smoothness;
mod steadiness;
mod symmetry;
mod tempo;

pub(crate) use balance::balance_of;
pub use balance::{BalanceSample, Sway, balance_offset, sway};
pub use compensation::{KneeAlignment, KneeSample, compensation, knee_alignment};
pub use mass::centre_of_mass;
pub use range::{Change, RangeOfMotion, change, minimal_detectable_change, range_of_motion};
pub use series::Sample;
pub use smoothness::{SPARC_CUTOFF_HZ, Smoothness, smoothness_of_path};
pub use steadiness::{Steadiness, steadiness};
pub use symmetry::symmetry_index_percent;
pub use tempo::{Tempo, tempo};

#[cfg(test)]
mod tests;
