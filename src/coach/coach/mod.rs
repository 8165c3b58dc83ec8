//! Frames in, feedback out.

use crate::{Exercise, Feedback, Report, SideChoice};
use baro_motion::PoseFrame;
use std::sync::Arc;

/// Counts, scores and coaches one set of one exercise.
pub struct Coach {
    exercise: Arc<Exercise>,
    side: SideChoice,
    feedback: Feedback,
    report: Report,
}

impl Coach {
    /// A coach for one set.
    pub fn new(exercise: Arc<Exercise>, side: SideChoice) -> Self {
        let report =
            Report { exercise: exercise.id.clone(), count: 0, partial: 0, score: None, reps: Vec::new() };
        Self { exercise, side, feedback: Feedback::default(), report }
    }

    /// Takes the next frame.
    pub fn step(&mut self, frame: &PoseFrame) -> &Feedback {
        let _ = (&self.exercise, self.side);
        self.feedback.time_s = frame.time_s;
        &self.feedback
    }

    /// Ends the set.
    pub fn finish(&mut self) -> &Report {
        &self.report
    }

    /// The result so far.
    pub fn report(&self) -> &Report {
        &self.report
    }
}
