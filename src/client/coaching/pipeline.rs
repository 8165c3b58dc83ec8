//! The coaching thread: frame, pose, coach, record; then the newest state for the window.
//!
//! It never waits for the window: state goes through a slot of one, events through a bounded queue that drops when
//! the window is far behind. A slow picture therefore never costs a scored frame.

use super::{
    live::{Event, Failure, FailureKind, Outcome, Slot, Status},
    record::{self, Keeper},
};
use crate::{
    capture::{self, Preview, SourceChoice},
    coaching::ExerciseFile,
};
use baro_coach::{Coach, SideChoice, plan::Dose};
use baro_motion::PoseFrame;
use baro_vision::{Capture, CaptureEvent, ModelError, Pacing, PoseEstimator};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError},
    },
    time::{Duration, Instant},
};

/// How long to wait for a frame before commands are looked at again.
const FRAME_WAIT: Duration = Duration::from_millis(30);
/// Frames in a row that the model may fail on before the session is given up.
const MAX_FAILURES: u32 = 30;
/// A gap in the frames' times after a pause longer than this is left out of the session's time, seconds.
const GAP_S: f64 = 0.1;

/// What the window asks of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Stop scoring, keep everything.
    Pause,
    /// Go on.
    Resume,
    /// End the set and show its result.
    Finish,
}

/// What finds the body, ready to run.
pub struct LoadedEstimator {
    /// The estimator.
    pub estimator: Box<dyn PoseEstimator>,
    /// The model's name, for the record.
    pub model: String,
    /// SHA-256 of the model's file in hexadecimal, for the record.
    pub model_sha256: String,
}

/// Makes the estimator on the coaching thread; called once for each set.
pub type EstimatorFactory = Arc<dyn Fn() -> Result<LoadedEstimator, ModelError> + Send + Sync>;

/// What a set needs.
#[derive(Clone)]
pub struct Setup {
    /// The exercise.
    pub exercise: ExerciseFile,
    /// Which side is trained.
    pub side: SideChoice,
    /// What today's plan asks of the set other than the exercise file says.
    pub dose: Dose,
    /// Which source.
    pub source: SourceChoice,
    /// The demo clip of this exercise.
    pub demo: PathBuf,
    /// Makes the estimator.
    pub estimator: EstimatorFactory,
    /// Where records are kept.
    pub records_dir: PathBuf,
    /// Show files at their own speed. Without, they are coached as fast as they can be read.
    pub paced: bool,
}

/// The other ends of what the window holds.
pub struct Links {
    /// From the window; closed when the window is.
    pub commands: Receiver<Command>,
    /// To the window.
    pub events: SyncSender<Event>,
    /// To the window.
    pub slot: Arc<Slot>,
}

/// Runs a set from its first frame to its result.
pub fn run(setup: &Setup, links: &Links) {
    let status = match Pipeline::open(setup, links) {
        Ok(pipeline) => pipeline.coach_until_over(),
        Err(failure) => Status::Failed(failure),
    };
    links.slot.publish(|live| live.status = status);
}

fn failure(kind: FailureKind, detail: impl ToString) -> Failure {
    Failure { kind, detail: detail.to_string().into(), outcome: None }
}

/// Why the loop ended.
enum End {
    Over,
    Failed(FailureKind, String),
}

struct Pipeline<'a> {
    links: &'a Links,
    capture: Capture,
    live_source: bool,
    paced: bool,
    estimator: Box<dyn PoseEstimator>,
    coach: Coach,
    keeper: Keeper,
    preview: Preview,
    clock: SessionClock,
    pace: Pace,
    rate: Rate,
    paused: bool,
    failures: u32,
    frames: u64,
}

impl<'a> Pipeline<'a> {
    fn open(setup: &Setup, links: &'a Links) -> Result<Self, Failure> {
        let opened =
            capture::open(&setup.source, &setup.demo).map_err(|e| failure(FailureKind::Source, e))?;
        let live_source = opened.source.info().live;
        links.slot.publish(|live| {
            live.source = Some(opened.note.clone());
            live.mirror = live_source;
        });
        let loaded = (setup.estimator)().map_err(|e| failure(FailureKind::Model, e))?;
        // A file is not shortened by a slow machine: it is paced here, and no frame of it goes unscored.
        let capture = Capture::spawn(opened.source, Pacing::EveryFrame)
            .map_err(|e| failure(FailureKind::Program, e))?;
        let header = record::header(setup, &opened.note, loaded.model, loaded.model_sha256);
        let keeper = Keeper::create(&setup.records_dir, &setup.exercise.exercise.id, header);
        Ok(Self {
            links,
            capture,
            live_source,
            paced: setup.paced && !live_source,
            estimator: loaded.estimator,
            coach: Coach::new(setup.exercise.exercise.clone(), setup.side).for_dose(setup.dose),
            keeper,
            preview: Preview::default(),
            clock: SessionClock::default(),
            pace: Pace::default(),
            rate: Rate::default(),
            paused: false,
            failures: 0,
            frames: 0,
        })
    }

    fn coach_until_over(mut self) -> Status {
        let end = loop {
            if let Some(end) = self.obey() {
                break end;
            }
            if self.paused {
                continue;
            }
            if let Some(end) = self.next_frame() {
                break end;
            }
        };
        let outcome = self.finish();
        match end {
            End::Over => Status::Ended(outcome),
            End::Failed(kind, detail) => Status::Failed(Failure {
                kind,
                detail: detail.into(),
                outcome: (!outcome.report.reps.is_empty()).then_some(outcome),
            }),
        }
    }

    /// Takes the window's commands; waits for one while paused.
    fn obey(&mut self) -> Option<End> {
        let command = if self.paused {
            self.links.commands.recv_timeout(FRAME_WAIT).map_err(|error| match error {
                RecvTimeoutError::Timeout => TryRecvError::Empty,
                RecvTimeoutError::Disconnected => TryRecvError::Disconnected,
            })
        } else {
            self.links.commands.try_recv()
        };
        match command {
            Ok(Command::Pause) => self.set_paused(true),
            Ok(Command::Resume) => self.set_paused(false),
            Ok(Command::Finish) | Err(TryRecvError::Disconnected) => return Some(End::Over),
            Err(TryRecvError::Empty) => {}
        }
        None
    }

    fn set_paused(&mut self, paused: bool) {
        if self.paused == paused {
            return;
        }
        self.paused = paused;
        let time_s = self.clock.last_s;
        if paused {
            self.capture.pause();
            self.keeper.event(baro_record::Event::Paused { time_s });
        } else {
            self.capture.resume();
            self.clock.close_gap();
            self.pace = Pace::default();
            self.keeper.event(baro_record::Event::Resumed { time_s });
        }
        self.links.slot.publish(|live| live.status = if paused { Status::Paused } else { Status::Running });
    }

    /// Waits for a frame for a moment and coaches it.
    fn next_frame(&mut self) -> Option<End> {
        match self.capture.next(FRAME_WAIT) {
            CaptureEvent::Frame(frame) => {
                let frame_s = frame.time_s;
                self.preview.set(frame, self.live_source);
                let pose = match self.estimator.estimate(frame) {
                    Ok(pose) => {
                        self.failures = 0;
                        pose
                    }
                    Err(error) => {
                        self.failures += 1;
                        if self.failures >= MAX_FAILURES {
                            return Some(End::Failed(FailureKind::Model, error.to_string()));
                        }
                        None
                    }
                };
                let frame = PoseFrame { time_s: self.clock.session_s(frame_s), pose };
                if self.paced {
                    std::thread::sleep(self.pace.ahead(frame_s));
                }
                self.coach_frame(&frame);
                None
            }
            CaptureEvent::CameraLost(_) => {
                self.camera(false);
                None
            }
            CaptureEvent::CameraBack => {
                self.camera(true);
                None
            }
            CaptureEvent::TimedOut => None,
            CaptureEvent::Ended => Some(End::Over),
            // A clip that breaks off is scored as far as it goes; the person reads why it ended.
            CaptureEvent::Failed(error) => Some(End::Failed(FailureKind::Source, error.to_string())),
        }
    }

    fn coach_frame(&mut self, frame: &PoseFrame) {
        self.keeper.frame(frame);
        let feedback = self.coach.step(frame);
        // The number is said first, then what to change.
        let events = [
            feedback.ended_rep.map(|_| Event::RepEnded { complete: false, count: feedback.count }),
            feedback.cue.clone().map(Event::Cue),
        ];
        self.frames += 1;
        let fps = self.rate.tick(Instant::now());
        let dropped = self.capture.dropped();
        self.links.slot.publish(|live| {
            live.status = Status::Running;
            live.feedback.clone_from(feedback);
            live.pose = frame.pose;
            live.frames = self.frames;
            live.dropped = dropped;
            live.fps = fps;
            live.not_saved.clone_from(&self.keeper.not_saved);
        });
        let ended = feedback.ended_rep;
        for event in events.into_iter().flatten() {
            self.tell(event, ended, frame.time_s);
        }
        self.links.slot.publish_preview(&mut self.preview);
    }

    /// Records an event and tells the window.
    fn tell(&mut self, event: Event, ended_rep: Option<usize>, time_s: f64) {
        let event = match event {
            Event::Cue(id) => {
                self.keeper.event(baro_record::Event::Cue { time_s, id: id.to_string() });
                Event::Cue(id)
            }
            Event::RepEnded { count, .. } => {
                let report = self.coach.report();
                self.keeper.rep_ended(time_s, report);
                let complete = ended_rep.and_then(|i| report.reps.get(i)).is_some_and(|rep| rep.complete);
                Event::RepEnded { complete, count }
            }
        };
        // Full: the window is far behind, and a late cue is a wrong cue. Count and result travel in the slot.
        let _ = self.links.events.try_send(event);
    }

    fn camera(&mut self, present: bool) {
        self.keeper.event(baro_record::Event::Camera { time_s: self.clock.last_s, present });
        if present {
            self.estimator.reset();
        }
        self.links.slot.publish(|live| {
            live.status = if present { Status::Running } else { Status::CameraLost };
            live.pose = None;
        });
    }

    fn finish(self) -> Outcome {
        let Self { mut coach, keeper, capture, .. } = self;
        drop(capture);
        let report = Arc::new(coach.finish().clone());
        Outcome { saved: keeper.finish(&report), report }
    }
}

/// The session's time: the frames' own, without the pauses.
#[derive(Default)]
struct SessionClock {
    offset_s: f64,
    last_s: f64,
    last_frame_s: Option<f64>,
    resumed: bool,
}

impl SessionClock {
    /// The next frame follows a pause, whose length is left out.
    const fn close_gap(&mut self) {
        self.resumed = true;
    }

    fn session_s(&mut self, frame_s: f64) -> f64 {
        if std::mem::take(&mut self.resumed)
            && let Some(last) = self.last_frame_s
            && frame_s - last > GAP_S
        {
            self.offset_s += frame_s - last - GAP_S;
        }
        self.last_frame_s = Some(frame_s);
        self.last_s = frame_s - self.offset_s;
        self.last_s
    }
}

/// Shows a file at its own speed; a slow machine shows it slower.
#[derive(Default)]
struct Pace {
    start: Option<(Instant, f64)>,
}

impl Pace {
    /// How long this frame has to wait.
    fn ahead(&mut self, frame_s: f64) -> Duration {
        let now = Instant::now();
        let (began, first_s) = *self.start.get_or_insert((now, frame_s));
        let due = Duration::try_from_secs_f64(frame_s - first_s).unwrap_or_default();
        let ahead = (began + due).saturating_duration_since(now);
        if now > began + due + Duration::from_millis(200) {
            self.start = Some((now, frame_s)); // don't hurry after a slow stretch
        }
        ahead.min(Duration::from_secs(1))
    }
}

/// Frames in each second, smoothed.
#[derive(Default)]
struct Rate {
    last: Option<Instant>,
    fps: f32,
}

impl Rate {
    fn tick(&mut self, now: Instant) -> f32 {
        if let Some(last) = self.last.replace(now) {
            let fps = 1.0 / (now - last).as_secs_f32().max(1e-3);
            self.fps += (fps - self.fps) * if self.fps == 0.0 { 1.0 } else { 0.1 };
        }
        self.fps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_left_out_of_the_sessions_time() {
        let mut clock = SessionClock::default();
        assert_eq!(clock.session_s(1.0), 1.0);
        assert_eq!(clock.session_s(1.5), 1.5); // a slow camera is no pause
        clock.close_gap();
        let after = clock.session_s(61.5);
        assert!((after - 1.6).abs() < 1e-9, "{after}");
        assert!((clock.session_s(61.53) - 1.63).abs() < 1e-9);
        clock.close_gap();
        assert!((clock.session_s(61.56) - 1.66).abs() < 1e-9); // a file stood still meanwhile
    }

    #[test]
    fn a_file_waits_for_its_time_and_never_for_long() {
        let mut pace = Pace::default();
        assert!(pace.ahead(5.0) < Duration::from_millis(1));
        let wait = pace.ahead(5.2);
        assert!(wait > Duration::from_millis(150) && wait <= Duration::from_millis(200), "{wait:?}");
        assert_eq!(pace.ahead(1e9), Duration::from_secs(1));
        assert_eq!(pace.ahead(f64::NAN), Duration::ZERO);
    }
}
