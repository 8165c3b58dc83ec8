//! From an ended repetition to its score: every point is lost by a rule that is named.

use super::{
    counting::Done,
    form::Form,
    machine::{Ended, Ending, sides_that_moved},
    whole::{Quality, Whole},
};
use crate::{
    CueId, Exercise, Fault, Kind, Limit, Price, Quantity, RangeRule, Rep, RepSide, Severity, Sides, Signal,
    Stage, SubScores, TempoRule, View, reference::view_of,
};
use baro_motion::{Channel, Claim, Side};

/// Which part of the score a fault belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Range,
    Form,
    Tempo,
    Stability,
    Symmetry,
}

impl From<crate::Part> for Part {
    fn from(part: crate::Part) -> Self {
        match part {
            crate::Part::Form => Self::Form,
            crate::Part::Stability => Self::Stability,
            crate::Part::Symmetry => Self::Symmetry,
        }
    }
}

/// A fault's cue and how much it matters, for choosing what to say.
pub(super) struct Said<'a> {
    pub cue: &'a CueId,
    pub rule: &'a str,
    pub severity: Severity,
    pub points: f64,
    /// Is it about time rather than form?
    pub tempo: bool,
}

/// A limit that was passed; `value` and `limit` in the file's unit.
struct Passed<'a> {
    part: Part,
    rule: &'a str,
    price: &'a Price,
    span_s: [f64; 2],
    value: f64,
    limit: f64,
    unit: &'static str,
    cue: Option<&'a CueId>,
    severity: Severity,
    told: Told,
}

/// How sure a value is, and whether it may be told. `sd` in the unit of the value.
#[derive(Debug, Clone, Copy)]
struct Told {
    sd: Option<f64>,
    claim: Claim,
}

impl Told {
    /// Times and counts are as sure as the clock.
    const SURELY: Self = Self { sd: None, claim: Claim::Firm };

    /// As what was counted on; where that was not seen, nothing may be told.
    fn like(signal: Option<(f64, Claim)>) -> Self {
        signal.map_or(Self { sd: None, claim: Claim::Refused }, |(sd, claim)| Self { sd: Some(sd), claim })
    }
}

/// Collects the faults of one repetition.
struct Bill<S> {
    faults: Vec<Fault>,
    lost: [f64; 5],
    say: S,
}

impl<'a, S: FnMut(Said<'a>)> Bill<S> {
    fn charge(&mut self, passed: Passed<'a>) {
        let (value, limit) = (round(passed.value), round(passed.limit));
        let points = round(passed.price.points((value - limit).abs()));
        if points <= 0.0 {
            return;
        }
        self.lost[passed.part as usize] += points;
        let [from_s, to_s] = passed.span_s.map(round_s);
        let (rule, unit) = (passed.rule.into(), passed.unit.into());
        let Told { sd, claim } = passed.told;
        let sd = sd.map(round);
        self.faults.push(Fault {
            rule,
            from_s,
            to_s,
            value,
            limit,
            unit,
            points,
            sd,
            claim,
            side: None,
            of: None,
        });
        if let Some(cue) = passed.cue {
            let tempo = passed.part == Part::Tempo;
            (self.say)(Said { cue, rule: passed.rule, severity: passed.severity, points, tempo });
        }
    }

    /// `signal` is rising, like the values in `ended`; what is told is turned back.
    fn range(
        &mut self,
        exercise: &'a Exercise,
        signal: &Signal,
        ended: &Ended,
        sides: [bool; 2],
        sure_at: impl Fn(f64) -> Option<(f64, Claim)>,
    ) {
        let direction = exercise.signal.map_or(1.0, |signal| signal.direction());
        let unit = signal.measure.unit();
        let passed = |rule: &'a RangeRule, span_s, value: f32, limit: f32, severity, at_s| Passed {
            part: Part::Range,
            rule: &rule.id,
            price: &rule.price,
            span_s,
            value: unit.to_edge((value * direction).into()),
            limit: unit.to_edge((limit * direction).into()),
            unit: unit.name(),
            cue: Some(&rule.cue),
            severity,
            told: Told::like(sure_at(at_s)),
        };
        let peak = reached(exercise, ended, sides);
        if let Some(rule) = &exercise.range
            && peak < signal.target
        {
            let span_s = [ended.start_s, ended.peak_s];
            self.charge(passed(rule, span_s, peak, signal.target, Severity::Major, ended.peak_s));
        }
        if let Some(rule) = &exercise.finish
            && ended.ending == Ending::Back
            && ended.low > signal.back
        {
            let span_s = [ended.far_s[1], ended.end_s];
            self.charge(passed(rule, span_s, ended.low, signal.back, Severity::Minor, ended.end_s));
        }
    }

    /// A posture that was left too early.
    fn hold(&mut self, exercise: &'a Exercise, done: &Done) {
        let (Kind::Hold(hold), Some(held_s)) = (&exercise.kind, done.held_s) else { return };
        if held_s < hold.target_s {
            self.charge(Passed {
                part: Part::Range,
                rule: &hold.id,
                price: &hold.price,
                span_s: [done.ended.start_s, done.ended.end_s],
                value: held_s,
                limit: hold.target_s,
                unit: "s",
                cue: Some(&hold.cue),
                severity: Severity::Major,
                told: Told::SURELY,
            });
        }
    }

    fn form(&mut self, exercise: &'a Exercise, form: &Form, sides: [bool; 2]) {
        for (i, rule) in exercise.rules.iter().enumerate() {
            let Some(breach) = form.breach(rule, i, sides) else { continue };
            let unit = rule.measure.unit();
            let (Limit::Min(limit) | Limit::Max(limit)) = rule.limit;
            self.charge(Passed {
                part: rule.part.into(),
                rule: &rule.id,
                price: &rule.price,
                span_s: [breach.from_s, breach.to_s],
                value: unit.to_edge(breach.worst.into()),
                limit: unit.to_edge(limit.into()),
                unit: unit.name(),
                cue: Some(&rule.cue),
                severity: rule.severity,
                told: Told { sd: Some(unit.to_edge(breach.sd.into())), claim: breach.claim },
            });
        }
    }

    /// Measures of the whole repetition.
    fn quality(&mut self, exercise: &'a Exercise, ended: &Ended, quality: &Quality, sway: Claim) {
        for rule in &exercise.quality {
            let Some(value) = quality.value(rule.quantity) else { continue };
            let (limit, passed) = match rule.limit {
                Limit::Min(limit) => (f64::from(limit), value < f64::from(limit)),
                Limit::Max(limit) => (f64::from(limit), value > f64::from(limit)),
            };
            if passed {
                self.charge(Passed {
                    part: match rule.quantity {
                        Quantity::Smoothness | Quantity::Similarity => Part::Form,
                        Quantity::Sway | Quantity::Steadiness => Part::Stability,
                        Quantity::Symmetry => Part::Symmetry,
                    },
                    rule: &rule.id,
                    price: &rule.price,
                    span_s: [ended.start_s, ended.end_s],
                    value,
                    limit,
                    unit: unit(rule.quantity, exercise),
                    cue: rule.cue.as_ref(),
                    severity: Severity::Minor,
                    told: match rule.quantity {
                        Quantity::Similarity => Told::SURELY,
                        Quantity::Sway => Told { sd: None, claim: sway },
                        _ => Told {
                            sd: None,
                            claim: quality.signal.as_ref().map_or(Claim::Refused, |signal| signal.claim),
                        },
                    },
                });
            }
        }
    }

    /// What differs from how other people do it right. Already priced; nothing is said about it.
    fn likeness(&mut self, quality: &Quality, form: &Form) {
        for difference in &quality.differences {
            let points = round(difference.points);
            if points <= 0.0 {
                continue;
            }
            self.lost[part_of(difference.channel) as usize] += points;
            let [from_s, to_s] = difference.span_s.map(round_s);
            self.faults.push(Fault {
                rule: format!("like-{}", difference.channel.name().replace('_', "-")),
                from_s,
                to_s,
                value: round(difference.value),
                limit: round(difference.limit),
                unit: difference.channel.unit().name().into(),
                points,
                sd: None,
                claim: form.claim(plane(difference.channel)),
                side: difference.side,
                of: Some(difference.of),
            });
        }
    }

    fn tempo(&mut self, exercise: &'a Exercise, ended: &Ended) {
        for rule in &exercise.tempo {
            let Some(span_s) = stage_s(rule.stage, ended) else { continue };
            let value = span_s[1] - span_s[0];
            let Some((limit, cue)) = tempo_limit(rule, value) else { continue };
            self.charge(Passed {
                part: Part::Tempo,
                rule: &rule.id,
                price: &rule.price,
                span_s,
                value,
                limit,
                unit: "s",
                cue: cue.as_ref(),
                severity: Severity::Minor,
                told: Told::SURELY,
            });
        }
    }
}

/// Judges a repetition, hold or cycle. `signal`: what it was counted on, made rising. `watched`: the sides that may move; `say` gets every fault that has a cue.
pub(super) fn judge<'a>(
    exercise: &'a Exercise,
    signal: Option<&Signal>,
    done: &Done,
    watched: [bool; 2],
    form: &Form,
    whole: &Whole,
    say: impl FnMut(Said<'a>),
) -> Rep {
    let ended = &done.ended;
    let sides = sides(exercise, signal, done, watched);
    let mut bill = Bill { faults: Vec::new(), lost: [0.0; 5], say };
    if let Some(signal) = signal {
        bill.range(exercise, signal, ended, sides, |time_s| whole.sure_at(time_s, sides));
    }
    bill.hold(exercise, done);
    bill.form(exercise, form, sides);
    bill.tempo(exercise, ended);
    let quality = whole.quality(done, sides, |view| form.sees(view));
    bill.quality(exercise, ended, &quality, form.claim(Some(View::Front)));
    bill.likeness(&quality, form);
    let [range, form, tempo, stability, symmetry] = bill.lost.map(|lost| round((100.0 - lost).max(0.0)));
    let lost: f64 = bill.faults.iter().map(|fault| fault.points).sum();
    Rep {
        start_s: round_s(ended.start_s),
        peak_s: round_s(ended.peak_s),
        end_s: round_s(ended.end_s),
        complete: done.complete,
        side: match (exercise.sides, sides) {
            (Sides::Each | Sides::Alternate, [true, false]) => RepSide::Left,
            (Sides::Each | Sides::Alternate, [false, true]) => RepSide::Right,
            _ => RepSide::Both,
        },
        score: round((100.0 - lost).max(0.0)),
        sub: SubScores { range, form, tempo, stability, symmetry },
        held_s: done.held_s.map(round),
        tempo_s: [Stage::Out, Stage::Peak, Stage::Return]
            .map(|stage| stage_s(stage, ended).map(|[from_s, to_s]| round_s(to_s - from_s))),
        smoothness: quality.smoothness.map(round),
        sway: quality.sway.map(|sway| (sway * 1e4).round() / 1e4),
        steadiness: quality.steadiness.map(round),
        symmetry: quality.symmetry.map(round),
        similarity: quality.similarity.map(round),
        signal: quality.signal,
        faults: bill.faults,
    }
}

/// The sides that moved.
fn sides(exercise: &Exercise, signal: Option<&Signal>, done: &Done, watched: [bool; 2]) -> [bool; 2] {
    match (exercise.sides, done.side, signal) {
        (_, Some(side), _) => Side::BOTH.map(|other| other == side),
        (Sides::Each | Sides::Alternate, None, Some(signal)) => {
            let moved = sides_that_moved(done.ended.peak, signal);
            Side::BOTH.map(|side| moved[side.index()] && watched[side.index()])
        }
        (Sides::Together, ..) | (_, None, None) => watched,
    }
}

/// The sub-score that a channel belongs to: keeping upright and level is stability.
fn part_of(channel: Channel) -> Part {
    use Channel::*;
    match channel {
        TrunkSideLean | TrunkRotation | PelvisHike | ShoulderTilt | HipsSideways => Part::Stability,
        _ => Part::Form,
    }
}

/// From where a channel's plane is seen best; `None`: it lies in no one plane.
fn plane(channel: Channel) -> Option<View> {
    use Channel::*;
    match channel {
        // Told apart from one camera only when seen from the side, although the exercise goes on from anywhere.
        KneeFlexion | ElbowFlexion => Some(View::Side),
        _ => Some(view_of(channel)).filter(|view| *view != View::Any),
    }
}

/// In what a quantity is told.
fn unit(quantity: Quantity, exercise: &Exercise) -> &'static str {
    match quantity {
        Quantity::Smoothness => "sparc",
        Quantity::Sway => "ratio",
        Quantity::Steadiness => exercise.signal.map_or("deg", |signal| signal.measure.unit().name()),
        Quantity::Symmetry => "percent",
        Quantity::Similarity => "points",
    }
}

/// How far it went: both together as their mean at best, each on its own as the side that stayed shorter.
fn reached(exercise: &Exercise, ended: &Ended, sides: [bool; 2]) -> f32 {
    match exercise.sides {
        Sides::Together => ended.high,
        Sides::Each | Sides::Alternate => {
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
pub(super) fn round_s(time_s: f64) -> f64 {
    (time_s * 1000.0).round() / 1000.0
}
