//! What the coach says about one frame.

use baro_motion::LandmarkId;
use std::sync::Arc;

/// Key of a cue in the locale files (`cue-squat-deeper`). Cheap to clone.
pub type CueId = Arc<str>;

/// Where in a repetition the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// At the start posture, waiting.
    #[default]
    Rest,
    /// Moving away from the start posture.
    Out,
    /// At or near the far end.
    Peak,
    /// Coming back.
    Return,
}

/// How well the joints that the exercise needs are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sight {
    /// Nobody is seen.
    #[default]
    Lost,
    /// A person is seen, but a joint that the exercise needs is not.
    Partial(LandmarkId),
    /// All that the exercise needs is seen.
    Clear,
}

/// The state after one frame.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Feedback {
    /// Capture time of the frame, seconds.
    pub time_s: f64,
    /// What is seen.
    pub sight: Sight,
    /// Where in the repetition.
    pub phase: Phase,
    /// 0 at the start posture, 1 at the target, may pass 1.
    pub progress: f32,
    /// The angle that the repetition is counted on, radians; `None` while it can't be measured.
    pub angle_rad: Option<f32>,
    /// How long the hold under way has been right, seconds; `None` outside a hold.
    pub held_s: Option<f64>,
    /// Complete repetitions so far.
    pub count: u32,
    /// Repetitions begun and not completed so far.
    pub partial: u32,
    /// Mean score of the complete repetitions so far, 0 to 100.
    pub score: Option<f32>,
    /// A cue to say now; most frames carry none.
    pub cue: Option<CueId>,
    /// Index in [`crate::Report::reps`] of the repetition that ended with this frame.
    pub ended_rep: Option<usize>,
}
