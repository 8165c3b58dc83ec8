//! What sees: a source, and what finds the body in its frames. It stays open from set to set.

use super::live::{Failure, FailureKind};
use crate::capture::{self, Preview, SourceChoice, SourceNote};
use baro_coach::setup::Surroundings;
use baro_motion::Pose;
use baro_vision::{Capture, CaptureEvent, Frame, ModelError, Pacing, PoseEstimator};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// How long to wait for a frame before commands are looked at again.
const FRAME_WAIT: Duration = Duration::from_millis(30);
/// Frames between two in which a code is looked for.
const CODE_EVERY: u32 = 3;
/// Frames in a row that the model may fail on before it is given up.
const MAX_FAILURES: u32 = 30;

/// What finds the body, ready to run.
pub struct LoadedEstimator {
    /// The estimator.
    pub estimator: Box<dyn PoseEstimator>,
    /// The model's name, for the record.
    pub model: String,
    /// SHA-256 of the model's file in hexadecimal, for the record.
    pub model_sha256: String,
}

/// Makes the estimator on the coaching thread.
pub type EstimatorFactory = Arc<dyn Fn() -> Result<LoadedEstimator, ModelError> + Send + Sync>;

/// What to look through.
#[derive(Clone)]
pub struct EyeSetup {
    /// Which source.
    pub source: SourceChoice,
    /// Makes the estimator.
    pub estimator: EstimatorFactory,
    /// Show files at their own speed. Without, they are coached as fast as they can be read.
    pub paced: bool,
}

/// What one look found.
#[expect(clippy::large_enum_variant, reason = "one on the stack for each frame, and mostly this one")]
pub enum Look {
    /// A frame, at the source's own time in seconds; its picture is [`Eye::preview`]. And the text of the code that is in it, where
    /// one is looked for.
    Frame(f64, Option<Pose>, Option<String>),
    /// Nothing yet.
    Nothing,
    /// The camera went away; it is being looked for.
    CameraLost,
    /// It is back.
    CameraBack,
    /// The file is over.
    Over,
    /// There is nothing more to see, and why.
    Failed(FailureKind, String),
}

/// An open source and a loaded model.
pub struct Eye {
    setup: EyeSetup,
    demo: PathBuf,
    /// Nothing has been seen through it yet.
    fresh: bool,
    capture: Capture,
    /// What the source is.
    pub note: SourceNote,
    /// A camera, which goes on by itself; a file begins again for each set.
    pub live: bool,
    loaded: LoadedEstimator,
    /// The newest picture, small.
    pub preview: Preview,
    pace: Pace,
    rate: Rate,
    failures: u32,
    /// Frames until a code is looked for again; `None` where none is.
    until_code: Option<u32>,
    /// Light and other people are looked at too.
    looks_round: bool,
    /// What they were in the newest frame.
    pub around: Surroundings,
}

impl Eye {
    /// Opens the source and loads the model; `demo` is the clip to show where there is no camera.
    ///
    /// # Errors
    /// Neither opens, or the model can't be used.
    pub fn open(setup: &EyeSetup, demo: &Path) -> Result<Self, Failure> {
        let (capture, note, live) = open_source(setup, demo)?;
        let loaded = (setup.estimator)().map_err(|e| Failure::new(FailureKind::Model, e))?;
        Ok(Self {
            setup: setup.clone(),
            demo: demo.into(),
            fresh: true,
            capture,
            note,
            live,
            loaded,
            preview: Preview::default(),
            pace: Pace::default(),
            rate: Rate::default(),
            failures: 0,
            until_code: None,
            looks_round: false,
            around: Surroundings { aspect: 1.0, light: None, people: None },
        })
    }

    /// Whether light and other people are looked at too. It costs a run of the detector a second.
    pub fn look_round(&mut self, wanted: bool) {
        self.looks_round = wanted;
        self.loaded.estimator.count_people(wanted);
    }

    /// Whether a QR code is looked for. It costs as much as finding the body, so not every frame is looked at.
    pub fn look_for_code(&mut self, wanted: bool) {
        self.until_code = wanted.then_some(0);
    }

    /// Begins a file anew, or the demo of another exercise; a camera just goes on.
    ///
    /// # Errors
    /// The file does not open.
    pub fn rewind(&mut self, demo: &Path) -> Result<(), Failure> {
        if self.live || (self.fresh && self.demo == demo) {
            return Ok(());
        }
        self.demo = demo.into();
        self.fresh = true;
        (self.capture, self.note, self.live) = open_source(&self.setup, demo)?;
        self.loaded.estimator.reset();
        self.pace = Pace::default();
        Ok(())
    }

    /// Name and hash of the model, for the record.
    pub fn model(&self) -> (String, String) {
        (self.loaded.model.clone(), self.loaded.model_sha256.clone())
    }

    /// Waits for a frame for a moment and finds the body in it.
    pub fn look(&mut self) -> Look {
        match self.capture.next(FRAME_WAIT) {
            CaptureEvent::Frame(frame) => {
                self.fresh = false;
                let frame_s = frame.time_s;
                self.preview.set(frame);
                let pose = match self.loaded.estimator.estimate(frame) {
                    Ok(pose) => {
                        self.failures = 0;
                        pose
                    }
                    Err(error) => {
                        self.failures += 1;
                        if self.failures >= MAX_FAILURES {
                            return Look::Failed(FailureKind::Model, error.to_string());
                        }
                        None
                    }
                };
                self.around = Surroundings {
                    aspect: frame.width as f32 / frame.height.max(1) as f32,
                    light: self.looks_round.then(|| baro_vision::light(frame, pose.as_ref())).flatten(),
                    people: self.loaded.estimator.people(),
                };
                let code = code_in(&mut self.until_code, frame);
                if self.setup.paced && !self.live {
                    std::thread::sleep(self.pace.ahead(frame_s));
                }
                Look::Frame(frame_s, pose, code)
            }
            CaptureEvent::CameraLost(_) => Look::CameraLost,
            CaptureEvent::CameraBack => {
                self.loaded.estimator.reset();
                Look::CameraBack
            }
            CaptureEvent::TimedOut => Look::Nothing,
            CaptureEvent::Ended => Look::Over,
            // A clip that breaks off is scored as far as it goes; the person reads why it ended.
            CaptureEvent::Failed(error) => Look::Failed(FailureKind::Source, error.to_string()),
        }
    }

    /// Closes the eye: a file stands still, a camera's frames are dropped.
    pub fn pause(&self) {
        self.capture.pause();
    }

    /// Opens it again.
    pub fn resume(&mut self) {
        self.capture.resume();
        self.pace = Pace::default();
    }

    /// Frames seen in each second, lately; called once for each frame.
    pub fn tick(&mut self) -> f32 {
        self.rate.tick(Instant::now())
    }

    /// Camera frames that were too old by the time the model was free.
    pub fn dropped(&self) -> u64 {
        self.capture.dropped()
    }
}

fn code_in(until: &mut Option<u32>, frame: &Frame) -> Option<String> {
    let left = until.as_mut()?;
    if *left > 0 {
        *left -= 1;
        return None;
    }
    *left = CODE_EVERY;
    baro_vision::read_code(frame)
}

fn open_source(setup: &EyeSetup, demo: &Path) -> Result<(Capture, SourceNote, bool), Failure> {
    let opened = capture::open(&setup.source, demo).map_err(|e| Failure::new(FailureKind::Source, e))?;
    let live = opened.source.info().live;
    // A file is not shortened by a slow machine: it is paced here, and no frame of it goes unscored.
    let capture = Capture::spawn(opened.source, Pacing::EveryFrame)
        .map_err(|e| Failure::new(FailureKind::Program, e))?;
    Ok((capture, opened.note, live))
}

/// Where the demo of an exercise lies.
pub fn demo_clip(assets: &Path, exercise: &str) -> PathBuf {
    assets.join("demo").join(format!("{exercise}.mp4"))
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
    fn a_file_waits_for_its_time_and_never_for_long() {
        let mut pace = Pace::default();
        assert!(pace.ahead(5.0) < Duration::from_millis(1));
        let wait = pace.ahead(5.2);
        assert!(wait > Duration::from_millis(150) && wait <= Duration::from_millis(200), "{wait:?}");
        assert_eq!(pace.ahead(1e9), Duration::from_secs(1));
        assert_eq!(pace.ahead(f64::NAN), Duration::ZERO);
    }
}
