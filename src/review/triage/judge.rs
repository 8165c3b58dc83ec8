//! From what is known of a person to the reasons to look at them.

use super::{
    Directions, Kind, Patient, Reason, Thresholds,
    patient::{Line, Reach, Scored},
};
use crate::{measures, session::Part};
use baro_coach::safety::Urgency;
use baro_home::Moment;
use jiff::{ToSpan as _, civil::Date};

/// Sessions in a row whose mean is what a person can do.
const BEST_OF: usize = 5;
/// Fewer sessions are no base.
const LEAST_BASE: usize = 3;
/// Scores before their spread is known (as in `baro_home::history`).
const LEAST_SCORES: usize = 4;
/// What is lost must be lost in so many sessions, the last ones: one bad day is no trend, and one measurement of twenty is beyond its error.
const LASTING: usize = 2;
/// Pains before sessions that the last one is compared with at most.
const PAINS: usize = 10;

impl Patient {
    /// What stands out at this moment, the strongest first.
    pub fn reasons(&self, thresholds: &Thresholds, directions: &Directions, now: Moment) -> Vec<Reason> {
        let from = now.day.checked_sub(i64::from(thresholds.baseline_days).days()).unwrap_or(Date::MIN);
        let window = [from, now.day];
        let mut all = self.safety_first(thresholds, now);
        all.extend(self.pain_rise(thresholds, window));
        let ranges = self.ranges.iter();
        all.extend(ranges.filter_map(|(line, reaches)| {
            let rises = directions.rises(&line.exercise).or_else(|| self.rises(&line.exercise))?;
            range_lost(line, reaches, rises, thresholds, window)
        }));
        let scores = self.scores.iter();
        all.extend(scores.filter_map(|(exercise, scores)| score_fall(exercise, scores, thresholds, window)));
        all.extend(self.filled.values().filter_map(|filled| measures::worse(filled)));
        all.extend(self.message(thresholds, now));
        all.extend(self.seldom(thresholds, now));
        all.sort_by(Reason::by_need);
        all
    }

    fn safety_first(&self, thresholds: &Thresholds, now: Moment) -> Vec<Reason> {
        let mut all = Vec::new();
        // A later form without it takes nothing back: somebody must have talked about it.
        for (questionnaire, (_, day)) in self.asking.iter().filter(|(_, (cursor, _))| !self.is_safe(*cursor))
        {
            let kind = Kind::AsksForSafety { day: *day, questionnaire: questionnaire.clone() };
            all.push(Reason::new(kind, 1.0));
        }
        let flags: Vec<_> = self.flags.keys().copied().collect();
        let urgency = flags.iter().map(|flag| flag.urgency()).max();
        if let (Some(urgency), Some(day)) = (urgency, self.flags.values().min().copied()) {
            all.push(Reason::new(Kind::RedFlags { day, flags, urgency }, 1.0));
        }
        for (&symptom, &day) in &self.symptoms {
            let urgency = symptom.urgency();
            all.push(Reason::new(
                Kind::Symptom { day, symptom, urgency },
                1.0 + f64::from(urgency == Urgency::Now),
            ));
        }
        let from = now.day.checked_sub(i64::from(thresholds.stopped_days).days()).unwrap_or(Date::MIN);
        let times = self.stopped.range(from..=now.day);
        if let Some(&day) = times.clone().next_back() {
            let times = times.count() as u32;
            all.push(Reason::new(Kind::StoppedByRule { day, times }, times.into()));
        }
        all
    }

    /// The last answer against the median of those before: a single mild day does not move it.
    fn pain_rise(&self, thresholds: &Thresholds, [from, to]: [Date; 2]) -> Option<Reason> {
        let inside: Vec<_> = self.pain.iter().filter(|(day, _)| (from..=to).contains(day)).collect();
        let (&&(day, last), before) = inside.split_last()?;
        let before = &before[before.len().saturating_sub(PAINS)..];
        if before.len() < LEAST_BASE {
            return None;
        }
        let mut sorted: Vec<f64> = before.iter().map(|(_, pain)| f64::from(*pain)).collect();
        sorted.sort_by(f64::total_cmp);
        let usual = f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
        let rise = f64::from(last) - usual;
        (rise > thresholds.pain_rise).then(|| {
            Reason::new(Kind::PainRise { day, from: usual, to: last.into() }, rise / thresholds.pain_rise)
        })
    }

    fn message(&self, thresholds: &Thresholds, now: Moment) -> Option<Reason> {
        let (_, oldest_ms) = self.waiting.iter().min_by_key(|(_, stored_ms)| stored_ms)?;
        let waited_ms = now.at.as_millisecond().saturating_sub(*oldest_ms).max(0);
        let days = u32::try_from(waited_ms / 86_400_000).unwrap_or(u32::MAX);
        let excess = 1.0 + f64::from(days) / f64::from(thresholds.message_days);
        Some(Reason::new(Kind::Message { count: self.waiting.len() as u32, days }, excess))
    }

    /// Too few days, or none: silence says more than a share.
    fn seldom(&self, thresholds: &Thresholds, now: Moment) -> Option<Reason> {
        let days = thresholds.adherence_days;
        let span = i64::from(days);
        let end = now.day.tomorrow().ok()?;
        let middle = end.checked_sub(span.days()).ok()?;
        let begin = middle.checked_sub(span.days()).ok()?;
        let quiet = self.quiet_days(now).filter(|quiet| *quiet >= thresholds.quiet_days);
        let done = self.days.range(middle..end).count() as u32;
        if let Some(quiet) = quiet {
            let excess = f64::from(quiet) / f64::from(thresholds.quiet_days);
            return Some(Reason::new(Kind::Quiet { days: quiet }, excess));
        }
        // Whoever began a week ago has had no two weeks yet.
        let first_plan = self.plans.iter().map(|(day, _)| *day).min()?;
        if first_plan > middle {
            return None;
        }
        let planned = planned_days(&self.plans, middle, end);
        let before = self.days.range(begin..middle).count() as u32;
        let least = planned * thresholds.adherence;
        let planned = planned.round() as u32;
        (f64::from(done) < least && planned > 0).then(|| {
            let kind = Kind::Adherence { done, planned, before, days };
            Reason::new(kind, least / f64::from(done.max(1)))
        })
    }
}

/// Days of exercise that plans ask for, from a day to before another. Each plan: since when, how many days a week; oldest first.
pub fn planned_days(plans: &[(Date, u32)], from: Date, until: Date) -> f64 {
    let mut planned = 0.0;
    for (n, &(start, a_week)) in plans.iter().enumerate() {
        let end = plans.get(n + 1).map_or(until, |(next, _)| *next).min(until);
        let days = start.max(from).until(end).map_or(0, |span| span.get_days()).max(0);
        planned += f64::from(days) * f64::from(a_week) / 7.0;
    }
    planned
}

/// A value of a session with its standard deviation.
#[derive(Debug, Clone, Copy)]
struct Point {
    day: Date,
    value: f64,
    sd: f64,
}

/// A fall that is more than error.
struct Fall {
    day: Date,
    from: f64,
    from_sd: f64,
    to: f64,
    to_sd: f64,
    least: f64,
}

/// How far the last sessions fell below the best ones before. Each of them must be below by more than the smallest detectable
/// change (1.96 · √(sd₁² + sd₂²), Weir 2005) and by more than `matters`. The mean of some sessions gets the error of a single one: what the
/// camera's place does to all of them is not averaged out.
fn fall(points: &[Point], matters: f64) -> Option<Fall> {
    let (before, last) = points.split_at_checked(points.len().checked_sub(LASTING)?)?;
    if before.len() < LEAST_BASE {
        return None;
    }
    let mean = |some: &[Point]| {
        let n = some.len() as f64;
        let value = some.iter().map(|point| point.value).sum::<f64>() / n;
        (value, (some.iter().map(|point| point.sd * point.sd).sum::<f64>() / n).sqrt())
    };
    let (from, from_sd) =
        before.windows(BEST_OF.min(before.len())).map(mean).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let least = |point: &Point| (1.96 * from_sd.hypot(point.sd)).max(matters);
    let lasting = last.iter().all(|point| from - point.value > least(point));
    let now = last.last()?;
    let [from, from_sd, to, to_sd, least] = [from, from_sd, now.value, now.sd, least(now)].map(round);
    lasting.then_some(Fall { day: now.day, from, from_sd, to, to_sd, least })
}

fn range_lost(
    line: &Line,
    reaches: &[Reach],
    rises: bool,
    thresholds: &Thresholds,
    [from, to]: [Date; 2],
) -> Option<Reason> {
    let sign = if rises { 1.0 } else { -1.0 };
    let point = |reach: &Reach| {
        let (value, sd) = if rises { reach.high } else { reach.low };
        Point { day: reach.day, value: sign * value, sd }
    };
    let inside = reaches.iter().filter(|reach| (from..=to).contains(&reach.day));
    let points: Vec<Point> = inside.map(point).collect();
    let matters = if line.unit == "deg" { thresholds.range_lost_deg } else { 0.0 };
    let Fall { day, from, from_sd, to, to_sd, least } = fall(&points, matters)?;
    let kind = Kind::RangeLost {
        day,
        exercise: line.exercise.clone(),
        measure: line.measure.clone(),
        unit: line.unit.clone(),
        side: line.side(),
        from: sign * from,
        from_sd,
        to: sign * to,
        to_sd,
        least,
    };
    Some(Reason::new(kind, (from - to) / least))
}

fn score_fall(
    exercise: &str,
    scores: &[Scored],
    thresholds: &Thresholds,
    [from, to]: [Date; 2],
) -> Option<Reason> {
    let inside: Vec<&Scored> = scores.iter().filter(|scored| (from..=to).contains(&scored.day)).collect();
    let mean = |scored: &&Scored| scored.score / f64::from(scored.sets.max(1));
    let values: Vec<f64> = inside.iter().map(mean).collect();
    let (before, _) = values.split_at_checked(values.len().checked_sub(LASTING)?)?;
    let sd = successive_sd(before)?;
    let points = inside.iter().zip(&values).map(|(scored, &value)| Point { day: scored.day, value, sd });
    let Fall { day, from, to, least, .. } = fall(&points.collect::<Vec<_>>(), thresholds.score_fall)?;
    let part = fell_most(&inside);
    let kind = Kind::ScoreFall { day, exercise: exercise.to_owned(), from, to, least, part };
    Some(Reason::new(kind, (from - to) / least))
}

/// Two decimals: what people read, and what comes back from JSON as it was.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// How much a value varies from one session to the next without a trend (von Neumann et al. 1941; see `baro_home::history`).
fn successive_sd(values: &[f64]) -> Option<f64> {
    if values.len() < LEAST_SCORES {
        return None;
    }
    let squares = values.windows(2).map(|pair| (pair[1] - pair[0]).powi(2));
    Some((squares.sum::<f64>() / (2.0 * (values.len() - 1) as f64)).sqrt())
}

/// The part of the score that is farthest below its mean before; `None` where none of them fell.
fn fell_most(scores: &[&Scored]) -> Option<Part> {
    let (last, before) = scores.split_last()?;
    let known: Vec<_> = before.iter().filter(|scored| scored.parts.0 > 0).collect();
    if known.is_empty() || last.parts.0 == 0 {
        return None;
    }
    let of = |scored: &Scored, i: usize| scored.parts.1[i] / f64::from(scored.parts.0);
    let usual = |i: usize| known.iter().map(|scored| of(scored, i)).sum::<f64>() / known.len() as f64;
    let falls = Part::ALL.into_iter().enumerate().map(|(i, part)| (part, usual(i) - of(last, i)));
    falls.filter(|(_, fell)| *fell >= 1.0).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(part, _)| part)
}
