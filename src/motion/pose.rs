//! One body at one moment.

use crate::{LANDMARK_COUNT, LandmarkId};
use glam::Vec3;
use std::ops::{Index, IndexMut};

/// One landmark: where it is, and how far it can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Landmark {
    /// Position; the unit and frame are those of the set that holds it ([`Pose::image`], [`Pose::world`]).
    pub position: Vec3,
    /// Probability, 0 to 1, that the point is in the picture and not hidden.
    pub visibility: f32,
    /// Probability, 0 to 1, that the point is within the picture; of points in space, that their sensor saw it and did not infer it from
    /// others. 0 with visibility 0: not measured at all.
    pub presence: f32,
}

/// The 33 landmarks of one body, indexed by [`LandmarkId`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Landmarks(pub [Landmark; LANDMARK_COUNT]);

impl Default for Landmarks {
    fn default() -> Self {
        Self([Landmark::default(); LANDMARK_COUNT])
    }
}

impl Index<LandmarkId> for Landmarks {
    type Output = Landmark;
    fn index(&self, id: LandmarkId) -> &Landmark {
        &self.0[id.index()]
    }
}

impl IndexMut<LandmarkId> for Landmarks {
    fn index_mut(&mut self, id: LandmarkId) -> &mut Landmark {
        &mut self.0[id.index()]
    }
}

/// A body as it was seen in one frame.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pose {
    /// In the picture: x and y as fractions of its width and height (origin top left, y down), z in fractions
    /// of its width (smaller is nearer to the camera, 0 at the hips). All-zero where no picture was used.
    pub image: Landmarks,
    /// In the camera frame, metres (see the crate's page).
    pub world: Landmarks,
    /// Confidence, 0 to 1, that a body is there at all.
    pub confidence: f32,
}

/// The outcome of one captured frame. `pose` is `None` where nobody was seen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PoseFrame {
    /// Capture time in seconds since the start of the session; increases from frame to frame.
    pub time_s: f64,
    /// The body, if one was seen.
    pub pose: Option<Pose>,
}
