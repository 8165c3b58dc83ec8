//! Exercises as data, repetitions as a state machine, form as rules, and what to say next.
//!
//! Pure and causal: frames in, [`Feedback`] out; no text in any language (cues are ids), no clock, no files.

mod feedback;
mod report;

pub use feedback::{CueId, Feedback, Phase, Sight};
pub use report::{Fault, Rep, RepSide, Report, SubScores};
