//! What turns a frame into a pose: the tracker, or a recorded stream that stands in for it.

use crate::Frame;
use baro_motion::{Pose, PoseFrame};

/// What can go wrong while a frame is looked at.
#[derive(Debug, thiserror::Error)]
pub enum EstimateError {
    /// The picture's size and its bytes do not agree.
    #[error("the picture says {width}x{height} but holds {bytes} bytes; the source is at fault")]
    BadFrame {
        /// Width that the frame claims, pixels.
        width: u32,
        /// Height that the frame claims, pixels.
        height: u32,
        /// Bytes that it holds.
        bytes: usize,
    },
    /// The inference library failed.
    #[error(
        "the pose model {model} failed: {detail}; run `cargo xtask setup` to fetch the right ONNX Runtime"
    )]
    Inference {
        /// Which model.
        model: String,
        /// The library's own words.
        detail: String,
    },
}

/// Turns frames into poses. Frames of one person come in order of time.
pub trait PoseEstimator: Send {
    /// The pose in this frame, or `None` where nobody is seen.
    ///
    /// # Errors
    /// A malformed frame, or a failing inference library.
    fn estimate(&mut self, frame: &Frame) -> Result<Option<Pose>, EstimateError>;

    /// Forgets the person and everything remembered about earlier frames.
    fn reset(&mut self);

    /// Whether people in the picture are counted, about once a second. Costs a run of the detector each time.
    fn count_people(&mut self, _wanted: bool) {}

    /// How many people were in the picture when they were last counted; `None` while nobody counts.
    fn people(&self) -> Option<usize> {
        None
    }
}

/// A recorded landmark stream in place of inference: looks at the frame's time, never at its pixels.
#[derive(Debug, Clone)]
pub struct RecordedPoses {
    frames: Vec<PoseFrame>,
}

impl RecordedPoses {
    /// Takes a recording; frames may come in any order.
    pub fn new(mut frames: Vec<PoseFrame>) -> Self {
        frames.retain(|f| f.time_s.is_finite());
        frames.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
        Self { frames }
    }
}

impl PoseEstimator for RecordedPoses {
    /// The recorded frame nearest in time.
    fn estimate(&mut self, frame: &Frame) -> Result<Option<Pose>, EstimateError> {
        let after = self.frames.partition_point(|f| f.time_s < frame.time_s);
        let around = [after.checked_sub(1), Some(after)];
        let nearest = around
            .into_iter()
            .flatten()
            .filter_map(|i| self.frames.get(i))
            .min_by(|a, b| (a.time_s - frame.time_s).abs().total_cmp(&(b.time_s - frame.time_s).abs()));
        Ok(nearest.and_then(|f| f.pose))
    }

    fn reset(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time_s: f64, confidence: f32) -> PoseFrame {
        PoseFrame { time_s, pose: Some(Pose { confidence, ..Pose::default() }) }
    }

    #[test]
    fn the_nearest_recorded_frame_is_given() {
        let mut poses = RecordedPoses::new(vec![at(1.0, 0.1), at(0.0, 0.0), at(2.0, 0.2)]);
        for (time_s, confidence) in [(-5.0, 0.0), (0.4, 0.0), (0.6, 0.1), (1.4, 0.1), (1.6, 0.2), (9.0, 0.2)]
        {
            let pose = poses.estimate(&Frame { time_s, ..Frame::default() }).unwrap().unwrap();
            assert_eq!(pose.confidence, confidence, "at {time_s}");
        }
        assert_eq!(RecordedPoses::new(vec![]).estimate(&Frame::default()).unwrap(), None);
    }
}
