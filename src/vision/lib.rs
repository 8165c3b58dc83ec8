//! Pictures in, poses out: cameras, videos and images behind one trait, and the tracker that finds the body.
//!
//! The usual order: [`open`] a source, put it behind a [`Capture`], build a [`Tracker`] from a [`ModelStore`],
//! and hand every frame to [`PoseEstimator::estimate`].

mod capture;
mod code;
mod estimator;
mod frame;
mod light;
mod models;
mod source;
mod tracker;

pub use capture::{Capture, CaptureEvent, Pacing};
pub use code::read_code;
pub use estimator::{EstimateError, PoseEstimator, RecordedPoses};
pub use frame::Frame;
pub use light::light;
pub use models::{Complexity, ModelError, ModelStore, find_onnxruntime};
pub use source::{
    CameraFormat, CameraInfo, CameraRequest, PixelFormat, Source, SourceError, SourceInfo, SourceSpec,
    convert, list_cameras, open,
};
pub use tracker::{Smoothing, StageTimings, Tracker, TrackerOptions};
