//! Does an exercise file keep what it promises? Its trainer is right, every fault that it names is found and costs what the rule
//! says, and what is too short, too fast or not finished is noticed.

use super::{Complaint, Rehearsal};
use crate::{
    Aspect, Exercise, Fault, FormRule, Kind, Limit, Price, RangeRule, Rep, Report, Signal, TempoRule, View,
};
use baro_motion::PoseFrame;

/// The trainer must score more than this.
const GOOD: f64 = 85.0;
/// A fault must cost at least this when it is shown: less is not worth a rule.
const CLEAR: f64 = 2.0;
/// Frames a second of the rehearsals; tempo is watched more closely.
const FPS: f64 = 30.0;
const TEMPO_FPS: f64 = 60.0;
/// Points and values are rounded to two decimals.
const ROUNDING: f64 = 0.02;

/// What is wrong with an exercise, found by performing it. The report of the rules comes only once the trainer itself is right.
pub(crate) fn complaints(exercise: &Exercise) -> Vec<Complaint> {
    let mut check = Check { exercise, found: Vec::new() };
    let Some(best) = check.trainer() else { return check.found };
    for rule in &exercise.rules {
        check.rule(rule, best);
    }
    if let (Some(signal), Some(rule)) = (&exercise.signal, &exercise.range) {
        check.range(signal, rule);
    }
    if let (Some(signal), Some(rule)) = (&exercise.signal, &exercise.finish) {
        check.finish(signal, rule);
    }
    if let Some(signal) = &exercise.signal {
        check.attempts(signal);
    }
    for rule in &exercise.tempo {
        check.tempo(rule);
    }
    check.held_short();
    check.found
}

struct Check<'a> {
    exercise: &'a Exercise,
    found: Vec<Complaint>,
}

impl<'a> Check<'a> {
    fn say(&mut self, rule: Option<&str>, message: String) {
        self.found.push(Complaint { rule: rule.map(str::to_owned), message });
    }

    fn rehearsal(&self, view: View) -> Rehearsal<'a> {
        Rehearsal::new(self.exercise, if view == View::Any { self.exercise.view } else { view })
    }

    /// Two periods of the trainer are counted and score well. Gives the score.
    fn trainer(&mut self) -> Option<f64> {
        let stage = self.rehearsal(View::Any);
        let report = stage.report(&stage.play(FPS, 2, 1.0, |t_s| stage.correct(t_s)));
        let wanted = 2 * stage.reps_in_period();
        if report.count as usize != wanted || report.partial > 0 {
            let range = self.reached(&stage);
            let message = format!(
                "two periods of the trainer count as {} complete and {} partial repetitions instead of {wanted}; {range}; change \
                 [[trainer.keys]] or [signal]",
                report.count, report.partial
            );
            self.say(None, message);
            return None;
        }
        let score = report.score?;
        if score <= GOOD {
            let message = format!(
                "the trainer scores {score}, not more than {GOOD}: {}; change [[trainer.keys]] or these rules",
                listed(&report)
            );
            self.say(None, message);
            return None;
        }
        Some(score)
    }

    /// How far the trainer goes, in the file's unit.
    fn reached(&self, stage: &Rehearsal) -> String {
        let Some(signal) = &self.exercise.signal else { return "it follows no pace".into() };
        let period_s = self.exercise.trainer.period_s();
        let all = (0..=200).map(|i| {
            let t_s = f64::from(i) / 200.0 * period_s;
            stage.progress(&stage.correct(t_s), t_s)
        });
        let (least, most) = all.fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), p| (a.min(p), b.max(p)));
        let unit = signal.measure.unit();
        let value = |share: f32| unit.to_edge((signal.rest + share * (signal.target - signal.rest)).into());
        let edge = |v: f32| unit.to_edge(v.into());
        format!(
            "its {} goes from {:.1} to {:.1} (rest {}, back {}, reach {}, target {})",
            signal.measure.name(),
            value(least),
            value(most),
            edge(signal.rest).round(),
            edge(signal.back).round(),
            edge(signal.reach).round(),
            edge(signal.target).round()
        )
    }

    /// The rule's fault, as it is shown, is found in every repetition and costs what the rule says.
    fn rule(&mut self, rule: &FormRule, best: f64) {
        let stage = self.rehearsal(rule.view);
        let frames = stage.play(FPS, 2, 1.0, |t_s| stage.with_fault(rule, t_s));
        let report = stage.report(&frames);
        let breaks = rule.breaks_hold && matches!(self.exercise.kind, Kind::Hold(_));
        if breaks {
            if report.count > 0 {
                let message = "`shown` is held as if it were right, though breaks_hold = true; make it larger or last longer";
                self.say(Some(&rule.id), message.into());
            }
            return self.breaks_alone(rule, &frames);
        }
        if report.count as usize != 2 * stage.reps_in_period() {
            let message = format!(
                "with `shown` added, the trainer counts as {} complete and {} partial repetitions: the fault must not hinder the \
                 count; make it smaller, or take out of it what [signal] measures",
                report.count, report.partial
            );
            return self.say(Some(&rule.id), message);
        }
        let Some((rep, fault)) = worst(&report, &rule.id) else {
            let unit = rule.measure.unit();
            let (Limit::Min(limit) | Limit::Max(limit)) = rule.limit;
            let message = format!(
                "`shown` does not break the rule: {} stays within {:.2} {}{}; make it larger, or let it last longer than hold_s in \
                 the rule's stages (found instead: {})",
                rule.measure.name(),
                unit.to_edge(limit.into()),
                unit.name(),
                match rule.aspect {
                    Aspect::Value => "",
                    Aspect::Change => " of its value at rest",
                    Aspect::Difference => " between the sides",
                },
                listed(&report)
            );
            return self.say(Some(&rule.id), message);
        };
        self.charged(&rule.id, &rule.price, rep, fault, best);
    }

    /// It is this rule that keeps a hold from counting: were it one like the others, the posture would be held, and cost points.
    fn breaks_alone(&mut self, rule: &FormRule, frames: &[PoseFrame]) {
        let mut other = self.exercise.clone();
        other
            .rules
            .iter_mut()
            .filter(|known| known.id == rule.id)
            .for_each(|known| known.breaks_hold = false);
        let report = Rehearsal::new(&other, rule.view).report(frames);
        if worst(&report, &rule.id).is_none() {
            let message = "with `shown` added nothing is held, but not because of this rule: take out of `shown` what [signal] measures, \
                           or make it larger";
            self.say(Some(&rule.id), message.into());
        }
    }

    /// The fault costs what its price says, and the score falls by at least that.
    fn charged(&mut self, id: &str, price: &Price, rep: &Rep, fault: &Fault, best: f64) {
        let due = price.points((fault.value - fault.limit).abs());
        if (due - fault.points).abs() > ROUNDING {
            let message = format!(
                "it cost {} points where its price says {due:.2}: a fault of the coach",
                fault.points
            );
            self.say(Some(id), message);
        }
        if fault.points < CLEAR {
            let message = format!(
                "the shown fault ({} {}, limit {}) costs only {} points: show it more clearly (at least {CLEAR} points)",
                fault.value, fault.unit, fault.limit, fault.points
            );
            self.say(Some(id), message);
        }
        let lost: f64 = rep.faults.iter().map(|fault| fault.points).sum();
        let fell = best - rep.score;
        if (rep.score - (100.0 - lost).max(0.0)).abs() > ROUNDING
            || fell < (fault.points - (100.0 - best)).min(best) - ROUNDING
        {
            let message =
                format!("the score fell by {fell:.2} for {} points: a fault of the coach", fault.points);
            self.say(Some(id), message);
        }
    }

    /// The trainer's movement with an amplitude that brings its signal to `value`.
    fn amplitude(&self, stage: &Rehearsal, signal: &Signal, value: f32) -> Option<f32> {
        let [from_s, to_s] = stage.span_above(signal.progress(signal.reach))?;
        let times: Vec<f64> = (0..=20).map(|i| from_s + (to_s - from_s) * f64::from(i) / 20.0).collect();
        let peak = |share: f32| {
            times
                .iter()
                .map(|&t_s| stage.progress(&stage.scaled(share, t_s), t_s))
                .fold(f32::NEG_INFINITY, f32::max)
        };
        let wanted = signal.progress(value);
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..24 {
            let middle = (low + high) / 2.0;
            *if peak(middle) < wanted { &mut low } else { &mut high } = middle;
        }
        let share = (low + high) / 2.0;
        ((peak(share) - wanted).abs() < 0.02).then_some(share)
    }

    /// Staying short of the target costs what `[range]` says.
    fn range(&mut self, signal: &Signal, rule: &RangeRule) {
        let stage = self.rehearsal(View::Any);
        let between = signal.reach + 0.4 * (signal.target - signal.reach);
        let Some(share) = self.amplitude(&stage, signal, between) else { return };
        let report = stage.report(&stage.play(FPS, 2, 1.0, |t_s| stage.scaled(share, t_s)));
        match worst(&report, &rule.id) {
            Some((rep, fault)) => self.charged(&rule.id, &rule.price, rep, fault, 100.0),
            None => {
                let message = format!(
                    "a movement that goes past `reach` and not to `target` costs nothing ({} complete; {}); set them farther apart",
                    report.count,
                    listed(&report)
                );
                self.say(Some(&rule.id), message);
            }
        }
    }

    /// Short of `reach` is partial, short of `attempt` is nothing.
    fn attempts(&mut self, signal: &Signal) {
        let stage = self.rehearsal(View::Any);
        let below = |a: f32, b: f32| a + 0.5 * (b - a);
        let cases = [
            (below(signal.attempt, signal.reach), 2, "partial", "between `attempt` and `reach`"),
            (below(signal.rest, signal.attempt), 0, "nothing", "below `attempt`"),
        ];
        for (value, partial, name, place) in cases {
            let Some(share) = self.amplitude(&stage, signal, value) else { continue };
            let report = stage.report(&stage.play(FPS, 2, 1.0, |t_s| stage.scaled(share, t_s)));
            let wanted = partial * stage.reps_in_period();
            if report.count > 0 || report.partial as usize != wanted {
                let message = format!(
                    "two movements that end {place} count as {} complete and {} partial instead of {name}; set the thresholds of \
                     [signal] farther apart",
                    report.count, report.partial
                );
                self.say(None, message);
            }
        }
    }

    /// Turning round above `back` costs what `[finish]` says.
    fn finish(&mut self, signal: &Signal, rule: &RangeRule) {
        let stage = self.rehearsal(View::Any);
        let turn = signal.progress(signal.back + 0.25 * (signal.reach - signal.back));
        let Some(frames) = stage.bounce(FPS, turn).filter(|_| stage.reps_in_period() == 1) else { return };
        let report = stage.report(&frames);
        match worst(&report, &rule.id) {
            Some((rep, fault)) => self.charged(&rule.id, &rule.price, rep, fault, 100.0),
            None => {
                let message = format!(
                    "three movements that turn round between `back` and `reach` cost nothing ({} complete; {}); set `back` nearer \
                     to `rest`, or leave [finish] out",
                    report.count,
                    listed(&report)
                );
                self.say(Some(&rule.id), message);
            }
        }
    }

    /// Too fast and too slow cost what the rule says.
    fn tempo(&mut self, rule: &TempoRule) {
        let stage = self.rehearsal(View::Any);
        let Some(natural_s) = stage.stage_s(rule.stage) else { return };
        // Past the limit by more and more: stages blend into one another where they are timed.
        let ways = [
            (rule.min_s, [0.8, 0.65, 0.5, 0.35], "fast", "min_s"),
            (rule.max_s, [1.15, 1.4, 1.8, 2.5], "slow", "max_s"),
        ];
        for (limit_s, shares, way, field) in ways {
            let Some(limit_s) = limit_s else { continue };
            let tried = shares.map(|share| limit_s * share);
            let broken = tried.into_iter().find_map(|wanted_s| {
                let frames = stage.play_stage(TEMPO_FPS, rule.stage, natural_s / wanted_s)?;
                let report = stage.report(&frames);
                let (rep, fault) = worst(&report, &rule.id).filter(|(_, fault)| fault.points >= CLEAR)?;
                Some((rep.clone(), fault.clone()))
            });
            match broken {
                Some((rep, fault)) => self.charged(&rule.id, &rule.price, &rep, &fault, 100.0),
                None => {
                    let message = format!(
                        "`{field}` can't be broken: when the trainer takes {:.2} s for this stage, the movement is not counted, or \
                         that {way} costs less than {CLEAR} points; change it, the price, or min_s and max_s of [signal]",
                        tried[3]
                    );
                    self.say(Some(&rule.id), message);
                }
            }
        }
    }

    /// A posture left too early costs what `[hold]` says.
    fn held_short(&mut self) {
        let (Kind::Hold(hold), Some(signal)) = (&self.exercise.kind, &self.exercise.signal) else { return };
        let stage = self.rehearsal(View::Any);
        let seconds = (hold.target_s - 0.3 * (hold.target_s - hold.least_s)).max(hold.least_s + 0.2);
        let Some(frames) = stage.hold(FPS, signal.progress(signal.reach), seconds) else { return };
        let report = stage.report(&frames);
        match worst(&report, &hold.id) {
            Some((rep, fault)) => self.charged(&hold.id, &hold.price, rep, fault, 100.0),
            None => {
                let message = format!(
                    "a hold of {seconds:.1} s, target {} s, costs nothing ({} complete; {}); raise points_per_s or lower least_s",
                    hold.target_s,
                    report.count,
                    listed(&report)
                );
                self.say(Some(&hold.id), message);
            }
        }
    }
}

/// The repetition in which a rule cost least, and the fault; `None` where it cost nothing in a complete repetition.
fn worst<'r>(report: &'r Report, rule: &str) -> Option<(&'r Rep, &'r Fault)> {
    let mut least: Option<(&Rep, &Fault)> = None;
    for rep in report.reps.iter().filter(|rep| rep.complete) {
        if let Some(fault) = rep.faults.iter().find(|fault| fault.rule == rule)
            && least.is_none_or(|(_, other)| fault.points < other.points)
        {
            least = Some((rep, fault));
        }
    }
    least
}

/// The faults of a report in words.
fn listed(report: &Report) -> String {
    let mut all: Vec<String> = Vec::new();
    for fault in report.reps.iter().flat_map(|rep| &rep.faults) {
        let text = format!("{} {} {} (limit {})", fault.rule, fault.value, fault.unit, fault.limit);
        if !all.iter().any(|known| known.starts_with(&fault.rule)) {
            all.push(text);
        }
    }
    if all.is_empty() { "no faults".into() } else { all.join(", ") }
}
