//! Frames in, feedback out.

mod cues;
mod form;
mod machine;
mod score;
mod sight;
mod trace;

use crate::{
    CUE_PRAISE, CUE_UNSEEN, CueId, Exercise, Feedback, Phase, Report, SideChoice, Sides, Sight, Signal,
};
use crate::{CueReason, SpokenCue, spoken::closing};
use baro_motion::{LandmarkId, Measure, Measures, Pose, PoseFrame, Side, Unit};
use cues::{Cues, Urgency};
use form::Form;
use machine::{BLIND_S, Ended, Machine};
use sight::{Memory, Seen};
use std::sync::Arc;
use trace::Sample;

/// A repetition with this score or more, and nothing to correct, is praised.
const PRAISE_FROM: f64 = 85.0;
/// A fault of fewer points is listed, but nothing is said about it at the end of a repetition.
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
    /// What is counted on, made rising, and the machine that counts; `None` where a pace is followed.
    counting: Option<(Signal, Machine)>,
    memory: Memory,
    form: Form,
    cues: Cues,
    unseen: CueId,
    praise: CueId,
    /// Time of the last frame, and of the last frame with a signal.
    frame_s: Option<f64>,
    signal_s: Option<f64>,
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
            counting: exercise.signal.map(|signal| (signal.rising(), Machine::new(&signal))),
            memory: Memory::default(),
            form: Form::new(&exercise),
            cues: Cues::new(&exercise.cue_ids(), exercise.rule_ids()),
            unseen: CUE_UNSEEN.into(),
            praise: CUE_PRAISE.into(),
            frame_s: None,
            signal_s: None,
            feedback: Feedback::default(),
            report: Report {
                exercise: exercise.id.clone(),
                count: 0,
                partial: 0,
                score: None,
                reps,
                cues: Cues::log(),
            },
            exercise,
        }
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
        let measures = frame.pose.as_ref().map(|pose| Measures::new(&pose.world)).unwrap_or_default();
        let seen = frame.pose.as_ref().map_or(Seen::NOBODY, |pose| {
            let signal = self.counting.as_ref().map(|(signal, _)| signal);
            Seen::new(&self.exercise, signal, self.sides, time_s, &pose.world, &measures, &mut self.memory)
        });
        self.count(time_s, &seen);
        if let Some(pose) = &frame.pose {
            let yaw = from_picture(pose).then(|| measures.get(Measure::BodyYaw, Side::Left)).flatten();
            let (yaw_rad, at_rest) = (
                yaw.map(|yaw| yaw.value),
                self.counting.as_ref().is_none_or(|(_, machine)| machine.resting()),
            );
            self.form.settle(&self.exercise.rules, time_s, &measures, yaw_rad, at_rest);
        }
        self.watch(time_s, &seen, &measures);
        self.tell(&seen);
        if let Some(spoken) = self.cues.choose(time_s) {
            self.feedback.cue = Some(spoken.cue.clone());
            self.report.cues.push(SpokenCue { time_s: score::round_s(time_s), ..spoken });
        }
        &self.feedback
    }

    /// Ends the set: a repetition under way is entered as partial, and the last of [`Report::cues`] is the good word at the
    /// end (one of [`crate::CUES_CLOSE`]; none where nothing was tried). Calling it again changes nothing.
    pub fn finish(&mut self) -> &Report {
        if let Some(ended) = self.counting.as_mut().and_then(|(_, machine)| machine.finish()) {
            self.enter(&ended);
        }
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

    /// Runs the repetition machine.
    fn count(&mut self, time_s: f64, seen: &Seen) {
        let Some((_, machine)) = &mut self.counting else { return };
        let blind = self.signal_s.is_some_and(|last_s| time_s - last_s > BLIND_S);
        let given_up = if blind { machine.blind() } else { None };
        let before = machine.start_s();
        let ended = seen.signal.and_then(|value| machine.step(Sample { time_s, value }, seen.sides));
        let after = machine.start_s();
        self.signal_s = if seen.signal.is_some() { Some(time_s) } else { self.signal_s };
        for ended in given_up.into_iter().chain(ended) {
            self.enter(&ended);
        }
        if after.is_some() && after != before {
            self.form.clear();
            self.cues.rep_begins();
        }
    }

    /// Checks the form of this frame, and offers what there is to say about it.
    fn watch(&mut self, time_s: f64, seen: &Seen, measures: &Measures) {
        let trouble = match seen.sight {
            Sight::Clear => None,
            Sight::Partial(_) => Some(&self.exercise.unseen_cue),
            Sight::Lost => Some(&self.unseen),
        };
        self.cues.sight(time_s, trouble);
        if seen.signal.is_none() {
            return;
        }
        let moving = self.moving(seen);
        let (rules, cues) = (&self.exercise.rules, &mut self.cues);
        let phase = self.counting.as_ref().map_or(Phase::Rest, |(_, machine)| machine.phase());
        self.form.check(rules, time_s, phase, measures, moving, |rule, excess| {
            if let Some(rule) = rules.get(rule) {
                let points = rule.price.points(rule.measure.unit().to_edge(excess.into()));
                cues.offer(&rule.cue, Some(&rule.id), Urgency::Form(rule.severity, points));
            }
        });
    }

    /// The sides whose form is watched now. On an exercise of one side at a time, the resting arm breaks no rule.
    fn moving(&self, seen: &Seen) -> [bool; 2] {
        match self.exercise.sides {
            Sides::Together => self.sides,
            Sides::Each | Sides::Alternate => {
                let leave = self.counting.as_ref().map_or(f32::INFINITY, |(signal, _)| signal.leave);
                seen.sides.map(|value| value.is_some_and(|value| value > leave))
            }
        }
    }

    /// Enters an ended repetition in the report, and offers what there is to say about it.
    fn enter(&mut self, ended: &Ended) {
        let Some((signal, _)) = &self.counting else { return };
        let cues = &mut self.cues;
        let mut faultless = true;
        let rep = score::judge(&self.exercise, signal, ended, self.sides, &self.form, |said| {
            if said.points >= WORTH_SAYING {
                faultless = false;
                let urgency = if said.tempo {
                    Urgency::Tempo(said.points)
                } else {
                    Urgency::Form(said.severity, said.points)
                };
                cues.offer(said.cue, Some(said.rule), urgency);
            }
        });
        if rep.complete && faultless && rep.score >= PRAISE_FROM {
            cues.offer(&self.praise, None, Urgency::Praise);
        }
        cues.rep_ended();
        let report = &mut self.report;
        self.feedback.ended_rep = Some(report.reps.len());
        report.reps.push(rep);
        let complete = || report.reps.iter().filter(|rep| rep.complete);
        report.count = complete().count() as u32;
        report.partial = report.reps.len() as u32 - report.count;
        let sum: f64 = complete().map(|rep| rep.score).sum();
        report.score = (report.count > 0).then(|| score::round(sum / f64::from(report.count)));
    }

    fn tell(&mut self, seen: &Seen) {
        let feedback = &mut self.feedback;
        feedback.sight = seen.sight;
        if let Some((signal, machine)) = &self.counting {
            let turned_back = self.exercise.signal.map_or(1.0, |signal| signal.direction());
            feedback.phase = machine.phase();
            feedback.progress =
                seen.signal.map_or(feedback.progress, |value| signal.progress(value).max(0.0));
            let is_angle = signal.measure.unit() == Unit::Angle;
            feedback.angle_rad = seen.signal.filter(|_| is_angle).map(|value| value * turned_back);
        }
        feedback.count = self.report.count;
        feedback.partial = self.report.partial;
        feedback.score = self.report.score.map(|score| score as f32);
    }
}

/// Do the landmarks come from a picture (and so from one camera, with a view that matters)?
fn from_picture(pose: &Pose) -> bool {
    [LandmarkId::LeftHip, LandmarkId::RightHip]
        .iter()
        .any(|&hip| pose.image[hip].position != glam::Vec3::ZERO)
}
