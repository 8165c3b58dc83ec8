//! A body of known angles and proportions: forward kinematics, the reverse of measuring.

use crate::{
    Joint, JointAngles, Landmark, LandmarkId, Landmarks, LimbAngles, Side,
    body::{Axes, NOSE_BELOW_EARS_RAD},
    vector::{about_x, about_y, about_z},
};
use glam::{Mat3, Vec3};

/// Orientations of the segments: columns are what points left, up and forward in the anatomical position, told in the
/// upright body's frame: x to the person's left, y up, z forward (turned with the hips).
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names are the anatomy; limbs left, then right")]
pub struct Posture {
    pub pelvis: Mat3,
    /// From the right hip to the left one.
    pub hip_line: Vec3,
    pub thorax: Mat3,
    pub head: Mat3,
    /// From the middle of the shoulders to the middle of the ears.
    pub neck: Vec3,
    pub upper_arm: [Mat3; 2],
    pub forearm: [Mat3; 2],
    pub thigh: [Mat3; 2],
    pub shank: [Mat3; 2],
    pub foot: [Mat3; 2],
}

impl Posture {
    /// The segments of a body with these angles.
    pub fn new(angles: &JointAngles) -> Self {
        let (lean, flexion) = (angles.trunk_side_lean_rad, angles.trunk_flexion_rad);
        // Pitched so that flexion and side lean are what the sagittal and the frontal plane show of the trunk.
        let pitch = libm::atan2f(libm::sinf(flexion) * libm::cosf(lean), libm::cosf(flexion));
        let trunk = about_z(-lean) * about_x(pitch);
        let hip_line = about_z(angles.pelvis_hike_rad - lean) * Vec3::X;
        let pelvis = Axes::new(trunk.y_axis, hip_line)
            .map_or(trunk, |axes| Mat3::from_cols(axes.left, axes.up, axes.forward));
        let thorax = pelvis * about_y(angles.trunk_rotation_rad);
        let turned = about_y(angles.neck_rotation_rad) * about_x(angles.neck_flexion_rad);
        let limbs = [&angles.left, &angles.right];
        let arms = Side::BOTH.map(|side| arm(thorax, side, limbs[side.index()]));
        let legs = Side::BOTH.map(|side| leg(pelvis, side, limbs[side.index()]));
        Self {
            pelvis,
            hip_line,
            thorax,
            head: thorax * turned * about_z(-angles.neck_side_bend_rad),
            neck: thorax * about_x(angles.head_forward_rad) * Vec3::Y,
            upper_arm: arms.map(|arm| arm[0]),
            forearm: arms.map(|arm| arm[1]),
            thigh: legs.map(|leg| leg[0]),
            shank: legs.map(|leg| leg[1]),
            foot: legs.map(|leg| leg[2]),
        }
    }
}

/// Upper arm and forearm.
fn arm(thorax: Mat3, side: Side, limb: &LimbAngles) -> [Mat3; 2] {
    let raise = Vec3::new(-limb.shoulder_flexion_rad, 0.0, side.sign() * limb.shoulder_abduction_rad);
    let upper = thorax * about(raise) * about_y(side.sign() * limb.shoulder_rotation_rad);
    [upper, upper * about_x(-limb.elbow_flexion_rad)]
}

/// Thigh, shank and foot.
fn leg(pelvis: Mat3, side: Side, limb: &LimbAngles) -> [Mat3; 3] {
    let at_hip = about_x(-limb.hip_flexion_rad) * about_z(side.sign() * limb.hip_abduction_rad);
    let thigh = pelvis * at_hip * about_y(-side.sign() * limb.hip_rotation_rad);
    let hinged = thigh * about_x(limb.knee_flexion_rad);
    let shank = about_z(side.sign() * limb.knee_valgus_rad) * hinged;
    [thigh, shank, hinged * about_x(-limb.ankle_dorsiflexion_rad)]
}

/// The turn of a rotation vector (Rodrigues).
fn about(rotation: Vec3) -> Mat3 {
    let angle = rotation.length();
    let Some(axis) = rotation.try_normalize() else { return Mat3::IDENTITY };
    let (sin, cos) = libm::sincosf(angle);
    let column = |v: Vec3| v * cos + axis.cross(v) * sin + axis * (axis.dot(v) * (1.0 - cos));
    Mat3::from_cols(column(Vec3::X), column(Vec3::Y), column(Vec3::Z))
}

/// Lengths of segments over the body's height: Winter, "Biomechanics and Motor Control of Human Movement" (4th ed. 2009),
/// figure 4.1, after Drillis and Contini (1966).
mod length {
    pub const UPPER_ARM: f32 = 0.186;
    pub const FOREARM: f32 = 0.146;
    pub const HAND: f32 = 0.108;
    /// Shoulder height less hip height.
    pub const TRUNK: f32 = 0.818 - 0.530;
    pub const THIGH: f32 = 0.245;
    pub const SHANK: f32 = 0.246;
    pub const ANKLE_HEIGHT: f32 = 0.039;
    pub const FOOT: f32 = 0.152;
    /// Eye height less shoulder height; the ear's opening lies level with the lower rim of the eye (the Frankfurt plane).
    pub const NECK: f32 = 0.936 - 0.818 - 0.008;
    /// Half the distance of the shoulder joints: biacromial breadth 0.237 of the height in men, 0.224 in women (ANSUR II, Gordon
    /// et al. 2014), the joints' centres 2 cm inside.
    pub const SHOULDER: f32 = 0.103;
    /// Half the distance of the hip joints: Harrington et al. 2007 (J Biomech 40:595), 0.33 of the pelvic width + 7.3 mm.
    pub const HIP: f32 = 0.051;
    /// Half the breadth of the head at the ears (ANSUR II, bitragion breadth).
    pub const EAR: f32 = 0.041;
    /// From heel to toes, the ankle's share (de Leva 1996: the ankle stands a quarter of the foot ahead of the heel).
    pub const HEEL_SHARE: f32 = 0.25;
}

/// Points of the face over the body's height, in the head's axes (left, up, forward) from the middle of the ears, from
/// MediaPipe's canonical face model for a height of 1.7 m; the left one of each pair.
const FACE: [([LandmarkId; 2], [f32; 3]); 4] = {
    use LandmarkId::*;
    [
        ([LeftEyeInner, RightEyeInner], [0.0109, 0.0112, 0.0364]),
        ([LeftEye, RightEye], [0.0185, 0.0115, 0.0347]),
        ([LeftEyeOuter, RightEyeOuter], [0.0262, 0.0117, 0.0330]),
        ([MouthLeft, MouthRight], [0.0145, -0.0295, 0.0395]),
    ]
};
/// From the middle of the ears to the tip of the nose, over the body's height.
const NOSE: f32 = 0.059;

/// A body of common proportions that takes any angles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mannequin {
    /// From the floor to the top of the head, metres.
    pub height_m: f32,
}

impl Default for Mannequin {
    fn default() -> Self {
        Self { height_m: 1.70 }
    }
}

impl Mannequin {
    /// Its landmarks in the camera frame of a level camera that it faces (the person's left at +x), all of them visible.
    /// Measuring them gives the angles back.
    pub fn landmarks(&self, angles: &JointAngles) -> Landmarks {
        let hikes = [angles.left.shoulder_hike, angles.right.shoulder_hike];
        self.landmarks_of(&Posture::new(angles), hikes)
    }

    /// The same for segments whose orientations are known, and shoulders raised by shares of their width (left, right).
    pub fn landmarks_of(&self, posture: &Posture, shoulder_hikes: [f32; 2]) -> Landmarks {
        let shoulders = posture.thorax.y_axis * length::TRUNK;
        let ears = shoulders + posture.neck * length::NECK;
        let mut body = Landmarks::default();
        let mut put = |id: LandmarkId, at: Vec3| {
            let at = at * self.height_m;
            body[id] = Landmark { position: Vec3::new(at.x, -at.y, -at.z), visibility: 1.0, presence: 1.0 };
        };
        let (sin, cos) = libm::sincosf(NOSE_BELOW_EARS_RAD);
        put(LandmarkId::Nose, ears + posture.head * Vec3::new(0.0, -sin, cos) * NOSE);
        for (pair, [left, up, forward]) in FACE {
            for (id, sign) in pair.into_iter().zip([1.0, -1.0]) {
                put(id, ears + posture.head * Vec3::new(sign * left, up, forward));
            }
        }
        for (side, hike) in Side::BOTH.into_iter().zip(shoulder_hikes) {
            let sign = side.sign();
            put(Joint::Ear.of(side), ears + posture.head.x_axis * (sign * length::EAR));
            let out = posture.thorax.x_axis * (sign * length::SHOULDER);
            let raised = posture.thorax.y_axis * (hike * 2.0 * length::SHOULDER);
            arm_points(posture, side, shoulders + out + raised, &mut put);
            leg_points(posture, side, posture.hip_line * (sign * length::HIP), &mut put);
        }
        body
    }
}

fn arm_points(posture: &Posture, side: Side, shoulder: Vec3, put: &mut impl FnMut(LandmarkId, Vec3)) {
    use LandmarkId::*;
    let [pinky, index, thumb] = match side {
        Side::Left => [LeftPinky, LeftIndex, LeftThumb],
        Side::Right => [RightPinky, RightIndex, RightThumb],
    };
    let forearm = posture.forearm[side.index()];
    let elbow = shoulder - posture.upper_arm[side.index()].y_axis * length::UPPER_ARM;
    let wrist = elbow - forearm.y_axis * length::FOREARM;
    put(Joint::Shoulder.of(side), shoulder);
    put(Joint::Elbow.of(side), elbow);
    put(Joint::Wrist.of(side), wrist);
    // Palms forward in the anatomical position: thumbs outwards.
    let across = forearm.x_axis * side.sign();
    let hand = |along: f32, out: f32| wrist + (across * out - forearm.y_axis * along) * length::HAND;
    put(pinky, hand(0.75, -0.25));
    put(index, hand(0.85, 0.2));
    put(thumb, hand(0.45, 0.35));
}

fn leg_points(posture: &Posture, side: Side, hip: Vec3, put: &mut impl FnMut(LandmarkId, Vec3)) {
    let [thigh, shank, foot] =
        [&posture.thigh, &posture.shank, &posture.foot].map(|frames| frames[side.index()]);
    let knee = hip - thigh.y_axis * length::THIGH;
    let ankle = knee - shank.y_axis * length::SHANK;
    let sole = ankle - foot.y_axis * length::ANKLE_HEIGHT;
    put(Joint::Hip.of(side), hip);
    put(Joint::Knee.of(side), knee);
    put(Joint::Ankle.of(side), ankle);
    put(Joint::Heel.of(side), sole - foot.z_axis * (length::FOOT * length::HEEL_SHARE));
    put(Joint::Toes.of(side), sole + foot.z_axis * (length::FOOT * (1.0 - length::HEEL_SHARE)));
}

#[cfg(test)]
mod tests;
