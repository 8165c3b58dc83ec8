//! One set: what is done in it, when it is enough, and its record.

use super::{
    ExerciseFile,
    eye::Eye,
    live::{Event, Outcome},
    record::{self, Keeper},
};
use baro_coach::{Coach, Feedback, FunctionalTest, Kind, Rep, SideChoice, plan::Dose};
use baro_motion::{Pose, PoseFrame};
use std::{path::PathBuf, sync::Arc};

/// A gap in the frames' times after a pause longer than this is left out of the set's time, seconds.
const GAP_S: f64 = 0.1;
/// After the last repetition there is time for what the coach says about it, seconds.
const CLOSING_S: f64 = 1.2;

/// What to do in a set.
#[derive(Clone)]
pub struct SetSpec {
    /// The exercise.
    pub exercise: ExerciseFile,
    /// Which side is trained.
    pub side: SideChoice,
    /// What today's plan asks of the set other than the exercise file says.
    pub dose: Dose,
    /// The set ends by itself after so many complete repetitions or holds, a functional test with its result, a pace when its
    /// minutes are over; `None`: only when the person ends it, or the file is over.
    pub reps: Option<u32>,
    /// The demo clip of this exercise, for machines without a camera.
    pub demo: PathBuf,
    /// Where its record is kept; `None`: nowhere, as the person wishes.
    pub records_dir: Option<PathBuf>,
}

/// A set under way.
pub struct Set {
    spec: SetSpec,
    coach: Coach,
    keeper: Keeper,
    clock: SetClock,
    feedback: Feedback,
    /// When the first movement began, and the phase under way.
    moving_s: Option<f64>,
    phase_since_s: f64,
    /// When it became enough.
    enough_s: Option<f64>,
}

impl Set {
    /// Begins a set and its record.
    pub fn begin(spec: SetSpec, eye: &Eye) -> Self {
        let (model, model_sha256) = eye.model();
        let header = record::header(&spec, &eye.note, model, model_sha256);
        let keeper = Keeper::create(spec.records_dir.as_deref(), &spec.exercise.exercise.id, header);
        let coach = Coach::new(spec.exercise.exercise.clone(), spec.side).for_dose(spec.dose);
        Self {
            spec,
            coach,
            keeper,
            clock: SetClock::default(),
            feedback: Feedback::default(),
            moving_s: None,
            phase_since_s: 0.0,
            enough_s: None,
        }
    }

    /// Coaches and records one frame; what must be heard, the number before what to change.
    pub fn frame(&mut self, frame_s: f64, pose: Option<Pose>) -> impl Iterator<Item = Event> + use<> {
        // What is scored is what the record will give back.
        let frame = baro_record::snap(&PoseFrame { time_s: self.clock.set_s(frame_s), pose });
        self.keeper.frame(&frame);
        let before = self.feedback.phase;
        self.feedback.clone_from(self.coach.step(&frame));
        if self.feedback.phase != before {
            self.phase_since_s = frame.time_s;
            self.moving_s = self.moving_s.or(Some(frame.time_s));
        }
        let feedback = &self.feedback;
        let ended = feedback.ended_rep.map(|rep| {
            let report = self.coach.report();
            self.keeper.rep_ended(frame.time_s, report);
            let complete = report.reps.get(rep).is_some_and(|rep| rep.complete);
            Event::RepEnded { complete, count: feedback.count }
        });
        let cue = feedback.cue.clone().map(|id| {
            self.keeper.event(baro_record::Event::Cue { time_s: frame.time_s, id: id.to_string() });
            Event::Cue(id)
        });
        if self.enough_s.is_none() && self.is_enough() {
            self.enough_s = Some(frame.time_s);
        }
        [ended, cue].into_iter().flatten()
    }

    /// What the coach said about the newest frame.
    pub const fn feedback(&self) -> &Feedback {
        &self.feedback
    }

    fn is_enough(&self) -> bool {
        let (Some(reps), report) = (self.spec.reps, self.coach.report()) else { return false };
        let exercise = &self.spec.exercise.exercise;
        match exercise.test {
            Some(FunctionalTest::CountInTime { .. } | FunctionalTest::TimeForCount { .. }) => {
                return report.test.is_some();
            }
            // Each hold is an attempt, however short.
            Some(FunctionalTest::LongestHold { .. }) => return report.reps.len() >= reps as usize,
            None => {}
        }
        match &exercise.kind {
            Kind::Paced(pace) => self.clock.last_s >= 60.0 * self.spec.dose.minutes.unwrap_or(pace.minutes),
            Kind::Reps | Kind::Hold(_) => self.feedback.count >= reps,
        }
    }

    /// How long the set's own clock has been running, seconds; `None` before the first movement or breath.
    pub fn clock_s(&self) -> Option<f64> {
        self.moving_s.map(|moving_s| self.clock.last_s - moving_s)
    }

    /// How long the phase under way has lasted, seconds.
    pub const fn phase_s(&self) -> f64 {
        self.clock.last_s - self.phase_since_s
    }

    /// The repetition that ended last.
    pub fn last_rep(&self) -> Option<&Rep> {
        self.coach.report().reps.last()
    }

    /// Enough was done, and there was time to say so.
    pub fn is_over(&self) -> bool {
        self.enough_s.is_some_and(|enough_s| self.clock.last_s - enough_s >= CLOSING_S)
    }

    /// The set is enough after so many repetitions.
    pub const fn enough_after(&mut self, reps: u32) {
        self.spec.reps = Some(reps);
    }

    /// The camera went away, or is back.
    pub fn camera(&mut self, present: bool) {
        self.keeper.event(baro_record::Event::Camera { time_s: self.clock.last_s, present });
    }

    /// The person stopped for a moment, or goes on; that time is left out.
    pub fn pause(&mut self, paused: bool) {
        let time_s = self.clock.last_s;
        self.keeper.event(if paused {
            baro_record::Event::Paused { time_s }
        } else {
            self.clock.close_gap();
            baro_record::Event::Resumed { time_s }
        });
    }

    /// Why nothing can be saved at the moment.
    pub fn not_saved(&self) -> Option<&Arc<str>> {
        self.keeper.not_saved.as_ref()
    }

    /// Ends the set and closes its record.
    pub fn finish(self) -> Outcome {
        let Self { mut coach, keeper, .. } = self;
        let report = Arc::new(coach.finish().clone());
        Outcome { saved: keeper.finish(&report), report }
    }
}

/// The set's time: the frames' own from the first one on, without the pauses.
#[derive(Default)]
struct SetClock {
    offset_s: f64,
    last_s: f64,
    last_frame_s: Option<f64>,
    resumed: bool,
}

impl SetClock {
    /// The next frame follows a pause, whose length is left out.
    const fn close_gap(&mut self) {
        self.resumed = true;
    }

    fn set_s(&mut self, frame_s: f64) -> f64 {
        match self.last_frame_s {
            None => self.offset_s = frame_s,
            Some(last) if self.resumed && frame_s - last > GAP_S => self.offset_s += frame_s - last - GAP_S,
            Some(_) => {}
        }
        self.resumed = false;
        self.last_frame_s = Some(frame_s);
        self.last_s = frame_s - self.offset_s;
        self.last_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_left_out_of_the_sets_time() {
        let mut clock = SetClock::default();
        assert_eq!(clock.set_s(1.0), 0.0);
        assert_eq!(clock.set_s(1.5), 0.5); // a slow camera is no pause
        clock.close_gap();
        let after = clock.set_s(61.5);
        assert!((after - 0.6).abs() < 1e-9, "{after}");
        assert!((clock.set_s(61.53) - 0.63).abs() < 1e-9);
        clock.close_gap();
        assert!((clock.set_s(61.56) - 0.66).abs() < 1e-9); // a file stood still meanwhile
    }
}
