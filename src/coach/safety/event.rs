//! What is logged about safety.

use super::{BeforeSession, Nprs, RedFlag, Rpe, SetVerdict, StopSymptom, Urgency};
use serde::{Deserialize, Serialize};

/// An entry for the session's record, and for the therapist where it says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SafetyEvent {
    /// Red-flag questions were answered; `flags` with yes, and these block the plan.
    Screened {
        flags: Vec<RedFlag>,
        urgency: Option<Urgency>,
    },
    /// A therapist or doctor released a flag.
    FlagCleared {
        flag: RedFlag,
    },
    /// A stop symptom was reported.
    Symptom {
        symptom: StopSymptom,
    },
    PainBefore {
        pain: Nprs,
        verdict: BeforeSession,
    },
    /// After set `set` (from 1) of an exercise.
    AfterSet {
        exercise: String,
        set: u32,
        pain: Option<Nprs>,
        rpe: Option<Rpe>,
        verdict: SetVerdict,
    },
    PainNextMorning {
        pain: Nprs,
    },
}

/// An entry with its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SafetyNote {
    /// By the computer's clock, milliseconds since 1970 (UTC): most of it is said when no frames come.
    pub unix_ms: u64,
    /// What was said, and what followed.
    pub event: SafetyEvent,
}

impl SafetyEvent {
    /// Must the therapist be told, without waiting for the next review?
    pub fn notifies_therapist(&self) -> bool {
        match self {
            Self::Screened { flags, .. } => !flags.is_empty(),
            Self::Symptom { .. } => true,
            Self::PainBefore { verdict, .. } => {
                matches!(verdict, BeforeSession::RestToday(_) | BeforeSession::Blocked(_))
            }
            Self::AfterSet { verdict, .. } => matches!(verdict, SetVerdict::StopSession(_)),
            Self::FlagCleared { .. } | Self::PainNextMorning { .. } => false,
        }
    }
}
