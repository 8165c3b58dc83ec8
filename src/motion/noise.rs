//! How far a tracker's landmarks are off: one error for each bone, told across the picture and along the line of sight.
//!
//! A landmark's error is that of its parent plus that of the bone between them, because a tracker that puts an elbow too far
//! away puts the wrist too far away with it. Angles depend on bones alone.

use crate::{LandmarkId, Landmarks, MIN_VISIBILITY, Side};
use LandmarkId::*;
use glam::Vec3;

/// A bone of the error model. Those of the limbs come twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bone {
    /// From the middle of the hips to the middle of the shoulders; moves everything above the hips.
    Trunk,
    /// From the middle of the hips to the left hip, and the opposite to the right; moves the legs.
    HipLine,
    /// The same of the shoulders; moves the arms.
    ShoulderLine,
    /// From the middle of the shoulders to the middle of the ears; moves the head.
    Neck,
    /// From the middle of the ears to the left ear, and the opposite to the right.
    EarLine,
    /// From the middle of the ears to the nose; moves the face.
    Nose,
    /// Shoulder to elbow; moves forearm and hand.
    UpperArm(Side),
    /// Elbow to wrist; moves the hand.
    Forearm(Side),
    /// Hip to knee; moves shank and foot.
    Thigh(Side),
    /// Knee to ankle; moves the foot.
    Shank(Side),
    /// Ankle to heel.
    Heel(Side),
    /// Ankle to toes.
    Toes(Side),
}

/// Number of bones.
pub const BONE_COUNT: usize = 18;

impl Bone {
    /// All bones.
    pub const ALL: [Self; BONE_COUNT] = [
        Self::Trunk,
        Self::HipLine,
        Self::ShoulderLine,
        Self::Neck,
        Self::EarLine,
        Self::Nose,
        Self::UpperArm(Side::Left),
        Self::UpperArm(Side::Right),
        Self::Forearm(Side::Left),
        Self::Forearm(Side::Right),
        Self::Thigh(Side::Left),
        Self::Thigh(Side::Right),
        Self::Shank(Side::Left),
        Self::Shank(Side::Right),
        Self::Heel(Side::Left),
        Self::Heel(Side::Right),
        Self::Toes(Side::Left),
        Self::Toes(Side::Right),
    ];

    /// The first of [`Self::ALL`] are in the middle of the body, the others come in pairs.
    pub(crate) const MIDDLE: usize = 6;

    /// The landmarks that its error moves.
    pub const fn moves(self) -> &'static [LandmarkId] {
        const UPPER: &[LandmarkId] = &[
            Nose,
            LeftEyeInner,
            LeftEye,
            LeftEyeOuter,
            RightEyeInner,
            RightEye,
            RightEyeOuter,
            LeftEar,
            RightEar,
            MouthLeft,
            MouthRight,
            LeftShoulder,
            LeftElbow,
            LeftWrist,
            LeftPinky,
            LeftIndex,
            LeftThumb,
            RightShoulder,
            RightElbow,
            RightWrist,
            RightPinky,
            RightIndex,
            RightThumb,
        ];
        const LEFT_ARM: &[LandmarkId] =
            &[LeftShoulder, LeftElbow, LeftWrist, LeftPinky, LeftIndex, LeftThumb];
        const RIGHT_ARM: &[LandmarkId] =
            &[RightShoulder, RightElbow, RightWrist, RightPinky, RightIndex, RightThumb];
        const LEFT_LEG: &[LandmarkId] = &[LeftHip, LeftKnee, LeftAnkle, LeftHeel, LeftFootIndex];
        const RIGHT_LEG: &[LandmarkId] = &[RightHip, RightKnee, RightAnkle, RightHeel, RightFootIndex];
        match self {
            Self::Trunk => UPPER,
            Self::Neck => UPPER.split_at(11).0,
            // The lines are symmetric: these are their left halves.
            Self::HipLine => LEFT_LEG,
            Self::ShoulderLine => LEFT_ARM,
            Self::EarLine => &[LeftEar],
            Self::Nose => &[
                Nose,
                LeftEyeInner,
                LeftEye,
                LeftEyeOuter,
                RightEyeInner,
                RightEye,
                RightEyeOuter,
                MouthLeft,
                MouthRight,
            ],
            Self::UpperArm(Side::Left) => LEFT_ARM.split_at(1).1,
            Self::UpperArm(Side::Right) => RIGHT_ARM.split_at(1).1,
            Self::Forearm(Side::Left) => LEFT_ARM.split_at(2).1,
            Self::Forearm(Side::Right) => RIGHT_ARM.split_at(2).1,
            Self::Thigh(Side::Left) => LEFT_LEG.split_at(1).1,
            Self::Thigh(Side::Right) => RIGHT_LEG.split_at(1).1,
            Self::Shank(Side::Left) => LEFT_LEG.split_at(2).1,
            Self::Shank(Side::Right) => RIGHT_LEG.split_at(2).1,
            Self::Heel(Side::Left) => &[LeftHeel],
            Self::Heel(Side::Right) => &[RightHeel],
            Self::Toes(Side::Left) => &[LeftFootIndex],
            Self::Toes(Side::Right) => &[RightFootIndex],
        }
    }

    /// The landmarks that it moves the opposite way.
    pub const fn moves_back(self) -> &'static [LandmarkId] {
        match self {
            Self::HipLine => &[RightHip, RightKnee, RightAnkle, RightHeel, RightFootIndex],
            Self::ShoulderLine => {
                &[RightShoulder, RightElbow, RightWrist, RightPinky, RightIndex, RightThumb]
            }
            Self::EarLine => &[RightEar],
            _ => &[],
        }
    }

    /// The bone itself: from the first point (or the middle of the first two) to the second; `None` where one isn't seen.
    pub fn vector(self, points: &Landmarks) -> Option<Vec3> {
        let at = |id: LandmarkId| {
            let landmark = &points[id];
            (landmark.visibility > 0.0 && landmark.position.is_finite()).then_some(landmark.position)
        };
        let middle = |left, right| Some((at(left)? + at(right)?) / 2.0);
        let hips = || middle(LeftHip, RightHip);
        let shoulders = || middle(LeftShoulder, RightShoulder);
        let ears = || middle(LeftEar, RightEar);
        Some(match self {
            Self::Trunk => shoulders()? - hips()?,
            Self::HipLine => at(LeftHip)? - hips()?,
            Self::ShoulderLine => at(LeftShoulder)? - shoulders()?,
            Self::Neck => ears()? - shoulders()?,
            Self::EarLine => at(LeftEar)? - ears()?,
            Self::Nose => at(Nose)? - ears()?,
            limb => {
                let [from, to] = limb.ends()?;
                at(to)? - at(from)?
            }
        })
    }

    /// The two ends of a limb's bone.
    pub const fn ends(self) -> Option<[LandmarkId; 2]> {
        Some(match self {
            Self::UpperArm(Side::Left) => [LeftShoulder, LeftElbow],
            Self::UpperArm(Side::Right) => [RightShoulder, RightElbow],
            Self::Forearm(Side::Left) => [LeftElbow, LeftWrist],
            Self::Forearm(Side::Right) => [RightElbow, RightWrist],
            Self::Thigh(Side::Left) => [LeftHip, LeftKnee],
            Self::Thigh(Side::Right) => [RightHip, RightKnee],
            Self::Shank(Side::Left) => [LeftKnee, LeftAnkle],
            Self::Shank(Side::Right) => [RightKnee, RightAnkle],
            Self::Heel(Side::Left) => [LeftAnkle, LeftHeel],
            Self::Heel(Side::Right) => [RightAnkle, RightHeel],
            Self::Toes(Side::Left) => [LeftAnkle, LeftFootIndex],
            Self::Toes(Side::Right) => [RightAnkle, RightFootIndex],
            _ => return None,
        })
    }

    /// Where its error stands in a [`Noise`], whose figures are the same for both sides.
    const fn row(self) -> usize {
        match self {
            Self::Trunk => 0,
            Self::HipLine => 1,
            Self::ShoulderLine => 2,
            Self::Neck => 3,
            Self::EarLine => 4,
            Self::Nose => 5,
            Self::UpperArm(_) => 6,
            Self::Forearm(_) => 7,
            Self::Thigh(_) => 8,
            Self::Shank(_) => 9,
            Self::Heel(_) => 10,
            Self::Toes(_) => 11,
        }
    }
}

/// What a kind of sensor does to bones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Standard deviation of each bone's error at full visibility, metres, across the picture (each of two directions) and along the line
    /// of sight; by [`Bone::row`].
    sd_m: [[f32; 2]; 12],
    /// Correlation between the errors of thigh and shank in each direction: below 0 where the knee is misplaced between a hip and an
    /// ankle that are not.
    pub(crate) knee: f32,
    /// The error of a point that is only just visible ([`MIN_VISIBILITY`]) over that of one in plain sight.
    doubt: f32,
}

impl Noise {
    /// BlazePose's world landmarks from one camera.
    ///
    /// Root mean square of the difference between the bones that our tracker (full model) sees from one of four cameras and those
    /// triangulated from all four (`shared/data/video/pose2sim`, 336 bodies; overall size and turn taken out, since angles don't depend on
    /// them). `cargo xtask bench scoring pose2sim` measures this table again. Two thirds of it is a lasting offset, a third changes from
    /// posture to posture: so averaging over time does not help, and none is done.
    pub const ONE_CAMERA: Self = Self {
        sd_m: [
            [0.023, 0.079],
            [0.015, 0.025],
            [0.016, 0.028],
            [0.028, 0.082],
            [0.017, 0.024],
            [0.037, 0.069],
            [0.034, 0.087],
            [0.034, 0.111],
            [0.040, 0.072],
            [0.033, 0.095],
            [0.024, 0.042],
            [0.029, 0.093],
        ],
        knee: -0.5,
        doubt: 1.4,
    };

    /// Points that were measured in space (markers, depth cameras, files without a picture): 2 cm for every bone, whatever the
    /// direction. Markers are better than this and depth cameras about as good; files don't say which they are.
    pub const IN_SPACE: Self = Self { sd_m: [[0.02, 0.02]; 12], knee: 0.0, doubt: 1.0 };

    /// Standard deviation of a bone's error in these landmarks, metres: `[across the picture, along the line of sight]`.
    pub fn sd_m(&self, bone: Bone, points: &Landmarks) -> [f32; 2] {
        let seen = |id: LandmarkId| points[id].visibility.clamp(MIN_VISIBILITY, 1.0);
        let least = match bone.ends() {
            Some([from, to]) => seen(from).min(seen(to)),
            None => bone.moves().first().map_or(1.0, |&id| seen(id)),
        };
        let hidden = (1.0 - least) / (1.0 - MIN_VISIBILITY);
        let factor = 1.0 + (self.doubt - 1.0) * hidden;
        self.sd_m[bone.row()].map(|sd| sd * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{JointAngles, Mannequin};

    /// Moving what a bone moves changes that bone by as much, and no other one.
    #[test]
    fn bones_are_moved_one_at_a_time() {
        let body = Mannequin::default().landmarks(&JointAngles::default());
        let by = Vec3::new(0.01, -0.02, 0.03);
        for moved in Bone::ALL {
            let mut other = body;
            moved.moves().iter().for_each(|&id| other[id].position += by);
            moved.moves_back().iter().for_each(|&id| other[id].position -= by);
            for bone in Bone::ALL {
                let change = bone.vector(&other).unwrap() - bone.vector(&body).unwrap();
                let expected = if bone == moved { by } else { Vec3::ZERO };
                assert!((change - expected).length() < 1e-6, "{moved:?} {bone:?} {change}");
            }
        }
    }

    #[test]
    fn what_is_hardly_seen_is_less_certain() {
        let mut body = Mannequin::default().landmarks(&JointAngles::default());
        let bone = Bone::Thigh(Side::Left);
        let clear = Noise::ONE_CAMERA.sd_m(bone, &body);
        body[LeftKnee].visibility = 0.5;
        let dim = Noise::ONE_CAMERA.sd_m(bone, &body);
        assert!(dim[0] > 1.3 * clear[0] && clear[1] > clear[0]);
        body[LeftKnee].visibility = f32::NAN;
        assert!(Noise::ONE_CAMERA.sd_m(bone, &body)[0] > 0.0);
    }
}
