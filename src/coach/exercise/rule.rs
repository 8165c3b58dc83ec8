//! What is counted on, and what costs points.

use super::{JointAngles, View};
use crate::CueId;
use baro_motion::Measure;
use serde::{Deserialize, Serialize};

/// The measure that repetitions are counted on, with its thresholds (radians or ratio): `rest`, `back`, `leave`, `attempt`,
/// `reach`, `target`, all rising, or all falling (standing up lowers the knee's flexion). "Above" and "below" are meant in
/// that direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signal {
    /// What is measured.
    pub measure: Measure,
    /// Counted on how far the measure has changed from where this person rests, not on its value.
    pub from_rest: bool,
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
    /// Shorter movements are not counted at all, seconds.
    pub min_s: f64,
    /// Longer ones are given up as partial, seconds.
    pub max_s: f64,
}

impl Signal {
    /// 1 where the thresholds rise, -1 where they fall.
    pub fn direction(&self) -> f32 {
        if self.target < self.rest { -1.0 } else { 1.0 }
    }

    /// The same thresholds times [`Self::direction`]: what a machine that only knows rising signals works with.
    pub(crate) fn rising(&self) -> Self {
        let d = self.direction();
        let [rest, back, leave] = [self.rest, self.back, self.leave].map(|v| v * d);
        let [attempt, reach, target] = [self.attempt, self.reach, self.target].map(|v| v * d);
        Self { rest, back, leave, attempt, reach, target, ..*self }
    }

    /// How far a value (radians or ratio) has gone from `rest`, 0, to `target`, 1; may pass both.
    pub fn progress(&self, value: f32) -> f32 {
        (value - self.rest) / (self.target - self.rest)
    }
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

/// What makes a movement this exercise and not another one (a squat, while lunges are counted).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guard {
    /// What is measured.
    pub measure: Measure,
    /// Which value of it: the measure itself, or the difference between the sides.
    pub aspect: Aspect,
    /// Past this it is another movement.
    pub limit: Limit,
}

impl Guard {
    /// Does a value pass the limit?
    pub(crate) fn is_broken_by(&self, value: f32) -> bool {
        self.limit.excess(value) > 0.0
    }
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

impl Limit {
    /// How far past the limit a value is; not above 0 where it is kept.
    pub(crate) fn excess(self, value: f32) -> f32 {
        match self {
            Self::Min(limit) => limit - value,
            Self::Max(limit) => value - limit,
        }
    }
}

/// Which value of a measure a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// The measure itself, on the side that moves; the worse side where both do.
    #[default]
    Value,
    /// How far it is from its value at rest.
    Change,
    /// The difference between the two sides, never negative; only where both move.
    Difference,
}

/// Which sub-score a form rule's points come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the sub-scores'")]
pub enum Part {
    #[default]
    Form,
    Stability,
    Symmetry,
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
    /// The sub-score that it belongs to.
    pub part: Part,
    /// While it is broken, a posture does not count as held.
    pub breaks_hold: bool,
    /// The fault as the trainer shows it: angles that are added to the trainer's, in the share that the trainer's movement
    /// has gone.
    pub shown: JointAngles,
}

/// What a whole repetition is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Spectral arc length of the movement: 0 is smoothest, below that less so.
    Smoothness,
    /// How far the centre of mass goes to either side of its mean place, root mean square, leg lengths.
    Sway,
    /// How still a posture is held.
    Steadiness,
    /// Symmetry index of the two sides, per cent.
    Symmetry,
    /// Likeness to reference motion.
    Similarity,
}

/// A limit on a measure of a whole repetition.
#[derive(Debug, Clone, PartialEq)]
pub struct QualityRule {
    /// Its name in reports.
    pub id: String,
    /// What is measured.
    pub quantity: Quantity,
    /// The bound, in the quantity's own unit.
    pub limit: Limit,
    /// Points for each unit past the bound.
    pub price: Price,
    /// Said when it is broken.
    pub cue: Option<CueId>,
}
