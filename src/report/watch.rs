//! Coaching a recording, and keeping what a report draws.

use baro_coach::{Coach, Exercise, Report, Sight, reference::Sensor, safety::SafetyNote};
use baro_motion::{Claim, Estimate, LandmarkId, Measure, PoseFrame, Side, View};
use std::sync::Arc;

/// A measured value at one moment, in the measure's own unit (radians or ratio).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Capture time, seconds.
    pub time_s: f64,
    /// The value.
    pub value: f32,
    /// Its standard deviation.
    pub sd: f32,
    /// May the number be told to a person, from where it was seen?
    pub claim: Claim,
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
        let refused = all.clone().filter(|sample| sample.claim == Claim::Refused).count();
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
}

impl Watch {
    /// Watches this coach at work, from its first frame on.
    pub fn new(coach: Coach) -> Self {
        let exercise = coach.exercise().clone();
        let mut measures: Vec<Measure> = Vec::new();
        let signal = exercise.signal.iter().map(|signal| signal.measure);
        for measure in signal.chain(exercise.rules.iter().map(|rule| rule.measure)) {
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
        let curve = |measure| Curve { measure, sides: [Vec::new(), Vec::new()] };
        let watched = Watched {
            exercise,
            sensor: coach.sensor(),
            report: coach.report().clone(),
            curves: measures.into_iter().map(curve).collect(),
            span_s: [0.0; 2],
            frames: [0; 3],
            view: None,
            safety: Vec::new(),
            missing: None,
        };
        Self { coach, watched }
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
                    let Estimate { value, sd, claim, .. } = seen;
                    let sample = Sample { time_s: frame.time_s, value, sd, claim };
                    curve.sides[side.index()].push(sample);
                }
            }
        }
    }

    /// Ends the set.
    pub fn finish(mut self) -> Watched {
        self.watched.report = self.coach.finish().clone();
        self.watched.view = self.coach.view().copied();
        self.watched
    }
}
