//! Whatever holds a person's movement, read into frames: videos, pictures, marker files, joint angles, landmarks, records.

use crate::{output::progress_bar, paths::shipped};
use anyhow::Context as _;
use baro_coach::{reference::Sensor, safety::SafetyNote};
use baro_motion::PoseFrame;
use baro_record::{Header, MovementFile, Recording, is_by_markers};
use baro_vision::{
    Complexity, Frame, ModelStore, PoseEstimator, Smoothing, Source, SourceError, SourceInfo, SourceSpec,
    Tracker, TrackerOptions, find_onnxruntime,
};
use std::path::Path;

/// How pictures are looked at; has no effect on files without pictures.
#[derive(clap::Args, Clone)]
pub struct Pictures {
    /// Pose model: `lite` is fastest, `heavy` the most exact.
    #[arg(long, default_value = "full")]
    pub model: Complexity,
    /// Pictures a second of a folder of pictures [default: 30]; a video is read as if it had this rate.
    #[arg(long, value_name = "RATE", value_parser = rate)]
    pub fps: Option<f64>,
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 =
        text.parse().map_err(|_| format!("`{text}` is no rate; write pictures a second, as in 30"))?;
    if (0.1..=1000.0).contains(&rate) { Ok(rate) } else { Err("write a rate from 0.1 to 1000".into()) }
}

impl Pictures {
    /// Opens a video, a picture or a folder of them.
    pub fn open(&self, input: &Path) -> anyhow::Result<Box<dyn Source>> {
        let source = baro_vision::open(&SourceSpec::from_path(input, self.fps))?;
        Ok(match self.fps {
            Some(fps) => Box::new(AtRate { source, fps, frames: 0 }),
            None => source,
        })
    }

    /// Loads the pose model.
    pub fn tracker(&self, threads: usize, smoothing: Smoothing) -> anyhow::Result<Tracker> {
        let models = ModelStore::open(&shipped("models"), &find_onnxruntime()?)?;
        Ok(Tracker::new(&models, TrackerOptions { complexity: self.model, threads, smoothing })?)
    }
}

/// Pictures that come at a given rate, whatever their own times say.
struct AtRate {
    source: Box<dyn Source>,
    fps: f64,
    frames: u64,
}

impl Source for AtRate {
    fn info(&self) -> &SourceInfo {
        self.source.info()
    }

    fn read(&mut self, frame: &mut Frame) -> Result<bool, SourceError> {
        let more = self.source.read(frame)?;
        frame.time_s = self.frames as f64 / self.fps;
        self.frames += 1;
        Ok(more)
    }
}

/// A person's movement.
pub struct Movement {
    /// In order of time.
    pub frames: Vec<PoseFrame>,
    /// By what the body was measured.
    pub sensor: Sensor,
    /// What a recorded session says was done.
    pub done: Option<Header>,
    /// What it holds about pain, effort and health.
    pub safety: Vec<SafetyNote>,
}

/// Reads the movement in a video, a picture, a folder of pictures, or a file of markers (`.trc`), joint angles (`.mot`, `.sto`),
/// landmarks (`.jsonl`) or a recorded session (`.baro`).
pub fn read_recording(input: &Path, pictures: &Pictures) -> anyhow::Result<Movement> {
    match MovementFile::of(input) {
        Some(MovementFile::Baro) => {
            let recording = Recording::read(input)?;
            let frames = recording.frames().copied().collect();
            let safety = recording.safety().cloned().collect();
            Ok(Movement { frames, sensor: recording.header.sensor, done: Some(recording.header), safety })
        }
        Some(kind) => {
            let frames = kind.read(input).with_context(|| format!("can't use {}", input.display()))?;
            let sensor = if is_by_markers(input) { Sensor::Markers } else { Sensor::Camera };
            Ok(Movement { frames, sensor, done: None, safety: Vec::new() })
        }
        None => Ok(Movement {
            frames: track(input, pictures)?,
            sensor: Sensor::Camera,
            done: None,
            safety: Vec::new(),
        }),
    }
}

/// Looks at every picture of a source.
fn track(input: &Path, pictures: &Pictures) -> anyhow::Result<Vec<PoseFrame>> {
    // Before the model is loaded: a wrong file name should be told at once.
    let mut source = pictures.open(input)?;
    let TrackerOptions { threads, smoothing, .. } = TrackerOptions::default();
    let mut tracker = pictures.tracker(threads, smoothing)?;
    let progress = progress_bar(source.info().frames);
    let (mut picture, mut frames) = (Frame::default(), Vec::new());
    while source.read(&mut picture)? {
        let pose = tracker.estimate(&picture)?;
        frames.push(PoseFrame { time_s: picture.time_s, pose });
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(frames)
}
