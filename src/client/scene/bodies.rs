//! The two bodies in the room: the person's, which follows, and the trainer's, which shows how.

use super::{Quality, SceneQuality, SceneSetup, StageCamera, camera_at, place};
use crate::{
    avatar::{Avatar, AvatarPose, BODIES, DriveAvatars, Look, PoseInput},
    coaching::{CoachingSystems, Routine, Session, Status},
};
use baro_coach::View;
use bevy::prelude::*;

/// The trainer: the accent of the screens, half there.
const GHOST: Color = Color::srgba(0.10, 0.50, 0.53, 0.76);
/// Much the same over the wall, for machines on which being half there costs too much: a glow that hides the colours
/// of the clothes, and a little light for the shape.
const SOLID_GHOST: (Color, LinearRgba) = (Color::srgb(0.34, 0.42, 0.42), LinearRgba::rgb(0.19, 0.37, 0.36));

/// The person's body.
#[derive(Component)]
struct PersonBody;

/// The trainer's body.
#[derive(Component)]
struct TrainerBody;

/// Tells the borrow rules that this is not the person's body.
type OnlyTrainer = (With<TrainerBody>, Without<PersonBody>);

/// Puts the bodies into the room and tells them what to do.
pub struct BodiesPlugin;

impl Plugin for BodiesPlugin {
    fn build(&self, app: &mut App) {
        app.add_systems(Startup, spawn.after(SceneSetup))
            .add_systems(Update, thin_out.after(DriveAvatars).after(SceneQuality))
            .add_systems(
                Update,
                (rest, follow, (demonstrate, stand_back).chain()).after(CoachingSystems).before(DriveAvatars),
            );
    }
}

fn spawn(mut commands: Commands) {
    let [person, trainer] = BODIES.map(String::from);
    commands.spawn((
        PersonBody,
        Avatar { model: person, look: Look::Solid },
        Transform::from_translation(place::PERSON),
    ));
    commands.spawn((
        TrainerBody,
        Avatar { model: trainer, look: Look::Ghost { colour: GHOST } },
        Transform::from_translation(place::TRAINER),
    ));
}

/// Behind the result nothing moves, and the room is not drawn anew.
fn rest(session: Res<Session>, mut cameras: Query<&mut Camera, With<StageCamera>>) {
    let coaching = !matches!(session.live.status, Status::Ended(_) | Status::Failed(_));
    for mut camera in &mut cameras {
        if camera.is_active != coaching {
            camera.is_active = coaching;
        }
    }
}

/// Half-transparent samples double the cost of the whole picture where the processor draws it.
fn thin_out(
    quality: Res<Quality>,
    trainers: Query<(Entity, Ref<AvatarPose>), With<TrainerBody>>,
    children: Query<&Children>,
    meshes: Query<&MeshMaterial3d<StandardMaterial>>,
    mut materials: ResMut<Assets<StandardMaterial>>,
) {
    for (trainer, pose) in &trainers {
        if !quality.is_changed() && !pose.is_added() {
            continue;
        }
        for mesh in children.iter_descendants(trainer).filter_map(|entity| meshes.get(entity).ok()) {
            let Some(mut material) = materials.get_mut(&mesh.0) else { continue };
            (material.base_color, material.emissive, material.alpha_mode) = match *quality {
                Quality::Low => (SOLID_GHOST.0, SOLID_GHOST.1, AlphaMode::Opaque),
                Quality::High => (GHOST, SOLID_GHOST.1 * 0.4, AlphaMode::AlphaToCoverage),
            };
        }
    }
}

fn follow(session: Res<Session>, mut bodies: Query<&mut PoseInput, With<PersonBody>>) {
    let live = &session.live;
    for mut input in &mut bodies {
        *input = match live.status {
            Status::Starting | Status::Ended(_) | Status::Failed(_) => PoseInput::Standing,
            _ => PoseInput::Person { pose: live.pose, mirror: live.mirror },
        };
    }
}

fn demonstrate(
    routine: Res<Routine>,
    time: Res<Time>,
    mut bodies: Query<(&mut PoseInput, &mut Transform), OnlyTrainer>,
) {
    let exercise = routine.current();
    for (mut input, mut transform) in &mut bodies {
        *input = PoseInput::Performance(exercise.trainer.angles_at(time.elapsed_secs_f64()));
        transform.rotation = Quat::from_rotation_y(yaw_rad(exercise.view));
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
