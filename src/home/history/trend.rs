//! Lines over time, each with its error, and whether the last point differs from the first.

use crate::VisitDone;
use baro_coach::{RepSide, TestUnit, safety::NPRS_CHANGE};
use baro_motion::{Claim, movement};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Sessions before the spread of a score is known well enough to speak of a change.
const SCORES: usize = 4;

/// What a line shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Pain before the sessions, 0 to 10.
    Pain,
    /// Mean score of an exercise, 0 to 100.
    Score {
        /// Its id.
        exercise: String,
    },
    /// How far a movement went.
    Range {
        /// The exercise's id.
        exercise: String,
        /// The measure's name in exercise files.
        measure: String,
        /// `deg` or `ratio`.
        unit: String,
        /// `left`, `right` or `both`.
        side: String,
    },
    /// Result of a functional test.
    Test {
        /// The exercise's id.
        exercise: String,
        /// `count` or `s`.
        unit: String,
    },
}

/// A point of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The day of the session.
    pub day: Date,
    /// The value.
    pub value: f64,
    /// Its standard deviation, where it is known: ± 1.96 of it holds the true value 95 times of 100.
    pub sd: Option<f64>,
}

/// Is the last point different from the first by more than error (for pain: by as much as matters to people)?
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Changed {
    /// It can't be told (yet) from error.
    NotYet,
    /// It grew by this.
    More(f64),
    /// It shrank by this.
    Less(f64),
}

impl Changed {
    /// Fluent key of what to tell.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotYet => "home-trend-not-yet",
            Self::More(_) => "home-trend-more",
            Self::Less(_) => "home-trend-less",
        }
    }
}

/// A line over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// What it shows.
    pub of: Of,
    /// A point for each session, in the order in which they were done.
    pub points: Vec<Point>,
    /// From the first point to the last; `None` where nobody knows how much is a change.
    pub changed: Option<Changed>,
}

/// All lines of these visits, pain first.
pub fn trends(visits: &[VisitDone]) -> Vec<Trend> {
    let mut lines: BTreeMap<Of, Vec<Point>> = BTreeMap::new();
    for visit in visits {
        let day = visit.began.day;
        let mut add = |of: Of, value: f64, sd: Option<f64>| {
            if value.is_finite() {
                lines.entry(of).or_default().push(Point { day, value, sd });
            }
        };
        if let Some(pain) = visit.pain_before {
            add(Of::Pain, pain.get().into(), None);
        }
        for (of, value, sd) in of_visit(visit) {
            add(of, value, sd);
        }
    }
    lines.into_iter().map(|(of, points)| line(of, points)).collect()
}

/// One value for each line that a visit has: the mean of scores, the widest range, the last trial of a test.
fn of_visit(visit: &VisitDone) -> Vec<(Of, f64, Option<f64>)> {
    let mut scores: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut best: BTreeMap<Of, (f64, Option<f64>)> = BTreeMap::new();
    for set in visit.sets().map(|set| &set.set) {
        let exercise = &set.asked.exercise;
        scores.entry(exercise).or_default().extend(set.score);
        for range in set.ranges.iter().filter(|range| range.claim != Claim::Refused) {
            let of = Of::Range {
                exercise: exercise.clone(),
                measure: range.measure.clone(),
                unit: range.unit.clone(),
                side: side(range.side).to_owned(),
            };
            let kept = best.entry(of).or_insert((range.value, Some(range.sd)));
            if range.value > kept.0 {
                *kept = (range.value, Some(range.sd));
            }
        }
        if let Some(test) = set.test {
            let unit = match test.unit {
                TestUnit::Count => "count",
                TestUnit::S => "s",
            };
            // As its standard counts it: the last trial.
            let of = Of::Test { exercise: exercise.clone(), unit: unit.to_owned() };
            best.insert(of, (test.value, None));
        }
    }
    let mean = |(exercise, scores): (&str, Vec<f64>)| {
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        (!scores.is_empty()).then(|| (Of::Score { exercise: exercise.to_owned() }, mean, None))
    };
    let best = best.into_iter().map(|(of, (value, sd))| (of, value, sd));
    scores.into_iter().filter_map(mean).chain(best).collect()
}

const fn side(side: RepSide) -> &'static str {
    match side {
        RepSide::Left => "left",
        RepSide::Right => "right",
        RepSide::Both => "both",
    }
}

fn line(of: Of, mut points: Vec<Point>) -> Trend {
    let changed = match &of {
        Of::Pain => by_least(&points, NPRS_CHANGE.into()),
        Of::Score { .. } => {
            let sd = successive_sd(&points);
            points.iter_mut().for_each(|point| point.sd = sd);
            by_error(&points).or(Some(Changed::NotYet))
        }
        Of::Range { .. } => by_error(&points),
        // No smallest change is agreed on for tests that a camera times.
        Of::Test { .. } => None,
    };
    Trend { of, points, changed }
}

/// How much a value varies from one session to the next without a trend: half the mean square of successive differences.
///
/// Source: von Neumann, Kent, Bellinson and Hart, "The mean square successive difference", Ann Math Statist 12 (1941) 153.
fn successive_sd(points: &[Point]) -> Option<f64> {
    if points.len() < SCORES {
        return None;
    }
    let squares = points.windows(2).map(|pair| (pair[1].value - pair[0].value).powi(2));
    Some((squares.sum::<f64>() / (2.0 * (points.len() - 1) as f64)).sqrt())
}

/// By the smallest detectable change of two measurements with error.
fn by_error(points: &[Point]) -> Option<Changed> {
    let (first, last) = (points.first()?, points.last()?);
    let with_error = |point: &Point| Some((point.value as f32, point.sd? as f32));
    Some(match movement::change(with_error(first)?, with_error(last)?)? {
        movement::Change::WithinError => Changed::NotYet,
        movement::Change::More(by) => Changed::More(by.into()),
        movement::Change::Less(by) => Changed::Less(by.into()),
    })
}

fn by_least(points: &[Point], least: f64) -> Option<Changed> {
    let by = points.last()?.value - points.first()?.value;
    Some(match by {
        by if by >= least => Changed::More(by),
        by if by <= -least => Changed::Less(-by),
        _ => Changed::NotYet,
    })
}
