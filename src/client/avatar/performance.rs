//! From joint angles to a pose with the feet planted: the trainer's movement.

use super::{
    ground,
    limb::aim,
    rig::{Bone, RigPose, SideBones, Skeleton, turn},
};
use baro_coach::{JointAngles, LimbAngles};
use baro_motion::Side;
use bevy::math::{Mat3, Quat, Vec3};

/// Past this elevation of the arm the shoulder girdle goes along, radians.
const GIRDLE_FROM_RAD: f32 = 0.6;
/// Share of further elevation that the girdle takes, and its limit in radians. About half of what anatomy gives
/// (Inman 1944: one third of elevation): the mesh deforms best there.
const GIRDLE_SHARE: f32 = 0.18;
const GIRDLE_LIMIT_RAD: f32 = 0.40;
/// Palms turned from forward towards the thighs, radians: a relaxed forearm.
const PRONATION_RAD: f32 = 1.0;

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
    /// lowest sole is on the floor. Angles that are not finite count as zero.
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
    let mut pose = RigPose { root, ..RigPose::rest(skeleton) };
    let lean = Quat::from_rotation_x(angles.trunk_flexion_rad);
    let trunk = lean * upright(skeleton);
    for bone in [Bone::Pelvis, Bone::Spine1, Bone::Spine2, Bone::Spine3] {
        pose.set(bone, trunk);
    }
    // People look ahead, not at the floor, when they lean.
    pose.set(Bone::Neck, Quat::from_rotation_x(angles.trunk_flexion_rad * 0.75));
    pose.set(Bone::Head, Quat::from_rotation_x(angles.trunk_flexion_rad * 0.4));
    for (side, limb) in [(Side::Left, &angles.left), (Side::Right, &angles.right)] {
        arm(skeleton, &mut pose, side, lean, limb);
        leg(skeleton, &mut pose, side, lean, limb);
    }
    pose
}

/// Turns the trunk at rest exactly upright.
fn upright(skeleton: &Skeleton) -> Quat {
    turn(skeleton.trunk_frame((Bone::ThighR, Bone::ThighL)), Mat3::IDENTITY)
}

/// Flexion about the body's transverse axis, applied to a limb that is abducted by `out`.
fn ball_joint(side: Side, flexion_rad: f32, abduction_rad: f32) -> Quat {
    Quat::from_rotation_x(-flexion_rad) * Quat::from_rotation_z(side.sign() * abduction_rad)
}

fn arm(skeleton: &Skeleton, pose: &mut RigPose, side: Side, lean: Quat, limb: &LimbAngles) {
    let [clavicle, upper, lower, hand] = side.arm();
    let at_shoulder = lean * ball_joint(side, limb.shoulder_flexion_rad, limb.shoulder_abduction_rad);
    // Anatomical zero: the arm hangs, the elbow bends forward.
    let (along, hinge) = (Vec3::NEG_Y, Vec3::NEG_X);
    let at_elbow = at_shoulder * Quat::from_axis_angle(hinge, limb.elbow_flexion_rad);
    if let Some((a, b)) = aim(&skeleton.arm(side), at_shoulder * along, at_elbow * along, at_shoulder * hinge)
    {
        pose.set(upper, a);
        let pronation = Quat::from_axis_angle(at_elbow * along, side.sign() * PRONATION_RAD);
        pose.set(lower, Quat::IDENTITY.slerp(pronation, 0.5) * b);
        pose.set(hand, pronation * b);
    }
    pose.set(clavicle, girdle(pose, side, at_shoulder * along, lean) * pose.turn(Bone::Spine3));
}

/// How the shoulder girdle follows a raised arm, as a turn in the avatar frame.
pub fn girdle(pose: &RigPose, side: Side, arm: Vec3, trunk: Quat) -> Quat {
    let down = trunk * Vec3::NEG_Y;
    let elevation = arm.try_normalize().map_or(0.0, |arm| arm.angle_between(down));
    let lift = ((elevation - GIRDLE_FROM_RAD) * GIRDLE_SHARE).clamp(0.0, GIRDLE_LIMIT_RAD);
    let axis = pose.turn(Bone::Spine3) * Vec3::Z;
    Quat::from_axis_angle(axis.try_normalize().unwrap_or(Vec3::Z), side.sign() * lift)
}

fn leg(skeleton: &Skeleton, pose: &mut RigPose, side: Side, lean: Quat, limb: &LimbAngles) {
    let [thigh, calf, foot, ball] = side.leg();
    let at_hip = lean * ball_joint(side, limb.hip_flexion_rad, limb.hip_abduction_rad);
    let at_knee = at_hip * Quat::from_rotation_x(limb.knee_flexion_rad);
    if let Some((a, b)) =
        aim(&skeleton.leg(side), at_hip * Vec3::NEG_Y, at_knee * Vec3::NEG_Y, at_hip * Vec3::X)
    {
        pose.set(thigh, a);
        pose.set(calf, b);
    }
    let at_ankle = at_knee * Quat::from_rotation_x(-limb.ankle_dorsiflexion_rad);
    pose.set(foot, at_ankle);
    pose.set(ball, at_ankle);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::avatar::rig::tests::skeleton;

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

    #[test]
    fn garbage_gives_a_finite_pose() {
        let s = skeleton("daniel");
        let limb =
            LimbAngles { knee_flexion_rad: f32::NAN, hip_flexion_rad: f32::INFINITY, ..Default::default() };
        assert!(Performer::new(&s).pose(&s, &both(limb, f32::NAN)).is_finite());
    }

    #[test]
    fn frames_are_right_handed() {
        assert!((crate::avatar::rig::frame(Vec3::X, Vec3::Y).unwrap().determinant() - 1.0).abs() < 1e-6);
    }
}
