//! Frames in, feedback out.

mod counting;
mod cues;
mod form;
mod hold;
mod machine;
mod pacer;
mod score;
mod sight;
mod test_clock;
mod trace;
mod tremble;
mod whole;

use crate::{
    Aspect, CUE_OTHER_SIDE, CUE_PRAISE, CUE_UNSEEN, CueId, Exercise, Feedback, Guard, Kind, Rep, RepSide,
    Report, Severity, SideChoice, Sides, Sight,
};
use crate::{
    CueReason, SpokenCue,
    plan::Dose,
    reference::{Reference, Sensor},
    spoken::closing,
};
use baro_motion::movement::symmetry_index_percent;
use baro_motion::{Gauge, MeasureSet, Measures, Pose, PoseFrame, Side, Steady, Unit, View, ViewFilter};
use counting::{Counting, Done, News};
use cues::{Cues, Urgency};
use form::{Form, Found};
pub(crate) use machine::{LONGEST_SETTLING_S, ONSET_LOOKBACK_S};
use sight::{Memory, Seen};
use std::sync::Arc;
use test_clock::TestClock;
use whole::Whole;

/// A repetition with this score or more, and nothing to correct, is praised.
const PRAISE_FROM: f64 = 85.0;
/// A fault of fewer points is listed, but nothing is said about it, unless it is about safety.
const WORTH_SAYING: f64 = 3.0;
/// Repetitions that a report holds before it has to grow.
const REPS_EXPECTED: usize = 64;

/// Counts, scores and coaches one set of one exercise.
///
/// Call [`Self::step`] for every frame in order of time, then [`Self::finish`]. The same frames give the same report, bit
/// for bit. A frame whose time is not after the one before it, or is no number, is ignored. A step allocates nothing,
/// except where a repetition ends and is entered in the report.
pub struct Coach {
    exercise: Arc<Exercise>,
    /// The sides that may move.
    sides: [bool; 2],
    counting: Counting,
    test: Option<TestClock>,
    /// The sides on which a rule that breaks a hold was being broken, or couldn't be told, in the last frame.
    broken: [bool; 2],
    /// The side of the last complete repetition, where they take turns.
    last_side: Option<Side>,
    /// Makes the stream steady, learns from where it is seen, and measures what is wanted.
    steady: Steady,
    view: ViewFilter,
    gauge: Gauge,
    wanted: MeasureSet,
    measures: Measures,
    memory: Memory,
    form: Form,
    whole: Whole,
    cues: Cues,
    unseen: CueId,
    praise: CueId,
    other_side: CueId,
    /// Time of the last frame.
    frame_s: Option<f64>,
    feedback: Feedback,
    report: Report,
}

impl Coach {
    /// A coach for one set. `side` matters only for exercises that are done with each side on its own.
    pub fn new(exercise: Arc<Exercise>, side: SideChoice) -> Self {
        let sides = match (exercise.sides, side) {
            (Sides::Together, _) | (_, SideChoice::Auto) => [true, true],
            (Sides::Each | Sides::Alternate, SideChoice::Left) => [true, false],
            (Sides::Each | Sides::Alternate, SideChoice::Right) => [false, true],
        };
        let reps = Vec::with_capacity(REPS_EXPECTED);
        Self {
            sides,
            counting: Counting::new(&exercise, sides),
            test: exercise.test.map(TestClock::new),
            broken: [false; 2],
            last_side: None,
            steady: Steady::default(),
            view: ViewFilter::default(),
            gauge: Gauge::default(),
            wanted: exercise.measures(),
            measures: Measures::default(),
            memory: Memory::default(),
            form: Form::new(&exercise),
            whole: Whole::new(&exercise),
            cues: Cues::new(&exercise.cue_ids(), exercise.rule_ids()),
            unseen: CUE_UNSEEN.into(),
            praise: CUE_PRAISE.into(),
            other_side: CUE_OTHER_SIDE.into(),
            frame_s: None,
            feedback: Feedback::default(),
            report: Report {
                exercise: exercise.id.clone(),
                count: 0,
                partial: 0,
                score: None,
                test: None,
                symmetry: None,
                reps,
                cues: Cues::log(),
            },
            exercise,
        }
    }

    /// What was prescribed instead of what the exercise says. A hold that is partial stays the same share. Numbers that are not
    /// above 0 change nothing, nor does a functional test's dose change. Call it before the first [`Self::step`].
    pub fn for_dose(mut self, dose: Dose) -> Self {
        let sound = |value: Option<f64>| value.filter(|value| value.is_finite() && *value > 0.0);
        let exercise = Arc::make_mut(&mut self.exercise);
        match (&mut exercise.kind, sound(dose.hold_s), sound(dose.minutes)) {
            (Kind::Hold(hold), Some(hold_s), _) if exercise.test.is_none() => {
                hold.least_s *= hold_s / hold.target_s;
                hold.target_s = hold_s;
            }
            (Kind::Paced(pace), _, Some(minutes)) => pace.minutes = minutes,
            _ => return self,
        }
        self.counting = Counting::new(&self.exercise, self.sides);
        self
    }

    /// By what the body is measured; without this word, by a camera. It chooses among the limits of the reference.
    pub fn measured_by(mut self, sensor: Sensor) -> Self {
        self.whole.measured_by(sensor);
        self
    }

    /// Compares with this reference instead of the shipped one that the exercise names; with none, rules alone count.
    pub fn refer_to(mut self, reference: Option<Reference>) -> Self {
        self.whole.refer_to(reference);
        self
    }

    /// Takes the next frame and gives the state after it.
    pub fn step(&mut self, frame: &PoseFrame) -> &Feedback {
        self.feedback.cue = None;
        self.feedback.ended_rep = None;
        let time_s = frame.time_s;
        if !time_s.is_finite() || self.frame_s.is_some_and(|last_s| time_s <= last_s) {
            return &self.feedback;
        }
        self.frame_s = Some(time_s);
        self.feedback.time_s = time_s;
        self.cues.frame(time_s);
        let pose = frame.pose.as_ref().map(|pose| self.steady.step(time_s, pose));
        let (measures, view) = self.measure(time_s, pose.as_ref());
        let seen = pose.as_ref().map_or(Seen::NOBODY, |pose| {
            let signal = self.counting.signal.as_ref();
            Seen::new(&self.exercise, signal, self.sides, time_s, &pose.world, &measures, &mut self.memory)
        });
        if let (Some(pose), Some(view)) = (&pose, &view) {
            self.whole.step(time_s, &view.level(&pose.world), &measures, self.counting.start_s());
        }
        self.count(time_s, &seen, &measures);
        if pose.is_some() {
            let turned_rad = view.filter(|view| view.one_camera).map(|view| view.turned_rad());
            self.form.settle(&self.exercise.rules, time_s, &measures, turned_rad, self.counting.resting());
        }
        self.watch(time_s, &seen, &measures);
        self.measures = measures;
        self.tell(&seen);
        if let Some(spoken) = self.cues.choose() {
            self.feedback.cue = Some(spoken.cue.clone());
            self.report.cues.push(SpokenCue { time_s: score::round_s(time_s), ..spoken });
        }
        &self.feedback
    }

    /// Ends the set: a repetition under way is entered as partial, and the last of [`Report::cues`] is the good word at the
    /// end (one of [`crate::CUES_CLOSE`]; none where nothing was tried). Calling it again changes nothing.
    pub fn finish(&mut self) -> &Report {
        let news = self.counting.finish();
        if let Some(test) = &mut self.test {
            test.finish(&news);
        }
        self.take(&news);
        let closed = self.report.cues.last().is_some_and(|last| last.reason == CueReason::Close);
        if let Some(cue) = closing(&self.report).filter(|_| !closed) {
            let time_s = score::round_s(self.frame_s.unwrap_or(0.0));
            self.report.cues.push(SpokenCue {
                time_s,
                cue: cue.into(),
                rule: None,
                reason: CueReason::Close,
            });
        }
        &self.report
    }

    /// The result so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Also gives these in [`Self::measures`]; nothing is judged by them.
    pub fn also_measuring(mut self, more: MeasureSet) -> Self {
        self.wanted = self.wanted.and(more);
        self
    }

    /// What is coached, with the dose that was prescribed.
    pub fn exercise(&self) -> &Arc<Exercise> {
        &self.exercise
    }

    /// By what the body is measured.
    pub fn sensor(&self) -> Sensor {
        self.whole.sensor()
    }

    /// What the last frame measured, of the measures that the exercise looks at and those asked for; none where nobody was seen.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// From where the person is seen, as far as that is known by now.
    pub fn view(&self) -> Option<&View> {
        self.view.view()
    }

    /// Measures what is wanted, as the view allows.
    fn measure(&mut self, time_s: f64, pose: Option<&Pose>) -> (Measures, Option<View>) {
        let Some(pose) = pose else { return (Measures::default(), None) };
        let resting = self.counting.resting();
        let view = if resting { self.view.step(time_s, pose) } else { self.view.step_moving(time_s, pose) };
        (self.gauge.measure(time_s, &pose.world, &view, self.wanted), Some(view))
    }

    /// Runs the machines that count.
    fn count(&mut self, time_s: f64, seen: &Seen, measures: &Measures) {
        let news = self.counting.step(time_s, seen, self.broken, another(&self.exercise.guards, measures));
        if let Some(test) = &mut self.test {
            test.step(time_s, &news, self.counting.start_s(), self.counting.state(seen));
        }
        self.take(&news);
        if news.began != [false; 2] {
            self.form.clear(news.began);
            self.cues.rep_begins();
        }
    }

    fn take(&mut self, news: &News) {
        for done in news.done.iter().flatten() {
            self.enter(done);
        }
        self.report.test = self.test.as_ref().and_then(TestClock::result);
    }

    /// Checks the form of this frame, and offers what there is to say about it.
    fn watch(&mut self, time_s: f64, seen: &Seen, measures: &Measures) {
        let trouble = match seen.sight {
            Sight::Clear => None,
            Sight::Partial(_) => Some(&self.exercise.unseen_cue),
            Sight::Lost => Some(&self.unseen),
        };
        self.cues.sight(trouble);
        let phases = self.counting.phases(seen, self.sides);
        let (rules, cues, broken) = (&self.exercise.rules, &mut self.cues, &mut self.broken);
        *broken = [false; 2];
        self.form.check(rules, time_s, phases, measures, |rule, side, found| {
            let Some(rule) = rules.get(rule) else { return };
            broken[side.index()] |= rule.breaks_hold && (found != Found::Unknown || seen.signal.is_some());
            if let Found::Broken(excess) = found {
                let points = rule.price.points(rule.measure.unit().to_edge(excess.into()));
                if points >= WORTH_SAYING || rule.severity == Severity::Safety {
                    cues.offer(&rule.cue, Some(&rule.id), Urgency::Form(rule.severity, points));
                }
            }
        });
    }

    /// Enters an ended repetition in the report, and offers what there is to say about it.
    fn enter(&mut self, done: &Done) {
        let signal = self.counting.signal.as_ref();
        let cues = &mut self.cues;
        let mut faultless = true;
        let rep = score::judge(&self.exercise, signal, done, self.sides, &self.form, &self.whole, |said| {
            if said.points >= WORTH_SAYING || said.severity == Severity::Safety {
                faultless = false;
                let urgency = if said.tempo {
                    Urgency::Tempo(said.points)
                } else {
                    Urgency::Form(said.severity, said.points)
                };
                cues.offer_after(said.cue, Some(said.rule), urgency);
            }
        });
        if rep.complete && faultless && rep.score >= PRAISE_FROM {
            cues.offer_after(&self.praise, None, Urgency::Praise);
        }
        if rep.complete && done.side.is_some() {
            if self.last_side == done.side && self.sides == [true; 2] {
                cues.offer_after(&self.other_side, None, Urgency::Form(Severity::Minor, WORTH_SAYING));
            }
            self.last_side = done.side;
        }
        cues.rep_ended();
        let report = &mut self.report;
        self.feedback.ended_rep = Some(report.reps.len());
        report.reps.push(rep);
        let complete = || report.reps.iter().filter(|rep| rep.complete);
        report.count = complete().count() as u32;
        report.partial = report.reps.len() as u32 - report.count;
        let sum: f64 = complete().map(|rep| rep.score).sum();
        report.symmetry = symmetry(&report.reps);
        report.score = (report.count > 0).then(|| score::round(sum / f64::from(report.count)));
    }

    fn tell(&mut self, seen: &Seen) {
        let state = self.counting.state(seen);
        let feedback = &mut self.feedback;
        feedback.sight = seen.sight;
        feedback.phase = state.phase;
        feedback.progress = state.progress.unwrap_or(feedback.progress);
        let is_angle = self.counting.signal.is_some_and(|signal| signal.measure.unit() == Unit::Angle);
        feedback.angle_rad = state.value.filter(|_| is_angle);
        feedback.held_s = state.held_s;
        feedback.count = self.report.count;
        feedback.partial = self.report.partial;
        feedback.score = self.report.score.map(|score| score as f32);
    }
}

/// How even the sides were: within repetitions that both moved in, or, where each moves on its own, from how far each went on
/// average, or how long it held, per cent.
fn symmetry(reps: &[Rep]) -> Option<f64> {
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        (count > 0.0).then(|| sum / count)
    };
    let complete = || reps.iter().filter(|rep| rep.complete);
    let reach = |side: RepSide| {
        let own = complete().filter(|rep| rep.side == side);
        mean(&mut own.filter_map(|rep| rep.held_s.or_else(|| rep.signal.as_ref()?.way)))
    };
    let between = match (reach(RepSide::Left), reach(RepSide::Right)) {
        (Some(left), Some(right)) => symmetry_index_percent(left, right),
        _ => mean(&mut complete().filter_map(|rep| rep.symmetry)),
    };
    between.map(score::round)
}

/// Does each side do another movement, by the guards? `None` where none of them can be told.
fn another(guards: &[Guard], measures: &Measures) -> [Option<bool>; 2] {
    Side::BOTH.map(|side| {
        let told = guards.iter().filter_map(|guard| {
            let value = measures.get(guard.measure, side)?.value;
            let value = match guard.aspect {
                Aspect::Difference => (value - measures.get(guard.measure, side.other())?.value).abs(),
                Aspect::Value | Aspect::Change => value,
            };
            Some(guard.is_broken_by(value))
        });
        told.reduce(|a, b| a || b)
    })
}
