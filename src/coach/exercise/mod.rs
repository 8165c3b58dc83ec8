//! An exercise as data: what is counted, how far it should go, which form rules hold, how the trainer shows it.
//!
//! The file format is described in `docs/exercise-format.md`. Degrees in the file are radians here.

mod error;
mod parse;
mod trainer;

pub use baro_motion::{JointAngles, LimbAngles};
pub use error::ExerciseError;
pub use trainer::Trainer;

use crate::CueId;
use baro_motion::{Joint, Measure};
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

/// The measure that repetitions are counted on, with its thresholds (radians or ratio), in rising order:
/// `rest`, `back`, `leave`, `attempt`, `reach`, `target`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signal {
    /// What is measured.
    pub measure: Measure,
    /// The start posture; progress 0.
    pub rest: f32,
    /// A repetition ends below this.
    pub back: f32,
    /// A repetition begins above this; the distance to `back` is the hysteresis.
    pub leave: f32,
    /// A movement that stays below this is no attempt, and not counted at all.
    pub attempt: f32,
    /// A movement that stays below this is a partial repetition.
    pub reach: f32,
    /// Full range; progress 1.
    pub target: f32,
}

/// Points lost for passing a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// Points, out of 100, for each unit (degree, ratio of 1, second) past the limit.
    pub per_unit: f64,
    /// Most points that the rule can cost in one repetition.
    pub at_most: f64,
}

impl Price {
    /// Points for passing a limit by `excess` (in the file's unit).
    pub fn points(&self, excess: f64) -> f64 {
        (excess.max(0.0) * self.per_unit).min(self.at_most)
    }
}

/// What it costs to stay short of a turning point.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeRule {
    /// Its name in reports.
    pub id: String,
    /// Points for each degree (or unit of ratio) short.
    pub price: Price,
    /// Said when it is broken.
    pub cue: CueId,
}

/// Part of a repetition with a tempo of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// From the start to the far end.
    Out,
    /// Near the far end.
    Peak,
    /// From the far end back.
    Return,
}

/// How long a stage may take.
#[derive(Debug, Clone, PartialEq)]
pub struct TempoRule {
    /// Its name in reports.
    pub id: String,
    /// The stage that is timed.
    pub stage: Stage,
    /// Shorter is too fast, seconds.
    pub min_s: Option<f64>,
    /// Longer is too slow, seconds.
    pub max_s: Option<f64>,
    /// Points for each second.
    pub price: Price,
    /// Said when too fast.
    pub cue_fast: Option<CueId>,
    /// Said when too slow.
    pub cue_slow: Option<CueId>,
}

/// How urgent it is to say something about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Severity {
    Minor,
    Major,
    /// Said before anything else.
    Safety,
}

/// The bound of a form rule, radians or ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// The measure must not fall below it.
    Min(f32),
    /// The measure must not rise above it.
    Max(f32),
}

/// Which value of a measure a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// The measure itself, on the side that moves; the worse side where both do.
    #[default]
    Value,
    /// How far it has changed since the repetition began.
    Change,
    /// The difference between the two sides, never negative; only where both move.
    Difference,
}

/// A rule of form, checked on every frame of its stages.
#[derive(Debug, Clone, PartialEq)]
pub struct FormRule {
    /// Its name in reports.
    pub id: String,
    /// What is measured.
    pub measure: Measure,
    /// Which value of it.
    pub aspect: Aspect,
    /// The stages in which the rule holds: out, peak, return.
    pub stages: [bool; 3],
    /// The bound.
    pub limit: Limit,
    /// A shorter breach is forgiven, seconds.
    pub hold_s: f64,
    /// Points for each degree or unit of ratio past the bound.
    pub price: Price,
    /// How urgent its cue is.
    pub severity: Severity,
    /// Said when it is broken.
    pub cue: CueId,
    /// The view in which the measure can be trusted; in another the rule rests.
    pub view: View,
}

/// An exercise, read from a file and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// `squat`.
    pub id: String,
    /// Fluent key of the name: `exercise-squat`.
    pub name_key: String,
    /// From where to look.
    pub view: View,
    /// How the sides take part.
    pub sides: Sides,
    /// The joints that must be seen, on the sides that take part.
    pub needs: Vec<Joint>,
    /// Said when a needed joint is not seen.
    pub unseen_cue: CueId,
    /// What is counted.
    pub signal: Signal,
    /// Shorter movements are not counted at all, seconds.
    pub min_s: f64,
    /// Longer ones are given up as partial, seconds.
    pub max_s: f64,
    /// What it costs to stay short of the target.
    pub range: RangeRule,
    /// What it costs to turn round before the start posture (`back`) is reached again.
    pub finish: Option<RangeRule>,
    /// How long the stages may take.
    pub tempo: Vec<TempoRule>,
    /// How to move.
    pub rules: Vec<FormRule>,
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

    /// Every cue that a coach with this exercise can give, each once, in a fixed order.
    pub fn cue_ids(&self) -> Vec<CueId> {
        let mut ids: Vec<CueId> = [crate::CUE_UNSEEN, crate::CUE_PRAISE].map(CueId::from).into();
        let tempo = self.tempo.iter().flat_map(|rule| [&rule.cue_fast, &rule.cue_slow]).flatten();
        let finish = self.finish.iter().map(|rule| &rule.cue);
        let own = [&self.unseen_cue, &self.range.cue].into_iter().chain(finish).chain(tempo);
        for cue in own.chain(self.rules.iter().map(|rule| &rule.cue)) {
            if !ids.contains(cue) {
                ids.push(cue.clone());
            }
        }
        ids
    }
}

#[cfg(test)]
mod tests;
