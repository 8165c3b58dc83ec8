//! The body's limbs for the physics engine: capsules that follow the bones and that nothing moves.

use super::{STEPS_HZ, sense::Sensed};
use crate::avatar::{Bone, RigPose, SideBones, Skeleton};
use baro_motion::Side;
use bevy::prelude::*;
use bevy_rapier3d::prelude::*;

/// Limbs touch things, and things touch limbs, the floor and one another.
pub(super) const LIMBS: Group = Group::GROUP_1;
pub(super) const THINGS: Group = Group::GROUP_2;
pub(super) const FLOOR: Group = Group::GROUP_3;

/// A limb follows its bone with this delay, seconds: the camera sees 15 to 30 times a second, the engine steps more often.
const DELAY_S: f32 = 0.05;
/// A limb that jumps, because it was lost and found, comes no faster than this, metres a second.
const FASTEST_M_S: f32 = 4.0;
/// One camera tells depth worst, so the hands that touch are as long as this, half each way, metres.
const HAND_DEPTH_M: f32 = 0.22;
const FOOT_RADIUS_M: f32 = 0.03;

/// A part of the avatar's body. Sides are the avatar's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Trunk,
    Head,
    UpperArm(Side),
    Forearm(Side),
    Hand(Side),
    Thigh(Side),
    Calf(Side),
    Foot(Side),
}

use Part::*;

/// Number of limbs.
pub const PARTS: usize = 14;

impl Part {
    pub const ALL: [Self; PARTS] = [
        Trunk,
        Head,
        UpperArm(Side::Left),
        UpperArm(Side::Right),
        Forearm(Side::Left),
        Forearm(Side::Right),
        Hand(Side::Left),
        Hand(Side::Right),
        Thigh(Side::Left),
        Thigh(Side::Right),
        Calf(Side::Left),
        Calf(Side::Right),
        Foot(Side::Left),
        Foot(Side::Right),
    ];

    /// Of the capsule, metres.
    const fn radius_m(self) -> f32 {
        match self {
            Trunk => 0.13,
            Head => 0.10,
            UpperArm(_) => 0.045,
            Forearm(_) => 0.04,
            Hand(_) => 0.07,
            Thigh(_) => 0.075,
            Calf(_) => 0.05,
            Foot(_) => FOOT_RADIUS_M,
        }
    }

    /// The ends of the capsule's axis in the avatar's frame. `at`: heads of the bones in the pose.
    pub fn ends(self, skeleton: &Skeleton, pose: &RigPose, at: &[Vec3; crate::avatar::BONES]) -> [Vec3; 2] {
        let p = |bone: Bone| at[bone as usize];
        match self {
            Trunk => [p(Bone::Pelvis), p(Bone::Neck)],
            Head => [p(Bone::Head), p(Bone::Head) + pose.turn(Bone::Head) * Vec3::Y * 0.12],
            UpperArm(side) => [p(side.arm()[1]), p(side.arm()[2])],
            Forearm(side) => [p(side.arm()[2]), p(side.arm()[3])],
            Hand(side) => {
                let hand = side.arm()[3];
                let palm = p(hand) + pose.turn(hand) * skeleton.marks.palm[side.index()].0 * PALM_SHARE;
                [palm - Vec3::Z * HAND_DEPTH_M, palm + Vec3::Z * HAND_DEPTH_M]
            }
            Thigh(side) => [p(side.leg()[0]), p(side.leg()[1])],
            Calf(side) => [p(side.leg()[1]), p(side.leg()[2])],
            Foot(side) => {
                let [heel, _, tip] = skeleton.posed_sole(side, pose, p(side.leg()[2]));
                [heel, tip].map(|end| end + Vec3::Y * FOOT_RADIUS_M)
            }
        }
    }
}

/// Where the palm's middle is, from the wrist to the knuckles.
pub(super) const PALM_SHARE: f32 = 0.8;

/// A limb in the physics engine.
#[derive(Component, Debug)]
pub struct Limb {
    /// Which.
    pub part: Part,
    /// The ends of its axis, as they are now: they follow the bone's.
    pub ends: [Vec3; 2],
}

/// Puts the limbs into the room and moves them towards the bones.
pub fn follow(sensed: Res<Sensed>, mut limbs: Query<(&mut Limb, &mut Transform)>, mut commands: Commands) {
    let Some(seen) = sensed.seen() else { return };
    if limbs.is_empty() {
        for (part, ends) in Part::ALL.into_iter().zip(seen.ends) {
            let half_m = ends[0].distance(ends[1]) * 0.5;
            commands.spawn((
                (Limb { part, ends }, placed(ends), RigidBody::KinematicPositionBased),
                Collider::capsule_y(half_m, part.radius_m()),
                CollisionGroups::new(LIMBS, THINGS),
                // Targets and bars are not moved by forces either.
                ActiveCollisionTypes::all(),
            ));
        }
    }
    let dt_s = (1.0 / STEPS_HZ) as f32;
    for (mut limb, mut transform) in &mut limbs {
        let Some(i) = Part::ALL.iter().position(|part| *part == limb.part) else { continue };
        limb.ends = [0, 1].map(|end| towards(limb.ends[end], seen.ends[i][end], dt_s));
        *transform = placed(limb.ends);
    }
}

/// A capsule along its y between two ends.
fn placed(ends: [Vec3; 2]) -> Transform {
    let along = (ends[1] - ends[0]).try_normalize().unwrap_or(Vec3::Y);
    Transform::from_translation((ends[0] + ends[1]) * 0.5)
        .with_rotation(Quat::from_rotation_arc(Vec3::Y, along))
}

fn towards(from: Vec3, to: Vec3, dt_s: f32) -> Vec3 {
    let way = (to - from) * (1.0 - (-dt_s / DELAY_S).exp());
    from + way.clamp_length_max(FASTEST_M_S * dt_s)
}
