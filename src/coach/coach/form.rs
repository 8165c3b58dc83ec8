//! Watches the form rules while a repetition runs.

use crate::{Aspect, Exercise, FormRule, Phase, View};
use baro_motion::{Claim, Estimate, Measures, Side};

/// Time constant of the resting posture that changes are measured from, seconds.
const REST_MEMORY_S: f64 = 1.0;
/// Time constant of the view angle, seconds.
const VIEW_MEMORY_S: f64 = 0.5;
/// A gap between frames counts at most this much as "the breach lasted".
const LONGEST_FRAME_S: f64 = 0.25;
/// Turned by at most this, radians (30°), the front is seen; from [`SIDE_FROM_RAD`] (60°) the side.
const FRONT_UNTIL_RAD: f32 = 0.524;
const SIDE_FROM_RAD: f32 = 1.047;
/// Rounding must not decide whether a breach lasted long enough.
const TIME_EPSILON_S: f64 = 1e-6;

/// A breach of a rule: the worst stretch of one repetition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Breach {
    pub from_s: f64,
    pub to_s: f64,
    /// The measure where it was worst; radians or ratio.
    pub worst: f32,
    /// Past the limit by this.
    pub excess: f32,
    /// Standard deviation of `worst`.
    pub sd: f32,
    /// The least that may be said in any of its frames.
    pub claim: Claim,
}

/// One rule on one side.
#[derive(Debug, Clone, Copy, Default)]
struct Watch {
    rest: Option<f32>,
    running: Option<Running>,
    worst: Option<Breach>,
}

/// A stretch of frames past the limit.
#[derive(Debug, Clone, Copy)]
struct Running {
    breach: Breach,
    /// How long the frame before it lasted: the breach began somewhere within.
    lead_s: f64,
}

impl Watch {
    /// `excess` is above 0 past the limit; `lead_s`: how long the frame lasted. True where the breach has just lasted long enough,
    /// or goes on.
    fn see(&mut self, time_s: f64, lead_s: f64, seen: Seen, excess: f32, hold_s: f64) -> bool {
        let Seen { value: worst, sd, claim } = seen;
        if excess <= 0.0 {
            self.running = None;
            return false;
        }
        let breach = Breach { from_s: time_s, to_s: time_s, worst, excess, sd, claim };
        let fresh = Running { breach, lead_s };
        let running = self.running.get_or_insert(fresh);
        running.breach.to_s = time_s;
        running.breach.claim = running.breach.claim.max(claim);
        if excess > running.breach.excess {
            running.breach = Breach { worst, excess, sd, ..running.breach };
        }
        let lasted_s = time_s - running.breach.from_s + running.lead_s;
        if lasted_s + TIME_EPSILON_S < hold_s {
            return false;
        }
        let breach = running.breach;
        if self.worst.is_none_or(|worst| breach.excess >= worst.excess || breach.from_s == worst.from_s) {
            self.worst = Some(breach);
        }
        true
    }
}

/// All rules of an exercise.
pub(super) struct Form {
    /// By rule, then by side.
    watches: Vec<[Watch; 2]>,
    /// Smoothed turn of the body out of the picture, radians.
    yaw_rad: Option<f32>,
    /// Time of the last frame with a body, and of the last frame.
    last_s: Option<f64>,
    frame_s: Option<f64>,
}

/// What [`Form::check`] finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Found {
    /// A rule is being broken, by this excess.
    Broken(f32),
    /// A rule that breaks a hold can't be told, on no side.
    Unknown,
}

impl Form {
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            watches: vec![[Watch::default(); 2]; exercise.rules.len()],
            yaw_rad: None,
            last_s: None,
            frame_s: None,
        }
    }

    /// Keeps what is needed between repetitions: the view, and the resting posture that changes are measured from.
    /// `yaw_rad` is `None` where the landmarks don't come from a picture: every view is then as good.
    pub fn settle(
        &mut self,
        rules: &[FormRule],
        time_s: f64,
        measures: &Measures,
        yaw_rad: Option<f32>,
        at_rest: bool,
    ) {
        let dt = self.last_s.map_or(f64::INFINITY, |last| time_s - last);
        self.last_s = Some(time_s);
        self.yaw_rad = yaw_rad.map(|now| follow(self.yaw_rad, now, dt / VIEW_MEMORY_S));
        for (rule, watches) in rules.iter().zip(&mut self.watches) {
            for (side, watch) in Side::BOTH.into_iter().zip(watches) {
                let wanted = at_rest || watch.rest.is_none();
                if let Some(now) = measures.get(rule.measure, side).filter(|_| wanted) {
                    watch.rest = Some(follow(watch.rest, now.value, dt / REST_MEMORY_S));
                }
            }
        }
    }

    /// A repetition begins on these sides.
    pub fn clear(&mut self, sides: [bool; 2]) {
        for (watch, _) in
            self.watches.iter_mut().flat_map(|both| both.iter_mut().zip(sides)).filter(|(_, it)| *it)
        {
            (watch.running, watch.worst) = (None, None);
        }
    }

    /// Checks one frame; call it for every one. `phases`: where each side is in its repetition, `None` where its rules don't
    /// count. Gives the index of every rule of which there is something to tell, and the side.
    pub fn check(
        &mut self,
        rules: &[FormRule],
        time_s: f64,
        phases: [Option<Phase>; 2],
        measures: &Measures,
        mut tell: impl FnMut(usize, Side, Found),
    ) {
        let yaw_rad = self.yaw_rad;
        let lead_s = self.frame_s.map_or(0.0, |last_s| (time_s - last_s).min(LONGEST_FRAME_S));
        self.frame_s = Some(time_s);
        for (i, (rule, watches)) in rules.iter().zip(&mut self.watches).enumerate() {
            let alone = rule.aspect == Aspect::Difference && phases.contains(&None);
            let can_see = !alone && sees(rule.view, yaw_rad);
            let mut known = [None; 2];
            for (side, watch) in Side::BOTH.into_iter().zip(watches) {
                if !phases[side.index()].is_some_and(|phase| holds_in(rule, phase)) {
                    watch.running = None;
                    continue;
                }
                let seen = if can_see { aspect(rule, measures, side, watch.rest) } else { None };
                known[side.index()] = Some(seen.is_some() || alone);
                // What was not looked at has not gone on.
                let Some(seen) = seen else {
                    watch.running = None;
                    continue;
                };
                let excess = rule.limit.excess(seen.value);
                if watch.see(time_s, lead_s, seen, excess, rule.hold_s) {
                    tell(i, side, Found::Broken(excess));
                }
            }
            if rule.breaks_hold && known.contains(&Some(false)) && !known.contains(&Some(true)) {
                Side::BOTH.into_iter().for_each(|side| tell(i, side, Found::Unknown));
            }
        }
    }

    /// May a number be told that lies in a plane seen best from `view`? `None`: in no one plane, or upright.
    pub fn claim(&self, view: Option<View>) -> Claim {
        let Some(yaw) = self.yaw_rad else { return Claim::Firm };
        let turned = match view {
            None | Some(View::Any) => return Claim::Cautious,
            Some(View::Front) => yaw,
            Some(View::Side) => std::f32::consts::FRAC_PI_2 - yaw,
        };
        Claim::of_turned(turned)
    }

    /// Can measures of this view be believed now?
    pub fn sees(&self, view: View) -> bool {
        sees(view, self.yaw_rad)
    }

    /// The worst breach of the rule at `index` in the repetition, on the sides that moved.
    pub fn breach(&self, rule: &FormRule, index: usize, sides: [bool; 2]) -> Option<Breach> {
        let watches = self.watches.get(index)?;
        if rule.aspect == Aspect::Difference && sides != [true, true] {
            return None;
        }
        let of = |side: Side| watches[side.index()].worst.filter(|_| sides[side.index()]);
        match (of(Side::Left), of(Side::Right)) {
            (Some(left), Some(right)) => Some(if right.excess > left.excess { right } else { left }),
            (left, right) => left.or(right),
        }
    }
}

/// One step of a first-order filter; `step` is time over time constant.
fn follow(from: Option<f32>, to: f32, step: f64) -> f32 {
    let gain = (step / (1.0 + step)) as f32;
    match from {
        Some(from) if gain.is_finite() => from + (to - from) * gain,
        _ => to,
    }
}

fn holds_in(rule: &FormRule, phase: Phase) -> bool {
    match phase {
        Phase::Rest => false,
        Phase::Out => rule.stages[0],
        Phase::Peak => rule.stages[1],
        Phase::Return => rule.stages[2],
    }
}

fn sees(view: View, yaw_rad: Option<f32>) -> bool {
    match (view, yaw_rad) {
        (View::Any, _) | (_, None) => true,
        (View::Front, Some(yaw)) => yaw <= FRONT_UNTIL_RAD,
        (View::Side, Some(yaw)) => yaw >= SIDE_FROM_RAD,
    }
}

/// What a rule looks at, in one frame.
#[derive(Debug, Clone, Copy)]
struct Seen {
    value: f32,
    sd: f32,
    claim: Claim,
}

fn aspect(rule: &FormRule, measures: &Measures, side: Side, rest: Option<f32>) -> Option<Seen> {
    let Estimate { value, sd, claim, .. } = measures.get(rule.measure, side)?;
    Some(match rule.aspect {
        Aspect::Value => Seen { value, sd, claim },
        Aspect::Change => Seen { value: value - rest?, sd, claim },
        Aspect::Difference => {
            let other = measures.get(rule.measure, side.other())?;
            let sd = (sd * sd + other.sd * other.sd).sqrt();
            Seen { value: (value - other.value).abs(), sd, claim: claim.max(other.claim) }
        }
    })
}
