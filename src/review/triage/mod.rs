//! Who needs help first, and why.
//!
//! A clinic keeps a [`Patient`] for each person, which takes in what they write, entry by entry, and forgets what is too old
//! to matter. [`Patient::reasons`] says what stands out today by the therapist's [`Thresholds`]; [`sort`] puts the neediest first.
//! Nothing is a reason that is within the error of measuring it.

mod judge;
mod patient;
mod reason;
mod thresholds;

pub use judge::planned_days;
pub use patient::{Directions, Patient};
pub use reason::{Kind, Reason, Strength};
pub use thresholds::{ThresholdError, Thresholds};

use std::cmp::Ordering;

/// Puts the neediest first: by the strongest reason, then by the next one, and so on; who has no reason comes last. Between equals
/// the id decides, so that the order is always the same.
pub fn sort<T: Ord>(board: &mut [(T, Vec<Reason>)]) {
    board
        .sort_by(|(id, reasons), (other_id, others)| by_need(reasons, others).then_with(|| id.cmp(other_id)));
}

/// Both are sorted, the strongest first.
fn by_need(a: &[Reason], b: &[Reason]) -> Ordering {
    let each = a.iter().zip(b).map(|(a, b)| a.by_need(b));
    each.fold(Ordering::Equal, Ordering::then).then_with(|| b.len().cmp(&a.len()))
}

#[cfg(test)]
mod tests;
