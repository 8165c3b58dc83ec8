//! An exercise as data: what is counted, how far it should go, which form rules hold, how the trainer shows it.
//!
//! The file format is described in `docs/exercise-format.md`. Degrees in the file are radians here.

mod about;
mod error;
mod kind;
mod lint;
pub(crate) mod parse;
mod rule;
mod trainer;

pub use about::{About, Avoid, Equipment, Muscle, Names, Position, Region};
pub use baro_motion::{JointAngles, LimbAngles};
pub use error::ExerciseError;
pub use kind::{FunctionalTest, Hold, Kind, Pace};
pub use lint::{Finding, lint, lint_rehearsal, lint_texts};
pub use rule::{
    Aspect, FormRule, Guard, Limit, Part, Price, QualityRule, Quantity, RangeRule, Severity, Signal, Stage,
    TempoRule,
};
pub use trainer::Trainer;

use crate::CueId;
use baro_motion::{Joint, MeasureSet};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The format of exercise files that this version reads.
pub const EXERCISE_FORMAT: u32 = 1;

/// From where the camera should see the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum View {
    Front,
    Side,
    Any,
}

/// How the two sides of the body take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// Both always move together (squat).
    Together,
    /// Left, right or both at once, as the person likes (arm raise).
    Each,
    /// Left and right by turns (hurdle step).
    Alternate,
}

/// The side that the person was asked to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SideChoice {
    Left,
    Right,
    /// Whichever side moves.
    #[default]
    Auto,
}

impl FromStr for SideChoice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "left" => Ok(Self::Left),
            "right" => Ok(Self::Right),
            "auto" => Ok(Self::Auto),
            _ => Err(format!("`{name}` is no side; choose left, right or auto")),
        }
    }
}

/// An exercise, read from a file and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// `squat`.
    pub id: String,
    /// Fluent key of the name: `exercise-squat`.
    pub name_key: String,
    /// The name itself, of one that somebody taught.
    pub names: Option<Names>,
    /// From where to look.
    pub view: View,
    /// How the sides take part.
    pub sides: Sides,
    /// The joints that must be seen, on the sides that take part.
    pub needs: Vec<Joint>,
    /// Said when a needed joint is not seen.
    pub unseen_cue: CueId,
    /// What it is for, and for whom it is not.
    pub about: About,
    /// Repetitions, a hold, or a pace.
    pub kind: Kind,
    /// What is counted on; `None` where a pace is followed.
    pub signal: Option<Signal>,
    /// What makes a movement this exercise and not another one.
    pub guards: Vec<Guard>,
    /// What it costs to stay short of the target; always there where repetitions are counted.
    pub range: Option<RangeRule>,
    /// What it costs to turn round before the start posture (`back`) is reached again.
    pub finish: Option<RangeRule>,
    /// How long the stages may take.
    pub tempo: Vec<TempoRule>,
    /// How to move.
    pub rules: Vec<FormRule>,
    /// How the repetition should be as a whole.
    pub quality: Vec<QualityRule>,
    /// What it measures as a functional test.
    pub test: Option<FunctionalTest>,
    /// File of the reference motion: one that ships (`assets/references`), or one beside the exercise file.
    pub reference: Option<String>,
    /// How the trainer shows it.
    pub trainer: Trainer,
}

impl Exercise {
    /// Reads and checks the text of an exercise file.
    ///
    /// # Errors
    /// Where the text is no TOML, has an unknown or missing field, or its values make no sense together; the message
    /// names the line and what to write.
    pub fn from_toml(text: &str) -> Result<Self, ExerciseError> {
        parse::exercise(text)
    }

    /// The measures that its signal, guards and rules are taken from.
    pub fn measures(&self) -> MeasureSet {
        let signal = self.signal.iter().map(|signal| signal.measure);
        let guards = self.guards.iter().map(|guard| guard.measure);
        signal.chain(guards).chain(self.rules.iter().map(|rule| rule.measure)).collect()
    }

    /// The id of every rule, each of which has a text `rule-<id>`.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        let ends = self.range.iter().chain(&self.finish).map(|rule| &rule.id);
        let hold = match &self.kind {
            Kind::Hold(hold) => Some(&hold.id),
            Kind::Reps | Kind::Paced(_) => None,
        };
        let tempo = self.tempo.iter().map(|rule| &rule.id);
        let rules = self.rules.iter().map(|rule| &rule.id);
        let quality = self.quality.iter().map(|rule| &rule.id);
        ends.chain(hold).chain(tempo).chain(rules).chain(quality).map(String::as_str)
    }

    /// Every cue that a coach with this exercise can give, each once, in a fixed order.
    pub fn cue_ids(&self) -> Vec<CueId> {
        let mut ids: Vec<CueId> = [crate::CUE_UNSEEN, crate::CUE_PRAISE].map(CueId::from).into();
        let tempo = self.tempo.iter().flat_map(|rule| [&rule.cue_fast, &rule.cue_slow]).flatten();
        let ends = self.range.iter().chain(&self.finish).map(|rule| &rule.cue);
        let hold = match &self.kind {
            Kind::Hold(hold) => Some(&hold.cue),
            Kind::Reps | Kind::Paced(_) => None,
        };
        let whole = self.quality.iter().filter_map(|rule| rule.cue.as_ref());
        let rules = self.rules.iter().map(|rule| &rule.cue);
        for cue in
            [&self.unseen_cue].into_iter().chain(ends).chain(hold).chain(tempo).chain(rules).chain(whole)
        {
            if !ids.contains(cue) {
                ids.push(cue.clone());
            }
        }
        if self.sides == Sides::Alternate {
            ids.push(crate::CUE_OTHER_SIDE.into());
        }
        ids.extend(crate::CUES_CLOSE.map(CueId::from));
        ids
    }
}

#[cfg(test)]
mod tests;
