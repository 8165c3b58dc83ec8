//! What the rules of a game need: the person's body as the avatar has it, and what touches what.

use super::{
    GameHappened, Playing, STEPS_HZ,
    limbs::{Limb, PALM_SHARE, PARTS, Part},
    props::Thing,
};
use crate::avatar::{AvatarPose, Bone, PoseInput, SideBones, landmarks_of};
use baro_coach::game::{GameBody, GameKind, Touches};
use baro_motion::{Joint, MIN_VISIBILITY, Pose, Side, movement::centre_of_mass};
use bevy::prelude::*;
use bevy_rapier3d::prelude::*;

/// The person may be unseen for so long before the game stands still, seconds: one bad frame is nothing.
const FORGIVEN_S: f32 = 0.4;
/// A balloon so far below the shoulder, arm lengths, has come down: a hanging hand does not push it, and nobody stoops.
const DOWN_AT: f32 = 0.6;

/// The body in the newest frame.
#[derive(Resource, Debug, Default)]
pub struct Sensed {
    now: Option<Seen>,
    unseen_s: f32,
}

/// A body that is seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Ends of the limbs, in the order of [`Part::ALL`], room frame.
    pub ends: [[Vec3; 2]; PARTS],
    /// The body with the person's sides.
    pub body: GameBody,
    /// Is the person's left the avatar's right?
    pub mirror: bool,
}

impl Sensed {
    /// The body, while it is seen or was a moment ago.
    pub const fn seen(&self) -> Option<&Seen> {
        self.now.as_ref()
    }
}

/// Takes the body from the avatar that follows the person.
pub fn sense(
    playing: Res<Playing>,
    mut sensed: ResMut<Sensed>,
    avatars: Query<(&AvatarPose, &PoseInput, &Transform)>,
) {
    let Some(game) = playing.game() else { return };
    let seen = avatars.iter().find_map(|(avatar, input, place)| match input {
        PoseInput::Person { pose: Some(pose), mirror } if shows(pose, &game.needs) => {
            see(avatar, place, *mirror)
        }
        _ => None,
    });
    match seen {
        Some(seen) => *sensed = Sensed { now: Some(seen), unseen_s: 0.0 },
        None => {
            sensed.unseen_s += (1.0 / STEPS_HZ) as f32;
            if sensed.unseen_s > FORGIVEN_S {
                sensed.now = None;
            }
        }
    }
}

/// Are these joints seen, on both sides?
fn shows(pose: &Pose, needs: &[Joint]) -> bool {
    let seen = |joint: &Joint, side| pose.world[joint.of(side)].visibility >= MIN_VISIBILITY;
    needs.iter().all(|joint| Side::BOTH.into_iter().all(|side| seen(joint, side)))
}

fn see(avatar: &AvatarPose, place: &Transform, mirror: bool) -> Option<Seen> {
    let AvatarPose { skeleton, pose } = avatar;
    let at = skeleton.positions(pose);
    let room = |p: Vec3| place.transform_point(p);
    let ends = Part::ALL.map(|part| part.ends(skeleton, pose, &at).map(room));
    // The avatar's side that is this side of the person.
    let drawn = |side: Side| if mirror { side.other() } else { side };
    let bone = |bone: Bone| room(at[bone as usize]);
    let sole =
        |side: Side| skeleton.posed_sole(drawn(side), pose, at[drawn(side).leg()[2] as usize]).map(room);
    let origin = (at[Bone::ThighL as usize] + at[Bone::ThighR as usize]) * 0.5;
    let mass = centre_of_mass(&landmarks_of(skeleton, pose))?;
    let [_, upper, lower, hand] = Side::Left.arm();
    let [thigh, calf, foot, _] = Side::Left.leg();
    let palm_m = skeleton.marks.palm[0].0.length() * PALM_SHARE;
    let length_m = |a, b| skeleton.span(a, b).length();
    let body = GameBody {
        shoulder_m: Side::BOTH.map(|side| bone(drawn(side).arm()[1])),
        hand_m: Side::BOTH.map(|side| palm(&ends, drawn(side))),
        hip_m: Side::BOTH.map(|side| bone(drawn(side).leg()[0])),
        foot_m: Side::BOTH.map(|side| sole(side)[1]),
        sole_m: Side::BOTH.map(|side| sole(side).iter().fold(f32::INFINITY, |low, p| low.min(p.y))),
        mass_m: room(origin + Vec3::new(mass.x, -mass.y, -mass.z)),
        arm_m: length_m(upper, lower) + length_m(lower, hand) + palm_m,
        leg_m: length_m(thigh, calf) + length_m(calf, foot) + skeleton.head(foot).y,
    };
    Some(Seen { ends, body, mirror })
}

fn palm(ends: &[[Vec3; 2]; PARTS], side: Side) -> Vec3 {
    let i = Part::ALL.iter().position(|part| *part == Part::Hand(side));
    i.map_or(Vec3::ZERO, |i| (ends[i][0] + ends[i][1]) * 0.5)
}

/// One step of the game, after one of the physics.
pub fn judge(
    mut playing: ResMut<Playing>,
    sensed: Res<Sensed>,
    physics: ReadRapierContext,
    limbs: Query<&Limb>,
    things: Query<(Entity, &Thing, &Transform)>,
    mut happened: MessageWriter<GameHappened>,
) {
    let seen = sensed.seen();
    let Some(play) = &mut playing.play else { return };
    let asked = play.task().map(|task| task.number);
    let thing = things.iter().find(|(_, thing, _)| asked.is_some_and(|number| thing.is_asked(number)));
    let touches = match (thing, seen) {
        (Some((entity, _, transform)), Some(seen)) => {
            let mut touches = touching(&physics, entity, seen.mirror, &limbs);
            let shoulder_m = seen.body.shoulder_m[0].y.min(seen.body.shoulder_m[1].y);
            let down_m = shoulder_m - DOWN_AT * seen.body.arm_m;
            touches.landed = play.game().kind == GameKind::Ball && transform.translation.y < down_m;
            touches
        }
        _ => Touches::default(),
    };
    // The hands as the physics has them: steadier than those of single frames.
    let body = seen.map(|seen| {
        let mut body = seen.body;
        for limb in &limbs {
            if let Part::Hand(side) = limb.part {
                let side = if seen.mirror { side.other() } else { side };
                body.hand_m[side.index()] = (limb.ends[0] + limb.ends[1]) * 0.5;
            }
        }
        body
    });
    if let Some(what) = play.step(1.0 / STEPS_HZ, body.as_ref(), touches) {
        happened.write(GameHappened(what));
    }
}

/// Which of the person's hands and feet touch a thing.
fn touching(physics: &ReadRapierContext, thing: Entity, mirror: bool, limbs: &Query<&Limb>) -> Touches {
    let mut touches = Touches::default();
    let Ok(physics) = physics.single() else { return touches };
    let through = physics.intersection_pairs_with(thing).filter(|pair| pair.2).map(|(a, b, _)| [a, b]);
    let against = physics
        .contact_pairs_with(thing)
        .filter(|pair| pair.has_any_active_contact())
        .filter_map(|pair| Some([pair.collider1()?, pair.collider2()?]));
    for other in through.chain(against).flatten().filter(|entity| *entity != thing) {
        let Ok(limb) = limbs.get(other) else { continue };
        let own = |side: Side| if mirror { side.other() } else { side }.index();
        match limb.part {
            Part::Hand(side) => touches.hand[own(side)] = true,
            Part::Foot(side) => touches.foot[own(side)] = true,
            _ => {}
        }
    }
    touches
}
