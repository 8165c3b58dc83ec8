//! Routines: exercises in order, each with its dose, and a step down and up from it.
//!
//! The file format is described in `docs/routine-format.md`.

mod lint;
mod parse;

pub use lint::lint_routines;

use crate::{
    Avoid, Equipment, Exercise, ExerciseError, Region, SideChoice,
    plan::{Prescription, Work},
};

/// The format of routine files that this version reads.
pub const ROUTINE_FORMAT: u32 = 1;

/// From one exercise to the next: reading, turning, fetching the chair; seconds.
const CHANGE_S: f64 = 20.0;
/// Into and out of a held posture, seconds.
const INTO_HOLD_S: f64 = 4.0;
/// A repetition without a tempo, and a functional test counted as one, seconds.
const PLAIN_REP_S: f64 = 4.0;
const TEST_S: f64 = 60.0;

/// A routine, read from a file and checked on its own; [`lint_routines`] checks it against the exercises.
#[derive(Debug, Clone, PartialEq)]
pub struct Routine {
    /// `desk-and-neck`.
    pub id: String,
    /// Fluent key of the name: `routine-desk-and-neck`. Its attribute `.about` says what the routine is for.
    pub name_key: String,
    /// What it is for; at least one.
    pub body: Vec<Region>,
    /// With these it is left out as a whole, beside what its exercises say ([`Self::avoid_all`]).
    pub avoid: Vec<Avoid>,
    /// Where it comes from: guidelines and trials; at least one.
    pub sources: Vec<String>,
    /// In order.
    pub items: Vec<Item>,
}

/// One exercise of a routine.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The dose to begin with.
    pub dose: Prescription,
    /// Every set with the left side, then with the right one; `dose.side` is then `auto`.
    pub each_side: bool,
    /// A step down; `None` for functional tests.
    pub easier: Option<Prescription>,
    /// A step up; `None` for functional tests.
    pub harder: Option<Prescription>,
}

impl Item {
    /// How long it takes, seconds, rests and getting ready included.
    fn seconds(&self) -> f64 {
        let dose = &self.dose;
        let reps = f64::from(dose.reps);
        let set_s = match dose.work() {
            Work::Reps if dose.reps == 1 && dose.tempo_s.is_none() => TEST_S,
            Work::Reps => reps * dose.tempo_s.map_or(PLAIN_REP_S, |tempo_s| tempo_s.iter().sum()),
            Work::Hold => reps * (dose.hold_s.map_or(0.0, f64::from) + INTO_HOLD_S),
            Work::Paced => dose.minutes.map_or(0.0, f64::from) * 60.0,
        };
        let sets = f64::from(dose.sets * if self.each_side { 2 } else { 1 });
        CHANGE_S + sets * set_s + (sets - 1.0) * f64::from(dose.rest_s)
    }
}

impl Routine {
    /// Reads and checks the text of a routine file.
    ///
    /// # Errors
    /// Where the text is no TOML, has an unknown or missing field, or its values make no sense together; the message
    /// names the line and what to write.
    pub fn from_toml(text: &str) -> Result<Self, ExerciseError> {
        parse::routine(text).map(|(routine, _)| routine)
    }

    /// What to do, in order: one dose for every exercise, two (left, then right) where each side has its own sets.
    pub fn plan(&self) -> Vec<Prescription> {
        let doses = |item: &Item| {
            let sides: &[SideChoice] =
                if item.each_side { &[SideChoice::Left, SideChoice::Right] } else { &[item.dose.side] };
            sides.iter().map(|&side| Prescription { side, ..item.dose.clone() }).collect::<Vec<_>>()
        };
        self.items.iter().flat_map(doses).collect()
    }

    /// About how long it takes, minutes, rests and getting ready included; rounded up.
    pub fn minutes(&self) -> u32 {
        (self.items.iter().map(Item::seconds).sum::<f64>() / 60.0).ceil() as u32
    }

    /// Everything with which a person should ask first: the routine's own, and those of its exercises among `exercises` (not
    /// of the steps up and down: the plan looks at them when it takes one). Each once, in order.
    pub fn avoid_all(&self, exercises: &[Exercise]) -> Vec<Avoid> {
        self.gather(exercises, self.avoid.clone(), |exercise| &exercise.about.avoid)
    }

    /// Everything that one needs at hand for its exercises among `exercises`; each once, in order.
    pub fn equipment(&self, exercises: &[Exercise]) -> Vec<Equipment> {
        self.gather(exercises, Vec::new(), |exercise| &exercise.about.equipment)
    }

    fn gather<T: Copy + Ord>(
        &self,
        exercises: &[Exercise],
        mut all: Vec<T>,
        of: impl Fn(&Exercise) -> &Vec<T>,
    ) -> Vec<T> {
        for item in &self.items {
            let found = exercises.iter().find(|exercise| exercise.id == item.dose.exercise);
            all.extend(found.into_iter().flat_map(&of));
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests;
