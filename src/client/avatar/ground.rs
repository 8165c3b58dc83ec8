//! Bodies on the floor: flat soles, the root's height, and feet that don't slide.

use super::{
    limb::{ease, reach, smoothstep},
    rig::{BONES, Bone, RigPose, SideBones, Skeleton, frame, turn, unit_or},
};
use baro_motion::Side;
use bevy::math::{Quat, Vec3};

/// A foot whose sole is at most this far above the lowest one counts as standing, metres.
const STANDING_M: f32 = 0.045;
/// A standing foot that would have to move further than this takes a step instead of being held, metres.
const STEP_M: f32 = 0.10;
/// How fast a held foot lets go, and how fast it catches, seconds.
const LOCK_TIME_S: f32 = 0.08;

/// What the body lies, kneels or leans on besides its soles: a joint, and from it to the skin, metres.
pub const RESTS: [(Bone, f32); 9] = [
    (Bone::Pelvis, 0.10),
    (Bone::Spine3, 0.12),
    (Bone::Head, 0.09),
    (Bone::CalfL, 0.055),
    (Bone::CalfR, 0.055),
    (Bone::LowerArmL, 0.04),
    (Bone::LowerArmR, 0.04),
    (Bone::HandL, 0.03),
    (Bone::HandR, 0.03),
];

/// The turn that a foot would have with its sole flat, heading where it heads now.
pub fn flat(skeleton: &Skeleton, side: Side, turn_now: Quat) -> Quat {
    let [heel, ball, _] = skeleton.sole(side);
    let rest = unit_or(ball - heel, Vec3::Z);
    let now = turn_now * rest;
    match (frame(rest, Vec3::Y), frame(Vec3::new(now.x, 0.0, now.z), Vec3::Y)) {
        (Some(from), Some(to)) => turn(from, to),
        _ => turn_now,
    }
}

/// How far the toes point up, radians.
pub fn pitch_rad(skeleton: &Skeleton, side: Side, foot: Quat) -> f32 {
    let [heel, ball, _] = skeleton.sole(side);
    (foot * unit_or(ball - heel, Vec3::Z)).y.clamp(-1.0, 1.0).asin()
}

/// Lowest point of each sole, metres.
fn sole_heights(skeleton: &Skeleton, pose: &RigPose, at: &[Vec3; BONES]) -> [f32; 2] {
    Side::BOTH.map(|side| {
        let foot = at[side.leg()[2] as usize];
        skeleton.posed_sole(side, pose, foot).iter().fold(f32::INFINITY, |low, p| low.min(p.y))
    })
}

/// How much each foot stands, 0 to 1, by its sole's height above the lowest.
fn standing(heights: [f32; 2]) -> [f32; 2] {
    let low = heights[0].min(heights[1]);
    heights.map(|h| 1.0 - smoothstep(0.4 * STANDING_M, STANDING_M, h - low))
}

/// How upright a shank is for its foot to be stood on: nothing below the first cosine, all above the second.
const CARRIES: [f32; 2] = [0.3, 0.6];

/// Lays standing feet flat; a foot at the end of a lying leg stays as it is. A heel that is clearly raised stays raised, on bent toes.
pub fn flatten_standing(skeleton: &Skeleton, pose: &mut RigPose) {
    let at = skeleton.positions(pose);
    let stands = standing(sole_heights(skeleton, pose, &at));
    for side in Side::BOTH {
        let [_, calf, foot, ball] = side.leg();
        let now = pose.turn(foot);
        let shank = unit_or(at[calf as usize] - at[foot as usize], Vec3::Y);
        let stands = stands[side.index()] * smoothstep(CARRIES[0], CARRIES[1], shank.y);
        let toes_down = -pitch_rad(skeleton, side, now);
        let raised = smoothstep(15f32.to_radians(), 28f32.to_radians(), toes_down);
        let level = flat(skeleton, side, now);
        pose.set(foot, now.slerp(level, stands * (1.0 - raised)));
        pose.set(ball, pose.turn(foot).slerp(level, stands * raised));
    }
}

/// Puts the lowest point of the body, most often a sole, on the floor by moving the root up or down.
pub fn rest_on_floor(skeleton: &Skeleton, pose: &mut RigPose) {
    let at = skeleton.positions(pose);
    let body = RESTS.map(|(bone, skin)| at[bone as usize].y - skin);
    let low = sole_heights(skeleton, pose, &at).into_iter().chain(body).fold(f32::INFINITY, f32::min);
    if low.is_finite() {
        pose.root.y -= low;
    }
}

/// Moves the root so that standing feet are at `anchors` (ankles, floor plane), and the lowest point on the floor.
pub fn stand_at(skeleton: &Skeleton, pose: &mut RigPose, anchors: [Vec3; 2]) {
    let at = skeleton.positions(pose);
    let stands = standing(sole_heights(skeleton, pose, &at));
    let mut shift = Vec3::ZERO;
    for side in Side::BOTH {
        let i = side.index();
        shift += (anchors[i] - at[side.leg()[2] as usize]) * stands[i];
    }
    let total = stands[0] + stands[1];
    if total > 1e-3 && shift.is_finite() {
        pose.root.x += shift.x / total;
        pose.root.z += shift.z / total;
    }
    rest_on_floor(skeleton, pose);
}

/// Moves one ankle to `target` by bending its leg; the foot keeps its turn.
pub fn move_ankle(skeleton: &Skeleton, pose: &mut RigPose, side: Side, target: Vec3) {
    let [thigh, calf, foot, _] = side.leg();
    let at = skeleton.positions(pose);
    let (hip, knee, ankle) = (at[thigh as usize], at[calf as usize], at[foot as usize]);
    let hinge = pose.turn(thigh) * skeleton.leg(side).hinge;
    let (upper, lower) = reach(knee - hip, ankle - knee, hinge, target - hip);
    if upper.is_finite() && lower.is_finite() {
        pose.set(thigh, (upper * pose.turn(thigh)).normalize());
        pose.set(calf, (lower * pose.turn(calf)).normalize());
    }
}

/// Holds feet where they stand while the body above them is measured anew in each frame.
#[derive(Debug, Clone, Default)]
pub struct FootLocks {
    /// Where each ankle is held, floor plane; `None` while the foot is in the air or stepping.
    held: [Option<Vec3>; 2],
    /// How much of the hold is applied, 0 to 1.
    hold: [f32; 2],
    /// The foot takes a step: the hold fades.
    letting_go: [bool; 2],
    /// How much each foot is brought down to the floor, 0 to 1.
    down: [f32; 2],
}

impl FootLocks {
    /// Forgets where the feet are.
    pub fn release(&mut self) {
        *self = Self::default();
    }

    /// Plants the feet of `pose`, whose limbs are turned but whose root is that of the frame before.
    ///
    /// The root goes to where the held feet stay best; what is left is taken up by bending the legs.
    /// `home` draws the whole body slowly back to the middle of the room.
    pub fn apply(&mut self, skeleton: &Skeleton, pose: &mut RigPose, home: Vec3, dt_s: f32) {
        rest_on_floor(skeleton, pose);
        let stands = standing(sole_heights(skeleton, pose, &skeleton.positions(pose)));
        self.move_root(skeleton, pose, stands);
        let drift = (home - pose.root) * ease(dt_s, 6.0);
        let drift = Vec3::new(drift.x, 0.0, drift.z).clamp_length_max(0.05 * dt_s);
        // Held feet would slide with the drift, so it waits for a step or for both feet to be free.
        if self.held.iter().any(Option::is_none) && drift.is_finite() {
            pose.root += drift;
        }
        for side in Side::BOTH {
            self.hold_foot(skeleton, pose, side, stands[side.index()], dt_s);
        }
        rest_on_floor(skeleton, pose);
    }

    fn move_root(&self, skeleton: &Skeleton, pose: &mut RigPose, stands: [f32; 2]) {
        let at = skeleton.positions(pose);
        let (mut shift, mut total) = (Vec3::ZERO, 0.0);
        for side in Side::BOTH {
            let i = side.index();
            if let Some(held) = self.held[i] {
                let weight = stands[i] * self.hold[i];
                shift += (held - at[side.leg()[2] as usize]) * weight;
                total += weight;
            }
        }
        if total > 1e-3 && shift.is_finite() {
            pose.root.x += shift.x / total;
            pose.root.z += shift.z / total;
        }
    }

    fn hold_foot(&mut self, skeleton: &Skeleton, pose: &mut RigPose, side: Side, stands: f32, dt_s: f32) {
        let i = side.index();
        let ankle = skeleton.positions(pose)[side.leg()[2] as usize];
        let floor = Vec3::new(ankle.x, 0.0, ankle.z);
        let step = self.held[i].is_some_and(|held| stands < 0.2 || (held - floor).length() > STEP_M);
        self.letting_go[i] |= step;
        if self.letting_go[i] && self.hold[i] < 0.05 {
            (self.held[i], self.letting_go[i]) = (None, false);
        }
        if self.held[i].is_none() && stands > 0.6 {
            (self.held[i], self.hold[i]) = (Some(floor), 0.0);
        }
        let wanted = if self.held[i].is_some() && !self.letting_go[i] { 1.0 } else { 0.0 };
        self.hold[i] += (wanted - self.hold[i]) * ease(dt_s, LOCK_TIME_S);
        self.down[i] += (stands - self.down[i]) * ease(dt_s, LOCK_TIME_S);
        let low = skeleton.posed_sole(side, pose, ankle).iter().fold(f32::INFINITY, |l, p| l.min(p.y));
        // A standing foot comes down to the floor; noise lifts one foot or the other by centimetres.
        let mut target = ankle - Vec3::Y * low * self.down[i];
        if let Some(held) = self.held[i] {
            target += (held - floor).clamp_length_max(STEP_M) * self.hold[i];
        }
        if target.is_finite() && (target - ankle).length() > 1e-5 {
            move_ankle(skeleton, pose, side, target);
        }
    }
}

/// Turns everything above the hips by `lean` (avatar frame), shared among the spine's bones.
pub fn lean_trunk(pose: &mut RigPose, lean: Quat) {
    let shares = [(Bone::Spine1, 0.35), (Bone::Spine2, 0.7)];
    for (bone, share) in shares {
        pose.set(bone, Quat::IDENTITY.slerp(lean, share) * pose.turn(bone));
    }
    use Bone::*;
    for bone in
        [Spine3, Neck, Head, ClavicleL, UpperArmL, LowerArmL, HandL, ClavicleR, UpperArmR, LowerArmR, HandR]
    {
        pose.set(bone, lean * pose.turn(bone));
    }
}
