//! The shared and the bundled videos, read and tracked as the product does.

use anyhow::Result;
use baro_datasets::shared;
use baro_motion::PoseFrame;
use baro_vision::{
    Frame, ModelStore, PoseEstimator, SourceSpec, Tracker, TrackerOptions, find_onnxruntime, open,
};
use std::path::{Path, PathBuf};

/// Every video that there is: its name and file.
pub fn videos() -> Vec<(String, PathBuf)> {
    let of_shared = [
        "pose_squats",
        "pose_1",
        "sports2d_demo",
        "pose2sim/cam01",
        "pose2sim/cam02",
        "pose2sim/cam03",
        "pose2sim/cam04",
    ];
    let of_shared = of_shared
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), shared(&format!("video/{name}.mp4"))?)));
    let demo = |name: &str| (format!("demo {name}"), crate::root().join(format!("assets/demo/{name}.mp4")));
    of_shared.chain(["squat", "shoulder-abduction"].map(demo)).collect()
}

/// The usual tracker; `None`, said aloud, where ONNX Runtime is not installed.
pub fn tracker() -> Result<Option<Tracker>> {
    match find_onnxruntime() {
        Ok(library) => {
            let models = ModelStore::open(&crate::root().join("models"), &library)?;
            Ok(Some(Tracker::new(&models, TrackerOptions::default())?))
        }
        Err(error) => {
            println!("skipped: {error}");
            Ok(None)
        }
    }
}

/// Gives each picture of a video to `look`, in order, at most so many a second.
pub fn watch(video: &Path, most_fps: f64, mut look: impl FnMut(&Frame) -> Result<()>) -> Result<()> {
    let mut source = open(&SourceSpec::Video(video.to_owned()))?;
    let mut frame = Frame::default();
    let mut next_s = f64::NEG_INFINITY;
    while source.read(&mut frame)? {
        // A little early is on time: 30 of 60 are every second one.
        if frame.time_s >= next_s - 1e-3 {
            next_s = frame.time_s + 1.0 / most_fps;
            look(&frame)?;
        }
    }
    Ok(())
}

/// What the tracker sees in a video.
pub fn track(tracker: &mut Tracker, video: &Path) -> Result<Vec<PoseFrame>> {
    tracker.reset();
    let mut seen = Vec::new();
    watch(video, 30.0, |frame| {
        seen.push(PoseFrame { time_s: frame.time_s, pose: tracker.estimate(frame)? });
        Ok(())
    })?;
    Ok(seen)
}
