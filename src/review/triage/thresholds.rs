//! From where on something is a reason: what a therapist sets.

use baro_coach::safety::NPRS_CHANGE;
use serde::{Deserialize, Serialize};

/// What a therapist calls much. What is left out has its default.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Pain must rise by more than this, NPRS. Default 2, the minimal important change and about the error of one answer: Farrar et al.,
    /// Pain 94 (2001) 149; Childs, Piva, Fritz, Spine 30 (2005) 1331.
    pub pain_rise: f64,
    /// A range in degrees must shrink by more than this, and by more than its error. Default 5°, the usual error of a hand-held
    /// goniometer: Norkin and White, "Measurement of Joint Motion" (5th ed. 2016), chapter 3.
    pub range_lost_deg: f64,
    /// A score must fall by more than this, and by more than it varies. Default 10 points, a choice of this program.
    pub score_fall: f64,
    /// Less than this share of the planned days is little, 0 to 1. Default ⅔, a choice of this program: no cut-off is agreed on (Bailey
    /// et al., Br J Sports Med 54 (2020) 326).
    pub adherence: f64,
    /// Days over which it is counted. Default 14.
    pub adherence_days: u32,
    /// So many days without a session are long. Default 7, a choice of this program.
    pub quiet_days: u32,
    /// So many days without an answer are long. Default 2, a choice of this program.
    pub message_days: u32,
    /// Days for which a session that a rule stopped is told. Default 14.
    pub stopped_days: u32,
    /// How far back the sessions are that the last ones are compared with, days. Default 84: a programme of 12 weeks.
    pub baseline_days: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            pain_rise: NPRS_CHANGE.into(),
            range_lost_deg: 5.0,
            score_fall: 10.0,
            adherence: 2.0 / 3.0,
            adherence_days: 14,
            quiet_days: 7,
            message_days: 2,
            stopped_days: 14,
            baseline_days: 84,
        }
    }
}

/// A threshold that makes no sense.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{name}` is {value}; give a number from {least} to {most}")]
#[expect(missing_docs, reason = "the message says it")]
pub struct ThresholdError {
    pub name: &'static str,
    pub value: f64,
    pub least: f64,
    pub most: f64,
}

impl Thresholds {
    /// # Errors
    /// The first number that is out of its bounds.
    pub fn check(&self) -> Result<(), ThresholdError> {
        let all = [
            ("pain_rise", self.pain_rise, 0.5, 10.0),
            ("range_lost_deg", self.range_lost_deg, 0.0, 180.0),
            ("score_fall", self.score_fall, 1.0, 100.0),
            ("adherence", self.adherence, 0.05, 1.0),
            ("adherence_days", self.adherence_days.into(), 7.0, 84.0),
            ("quiet_days", self.quiet_days.into(), 1.0, 365.0),
            ("message_days", self.message_days.into(), 1.0, 60.0),
            ("stopped_days", self.stopped_days.into(), 1.0, 365.0),
            ("baseline_days", self.baseline_days.into(), 14.0, 365.0),
        ];
        let wrong = all.into_iter().find(|(_, value, least, most)| !(least..=most).contains(&value));
        wrong.map_or(Ok(()), |(name, value, least, most)| Err(ThresholdError { name, value, least, most }))
    }
}
