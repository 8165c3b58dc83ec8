//! The score of a recording as JSON; docs/score-json.md describes it.

use crate::{Movement, Watched};
use baro_coach::{Report, safety::SafetyNote};
use serde::Serialize;

/// What `baro score --json` prints: the set's report, and what only the whole recording tells.
#[derive(Debug, Serialize)]
pub struct Scored<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(flatten)]
    movement: &'a Movement,
    #[serde(skip_serializing_if = "<[SafetyNote]>::is_empty")]
    safety: &'a [SafetyNote],
}

impl Watched {
    /// As JSON has it.
    pub fn scored(&self) -> Scored<'_> {
        Scored { report: &self.report, movement: &self.movement, safety: &self.safety }
    }
}
