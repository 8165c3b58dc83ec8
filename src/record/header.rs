//! What a record was made with.

use crate::replay::ReplayError;
use baro_coach::{
    Coach, Exercise, SideChoice,
    plan::Dose,
    reference::{Reference, Sensor},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What was used to make the record; enough to replay it without any other file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the program.
    pub program: String,
    /// Start by the computer's clock, milliseconds since 1970 (UTC). For people; nothing is computed from it.
    pub started_unix_ms: u64,
    /// `camera`, `video` or `demo`; never a file's name.
    pub source: String,
    /// The exercise file's text.
    pub exercise_toml: String,
    /// The side that was asked for.
    pub side: SideChoice,
    /// The pose model's name.
    pub model: String,
    /// SHA-256 of the pose model's file, in hexadecimal.
    pub model_sha256: String,
    /// What was prescribed instead of what the exercise file says.
    pub dose: Dose,
    /// By what the body was measured.
    pub sensor: Sensor,
    /// Text of the reference motion that was compared with, where it is none of those that ship with the program.
    pub reference: Option<String>,
}

impl Header {
    /// A coach for what was done, as it was done.
    ///
    /// # Errors
    /// Where the stored exercise or reference motion is not one that this version can read.
    pub fn coach(&self) -> Result<Coach, ReplayError> {
        let exercise = Exercise::from_toml(&self.exercise_toml)?;
        let coach = Coach::new(Arc::new(exercise), self.side).for_dose(self.dose).measured_by(self.sensor);
        Ok(match &self.reference {
            Some(text) => coach.refer_to(Some(Reference::from_text(text)?)),
            None => coach,
        })
    }
}
