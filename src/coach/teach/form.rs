//! Form rules from what stayed constant.

use super::{percentile, signal::Choice, signal::Counted, take::Take, words};
use baro_motion::{Measure, Side, Unit};

/// What moves by more than this in good repetitions (degrees, or ratio of 1) was not meant to be constant.
const CONSTANT_DEG: f32 = 15.0;
const CONSTANT_RATIO: f32 = 0.15;
/// Limits are this much beyond what good repetitions show.
const GENEROUS: f32 = 1.5;
const MARGIN_DEG: f32 = 6.0;
const MARGIN_RATIO: f32 = 0.1;
/// Most rules that are proposed.
const MOST_RULES: usize = 5;

/// A fault that can be watched, if the exercise leaves the measure alone.
struct Template {
    id: &'static str,
    measure: Measure,
    /// Past the resting value by a maximum, or below it by a minimum.
    max: bool,
    cue: &'static str,
    severity: &'static str,
    price: (f32, f32),
    /// Angles that show it, for each degree (or 1) of the fault.
    shown: &'static [(&'static str, f32)],
    why: &'static str,
}

const TEMPLATES: [Template; 8] = [
    Template {
        id: "trunk-forward",
        measure: Measure::TrunkFlexion,
        max: true,
        cue: "cue-chest-up",
        severity: "major",
        price: (1.0, 20.0),
        shown: &[("trunk_flexion", 1.0), ("left_hip_flexion", 1.0), ("right_hip_flexion", 1.0)],
        why: "The trunk stayed upright.",
    },
    Template {
        id: "trunk-back",
        measure: Measure::TrunkFlexion,
        max: false,
        cue: "cue-body-upright",
        severity: "minor",
        price: (1.0, 15.0),
        shown: &[("trunk_flexion", -1.0), ("left_hip_flexion", -1.0), ("right_hip_flexion", -1.0)],
        why: "The trunk did not lean back.",
    },
    Template {
        id: "trunk-sideways",
        measure: Measure::TrunkSideLean,
        max: true,
        cue: "cue-body-upright",
        severity: "major",
        price: (1.5, 15.0),
        shown: &[
            ("trunk_side_lean", 1.0),
            ("pelvis_hike", 1.0),
            ("left_hip_abduction", 1.0),
            ("right_hip_abduction", -1.0),
        ],
        why: "The trunk did not lean to a side.",
    },
    Template {
        id: "elbow-bent",
        measure: Measure::ElbowFlexion,
        max: true,
        cue: "cue-straighten-elbow",
        severity: "minor",
        price: (0.7, 15.0),
        shown: &[("left_elbow_flexion", 1.0), ("right_elbow_flexion", 1.0)],
        why: "The elbow kept its bend.",
    },
    Template {
        id: "knee-bent",
        measure: Measure::KneeFlexion,
        max: true,
        cue: "cue-knees-straight",
        severity: "minor",
        price: (0.7, 15.0),
        shown: &[
            ("left_knee_flexion", 1.0),
            ("right_knee_flexion", 1.0),
            ("left_hip_flexion", 0.5),
            ("right_hip_flexion", 0.5),
        ],
        why: "The knee kept its bend.",
    },
    Template {
        id: "shoulder-hiked",
        measure: Measure::ShoulderHike,
        max: true,
        cue: "cue-shoulder-down",
        severity: "major",
        price: (80.0, 20.0),
        shown: &[("left_shoulder_hike", 1.0), ("right_shoulder_hike", 1.0)],
        why: "The shoulder was not pulled up.",
    },
    Template {
        id: "trunk-turned",
        measure: Measure::TrunkRotation,
        max: true,
        cue: "cue-shoulders-still",
        severity: "minor",
        price: (1.0, 15.0),
        shown: &[("trunk_rotation", 1.0)],
        why: "The shoulders stayed over the hips.",
    },
    Template {
        id: "head-hanging",
        measure: Measure::NeckFlexion,
        max: true,
        cue: "cue-head-up",
        severity: "minor",
        price: (0.7, 10.0),
        shown: &[("neck_flexion", 1.0)],
        why: "The head stayed up.",
    },
];

/// A rule as it will be written.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    pub id: &'static str,
    pub measure: Measure,
    pub max: bool,
    /// Change from rest, in the file's unit.
    pub limit: f32,
    pub cue: &'static str,
    pub severity: &'static str,
    pub price: (f32, f32),
    /// By how much the fault is shown, in the file's unit.
    pub shown_by: f32,
    shown: &'static [(&'static str, f32)],
    pub why: &'static str,
    /// It has been shown more clearly once.
    pub mended: bool,
}

impl Proposal {
    /// The angles of `shown`, in the file's unit.
    pub fn shown(&self) -> Vec<(&'static str, f32)> {
        self.shown.iter().map(|&(name, share)| (name, share * self.shown_by)).collect()
    }

    fn new(template: &Template, most: f32) -> Self {
        let (margin, room) = match template.measure.unit() {
            Unit::Angle => (MARGIN_DEG, 14.0),
            Unit::Ratio => (MARGIN_RATIO, 0.12),
        };
        let limit = most.max(0.0) * GENEROUS + margin;
        Self {
            id: template.id,
            measure: template.measure,
            max: template.max,
            limit: if template.max { limit } else { -limit },
            cue: template.cue,
            severity: template.severity,
            price: template.price,
            shown_by: limit * 1.2 + room,
            shown: template.shown,
            why: template.why,
            mended: false,
        }
    }
}

/// A rule for a draft that is only counted with.
pub(super) fn any() -> Proposal {
    Proposal::new(&TEMPLATES[2], 0.0)
}

/// The rules that the recordings bear out; at least one.
pub(super) fn proposals(takes: &[Take], choice: &Choice, counted: &Counted) -> Vec<Proposal> {
    let counts = |measure| words::region(measure) == words::region(choice.measure);
    let mut found = Vec::new();
    for template in TEMPLATES.iter().filter(|template| !counts(template.measure)) {
        let Some(most) = most_change(takes, counted, template) else { continue };
        let constant = match template.measure.unit() {
            Unit::Angle => CONSTANT_DEG,
            Unit::Ratio => CONSTANT_RATIO,
        };
        if most <= constant {
            found.push(Proposal::new(template, most));
        }
    }
    found.truncate(MOST_RULES);
    if found.is_empty() {
        // Nothing stayed constant: a lean far past what was seen.
        let most = most_change(takes, counted, &TEMPLATES[2]).unwrap_or(0.0);
        found.push(Proposal::new(&TEMPLATES[2], most));
    }
    found
}

/// How far the measure went from rest in almost all repetitions, on either side; in the file's unit.
fn most_change(takes: &[Take], counted: &Counted, template: &Template) -> Option<f32> {
    let sign = if template.max { 1.0 } else { -1.0 };
    let mut changes = Vec::new();
    for (take, reps) in takes.iter().zip(&counted.reps) {
        for rep in reps {
            for side in Side::BOTH {
                let rest = take.rest(template.measure, side)?;
                let frames = take.frame_at(rep.start_s)..=take.frame_at(rep.end_s);
                let values = frames.filter_map(|i| take.value(i, template.measure, side));
                let changes_of: Vec<f32> = values.map(|value| sign * (value - rest)).collect();
                changes.push(percentile(&changes_of, 0.95)?);
            }
        }
    }
    Some(template.measure.unit().to_edge(percentile(&changes, 0.98)?.into()) as f32)
}
