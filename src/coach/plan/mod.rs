//! What a person is asked to do, and how the next session's plan follows from the last ones.
//!
//! Data in, decision out: [`Prescription`] and [`Limits`] are what a routine or a therapist writes.

mod prescription;

pub use prescription::{Limits, Prescription};
