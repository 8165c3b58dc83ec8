//! Does an exercise file keep what it promises? Its trainer is right, every fault that it names is found and costs what the rule
//! says, and what is too short, too fast or not finished is noticed.

use super::{Complaint, Rehearsal};
use crate::{
    Aspect, Exercise, Fault, FormRule, Kind, Limit, Price, QualityRule, RangeRule, Rep, RepSide, Report,
    Signal, TempoRule, View,
};
use baro_motion::{Measures, PoseFrame, Side};

/// The trainer must score more than this.
const GOOD: f64 = 85.0;
/// A fault must cost at least this when it is shown: less is not worth a rule.
const CLEAR: f64 = 2.0;
/// Frames a second of the rehearsals; tempo is watched more closely.
const FPS: f64 = 30.0;
const TEMPO_FPS: f64 = 60.0;
/// Points and values are rounded to two decimals.
const ROUNDING: f64 = 0.02;
/// So far may what the coach measured be from what the mannequin did (degrees, ratio, seconds): it makes the stream steady first,
/// and estimates how the camera is tilted. The price of that is what a charge may differ from the price of what was done.
const NEAR_DEG: f64 = 2.5;
const NEAR_RATIO: f64 = 0.02;
const NEAR_S: f64 = 0.1;
/// The same for a stage, as a share of the time taken: who sets out slowly has not clearly begun at any one moment.
const NEAR_SHARE_OF_STAGE: f64 = 0.08;
/// Faults that are seen less surely, with why: exercise, rule, degrees. Here the whole body leans, and a body that leans looks to
/// one camera partly as if the camera were tilted.
const LESS_SURE: [(&str, &str, f64); 1] = [("step-up", "trunk-leaning", 4.0)];
/// The same for what is counted from rest, as a share of the way: the resting level follows who never quite comes back.
const NEAR_SHARE: f64 = 0.1;

/// What is wrong with an exercise, found by performing it. The report of the rules comes only once the trainer itself is right.
pub(crate) fn complaints(exercise: &Exercise) -> Vec<Complaint> {
    let mut check = Check { exercise, found: Vec::new() };
    if !check.trainer() {
        return check.found;
    }
    for rule in &exercise.rules {
        check.rule(rule);
    }
    for rule in &exercise.quality {
        check.quality(rule);
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

    /// Two periods of the trainer are counted and score well.
    fn trainer(&mut self) -> bool {
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
            return false;
        }
        let score = report.score.unwrap_or(0.0);
        if score <= GOOD {
            let message = format!(
                "the trainer scores {score}, not more than {GOOD}: {}; change [[trainer.keys]] or these rules",
                listed(&report)
            );
            self.say(None, message);
            return false;
        }
        true
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

    /// The rule's fault, as it is shown, is found and costs what the rule says.
    fn rule(&mut self, rule: &FormRule) {
        let stage = self.rehearsal(rule.view);
        let frames = stage.play(FPS, 2, 1.0, |t_s| stage.with_fault(rule, t_s));
        let report = stage.report(&frames);
        let breaks = rule.breaks_hold && matches!(self.exercise.kind, Kind::Hold(_));
        if breaks {
            if report.count > 0 {
                let message = "`shown` is held as if it were right, though breaks_hold = true; make it larger or last longer";
                self.say(Some(&rule.id), message.into());
            }
            return self.breaks_alone(rule, &stage, &frames);
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
        let did = past(rule, &frames, rep, fault);
        self.charged(&stage, &frames, &rule.id, &rule.price, (&report, rep, fault), did);
    }

    /// It is this rule that keeps a hold from counting: were it one like the others, the posture would be held, and cost points.
    fn breaks_alone(&mut self, rule: &FormRule, stage: &Rehearsal, frames: &[PoseFrame]) {
        let mut other = self.exercise.clone();
        other
            .rules
            .iter_mut()
            .filter(|known| known.id == rule.id)
            .for_each(|known| known.breaks_hold = false);
        let other = stage.of(&other);
        let report = other.report(frames);
        let Some((rep, fault)) = worst(&report, &rule.id) else {
            let message = "with `shown` added nothing is held, but not because of this rule: take out of `shown` what [signal] measures, \
                           or make it larger";
            return self.say(Some(&rule.id), message.into());
        };
        let did = past(rule, frames, rep, fault);
        self.charged(&other, frames, &rule.id, &rule.price, (&report, rep, fault), did);
    }

    /// The fault costs what the rule's price says for what the mannequin did (`did`: past the limit by this, in the file's unit;
    /// `None` where only the coach can tell), clearly, and the score is lower by just that than if the rule cost nothing.
    fn charged(
        &mut self,
        stage: &Rehearsal,
        frames: &[PoseFrame],
        id: &str,
        price: &Price,
        (report, rep, fault): (&Report, &Rep, &Fault),
        did: Option<f64>,
    ) {
        let Fault { value, unit, limit, points, .. } = fault;
        let due = price.points((value - limit).abs());
        if (due - points).abs() > ROUNDING {
            let message =
                format!("it cost {points} points where its price says {due:.2}: a fault of the coach");
            self.say(Some(id), message);
        }
        if let Some(did) = did {
            let near = self.near(id, unit, *value);
            let [least, most] = [did - near, did + near].map(|excess| price.points(excess));
            if *points < least - ROUNDING || *points > most + ROUNDING {
                let message = format!(
                    "it cost {points} points ({value} {unit}, limit {limit}) where what was shown is past the limit by {did:.2} {unit}, \
                     which costs {:.2}: show it for longer, or with less else that moves; else it is a fault of the coach",
                    price.points(did)
                );
                self.say(Some(id), message);
            }
        }
        if *points < CLEAR {
            let message = format!(
                "the shown fault ({value} {unit}, limit {limit}) costs only {points} points: show it more clearly (at least {CLEAR} \
                 points)"
            );
            self.say(Some(id), message);
        }
        let free = stage.of(&free(stage.exercise(), id)).report(frames);
        let same = |other: &&Rep| other.start_s == rep.start_s && other.end_s == rep.end_s;
        let without = free.reps.iter().find(same).map_or(f64::NAN, |other| other.score);
        let fell = without - rep.score;
        // A score doesn't fall below 0, and the mean of the set is that of its repetitions.
        if (fell - points.min(without)).abs() > ROUNDING || fell.is_nan() || report.count != free.count {
            let message = format!(
                "a repetition scores {} with it and {without} where it costs nothing, for {points} points: a fault of the coach",
                rep.score
            );
            self.say(Some(id), message);
        }
    }

    /// How far the coach may be off, in the file's unit.
    fn near(&self, id: &str, unit: &str, value: f64) -> f64 {
        let known = LESS_SURE.iter().find(|(exercise, rule, _)| *exercise == self.exercise.id && *rule == id);
        if let Some((_, _, near)) = known {
            return *near;
        }
        let is_stage = self.exercise.tempo.iter().any(|rule| rule.id == id);
        let always = match unit {
            "s" if is_stage => NEAR_S.max(NEAR_SHARE_OF_STAGE * value),
            "s" => NEAR_S,
            "ratio" => NEAR_RATIO,
            _ => NEAR_DEG,
        };
        let from_rest =
            self.exercise.signal.filter(|signal| signal.from_rest && signal.measure.unit().name() == unit);
        let way = from_rest
            .map_or(0.0, |signal| signal.measure.unit().to_edge((signal.target - signal.rest).abs().into()));
        always.max(NEAR_SHARE * way)
    }

    /// Something that the mannequin should have shown and could not.
    fn unplayed(&mut self, rule: Option<&str>, signal: &Signal, what: &str, value: f32) {
        let unit = signal.measure.unit();
        let message = format!(
            "the trainer's movement can't be made to {what} {:.2} {}: its {} does not go there and back without a break; change \
             [[trainer.keys]] or [signal]",
            unit.to_edge(value.into()),
            unit.name(),
            signal.measure.name()
        );
        self.say(rule, message);
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
        let Some(share) = self.amplitude(&stage, signal, between) else {
            return self.unplayed(Some(&rule.id), signal, "end at", between);
        };
        let frames = stage.play(FPS, 2, 1.0, |t_s| stage.scaled(share, t_s));
        let report = stage.report(&frames);
        let did = signal.measure.unit().to_edge((signal.target - between).abs().into());
        match worst(&report, &rule.id) {
            Some((rep, fault)) => {
                self.charged(&stage, &frames, &rule.id, &rule.price, (&report, rep, fault), Some(did));
            }
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
            let Some(share) = self.amplitude(&stage, signal, value) else {
                self.unplayed(None, signal, "end at", value);
                continue;
            };
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
        for share in [0.25, 0.4] {
            let turn = signal.back + share * (signal.reach - signal.back);
            let Some(frames) = stage.bounce(FPS, signal.progress(turn)) else {
                return self.unplayed(Some(&rule.id), signal, "turn round at", turn);
            };
            let report = stage.report(&frames);
            if let Some((rep, fault)) = worst(&report, &rule.id).filter(|(_, fault)| fault.points >= CLEAR) {
                let did = Some(signal.measure.unit().to_edge((turn - signal.back).abs().into()));
                return self.charged(&stage, &frames, &rule.id, &rule.price, (&report, rep, fault), did);
            }
        }
        let message = format!(
            "three movements that turn round between `back` and `reach` cost less than {CLEAR} points; set `back` nearer to `rest`, \
             raise the price, or leave [finish] out"
        );
        self.say(Some(&rule.id), message);
    }

    /// Too fast and too slow cost what the rule says.
    fn tempo(&mut self, rule: &TempoRule) {
        let stage = self.rehearsal(View::Any);
        let Some(natural_s) = stage.stage_s(rule.stage) else {
            return self.say(
                Some(&rule.id),
                "the trainer's movement has no such stage; change [[trainer.keys]]".into(),
            );
        };
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
                let (rep, fault) = (rep.clone(), fault.clone());
                let told_s = wanted_s - stage.untold_s(rule.stage, natural_s / wanted_s);
                Some((frames, report, rep, fault, (told_s - limit_s).abs()))
            });
            match broken {
                Some((frames, report, rep, fault, did)) => {
                    self.charged(&stage, &frames, &rule.id, &rule.price, (&report, &rep, &fault), Some(did));
                }
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

    /// What a rule on the whole repetition looks at is spoiled, by more and more, until the rule is broken clearly.
    fn quality(&mut self, rule: &QualityRule) {
        let stage = self.rehearsal(View::Any);
        for degree in [0.25, 0.5, 0.75, 1.0] {
            let frames = stage.play(FPS, 2, 1.0, |t_s| stage.spoiled(rule.quantity, degree, t_s));
            let report = stage.report(&frames);
            if let Some((rep, fault)) = worst(&report, &rule.id).filter(|(_, fault)| fault.points >= CLEAR) {
                return self.charged(&stage, &frames, &rule.id, &rule.price, (&report, rep, fault), None);
            }
        }
        let message = format!(
            "the limit can't be broken: however far {:?} is spoiled, what still counts costs less than {CLEAR} points; change the \
             limit or the price",
            rule.quantity
        );
        self.say(Some(&rule.id), message);
    }

    /// A posture left too early costs what `[hold]` says.
    fn held_short(&mut self) {
        let (Kind::Hold(hold), Some(signal)) = (&self.exercise.kind, &self.exercise.signal) else { return };
        let stage = self.rehearsal(View::Any);
        let seconds = (hold.target_s - 0.3 * (hold.target_s - hold.least_s)).max(hold.least_s + 0.2);
        let Some(frames) = stage.hold(FPS, signal.progress(signal.reach), seconds) else {
            return self.unplayed(Some(&hold.id), signal, "be held at", signal.reach);
        };
        let report = stage.report(&frames);
        match worst(&report, &hold.id) {
            Some((rep, fault)) => {
                let did = Some(hold.target_s - seconds);
                self.charged(&stage, &frames, &hold.id, &hold.price, (&report, rep, fault), did);
            }
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

/// The exercise with a rule that costs nothing.
fn free(exercise: &Exercise, id: &str) -> Exercise {
    let mut other = exercise.clone();
    let nothing = Price { per_unit: 0.0, at_most: 0.0 };
    let ends = other.range.iter_mut().chain(&mut other.finish).map(|rule| (&rule.id, &mut rule.price));
    let tempo = other.tempo.iter_mut().map(|rule| (&rule.id, &mut rule.price));
    let rules = other.rules.iter_mut().map(|rule| (&rule.id, &mut rule.price));
    let quality = other.quality.iter_mut().map(|rule| (&rule.id, &mut rule.price));
    let hold = match &mut other.kind {
        Kind::Hold(hold) => Some((&hold.id, &mut hold.price)),
        Kind::Reps | Kind::Paced(_) => None,
    };
    let all = ends.chain(tempo).chain(rules).chain(quality).chain(hold);
    all.filter(|(own, _)| *own == id).for_each(|(_, price)| *price = nothing);
    other
}

/// How far past a rule's limit the mannequin itself went while the coach saw the rule broken, in the file's unit; the frames are
/// what it did, without error.
fn past(rule: &FormRule, frames: &[PoseFrame], rep: &Rep, fault: &Fault) -> Option<f64> {
    let value =
        |frame: &PoseFrame, side: Side| Measures::value(&frame.pose.as_ref()?.world, rule.measure, side);
    let rest = frames.first()?;
    let sides = Side::BOTH.into_iter().filter(|side| match rep.side {
        RepSide::Both => true,
        RepSide::Left => *side == Side::Left,
        RepSide::Right => *side == Side::Right,
    });
    let all = sides.flat_map(|side| {
        let during = frames.iter().filter(|frame| (fault.from_s..=fault.to_s).contains(&frame.time_s));
        during.filter_map(move |frame| {
            let now = value(frame, side)?;
            let seen = match rule.aspect {
                Aspect::Value => now,
                Aspect::Change => now - value(rest, side)?,
                Aspect::Difference => (now - value(frame, side.other())?).abs(),
            };
            Some(rule.limit.excess(seen))
        })
    });
    let most = all.fold(f32::NEG_INFINITY, f32::max);
    Some(rule.measure.unit().to_edge(most.into()))
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
