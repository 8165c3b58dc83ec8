//! Steps up and down in dose.

use super::{Limits, Prescription};
use serde::{Deserialize, Serialize};

/// Repetitions grow up to this, and start again from [`REPS_LOW`] in a harder variant. Source: ACSM, "Progression models in
/// resistance training for healthy adults", Med Sci Sports Exerc 41 (2009) 687: 8 to 12 for novices, 10 to 15 for older people.
const REPS_HIGH: u32 = 15;
const REPS_LOW: u32 = 8;
const REPS_STEP: u32 = 2;
/// Fewer repetitions than this are no set to train with: sets go first.
const REPS_FLOOR: u32 = 4;
const SETS_HIGH: u32 = 3;
/// Holds grow up to half a minute. Source: McGill, "Low Back Disorders" (2007): more and longer sets of short holds.
const HOLD_HIGH_S: u32 = 30;
const HOLD_LOW_S: u32 = 10;
const HOLD_STEP_S: u32 = 5;
const HOLD_FLOOR_S: u32 = 5;
const MINUTES_HIGH: u32 = 10;
const MINUTES_FLOOR: u32 = 2;
/// A weight grows by 5 % (ACSM 2009: 2 to 10 %), in half kilograms.
const LOAD_SHARE: f64 = 0.05;
const LOAD_STEP_KG: f64 = 0.5;

/// What a dose grows in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Step {
    Reps,
    Hold,
    Minutes,
    Sets,
    Load,
    /// To another exercise.
    Variant,
}

impl Step {
    /// `reps`; its text is `safety-step-reps`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reps => "reps",
            Self::Hold => "hold",
            Self::Minutes => "minutes",
            Self::Sets => "sets",
            Self::Load => "load",
            Self::Variant => "variant",
        }
    }
}

/// What is counted in a dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Work {
    Reps,
    Hold,
    Paced,
}

impl Prescription {
    /// What is counted in it.
    pub fn work(&self) -> Work {
        match (self.minutes, self.hold_s) {
            (Some(_), _) => Work::Paced,
            (None, Some(_)) => Work::Hold,
            (None, None) => Work::Reps,
        }
    }

    /// The same within a therapist's limits, and the first thing that had to give.
    pub(super) fn within(mut self, limits: &Limits) -> (Self, Option<Step>) {
        let mut gave = None;
        let mut cap = |value: &mut u32, most: Option<u32>, step| {
            if let Some(most) = most.filter(|most| *value > *most) {
                *value = most;
                gave = gave.or(Some(step));
            }
        };
        cap(&mut self.sets, limits.max_sets, Step::Sets);
        cap(&mut self.reps, limits.max_reps, Step::Reps);
        if let Some(hold_s) = &mut self.hold_s {
            cap(hold_s, limits.max_hold_s, Step::Hold);
        }
        if let Some(minutes) = &mut self.minutes {
            cap(minutes, limits.max_minutes, Step::Minutes);
        }
        // A limit that is no number allows none.
        let most_kg = limits.max_load_kg.map(|most| if most.is_nan() { 0.0 } else { most });
        if let (Some(load), Some(most)) = (&mut self.load_kg, most_kg)
            && (load.is_nan() || *load > most)
        {
            *load = if load.is_nan() { 0.0 } else { most };
            gave = gave.or(Some(Step::Load));
        }
        self.days_a_week = self.days_a_week.min(limits.max_days_a_week.unwrap_or(u32::MAX));
        self.rpe_target = self.rpe_target.min(limits.max_rpe.unwrap_or(u32::MAX));
        self.pain_limit = self.pain_limit.min(limits.max_pain.unwrap_or(u32::MAX));
        self.rest_s = self.rest_s.max(limits.min_rest_s.unwrap_or(0));
        (self, gave)
    }

    /// The steps up within this exercise, the one to take first first; none at the top.
    pub(super) fn more(&self) -> Vec<(Step, Self)> {
        let mut steps = Vec::new();
        let mut offer = |step, change: &dyn Fn(&mut Self)| {
            let mut next = self.clone();
            change(&mut next);
            steps.push((step, next));
        };
        match self.work() {
            Work::Reps if self.reps < REPS_HIGH => {
                offer(Step::Reps, &|next| next.reps = (next.reps + REPS_STEP).min(REPS_HIGH));
            }
            Work::Hold if self.hold_s.is_some_and(|hold_s| hold_s < HOLD_HIGH_S) => {
                offer(Step::Hold, &|next| {
                    next.hold_s = next.hold_s.map(|hold_s| (hold_s + HOLD_STEP_S).min(HOLD_HIGH_S));
                });
            }
            Work::Paced if self.minutes.is_some_and(|minutes| minutes < MINUTES_HIGH) => {
                offer(Step::Minutes, &|next| next.minutes = next.minutes.map(|minutes| minutes + 1));
            }
            _ => {}
        }
        if self.work() != Work::Paced && self.sets < SETS_HIGH {
            offer(Step::Sets, &|next| next.sets += 1);
        }
        if let Some(load_kg) = self.load_kg.filter(|load| load.is_finite() && *load > 0.0) {
            let grown = (load_kg * (1.0 + LOAD_SHARE) / LOAD_STEP_KG).floor() * LOAD_STEP_KG;
            offer(Step::Load, &|next| {
                next.load_kg = Some(grown.max(load_kg + LOAD_STEP_KG));
                next.reps = next.reps.min(REPS_LOW);
            });
        }
        steps
    }

    /// One step down within this exercise; `None` at the bottom. `share`: the part of the weight, repetitions (seconds, minutes)
    /// that stays.
    pub(super) fn less(&self, share: f64) -> Option<(Step, Self)> {
        let part = |value: u32, floor: u32| {
            let kept = (f64::from(value) * share) as u32;
            (value > floor).then(|| kept.min(value - 1).max(floor))
        };
        let mut next = self.clone();
        if let Some(load_kg) = self.load_kg.filter(|load| *load > 0.0) {
            let kept = (load_kg * share / LOAD_STEP_KG).floor() * LOAD_STEP_KG;
            next.load_kg = Some(kept).filter(|kept| *kept > 0.0);
            return Some((Step::Load, next));
        }
        let step = match self.work() {
            Work::Paced => {
                next.minutes = Some(part(self.minutes?, MINUTES_FLOOR)?);
                return Some((Step::Minutes, next));
            }
            Work::Hold if part(self.hold_s?, HOLD_FLOOR_S).is_some() => {
                next.hold_s = part(self.hold_s?, HOLD_FLOOR_S);
                Step::Hold
            }
            Work::Reps if part(self.reps, REPS_FLOOR).is_some() => {
                next.reps = part(self.reps, REPS_FLOOR)?;
                Step::Reps
            }
            _ if self.sets > 1 => {
                next.sets -= 1;
                Step::Sets
            }
            _ => return None,
        };
        Some((step, next))
    }

    /// Everything that is done in a session: repetitions (seconds, minutes) times weight.
    pub(super) fn volume(&self) -> f64 {
        let each: f64 = [self.hold_s, self.minutes].into_iter().flatten().map(f64::from).product();
        let load = self.load_kg.filter(|load| *load > 0.0).map_or(1.0, |load| 1.0 + load);
        f64::from(self.sets) * f64::from(self.reps) * each * load
    }

    /// What makes another dose more, or less, than this one.
    pub(super) fn step_to(&self, other: &Self) -> Step {
        if other.exercise != self.exercise {
            return Step::Variant;
        }
        let more = other.volume() > self.volume();
        let of = |dose: &Self| {
            [
                (Step::Load, dose.load_kg.unwrap_or(0.0)),
                (Step::Hold, f64::from(dose.hold_s.unwrap_or(0))),
                (Step::Minutes, f64::from(dose.minutes.unwrap_or(0))),
                (Step::Sets, f64::from(dose.sets)),
            ]
        };
        let moved = of(self).into_iter().zip(of(other));
        let mut step =
            moved.filter(|((_, a), (_, b))| if more { b > a } else { b < a }).map(|((step, _), _)| step);
        step.next().unwrap_or(Step::Reps)
    }

    /// The same dose for another exercise, smaller where that one is harder.
    pub(super) fn of_variant(&self, exercise: &str, harder: bool) -> Self {
        let mut next = Self { exercise: exercise.to_owned(), ..self.clone() };
        if harder {
            next.reps = next.reps.min(REPS_LOW);
            next.hold_s = next.hold_s.map(|hold_s| hold_s.min(HOLD_LOW_S));
            // A weight that was light for the easier one may be too much for the harder one.
            next.load_kg = None;
        }
        next
    }
}
