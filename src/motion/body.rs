//! A body with its own axes: which points can be believed, where up, left and forward are.

use crate::{
    Joint, Landmarks, Side,
    vector::{direction, direction_across},
};
use glam::Vec3;

/// A point with less visibility than this is not measured with (MediaPipe's own default threshold).
pub const MIN_VISIBILITY: f32 = 0.5;

/// Up, against gravity, in the camera frame. A level camera is assumed.
const UP: Vec3 = Vec3::NEG_Y;

/// Seen from the middle of the ears, the tip of the nose of a head that looks straight ahead is below the horizontal by this,
/// radians: 1.8 cm over 9.9 cm in MediaPipe's canonical face model (10.3°; 5-14° in `pose_squats` while standing).
pub(crate) const NOSE_BELOW_EARS_RAD: f32 = 0.18;

/// A point and how far it can be believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    pub at: Vec3,
    pub visibility: f32,
    pub presence: f32,
}

/// Right-handed axes, each a unit vector in the camera frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axes {
    pub up: Vec3,
    pub left: Vec3,
    pub forward: Vec3,
}

impl Axes {
    pub fn new(up: Vec3, leftish: Vec3) -> Option<Self> {
        let left = direction_across(leftish, up)?;
        Some(Self { up, left, forward: left.cross(up) })
    }

    /// The axis that points away from the body on one side.
    pub fn out(&self, side: Side) -> Vec3 {
        self.left * side.sign()
    }
}

/// The axes of one body.
pub(crate) struct Body<'a> {
    points: &'a Landmarks,
    /// Against gravity.
    pub up: Vec3,
}

// Axes are worked out where they are asked for: an error is carried through a body that was moved a little for each landmark, and most measures
// need one of the three.
impl<'a> Body<'a> {
    pub const fn new(points: &'a Landmarks) -> Self {
        Self { points, up: UP }
    }

    /// Upright, turned with the hips: for what is measured against gravity.
    pub fn ground(&self) -> Option<Axes> {
        let [left, right] = self.pair(Joint::Hip)?;
        Axes::new(self.up, left - right)
    }

    /// Along the trunk, turned with the hips: for the legs.
    pub fn pelvis(&self) -> Option<Axes> {
        let [left, right] = self.pair(Joint::Hip)?;
        Axes::new(direction(self.trunk()?)?, left - right)
    }

    /// Along the trunk, turned with the shoulders: for the arms.
    pub fn thorax(&self) -> Option<Axes> {
        let [left, right] = self.pair(Joint::Shoulder)?;
        Axes::new(direction(self.trunk()?)?, left - right)
    }

    /// The point, if it is seen and finite.
    pub fn point(&self, joint: Joint, side: Side) -> Option<Point> {
        let landmark = &self.points[joint.of(side)];
        self.at(joint, side).map(|at| Point {
            at,
            visibility: landmark.visibility.min(1.0),
            presence: landmark.presence,
        })
    }

    /// Where it is, if it is seen and finite.
    pub fn at(&self, joint: Joint, side: Side) -> Option<Vec3> {
        let landmark = &self.points[joint.of(side)];
        (landmark.visibility >= MIN_VISIBILITY && landmark.position.is_finite()).then_some(landmark.position)
    }

    /// Direction from one joint of a side to another.
    pub fn segment(&self, from: Joint, to: Joint, side: Side) -> Option<Vec3> {
        direction(self.at(to, side)? - self.at(from, side)?)
    }

    /// The middle of the foot, where heel and toes are seen.
    pub fn foot(&self, side: Side) -> Option<Vec3> {
        Some((self.at(Joint::Heel, side)? + self.at(Joint::Toes, side)?) / 2.0)
    }

    pub fn both(&self, joint: Joint) -> [Option<Point>; 2] {
        Side::BOTH.map(|side| self.point(joint, side))
    }

    /// Left and right, where both are seen.
    pub fn pair(&self, joint: Joint) -> Option<[Vec3; 2]> {
        Some([self.at(joint, Side::Left)?, self.at(joint, Side::Right)?])
    }

    /// Midway between left and right.
    pub fn middle(&self, joint: Joint) -> Option<Vec3> {
        self.pair(joint).map(|[left, right]| (left + right) / 2.0)
    }

    /// From the middle of the hips to the middle of the shoulders.
    pub fn trunk(&self) -> Option<Vec3> {
        Some(self.middle(Joint::Shoulder)? - self.middle(Joint::Hip)?)
    }

    /// Length of one leg, hip to knee to ankle, metres.
    pub fn leg_m(&self, side: Side) -> Option<f32> {
        let at = |joint| self.at(joint, side);
        let (hip, knee, ankle) = (at(Joint::Hip)?, at(Joint::Knee)?, at(Joint::Ankle)?);
        Some(hip.distance(knee) + knee.distance(ankle))
    }

    /// Mean of both legs, where both are seen.
    pub fn both_legs_m(&self) -> Option<f32> {
        Some((self.leg_m(Side::Left)? + self.leg_m(Side::Right)?) / 2.0)
    }

    /// Mean of the legs that are seen.
    pub fn seen_legs_m(&self) -> Option<f32> {
        self.both_legs_m().or_else(|| self.leg_m(Side::Left)).or_else(|| self.leg_m(Side::Right))
    }

    /// The head's own axes, level in the anatomical position.
    pub fn head(&self) -> Option<Axes> {
        let [Some(left), Some(right)] = self.both(Joint::Ear) else { return None };
        let nose = self.point(Joint::Nose, Side::Left)?;
        let left_axis = direction(left.at - right.at)?;
        let ahead = direction_across(nose.at - (left.at + right.at) / 2.0, left_axis)?;
        let above = ahead.cross(left_axis);
        let (sin, cos) = libm::sincosf(NOSE_BELOW_EARS_RAD);
        Some(Axes { up: above * cos - ahead * sin, left: left_axis, forward: ahead * cos + above * sin })
    }
}
