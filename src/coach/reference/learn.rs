//! Learns a reference from repetitions of several people.
//!
//! Each number of a repetition becomes two: how far above, and how far below what is usual among the correct repetitions (the mean over
//! people; for each kind of sensor its own), in standard deviations of those. A logistic regression whose weights can't be negative says which
//! of them tell incorrect from correct, and how much. Its odds, moved and stretched, are points: none for what is usual,
//! [`LearnSettings::at_even_odds`] where correct and incorrect are equally likely.

use super::{
    Lead, Of, Reference, Sensor, Summary, Term, TermSide, Way,
    file::ReferenceError,
    solve::{Rows, logistic},
};
use baro_motion::{CHANNEL_SLOTS, Channel, Side, Unit, mirrored_slot};

/// One repetition of one person.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// What it was like.
    pub summary: &'a Summary,
    /// Whose it is; any number, the same for the same person.
    pub person: u32,
    /// How it was measured.
    pub sensor: Sensor,
    /// Was it done right?
    pub correct: bool,
}

/// Where a reference comes from, for people to read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The recordings.
    pub recordings: String,
    /// Their licence.
    pub licence: String,
    /// The command that made the file.
    pub made_by: String,
}

/// How to learn. The defaults are those of the shipped references; docs/scoring.md tells how they were chosen, and how little the
/// results depend on them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearnSettings {
    /// A limit stands so many standard deviations beyond what is usual.
    pub tolerance: f64,
    /// A number costs no more than so many standard deviations beyond its limit do.
    pub farthest: f64,
    /// No spread is taken to be less than this: degrees, and hundredths of a ratio.
    pub least_spread: f64,
    /// Pull of all weights towards 0, squared; and plain, which leaves most of them out.
    pub ridge: f64,
    /// See `ridge`.
    pub sparse: f64,
    /// Points lost where correct and incorrect are equally likely.
    pub at_even_odds: f64,
    /// Most points that all terms together can cost.
    pub at_most: f64,
}

impl Default for LearnSettings {
    fn default() -> Self {
        Self {
            tolerance: 0.25,
            farthest: 4.0,
            least_spread: 1.0,
            ridge: 0.2,
            sparse: 0.01,
            at_even_odds: 25.0,
            at_most: 60.0,
        }
    }
}

/// Terms that can't cost more than this are left out.
const CHEAPEST: f64 = 0.3;
/// Comparisons by which the leading side is told.
const LEADS: usize = 12;
/// Numbers that the leading side is looked for in.
const LEAD_OF: [Of; 3] = [Of::Low, Of::High, Of::Range];
/// Without incorrect repetitions: nearer than so many degrees (hundredths of a ratio) is not told apart.
const SPREAD_ALONE: f64 = 5.0;
/// Without incorrect repetitions: points that five of six correct ones don't lose.
const POINTS_ALONE: f64 = 15.0;

const NUMBERS: usize = Of::ALL.len() * CHANNEL_SLOTS;

/// The numbers of a repetition whose leading side is the left one (or of its mirror image), degrees or ratios.
type Numbers = Vec<f64>;

struct Row {
    numbers: Numbers,
    person: u32,
    sensor: usize,
    correct: bool,
}

/// Learns what is right, and what it costs to differ, from correct and incorrect repetitions.
///
/// Without incorrect ones every number counts alike; that tells people apart much worse (docs/scoring.md) and is a start for editing by hand.
///
/// # Errors
/// Where there is no correct repetition.
pub fn learn(
    exercise: &str,
    origin: Origin,
    symmetric: bool,
    examples: &[Example],
    settings: &LearnSettings,
) -> Result<Reference, ReferenceError> {
    if !examples.iter().any(|example| example.correct) {
        return Err(ReferenceError::NothingCorrect);
    }
    let leads = if symmetric { Vec::new() } else { leads(examples) };
    let blank = Reference {
        exercise: exercise.to_owned(),
        origin,
        symmetric,
        lead: leads,
        at_most: settings.at_most,
        terms: Vec::new(),
    };
    let mut rows = Vec::new();
    for example in examples {
        rows.extend(blank.images(example.summary).iter().map(|&near| Row {
            numbers: numbers(example.summary, near),
            person: example.person,
            sensor: example.sensor as usize,
            correct: example.correct,
        }));
    }
    let alone = rows.iter().all(|row| row.correct);
    let least = if alone { settings.least_spread.max(SPREAD_ALONE) } else { settings.least_spread };
    let usual = [0, 1].map(|sensor| Usual::new(&rows, sensor, least));
    let hinges = hinges(&rows, &usual, settings);
    let (scale, weights) = if alone {
        evenly(&hinges)
    } else {
        let (bias, weights) = logistic(&hinges, settings.ridge, settings.sparse);
        (settings.at_even_odds / (-bias).max(0.3), weights)
    };
    let terms = weights.iter().enumerate();
    let terms = terms.map(|(i, weight)| term(i, weight * scale, &usual, settings));
    // A number that was never seen has no limit.
    let known = |term: &Term| term.limit.iter().chain(&term.per_unit).all(|value| value.is_finite());
    Ok(Reference { terms: terms.filter(|term| term.at_most >= CHEAPEST && known(term)).collect(), ..blank })
}

fn place(number: usize) -> (Of, usize) {
    (Of::ALL[number / CHANNEL_SLOTS], number % CHANNEL_SLOTS)
}

/// Channel of a slot, and whether it is the leading side's.
fn channel(slot: usize) -> (Channel, Side) {
    let of = |side| Channel::ALL.into_iter().find(|channel| channel.slot(side) == slot);
    match of(Side::Left) {
        Some(channel) => (channel, Side::Left),
        None => (of(Side::Right).unwrap_or(Channel::TrunkFlexion), Side::Right),
    }
}

fn numbers(summary: &Summary, near: Side) -> Numbers {
    let value = |i| {
        let (of, slot) = place(i);
        let (channel, side) = channel(slot);
        let side = if near == Side::Left { side } else { side.other() };
        summary.value(channel, side, of).unwrap_or(f64::NAN)
    };
    (0..NUMBERS).map(value).collect()
}

/// What is usual among correct repetitions.
struct Usual {
    mean: Numbers,
    spread: Numbers,
}

impl Usual {
    /// Of one kind of sensor, or of all where there is none of it. People count alike, however many repetitions each has.
    fn new(rows: &[Row], sensor: usize, least: f64) -> Self {
        let has = rows.iter().any(|row| row.correct && row.sensor == sensor);
        let right: Vec<&Row> =
            rows.iter().filter(|row| row.correct && (row.sensor == sensor || !has)).collect();
        let mut people: Vec<u32> = right.iter().map(|row| row.person).collect();
        people.sort_unstable();
        people.dedup();
        let mean_of = |i: usize, of: &dyn Fn(&Row) -> bool| {
            mean(right.iter().filter(|row| of(row)).map(|row| row.numbers[i]))
        };
        let centre: Numbers = (0..NUMBERS)
            .map(|i| mean(people.iter().map(|&person| mean_of(i, &|row| row.person == person))))
            .collect();
        // People differ more from a mean of a few others than from a mean with their own part in it, and the few show less than all of the
        // spread between people: (n + 1) / (n - 1) of what they show (one person shows none).
        let n = people.len() as f64;
        let stranger = if n > 1.0 { (n + 1.0) / (n - 1.0) } else { 1.0 };
        let spread = (0..NUMBERS).map(|i| {
            let square = |values: &mut dyn Iterator<Item = f64>| {
                mean(values.map(|value| (value - centre[i]) * (value - centre[i])))
            };
            let all = square(&mut right.iter().map(|row| row.numbers[i]));
            let between = square(&mut people.iter().map(|&p| mean_of(i, &|row| row.person == p)));
            (all + (stranger - 1.0) * between + floor(i, least) * floor(i, least)).sqrt()
        });
        Self { spread: spread.collect(), mean: centre }
    }
}

/// The least spread of a number, in its unit.
fn floor(number: usize, least: f64) -> f64 {
    match channel(place(number).1).0.unit() {
        Unit::Angle => least,
        Unit::Ratio => least / 100.0,
    }
}

/// Mean of what is not NaN.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values.filter(|value| !value.is_nan()) {
        sum += value;
        count += 1.0;
    }
    sum / count
}

/// How far each number of each row is above, and how far below what is usual.
fn hinges(rows: &[Row], usual: &[Usual; 2], settings: &LearnSettings) -> Rows {
    let mut values = Vec::with_capacity(rows.len() * 2 * NUMBERS);
    for row in rows {
        let usual = &usual[row.sensor];
        for sign in [1.0, -1.0] {
            values.extend((0..NUMBERS).map(|i| {
                let off = sign * (row.numbers[i] - usual.mean[i]) / usual.spread[i] - settings.tolerance;
                if off.is_nan() { 0.0 } else { off.clamp(0.0, settings.farthest) }
            }));
        }
    }
    let incorrect = rows.iter().map(|row| !row.correct).collect();
    Rows { columns: 2 * NUMBERS, values, incorrect }
}

/// Equal weights, and points that five of six of the rows stay below.
fn evenly(hinges: &Rows) -> (f64, Vec<f64>) {
    let mut sums: Vec<f64> = hinges.values.chunks_exact(hinges.columns).map(|row| row.iter().sum()).collect();
    sums.sort_by(f64::total_cmp);
    let most = sums.get(sums.len() * 5 / 6).copied().unwrap_or(1.0).max(1e-6);
    (POINTS_ALONE / most, vec![1.0; hinges.columns])
}

fn term(hinge: usize, points: f64, usual: &[Usual; 2], settings: &LearnSettings) -> Term {
    let (number, way) = if hinge < NUMBERS { (hinge, Way::Over) } else { (hinge - NUMBERS, Way::Under) };
    let (of, slot) = place(number);
    let (channel, side) = channel(slot);
    let sign = if way == Way::Over { 1.0 } else { -1.0 };
    Term {
        channel,
        side: match (channel.is_sided(), side) {
            (false, _) => TermSide::Body,
            (true, Side::Left) => TermSide::Near,
            (true, Side::Right) => TermSide::Far,
        },
        of,
        way,
        limit: [0, 1].map(|i| usual[i].mean[number] + sign * settings.tolerance * usual[i].spread[number]),
        per_unit: [0, 1].map(|i| points / usual[i].spread[number]),
        at_most: points * settings.farthest,
    }
}

/// How the leading side is told: correct repetitions are turned so that they become alike, until none turns any more; then the
/// numbers that differ most between the two sides of their mean are kept.
fn leads(examples: &[Example]) -> Vec<Lead> {
    let correct: Vec<Numbers> =
        examples.iter().filter(|example| example.correct).map(|e| numbers(e.summary, Side::Left)).collect();
    let looked: Vec<usize> =
        (0..NUMBERS).filter(|&i| LEAD_OF.contains(&place(i).0) && channel(place(i).1).0.is_sided()).collect();
    let other = |i: usize| i - place(i).1 + mirrored_slot(place(i).1);
    // Both mirror images count for the spread, so that it is the same on both sides.
    let spread: Numbers = (0..NUMBERS)
        .map(|i| {
            let both = || correct.iter().flat_map(|row| [row[i], row[other(i)]]);
            let centre = mean(both());
            mean(both().map(|x| (x - centre) * (x - centre))).sqrt().max(floor(i, 1.0))
        })
        .collect();
    let weight = |centre: &[f64], i: usize| (centre[i] - centre[other(i)]) / (spread[i] * spread[i]);
    let Some(mut centre) = correct.first().cloned() else { return Vec::new() };
    let mut turned = vec![false; correct.len()];
    for _ in 0..20 {
        let turn = |row: &Numbers| {
            let ahead = looked.iter().map(|&i| weight(&centre, i) * (row[i] - row[other(i)]));
            ahead.filter(|x| !x.is_nan()).sum::<f64>() < 0.0
        };
        let turns: Vec<bool> = correct.iter().map(turn).collect();
        let settled = turns == turned;
        turned = turns;
        let rows = || correct.iter().zip(&turned);
        centre =
            (0..NUMBERS).map(|i| mean(rows().map(|(row, &t)| row[if t { other(i) } else { i }]))).collect();
        if settled {
            break;
        }
    }
    let mut leads: Vec<(f64, Lead)> = looked
        .iter()
        .filter(|&&i| channel(place(i).1).1 == Side::Left)
        .map(|&i| {
            let ((of, slot), weight) = (place(i), weight(&centre, i));
            ((weight * (centre[i] - centre[other(i)])).abs(), Lead { channel: channel(slot).0, of, weight })
        })
        .filter(|(_, lead)| lead.weight.is_finite())
        .collect();
    leads.sort_by(|a, b| b.0.total_cmp(&a.0));
    leads.into_iter().take(LEADS).map(|(_, lead)| lead).collect()
}
