//! One recorded set, as a therapist goes through it. The document's format: `docs/review.md`.

mod answers;
mod curve;
mod lost;
mod make;
mod replay;
mod shown;

pub use answers::Answers;
pub use curve::Curve;
pub use lost::{Lost, Part};
pub use make::ReviewError;
pub use replay::{Replay, replay};
pub use shown::Shown;

use baro_coach::{RepSide, SideChoice, SpokenCue, SubScores, TestResult, plan::Dose, reference::Sensor};
use baro_motion::Claim;
use serde::{Deserialize, Serialize};

/// The format of the documents that this version writes.
pub const REVIEW_FORMAT: u32 = 1;

/// A recorded set, scored again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionReview {
    /// [`REVIEW_FORMAT`].
    pub format: u32,
    /// The exercise's id; its name is the text `exercise-ID`.
    pub exercise: String,
    /// The side that was asked for.
    pub side: SideChoice,
    /// What was prescribed instead of what the exercise says.
    pub dose: Dose,
    /// By what the body was measured.
    pub sensor: Sensor,
    /// `camera`, `video` or `demo`.
    pub source: String,
    /// When it began by the device's clock, ms since 1970.
    pub started_unix_ms: u64,
    /// Time of the first and the last frame, seconds on the record's own clock, as all times here.
    pub span_s: [f64; 2],
    /// Does what was scored while it ran come out again?
    pub agrees: Agrees,
    /// Complete repetitions.
    pub count: u32,
    /// Repetitions begun and not completed.
    pub partial: u32,
    /// Mean score of the complete ones.
    pub score: Option<f64>,
    /// Difference of the sides over their mean, per cent.
    pub symmetry: Option<f64>,
    /// Result of a functional test.
    pub test: Option<TestResult>,
    /// All repetitions in order.
    pub repetitions: Vec<Repetition>,
    /// The one to look at first.
    pub worst: Option<Worst>,
    /// What was said, in order.
    pub cues: Vec<SpokenCue>,
    /// Pauses, and when the camera was away.
    pub gaps: Vec<Gap>,
    /// What the person said about pain and effort.
    pub answers: Answers,
    /// What it is counted on first, then what the form rules look at.
    pub curves: Vec<Curve>,
    /// The camera's tilt as it was learnt, degrees: it looks down by the first and is turned clockwise by the second.
    pub tilt_deg: Option<[f64; 2]>,
}

/// Does the score that was made while it ran come out again?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agrees {
    /// Bit for bit.
    Whole,
    /// As far as the record goes: it breaks off before the end.
    BrokenOff,
    /// It does not: another version scored it, or it was changed. What is shown is this version's.
    Differs,
}

/// A repetition, hold or cycle, and what it cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repetition {
    /// The movement began, seconds.
    pub start_s: f64,
    /// It was farthest.
    pub peak_s: f64,
    /// It had come back, or was given up.
    pub end_s: f64,
    /// Did it go far enough and come back?
    pub complete: bool,
    /// Which side moved.
    pub side: RepSide,
    /// 0 to 100.
    pub score: f64,
    /// Its parts, each 0 to 100.
    pub sub: SubScores,
    /// How long it was held, seconds; holds only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_s: Option<f64>,
    /// How long it took to go out, at the far end, and back, seconds.
    pub tempo_s: [Option<f64>; 3],
    /// How far it went; `None` where that was not seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// Likeness to how other people do it right, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
    /// Every lost point, the dearest first.
    pub lost: Vec<Lost>,
}

/// How far a repetition went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reach {
    /// The measure's name; its text is `measure-NAME`.
    pub measure: String,
    /// `deg` or `ratio`.
    pub unit: String,
    /// At the far end; `None` where it may not be told from where it was seen.
    pub value: Option<f64>,
    /// 1.96 standard deviations.
    pub pm: Option<f64>,
    /// May it be told?
    pub claim: Claim,
}

/// The repetition to look at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Worst {
    /// Its place among the repetitions, from 0.
    pub index: usize,
    /// Why, in `review.ftl`: `review-worst-lost` (what cost most is the first of its `lost`) or `review-worst-partial`.
    pub why: String,
}

/// When nothing was measured, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// Seconds.
    pub from_s: f64,
    /// Seconds; the end of the record where it never ended.
    pub to_s: f64,
    /// `paused` or `camera`; the text is `review-gap-WHY`.
    pub why: String,
}

#[cfg(test)]
mod tests;
