//! Landmarks brought into the avatar frame, and what a posed skeleton's landmarks would be.

use crate::rig::{Bone, RigPose, SideBones, Skeleton};
use baro_motion::{LANDMARK_COUNT, Landmark, LandmarkId, Landmarks, Side};
use glam::Vec3;

/// Landmarks in the avatar frame (y up, the camera looks along -z), and how far each is believed.
#[derive(Debug, Clone, Copy)]
pub struct Points {
    at: [Vec3; LANDMARK_COUNT],
    seen: [f32; LANDMARK_COUNT],
}

impl Points {
    /// From world landmarks in the camera frame. `mirror`: as in a mirror, left and right exchanged.
    /// What is not finite counts as not seen.
    pub fn new(world: &Landmarks, mirror: bool) -> Self {
        let mut out = Self { at: [Vec3::ZERO; LANDMARK_COUNT], seen: [0.0; LANDMARK_COUNT] };
        for id in LandmarkId::ALL {
            let mark = world[id];
            if !mark.position.is_finite() || !mark.visibility.is_finite() {
                continue;
            }
            let p = mark.position;
            let (to, x) = if mirror { (opposite(id), -p.x) } else { (id, p.x) };
            out.at[to.index()] = Vec3::new(x, -p.y, -p.z);
            out.seen[to.index()] = mark.visibility.clamp(0.0, 1.0);
        }
        out
    }

    /// Position, metres.
    pub fn at(&self, id: LandmarkId) -> Vec3 {
        self.at[id.index()]
    }

    /// The least believed of some landmarks.
    pub fn seen(&self, ids: &[LandmarkId]) -> f32 {
        ids.iter().map(|id| self.seen[id.index()]).fold(1.0, f32::min)
    }

    /// Midway between two landmarks.
    pub fn mid(&self, a: LandmarkId, b: LandmarkId) -> Vec3 {
        (self.at(a) + self.at(b)) * 0.5
    }
}

/// The same landmark on the other side.
pub fn opposite(id: LandmarkId) -> LandmarkId {
    use LandmarkId::*;
    match id {
        Nose => Nose,
        LeftEyeInner => RightEyeInner,
        LeftEye => RightEye,
        LeftEyeOuter => RightEyeOuter,
        RightEyeInner => LeftEyeInner,
        RightEye => LeftEye,
        RightEyeOuter => LeftEyeOuter,
        LeftEar => RightEar,
        RightEar => LeftEar,
        MouthLeft => MouthRight,
        MouthRight => MouthLeft,
        LeftShoulder => RightShoulder,
        RightShoulder => LeftShoulder,
        LeftElbow => RightElbow,
        RightElbow => LeftElbow,
        LeftWrist => RightWrist,
        RightWrist => LeftWrist,
        LeftPinky => RightPinky,
        RightPinky => LeftPinky,
        LeftIndex => RightIndex,
        RightIndex => LeftIndex,
        LeftThumb => RightThumb,
        RightThumb => LeftThumb,
        LeftHip => RightHip,
        RightHip => LeftHip,
        LeftKnee => RightKnee,
        RightKnee => LeftKnee,
        LeftAnkle => RightAnkle,
        RightAnkle => LeftAnkle,
        LeftHeel => RightHeel,
        RightHeel => LeftHeel,
        LeftFootIndex => RightFootIndex,
        RightFootIndex => LeftFootIndex,
    }
}

/// The landmarks of one arm: shoulder, elbow, wrist, index and little knuckle.
pub const fn arm_ids(side: Side) -> [LandmarkId; 5] {
    use LandmarkId::*;
    match side {
        Side::Left => [LeftShoulder, LeftElbow, LeftWrist, LeftIndex, LeftPinky],
        Side::Right => [RightShoulder, RightElbow, RightWrist, RightIndex, RightPinky],
    }
}

/// The landmarks of one leg: hip, knee, ankle, heel, toes.
pub const fn leg_ids(side: Side) -> [LandmarkId; 5] {
    use LandmarkId::*;
    match side {
        Side::Left => [LeftHip, LeftKnee, LeftAnkle, LeftHeel, LeftFootIndex],
        Side::Right => [RightHip, RightKnee, RightAnkle, RightHeel, RightFootIndex],
    }
}

/// From the middle of the ears to the nose with the head upright, and from the middle to the left ear; metres.
pub const EARS_TO_NOSE: Vec3 = Vec3::new(0.0, -0.012, 0.105);
const LEFT_EAR: Vec3 = Vec3::new(0.075, 0.0, 0.0);
/// From the head bone to the middle of the ears at rest, metres.
const HEAD_TO_EARS: Vec3 = Vec3::new(0.0, 0.055, 0.015);

/// World landmarks (camera frame, metres) that a perfect tracker would give for a posed skeleton that stands in
/// front of the camera, facing it when the body faces +z. The features of the face are typical, not the mesh's.
pub fn landmarks_of(skeleton: &Skeleton, pose: &RigPose) -> Landmarks {
    use LandmarkId::*;
    let at = skeleton.positions(pose);
    let bone = |b: Bone| at[b as usize];
    let origin = (bone(Bone::ThighL) + bone(Bone::ThighR)) * 0.5;
    let mut out = Landmarks::default();
    let mut put = |id: LandmarkId, p: Vec3| {
        let p = p - origin;
        out[id] = Landmark { position: Vec3::new(p.x, -p.y, -p.z), visibility: 1.0, presence: 1.0 };
    };
    for side in Side::BOTH {
        let [_, upper, lower, hand] = side.arm();
        let (along, across) = skeleton.marks.palm[side.index()];
        let knuckle = |share: f32| bone(hand) + pose.turn(hand) * (along + across * share);
        let marks = [bone(upper), bone(lower), bone(hand), knuckle(0.5), knuckle(-0.5)];
        arm_ids(side).into_iter().zip(marks).for_each(|(id, p)| put(id, p));
        put(if side == Side::Left { LeftThumb } else { RightThumb }, knuckle(0.7).lerp(bone(hand), 0.4));
        let [thigh, calf, foot, _] = side.leg();
        let [heel, _, tip] = skeleton.posed_sole(side, pose, bone(foot));
        let marks = [bone(thigh), bone(calf), bone(foot), heel, tip];
        leg_ids(side).into_iter().zip(marks).for_each(|(id, p)| put(id, p));
    }
    let ears = bone(Bone::Head) + pose.turn(Bone::Head) * HEAD_TO_EARS;
    let face = |v: Vec3| ears + pose.turn(Bone::Head) * v;
    put(Nose, face(EARS_TO_NOSE));
    put(LeftEar, face(LEFT_EAR));
    put(RightEar, face(-LEFT_EAR));
    for (left, right, v) in [
        (LeftEyeInner, RightEyeInner, Vec3::new(0.016, 0.022, 0.082)),
        (LeftEye, RightEye, Vec3::new(0.031, 0.022, 0.080)),
        (LeftEyeOuter, RightEyeOuter, Vec3::new(0.045, 0.022, 0.072)),
        (MouthLeft, MouthRight, Vec3::new(0.025, -0.050, 0.085)),
    ] {
        put(left, face(v));
        put(right, face(Vec3::new(-v.x, v.y, v.z)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirror_exchanges_sides() {
        let mut world = Landmarks::default();
        world[LandmarkId::LeftWrist] =
            Landmark { position: Vec3::new(0.5, -0.2, -0.1), visibility: 0.9, presence: 1.0 };
        let (plain, mirrored) = (Points::new(&world, false), Points::new(&world, true));
        assert_eq!(plain.at(LandmarkId::LeftWrist), Vec3::new(0.5, 0.2, 0.1));
        assert_eq!(mirrored.at(LandmarkId::RightWrist), Vec3::new(-0.5, 0.2, 0.1));
        assert_eq!(mirrored.seen(&[LandmarkId::RightWrist, LandmarkId::LeftWrist]), 0.0);
        for id in LandmarkId::ALL {
            assert_eq!(opposite(opposite(id)), id);
        }
    }
}
