//! An arc at the joint of what is counted: how far it is, how sure that is, and where it should come to.

use super::{
    bodies::PersonBody,
    observed::{Doing, Observed},
};
use crate::{
    avatar::{AvatarPose, Bone, SideBones, embed, rgb},
    coaching::Routine,
    play::Playing,
};
use baro_coach::Exercise;
use baro_motion::{Measure, MeasureSet, Measures, Side, View};
use bevy::{
    asset::uuid_handle,
    light::NotShadowCaster,
    mesh::MeshVertexBufferLayoutRef,
    pbr::{MaterialPipeline, MaterialPipelineKey},
    prelude::*,
    render::render_resource::{
        AsBindGroup, CompareFunction, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
    },
    shader::ShaderRef,
};

const ARC_SHADER: Handle<Shader> = uuid_handle!("6f0c3c5e-33a0-4a4e-9d07-52a1c2f1a003");
/// Its radius, metres.
const RADIUS_M: f32 = 0.30;
/// An angle smaller than this has no plane to be shown in, radians.
const LEAST_RAD: f32 = 0.10;
/// ± is shown no wider than this, radians.
const WIDEST_SD_RAD: f32 = 0.35;

/// What the shader knows; see `shaders/arc.wgsl`.
#[derive(ShaderType, Debug, Clone, PartialEq)]
struct ArcUniform {
    angles: Vec4,
    measured: Vec4,
    aimed: Vec4,
}

/// The arc.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
pub struct ArcMaterial {
    #[uniform(0)]
    arc: ArcUniform,
}

impl Material for ArcMaterial {
    fn fragment_shader() -> ShaderRef {
        ARC_SHADER.into()
    }

    fn alpha_mode(&self) -> AlphaMode {
        AlphaMode::Blend
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }

    fn specialize(
        _pipeline: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _layout: &MeshVertexBufferLayoutRef,
        _key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        // It stands in the middle of a limb and is seen all the same, from both sides.
        descriptor.primitive.cull_mode = None;
        if let Some(depth) = &mut descriptor.depth_stencil {
            depth.depth_compare = Some(CompareFunction::Always);
        }
        Ok(())
    }
}

/// The angle that the person's set is counted on, as it is measured now. Others may write it; without a set it is `None`.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Default)]
pub struct AngleArc(pub Option<MeasuredAngle>);

/// One angle, radians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredAngle {
    /// Which.
    pub measure: Measure,
    /// The person's side.
    pub side: Side,
    /// Its value.
    pub value_rad: f32,
    /// Its standard deviation.
    pub sd_rad: f32,
    /// From where a repetition counts, to the whole way.
    pub target_rad: [f32; 2],
}

/// What is drawn of it.
#[derive(Component)]
struct Arc;

/// Measures the angle, and shows it.
pub struct ArcPlugin;

/// Systems that show the arc; [`AngleArc`] is written before.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ShowArc;

impl Plugin for ArcPlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(MaterialPlugin::<ArcMaterial>::default())
            .init_resource::<AngleArc>()
            .add_systems(Startup, spawn)
            .add_systems(Update, (measure, show).chain().in_set(ShowArc));
        embed(app, &ARC_SHADER, include_str!("../../../shaders/arc.wgsl"), "shaders/arc.wgsl");
    }
}

fn spawn(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<ArcMaterial>>,
) {
    let arc = ArcUniform {
        angles: Vec4::ZERO,
        measured: rgb(0x0e, 0x7c, 0x78).extend(0.62),
        aimed: rgb(0x14, 0xa0, 0x98).extend(0.75),
    };
    commands.spawn((
        Arc,
        Mesh3d(meshes.add(Rectangle::new(2.0 * RADIUS_M, 2.0 * RADIUS_M))),
        MeshMaterial3d(materials.add(ArcMaterial { arc })),
        NotShadowCaster,
        Visibility::Hidden,
    ));
}

/// Measures what the set is counted on, as the coach does.
fn measure(
    routine: Res<Routine>,
    observed: Res<Observed>,
    playing: Res<Playing>,
    mut angle: ResMut<AngleArc>,
) {
    let shown = observed.doing == Doing::Moving || observed.trainer_s.is_some();
    let body = observed.body.as_ref().filter(|_| shown && !playing.is_on());
    let measured = body.and_then(|body| measured(routine.current(), &body.pose.world, &body.view));
    angle.set_if_neq(AngleArc(measured));
}

/// The angle that an exercise counts, on the side that has gone further.
fn measured(exercise: &Exercise, world: &baro_motion::Landmarks, view: &View) -> Option<MeasuredAngle> {
    let signal = exercise.signal.filter(|signal| signal.measure.unit() == baro_motion::Unit::Angle)?;
    let measures = Measures::seen(world, view, MeasureSet::default().with(signal.measure));
    let of = |side| measures.get(signal.measure, side).map(|estimate| (side, estimate));
    let further = |a: &(Side, baro_motion::Estimate), b: &(Side, baro_motion::Estimate)| {
        signal.progress(a.1.value).total_cmp(&signal.progress(b.1.value))
    };
    let (side, estimate) = Side::BOTH.into_iter().filter_map(of).max_by(further)?;
    Some(MeasuredAngle {
        measure: signal.measure,
        side,
        value_rad: estimate.value,
        sd_rad: estimate.sd,
        target_rad: [signal.reach, signal.target],
    })
}

/// Where an angle is on a posed body: its joint, the direction in which it is 0, and that in which it is now. `side` is the avatar's.
fn place(posed: &AvatarPose, measure: Measure, side: Side) -> Option<(Vec3, Vec3, Vec3)> {
    let at = posed.skeleton.positions(&posed.pose);
    let p = |bone: Bone| at[bone as usize];
    let ([_, upper, lower, hand], [thigh, calf, foot, _]) = (side.arm(), side.leg());
    let hips = (p(Bone::ThighL) + p(Bone::ThighR)) / 2.0;
    let trunk = (p(Bone::UpperArmL) + p(Bone::UpperArmR)) / 2.0 - hips;
    Some(match measure {
        Measure::KneeFlexion => (p(calf), p(calf) - p(thigh), p(foot) - p(calf)),
        Measure::ElbowFlexion => (p(lower), p(lower) - p(upper), p(hand) - p(lower)),
        Measure::ShoulderElevation | Measure::ShoulderAbduction | Measure::ShoulderFlexion => {
            (p(upper), -trunk, p(lower) - p(upper))
        }
        Measure::HipFlexion | Measure::HipAbduction => (p(thigh), -trunk, p(calf) - p(thigh)),
        Measure::TrunkFlexion | Measure::TrunkSideLean | Measure::TrunkIncline => (hips, Vec3::Y, trunk),
        _ => return None,
    })
}

type OnlyPerson = (With<PersonBody>, Without<Arc>);

fn show(
    angle: Res<AngleArc>,
    observed: Res<Observed>,
    bodies: Query<(&AvatarPose, &Transform), OnlyPerson>,
    mut arcs: Query<(&mut Transform, &mut Visibility, &MeshMaterial3d<ArcMaterial>), With<Arc>>,
    mut materials: ResMut<Assets<ArcMaterial>>,
) {
    let Ok((mut transform, mut visibility, material)) = arcs.single_mut() else { return };
    let drawn = angle.0.and_then(|angle| {
        let (posed, body) = bodies.single().ok()?;
        let side = match (observed.mirror, angle.side) {
            (true, Side::Left) => Side::Right,
            (true, Side::Right) => Side::Left,
            (false, side) => side,
        };
        let (joint, zero, now) = place(posed, angle.measure, side)?;
        let (zero, now) = (zero.try_normalize()?, now.try_normalize()?);
        // The plane in which the one turns to the other.
        let normal = zero.cross(now);
        let turned =
            (normal.length() > LEAST_RAD.sin() && angle.value_rad.abs() > LEAST_RAD).then_some(normal)?;
        let z = turned.try_normalize()?;
        let frame = Mat3::from_cols(zero, z.cross(zero), z);
        let place = Transform { rotation: Quat::from_mat3(&frame), ..Transform::from_translation(joint) };
        Some((*body * place, angle))
    });
    let wanted = if drawn.is_some() { Visibility::Inherited } else { Visibility::Hidden };
    visibility.set_if_neq(wanted);
    let Some((place, angle)) = drawn else { return };
    transform.set_if_neq(place);
    let [near, far] = angle.target_rad.map(f32::abs);
    let sd_rad = angle.sd_rad.min(WIDEST_SD_RAD);
    let angles = Vec4::new(angle.value_rad.abs(), sd_rad, near.min(far), near.max(far));
    if materials.get(&material.0).is_some_and(|material| material.arc.angles != angles)
        && let Some(mut material) = materials.get_mut(&material.0)
    {
        material.arc.angles = angles;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_motion::{JointAngles, Mannequin};

    #[test]
    fn the_side_that_has_gone_further_is_shown_with_its_error() {
        let squat = Exercise::from_toml(include_str!("../../../assets/exercises/squat.toml")).unwrap();
        let mut angles = JointAngles::default();
        angles.set("left_knee_flexion", 1.2);
        angles.set("right_knee_flexion", 0.6);
        let world = Mannequin::default().landmarks(&angles);
        let shown = measured(&squat, &world, &View::ONE_CAMERA).unwrap();
        assert_eq!((shown.measure, shown.side), (Measure::KneeFlexion, Side::Left));
        assert!((shown.value_rad - 1.2).abs() < 0.02 && shown.sd_rad > 0.01, "{shown:?}");
        assert!(shown.target_rad[0] < shown.target_rad[1]);
    }
}
