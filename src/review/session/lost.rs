//! What each lost point was lost for.

use crate::{Arg, Said};
use baro_coach::{Exercise, Fault, Kind, Quantity, reference::Of};
use baro_motion::{Channel, Claim, Side};
use serde::{Deserialize, Serialize};

/// A part of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the sub-scores'")]
pub enum Part {
    Range,
    Form,
    Tempo,
    Stability,
    Symmetry,
}

impl Part {
    /// In the order of [`baro_coach::SubScores`].
    pub const ALL: [Self; 5] = [Self::Range, Self::Form, Self::Tempo, Self::Stability, Self::Symmetry];

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Range => "review-part-range",
            Self::Form => "review-part-form",
            Self::Tempo => "review-part-tempo",
            Self::Stability => "review-part-stability",
            Self::Symmetry => "review-part-symmetry",
        }
    }

    /// Key of the sentence that a score fell because of it.
    pub const fn fell_key(self) -> &'static str {
        match self {
            Self::Range => "review-fell-range",
            Self::Form => "review-fell-form",
            Self::Tempo => "review-fell-tempo",
            Self::Stability => "review-fell-stability",
            Self::Symmetry => "review-fell-symmetry",
        }
    }
}

/// A rule that was broken, and what that cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lost {
    /// The rule's id; its text is `rule-ID` with `$way`.
    pub rule: String,
    /// The part of the score that it belongs to.
    pub part: Part,
    /// Points of 100.
    pub points: f64,
    /// From when to when, seconds.
    pub span_s: [f64; 2],
    /// What was measured, and the limit, in `unit`; `None` where the value may not be told.
    pub value: Option<f64>,
    /// The limit that was passed.
    pub limit: f64,
    /// 1.96 standard deviations of the value, where they are known and it may be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pm: Option<f64>,
    /// `deg`, `s`, `ratio`, `percent`, `sparc` or `points`.
    pub unit: String,
    /// Below the limit, else above it.
    pub under: bool,
    /// May the value be told?
    pub claim: Claim,
    /// On which side; only for differences from reference motion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Which number of the repetition; only for differences from reference motion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Of>,
}

impl Lost {
    pub(super) fn new(exercise: &Exercise, fault: &Fault) -> Self {
        let told = fault.claim != Claim::Refused;
        Self {
            rule: fault.rule.clone(),
            part: part(exercise, &fault.rule),
            points: fault.points,
            span_s: [fault.from_s, fault.to_s],
            value: told.then_some(fault.value),
            limit: fault.limit,
            pm: fault.sd.filter(|_| told).map(|sd| (196.0 * sd).round() / 100.0),
            unit: fault.unit.clone(),
            under: fault.value < fault.limit,
            claim: fault.claim,
            side: fault.side,
            of: fault.of,
        }
    }

    /// What it was: `rule-ID`, with `$way` as `rules.ftl` wants it.
    pub fn text(&self) -> Said {
        let way = if self.under { "under" } else { "over" };
        Said::new(format!("rule-{}", self.rule), [("way", Arg::Text(way.into()))])
    }
}

/// The part of the score that a rule belongs to, as the coach counts it.
fn part(exercise: &Exercise, rule: &str) -> Part {
    let named = |id: &String| id == rule;
    if exercise.tempo.iter().any(|tempo| named(&tempo.id)) {
        return Part::Tempo;
    }
    if let Some(form) = exercise.rules.iter().find(|form| named(&form.id)) {
        return form.part.into();
    }
    if let Some(quality) = exercise.quality.iter().find(|quality| named(&quality.id)) {
        return match quality.quantity {
            Quantity::Smoothness | Quantity::Similarity => Part::Form,
            Quantity::Sway | Quantity::Steadiness => Part::Stability,
            Quantity::Symmetry => Part::Symmetry,
        };
    }
    let is_hold = matches!(&exercise.kind, Kind::Hold(hold) if named(&hold.id));
    let ends = exercise.range.iter().chain(&exercise.finish).any(|end| named(&end.id));
    match rule.strip_prefix("like-") {
        Some(channel) if !ends && !is_hold => like(&channel.replace('-', "_")),
        _ => Part::Range,
    }
}

/// Keeping upright and level is stability.
fn like(channel: &str) -> Part {
    use Channel::*;
    let steady = [TrunkSideLean, TrunkRotation, PelvisHike, ShoulderTilt, HipsSideways];
    if steady.iter().any(|other| other.name() == channel) { Part::Stability } else { Part::Form }
}
