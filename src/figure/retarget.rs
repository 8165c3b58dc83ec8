//! From a person's landmarks to a pose of the avatar.
//!
//! Directions of limbs come from the landmarks, lengths stay the avatar's own. Roll comes from the plane in which
//! elbow and knee bend; where a limb is straight that plane is unknown, and the last roll is carried along.

use crate::{
    ground::{self, FootLocks},
    limb::{aim, carry, ease, limit, smoothstep, twist_rad},
    performance::{Performer, girdle},
    points::{EARS_TO_NOSE, Points, arm_ids, leg_ids},
    rig::{BONES, Bone, RigPose, SideBones, Skeleton, frame, turn, unit_or},
};
use baro_motion::JointAngles;
use baro_motion::{LandmarkId, Pose, Side};
use glam::{Quat, Vec3};
use std::f32::consts::TAU;

/// What is left of the tracker's noise is evened out by the One Euro filter (Casiez et al., CHI 2012) on each bone's turn: cut-off at rest, Hz;
/// how much it grows with speed, Hz for each radian a second; and the time constant of that speed, seconds.
const REST_HZ: f32 = 0.35;
const QUICK_HZ: f32 = 5.0;
/// Slower than this is rest, radians a second. Hands, whose landmarks are the noisiest, count as at rest three times as long.
const STILL_RAD_S: f32 = 0.20;
const SPEED_S: f32 = 0.12;
/// No bone turns faster, radians a second: fast arm movements in exercise reach about 8.
const FASTEST_RAD_S: f32 = 10.0;
/// Time constant with which a foot goes flat, seconds.
const FLAT_S: f32 = 0.12;
/// A limb that isn't seen keeps its posture this long, then eases to hanging, seconds.
const HOLD_S: f32 = 0.6;
/// Time constant of that easing, seconds.
const NEUTRAL_S: f32 = 0.8;
/// Visibility below which a limb counts as unseen, and above which it is fully believed.
const UNSEEN: f32 = 0.25;
const SEEN: f32 = 0.55;
/// Flexion below which a limb's plane is noise, and above which it is fully believed, radians.
const STRAIGHT_RAD: f32 = 0.14;
const BENT_RAD: f32 = 0.50;
/// Time constant with which the roll of a straight limb relaxes, seconds.
const ROLL_S: f32 = 0.7;
/// Time constant of the hands, whose landmarks are the noisiest, seconds.
const HAND_S: f32 = 0.30;
/// Furthest that a hand turns against its forearm, and the head against the chest, radians.
const HAND_LIMIT_RAD: f32 = 1.2;
const HEAD_LIMIT_RAD: f32 = 1.1;

/// What is remembered of a limb between frames.
#[derive(Debug, Clone, Copy)]
struct Limb {
    upper: Vec3,
    hinge: Vec3,
}

/// Follows one person with one avatar.
#[derive(Debug, Clone)]
pub struct Retargeter {
    neutral: RigPose,
    /// As it is measured, evened out.
    evened: RigPose,
    /// The same on the floor.
    pose: RigPose,
    arms: [Option<Limb>; 2],
    legs: [Option<Limb>; 2],
    /// Turns of the hands against their forearms.
    hands: [Quat; 2],
    unseen_s: [f32; BONES],
    /// What each bone was last asked for, and how fast that turns, radians a second.
    asked: [Quat; BONES],
    speed: [Vec3; BONES],
    locks: FootLocks,
    started: bool,
    mirror: bool,
}

/// The pose that one frame asks for, and how far each bone's turn is believed, 0 to 1.
struct Target {
    pose: RigPose,
    trust: [f32; BONES],
}

impl Target {
    fn set(&mut self, bone: Bone, turn: Quat, trust: f32) {
        if turn.is_finite() && trust > 0.0 {
            self.pose.set(bone, turn.normalize());
            self.trust[bone as usize] = trust;
        }
    }
}

impl Retargeter {
    /// Begins with the avatar standing relaxed.
    pub fn new(skeleton: &Skeleton) -> Self {
        let neutral = Performer::new(skeleton).pose(skeleton, &JointAngles::default());
        Self {
            neutral,
            evened: neutral,
            pose: neutral,
            arms: [None; 2],
            legs: [None; 2],
            hands: Side::BOTH.map(|side| {
                let [_, _, lower, hand] = side.arm();
                neutral.turn(lower).inverse() * neutral.turn(hand)
            }),
            unseen_s: [0.0; BONES],
            asked: neutral.turns,
            speed: [Vec3::ZERO; BONES],
            locks: FootLocks::default(),
            started: false,
            mirror: false,
        }
    }

    /// The pose after the last update.
    pub fn pose(&self) -> &RigPose {
        &self.pose
    }

    /// Goes on by `dt_s` seconds towards `person` (`None`: nobody is seen). `mirror`: as in a mirror.
    pub fn update(
        &mut self,
        skeleton: &Skeleton,
        person: Option<&Pose>,
        mirror: bool,
        dt_s: f32,
    ) -> &RigPose {
        let dt_s = if dt_s.is_finite() { dt_s.clamp(0.0, 0.25) } else { 0.0 };
        if mirror != self.mirror {
            *self = Self { mirror, ..Self::new(skeleton) };
        }
        let target = match person {
            Some(person) => self.target(skeleton, &Points::new(&person.world, mirror), dt_s),
            None => Target { pose: self.neutral, trust: [0.0; BONES] },
        };
        let first = !self.started && target.trust[Bone::Pelvis as usize] > 0.5;
        self.started |= first;
        self.blend(&target, if first { f32::INFINITY } else { dt_s });
        // What the floor asks of the legs is no measurement: the next frame is blended without it.
        let before = self.pose;
        self.pose.turns = self.evened.turns;
        ground::rest_on_floor(skeleton, &mut self.pose);
        ground::flatten_standing(skeleton, &mut self.pose);
        if first {
            self.locks.release();
        } else {
            self.settle_feet(&before, dt_s);
        }
        self.locks.apply(skeleton, &mut self.pose, self.neutral.root, dt_s);
        if !self.pose.is_finite() {
            *self = Self { mirror, ..Self::new(skeleton) };
        }
        &self.pose
    }

    /// Feet go flat and come off the floor without a jump.
    fn settle_feet(&mut self, before: &RigPose, dt_s: f32) {
        for bone in Side::BOTH.into_iter().flat_map(|side| side.leg().into_iter().skip(2)) {
            let (from, to) = (before.turn(bone), self.pose.turn(bone));
            let share = ease(dt_s, FLAT_S).min(FASTEST_RAD_S * dt_s / from.angle_between(to).max(1e-4));
            self.pose.set(bone, from.slerp(to, share).normalize());
        }
    }

    /// Moves every bone towards its target; unseen ones hold, then ease to neutral. Bones move relative to what
    /// carries them where they have no target of their own.
    fn blend(&mut self, target: &Target, dt_s: f32) {
        let before = self.evened;
        for bone in Bone::ALL {
            let i = bone as usize;
            let trust = target.trust[i];
            self.unseen_s[i] = if trust > 0.0 { 0.0 } else { (self.unseen_s[i] + dt_s).min(60.0) };
            let (goal, share) = if trust > 0.0 {
                let goal = target.pose.turns[i];
                (goal, self.follow(i, before.turns[i].angle_between(goal), goal, trust, dt_s))
            } else {
                let relax = if self.unseen_s[i] > HOLD_S { ease(dt_s, NEUTRAL_S) } else { 0.0 };
                (self.neutral_on_parent(bone), relax)
            };
            let held = match bone.parent() {
                // Carried along with what it hangs on.
                Some(parent) if trust <= 0.0 => {
                    self.evened.turn(parent) * before.turn(parent).inverse() * before.turn(bone)
                }
                _ => before.turn(bone),
            };
            self.evened.set(bone, held.slerp(goal, share.clamp(0.0, 1.0)).normalize());
        }
    }

    /// Share of the way to a believed turn: what rests is held still, what moves is followed, nothing jumps.
    fn follow(&mut self, i: usize, apart_rad: f32, goal: Quat, trust: f32, dt_s: f32) -> f32 {
        let since = goal * self.asked[i].inverse();
        self.asked[i] = goal;
        if !dt_s.is_finite() {
            return 1.0;
        }
        if dt_s > 1e-4 {
            let speed = (if since.w < 0.0 { -since } else { since }).to_scaled_axis() / dt_s;
            self.speed[i] += (speed - self.speed[i]) * ease(dt_s, SPEED_S);
        }
        let hand = i == Bone::HandL as usize || i == Bone::HandR as usize;
        let [rest_hz, still_rad_s] =
            if hand { [0.3 * REST_HZ, 4.0 * STILL_RAD_S] } else { [REST_HZ, STILL_RAD_S] };
        let cut_off_hz = (rest_hz + QUICK_HZ * (self.speed[i].length() - still_rad_s).max(0.0)) * trust;
        let share = ease(dt_s, 1.0 / (TAU * cut_off_hz.max(1e-3)));
        share.min(FASTEST_RAD_S * dt_s / apart_rad.max(1e-4))
    }

    fn neutral_on_parent(&self, bone: Bone) -> Quat {
        match bone.parent() {
            Some(parent) => {
                self.evened.turn(parent) * self.neutral.turn(parent).inverse() * self.neutral.turn(bone)
            }
            None => self.neutral.turn(bone),
        }
    }

    fn target(&mut self, skeleton: &Skeleton, points: &Points, dt_s: f32) -> Target {
        let mut target = Target { pose: self.evened, trust: [0.0; BONES] };
        trunk(skeleton, points, &mut target);
        head(points, &mut target);
        for side in Side::BOTH {
            self.arm(skeleton, points, side, &mut target, dt_s);
            self.leg(skeleton, points, side, &mut target, dt_s);
        }
        target
    }

    fn arm(&mut self, skeleton: &Skeleton, points: &Points, side: Side, target: &mut Target, dt_s: f32) {
        let [shoulder, elbow, wrist, index, pinky] = arm_ids(side);
        let trust = believed(points.seen(&[shoulder, elbow, wrist]));
        let (upper, lower) = (points.at(elbow) - points.at(shoulder), points.at(wrist) - points.at(elbow));
        let (Some(upper), Some(lower)) = (upper.try_normalize(), lower.try_normalize()) else { return };
        if trust <= 0.0 {
            self.arms[side.index()] = None;
            return;
        }
        let rest = skeleton.arm(side);
        let chest = target.pose.turn(Bone::Spine3);
        // Hanging down the elbow bends forward; the roll is carried from there.
        let neutral = self.neutral.turn(Bone::Spine3).inverse() * self.neutral.turn(side.arm()[1]);
        let natural = carry(chest * neutral * rest.upper, upper, chest * neutral * rest.hinge);
        let new = self.arms[side.index()].is_none();
        let hinge = hinge(&mut self.arms[side.index()], upper, lower, natural, dt_s);
        let Some((a, b)) = aim(&rest, upper, lower, hinge) else { return };
        let [clavicle, upper_arm, lower_arm, hand] = side.arm();
        target.set(clavicle, girdle(&target.pose, side, upper, chest) * chest, trust);
        target.set(upper_arm, a, trust);

        let (rest_along, rest_across) = skeleton.marks.palm[side.index()];
        let along = points.mid(index, pinky) - points.at(wrist);
        let seen = trust * believed(points.seen(&[index, pinky]));
        let palms = (frame(rest_along, rest_across), frame(along, points.at(index) - points.at(pinky)));
        if let (Some(rest), Some(now)) = palms {
            let measured = limit(b.inverse() * turn(rest, now), HAND_LIMIT_RAD);
            let share = if new { 1.0 } else { ease(dt_s, HAND_S) };
            if measured.is_finite() {
                self.hands[side.index()] = self.hands[side.index()].slerp(measured, seen * share).normalize();
            }
        }
        let on_forearm = self.hands[side.index()];
        // The forearm takes half of the hand's twist, as the radius does.
        let twist = Quat::from_axis_angle(rest.lower, 0.5 * twist_rad(on_forearm, rest.lower));
        target.set(lower_arm, b * twist, trust);
        target.set(hand, b * on_forearm, trust);
    }

    fn leg(&mut self, skeleton: &Skeleton, points: &Points, side: Side, target: &mut Target, dt_s: f32) {
        let [hip, knee, ankle, heel, toe] = leg_ids(side);
        let trust = believed(points.seen(&[hip, knee, ankle]));
        let (upper, lower) = (points.at(knee) - points.at(hip), points.at(ankle) - points.at(knee));
        let (Some(upper), Some(lower)) = (upper.try_normalize(), lower.try_normalize()) else { return };
        if trust <= 0.0 {
            self.legs[side.index()] = None;
            return;
        }
        let rest = skeleton.leg(side);
        let [thigh, calf, foot, ball] = side.leg();
        let pelvis = target.pose.turn(Bone::Pelvis);
        let by_pelvis = carry(pelvis * rest.upper, upper, pelvis * rest.hinge);
        let heading = points.at(toe) - points.at(heel);
        let foot_trust = trust * believed(points.seen(&[heel, toe]));
        // A straight leg rolls with its foot; the toes point across the hinge.
        let by_foot = heading.cross(upper).try_normalize().filter(|h| h.dot(by_pelvis) > 0.2);
        let natural = match by_foot {
            Some(h) if foot_trust > 0.5 => unit_or(by_pelvis + h, by_pelvis),
            _ => by_pelvis,
        };
        let hinge = hinge(&mut self.legs[side.index()], upper, lower, natural, dt_s);
        let Some((a, b)) = aim(&rest, upper, lower, hinge) else { return };
        target.set(thigh, a, trust);
        target.set(calf, b, trust);
        let [rest_heel, rest_ball, _] = skeleton.sole(side);
        let turned = match (frame(rest_ball - rest_heel, Vec3::X), frame(heading, hinge)) {
            (Some(rest), Some(now)) if foot_trust > 0.0 => turn(rest, now),
            _ => b,
        };
        let on_shin = limit(b.inverse() * turned, HAND_LIMIT_RAD);
        target.set(foot, b * on_shin, trust);
        target.set(ball, b * on_shin, trust);
    }
}

/// How far landmarks with this visibility are believed, 0 to 1.
fn believed(visibility: f32) -> f32 {
    smoothstep(UNSEEN, SEEN, visibility)
}

/// The axis that a limb bends about: from the plane of its bones where it is bent, else the last one carried along
/// and relaxing to `natural`.
fn hinge(memory: &mut Option<Limb>, upper: Vec3, lower: Vec3, natural: Vec3, dt_s: f32) -> Vec3 {
    let carried = match memory {
        Some(last) => {
            let last = carry(last.upper, upper, last.hinge);
            unit_or(last.lerp(natural, ease(dt_s, ROLL_S)), natural)
        }
        None => natural,
    };
    let plane = upper.cross(lower);
    let flexion = plane.length().atan2(upper.dot(lower));
    let measured = unit_or(plane, carried);
    // Elbows and knees bend one way only: a plane on the far side is noise unless the limb is well bent.
    let sided = smoothstep(-0.2, 0.3, measured.dot(carried)).max(smoothstep(0.6, 1.0, flexion));
    let trust = smoothstep(STRAIGHT_RAD, BENT_RAD, flexion) * sided;
    let hinge = unit_or(carried.lerp(measured, trust).reject_from(upper), carried);
    *memory = Some(Limb { upper, hinge });
    hinge
}

fn trunk(skeleton: &Skeleton, points: &Points, target: &mut Target) {
    use LandmarkId::{LeftHip, LeftShoulder, RightHip, RightShoulder};
    let shoulders = believed(points.seen(&[LeftShoulder, RightShoulder]));
    let hips = believed(points.seen(&[LeftHip, RightHip]));
    if shoulders <= 0.0 {
        return;
    }
    let chest_x = points.at(LeftShoulder) - points.at(RightShoulder);
    // With the hips out of the picture the trunk is taken as upright.
    let measured_up = points.mid(LeftShoulder, RightShoulder) - points.mid(LeftHip, RightHip);
    let up = if hips > 0.0 { measured_up } else { Vec3::Y };
    let pelvis_x = if hips > 0.0 { points.at(LeftHip) - points.at(RightHip) } else { chest_x };
    // The trunk's long axis is sure; the line across is turned square to it.
    let trunk_frame = |x: Vec3| frame(x.reject_from(unit_or(up, Vec3::Y)), up);
    let (Some(pelvis), Some(chest)) = (trunk_frame(pelvis_x), trunk_frame(chest_x)) else { return };
    let pelvis = turn(skeleton.trunk_frame((Bone::ThighR, Bone::ThighL)), pelvis);
    let chest = turn(skeleton.trunk_frame((Bone::UpperArmR, Bone::UpperArmL)), chest);
    target.set(Bone::Pelvis, pelvis, shoulders);
    target.set(Bone::Spine1, pelvis.slerp(chest, 0.33), shoulders);
    target.set(Bone::Spine2, pelvis.slerp(chest, 0.67), shoulders);
    target.set(Bone::Spine3, chest, shoulders);
}

fn head(points: &Points, target: &mut Target) {
    use LandmarkId::{LeftEar, Nose, RightEar};
    let trust = believed(points.seen(&[LeftEar, RightEar, Nose]).max(points.seen(&[Nose]) * 0.6));
    let across = points.at(LeftEar) - points.at(RightEar);
    let ahead = points.at(Nose) - points.mid(LeftEar, RightEar);
    let (Some(rest), Some(now)) = (frame(Vec3::X, EARS_TO_NOSE), frame(across, ahead)) else { return };
    let chest = target.pose.turn(Bone::Spine3);
    let turned = limit(chest.inverse() * turn(rest, now), HEAD_LIMIT_RAD);
    target.set(Bone::Neck, chest * Quat::IDENTITY.slerp(turned, 0.45), trust);
    target.set(Bone::Head, chest * turned, trust);
}

#[cfg(test)]
mod recorded;
#[cfg(test)]
mod tests;
