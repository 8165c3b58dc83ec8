//! The mannequin's movements.

use crate::{
    Coach, Exercise, FormRule, JointAngles, Kind, Quantity, Report, SideChoice, Sides, Stage, View,
    coach::{LONGEST_SETTLING_S, ONSET_LOOKBACK_S},
};
use baro_motion::{Mannequin, Measures, PoseFrame, Side, Viewpoint};
use std::sync::Arc;

/// Stillness before the first and after the last repetition, seconds.
const STILL_S: f64 = 1.5;
/// Steps into which a period is divided to find when the signal passes a value.
const STEPS: usize = 200;

/// Past this share of the way a movement has begun; by the other below its farthest the far end is near.
const BEGUN: f32 = 0.04;
const NEAR: f32 = 0.1;

/// A stretch of a performance: the trainer's time goes from one value to another while so many seconds pass.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from_s: f64,
    to_s: f64,
    takes_s: f64,
}

/// An exercise performed by a mannequin in front of a camera that stands where the exercise wants it.
pub struct Rehearsal<'a> {
    exercise: &'a Exercise,
    body: Mannequin,
    viewpoint: Viewpoint,
}

impl<'a> Rehearsal<'a> {
    /// Seen from `view`; [`View::Any`] is the front.
    pub fn new(exercise: &'a Exercise, view: View) -> Self {
        let yaw_rad = match view {
            View::Front | View::Any => 0.0,
            View::Side => std::f32::consts::FRAC_PI_2,
        };
        let viewpoint = Viewpoint { yaw_rad, ..Viewpoint::default() };
        Self { exercise, body: Mannequin::default(), viewpoint }
    }

    /// The same stage with another exercise on it.
    pub(super) fn of<'b>(&self, exercise: &'b Exercise) -> Rehearsal<'b> {
        Rehearsal { exercise, body: self.body, viewpoint: self.viewpoint }
    }

    /// What is performed.
    pub(super) fn exercise(&self) -> &'a Exercise {
        self.exercise
    }

    /// Repetitions that the trainer shows in one period: with sides that take turns, one of each.
    pub fn reps_in_period(&self) -> usize {
        if self.exercise.sides == Sides::Alternate { 2 } else { 1 }
    }

    /// The trainer's posture at a moment of its movement.
    pub fn correct(&self, t_s: f64) -> JointAngles {
        self.exercise.trainer.angles_at(t_s)
    }

    /// The same posture with a rule's fault, in the share that the movement has gone. Where the sides take turns, the fault is
    /// given for the left one.
    pub fn with_fault(&self, rule: &FormRule, t_s: f64) -> JointAngles {
        let angles = self.correct(t_s);
        let [left, right] = self.progress_by_side(&angles, t_s);
        let right_moves = self.exercise.sides == Sides::Alternate && right > left;
        let shown = if right_moves { rule.shown.mirrored() } else { rule.shown };
        let share = left.max(right).clamp(0.0, 1.0);
        blend(&angles, |i, angle| angle + share * shown.to_array()[i])
    }

    /// The same movement with a smaller (or larger) amplitude.
    pub fn scaled(&self, share: f32, t_s: f64) -> JointAngles {
        let rest = self.correct(0.0).to_array();
        blend(&self.correct(t_s), |i, angle| rest[i] + share * (angle - rest[i]))
    }

    /// The trainer's movement with what a quantity of the whole repetition looks at spoiled, by more the higher `degree` is, from
    /// 0 to 1.
    pub(super) fn spoiled(&self, quantity: Quantity, degree: f32, t_s: f64) -> JointAngles {
        let wave = |rate_hz: f64| libm::sin(t_s * rate_hz * std::f64::consts::TAU) as f32;
        let correct = self.correct(t_s);
        match quantity {
            // In and out, over and over; hesitating, over and over; from one foot to the other.
            Quantity::Steadiness => self.scaled(1.0 + 0.6 * degree * wave(0.5), t_s),
            Quantity::Smoothness => self.correct((t_s + f64::from(0.15 * degree * wave(1.5))).max(0.0)),
            Quantity::Sway => JointAngles {
                trunk_side_lean_rad: correct.trunk_side_lean_rad + 0.7 * degree * wave(0.5),
                ..correct
            },
            // One side goes less far than the other.
            Quantity::Symmetry => JointAngles { left: self.scaled(1.0 - 0.5 * degree, t_s).left, ..correct },
            Quantity::Similarity => {
                let share = self.progress(&correct, t_s).clamp(0.0, 1.0) * 0.9 * degree;
                JointAngles {
                    trunk_side_lean_rad: correct.trunk_side_lean_rad + share,
                    trunk_flexion_rad: correct.trunk_flexion_rad + share,
                    ..correct
                }
            }
        }
    }

    /// How far the movement has gone on each side, 0 to 1.
    fn progress_by_side(&self, angles: &JointAngles, t_s: f64) -> [f32; 2] {
        match (&self.exercise.signal, &self.exercise.kind) {
            (Some(signal), _) => {
                let [rest, now] = [&self.correct(0.0), angles].map(|angles| self.body.landmarks(angles));
                let of = |side| {
                    let rest = Measures::value(&rest, signal.measure, side)?;
                    let level = if signal.from_rest { rest } else { 0.0 };
                    // A side that rests past `reach` takes no part, as the bent leg beside one that is raised straight.
                    let rests = signal.progress(rest - level) >= signal.progress(signal.reach);
                    if rests && self.exercise.sides != Sides::Together {
                        return None;
                    }
                    Measures::value(&now, signal.measure, side).map(|value| signal.progress(value - level))
                };
                match (self.exercise.sides, of(Side::Left), of(Side::Right)) {
                    (Sides::Together, Some(left), Some(right)) => [(left + right) / 2.0; 2],
                    (_, left, right) => [left, right].map(|share| share.unwrap_or(f32::NEG_INFINITY)),
                }
            }
            (None, Kind::Paced(pace)) => [pace.phase_at(t_s).1; 2],
            (None, _) => [0.0; 2],
        }
    }

    /// How far the movement has gone, 0 at rest, 1 at the target; the side that has gone farther.
    pub fn progress(&self, angles: &JointAngles, t_s: f64) -> f32 {
        let [left, right] = self.progress_by_side(angles, t_s);
        left.max(right)
    }

    /// The trainer's time at which its movement first passes a share of the way, and at which it last does.
    pub(super) fn span_above(&self, share: f32) -> Option<[f64; 2]> {
        // With sides that take turns, the first repetition.
        let period_s = self.exercise.trainer.period_s() / self.reps_in_period() as f64;
        let step_s = period_s / STEPS as f64;
        let is_above = |t_s: f64| self.progress(&self.correct(t_s), t_s) >= share;
        let above = |i: &usize| is_above(*i as f64 * step_s);
        let (first, last) = ((0..STEPS).find(above)?, (0..STEPS).rfind(above)?);
        // A slow play draws a step out: the passing is looked for between the steps.
        let between = |mut inside_s: f64, mut outside_s: f64| {
            for _ in 0..6 {
                let middle_s = (inside_s + outside_s) / 2.0;
                *if is_above(middle_s) { &mut inside_s } else { &mut outside_s } = middle_s;
            }
            inside_s
        };
        let [first_s, last_s] = [first, last].map(|i| i as f64 * step_s);
        let first_s = if first == 0 { first_s } else { between(first_s, first_s - step_s) };
        Some([first_s, between(last_s, last_s + step_s)])
    }

    /// The trainer's whole movement, `periods` times, at `speed`.
    pub fn play(
        &self,
        fps: f64,
        periods: usize,
        speed: f64,
        act: impl Fn(f64) -> JointAngles,
    ) -> Vec<PoseFrame> {
        let period_s = self.exercise.trainer.period_s();
        let whole = Stretch { from_s: 0.0, to_s: period_s, takes_s: period_s / speed };
        self.film(fps, vec![whole; periods], act)
    }

    /// The stages of the trainer's repetition, by its own time; where the sides take turns, of the first one.
    fn stages(&self) -> Option<[(Stage, f64, f64); 3]> {
        let period_s = self.exercise.trainer.period_s();
        let all = (0..STEPS).map(|i| i as f64 / STEPS as f64 * period_s);
        let farthest =
            all.map(|t_s| self.progress(&self.correct(t_s), t_s)).fold(f32::NEG_INFINITY, f32::max);
        // Begun is who has left where the trainer rests, which need not be `rest`.
        let [out_s, back_s] = self.span_above(self.progress(&self.correct(0.0), 0.0) + BEGUN)?;
        let [a, b] = self.span_above(farthest - NEAR)?;
        Some([(Stage::Out, out_s, a), (Stage::Peak, a, b), (Stage::Return, b, back_s)])
    }

    /// How long the trainer takes for a stage, seconds.
    pub(super) fn stage_s(&self, stage: Stage) -> Option<f64> {
        let part = self.stages()?.into_iter().find(|(part, ..)| *part == stage)?;
        Some((part.2 - part.1).max(0.01))
    }

    /// How much of a slow stage the coach can't time, seconds: it dates a beginning back from `leave`, and waits for an end after
    /// `back`, only for so long.
    pub(super) fn untold_s(&self, stage: Stage, speed: f64) -> f64 {
        let (Some(signal), Some([(_, out_s, _), _, (_, _, back_s)])) = (self.exercise.signal, self.stages())
        else {
            return 0.0;
        };
        let over = |value: f32, at: usize| Some(self.span_above(signal.progress(value))?[at]);
        let (passes_s, told_s) = match stage {
            Stage::Out => (over(signal.leave, 0).map(|leaves_s| leaves_s - out_s), ONSET_LOOKBACK_S),
            Stage::Peak => (None, 0.0),
            Stage::Return => (over(signal.back, 1).map(|comes_s| back_s - comes_s), LONGEST_SETTLING_S),
        };
        passes_s.map_or(0.0, |passes_s| (passes_s / speed - told_s).max(0.0))
    }

    /// One period of the trainer with one stage at `speed`; with sides that take turns, everything.
    pub(super) fn play_stage(&self, fps: f64, stage: Stage, speed: f64) -> Option<Vec<PoseFrame>> {
        if self.reps_in_period() > 1 {
            return Some(self.play(fps, 1, speed, |t_s| self.correct(t_s)));
        }
        let parts = self.stages()?;
        let [(_, out_s, _), _, (_, _, back_s)] = parts;
        let around = [(Stage::Out, 0.0, out_s), (Stage::Return, back_s, self.exercise.trainer.period_s())];
        let parts = [around[0], parts[0], parts[1], parts[2], around[1]];
        let script = parts.map(|(part, from_s, to_s)| {
            let speed = if part == stage { speed } else { 1.0 };
            Stretch { from_s, to_s, takes_s: (to_s - from_s) / speed }
        });
        Some(self.film(fps, script.into(), |t_s| self.correct(t_s)))
    }

    /// Three repetitions that come back only to a share of the way before they go out again; where the sides take turns, of one
    /// side.
    pub(super) fn bounce(&self, fps: f64, share: f32) -> Option<Vec<PoseFrame>> {
        let [out_s, back_s] = self.span_above(share)?;
        let period_s = self.exercise.trainer.period_s() / self.reps_in_period() as f64;
        let stretch = |from_s: f64, to_s: f64| Stretch { from_s, to_s, takes_s: to_s - from_s };
        let turn = Stretch { from_s: back_s, to_s: back_s, takes_s: 0.4 };
        let script = vec![stretch(0.0, back_s), turn, stretch(out_s, back_s), turn, stretch(out_s, period_s)];
        Some(self.film(fps, script, |t_s| self.correct(t_s)))
    }

    /// The far posture, past a share of the way, for so many seconds.
    pub(super) fn hold(&self, fps: f64, share: f32, seconds: f64) -> Option<Vec<PoseFrame>> {
        let [from_s, to_s] = self.span_above(share)?;
        let period_s = self.exercise.trainer.period_s() / self.reps_in_period() as f64;
        let half_s = ((to_s - from_s) / 2.0).min(seconds / 2.0);
        let (a, b) = (from_s + half_s, to_s - half_s);
        let script = vec![
            Stretch { from_s: 0.0, to_s: a, takes_s: a },
            Stretch { from_s: a, to_s: a, takes_s: seconds - 2.0 * half_s },
            Stretch { from_s: b, to_s: period_s, takes_s: period_s - b },
        ];
        Some(self.film(fps, script, |t_s| self.correct(t_s)))
    }

    fn film(&self, fps: f64, script: Vec<Stretch>, act: impl Fn(f64) -> JointAngles) -> Vec<PoseFrame> {
        // A pace begins with the first frame and ends with the last.
        let takes_s = if matches!(self.exercise.kind, Kind::Paced(_)) { 0.0 } else { STILL_S };
        let still = Stretch { from_s: 0.0, to_s: 0.0, takes_s };
        let (mut frames, mut start_s) = (Vec::new(), 0.0);
        for stretch in [still].into_iter().chain(script).chain([still]) {
            let end_s = start_s + stretch.takes_s;
            while (frames.len() as f64) / fps < end_s {
                let time_s = frames.len() as f64 / fps;
                let share = (time_s - start_s) / stretch.takes_s;
                let angles = act(stretch.from_s + share * (stretch.to_s - stretch.from_s));
                frames.push(PoseFrame {
                    time_s,
                    pose: Some(self.viewpoint.view(&self.body.landmarks(&angles))),
                });
            }
            start_s = end_s;
        }
        frames
    }

    /// What a coach says of a performance.
    pub fn report(&self, frames: &[PoseFrame]) -> Report {
        let mut coach = Coach::new(Arc::new(self.exercise.clone()), SideChoice::Auto);
        for frame in frames {
            coach.step(frame);
        }
        coach.finish().clone()
    }
}

/// A posture with every angle changed.
fn blend(angles: &JointAngles, change: impl Fn(usize, f32) -> f32) -> JointAngles {
    let mut all = angles.to_array();
    for (i, angle) in all.iter_mut().enumerate() {
        *angle = change(i, *angle);
    }
    JointAngles::from_array(all)
}
