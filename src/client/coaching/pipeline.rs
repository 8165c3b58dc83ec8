//! The coaching thread: look, coach, record; then the newest state for the window.
//!
//! It never waits for the window: state goes through a slot of one, events through a bounded queue that drops when
//! the window is far behind. A slow picture therefore never costs a scored frame.

use super::{
    eye::{Eye, EyeSetup, Look},
    live::{Event, Failure, FailureKind, Slot, Status},
    set::{Set, SetSpec},
};
use baro_coach::{
    Feedback,
    gesture::RaisedHand,
    setup::{Guide, SetUp},
};
use baro_motion::Pose;
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError},
    },
    time::Duration,
};

/// How often commands are looked at while there is nothing to see.
const IDLE: Duration = Duration::from_millis(30);

/// What the window asks of the thread.
pub enum Command {
    /// Begin this set, the window's `n`th; one under way is finished first.
    Begin(u32, Box<SetSpec>),
    /// Only look, at this clip where there is no camera; a set under way is finished first.
    Watch(PathBuf),
    /// Guide the person to where this exercise can be seen, the window's `n`th wish; a set under way is finished first.
    SetUp(u32, Box<SetSpec>),
    /// The set under way is enough after so many repetitions.
    Enough(u32),
    /// Look for a QR code, or no more.
    ReadCode(bool),
    /// Stop scoring, keep everything.
    Pause,
    /// Go on.
    Resume,
    /// End the set and show its result.
    Finish,
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

/// Opens the eye and obeys until the window is closed or there is nothing more to see.
pub fn run(setup: &EyeSetup, demo: &Path, links: &Links) {
    match Eye::open(setup, demo) {
        Ok(eye) => {
            let hand = RaisedHand::new(None);
            Pipeline { links, eye, work: Work::Idle, hand, paused: false, frames: 0 }.run(demo);
        }
        Err(failure) => links.slot.publish(|live| live.status = Status::Failed(failure)),
    }
}

/// What the eye is used for.
enum Work {
    /// Nothing: the file is over.
    Idle,
    /// Only looking; a clip that ends begins again.
    Watching(PathBuf),
    /// Guiding the person; a clip that ends begins again.
    SettingUp(Box<SetUp>, PathBuf),
    Coaching(Box<Set>),
}

struct Pipeline<'a> {
    links: &'a Links,
    eye: Eye,
    work: Work,
    hand: RaisedHand,
    paused: bool,
    frames: u64,
}

/// The thread is over.
struct Closed;

impl Pipeline<'_> {
    fn run(mut self, demo: &Path) {
        self.introduce();
        self.work = Work::Watching(demo.into());
        self.show(Status::Watching);
        loop {
            let still = self.paused || matches!(self.work, Work::Idle);
            if self.obey(still).is_err() {
                return;
            }
            if !self.paused && !matches!(self.work, Work::Idle) && self.look().is_err() {
                return;
            }
        }
    }

    /// Tells the window what it looks through.
    fn introduce(&self) {
        self.links.slot.publish(|live| {
            live.source = Some(self.eye.note.clone());
            live.mirror = self.eye.live;
        });
    }

    fn show(&self, status: Status) {
        self.links.slot.publish(|live| live.status = status);
    }

    /// Takes the window's next command; waits for it while there is nothing to look at.
    fn obey(&mut self, wait: bool) -> Result<(), Closed> {
        let commands = &self.links.commands;
        let command = if wait {
            commands.recv_timeout(IDLE).map_err(|error| match error {
                RecvTimeoutError::Timeout => TryRecvError::Empty,
                RecvTimeoutError::Disconnected => TryRecvError::Disconnected,
            })
        } else {
            commands.try_recv()
        };
        match command {
            Ok(Command::Begin(number, spec)) => return self.begin(number, *spec),
            Ok(Command::Watch(demo)) => return self.watch(demo),
            Ok(Command::SetUp(number, spec)) => return self.set_up(number, &spec),
            Ok(Command::Enough(reps)) => {
                if let Work::Coaching(set) = &mut self.work {
                    set.enough_after(reps);
                }
            }
            Ok(Command::ReadCode(wanted)) => self.eye.look_for_code(wanted),
            Ok(Command::Pause) => self.set_paused(true),
            Ok(Command::Resume) => self.set_paused(false),
            Ok(Command::Finish) => self.end_set(),
            Err(TryRecvError::Disconnected) => {
                self.end_set();
                return Err(Closed);
            }
            Err(TryRecvError::Empty) => {}
        }
        Ok(())
    }

    fn begin(&mut self, number: u32, spec: SetSpec) -> Result<(), Closed> {
        self.end_set();
        self.rewind(&spec.demo)?;
        self.frames = 0;
        self.hand = RaisedHand::new(Some(&spec.exercise.exercise));
        self.work = Work::Coaching(Box::new(Set::begin(spec, &self.eye)));
        self.links.slot.publish(|live| {
            live.set = number;
            live.status = Status::Starting;
            live.feedback = Feedback::default();
            (live.clock_s, live.phase_s, live.last_rep) = (None, 0.0, None);
            live.frames = 0;
        });
        Ok(())
    }

    fn set_up(&mut self, number: u32, spec: &SetSpec) -> Result<(), Closed> {
        self.end_set();
        self.rewind(&spec.demo)?;
        self.eye.look_round(true);
        let guide = SetUp::new(&spec.exercise.exercise, spec.side);
        self.work = Work::SettingUp(Box::new(guide), spec.demo.clone());
        self.links.slot.publish(|live| {
            live.set = number;
            live.status = Status::Watching;
            live.guide = Guide::default();
        });
        Ok(())
    }

    fn watch(&mut self, demo: PathBuf) -> Result<(), Closed> {
        self.end_set();
        self.rewind(&demo)?;
        self.work = Work::Watching(demo);
        self.show(Status::Watching);
        Ok(())
    }

    fn rewind(&mut self, demo: &Path) -> Result<(), Closed> {
        self.set_paused(false);
        self.hand = RaisedHand::new(None);
        match self.eye.rewind(demo) {
            Ok(()) => self.introduce(),
            Err(failure) => {
                self.show(Status::Failed(failure));
                return Err(Closed);
            }
        }
        Ok(())
    }

    fn set_paused(&mut self, paused: bool) {
        if self.paused == paused {
            return;
        }
        self.paused = paused;
        if paused {
            self.eye.pause();
        } else {
            self.eye.resume();
        }
        if let Work::Coaching(set) = &mut self.work {
            set.pause(paused);
            self.show(if paused { Status::Paused } else { Status::Running });
        }
    }

    /// Ends the set under way and shows its result. A camera goes on looking, a file stands still.
    fn end_set(&mut self) {
        self.set_paused(false);
        self.eye.look_round(false);
        let next = if self.eye.live { Work::Watching(PathBuf::new()) } else { Work::Idle };
        if let Work::Coaching(set) = std::mem::replace(&mut self.work, next) {
            self.show(Status::Ended(set.finish()));
        }
    }

    fn look(&mut self) -> Result<(), Closed> {
        match self.eye.look() {
            Look::Frame(frame_s, pose, code) => {
                if let Some(code) = code {
                    self.tell(Event::Code(code));
                }
                self.frame(frame_s, pose);
            }
            Look::Nothing => {}
            Look::CameraLost => self.camera(false),
            Look::CameraBack => self.camera(true),
            Look::Over => match &self.work {
                Work::Watching(demo) | Work::SettingUp(_, demo) => {
                    let demo = demo.clone();
                    self.rewind(&demo)?;
                    if let Work::SettingUp(..) = self.work {
                        self.eye.look_round(true);
                    }
                }
                _ => self.end_set(),
            },
            Look::Failed(kind, detail) => return Err(self.give_up(kind, detail)),
        }
        Ok(())
    }

    fn frame(&mut self, frame_s: f64, pose: Option<Pose>) {
        self.frames += 1;
        let (frames, fps, dropped) = (self.frames, self.eye.tick(), self.eye.dropped());
        self.hands(frame_s, pose.as_ref());
        match &mut self.work {
            Work::Coaching(_) => self.coach(frame_s, pose),
            Work::SettingUp(set_up, _) => {
                let guide = set_up.step(frame_s, pose.as_ref(), &self.eye.around);
                self.links.slot.publish(|live| live.guide.clone_from(guide));
                if let Some(cue) = guide.cue.clone() {
                    self.tell(Event::Cue(cue));
                }
            }
            Work::Watching(_) | Work::Idle => {}
        }
        self.links.slot.publish(|live| {
            live.pose = pose;
            live.frames = frames;
            live.dropped = dropped;
            live.fps = fps;
        });
        self.links.slot.publish_preview(&mut self.eye.preview);
        if matches!(&self.work, Work::Coaching(set) if set.is_over()) {
            self.end_set();
        }
    }

    /// Raised hands choose; those in a demo clip don't.
    fn hands(&mut self, frame_s: f64, pose: Option<&Pose>) {
        if !self.eye.live {
            return;
        }
        let hands = self.hand.step(frame_s, pose.map(|pose| &pose.world));
        self.links.slot.publish(|live| live.hands = hands);
        if let Some(number) = hands.count {
            self.tell(Event::HandCount(number));
        }
        if let Some(side) = hands.chosen {
            self.tell(Event::Hand(side));
        }
    }

    fn coach(&mut self, frame_s: f64, pose: Option<Pose>) {
        let Work::Coaching(set) = &mut self.work else { return };
        let events = set.frame(frame_s, pose);
        self.links.slot.publish(|live| {
            live.status = Status::Running;
            live.feedback.clone_from(set.feedback());
            live.not_saved = set.not_saved().cloned();
            (live.clock_s, live.phase_s) = (set.clock_s(), set.phase_s());
            if set.feedback().ended_rep.is_some() {
                live.last_rep = set.last_rep().cloned();
            }
        });
        for event in events {
            self.tell(event);
        }
    }

    fn tell(&self, event: Event) {
        // Full: the window is far behind, and a late cue is a wrong cue. Count and result travel in the slot.
        let _ = self.links.events.try_send(event);
    }

    fn camera(&mut self, present: bool) {
        let status = match &mut self.work {
            Work::Coaching(set) => {
                set.camera(present);
                Status::Running
            }
            _ => Status::Watching,
        };
        self.links.slot.publish(|live| {
            live.status = if present { status } else { Status::CameraLost };
            live.pose = None;
        });
    }

    /// There is nothing more to see: the set is closed, and the person reads why.
    fn give_up(&mut self, kind: FailureKind, detail: String) -> Closed {
        let outcome = match std::mem::replace(&mut self.work, Work::Idle) {
            Work::Coaching(set) => Some(set.finish()).filter(|outcome| !outcome.report.reps.is_empty()),
            _ => None,
        };
        self.show(Status::Failed(Failure { kind, detail: detail.into(), outcome }));
        Closed
    }
}
