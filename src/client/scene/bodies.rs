//! The two bodies in the room: the person's, which follows, and the trainer's, which shows how.

use super::{
    Framing, Quality, SceneQuality, SceneSetup, StageCamera,
    arc::{ArcPlugin, ShowArc},
    camera_at,
    framing::Who,
    highlight,
    observed::{Body, Doing, Observed, observe},
    place,
    tempo::Tempo,
};
use crate::{
    avatar::{
        Avatar, AvatarPose, BODIES, Bone, Dressed, DriveAvatars, GhostMaterial, GhostStyle, LimbMaterial,
        Look, Marks, PoseInput, ShowMarks,
    },
    coaching::{CoachingSystems, Routine, TakeNewest},
    play::GameSystems,
    replay::ReplaySystems,
    visit::VisitSystems,
};
use baro_coach::View;
use bevy::prelude::*;

/// The person's body.
#[derive(Component)]
pub struct PersonBody;

/// The trainer's body.
#[derive(Component)]
struct TrainerBody;

/// Tells the borrow rules that this is not the person's body.
type OnlyTrainer = (With<TrainerBody>, Without<PersonBody>);

/// Either of the two.
type InRoom = Or<(With<PersonBody>, With<TrainerBody>)>;

/// Either of the two, once it is there.
type Loaded = (With<AvatarPose>, InRoom);

/// Who stands in the room, and where: a setting.
#[derive(Resource, Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// The person's body: one of [`BODIES`].
    pub person: &'static str,
    /// The trainer's body, where it stands beside the person; over the person it is theirs.
    pub trainer: &'static str,
    /// Where the trainer shows the movement.
    pub place: TrainerPlace,
}

impl Default for Cast {
    fn default() -> Self {
        let [person, trainer, _] = BODIES;
        Self { person, trainer, place: TrainerPlace::Beside }
    }
}

/// Where the trainer shows the movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainerPlace {
    /// Next to the person, turned so that the movement can be read.
    Beside,
    /// Over the person, turned as they are.
    Over,
}

/// Puts the bodies into the room and tells them what to do.
pub struct BodiesPlugin;

impl Plugin for BodiesPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<Cast>()
            .init_resource::<Observed>()
            .add_plugins(ArcPlugin)
            .add_systems(
                Update,
                observe.after(TakeNewest).after(VisitSystems).after(ReplaySystems).in_set(CoachingSystems),
            )
            .add_systems(Startup, spawn.after(SceneSetup))
            .add_systems(Update, suit_quality.after(DriveAvatars).after(SceneQuality).after(ShowMarks))
            .add_systems(
                Update,
                (
                    recast,
                    appear.before(SceneQuality),
                    highlight::mark.before(ShowMarks),
                    (follow, demonstrate, stand_back).chain(),
                )
                    .after(CoachingSystems)
                    .after(GameSystems)
                    .before(DriveAvatars),
            )
            .configure_sets(
                Update,
                ShowArc.after(DriveAvatars).after(CoachingSystems).after(GameSystems).after(SceneQuality),
            );
    }
}

fn spawn(mut commands: Commands, cast: Res<Cast>) {
    commands.spawn((
        PersonBody,
        Avatar { model: cast.person.into(), look: Look::Body },
        Marks::default(),
        Transform::from_translation(place::PERSON),
    ));
    commands.spawn((
        TrainerBody,
        Avatar { model: cast.trainer.into(), look: Look::Ghost },
        Transform::from_translation(place::TRAINER),
    ));
}

/// Gives the two other bodies where the setting has changed.
fn recast(
    cast: Res<Cast>,
    bodies: Query<(Entity, &Avatar, Has<PersonBody>), InRoom>,
    mut commands: Commands,
) {
    if !cast.is_changed() {
        return;
    }
    for (body, avatar, person) in &bodies {
        let over = cast.place == TrainerPlace::Over;
        let model = if person || over { cast.person } else { cast.trainer };
        if avatar.model != model {
            let look = avatar.look;
            commands.entity(body).insert(Avatar { model: model.into(), look });
        }
    }
}

/// Shows those who are to be seen.
fn appear(framing: Res<Framing>, mut bodies: Query<(&mut Visibility, Has<PersonBody>), Loaded>) {
    for (mut visibility, is_person) in &mut bodies {
        let alone = if is_person { Who::Person } else { Who::Trainer };
        let seen = framing.who == Who::Both || framing.who == alone;
        visibility.set_if_neq(if seen { Visibility::Inherited } else { Visibility::Hidden });
    }
}

/// Gives the bodies the materials that this machine can draw.
fn suit_quality(
    quality: Res<Quality>,
    cast: Res<Cast>,
    bodies: Query<Ref<Dressed>>,
    mut limbs: ResMut<Assets<LimbMaterial>>,
    mut ghosts: ResMut<Assets<GhostMaterial>>,
) {
    for dressed in &bodies {
        if !quality.is_changed() && !cast.is_changed() && !dressed.is_added() {
            continue;
        }
        if let Some(mut limb) = dressed.limb.as_ref().and_then(|limb| limbs.get_mut(limb)) {
            limb.shadowed = quality.has_shadows();
        }
        if let Some(mut ghost) = dressed.ghost.as_ref().and_then(|ghost| ghosts.get_mut(ghost)) {
            // Half-transparent samples double the cost of the whole picture where the processor draws it.
            *ghost = GhostMaterial::new(match (*quality, cast.place) {
                (Quality::High, _) => GhostStyle::Thin,
                (_, TrainerPlace::Over) => GhostStyle::Sieve,
                (_, TrainerPlace::Beside) => GhostStyle::Opaque,
            });
        }
    }
}

/// Hands the person's newest pose to their body.
fn follow(observed: Res<Observed>, mut bodies: Query<(&mut PoseInput, &mut Transform), With<PersonBody>>) {
    let turn = Quat::from_rotation_y(observed.turn_rad);
    for (mut input, mut transform) in &mut bodies {
        transform.set_if_neq(Transform::from_translation(place::PERSON).with_rotation(turn));
        *input = match observed.doing {
            Doing::Waiting | Doing::Over => PoseInput::Standing,
            _ => {
                PoseInput::Person { pose: observed.body.as_ref().map(Body::upright), mirror: observed.mirror }
            }
        };
    }
}

fn demonstrate(
    routine: Res<Routine>,
    observed: Res<Observed>,
    cast: Res<Cast>,
    time: Res<Time>,
    mut tempo: Local<Tempo>,
    person: Query<&AvatarPose, (With<PersonBody>, Without<TrainerBody>)>,
    mut bodies: Query<(&mut PoseInput, &mut Transform), OnlyTrainer>,
) {
    let exercise = routine.current();
    let moving = observed.doing == Doing::Moving;
    let own_s = || tempo.step(exercise, &observed.feedback, moving, time.delta_secs_f64());
    let time_s = observed.trainer_s.unwrap_or_else(own_s);
    // Somebody who was recorded is seen as the camera saw them.
    let yaw = if observed.beside.is_some() { 0.0 } else { yaw_rad(exercise.view) };
    let beside = Transform::from_translation(place::TRAINER)
        .with_rotation(Quat::from_rotation_y(yaw + observed.turn_rad));
    let over = person.single().map(|posed| {
        // Where the person's body stands in its own frame, and where its hips face.
        let ahead = posed.pose.turn(Bone::Pelvis) * Vec3::Z;
        let shift = Vec3::new(posed.pose.root.x, 0.0, posed.pose.root.z);
        let turn = Quat::from_rotation_y(observed.turn_rad);
        Transform::from_translation(place::PERSON + turn * shift)
            .with_rotation(turn * Quat::from_rotation_y(ahead.x.atan2(ahead.z)))
    });
    let wanted = match (cast.place, over) {
        (TrainerPlace::Over, Ok(over)) => over,
        _ => beside,
    };
    for (mut input, mut transform) in &mut bodies {
        *input = match &observed.beside {
            Some(body) => PoseInput::Person { pose: Some(body.upright()), mirror: observed.mirror },
            None => PoseInput::Performance(exercise.trainer.angles_at(time_s)),
        };
        transform.set_if_neq(wanted);
    }
}

/// Arms that are raised to the sides need room on the screen.
fn stand_back(routine: Res<Routine>, mut cameras: Query<&mut Transform, With<StageCamera>>) {
    let distance_m = if routine.current().view == View::Front { 6.3 } else { 5.0 };
    for mut transform in &mut cameras {
        transform.set_if_neq(camera_at(distance_m));
    }
}

/// How far the trainer is turned, so that the movement can be read, radians; positive turns to the picture's right.
fn yaw_rad(view: View) -> f32 {
    match view {
        View::Front => 0.0,
        View::Side => -1.2,
        View::Any => -0.65,
    }
}
