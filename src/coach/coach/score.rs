//! From an ended repetition to its score: every point is lost by a rule that is named.

use super::{
    form::Form,
    machine::{Ended, Ending, sides_that_moved},
};
use crate::{
    CueId, Exercise, Fault, Limit, Price, Rep, RepSide, Severity, Sides, Stage, SubScores, TempoRule,
};
use baro_motion::{Side, Unit};

/// Which part of the score a fault belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Range,
    Form,
    Tempo,
}

/// A fault's cue and how much it matters, for choosing what to say.
pub(super) struct Said<'a> {
    pub cue: &'a CueId,
    pub severity: Severity,
    pub points: f64,
}

/// Collects the faults of one repetition.
struct Bill {
    faults: Vec<Fault>,
    lost: [f64; 3],
}

impl Bill {
    /// `value` and `limit` in the file's unit.
    fn charge(
        &mut self,
        part: Part,
        rule: &str,
        span_s: [f64; 2],
        value: f64,
        limit: f64,
        unit: &str,
        price: &Price,
    ) -> f64 {
        let (value, limit) = (round(value), round(limit));
        let points = round(price.points((value - limit).abs()));
        if points > 0.0 {
            self.lost[part as usize] += points;
            let [from_s, to_s] = span_s.map(round_s);
            self.faults.push(Fault {
                rule: rule.into(),
                from_s,
                to_s,
                value,
                limit,
                unit: unit.into(),
                points,
            });
        }
        points
    }
}

/// Judges a repetition. `moved`: the sides whose rules were watched; `say` gets every fault that has a cue.
pub(super) fn judge<'a>(
    exercise: &'a Exercise,
    ended: &Ended,
    watched: [bool; 2],
    form: &Form,
    mut say: impl FnMut(Said<'a>),
) -> Rep {
    let sides = match exercise.sides {
        Sides::Together => watched,
        Sides::Each => {
            let moved = sides_that_moved(ended.peak, &exercise.signal);
            Side::BOTH.map(|side| moved[side.index()] && watched[side.index()])
        }
    };
    let mut bill = Bill { faults: Vec::new(), lost: [0.0; 3] };
    let unit = exercise.signal.measure.unit();
    let peak = reached(exercise, ended, sides);

    let range = &exercise.range;
    if peak < exercise.signal.target {
        let [value, limit] = [peak, exercise.signal.target].map(|v| unit.to_edge(v.into()));
        let span = [ended.start_s, ended.peak_s];
        let points = bill.charge(Part::Range, &range.id, span, value, limit, unit.name(), &range.price);
        if points > 0.0 {
            say(Said { cue: &range.cue, severity: Severity::Major, points });
        }
    }
    if let Some(rule) = &exercise.finish
        && ended.ending == Ending::Back
        && ended.low > exercise.signal.back
    {
        let [value, limit] = [ended.low, exercise.signal.back].map(|v| unit.to_edge(v.into()));
        let span = [ended.far_s[1], ended.end_s];
        let points = bill.charge(Part::Range, &rule.id, span, value, limit, unit.name(), &rule.price);
        if points > 0.0 {
            say(Said { cue: &rule.cue, severity: Severity::Minor, points });
        }
    }
    for (i, rule) in exercise.rules.iter().enumerate() {
        let Some(breach) = form.breach(rule, i, sides) else { continue };
        let unit: Unit = rule.measure.unit();
        let (Limit::Min(limit) | Limit::Max(limit)) = rule.limit;
        let [value, limit] = [breach.worst, limit].map(|v| unit.to_edge(v.into()));
        let span = [breach.from_s, breach.to_s];
        let points = bill.charge(Part::Form, &rule.id, span, value, limit, unit.name(), &rule.price);
        if points > 0.0 {
            say(Said { cue: &rule.cue, severity: rule.severity, points });
        }
    }
    for rule in &exercise.tempo {
        let Some(span) = stage_s(rule.stage, ended) else { continue };
        let Some((limit, cue)) = tempo_limit(rule, round(span[1] - span[0])) else { continue };
        let points = bill.charge(Part::Tempo, &rule.id, span, span[1] - span[0], limit, "s", &rule.price);
        if let Some(cue) = cue.as_ref().filter(|_| points > 0.0) {
            say(Said { cue, severity: Severity::Minor, points });
        }
    }
    let [range, form, tempo] = bill.lost.map(|lost| round((100.0 - lost).max(0.0)));
    let lost: f64 = bill.faults.iter().map(|fault| fault.points).sum();
    Rep {
        start_s: round_s(ended.start_s),
        peak_s: round_s(ended.peak_s),
        end_s: round_s(ended.end_s),
        complete: ended.ending == Ending::Back && ended.high >= exercise.signal.reach,
        side: match (exercise.sides, sides) {
            (Sides::Each, [true, false]) => RepSide::Left,
            (Sides::Each, [false, true]) => RepSide::Right,
            _ => RepSide::Both,
        },
        score: round((100.0 - lost).max(0.0)),
        sub: SubScores { range, form, tempo },
        faults: bill.faults,
    }
}

/// How far it went: both together as their mean at best, each on its own as the side that stayed shorter.
fn reached(exercise: &Exercise, ended: &Ended, sides: [bool; 2]) -> f32 {
    match exercise.sides {
        Sides::Together => ended.high,
        Sides::Each => {
            let peaks = Side::BOTH
                .into_iter()
                .filter(|side| sides[side.index()])
                .filter_map(|side| ended.peak[side.index()]);
            peaks.fold(ended.high, f32::min)
        }
    }
}

/// When a stage began and ended; `None` where it was not seen whole.
fn stage_s(stage: Stage, ended: &Ended) -> Option<[f64; 2]> {
    let [far_from_s, far_to_s] = ended.far_s;
    match stage {
        Stage::Out => ended.turned.then_some([ended.start_s, far_from_s]),
        Stage::Peak => ended.turned.then_some([far_from_s, far_to_s]),
        Stage::Return => (ended.ending == Ending::Back).then_some([far_to_s, ended.end_s]),
    }
}

/// The limit that was passed, and what to say.
fn tempo_limit(rule: &TempoRule, took_s: f64) -> Option<(f64, &Option<CueId>)> {
    match (rule.min_s, rule.max_s) {
        (Some(min_s), _) if took_s < min_s => Some((min_s, &rule.cue_fast)),
        (_, Some(max_s)) if took_s > max_s => Some((max_s, &rule.cue_slow)),
        _ => None,
    }
}

/// Two decimals: what people read is what was counted with.
pub(super) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Times to the millisecond.
fn round_s(time_s: f64) -> f64 {
    (time_s * 1000.0).round() / 1000.0
}
