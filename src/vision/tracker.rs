//! The tracker: detector → region → landmarks → next region.
//!
//! The geometry and the filters are those of MediaPipe Pose 0.10.21 (`pose_landmark_cpu`), read out of the graph
//! that its package carries, so that landmarks agree with it. What differs, on purpose: one person is chosen and
//! kept when several are in view; a lost person is looked for in the same frame; filters use real frame times.

mod chooser;
mod counter;
mod crop;
mod detector;
mod filter;
mod landmarks;
mod net;
mod region;

use crate::{Complexity, EstimateError, Frame, ModelError, ModelStore, PoseEstimator};
use baro_motion::Pose;
use chooser::Chooser;
use counter::Counter;
use detector::Detector;
use filter::{AuxiliaryFilter, PoseFilter};
use landmarks::LandmarkNet;
use region::Region;
use std::time::Instant;

/// Whether landmarks are smoothed over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Smoothing {
    /// One-euro filters with MediaPipe's parameters.
    #[default]
    On,
    /// As measured in each frame.
    Off,
}

/// How the tracker is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrackerOptions {
    /// Which landmark model.
    pub complexity: Complexity,
    /// Threads inside one inference: 1, or 2 on a machine with idle cores.
    pub threads: usize,
    /// Whether landmarks are smoothed over time.
    pub smoothing: Smoothing,
}

impl Default for TrackerOptions {
    fn default() -> Self {
        Self { complexity: Complexity::Full, threads: 1, smoothing: Smoothing::On }
    }
}

/// Where the time of the last frame went, in seconds. A stage that did not run is 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StageTimings {
    /// Cropping and scaling the picture, for both models.
    pub preprocess_s: f32,
    /// Running the detector and reading its boxes.
    pub detect_s: f32,
    /// Running the landmark model.
    pub landmark_s: f32,
    /// Reading, projecting and filtering landmarks.
    pub post_s: f32,
}

/// Finds one person and follows them.
#[derive(Debug)]
pub struct Tracker {
    detector: Detector,
    landmarks: LandmarkNet,
    auxiliary: AuxiliaryFilter,
    filter: Option<PoseFilter>,
    /// Where the person is looked for in the next frame.
    next: Option<Region>,
    chooser: Chooser,
    counter: Option<Counter>,
    timings: StageTimings,
}

impl Tracker {
    /// Verifies and loads the models.
    ///
    /// # Errors
    /// A missing, truncated or wrong model; a library that refuses it.
    pub fn new(models: &ModelStore, options: TrackerOptions) -> Result<Self, ModelError> {
        let (path, entry) = models.detector()?;
        let detector = Detector::load(&models.environment, &path, entry, options.threads)?;
        let (path, entry) = models.landmarks(options.complexity)?;
        let landmarks = LandmarkNet::load(&models.environment, &path, entry, options.threads)?;
        Ok(Self {
            detector,
            landmarks,
            auxiliary: AuxiliaryFilter::new(),
            filter: (options.smoothing == Smoothing::On).then(PoseFilter::new),
            next: None,
            chooser: Chooser::new(),
            counter: None,
            timings: StageTimings::default(),
        })
    }

    /// Where the time of the last frame went.
    pub fn timings(&self) -> &StageTimings {
        &self.timings
    }

    /// The person's region by the detector: the one being followed, or the best one if nobody is.
    fn detect(&mut self, frame: &Frame) -> Result<Option<Region>, EstimateError> {
        let began = Instant::now();
        self.detector.fill(frame);
        self.timings.preprocess_s += began.elapsed().as_secs_f32();
        let began = Instant::now();
        let found = self.detector.run(frame)?;
        let chosen = self.chooser.choose(found, frame);
        self.timings.detect_s += began.elapsed().as_secs_f32();
        Ok(chosen)
    }

    /// Counts the people once in a while, if that is wanted.
    fn count(&mut self, frame: &Frame) -> Result<(), EstimateError> {
        let Some(counter) = self.counter.as_mut().filter(|counter| counter.is_due(frame.time_s)) else {
            return Ok(());
        };
        let began = Instant::now();
        self.detector.fill(frame);
        counter.count(frame.time_s, self.detector.run(frame)?, self.next);
        self.timings.detect_s += began.elapsed().as_secs_f32();
        Ok(())
    }

    /// Landmarks within a region; sets the next region. `None` if there is no body in it.
    fn look(&mut self, frame: &Frame, region: Region) -> Result<Option<Pose>, EstimateError> {
        let began = Instant::now();
        self.landmarks.fill(frame, &region);
        self.timings.preprocess_s += began.elapsed().as_secs_f32();
        let began = Instant::now();
        let outputs = self.landmarks.run()?;
        self.timings.landmark_s += began.elapsed().as_secs_f32();
        let began = Instant::now();
        let body = outputs.read(&region, frame)?;
        let pose = body.map(|mut body| {
            let scale_px = Region::span_px(body.auxiliary_px);
            let points_px = self.auxiliary.apply(frame.time_s, scale_px, body.auxiliary_px);
            self.next = Region::from_points(points_px);
            self.chooser.saw(self.next.unwrap_or(region), frame.time_s);
            if let Some(filter) = &mut self.filter {
                filter.apply(frame, scale_px, &mut body.pose);
            }
            body.pose
        });
        self.timings.post_s += began.elapsed().as_secs_f32();
        Ok(pose)
    }

    /// The person in this frame, wherever they are.
    fn find(&mut self, frame: &Frame) -> Result<Option<Pose>, EstimateError> {
        let expected = self.next.take();
        if let Some(region) = expected
            && let Some(pose) = self.look(frame, region)?
        {
            return Ok(Some(pose));
        }
        self.forget_motion();
        // The detector overlooks people who are small in the picture; ours may still stand where they stood.
        if expected.is_none()
            && let Some(region) = self.chooser.last_place(frame.time_s)
            && let Some(pose) = self.look(frame, region)?
        {
            return Ok(Some(pose));
        }
        match self.detect(frame)? {
            Some(region) => self.look(frame, region),
            None => Ok(None),
        }
    }

    fn forget_motion(&mut self) {
        self.next = None;
        self.auxiliary.reset();
        if let Some(filter) = &mut self.filter {
            filter.reset();
        }
    }
}

impl PoseEstimator for Tracker {
    fn estimate(&mut self, frame: &Frame) -> Result<Option<Pose>, EstimateError> {
        self.timings = StageTimings::default();
        if !frame.is_whole() {
            let (width, height, bytes) = (frame.width, frame.height, frame.rgb.len());
            return Err(EstimateError::BadFrame { width, height, bytes });
        }
        let pose = self.find(frame)?;
        self.count(frame)?;
        Ok(pose)
    }

    fn reset(&mut self) {
        self.forget_motion();
        self.chooser.forget();
        if let Some(counter) = &mut self.counter {
            *counter = Counter::default();
        }
    }

    fn count_people(&mut self, wanted: bool) {
        self.counter = wanted.then(|| self.counter.take().unwrap_or_default());
    }

    fn people(&self) -> Option<usize> {
        self.counter.as_ref()?.people()
    }
}
