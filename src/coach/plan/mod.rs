//! What a person is asked to do, and how the next session's plan follows from the last ones.
//!
//! Data in, decision out: [`Prescription`] and [`Limits`] are what a routine or a therapist writes, [`next_session`] gives the
//! doses of the next session with the reasons, each with its numbers. `docs/safety.md` says where the rules come from.

pub(crate) mod check;
mod dose;
mod history;
mod prescription;
mod progression;

pub use check::{Field, Wrong, check};
pub use dose::{Step, Work};
pub use history::{SessionResult, SetResult};
pub use prescription::{Dose, Limits, Prescription};
pub use progression::{Change, Course, Decision, Neighbour, Reason, Variants, next, next_session};

#[cfg(test)]
mod tests;
