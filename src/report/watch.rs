//! Coaching a recording, and keeping what a report draws.

use crate::Movement;
use baro_coach::{Coach, Exercise, Report, Sight, reference::Sensor, safety::SafetyNote};
use baro_motion::{Claim, Estimate, LandmarkId, Measure, PoseFrame, Side, View};
use std::sync::Arc;

/// A measured value at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Capture time, seconds.
    pub time_s: f64,
    /// What was measured, in the measure's own unit (radians or ratio).
    pub seen: Estimate,
}

/// One measure of one side over time. Moments in which it could not be measured are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What is measured.
    pub measure: Measure,
    /// Left, right.
    pub sides: [Vec<Sample>; 2],
}

impl Curve {
    /// Is it one value for the whole body, or only one side's?
    pub fn is_single(&self) -> bool {
        let [left, right] = &self.sides;
        left.is_empty() || right.is_empty() || left == right
    }

    /// The share, 0 to 1, of its moments whose number may not be told; `None` where there are none.
    pub fn refused(&self) -> Option<f64> {
        let all = self.sides.iter().flatten();
        let refused = all.clone().filter(|sample| sample.seen.claim == Claim::Refused).count();
        let count = all.count();
        (count > 0).then(|| refused as f64 / count as f64)
    }
}

/// A coached recording.
#[derive(Debug, Clone)]
pub struct Watched {
    /// What was done.
    pub exercise: Arc<Exercise>,
    /// By what the body was measured.
    pub sensor: Sensor,
    /// What was counted and scored.
    pub report: Report,
    /// What it is counted on, then what each form rule looks at; each measure once.
    pub curves: Vec<Curve>,
    /// Time of the first and of the last frame, seconds.
    pub span_s: [f64; 2],
    /// Frames in all, frames in which somebody was seen, and frames in which all that is needed was.
    pub frames: [u64; 3],
    /// How far joints moved, and what helped out.
    pub movement: Movement,
    /// From where the person was seen in the end.
    pub view: Option<View>,
    /// What was said about pain, effort and health; empty until somebody puts it here.
    pub safety: Vec<SafetyNote>,
    /// A landmark that was needed and not seen, the last one.
    pub missing: Option<LandmarkId>,
}

/// Coaches frames and keeps what a report draws.
pub struct Watch {
    coach: Coach,
    watched: Watched,
    /// The first so many curves are the exercise's; the others are only measured for [`Watched::movement`].
    own: usize,
}

impl Watch {
    /// Watches this coach at work, from its first frame on.
    pub fn new(coach: Coach) -> Self {
        let exercise = coach.exercise().clone();
        let mut measures: Vec<Measure> = Vec::new();
        let signal = exercise.signal.iter().map(|signal| signal.measure);
        let rules = exercise.rules.iter().map(|rule| rule.measure);
        for measure in signal.chain(rules) {
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
        let own = measures.len();
        let more = Movement::measures().filter(|measure| !measures.contains(measure)).collect::<Vec<_>>();
        measures.extend(more);
        let coach = coach.also_measuring(measures.iter().copied().collect());
        let curve = |measure| Curve { measure, sides: [Vec::new(), Vec::new()] };
        let watched = Watched {
            exercise,
            sensor: coach.sensor(),
            report: coach.report().clone(),
            curves: measures.into_iter().map(curve).collect(),
            span_s: [0.0; 2],
            frames: [0; 3],
            movement: Movement::default(),
            view: None,
            safety: Vec::new(),
            missing: None,
        };
        Self { coach, watched, own }
    }

    /// Takes the next frame.
    pub fn step(&mut self, frame: &PoseFrame) {
        let Watched { curves, span_s, frames, missing, .. } = &mut self.watched;
        if frames[0] == 0 {
            span_s[0] = frame.time_s;
        }
        span_s[1] = frame.time_s;
        frames[0] += 1;
        let feedback = self.coach.step(frame);
        match feedback.sight {
            Sight::Lost => {}
            Sight::Partial(landmark) => {
                frames[1] += 1;
                *missing = Some(landmark);
            }
            Sight::Clear => {
                frames[1] += 1;
                frames[2] += 1;
            }
        }
        let measures = self.coach.measures();
        for curve in curves {
            for side in Side::BOTH {
                if let Some(seen) = measures.get(curve.measure, side) {
                    curve.sides[side.index()].push(Sample { time_s: frame.time_s, seen });
                }
            }
        }
    }

    /// Ends the set.
    pub fn finish(mut self) -> Watched {
        self.watched.report = self.coach.finish().clone();
        self.watched.movement = Movement::new(&self.watched);
        self.watched.curves.truncate(self.own);
        self.watched.view = self.coach.view().copied();
        self.watched
    }
}
