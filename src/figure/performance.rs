//! From joint angles to a pose with the feet planted: the trainer's movement.

use crate::{
    ground,
    limb::{aim, smoothstep},
    rig::{Bone, RigPose, SideBones, Skeleton, turn},
};
use baro_motion::JointAngles;
use baro_motion::{Posture, Side};
use glam::{Mat3, Quat, Vec3};

/// Past this elevation of the arm the shoulder girdle goes along, radians.
const GIRDLE_FROM_RAD: f32 = 0.6;
/// Share of further elevation that the girdle takes, and its limit in radians. About half of what anatomy gives
/// (Inman 1944: one third of elevation): the mesh deforms best there.
const GIRDLE_SHARE: f32 = 0.18;
const GIRDLE_LIMIT_RAD: f32 = 0.40;
/// A shrug by one shoulder width would lift the girdle by this, radians: the clavicle is about 0.45 of that width.
const SHRUG_RAD: f32 = 2.2;
/// Palms turned from forward towards the thighs, radians: a relaxed forearm.
const PRONATION_RAD: f32 = 1.0;
/// People look ahead, not at the floor, when they lean: neck and head take back this share of the lean; all of it until the
/// trunk is 60° from the vertical, nothing from 90° on, as when lying.
const AHEAD: [f32; 2] = [0.25, 0.6];
const AHEAD_UNTIL_RAD: [f32; 2] = [1.05, 1.57];
/// Turns joint angles into poses of one body.
#[derive(Debug, Clone)]
pub struct Performer {
    /// Ankles when standing straight, on the floor plane.
    anchors: [Vec3; 2],
}

impl Performer {
    /// For one body.
    pub fn new(skeleton: &Skeleton) -> Self {
        let pose = turned(skeleton, &JointAngles::default(), Vec3::ZERO);
        let at = skeleton.positions(&pose);
        Self { anchors: Side::BOTH.map(|side| at[side.leg()[2] as usize] * Vec3::new(1.0, 0.0, 1.0)) }
    }

    /// The pose for `angles` (clinical zero-neutral, see [`JointAngles`]): standing feet keep their place, the
    /// lowest point of the body is on the floor. Angles that are not finite count as zero.
    pub fn pose(&self, skeleton: &Skeleton, angles: &JointAngles) -> RigPose {
        let mut pose = turned(skeleton, &finite(angles), skeleton.head(Bone::Pelvis));
        ground::rest_on_floor(skeleton, &mut pose);
        ground::flatten_standing(skeleton, &mut pose);
        ground::stand_at(skeleton, &mut pose, self.anchors);
        pose
    }
}

fn finite(angles: &JointAngles) -> JointAngles {
    JointAngles::from_array(angles.to_array().map(|x| if x.is_finite() { x } else { 0.0 }))
}

/// All bones turned, the root at `root`.
fn turned(skeleton: &Skeleton, angles: &JointAngles, root: Vec3) -> RigPose {
    let posture = Posture::new(angles);
    let mut pose = RigPose { root, ..RigPose::rest(skeleton) };
    let [hips, chest] = [hips(&posture), posture.thorax].map(|frame| Quat::from_mat3(&frame));
    let rest = upright(skeleton);
    for (bone, share) in [(Bone::Pelvis, 0.0), (Bone::Spine1, 0.3), (Bone::Spine2, 0.7), (Bone::Spine3, 1.0)]
    {
        pose.set(bone, hips.slerp(chest, share) * rest);
    }
    look(&mut pose, &posture, angles.head_forward_rad);
    for (side, limb) in [(Side::Left, &angles.left), (Side::Right, &angles.right)] {
        arm(skeleton, &mut pose, side, &posture, limb.shoulder_hike);
        leg(skeleton, &mut pose, side, &posture);
    }
    pose
}

/// The pelvis with its own tilt to a side.
fn hips(posture: &Posture) -> Mat3 {
    let left = posture.hip_line;
    let up =
        (posture.pelvis.y_axis - left * posture.pelvis.y_axis.dot(left)).normalize_or(posture.pelvis.y_axis);
    Mat3::from_cols(left, up, left.cross(up))
}

/// Turns neck and head.
fn look(pose: &mut RigPose, posture: &Posture, forward_rad: f32) {
    let thorax = Quat::from_mat3(&posture.thorax);
    let own = Quat::from_mat3(&(posture.thorax.transpose() * posture.head));
    let up = thorax * Vec3::Y;
    let [from, to] = AHEAD_UNTIL_RAD;
    let lifts = 1.0 - smoothstep(from, to, up.angle_between(Vec3::Y));
    let [neck, head] =
        AHEAD.map(|share| Quat::IDENTITY.slerp(Quat::from_rotation_arc(up, Vec3::Y), share * lifts) * thorax);
    pose.set(Bone::Neck, neck * Quat::from_rotation_x(forward_rad) * Quat::IDENTITY.slerp(own, 0.5));
    pose.set(Bone::Head, head * own);
}

/// Turns the trunk at rest exactly upright.
fn upright(skeleton: &Skeleton) -> Quat {
    turn(skeleton.trunk_frame((Bone::ThighR, Bone::ThighL)), Mat3::IDENTITY)
}

fn arm(skeleton: &Skeleton, pose: &mut RigPose, side: Side, posture: &Posture, hike: f32) {
    let [clavicle, upper, lower, hand] = side.arm();
    let (shoulder, elbow) = (posture.upper_arm[side.index()], posture.forearm[side.index()]);
    // Anatomical zero: the arm hangs, the elbow bends forward.
    let (along, hinge) = (Vec3::NEG_Y, Vec3::NEG_X);
    if let Some((a, b)) = aim(&skeleton.arm(side), shoulder * along, elbow * along, shoulder * hinge) {
        pose.set(upper, a);
        let pronation = Quat::from_axis_angle(elbow * along, side.sign() * PRONATION_RAD);
        pose.set(lower, Quat::IDENTITY.slerp(pronation, 0.5) * b);
        pose.set(hand, pronation * b);
    }
    let thorax = Quat::from_mat3(&posture.thorax);
    let shrug = Quat::from_axis_angle(thorax * Vec3::Z, side.sign() * (hike * SHRUG_RAD).clamp(-1.0, 1.0));
    pose.set(clavicle, shrug * girdle(pose, side, shoulder * along, thorax) * pose.turn(Bone::Spine3));
}

/// How the shoulder girdle follows a raised arm, as a turn in the avatar frame.
pub fn girdle(pose: &RigPose, side: Side, arm: Vec3, trunk: Quat) -> Quat {
    let down = trunk * Vec3::NEG_Y;
    let elevation = arm.try_normalize().map_or(0.0, |arm| arm.angle_between(down));
    let lift = ((elevation - GIRDLE_FROM_RAD) * GIRDLE_SHARE).clamp(0.0, GIRDLE_LIMIT_RAD);
    let axis = pose.turn(Bone::Spine3) * Vec3::Z;
    Quat::from_axis_angle(axis.try_normalize().unwrap_or(Vec3::Z), side.sign() * lift)
}

fn leg(skeleton: &Skeleton, pose: &mut RigPose, side: Side, posture: &Posture) {
    let [thigh, calf, foot, ball] = side.leg();
    let i = side.index();
    let (hip, knee) = (posture.thigh[i], posture.shank[i]);
    if let Some((a, b)) = aim(&skeleton.leg(side), hip * Vec3::NEG_Y, knee * Vec3::NEG_Y, hip * Vec3::X) {
        pose.set(thigh, a);
        pose.set(calf, b);
    }
    let at_ankle = Quat::from_mat3(&posture.foot[i]);
    pose.set(foot, at_ankle);
    pose.set(ball, at_ankle);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rig::tests::skeleton;
    use baro_motion::LimbAngles;

    fn both(limb: LimbAngles, trunk_flexion_rad: f32) -> JointAngles {
        JointAngles { trunk_flexion_rad, left: limb, right: limb, ..JointAngles::default() }
    }

    fn angle(a: Vec3, b: Vec3) -> f32 {
        a.angle_between(b).to_degrees()
    }

    #[test]
    fn a_squat_has_the_angles_asked_for_and_feet_on_the_floor() {
        for name in ["sunhee", "daniel"] {
            let s = skeleton(name);
            let performer = Performer::new(&s);
            let rad = f32::to_radians;
            let mut before = None;
            for knee in [0.0, 45.0, 90.0, 110.0] {
                let limb = LimbAngles {
                    knee_flexion_rad: rad(knee),
                    hip_flexion_rad: rad(knee * 0.9),
                    ankle_dorsiflexion_rad: rad(knee * 0.25),
                    shoulder_flexion_rad: rad(knee * 0.7),
                    ..LimbAngles::default()
                };
                let pose = performer.pose(&s, &both(limb, rad(knee * 0.35)));
                let at = s.positions(&pose);
                let p = |bone: Bone| at[bone as usize];
                for side in Side::BOTH {
                    let [thigh, calf, foot, _] = side.leg();
                    let measured = angle(p(calf) - p(thigh), p(foot) - p(calf));
                    assert!((measured - knee).abs() < 0.5, "{name} knee {knee}: {measured}");
                    let [_, upper, lower, _] = side.arm();
                    let trunk =
                        (p(Bone::ThighL) + p(Bone::ThighR) - p(Bone::UpperArmL) - p(Bone::UpperArmR)) * 0.5;
                    let shoulder = angle(p(lower) - p(upper), trunk);
                    assert!((shoulder - knee * 0.7).abs() < 2.0, "{name} shoulder {knee}: {shoulder}");
                    let low = s.posed_sole(side, &pose, p(foot)).iter().fold(9.0f32, |l, q| l.min(q.y));
                    assert!(low.abs() < 0.002, "{name} sole at {low}");
                }
                let feet = Side::BOTH.map(|side| p(side.leg()[2]) * Vec3::new(1.0, 0.0, 1.0));
                if let Some(before) = before.replace(feet) {
                    let moved = (before[0] - feet[0]).length().max((before[1] - feet[1]).length());
                    assert!(moved < 0.004, "{name}: feet moved {moved} m");
                }
            }
        }
    }

    #[test]
    fn abduction_is_abduction_and_a_lifted_leg_leaves_the_other_standing() {
        let s = skeleton("sunhee");
        let performer = Performer::new(&s);
        let mut angles = JointAngles::default();
        angles.left.shoulder_abduction_rad = 1.5;
        angles.right.hip_abduction_rad = 0.6;
        let at = s.positions(&performer.pose(&s, &angles));
        let p = |bone: Bone| at[bone as usize];
        let arm = p(Bone::LowerArmL) - p(Bone::UpperArmL);
        assert!((angle(arm, Vec3::NEG_Y).to_radians() - 1.5).abs() < 0.01 && arm.x > 0.0);
        assert!(p(Bone::FootR).y > p(Bone::FootL).y + 0.1);
        let still = s.positions(&performer.pose(&s, &JointAngles::default()));
        assert!((p(Bone::FootL) - still[Bone::FootL as usize]).length() < 0.005);
    }

    fn set(degrees: &[(&str, f32)]) -> JointAngles {
        let mut angles = JointAngles::default();
        for (name, value) in degrees {
            assert!(angles.set(name, value.to_radians()), "{name}");
        }
        angles
    }

    #[test]
    fn trunk_neck_and_shoulders_turn_as_asked() {
        let s = skeleton("sunhee");
        let performer = Performer::new(&s);
        let at = |angles: &[(&str, f32)]| s.positions(&performer.pose(&s, &set(angles)));
        let p = |at: &[Vec3], bone: Bone| at[bone as usize];
        let trunk = |at: &[Vec3]| {
            p(at, Bone::UpperArmL) + p(at, Bone::UpperArmR) - p(at, Bone::ThighL) - p(at, Bone::ThighR)
        };
        let leaned = trunk(&at(&[
            ("trunk_side_lean", 20.0),
            ("pelvis_hike", 20.0),
            ("left_hip_abduction", 20.0),
            ("right_hip_abduction", -20.0),
        ]));
        let lean = leaned.x.atan2(leaned.y).to_degrees();
        assert!((10.0..22.0).contains(&lean), "to the left: {lean}");
        let turned = at(&[("trunk_rotation", 30.0)]);
        let shoulders = p(&turned, Bone::UpperArmL) - p(&turned, Bone::UpperArmR);
        assert!((shoulders.z.atan2(shoulders.x).to_degrees() + 30.0).abs() < 4.0, "{shoulders}");
        let raised = [
            ("left_elbow_flexion", 90.0),
            ("left_shoulder_abduction", 90.0),
            ("left_shoulder_rotation", 90.0),
        ];
        let arm = at(&raised);
        assert!(
            (p(&arm, Bone::HandL) - p(&arm, Bone::LowerArmL)).normalize_or_zero().y > 0.95,
            "the forearm points up"
        );
        let bone =
            |name: &str, value: f32| performer.pose(&s, &set(&[(name, value)])).turn(Bone::Head) * Vec3::Z;
        assert!(bone("neck_rotation", 40.0).x > 0.5 && bone("neck_flexion", 40.0).y < -0.5);
        let shrugged = p(&at(&[]), Bone::UpperArmL).y + 0.03;
        let mut hike = JointAngles::default();
        hike.left.shoulder_hike = 0.2;
        assert!(s.positions(&performer.pose(&s, &hike))[Bone::UpperArmL as usize].y > shrugged);
    }

    #[test]
    fn who_lies_or_kneels_is_on_the_floor() {
        let s = skeleton("daniel");
        let performer = Performer::new(&s);
        let kneeling = [
            ("trunk_flexion", 85.0),
            ("left_hip_flexion", 85.0),
            ("right_hip_flexion", 85.0),
            ("left_knee_flexion", 90.0),
            ("right_knee_flexion", 90.0),
            ("left_ankle_dorsiflexion", -70.0),
            ("right_ankle_dorsiflexion", -70.0),
            ("left_shoulder_flexion", 85.0),
            ("right_shoulder_flexion", 85.0),
        ];
        // On its face with the feet stretched: else it stands on its toes.
        let prone = [
            ("trunk_flexion", 90.0),
            ("left_ankle_dorsiflexion", -70.0),
            ("right_ankle_dorsiflexion", -70.0),
        ];
        for posture in [&[("trunk_flexion", -90.0)][..], &prone, &[("trunk_side_lean", 90.0)], &kneeling] {
            let at = s.positions(&performer.pose(&s, &set(posture)));
            let low = ground::RESTS
                .iter()
                .map(|&(bone, skin)| at[bone as usize].y - skin)
                .fold(f32::INFINITY, f32::min);
            assert!((-0.001..0.06).contains(&low), "{posture:?}: {low} m above the floor");
        }
    }

    #[test]
    fn garbage_gives_a_finite_pose() {
        let s = skeleton("daniel");
        let limb =
            LimbAngles { knee_flexion_rad: f32::NAN, hip_flexion_rad: f32::INFINITY, ..Default::default() };
        assert!(Performer::new(&s).pose(&s, &both(limb, f32::NAN)).is_finite());
    }

    #[test]
    fn frames_are_right_handed() {
        assert!((crate::rig::frame(Vec3::X, Vec3::Y).unwrap().determinant() - 1.0).abs() < 1e-6);
    }
}
