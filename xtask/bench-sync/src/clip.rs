//! The landmarks of a clip, as the product's own tracker finds them.

use anyhow::{Result, bail};
use baro_motion::PoseFrame;
use baro_vision::{
    Capture, CaptureEvent, Complexity, ModelStore, Pacing, PoseEstimator as _, Smoothing, SourceSpec,
    Tracker, TrackerOptions, find_onnxruntime, open,
};
use std::{path::Path, time::Duration};

const PATIENCE: Duration = Duration::from_secs(60);

pub fn tracked(clip: &Path, models: &Path) -> Result<Vec<PoseFrame>> {
    let models = ModelStore::open(models, &find_onnxruntime()?)?;
    let options = TrackerOptions { complexity: Complexity::Full, threads: 2, smoothing: Smoothing::On };
    let mut tracker = Tracker::new(&models, options)?;
    let mut capture = Capture::spawn(open(&SourceSpec::from_path(clip, None))?, Pacing::EveryFrame)?;
    let mut frames = Vec::new();
    loop {
        match capture.next(PATIENCE) {
            CaptureEvent::Frame(frame) => {
                frames.push(PoseFrame { time_s: frame.time_s, pose: tracker.estimate(frame)? });
            }
            CaptureEvent::Ended => return Ok(frames),
            other => bail!("{}: {other:?}", clip.display()),
        }
    }
}
