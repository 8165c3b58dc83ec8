//! The bodies of a class: the others', as they come, and one's own, as it goes.

use super::Classroom;
use crate::{
    avatar::{Avatar, AvatarPose, BODIES, Bone, Look, Marks, PoseInput, RigPose},
    scene::{Cast, Observed, OwnBody, place},
};
use baro_agent::Person;
use baro_coach::{Phase, Sight};
use baro_sync::room::{place as place_of, receive::How};
use baro_wire::pose::{Figure, Flag, JOINTS, Seen, Shape, State};
use baro_wire::room::Slot;
use bevy::prelude::*;

/// Others that are drawn at most: a machine without graphics hardware draws no more.
const OTHERS: usize = SPOTS.len();
/// Where the others stand, metres: who leads (or the first) where the trainer stands, then an arc behind.
const SPOTS: [Vec3; 8] = [
    place::TRAINER,
    Vec3::new(-1.62, 0.0, -0.55),
    Vec3::new(1.85, 0.0, -0.75),
    Vec3::new(0.16, 0.0, -1.25),
    Vec3::new(-0.98, 0.0, -1.35),
    Vec3::new(1.24, 0.0, -1.45),
    Vec3::new(-2.25, 0.0, -1.4),
    Vec3::new(2.4, 0.0, -1.5),
];

/// Somebody else's body.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct OthersBody(pub Slot);

/// Who stands where: the leader first, then by their slots.
pub fn spots<'a>(
    people: impl Iterator<Item = (Slot, &'a Person)>,
    own: Option<Slot>,
    leader: Option<Slot>,
) -> Vec<(Slot, Vec3)> {
    let mut others: Vec<Slot> = people
        .filter(|(slot, person)| Some(*slot) != own && person.shape.is_some())
        .map(|(slot, _)| slot)
        .collect();
    others.sort_by_key(|slot| (Some(*slot) != leader, *slot));
    others.into_iter().zip(SPOTS).collect()
}

/// Lets come and go who is to be seen, and shows how they move.
pub fn place(
    classroom: Res<Classroom>,
    mut bodies: Query<(Entity, &OthersBody, &mut Transform, &mut PoseInput, &mut Marks)>,
    mut commands: Commands,
) {
    let Some(link) = &classroom.link else {
        for (entity, ..) in &bodies {
            commands.entity(entity).despawn();
        }
        return;
    };
    let (spots, wanted) = link.look(|view, own| {
        let leader = view.room.as_ref().and_then(|room| room.leader);
        let people = || view.people.iter().map(|(slot, person)| (*slot, person));
        let spots = spots(people(), own, leader);
        let wanted: Vec<(Slot, &'static str, f32)> = people()
            .filter_map(|(slot, person)| {
                let model = person
                    .shape
                    .as_ref()
                    .and_then(|shape| Shape::read(shape).ok())
                    .map(|shape| body(&shape.model));
                let number = person.member.as_ref().map_or(0, |member| member.place);
                model.map(|model| (slot, model, place_of(number).x_m))
            })
            .collect();
        (spots, wanted)
    });
    let drawn = link.draw();
    for (entity, OthersBody(slot), mut transform, mut input, mut marks) in &mut bodies {
        let Some((_, spot)) = spots.iter().find(|(of, _)| of == slot) else {
            commands.entity(entity).despawn();
            continue;
        };
        transform.set_if_neq(Transform::from_translation(*spot));
        let Some((_, drawn)) = drawn.iter().find(|(of, _)| of == slot) else { continue };
        let off = wanted.iter().find(|(of, ..)| of == slot).map_or(0.0, |(.., x_m)| *x_m);
        // Who was not heard of for long stands where they were, grey; the list says that the connection is lost.
        marks.set_if_neq(Marks { grey: drawn.how == How::Grey, ..Marks::default() });
        *input = PoseInput::Posed(pose(&drawn.figure, off).mirrored());
    }
    let there: Vec<Slot> = bodies.iter().map(|(_, body, ..)| body.0).collect();
    for (slot, spot) in spots.iter().take(OTHERS).filter(|(slot, _)| !there.contains(slot)) {
        let Some((_, model, _)) = wanted.iter().find(|(of, ..)| of == slot) else { continue };
        commands.spawn((
            OthersBody(*slot),
            Avatar { model: (*model).into(), look: Look::Body },
            Marks::default(),
            Transform::from_translation(*spot),
        ));
    }
}

/// The bundled body of this name; else the one that is nobody in particular.
fn body(model: &str) -> &'static str {
    BODIES.into_iter().find(|body| *body == model).unwrap_or(BODIES[2])
}

/// What the class sees of the own body: the way it really moves, not its mirror image.
pub fn show_own(
    classroom: Res<Classroom>,
    observed: Res<Observed>,
    cast: Res<Cast>,
    own: Query<&AvatarPose, With<OwnBody>>,
    mut told: Local<Option<(&'static str, bool)>>,
) {
    let Some(link) = &classroom.link else {
        *told = None;
        return;
    };
    let Ok(AvatarPose { skeleton, pose }) = own.single() else { return };
    let inside = link.is_inside();
    if inside && *told != Some((cast.person, true)) {
        let heads = skeleton.heads;
        let length = |bone: Bone| bone.parent().map_or(0.0, |parent| skeleton.span(parent, bone).length());
        let mm = |m: f32| (m * 1000.0).round() as u16;
        let shape = Shape {
            model: baro_wire::Text::new(cast.person).unwrap_or_default(),
            height_mm: mm(heads[Bone::Head as usize].y),
            bones_mm: Bone::ALL.map(|bone| mm(length(bone))),
        };
        let mut bytes = Vec::new();
        shape.write(&mut bytes);
        if let Ok(shape) = baro_wire::Bytes::new(bytes) {
            classroom.ask(baro_wire::RoomAsk::Shape { shape });
        }
    }
    *told = Some((cast.person, inside));
    let number = link.look(|view, slot| {
        let member = slot.and_then(|slot| view.people.get(&slot)?.member.as_ref());
        member.map_or(0, |member| member.place)
    });
    let pose = if observed.mirror { pose.mirrored() } else { *pose };
    let feedback = &observed.feedback;
    let state = State::new(feedback.phase as u8, u8::try_from(feedback.count).unwrap_or(u8::MAX));
    let blind = observed.doing.in_set() && feedback.sight == Sight::Lost;
    link.show(Some(figure(&pose, place_of(number).x_m, state.with(Flag::NotSeen, blind))));
}

/// As it is sent, in the room's frame.
fn figure(pose: &RigPose, off_x_m: f32, state: State) -> Figure {
    Figure {
        root_m: (pose.root + Vec3::X * off_x_m).to_array(),
        turns: pose.turns.map(|turn| turn.to_array()),
        seen: if state.is(Flag::NotSeen) { Seen::NONE } else { Seen::ALL },
        state,
        heart_rate_bpm: None,
    }
}

/// As it is drawn, in the body's own frame.
fn pose(figure: &Figure, off_x_m: f32) -> RigPose {
    let turns: [Quat; JOINTS] = figure.turns.map(|turn| Quat::from_array(turn).normalize());
    RigPose { root: Vec3::from_array(figure.root_m) - Vec3::X * off_x_m, turns }
}

/// A phase as the class is told it.
pub const fn phase(phase: Phase) -> baro_wire::room::Phase {
    use baro_wire::room::Phase as Told;
    match phase {
        Phase::Rest => Told::Rest,
        Phase::Out => Told::Going,
        Phase::Peak => Told::Holding,
        Phase::Return => Told::Returning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_is_drawn() {
        let mut pose_sent = RigPose { root: Vec3::new(0.1, 0.9, -0.2), turns: [Quat::IDENTITY; JOINTS] };
        pose_sent.set(Bone::UpperArmL, Quat::from_rotation_z(0.7));
        let drawn = pose(&figure(&pose_sent, 2.5, State::default()), 2.5);
        assert!((drawn.root - pose_sent.root).length() < 1e-5);
        assert_eq!(drawn.turn(Bone::UpperArmL), pose_sent.turn(Bone::UpperArmL));
    }

    #[test]
    fn nobody_stands_in_anothers_place() {
        let all: Vec<Vec3> = SPOTS.into_iter().chain([place::PERSON]).collect();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                assert!((*a - *b).length() > 0.6, "{a} and {b}");
            }
        }
    }
}
