//! Symptoms that end a session at once.

use serde::{Deserialize, Serialize};

/// How soon a professional should look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// See a doctor before going on; and today if it gets worse.
    Doctor,
    /// Call for help or go to an emergency room now.
    Now,
}

impl Urgency {
    /// Both, the milder first.
    pub const ALL: [Self; 2] = [Self::Doctor, Self::Now];

    /// Fluent key of the advice.
    pub const fn advice_key(self) -> &'static str {
        match self {
            Self::Doctor => "safety-advice-doctor",
            Self::Now => "safety-advice-now",
        }
    }
}

/// A symptom during or after exercise: stop at once. The plan stays blocked until a therapist or doctor has cleared it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum StopSymptom {
    ChestPain,
    /// Dizziness or fainting.
    Dizziness,
    NewNumbness,
    NewWeakness,
    SaddleNumbness,
    /// Loss of bladder or bowel control.
    BladderBowel,
    Fall,
    JointLocks,
    JointGivesWay,
}

impl StopSymptom {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::ChestPain,
        Self::Dizziness,
        Self::NewNumbness,
        Self::NewWeakness,
        Self::SaddleNumbness,
        Self::BladderBowel,
        Self::Fall,
        Self::JointLocks,
        Self::JointGivesWay,
    ];

    /// `chest-pain`; its text is `safety-symptom-chest-pain`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ChestPain => "chest-pain",
            Self::Dizziness => "dizziness",
            Self::NewNumbness => "new-numbness",
            Self::NewWeakness => "new-weakness",
            Self::SaddleNumbness => "saddle-numbness",
            Self::BladderBowel => "bladder-bowel",
            Self::Fall => "fall",
            Self::JointLocks => "joint-locks",
            Self::JointGivesWay => "joint-gives-way",
        }
    }

    /// Heart, stroke and cauda equina can't wait.
    pub const fn urgency(self) -> Urgency {
        match self {
            Self::ChestPain
            | Self::NewNumbness
            | Self::NewWeakness
            | Self::SaddleNumbness
            | Self::BladderBowel => Urgency::Now,
            Self::Dizziness | Self::Fall | Self::JointLocks | Self::JointGivesWay => Urgency::Doctor,
        }
    }
}
