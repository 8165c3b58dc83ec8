//! From landmarks to a measured body: joint angles, and the frames of reference they are told in.
//!
//! Pure: no files, clocks, threads or I/O. Every value carries the capture time of its frame, so a recorded
//! stream gives the same numbers, bit for bit.
//!
//! Frame of reference of world landmarks ("camera frame"): metres, origin midway between the hips, x to the
//! right of the picture, y down (along gravity for a level camera), z away from the camera.

mod landmark;
mod pose;

pub use landmark::{LANDMARK_COUNT, LandmarkId};
pub use pose::{Landmark, Landmarks, Pose, PoseFrame};
