//! Exercises as data, repetitions as a state machine, form as rules, and what to say next.
//!
//! Pure and causal: frames in, [`Feedback`] out; no text in any language (cues are ids), no clock, no files.

mod coach;
mod exercise;
mod feedback;
pub mod plan;
mod report;

pub use coach::Coach;
pub use exercise::{
    Aspect, EXERCISE_FORMAT, Exercise, ExerciseError, FormRule, JointAngles, LimbAngles, Limit, Price,
    RangeRule, Severity, SideChoice, Sides, Signal, Stage, TempoRule, Trainer, View,
};
pub use feedback::{CueId, Feedback, Phase, Sight};
pub use report::{Fault, Rep, RepSide, Report, SubScores};

/// Said when nobody has been seen for a while.
pub const CUE_UNSEEN: &str = "cue-cannot-see-you";
/// Said after a good repetition.
pub const CUE_PRAISE: &str = "cue-good";
