//! Bodies in the room: loaded from a model, driven by a person's landmarks or by joint angles.
//!
//! Spawn [`Avatar`]; write its [`PoseInput`] whenever there is something newer; read [`AvatarPose`].

mod look;

pub use baro_figure::{
    BONES, Bone, Performer, Retargeter, RigPose, SideBones, Skeleton, landmarks_of, lean_trunk,
};
pub use look::{Dressed, GhostMaterial, GhostStyle, LimbMaterial, Look, Marks};
pub(crate) use look::{embed, rgb};

use baro_coach::JointAngles;
use baro_figure::skeleton_from_nodes;
use bevy::{camera::visibility::NoFrustumCulling, prelude::*, world_serialization::WorldInstanceReady};

/// A body in the room. Its [`Transform`] says where it stands.
#[derive(Component, Debug, Clone)]
#[require(PoseInput, Transform, Visibility)]
pub struct Avatar {
    /// The model, a path in the assets folder: `avatars/sunhee.glb`.
    pub model: String,
    /// How it is drawn.
    pub look: Look,
}

/// The bundled bodies: two people, and a mannequin that is nobody in particular.
pub const BODIES: [&str; 3] = ["avatars/sunhee.glb", "avatars/daniel.glb", "avatars/mannequin.glb"];

/// What an [`Avatar`] does.
#[derive(Component, Debug, Clone, Default)]
#[expect(clippy::large_enum_variant, reason = "one for each body in the room, written in place")]
pub enum PoseInput {
    /// Stands relaxed.
    #[default]
    Standing,
    /// Follows a person.
    Person {
        /// The newest pose; `None` while nobody is seen.
        pose: Option<baro_motion::Pose>,
        /// As in a mirror: the person's left is the avatar's right.
        mirror: bool,
    },
    /// Shows joint angles, feet planted: the trainer.
    Performance(JointAngles),
    /// Takes a pose as it is.
    Posed(RigPose),
}

/// The skeleton of a loaded avatar and its pose in this frame, in the avatar's own frame.
#[derive(Component, Debug, Clone)]
pub struct AvatarPose {
    /// The body at rest.
    pub skeleton: Skeleton,
    /// The pose.
    pub pose: RigPose,
}

/// The entities of a loaded avatar's bones.
#[derive(Component, Debug, Clone)]
pub struct AvatarBones(pub [Entity; BONES]);

/// Drives the bones of one avatar.
#[derive(Component)]
struct Driver {
    performer: Performer,
    retargeter: Retargeter,
    /// Takes the pelvis from the avatar's frame to that of its parent in the model.
    pelvis_parent_from_avatar: Transform,
}

/// Where in `Update` bones are driven; write [`PoseInput`] before it.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct DriveAvatars;

/// Where in `Update` marks are shown; write [`Marks`] before it, and change materials in other systems after it.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShowMarks;

/// Loads and drives [`Avatar`]s.
pub struct AvatarPlugin;

impl Plugin for AvatarPlugin {
    fn build(&self, app: &mut App) {
        look::build(app);
        app.add_observer(begin)
            .add_observer(ready)
            .add_systems(Update, (drive.in_set(DriveAvatars), look::show_marks.in_set(ShowMarks)));
    }
}

/// Asks for the model of a new avatar. It stays hidden until its bones are there.
fn begin(
    added: On<Insert, Avatar>,
    mut avatars: Query<(&Avatar, &mut Visibility)>,
    assets: Res<AssetServer>,
    mut commands: Commands,
) {
    if let Ok((avatar, mut visibility)) = avatars.get_mut(added.entity) {
        *visibility = Visibility::Hidden;
        let scene = assets.load(GltfAssetLabel::Scene(0).from_asset(avatar.model.clone()));
        commands.entity(added.entity).insert(WorldAssetRoot(scene));
    }
}

/// Finds the bones of a model that has been spawned.
fn ready(
    spawned: On<WorldInstanceReady>,
    mut avatars: Query<(&Avatar, &mut Visibility)>,
    children: Query<&Children>,
    nodes: Query<(&Name, &Transform), Without<Avatar>>,
    meshes: Query<(), With<Mesh3d>>,
    mut commands: Commands,
) {
    let root = spawned.entity;
    let Ok((avatar, mut visibility)) = avatars.get_mut(root) else { return };
    let found = joints(root, &children, &nodes);
    let named: Vec<_> =
        found.iter().map(|j| (j.name.clone(), j.avatar.translation, j.avatar.rotation)).collect();
    let skeleton = match skeleton_from_nodes(&named) {
        Ok(skeleton) => skeleton,
        Err(error) => {
            error!("{}: {error}", avatar.model);
            return;
        }
    };
    let entity = |bone: Bone| found.iter().find(|j| j.name == bone.name()).map_or(root, |j| j.entity);
    let parent =
        found.iter().find(|j| j.name == Bone::Pelvis.name()).map_or(Transform::IDENTITY, |j| j.parent);
    let inverse = parent.to_matrix().inverse();
    for mesh in children.iter_descendants(root).filter(|e| meshes.contains(*e)) {
        // A posed body leaves the bounds of its rest pose.
        commands.entity(mesh).insert(NoFrustumCulling);
    }
    *visibility = Visibility::Inherited;
    commands.entity(root).insert((
        Driver {
            performer: Performer::new(&skeleton),
            retargeter: Retargeter::new(&skeleton),
            pelvis_parent_from_avatar: Transform::from_matrix(inverse),
        },
        AvatarBones(Bone::ALL.map(entity)),
        AvatarPose { pose: RigPose::rest(&skeleton), skeleton },
    ));
    look::dress(&mut commands, root, avatar.look);
}

/// A joint of a model: its place in the avatar's frame, and its parent's.
struct ModelJoint {
    name: String,
    entity: Entity,
    avatar: Transform,
    parent: Transform,
}

fn joints(
    root: Entity,
    children: &Query<&Children>,
    nodes: &Query<(&Name, &Transform), Without<Avatar>>,
) -> Vec<ModelJoint> {
    let mut open = vec![(root, Transform::IDENTITY)];
    let mut out = Vec::new();
    while let Some((entity, parent)) = open.pop() {
        for child in children.get(entity).into_iter().flatten() {
            let Ok((name, local)) = nodes.get(*child) else {
                open.push((*child, parent));
                continue;
            };
            let avatar = parent * *local;
            out.push(ModelJoint { name: name.as_str().to_owned(), entity: *child, avatar, parent });
            open.push((*child, avatar));
        }
    }
    out
}

fn drive(
    time: Res<Time>,
    mut avatars: Query<(&mut Driver, &PoseInput, &AvatarBones, &mut AvatarPose)>,
    mut transforms: Query<&mut Transform>,
) {
    for (mut driver, input, bones, mut posed) in &mut avatars {
        let AvatarPose { skeleton, pose } = &mut *posed;
        *pose = match input {
            PoseInput::Standing => driver.performer.pose(skeleton, &JointAngles::default()),
            PoseInput::Performance(angles) => driver.performer.pose(skeleton, angles),
            PoseInput::Posed(pose) => *pose,
            PoseInput::Person { pose: person, mirror } => {
                *driver.retargeter.update(skeleton, person.as_ref(), *mirror, time.delta_secs())
            }
        };
        let rotations = skeleton.local_rotations(pose);
        for (i, entity) in bones.0.into_iter().enumerate() {
            let Ok(mut transform) = transforms.get_mut(entity) else { continue };
            transform.rotation = rotations[i];
            if i == Bone::Pelvis as usize {
                let parent = driver.pelvis_parent_from_avatar;
                transform.rotation = parent.rotation * rotations[i];
                transform.translation = parent.transform_point(pose.root);
            }
        }
    }
}
