//! Exercises as data, repetitions as a state machine, form as rules, and what to say next.
//!
//! Pure and causal: frames in, [`Feedback`] out; no text in any language (cues are ids), no clock, no files.

mod coach;
mod exercise;
mod feedback;
pub mod game;
pub mod gesture;
pub mod plan;
mod recent;
pub mod reference;
mod rehearsal;
mod report;
mod routine;
pub mod safety;
pub mod setup;
mod spoken;
pub mod teach;

pub use coach::Coach;
pub use exercise::{
    About, Aspect, Avoid, EXERCISE_FORMAT, Equipment, Exercise, ExerciseError, Finding, FormRule,
    FunctionalTest, Guard, Hold, JointAngles, Kind, LimbAngles, Limit, Muscle, Names, Pace, Part, Position,
    Price, QualityRule, Quantity, RangeRule, Region, Severity, SideChoice, Sides, Signal, Stage, TempoRule,
    Trainer, View, lint, lint_rehearsal, lint_texts,
};
pub use feedback::{CueId, Feedback, Phase, Sight};
pub use rehearsal::Rehearsal;
pub use report::{Fault, Rep, RepSide, RepSignal, Report, SubScores, TestResult, TestUnit};
pub use routine::{Item, ROUTINE_FORMAT, Routine, lint_routines};
pub use spoken::{
    CUE_CLOSE_BETTER, CUE_CLOSE_DONE, CUE_CLOSE_GREAT, CUE_CLOSE_TRIED, CUES_CLOSE, CueReason, RuleId,
    SpokenCue,
};

/// Said when nobody has been seen for a while.
pub const CUE_UNSEEN: &str = "cue-cannot-see-you";
/// Said after a good repetition.
pub const CUE_PRAISE: &str = "cue-good";
/// Said when the same side moves twice in an exercise whose sides take turns.
pub const CUE_OTHER_SIDE: &str = "cue-other-side";
