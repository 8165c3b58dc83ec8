//! The plan that a therapist wrote.

use crate::{Catalogue, ExerciseFile};
use baro_coach::{
    Exercise,
    plan::{Limits, Prescription},
};
use serde::{Deserialize, Serialize};

/// The format of `plan.toml` without exercises of its own.
pub const PLAN_FORMAT: u32 = 1;
/// The newest format that this version reads: with exercises of its own.
pub const PLAN_FORMAT_TAUGHT: u32 = 2;

/// The plan that a therapist wrote: `plan.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// [`PLAN_FORMAT`], or [`PLAN_FORMAT_TAUGHT`].
    pub format: u32,
    /// What to do, in order. Empty: the therapist only sets limits, and the goals choose.
    #[serde(default)]
    pub doses: Vec<Prescription>,
    /// Why it is as it is now, in the therapist's words for the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The limits, which always win.
    #[serde(default)]
    pub limits: Limits,
    /// Exercises that it asks for and the program does not ship with, as the texts of exercise files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taught: Vec<String>,
}

impl Default for Assigned {
    /// Asks for nothing.
    fn default() -> Self {
        Self {
            format: PLAN_FORMAT,
            doses: Vec::new(),
            why: None,
            limits: Limits::default(),
            taught: Vec::new(),
        }
    }
}

impl Assigned {
    /// Reads the text of a plan file.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let plan: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if !(PLAN_FORMAT..=PLAN_FORMAT_TAUGHT).contains(&plan.format) {
            return Err(format!(
                "`format` is {}; this version reads {PLAN_FORMAT} to {PLAN_FORMAT_TAUGHT}: update Baro",
                plan.format
            ));
        }
        Ok(plan)
    }

    /// As the text of a plan file.
    ///
    /// # Errors
    /// What can't be written.
    pub fn to_toml(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// With those exercises of the catalogue that it asks for and the program does not ship with; without their comments, since a plan is small.
    #[must_use]
    pub fn with_taught(mut self, catalogue: &Catalogue) -> Self {
        let asked = |file: &&ExerciseFile| self.doses.iter().any(|dose| dose.exercise == file.exercise.id);
        let bare = |file: &ExerciseFile| {
            let lines = file.toml.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            lines.collect::<Vec<_>>().join("\n") + "\n"
        };
        self.taught = catalogue.taught().filter(asked).map(bare).collect();
        self.format = if self.taught.is_empty() { PLAN_FORMAT } else { PLAN_FORMAT_TAUGHT };
        self
    }

    /// The exercises that came with it, as far as this version reads them.
    pub fn exercises(&self) -> impl Iterator<Item = Exercise> {
        self.taught.iter().filter_map(|text| Exercise::from_toml(text).ok())
    }

    /// What is otherwise than in the plan before, in this plan's order; what is gone comes last.
    pub fn changes_since(&self, before: &Self) -> Vec<PlanChange> {
        let of = |plan: &Self, dose: &Prescription| {
            let same = |other: &&Prescription| other.exercise == dose.exercise && other.side == dose.side;
            plan.doses.iter().find(same).cloned()
        };
        let now = self.doses.iter().filter_map(|dose| match of(before, dose) {
            None => Some(PlanChange::New(dose.clone())),
            Some(old) if old == *dose => None,
            Some(old) => Some(PlanChange::Other { from: old, to: dose.clone() }),
        });
        let gone = before.doses.iter().filter(|dose| of(self, dose).is_none());
        now.chain(gone.cloned().map(PlanChange::Gone)).collect()
    }
}

/// What is otherwise in a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanChange {
    /// An exercise that was not in it.
    New(Prescription),
    /// The same exercise in another dose.
    Other {
        /// Until now.
        from: Prescription,
        /// From now on.
        to: Prescription,
    },
    /// An exercise that is not done any more.
    Gone(Prescription),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(doses: &[(&str, u32)]) -> Assigned {
        let dose = |(exercise, reps): &(&str, u32)| {
            format!(
                "[[doses]]\nexercise = \"{exercise}\"\nsets = 2\nreps = {reps}\nrest_s = 60\ndays_a_week = 3\nrpe_target = 5\npain_limit = 4\n"
            )
        };
        let doses: String = doses.iter().map(dose).collect();
        Assigned::from_toml(&format!("format = 1\nwhy = \"무릎이 좋아졌어요\"\n{doses}")).unwrap()
    }

    #[test]
    fn what_changed_is_told_once_and_in_order() {
        let before = plan(&[("squat", 8), ("bridge", 10), ("step-up", 6)]);
        let after = plan(&[("bridge", 10), ("squat", 12), ("lunge", 5)]);
        let names: Vec<String> = after
            .changes_since(&before)
            .iter()
            .map(|change| match change {
                PlanChange::New(dose) => format!("new {}", dose.exercise),
                PlanChange::Other { from, to } => format!("{} {}-{}", to.exercise, from.reps, to.reps),
                PlanChange::Gone(dose) => format!("gone {}", dose.exercise),
            })
            .collect();
        assert_eq!(names, ["squat 8-12", "new lunge", "gone step-up"]);
        assert!(after.changes_since(&after).is_empty());
    }

    #[test]
    fn a_plan_that_is_written_is_read_again() {
        let plan = plan(&[("squat", 8)]);
        let text = plan.to_toml().unwrap();
        assert_eq!(Assigned::from_toml(&text).unwrap(), plan, "{text}");
    }
}
