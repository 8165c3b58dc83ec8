//! What the tests of this crate share.

// Each test program uses a part of this.
#![allow(dead_code)]

use baro_vision::{
    Complexity, Frame, ModelStore, Smoothing, Source, SourceError, Tracker, TrackerOptions, find_onnxruntime,
};
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A recording of the shared test data; none, said aloud, where it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = root().join("../shared/data").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {} is not there", file.display());
    None
}

/// The project's models and the library; none, said aloud, where the library is not installed.
pub fn models() -> Option<ModelStore> {
    match find_onnxruntime() {
        Ok(library) => Some(ModelStore::open(&root().join("models"), &library).unwrap()),
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}

pub fn tracker(complexity: Complexity, smoothing: Smoothing) -> Option<Tracker> {
    let options = TrackerOptions { complexity, threads: 2, smoothing };
    Some(Tracker::new(&models()?, options).unwrap())
}

/// Runs ffmpeg to make a file.
pub fn ffmpeg(arguments: &[&str], file: &Path) {
    let output = Command::new("ffmpeg")
        .args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"])
        .args(arguments)
        .arg(file)
        .output()
        .expect("ffmpeg starts; `cargo xtask test` installs it");
    assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
}

/// Everything that a source gives, and how it ended.
pub fn read_all(source: &mut dyn Source) -> (Vec<Frame>, Result<(), SourceError>) {
    let mut frames = Vec::new();
    loop {
        let mut frame = Frame::default();
        match source.read(&mut frame) {
            Ok(true) => frames.push(frame),
            Ok(false) => return (frames, Ok(())),
            Err(error) => return (frames, Err(error)),
        }
    }
}

/// The colour in the middle of a part of the picture (fractions of its width and height).
pub fn color_at(frame: &Frame, x: f64, y: f64) -> [u8; 3] {
    let (x, y) = ((x * f64::from(frame.width)) as usize, (y * f64::from(frame.height)) as usize);
    let at = (y * frame.width as usize + x) * 3;
    [frame.rgb[at], frame.rgb[at + 1], frame.rgb[at + 2]]
}

pub fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 40)
}

pub const RED: [u8; 3] = [255, 0, 0];
pub const BLUE: [u8; 3] = [0, 0, 255];

/// The lite model's file.
pub const LITE: &str = "pose_landmark_lite.fp16w.onnx";

/// A models folder with the manifest, the detector and the lite model.
pub fn small_store(dir: &Path) -> Option<ModelStore> {
    for file in ["manifest.json", "pose_detection.fp16w.onnx", LITE] {
        std::fs::copy(root().join("models").join(file), dir.join(file)).unwrap();
    }
    match find_onnxruntime() {
        Ok(library) => Some(ModelStore::open(dir, &library).unwrap()),
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}
