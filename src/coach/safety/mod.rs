//! When not to exercise, when to stop, and when to send for help.
//!
//! Data in, decision out. A decision carries its reasons with their numbers; the texts are in `safety.ftl`, by the ids
//! that the types give. `docs/safety.md` says where every number comes from. None of this is a diagnosis.

mod checks;
mod event;
mod red_flags;
mod symptoms;

pub use checks::{
    BeforeSession, Morning, NPRS_ACCEPTABLE, NPRS_CHANGE, NPRS_MILD, NPRS_SEVERE, Nprs, RPE_NEAR_LIMIT, Rpe,
    ScaleError, SetCheck, SetVerdict, Settled, StopRule, after_set, before_session, next_morning,
    pain_ceiling,
};
pub use event::{SafetyEvent, SafetyNote};
pub use red_flags::{Answers, Clearance, HealthChange, RedFlag, ScreeningDue, clearance, screening_due};
pub use symptoms::{StopSymptom, Urgency};

#[cfg(test)]
mod tests;
