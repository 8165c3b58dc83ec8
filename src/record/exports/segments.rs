//! How the segments of a body stand, from its landmarks: what joint angles and skeletons are written from.
//!
//! Axes are OpenSim's: x forward, y up, z to the right. A limb's axis points from its far end to its near one. About itself it is
//! turned as its hinge says (elbow, knee) where that is bent, else as if it had swung there from rest without turning.

use baro_motion::{Joint, Landmarks, MIN_VISIBILITY, Measure, Measures, PoseFrame, Side, Steady};
use glam::{Mat3, Quat, Vec3};

/// Sine of the bend from which a hinge tells how the limb is turned, and from which it alone tells.
const HINGE_FROM: f32 = 0.17;
const HINGE_ALONE: f32 = 0.5;

/// One limb: the upper segment, its bend, and the foot's angle (legs).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Limb {
    pub upper: Mat3,
    pub bend_rad: f32,
    pub foot_rad: f32,
}

/// A body's segments. What is not seen stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Segments {
    pub pelvis: Mat3,
    pub torso: Mat3,
    /// Left, right.
    pub arms: [Limb; 2],
    pub legs: [Limb; 2],
    /// The hips' middle above the lower foot, metres.
    pub height_m: f32,
}

/// The segments of every frame in which the trunk is seen, with the steadied body they were read from.
pub(super) fn all(frames: &[PoseFrame]) -> Vec<(f64, Segments, Landmarks)> {
    let (mut steady, mut last) = (Steady::default(), Segments::default());
    let seen = frames.iter().filter_map(|frame| Some((frame.time_s, frame.pose.as_ref()?)));
    seen.filter_map(|(time_s, pose)| {
        let world = steady.step(time_s, pose).world;
        last = last.next(&world)?;
        Some((time_s, last, world))
    })
    .collect()
}

/// From the camera's axes (right, down, away) to OpenSim's, of a person who faces the camera.
pub(super) fn to_opensim(v: Vec3) -> Vec3 {
    Vec3::new(-v.z, -v.y, -v.x)
}

fn at(world: &Landmarks, joint: Joint, side: Side) -> Option<Vec3> {
    let landmark = world[joint.of(side)];
    let seen = landmark.visibility >= MIN_VISIBILITY && landmark.position.is_finite();
    seen.then(|| to_opensim(landmark.position))
}

impl Segments {
    fn next(&self, world: &Landmarks) -> Option<Self> {
        let pair = |joint| Some([at(world, joint, Side::Left)?, at(world, joint, Side::Right)?]);
        let ([left_hip, right_hip], [left_shoulder, right_shoulder]) =
            (pair(Joint::Hip)?, pair(Joint::Shoulder)?);
        let (hips, shoulders) = ((left_hip + right_hip) / 2.0, (left_shoulder + right_shoulder) / 2.0);
        let up = (shoulders - hips).try_normalize()?;
        let pelvis = segment(up, right_hip - left_hip)?;
        let torso = segment(up, right_shoulder - left_shoulder)?;
        let limb = |from, [near, middle, far]: [Joint; 3], side, hinge| {
            limb(from, [at(world, near, side)?, at(world, middle, side)?, at(world, far, side)?], hinge)
        };
        let mut next = Self { pelvis, torso, ..*self };
        for side in Side::BOTH {
            let i = side.index();
            let arm = [Joint::Shoulder, Joint::Elbow, Joint::Wrist];
            next.arms[i] = limb(torso, arm, side, -1.0).unwrap_or(self.arms[i]);
            let leg = [Joint::Hip, Joint::Knee, Joint::Ankle];
            next.legs[i] = limb(pelvis, leg, side, 1.0).unwrap_or(self.legs[i]);
            if let Some(foot_rad) = Measures::value(world, Measure::AnkleDorsiflexion, side) {
                next.legs[i].foot_rad = foot_rad;
            }
            for unseen in [&mut next.arms[i], &mut next.legs[i]] {
                if unseen.upper == Mat3::ZERO {
                    unseen.upper = pelvis; // never seen yet: hangs
                }
            }
        }
        let feet = Side::BOTH
            .into_iter()
            .filter_map(|side| at(world, Joint::Heel, side))
            .map(|heel| hips.y - heel.y);
        next.height_m = feet
            .fold(None, |most: Option<f32>, h| Some(most.map_or(h, |most| most.max(h))))
            .unwrap_or(self.height_m);
        Some(next)
    }
}

/// A segment whose y points `up` and whose z points as near to `right` as can be.
fn segment(up: Vec3, right: Vec3) -> Option<Mat3> {
    let z = (right - up * right.dot(up)).try_normalize()?;
    Some(Mat3::from_cols(up.cross(z), up, z))
}

/// `hinge`: 1 where the lower segment bends backwards (knee), -1 where it bends forwards (elbow).
fn limb(from: Mat3, [near, middle, far]: [Vec3; 3], hinge: f32) -> Option<Limb> {
    let (up, lower) = ((near - middle).try_normalize()?, (middle - far).try_normalize()?);
    let swung = Quat::from_rotation_arc(from.y_axis, up) * from.z_axis;
    let across = up.cross(lower) * -hinge;
    let bend = across.length();
    let share = ((bend - HINGE_FROM) / (HINGE_ALONE - HINGE_FROM)).clamp(0.0, 1.0);
    let right = swung * (1.0 - share) + across / bend.max(1e-6) * share;
    let upper = segment(up, right).or_else(|| segment(up, swung))?;
    Some(Limb { upper, bend_rad: libm::atan2f(bend, up.dot(lower)), foot_rad: 0.0 })
}

/// Turns about z, then x, then y of the turned segment: a joint's angles, radians.
pub(super) fn z_x_y(turn: Mat3) -> [f32; 3] {
    let x = libm::asinf(turn.y_axis.z.clamp(-1.0, 1.0));
    if turn.y_axis.z.abs() > 0.999_99 {
        return [libm::atan2f(turn.x_axis.y, turn.x_axis.x), x, 0.0];
    }
    [libm::atan2f(-turn.y_axis.x, turn.y_axis.y), x, libm::atan2f(-turn.x_axis.z, turn.z_axis.z)]
}

/// The same angle, counted round so that it is next to the one before.
pub(super) fn unwound(before_deg: f32, now_deg: f32) -> f32 {
    now_deg + 360.0 * ((before_deg - now_deg) / 360.0).round()
}
