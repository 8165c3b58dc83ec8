//! A set in a class, in step with the others.

use super::set::{Range, farthest};
use baro_coach::{Rep, Report};
use serde::{Deserialize, Serialize};

/// A set as it was done in a class. It belongs to no exercise of the visit: the class's leader chose it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TogetherDone {
    /// Id of the exercise.
    pub exercise: String,
    /// Complete repetitions or holds.
    pub done: u32,
    /// Repetitions begun and not completed.
    pub partial: u32,
    /// Mean score, 0 to 100, where it was scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The farthest repetition, side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// The person pressed "something is wrong" in it.
    #[serde(default)]
    pub wrong: bool,
    /// Name of its record in the person's `records`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

impl TogetherDone {
    /// From the coach's report; `None` where nothing happened that is worth a line.
    pub fn seen(exercise: &str, report: &Report, wrong: bool, record: Option<String>) -> Option<Self> {
        let complete: Vec<&Rep> = report.reps.iter().filter(|rep| rep.complete).collect();
        let something = report.count > 0 || report.partial > 0 || wrong;
        something.then(|| Self {
            exercise: exercise.to_owned(),
            done: report.count,
            partial: report.partial,
            score: report.score,
            ranges: farthest(&complete),
            wrong,
            record,
        })
    }
}
