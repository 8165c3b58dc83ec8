//! How a body is drawn: as its file says, as a body that can be marked, or as the trainer's ghost. The shaders are part of the program.

use baro_figure::{BONES, Bone};
use baro_motion::Side;
use bevy::{
    asset::uuid_handle,
    light::NotShadowCaster,
    mesh::{MeshVertexBufferLayoutRef, skinning::SkinnedMesh},
    pbr::{MaterialPipeline, MaterialPipelineKey},
    prelude::*,
    render::render_resource::{
        AsBindGroup, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
    },
    shader::ShaderRef,
};

const LIMB_SHADER: Handle<Shader> = uuid_handle!("6f0c3c5e-33a0-4a4e-9d07-52a1c2f1a001");
const GHOST_SHADER: Handle<Shader> = uuid_handle!("6f0c3c5e-33a0-4a4e-9d07-52a1c2f1a002");

/// Joints of a skin that can be marked: MakeHuman's rig has 53.
const JOINTS: usize = 64;

/// How an avatar is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// With its own materials, lit by Bevy's lights.
    #[default]
    Solid,
    /// In soft daylight; muscles and limbs can be marked ([`Marks`]).
    Body,
    /// A rim of light: shows what to do, can't be taken for the person.
    Ghost,
}

/// What is marked on a body. Left and right are the avatar's own.
#[derive(Component, Debug, Clone, PartialEq)]
pub struct Marks {
    /// For each bone how much is worked at its front, back, outside and inside, 0 to 1.
    pub worked: [Vec4; BONES],
    /// For each bone whether it should move otherwise, 0 to 1.
    pub faulty: [f32; BONES],
    /// It is not as somebody is now: drawn grey.
    pub grey: bool,
}

impl Default for Marks {
    fn default() -> Self {
        Self { worked: [Vec4::ZERO; BONES], faulty: [0.0; BONES], grey: false }
    }
}

/// What the shader knows of a body; see `shaders/limb.wgsl`.
#[derive(ShaderType, Debug, Clone)]
struct LimbUniform {
    worked: [Vec4; JOINTS],
    joint: [Vec4; JOINTS],
    glow: Vec4,
    warn: Vec4,
    how: Vec4,
}

/// A body that can be marked.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
#[bind_group_data(LimbKey)]
pub struct LimbMaterial {
    #[uniform(0)]
    limb: LimbUniform,
    /// Do shadows fall on it?
    pub shadowed: bool,
}

/// What a [`LimbMaterial`]'s pipeline depends on.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LimbKey {
    shadowed: bool,
}

impl From<&LimbMaterial> for LimbKey {
    fn from(material: &LimbMaterial) -> Self {
        Self { shadowed: material.shadowed }
    }
}

impl Material for LimbMaterial {
    fn vertex_shader() -> ShaderRef {
        LIMB_SHADER.into()
    }

    fn fragment_shader() -> ShaderRef {
        LIMB_SHADER.into()
    }

    fn specialize(
        _pipeline: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _layout: &MeshVertexBufferLayoutRef,
        key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        if key.bind_group_data.shadowed
            && let Some(fragment) = &mut descriptor.fragment
        {
            fragment.shader_defs.push("SHADOWED".into());
        }
        Ok(())
    }
}

/// What the shader knows of a ghost; see `shaders/ghost.wgsl`.
#[derive(ShaderType, Debug, Clone)]
struct GhostUniform {
    fill: Vec4,
    rim: Vec4,
    how: Vec4,
}

/// The trainer's body.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
pub struct GhostMaterial {
    #[uniform(0)]
    ghost: GhostUniform,
    alpha: AlphaMode,
}

/// How solid a ghost is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GhostStyle {
    /// Opaque: nothing is blended, which is cheapest.
    Opaque,
    /// Half there, by left-out pixels: for pictures without smooth edges.
    Sieve,
    /// Half there, by samples: for pictures with smooth edges.
    Thin,
}

impl GhostMaterial {
    /// A ghost of that style.
    pub fn new(style: GhostStyle) -> Self {
        let (fill, rim) = (rgb(0x4f, 0x9a, 0x98), rgb(0xe9, 0xfb, 0xf8));
        let [inside, edge] = match style {
            GhostStyle::Opaque => [1.0, 1.0],
            GhostStyle::Sieve => [0.30, 0.95],
            GhostStyle::Thin => [0.58, 1.0],
        };
        let sieve = if style == GhostStyle::Sieve { 1.0 } else { 0.0 };
        Self {
            ghost: GhostUniform {
                fill: fill.extend(inside),
                rim: rim.extend(edge),
                how: Vec4::new(sieve, 2.2, 0.0, 0.0),
            },
            alpha: if style == GhostStyle::Thin { AlphaMode::AlphaToCoverage } else { AlphaMode::Opaque },
        }
    }
}

impl Material for GhostMaterial {
    fn fragment_shader() -> ShaderRef {
        GHOST_SHADER.into()
    }

    fn alpha_mode(&self) -> AlphaMode {
        self.alpha
    }
}

/// The linear parts of an sRGB colour.
pub(crate) fn rgb(r: u8, g: u8, b: u8) -> Vec3 {
    Color::srgb_u8(r, g, b).to_linear().to_vec3()
}

/// The material of a loaded body, and the bone that each joint of its skin belongs to.
#[derive(Component, Debug, Clone)]
pub struct Dressed {
    /// Of [`Look::Body`].
    pub limb: Option<Handle<LimbMaterial>>,
    /// Of [`Look::Ghost`].
    pub ghost: Option<Handle<GhostMaterial>>,
    joints: Vec<Option<Bone>>,
}

/// Materials and shaders of bodies.
pub(super) fn build(app: &mut App) {
    app.add_plugins((MaterialPlugin::<LimbMaterial>::default(), MaterialPlugin::<GhostMaterial>::default()));
    embed(app, &LIMB_SHADER, include_str!("../../../shaders/limb.wgsl"), "shaders/limb.wgsl");
    embed(app, &GHOST_SHADER, include_str!("../../../shaders/ghost.wgsl"), "shaders/ghost.wgsl");
}

/// Makes a shader's text known under its handle: no file of it is read at run time.
pub(crate) fn embed(app: &mut App, handle: &Handle<Shader>, text: &'static str, path: &'static str) {
    if let Some(mut shaders) = app.world_mut().get_resource_mut::<Assets<Shader>>()
        && let Err(error) = shaders.insert(handle, Shader::from_wgsl(text, path))
    {
        error!("{path}: {error}");
    }
}

/// Gives the meshes of a loaded avatar the materials of its look.
pub(super) fn dress(commands: &mut Commands, root: Entity, look: Look) {
    if look == Look::Solid {
        return;
    }
    commands.queue(move |world: &mut World| {
        let mut meshes = Vec::new();
        let mut open = vec![root];
        while let Some(entity) = open.pop() {
            if world.get::<MeshMaterial3d<StandardMaterial>>(entity).is_some() {
                meshes.push(entity);
            }
            open.extend(world.get::<Children>(entity).into_iter().flatten().copied());
        }
        let skin = meshes.iter().find_map(|mesh| world.get::<SkinnedMesh>(*mesh));
        let joints = skin.map(|skin| skin.joints.clone()).unwrap_or_default();
        let name = |joint: &Entity| world.get::<Name>(*joint).and_then(|name| bone_of(name.as_str()));
        let joints: Vec<_> = joints.iter().map(name).collect();
        let mut dressed = Dressed { limb: None, ghost: None, joints };
        if look == Look::Body {
            let limb = limb_uniform(&Marks::default(), &dressed.joints);
            let material = LimbMaterial { limb, shadowed: false };
            dressed.limb = Some(world.resource_mut::<Assets<LimbMaterial>>().add(material));
        } else {
            let material = GhostMaterial::new(GhostStyle::Opaque);
            dressed.ghost = Some(world.resource_mut::<Assets<GhostMaterial>>().add(material));
        }
        for mesh in meshes {
            let Ok(mut mesh) = world.get_entity_mut(mesh) else { continue };
            mesh.remove::<MeshMaterial3d<StandardMaterial>>();
            if let Some(limb) = &dressed.limb {
                mesh.insert(MeshMaterial3d(limb.clone()));
            }
            if let Some(ghost) = &dressed.ghost {
                mesh.insert((MeshMaterial3d(ghost.clone()), NotShadowCaster));
            }
        }
        if let Ok(mut root) = world.get_entity_mut(root) {
            root.insert(dressed);
        }
    });
}

type MarksChanged = Or<(Changed<Marks>, Changed<Dressed>)>;

/// Shows the marks of bodies that have changed.
pub(super) fn show_marks(
    bodies: Query<(&Marks, &Dressed), MarksChanged>,
    mut materials: ResMut<Assets<LimbMaterial>>,
) {
    for (marks, dressed) in &bodies {
        let material = dressed.limb.as_ref().and_then(|limb| materials.get_mut(limb));
        if let Some(mut material) = material {
            material.limb = limb_uniform(marks, &dressed.joints);
        }
    }
}

fn limb_uniform(marks: &Marks, joints: &[Option<Bone>]) -> LimbUniform {
    let of = |i: usize| joints.get(i).copied().flatten();
    LimbUniform {
        worked: std::array::from_fn(|i| of(i).map_or(Vec4::ZERO, |bone| marks.worked[bone as usize])),
        joint: std::array::from_fn(|i| {
            of(i).map_or(Vec4::ZERO, |bone| Vec4::new(marks.faulty[bone as usize], sign(bone), 0.0, 0.0))
        }),
        glow: rgb(0x2f, 0xc4, 0xb8).extend(0.62),
        warn: rgb(0xf5, 0x9e, 0x0b).extend(0.80),
        how: Vec4::X * f32::from(u8::from(marks.grey)),
    }
}

/// 1 for bones of the left, -1 of the right, 0 in the middle.
fn sign(bone: Bone) -> f32 {
    match bone.name().rsplit_once('_') {
        Some((_, "l")) => Side::Left.sign(),
        Some((_, "r")) => Side::Right.sign(),
        _ => 0.0,
    }
}

/// The bone that a joint of the model's skin belongs to: fingers to their hand.
fn bone_of(joint: &str) -> Option<Bone> {
    let by_name = Bone::ALL.into_iter().find(|bone| bone.name() == joint);
    by_name.or_else(|| match joint.rsplit_once('_') {
        Some((finger, "l")) if finger.contains("_0") => Some(Bone::HandL),
        Some((finger, "r")) if finger.contains("_0") => Some(Bone::HandR),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_joint_belongs_to_its_bone() {
        assert_eq!(bone_of("thigh_l"), Some(Bone::ThighL));
        assert_eq!(bone_of("index_02_r"), Some(Bone::HandR));
        assert_eq!(bone_of("Root"), None);
        assert_eq!((sign(Bone::CalfL), sign(Bone::CalfR), sign(Bone::Head)), (1.0, -1.0, 0.0));
    }

    #[test]
    fn marks_reach_the_joints_of_their_bone() {
        let mut marks = Marks::default();
        marks.faulty[Bone::HandR as usize] = 0.5;
        marks.worked[Bone::ThighL as usize] = Vec4::X;
        let uniform = limb_uniform(&marks, &[None, Some(Bone::ThighL), Some(Bone::HandR)]);
        assert_eq!(uniform.worked[1], Vec4::X);
        assert_eq!(uniform.joint[2], Vec4::new(0.5, -1.0, 0.0, 0.0));
        assert_eq!((uniform.worked[0], uniform.joint[63]), (Vec4::ZERO, Vec4::ZERO));
    }
}
