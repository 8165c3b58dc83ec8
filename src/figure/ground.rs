//! Bodies on the floor: flat soles, the root's height, and feet that don't slide.

use crate::{
    limb::{ease, reach, smoothstep},
    rig::{BONES, Bone, RigPose, SideBones, Skeleton, frame, turn, unit_or},
};
use baro_motion::Side;
use glam::{Quat, Vec2, Vec3};
use std::f32::consts::{PI, TAU};

/// A foot whose sole is at most this far above the lowest one counts as standing, metres.
const STANDING_M: f32 = 0.045;
/// A foot is on the floor from the first height above the other foot's on, until the second, metres.
const ON_M: f32 = 0.03;
const OFF_M: f32 = 0.07;
/// A held foot swings its leg by no more than this from how it is measured, radians, in a plane that the picture shows and in one that is turned out of
/// it. Further away the foot takes a step.
const SWING_RAD: [f32; 2] = [0.06, 0.50];
/// Its knee bends by no more than this from how it is measured, radians, likewise: once to hold the foot, once to bring it down.
const KNEE_SLACK_RAD: [f32; 2] = [0.02, 0.25];
/// A held foot turns on its heel only by what is beyond this, radians: feet are small, and where they point is seen badly.
const PIVOT_RAD: f32 = 1.2;
/// And it lands pointing no further out or in than this from where the hips face, radians.
const TURNOUT_RAD: f32 = 0.6;
/// Cosines between a plane's normal and the line of sight: an angle in a plane 20° out of the picture is sound, one at 35° is not (`baro_motion::Claim`).
const IN_PICTURE: [f32; 2] = [0.78, 0.88];
/// How long a step takes, seconds, how high it goes, metres, and how far the knee bends for it, radians.
const STEP_S: f32 = 0.25;
const STEP_HEIGHT_M: f32 = 0.035;
const STEP_KNEE_RAD: f32 = 0.6;
/// A step begins where a leg is off by so many times as far as it may swing, and ends at this share of its time, a little above the floor.
const STEP_FAR: f32 = 1.2;
const STEP_DOWN: f32 = 0.85;
/// How fast a foot that leaves the floor lets go, seconds.
const LET_GO_S: f32 = 0.03;

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

/// A heel counts as raised where the toes point down by more than the first, as a whole from the second on, radians.
const RAISED_RAD: [f32; 2] = [0.26, 0.49];
/// In a squat the camera sees heel and toes badly: so much more is needed there, radians.
const BENT_RAD: f32 = 0.28;

/// Lays standing feet flat; a foot at the end of a lying leg stays as it is. A heel that is clearly raised stays raised, on bent toes.
pub fn flatten_standing(skeleton: &Skeleton, pose: &mut RigPose) {
    let at = skeleton.positions(pose);
    let stands = standing(sole_heights(skeleton, pose, &at));
    for side in Side::BOTH {
        let [thigh, calf, foot, ball] = side.leg();
        let now = pose.turn(foot);
        let shank = unit_or(at[calf as usize] - at[foot as usize], Vec3::Y);
        let knee_rad = shank.angle_between(at[thigh as usize] - at[calf as usize]);
        let stands = stands[side.index()] * smoothstep(CARRIES[0], CARRIES[1], shank.y);
        let toes_down = -pitch_rad(skeleton, side, now);
        let unsure = BENT_RAD * smoothstep(0.35, 1.05, knee_rad);
        let [from, to] = RAISED_RAD.map(|rad| rad + unsure);
        let raised = smoothstep(from, to, toes_down);
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

/// Moves one ankle towards `target` by swinging its leg and, within `slack_rad`, bending its knee; the foot keeps its turn.
pub fn move_ankle(skeleton: &Skeleton, pose: &mut RigPose, side: Side, target: Vec3, slack_rad: f32) {
    let [thigh, calf, foot, _] = side.leg();
    let at = skeleton.positions(pose);
    let (hip, knee, ankle) = (at[thigh as usize], at[calf as usize], at[foot as usize]);
    let hinge = pose.turn(thigh) * skeleton.leg(side).hinge;
    let (upper, lower) = reach(knee - hip, ankle - knee, hinge, target - hip, slack_rad);
    // Where the knee gives no further the foot stays over its place, and rather a little too high.
    let end = upper * (knee - hip) + lower * (ankle - knee);
    let flat = flat_part(target - hip);
    let down = (end.length_squared() - flat.length_squared()).max(0.0).sqrt();
    let over = if end.y < -0.3 * end.length() { flat - Vec3::Y * down } else { end };
    let swing = match (end.try_normalize(), over.try_normalize()) {
        (Some(from), Some(to)) => Quat::from_rotation_arc(from, to),
        _ => Quat::IDENTITY,
    };
    let (upper, lower) = (swing * upper, swing * lower);
    if upper.is_finite() && lower.is_finite() {
        pose.set(thigh, (upper * pose.turn(thigh)).normalize());
        pose.set(calf, (lower * pose.turn(calf)).normalize());
    }
}

/// One foot on the floor.
#[derive(Debug, Clone, Copy, Default)]
struct Foot {
    /// Where the ball of the foot is held, floor plane; `None` while the foot is in the air.
    held: Option<Vec3>,
    /// And where it points, radians about the vertical.
    heading_rad: f32,
    /// How much of the hold is applied, 0 to 1: it fades when the foot leaves.
    hold: f32,
    /// The foot is on its way to another place: for how long already, seconds.
    step_s: Option<f32>,
}

impl Foot {
    /// How high the step under way lifts it, metres.
    fn lifted_m(&self) -> f32 {
        self.step_s.map_or(0.0, |s| STEP_HEIGHT_M * (s / STEP_S * PI).sin().max(0.0))
    }
}

/// Holds feet where they stand while the body above them is measured anew in each frame.
///
/// The body goes to where both feet stay best. What is left is taken up by the legs, as far as their angles stay true to the person's; a foot that
/// would have to be held further from where it is measured lifts and steps there.
#[derive(Debug, Clone, Default)]
pub struct FootLocks {
    feet: [Foot; 2],
}

impl FootLocks {
    /// Forgets where the feet are.
    pub fn release(&mut self) {
        *self = Self::default();
    }

    /// Plants the feet of `pose`, whose limbs are turned but whose root is that of the frame before.
    ///
    /// `home` draws the whole body slowly back to the middle of the room, while no foot is held.
    pub fn apply(&mut self, skeleton: &Skeleton, pose: &mut RigPose, home: Vec3, dt_s: f32) {
        rest_on_floor(skeleton, pose);
        let at = skeleton.positions(pose);
        let heights = sole_heights(skeleton, pose, &at);
        let above = heights.map(|height| height - heights[0].min(heights[1]));
        self.leave(above, dt_s);
        self.move_root(pose, treads(skeleton, pose), home, dt_s);
        let at = skeleton.positions(pose);
        self.land(skeleton, pose, above);
        self.hold_headings(skeleton, pose);
        let treads = treads(skeleton, pose);
        let off = [0, 1].map(|i| self.feet[i].held.map_or(Vec3::ZERO, |held| flat_part(held - treads[i])));
        let slack = Slack::new(pose);
        let far = self.step_if_far(&at, off, above, &slack);
        for side in Side::BOTH {
            let foot = &self.feet[side.index()];
            let ankle = ankles(&at)[side.index()];
            let shift = off[side.index()] * foot.hold / far[side.index()].max(1.0);
            let slack_rad = if foot.step_s.is_some() { STEP_KNEE_RAD } else { slack.knee_rad };
            let target = ankle + shift + Vec3::Y * foot.lifted_m();
            if (target - ankle).length() > 1e-4 {
                move_ankle(skeleton, pose, side, target, slack_rad);
            }
        }
        rest_on_floor(skeleton, pose);
        self.bring_down(skeleton, pose, above, slack.knee_rad);
    }

    /// Feet that are lifted let go, and steps go on.
    fn leave(&mut self, above: [f32; 2], dt_s: f32) {
        for i in [0, 1] {
            let alone = above[1 - i] > ON_M;
            let foot = &mut self.feet[i];
            foot.step_s = foot.step_s.map(|s| s + dt_s).filter(|&s| s < STEP_DOWN * STEP_S && !alone);
            let fading = foot.step_s.is_some() || above[i] > OFF_M;
            if fading {
                foot.hold *= 1.0 - ease(dt_s, LET_GO_S);
            }
            // One that had begun to leave and stays is held anew, where it is by then.
            if foot.hold < if fading { 0.05 } else { 1.0 } {
                foot.held = None;
            }
        }
    }

    fn move_root(&self, pose: &mut RigPose, treads: [Vec3; 2], home: Vec3, dt_s: f32) {
        let (mut shift, mut total) = (Vec3::ZERO, 0.0);
        for (foot, tread) in self.feet.iter().zip(treads) {
            if let Some(held) = foot.held {
                shift += flat_part(held - tread) * foot.hold;
                total += foot.hold;
            }
        }
        if total > 1e-3 {
            shift /= total;
        } else {
            shift = (flat_part(home - pose.root) * ease(dt_s, 6.0)).clamp_length_max(0.05 * dt_s);
        }
        if shift.is_finite() {
            pose.root += shift;
        }
    }

    /// Feet that are down and not held are held from here on.
    fn land(&mut self, skeleton: &Skeleton, pose: &RigPose, above: [f32; 2]) {
        for side in Side::BOTH {
            let i = side.index();
            let foot = &mut self.feet[i];
            if foot.held.is_none() && foot.step_s.is_none() && above[i] < ON_M {
                (foot.held, foot.hold) = (Some(flat_part(treads(skeleton, pose)[i])), 1.0);
                let ahead = pose.turn(Bone::Pelvis) * Vec3::Z;
                let hips_rad = ahead.x.atan2(ahead.z);
                let out_rad = wrapped_rad(heading_rad(skeleton, pose, side) - hips_rad);
                foot.heading_rad = hips_rad + out_rad.clamp(-TURNOUT_RAD, TURNOUT_RAD);
            }
        }
    }

    /// A held foot doesn't turn on its heel, but for a turn that is clearly the person's.
    fn hold_headings(&mut self, skeleton: &Skeleton, pose: &mut RigPose) {
        for side in Side::BOTH {
            let foot = &mut self.feet[side.index()];
            if foot.held.is_none() {
                continue;
            }
            let off = wrapped_rad(foot.heading_rad - heading_rad(skeleton, pose, side));
            let held = off.clamp(-PIVOT_RAD, PIVOT_RAD);
            foot.heading_rad += held - off;
            let back = Quat::from_rotation_y(held * foot.hold);
            for bone in [side.leg()[2], side.leg()[3]] {
                pose.set(bone, (back * pose.turn(bone)).normalize());
            }
        }
    }

    /// How far each leg has to swing from how it is measured for its foot to stay, 1 being as far as it may. Beyond it a step begins: with the higher
    /// foot, and one at a time.
    fn step_if_far(
        &mut self,
        at: &[Vec3; BONES],
        off: [Vec3; 2],
        above: [f32; 2],
        slack: &Slack,
    ) -> [f32; 2] {
        let legs = Side::BOTH.map(|side| at[side.leg()[0] as usize] - ankles(at)[side.index()]);
        let far = [0, 1].map(|i| {
            let swing_rad = off[i] / legs[i].length().max(0.2);
            let (across, along) = (swing_rad.dot(slack.left), swing_rad.dot(slack.ahead));
            Vec2::new(across / slack.sideways_rad, along / slack.forward_rad).length()
        });
        let both = self.feet.iter().all(|foot| foot.held.is_some() && foot.step_s.is_none());
        if both && far[0].max(far[1]) > STEP_FAR {
            self.feet[usize::from(above[1] > above[0])].step_s = Some(0.0);
        }
        far
    }

    /// Noise lifts one foot or the other by centimetres: of two standing feet one comes down and the other up, as far as their knees may go along.
    fn bring_down(&self, skeleton: &Skeleton, pose: &mut RigPose, above: [f32; 2], slack_rad: f32) {
        if self.feet.iter().any(|foot| foot.held.is_none() || foot.step_s.is_some()) {
            return;
        }
        let heights = sole_heights(skeleton, pose, &skeleton.positions(pose));
        let share = 1.0 - smoothstep(ON_M, OFF_M, above[0].max(above[1]));
        let middle_m = 0.5 * (heights[0] + heights[1]) * share;
        if !middle_m.is_finite() || middle_m < 1e-4 {
            return;
        }
        pose.root.y -= middle_m;
        let at = skeleton.positions(pose);
        for side in Side::BOTH {
            let i = side.index();
            let to_floor_m = (middle_m - heights[i]) * if heights[i] > middle_m { share } else { 1.0 };
            move_ankle(skeleton, pose, side, ankles(&at)[i] + Vec3::Y * to_floor_m, slack_rad);
        }
        rest_on_floor(skeleton, pose);
    }
}

/// How far legs may be from how they are measured, radians: little in the planes that the picture shows, more in those that are turned out of it, in
/// which one camera sees badly.
struct Slack {
    left: Vec3,
    ahead: Vec3,
    sideways_rad: f32,
    forward_rad: f32,
    knee_rad: f32,
}

impl Slack {
    fn new(pose: &RigPose) -> Self {
        // The shoulders' line is seen better than the hips'.
        let across = pose.turn(Bone::Pelvis) * Vec3::X + pose.turn(Bone::Spine3) * Vec3::X * 3.0;
        let left = unit_or(flat_part(across), Vec3::X);
        let ahead = left.cross(Vec3::Y);
        // The camera looks along z. A plane is in the picture where its normal points at the camera.
        let hidden = |normal: Vec3| 1.0 - smoothstep(IN_PICTURE[0], IN_PICTURE[1], normal.z.abs());
        let between = |[firm, deep]: [f32; 2], normal: Vec3| firm + (deep - firm) * hidden(normal);
        Self {
            left,
            ahead,
            sideways_rad: between(SWING_RAD, ahead),
            forward_rad: between(SWING_RAD, left),
            knee_rad: between(KNEE_SLACK_RAD, left),
        }
    }
}

/// Where a foot points, about the vertical.
fn heading_rad(skeleton: &Skeleton, pose: &RigPose, side: Side) -> f32 {
    let [heel, ball, _] = skeleton.sole(side);
    let ahead = pose.turn(side.leg()[2]) * (ball - heel);
    ahead.x.atan2(ahead.z)
}

/// In -π to π.
fn wrapped_rad(angle_rad: f32) -> f32 {
    (angle_rad + PI).rem_euclid(TAU) - PI
}

/// The balls of the feet, on which a foot stays when its heel rises.
fn treads(skeleton: &Skeleton, pose: &RigPose) -> [Vec3; 2] {
    let at = skeleton.positions(pose);
    Side::BOTH.map(|side| skeleton.posed_sole(side, pose, at[side.leg()[2] as usize])[1])
}

fn ankles(at: &[Vec3; BONES]) -> [Vec3; 2] {
    Side::BOTH.map(|side| at[side.leg()[2] as usize])
}

fn flat_part(v: Vec3) -> Vec3 {
    Vec3::new(v.x, 0.0, v.z)
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
