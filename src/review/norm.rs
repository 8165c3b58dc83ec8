//! What a repetition is held against: another day of the same person, or how others do it.

use crate::session::{Curve, Repetition, SessionReview};
use baro_coach::RepSide;
use baro_motion::{Claim, Side};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Moments of a movement, from 0 to 100 % of its time.
pub const MOMENTS: usize = 101;
/// Fewer people are no norm: the curve of one of them might be told from it.
pub const LEAST_PEOPLE: usize = 5;
/// A repetition of which less was measured is left out, share of its moments.
const SEEN: f64 = 0.9;

/// How a side moves through a repetition of a set: the mean of its complete repetitions, each stretched to the same time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cycle {
    /// The exercise's id.
    pub exercise: String,
    /// What is measured.
    pub measure: String,
    /// `deg` or `ratio`.
    pub unit: String,
    /// Whose; `None` for the whole body.
    pub side: Option<Side>,
    /// Repetitions in it.
    pub repetitions: u32,
    /// [`MOMENTS`] values.
    pub mean: Vec<f64>,
    /// 1.96 standard deviations of measuring each of them: of one repetition, for what a camera's place does to all of them is not averaged out.
    pub pm: Vec<f64>,
}

/// How others do it: at each moment, half of them are between the quartiles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Norm {
    /// The exercise's id.
    pub exercise: String,
    /// What is measured.
    pub measure: String,
    /// `deg` or `ratio`.
    pub unit: String,
    /// People in it, [`LEAST_PEOPLE`] or more.
    pub people: u32,
    /// The lower quartile, the median and the upper quartile at each of [`MOMENTS`].
    pub quartiles: [Vec<f64>; 3],
}

/// Why there is no norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoNorm {
    /// Too few people. The text is `review-norm-few`.
    #[error("{people} people are too few for a norm; it takes {LEAST_PEOPLE}")]
    Few {
        /// How many there were.
        people: usize,
    },
}

impl Cycle {
    /// Of what a set is counted on, side by side; only repetitions whose numbers may be told from where they were seen.
    pub fn of(review: &SessionReview) -> Vec<Self> {
        let primary = review.curves.iter().filter(|curve| curve.primary);
        primary.filter_map(|curve| Self::of_curve(review, curve)).collect()
    }

    fn of_curve(review: &SessionReview, curve: &Curve) -> Option<Self> {
        let moved = |rep: &&Repetition| {
            let side = match rep.side {
                RepSide::Left => Some(Side::Left),
                RepSide::Right => Some(Side::Right),
                RepSide::Both => None,
            };
            rep.complete && (side.is_none() || curve.side.is_none() || side == curve.side)
        };
        let stretched: Vec<Vec<(f64, f64)>> =
            review.repetitions.iter().filter(moved).filter_map(|rep| stretch(curve, rep)).collect();
        let n = stretched.len() as f64;
        if stretched.is_empty() {
            return None;
        }
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| -> Vec<f64> {
            (0..MOMENTS).map(|i| stretched.iter().map(|one| of(&one[i])).sum::<f64>() / n).collect()
        };
        Some(Self {
            exercise: review.exercise.clone(),
            measure: curve.measure.clone(),
            unit: curve.unit.clone(),
            side: curve.side,
            repetitions: stretched.len() as u32,
            mean: mean(&|(value, _)| *value).into_iter().map(round).collect(),
            pm: mean(&|(_, pm)| pm * pm).into_iter().map(|square| round(square.sqrt())).collect(),
        })
    }

    /// Where this one differs from an earlier one of the same person by more than both errors: at each of [`MOMENTS`] the difference,
    /// `None` where it may be error. `None` at all where they don't measure the same.
    pub fn since(&self, earlier: &Self) -> Option<Vec<Option<f64>>> {
        let same = |cycle: &Self| (cycle.exercise.clone(), cycle.measure.clone(), cycle.side);
        if same(self) != same(earlier) {
            return None;
        }
        let now = self.mean.iter().zip(&self.pm);
        let each = now.zip(earlier.mean.iter().zip(&earlier.pm));
        let beyond = |((now, pm), (then, pm_then)): ((&f64, &f64), (&f64, &f64))| {
            let change = now - then;
            (change.abs() > pm.hypot(*pm_then)).then(|| round(change))
        };
        Some(each.map(beyond).collect())
    }
}

impl Norm {
    /// Of cycles of the same exercise and measure, each with whose it is; each person counts once, with the mean of all of theirs
    /// (both sides too: `side` is not looked at). Cycles of something else than the first one's are left out.
    ///
    /// # Errors
    /// Fewer than [`LEAST_PEOPLE`].
    pub fn of<'a, P: Ord>(cycles: impl IntoIterator<Item = (P, &'a Cycle)>) -> Result<Self, NoNorm> {
        let mut people: BTreeMap<P, Vec<&Cycle>> = BTreeMap::new();
        let mut first: Option<&Cycle> = None;
        for (person, cycle) in cycles {
            let like = *first.get_or_insert(cycle);
            if (&cycle.exercise, &cycle.measure) == (&like.exercise, &like.measure)
                && cycle.mean.len() == MOMENTS
            {
                people.entry(person).or_default().push(cycle);
            }
        }
        let few = NoNorm::Few { people: people.len() };
        let Some(first) = first.filter(|_| people.len() >= LEAST_PEOPLE) else { return Err(few) };
        let at = |i: usize| -> [f64; 3] {
            let of =
                |all: &Vec<&Cycle>| all.iter().map(|cycle| cycle.mean[i]).sum::<f64>() / all.len() as f64;
            let mut values: Vec<f64> = people.values().map(of).collect();
            values.sort_by(f64::total_cmp);
            [0.25, 0.5, 0.75].map(|share| round(quantile(&values, share)))
        };
        let moments: Vec<[f64; 3]> = (0..MOMENTS).map(at).collect();
        let line = |q: usize| moments.iter().map(|moment| moment[q]).collect();
        Ok(Self {
            exercise: first.exercise.clone(),
            measure: first.measure.clone(),
            unit: first.unit.clone(),
            people: people.len() as u32,
            quartiles: [line(0), line(1), line(2)],
        })
    }
}

/// A repetition's values and their errors at [`MOMENTS`]; `None` where too little was measured or may be told.
fn stretch(curve: &Curve, rep: &Repetition) -> Option<Vec<(f64, f64)>> {
    if rep.reach.as_ref().is_some_and(|reach| reach.claim == Claim::Refused) || rep.end_s <= rep.start_s {
        return None;
    }
    let step_s = 1.0 / curve.rate_hz;
    let told: Vec<(f64, f64)> = curve.told(rep.start_s - step_s, rep.end_s + step_s).collect();
    let expected = (rep.end_s - rep.start_s) * curve.rate_hz;
    if (told.len() as f64) < (SEEN * expected).max(3.0) {
        return None;
    }
    let pm_at = |time_s: f64| {
        let index = ((time_s - curve.from_s) * curve.rate_hz).round().max(0.0) as usize;
        curve.pm.get(index).copied().flatten()
    };
    let moment = |i: usize| {
        let time_s = rep.start_s + (rep.end_s - rep.start_s) * i as f64 / (MOMENTS - 1) as f64;
        let after = told.partition_point(|(at_s, _)| *at_s < time_s);
        let (b, a) = (told.get(after).or(told.last())?, told.get(after.saturating_sub(1))?);
        let share = if b.0 > a.0 { ((time_s - a.0) / (b.0 - a.0)).clamp(0.0, 1.0) } else { 0.0 };
        let pm = pm_at(a.0).into_iter().chain(pm_at(b.0)).reduce(f64::max)?;
        Some((a.1 + share * (b.1 - a.1), pm))
    };
    (0..MOMENTS).map(moment).collect()
}

/// Of sorted values, interpolated.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * sorted.len().saturating_sub(1) as f64;
    let (below, part) = (at.floor() as usize, at.fract());
    match (sorted.get(below), sorted.get(below + 1)) {
        (Some(a), Some(b)) => a + (b - a) * part,
        (Some(a), None) => *a,
        _ => f64::NAN,
    }
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
