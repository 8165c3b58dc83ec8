//! What happened in earlier sessions.

use super::Prescription;
use crate::safety::{Morning, Nprs, Rpe, StopSymptom};
use serde::{Deserialize, Serialize};

/// One set as it was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct SetResult {
    /// Complete repetitions or holds.
    pub done: u32,
    /// Mean score, 0 to 100, where it was scored.
    pub score: Option<f64>,
    /// Pain after it.
    pub pain: Option<Nprs>,
    /// Effort of it.
    pub rpe: Option<Rpe>,
}

/// One exercise in one session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionResult {
    /// Day of the session, counted from any fixed day.
    pub day: i32,
    /// What was asked.
    pub asked: Prescription,
    /// The sets that were begun, in order.
    pub sets: Vec<SetResult>,
    /// Pain before the session.
    pub pain_before: Option<Nprs>,
    /// Pain the morning after.
    pub pain_next_morning: Option<Nprs>,
    /// The stop symptom that ended it, and whether a therapist or doctor has cleared it since.
    pub symptom: Option<(StopSymptom, bool)>,
}

impl SessionResult {
    /// Share of the repetitions asked that were done, 0 to 1; more in one set does not make up for another.
    pub fn completion(&self) -> f64 {
        let asked = u64::from(self.asked.sets) * u64::from(self.asked.reps);
        let counted = self.sets.iter().take(self.asked.sets as usize);
        let done: u64 = counted.map(|set| u64::from(set.done.min(self.asked.reps))).sum();
        if asked == 0 { 1.0 } else { done as f64 / asked as f64 }
    }

    /// Mean score of the sets that have one.
    pub fn score(&self) -> Option<f64> {
        let scores = self.sets.iter().filter_map(|set| set.score).filter(|score| score.is_finite());
        let (sum, count) = scores.fold((0.0, 0_u32), |(sum, count), score| (sum + score, count + 1));
        (count > 0).then(|| sum / f64::from(count))
    }

    /// The highest effort.
    pub fn rpe(&self) -> Option<f32> {
        self.sets.iter().filter_map(|set| set.rpe).map(Rpe::get).reduce(f32::max)
    }

    /// The pains around it.
    pub fn pains(&self) -> Morning {
        Morning {
            before: self.pain_before,
            worst: self.sets.iter().filter_map(|set| set.pain).max(),
            after: self.pain_next_morning,
        }
    }

    /// The highest pain at any of its times.
    pub fn worst_pain(&self) -> Option<u8> {
        let pains = self.pains();
        [pains.before, pains.worst, pains.after].into_iter().flatten().max().map(Nprs::get)
    }
}
