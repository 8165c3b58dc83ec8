//! An exercise file as it is written. Everything that a check may point at keeps its place in the text.

use super::super::{
    Aspect, Avoid, Equipment, Muscle, Names, Part, Position, Quantity, Region, Severity, Sides, Stage, View,
};
use baro_motion::{Joint, Measure, Unit};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Angles by name, degrees.
pub(super) type RawAngles = BTreeMap<String, Spanned<f64>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExercise {
    pub format: Spanned<u32>,
    pub id: Spanned<String>,
    pub name: Spanned<String>,
    pub names: Option<Spanned<Names>>,
    #[serde(default)]
    pub kind: Option<Spanned<RawKind>>,
    pub view: View,
    pub sides: Spanned<Sides>,
    pub position: Position,
    pub body: Spanned<Vec<Region>>,
    pub muscles: Spanned<Vec<Muscle>>,
    pub equipment: Spanned<Vec<Equipment>>,
    pub avoid: Spanned<Vec<Avoid>>,
    pub easier: Option<Spanned<String>>,
    pub harder: Option<Spanned<String>>,
    pub seated: Option<Spanned<String>>,
    pub sources: Spanned<Vec<Spanned<String>>>,
    pub needs: Spanned<Vec<Joint>>,
    pub unseen_cue: Spanned<String>,
    pub signal: Option<Spanned<RawSignal>>,
    #[serde(default)]
    pub guards: Vec<RawGuard>,
    pub hold: Option<Spanned<RawHold>>,
    pub paced: Option<Spanned<RawPace>>,
    pub test: Option<Spanned<RawTest>>,
    pub reference: Option<RawReference>,
    pub range: Option<RawRange>,
    pub finish: Option<RawRange>,
    #[serde(default)]
    pub tempo: Vec<RawTempo>,
    pub rules: Spanned<Vec<RawRule>>,
    #[serde(default)]
    pub quality: Vec<RawQuality>,
    pub trainer: RawTrainer,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawKind {
    Reps,
    Hold,
    Paced,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSignal {
    pub measure: Measure,
    pub unit: Spanned<Unit>,
    pub aspect: Option<Spanned<Aspect>>,
    pub rest: Spanned<f64>,
    pub back: Spanned<f64>,
    pub leave: Spanned<f64>,
    pub attempt: Spanned<f64>,
    pub reach: Spanned<f64>,
    pub target: Spanned<f64>,
    pub min_s: Spanned<f64>,
    pub max_s: Spanned<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuard {
    pub measure: Spanned<Measure>,
    pub unit: Spanned<Unit>,
    #[serde(default)]
    pub aspect: Aspect,
    pub min: Option<Spanned<f64>>,
    pub max: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHold {
    pub id: Spanned<String>,
    pub target_s: Spanned<f64>,
    pub least_s: Option<Spanned<f64>>,
    pub grace_s: Option<Spanned<f64>>,
    pub points_per_s: Spanned<f64>,
    pub max_points: Spanned<f64>,
    pub cue: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPace {
    pub in_s: Spanned<f64>,
    pub hold_s: Spanned<f64>,
    pub out_s: Spanned<f64>,
    pub rest_s: Spanned<f64>,
    pub minutes: Spanned<f64>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum RawTest {
    CountInTime { seconds: f64 },
    TimeForCount { count: u32 },
    LongestHold { max_s: f64 },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReference {
    pub file: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRange {
    pub id: Spanned<String>,
    pub points_per_unit: Spanned<f64>,
    pub max_points: Spanned<f64>,
    pub cue: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTempo {
    pub id: Spanned<String>,
    pub stage: Stage,
    pub min_s: Option<Spanned<f64>>,
    pub max_s: Option<Spanned<f64>>,
    pub points_per_s: Spanned<f64>,
    pub max_points: Spanned<f64>,
    pub cue_fast: Option<Spanned<String>>,
    pub cue_slow: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub id: Spanned<String>,
    pub measure: Measure,
    pub unit: Spanned<Unit>,
    #[serde(default)]
    pub aspect: Aspect,
    pub stages: Option<Spanned<Vec<Stage>>>,
    pub min: Option<Spanned<f64>>,
    pub max: Option<Spanned<f64>>,
    pub hold_s: Option<Spanned<f64>>,
    pub points_per_unit: Spanned<f64>,
    pub max_points: Spanned<f64>,
    pub severity: Severity,
    pub cue: Spanned<String>,
    pub view: Option<View>,
    #[serde(default)]
    pub part: Option<Part>,
    #[serde(default)]
    pub breaks_hold: bool,
    pub shown: Option<Spanned<RawAngles>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuality {
    pub id: Spanned<String>,
    pub quantity: Quantity,
    pub min: Option<Spanned<f64>>,
    pub max: Option<Spanned<f64>>,
    pub points_per_unit: Spanned<f64>,
    pub max_points: Spanned<f64>,
    pub cue: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrainer {
    pub period_s: Spanned<f64>,
    pub turns: Option<Spanned<bool>>,
    pub keys: Spanned<Vec<RawAngles>>,
}
