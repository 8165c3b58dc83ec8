//! Other systems' points, mapped onto BlazePose's landmarks, so that one set of rules scores them all.

mod names;
mod plug_in_gait;

pub use names::landmark_from_name;

use crate::{Bone, Claim, LANDMARK_COUNT, Landmark, LandmarkId, Landmarks, vector::asin};
use glam::Vec3;
use names::{by_depth_camera, plain};
use plug_in_gait::Markers;

/// A system of named points on a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skeleton {
    /// BlazePose's 33 landmarks.
    BlazePose33,
    /// The 17 keypoints of COCO.
    Coco17,
    /// OpenPose's 25.
    Body25,
    /// The 25 joints of the second Kinect.
    Kinect25,
    /// The 22 joints of UI-PRMD's Kinect data.
    Kinect22,
    /// The 20 joints of the first Kinect.
    Kinect20,
    /// Vicon's full-body Plug-in-Gait: 39 markers on the skin, from which joint centres are computed.
    PlugInGait,
}

impl Skeleton {
    /// All that are known.
    pub const ALL: [Self; 7] = [
        Self::BlazePose33,
        Self::Coco17,
        Self::Body25,
        Self::Kinect25,
        Self::Kinect22,
        Self::Kinect20,
        Self::PlugInGait,
    ];

    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BlazePose33 => "BlazePose-33",
            Self::Coco17 => "COCO-17",
            Self::Body25 => "BODY-25",
            Self::Kinect25 => "Kinect-25",
            Self::Kinect22 => "Kinect-22",
            Self::Kinect20 => "Kinect-20",
            Self::PlugInGait => "Plug-in-Gait",
        }
    }

    /// Its points' names, in its own order.
    pub const fn points(self) -> &'static [&'static str] {
        match self {
            Self::BlazePose33 => &LandmarkId::NAMES,
            Self::Coco17 => &names::COCO17,
            Self::Body25 => &names::BODY25,
            Self::Kinect25 => &names::KINECT25,
            Self::Kinect22 => &names::KINECT22,
            Self::Kinect20 => &names::KINECT20,
            Self::PlugInGait => &plug_in_gait::MARKERS,
        }
    }

    /// The mapping of its own points, in its own order.
    pub fn mapping(self) -> Mapping {
        Self::of_names(self.points())
    }

    /// The mapping of any set of names, those of one system or a mixture. Upper and lower case and everything but letters and
    /// digits don't matter; a subject before a colon (`Anna:LASI`) is dropped. Of two names for one landmark the first
    /// counts; unknown names are left out.
    pub fn of_names(names: &[impl AsRef<str>]) -> Mapping {
        let mut direct = [None; LANDMARK_COUNT];
        for (point, name) in names.iter().enumerate() {
            if let Some(id) = landmark_from_name(name.as_ref()) {
                direct[id.index()].get_or_insert(point);
            }
        }
        let known: Vec<String> = names.iter().map(|name| plain(name.as_ref())).collect();
        let markers = Markers::new(&known);
        Mapping { direct, by_depth_camera: markers.is_none() && by_depth_camera(&known), markers }
    }
}

/// Where each landmark comes from in a list of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The point that is the landmark.
    direct: [Option<usize>; LANDMARK_COUNT],
    /// The markers that joint centres are computed from.
    markers: Option<Markers>,
    /// Are they joints that a depth camera's software guessed, in the sensor's own axes?
    by_depth_camera: bool,
}

impl Mapping {
    /// Are joint centres computed from markers on the skin?
    pub fn is_by_markers(&self) -> bool {
        self.markers.is_some()
    }

    /// True where no name is known.
    pub fn is_empty(&self) -> bool {
        self.markers.is_none() && self.direct.iter().all(Option::is_none)
    }

    /// Landmarks from points in the order of the names: metres, y down or turned in any other way, but not mirrored. A point
    /// that is `None` or not finite is missing; the landmarks that need it get visibility 0, all others 1. No allocation.
    ///
    /// A depth camera's points must be in its own axes, z along its line of sight: it sees one side of a body only, so the far end of a
    /// bone that points out of its picture may be inferred ([`Landmark::presence`]).
    pub fn landmarks(&self, points: &[Option<Vec3>]) -> Landmarks {
        let mut body = Landmarks::default();
        let at = |point: usize| points.get(point).copied().flatten().filter(|at| at.is_finite());
        let mut put = |id: LandmarkId, position: Vec3| {
            body[id] = Landmark { position, visibility: 1.0, presence: 1.0 };
        };
        if let Some(markers) = &self.markers {
            markers.joint_centres(at, &mut put);
        }
        for (id, point) in LandmarkId::ALL.into_iter().zip(self.direct) {
            if let Some(position) = point.and_then(at) {
                put(id, position);
            }
        }
        if self.by_depth_camera {
            doubt_end_on(&mut body);
        }
        body
    }
}

/// Takes the far ends of limbs' bones that point out of a depth camera's picture for inferred. Such a camera sees surfaces: of a thigh that
/// points at it, the knee's front and nothing else. Its software infers the rest, as its own `TrackingState` would say, which files leave
/// out. How far may a bone point out of the picture? As far as a plane may. (Where the thigh does by more than 10°, 34 to 77 % of the knees
/// of UI-PRMD's Kinect are within the declared ±2 SD of the Vicon's, else 92 %: docs/scoring.md.)
fn doubt_end_on(body: &mut Landmarks) {
    for bone in Bone::ALL {
        let (Some([_, end]), Some(along)) = (bone.ends(), bone.vector(body)) else { continue };
        let out_rad = asin(along.z.abs() / along.length());
        body[end].presence = Claim::of_turned(out_rad).presence();
    }
}

#[cfg(test)]
mod tests;
