//! The dose of one exercise, and the bounds that a therapist sets to it.

use crate::SideChoice;
use serde::{Deserialize, Serialize};

/// One exercise as prescribed (FITT: frequency, intensity, time, type).
///
/// What does not apply is left out: `hold_s` for an exercise without holds, `minutes` for one that is counted, `load_kg`
/// for one without weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prescription {
    /// Id of the exercise: `squat`.
    pub exercise: String,
    /// Sets a session, 1 or more.
    pub sets: u32,
    /// Repetitions (or holds) in a set, 1 or more.
    pub reps: u32,
    /// How long each hold lasts, seconds; holds only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_s: Option<u32>,
    /// How long it goes on, minutes; paced exercises only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Rest between the sets, seconds.
    pub rest_s: u32,
    /// Seconds out, at the far end, back, and at rest (`3-1-2-0`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tempo_s: Option<[f64; 4]>,
    /// Added weight, kilograms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load_kg: Option<f64>,
    /// Days a week, 1 to 7.
    pub days_a_week: u32,
    /// The side to move, where that can be chosen.
    #[serde(default)]
    pub side: SideChoice,
    /// Effort to aim at, and not to pass: Borg CR10, 0 to 10.
    pub rpe_target: u32,
    /// Most pain that is acceptable meanwhile: NPRS, 0 to 10.
    pub pain_limit: u32,
}

/// What a prescription asks of one set other than the exercise file says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Dose {
    /// How long each hold lasts, seconds; `None` for as the file says.
    pub hold_s: Option<f64>,
    /// How long a pace goes on, minutes; `None` for as the file says.
    pub minutes: Option<f64>,
}

impl Prescription {
    /// What it asks of one set.
    pub fn dose(&self) -> Dose {
        Dose { hold_s: self.hold_s.map(f64::from), minutes: self.minutes.map(f64::from) }
    }
}

/// Bounds set by a therapist. They always win: no rule of progression passes one. `None`: no bound.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it; units are those of `Prescription`")]
pub struct Limits {
    pub max_sets: Option<u32>,
    pub max_reps: Option<u32>,
    pub max_hold_s: Option<u32>,
    pub max_minutes: Option<u32>,
    pub max_load_kg: Option<f64>,
    pub max_days_a_week: Option<u32>,
    pub max_rpe: Option<u32>,
    pub max_pain: Option<u32>,
    /// Least rest between sets, seconds.
    pub min_rest_s: Option<u32>,
    /// The plan may become easier, never harder, until the therapist says so.
    pub no_progress: bool,
    /// Exercises that must not be done.
    pub forbidden: Vec<String>,
}
