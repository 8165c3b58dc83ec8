//! What to count on, and with which thresholds.

use super::{median, percentile, take::Take};
use crate::{Coach, Exercise, Rep, SideChoice, Sides};
use baro_motion::{Measure, Side, Unit};
use std::sync::Arc;

/// A range below this is no movement to count: degrees, or hundredths of a ratio.
const LEAST_RANGE: f32 = 12.0;
/// Ratios are compared with degrees as if 1 were this many.
const RATIO_AS_DEGREES: f32 = 90.0;
/// At least this share of a recording's frames must have the measure.
const LEAST_SEEN: f32 = 0.8;
/// So many candidates are tried by counting.
const TRIED: usize = 8;
/// Both sides move together where their mean goes this share of the way of the farther one.
const TOGETHER: f32 = 0.75;
/// Both sides take part where the lesser goes this share of the way of the other.
const BOTH: f32 = 0.6;
/// A turn is a swing between these shares of the range.
const SWING: [f32; 2] = [0.35, 0.65];
/// People whose rest differs by more than this share of the range are counted from where each rests.
const REST_SPREAD: f32 = 0.2;

/// The share of the way that a repetition must go to be complete: other people go less far than those who teach.
const REACH: f32 = 0.58;

/// A measure to count on.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub measure: Measure,
    pub falls: bool,
    pub sides: Sides,
    pub from_rest: bool,
    /// `rest`, `back`, `leave`, `attempt`, `reach`, `target`, in the file's unit.
    pub steps: [f32; 6],
    /// Repetitions in each recording.
    pub reps: Vec<usize>,
    /// Larger is better: range, cleanness, likeness of the repetitions.
    pub worth: f64,
}

/// One side of one recording: rising, from its rest, in the file's unit.
struct Track {
    values: Vec<f32>,
    rest: f32,
    peak: f32,
    /// How far from the beginning it ended.
    off: f32,
}

impl Track {
    fn new(take: &Take, measure: Measure, side: Side, falls: bool) -> Option<Self> {
        let sign = if falls { -1.0 } else { 1.0 };
        let edge = |v: f32| sign * measure.unit().to_edge(v.into()) as f32;
        let values: Vec<f32> = take.values(measure, side).into_iter().map(edge).collect();
        if (values.len() as f32) < LEAST_SEEN * take.len() as f32 {
            return None;
        }
        let [start, end] = take.ends(measure, side)?.map(edge);
        let peak = percentile(&values, 0.98)?;
        Some(Self { rest: (start + end) / 2.0, off: (start - end).abs(), peak, values })
    }

    fn range(&self) -> f32 {
        self.peak - self.rest
    }
}

/// Swings of a signal from near `rest` to near `peak` and back.
fn swings(values: &[f32], rest: f32, peak: f32) -> usize {
    let [low, high] = SWING.map(|share| rest + share * (peak - rest));
    let (mut count, mut up) = (0, false);
    for &value in values {
        match up {
            false if value > high => (count, up) = (count + 1, true),
            true if value < low => up = false,
            _ => {}
        }
    }
    count
}

/// Not what is counted on: what only says how a body stands or is seen.
fn preference(measure: Measure) -> f32 {
    use Measure::*;
    match measure {
        BodyYaw | KneeSeparation | StanceWidth | KneeValgus | PelvisHike => 0.0,
        ComOffset | ComShift => 0.2,
        PelvisHeight | ArmForward | HeadForward | ShankLean | FootLift => 0.5,
        ShoulderRotation | HipRotation | TrunkIncline | ShoulderElevation => 0.8,
        // A raised arm moves more than the bend that goes with it; of a bent leg, people watch the knee.
        ElbowFlexion => 0.9,
        KneeFlexion => 1.15,
        // A trunk that leans over standing legs abducts a hip as well.
        TrunkSideLean => 1.2,
        _ => 1.0,
    }
}

/// Candidates, the best first; and what moved most, with its range, for the case that there is none.
pub(super) fn choices(takes: &[&Take]) -> (Vec<Choice>, (&'static str, String)) {
    let mut found = Vec::new();
    let mut most = ("nothing", 0.0_f32, Unit::Angle);
    for measure in Measure::ALL.into_iter().filter(|&m| preference(m) > 0.0) {
        for falls in [false, true] {
            let Some((choice, range)) = candidate(takes, measure, falls) else { continue };
            if range > most.1 {
                most = (measure.name(), range, measure.unit());
            }
            found.extend(choice);
        }
    }
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    // How many repetitions a recording holds is what most of the good candidates say.
    let agreed: Vec<usize> = (0..takes.len()).map(|i| agreed(&found, i)).collect();
    for choice in &mut found {
        let like = choice.reps.iter().zip(&agreed).filter(|(a, b)| a == b).count();
        choice.worth *= like as f64 / takes.len() as f64;
        choice.reps.clone_from(&agreed);
    }
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    found.truncate(TRIED);
    (found, (most.0, format!("{:.1} {}", most.1, most.2.name())))
}

/// The count of recording `i` that the candidates agree on, weighted by their worth.
fn agreed(choices: &[Choice], i: usize) -> usize {
    let weight = |n: usize| -> f64 { choices.iter().filter(|c| c.reps[i] == n).map(|c| c.worth).sum() };
    let counts = choices.iter().map(|choice| choice.reps[i]);
    counts.max_by(|&a, &b| weight(a).total_cmp(&weight(b))).unwrap_or(0)
}

/// One measure in one direction; the range that it has, whether or not it is enough.
fn candidate(takes: &[&Take], measure: Measure, falls: bool) -> Option<(Option<Choice>, f32)> {
    let tracks: Vec<[Option<Track>; 2]> =
        takes.iter().map(|take| Side::BOTH.map(|side| Track::new(take, measure, side, falls))).collect();
    // The side that goes farther in each recording.
    let far = |pair: &[Option<Track>; 2]| -> Option<usize> {
        let range = |i: usize| pair[i].as_ref().map_or(f32::NEG_INFINITY, Track::range);
        let i = usize::from(range(1) > range(0));
        pair[i].as_ref().map(|_| i)
    };
    let lead: Vec<usize> = tracks.iter().map(far).collect::<Option<_>>()?;
    let leaders: Vec<&Track> = tracks.iter().zip(&lead).filter_map(|(pair, &i)| pair[i].as_ref()).collect();
    let ranges: Vec<f32> = leaders.iter().map(|track| track.range()).collect();
    let range = median(&ranges)?;
    let scale = if measure.unit() == Unit::Ratio { RATIO_AS_DEGREES } else { 1.0 };
    let sides = sides(&tracks);
    let reps: Vec<usize> = tracks
        .iter()
        .map(|pair| match sides {
            Sides::Alternate => pair.iter().flatten().map(|t| swings(&t.values, t.rest, t.peak)).sum(),
            _ => far(pair).and_then(|i| pair[i].as_ref()).map_or(0, |t| swings(&t.values, t.rest, t.peak)),
        })
        .collect();
    let least = percentile(&ranges, 0.1)?;
    if range * scale < LEAST_RANGE || least * scale < LEAST_RANGE / 2.0 {
        return Some((None, range));
    }
    let off = leaders.iter().map(|t| t.off / t.range().max(1e-6)).sum::<f32>() / leaders.len() as f32;
    let cleanness = clean(&leaders, &reps);
    let alike = (least / range).clamp(0.0, 1.0);
    let noise = takes.iter().filter_map(|take| take.sd(measure)).fold(0.0, f32::max);
    let noise = measure.unit().to_edge(noise.into()) as f32;
    let certain = range / (range + 2.0 * noise);
    let worth = (range * scale).min(90.0)
        * preference(measure)
        * cleanness
        * (0.3 + 0.7 * alike)
        * certain
        * (1.0 - off).clamp(0.05, 1.0);
    let steps = steps(&tracks, &leaders, range, sides, measure, falls)?;
    let (from_rest, steps) = steps;
    Some((Some(Choice { measure, falls, sides, from_rest, steps, reps, worth: worth.into() }), range))
}

/// How little the signals wander: 1 where they go out and back in one sweep.
fn clean(leaders: &[&Track], reps: &[usize]) -> f32 {
    let ratios: Vec<f32> = leaders
        .iter()
        .zip(reps)
        .map(|(track, &reps)| {
            let way: f32 = track.values.windows(2).map(|w| (w[1] - w[0]).abs()).sum();
            (2.0 * reps.max(1) as f32 * track.range() / way.max(1e-6)).min(1.0)
        })
        .collect();
    median(&ratios).unwrap_or(0.0)
}

/// How the sides take part.
fn sides(tracks: &[[Option<Track>; 2]]) -> Sides {
    let (mut together, mut alternate) = (0, 0);
    for pair in tracks {
        let [Some(left), Some(right)] = pair else { continue };
        let most = left.range().max(right.range());
        let means =
            left.values.iter().zip(&right.values).map(|(a, b)| (a - left.rest + b - right.rest) / 2.0);
        let mean = percentile(&means.collect::<Vec<_>>(), 0.98).unwrap_or(0.0);
        if mean >= TOGETHER * most {
            together += 1;
        } else if left.range().min(right.range()) >= BOTH * most {
            alternate += 1;
        }
    }
    match tracks.len() / 2 {
        half if together > half => Sides::Together,
        half if alternate > half => Sides::Alternate,
        _ => Sides::Each,
    }
}

/// Thresholds from the percentiles of rest and far end, in the file's unit and direction.
fn steps(
    tracks: &[[Option<Track>; 2]],
    leaders: &[&Track],
    range: f32,
    sides: Sides,
    measure: Measure,
    falls: bool,
) -> Option<(bool, [f32; 6])> {
    // Where each side is counted alone, the one at rest must not count either.
    let both = tracks.iter().flatten().flatten().map(|track| track.rest);
    let moving = leaders.iter().map(|track| track.rest);
    let rests: Vec<f32> = if sides == Sides::Together { moving.collect() } else { both.collect() };
    let from_rest = percentile(&rests, 0.95)? - percentile(&rests, 0.05)? > REST_SPREAD * range;
    let (rest, high) = if from_rest { (0.0, 0.0) } else { (median(&rests)?, percentile(&rests, 0.95)?) };
    let tops: Vec<f32> = leaders.iter().map(|t| if from_rest { t.range() } else { t.peak }).collect();
    let target = percentile(&tops, 0.2)?;
    let span = target - rest;
    let least = percentile(&tops, 0.0)?;
    let back = rest + span * ((high - rest) / span + 0.1).clamp(0.22, 0.36);
    let leave = back + 0.07 * span;
    let attempt = leave + 0.12 * span;
    let reach = (rest + REACH * span).min(least - 0.08 * span).max(attempt + 0.05 * span);
    let fine =
        if span * if measure.unit() == Unit::Ratio { 100.0 } else { 1.0 } >= 40.0 { 1.0 } else { 10.0 };
    let fine = if measure.unit() == Unit::Ratio { 1000.0 } else { fine };
    let sign = if falls { -1.0 } else { 1.0 };
    let steps = [rest, back, leave, attempt, reach, target].map(|v| sign * (v * fine).round() / fine + 0.0);
    let rising = steps.windows(2).all(|w| (w[1] - w[0]) * sign > 0.0);
    rising.then_some((from_rest, steps))
}

/// What a draft counts on the recordings that it was made from.
pub(super) struct Counted {
    /// Recordings with the right number of repetitions, none of them partial.
    pub right: usize,
    /// The complete repetitions by recording.
    pub reps: Vec<Vec<Rep>>,
}

impl Counted {
    pub fn share(&self) -> f64 {
        self.right as f64 / self.reps.len().max(1) as f64
    }

    pub fn total(&self) -> usize {
        self.reps.iter().map(Vec::len).sum()
    }
}

/// Counts recordings; `wanted`: the repetitions in each.
pub(super) fn count(exercise: &Exercise, takes: &[&Take], wanted: &[usize]) -> Counted {
    let exercise = Arc::new(exercise.clone());
    let mut counted = Counted { right: 0, reps: Vec::new() };
    for (take, &wanted) in takes.iter().zip(wanted) {
        let mut coach = Coach::new(exercise.clone(), SideChoice::Auto);
        for frame in &take.frames {
            coach.step(frame);
        }
        let report = coach.finish();
        let right = report.count as usize == wanted && report.partial == 0 && wanted > 0;
        counted.right += usize::from(right);
        counted.reps.push(report.reps.iter().filter(|rep| rep.complete).cloned().collect());
    }
    counted
}

/// Parts into which the recordings are divided, in their order, so that one person's stay together.
const FOLDS: usize = 3;

/// The share of the recordings that is counted right by what is learned from others of them; `exercise` makes a file of a choice.
/// With a single recording there are no others: 1.
pub(super) fn from_others(
    choice: &Choice,
    takes: &[&Take],
    exercise: impl Fn(&Choice) -> Option<Exercise>,
) -> f64 {
    let folds = FOLDS.min(takes.len());
    if folds < 2 {
        return 1.0;
    }
    let mut right = 0;
    for fold in 0..folds {
        let (from, to) = (fold * takes.len() / folds, (fold + 1) * takes.len() / folds);
        let others: Vec<&Take> = takes[..from].iter().chain(&takes[to..]).copied().collect();
        let learned = candidate(&others, choice.measure, choice.falls).and_then(|(learned, _)| learned);
        if let Some(exercise) = learned.and_then(|learned| exercise(&learned)) {
            right += count(&exercise, &takes[from..to], &choice.reps[from..to]).right;
        }
    }
    right as f64 / takes.len() as f64
}
