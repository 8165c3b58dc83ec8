//! The room that the person and the trainer stand in: light, camera, and how much of it this machine can draw.

pub mod arc;
mod bodies;
mod framing;
pub mod highlight;
mod observed;
mod room;
mod tempo;
mod texture;

pub use bodies::{BodiesPlugin, Cast, PersonBody as OwnBody, TrainerPlace};
pub use framing::{Framing, Who};
pub use observed::{Body, Doing, Observed, Stream};
pub use tempo::Tempo;

use crate::coaching::CoachingSystems;
use bevy::{
    camera::RenderTarget,
    core_pipeline::oit::OrderIndependentTransparencySettings,
    core_pipeline::tonemapping::{DebandDither, Tonemapping},
    image::ImageSampler,
    light::{CascadeShadowConfigBuilder, DirectionalLightShadowMap},
    prelude::*,
    render::{
        render_resource::{Extent3d, TextureFormat},
        renderer::RenderAdapterInfo,
    },
    window::{PresentMode, PrimaryWindow},
};

/// How the room is drawn.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// For machines without graphics hardware: fewer pixels, painted light, a soft disc for a shadow.
    Low,
    /// For weak graphics hardware: the same light, with as many pixels as a small window has and smooth edges.
    Medium,
    /// Lit, with shadows and smooth edges.
    High,
}

/// The quality where the person has chosen none: what the command line says, else what the hardware can.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct AutomaticQuality(pub Quality);

impl Quality {
    /// Pixels that the room is drawn with at most; the window shows it enlarged. Software rendering pays for
    /// each pixel: 960x540 in full costs three times this.
    const fn max_pixels(self) -> f32 {
        match self {
            Self::Low => 80_000.0,
            Self::Medium => 1_000_000.0,
            Self::High => 8_300_000.0,
        }
    }

    /// Are shadows drawn, and the room lit? Else its light is painted.
    pub const fn has_shadows(self) -> bool {
        matches!(self, Self::High)
    }

    /// The size to draw the room at for a window of this size, in pixels.
    pub fn stage_size(self, window: UVec2) -> UVec2 {
        let pixels = (window.x.max(1) * window.y.max(1)) as f32;
        let scale = (self.max_pixels() / pixels).sqrt().min(1.0);
        (window.as_vec2() * scale).round().as_uvec2().max(UVec2::ONE)
    }
}

/// Where the two bodies stand on the floor, metres; the camera looks along -z.
pub mod place {
    use bevy::math::Vec3;
    /// The person's avatar.
    pub const PERSON: Vec3 = Vec3::new(-0.48, 0.0, 0.0);
    /// The trainer, a little behind.
    pub const TRAINER: Vec3 = Vec3::new(0.78, 0.0, -0.35);
}

/// The picture of the room, drawn apart from the window so that it can have fewer pixels.
#[derive(Resource)]
pub struct Stage {
    /// The picture.
    pub image: Handle<Image>,
}

/// The camera that draws the room.
#[derive(Component)]
pub struct StageCamera;

/// What is drawn only where there are no shadows.
#[derive(Component)]
struct InsteadOfShadows {
    of: Who,
}

/// Materials of the room, which carry their own painted light in [`Quality::Low`].
#[derive(Resource)]
struct RoomMaterials(Vec<Handle<StandardMaterial>>);

/// The room, its light and its camera.
pub struct ScenePlugin {
    /// `None`: low on a machine that draws with its processor, else high.
    pub quality: Option<Quality>,
    /// Size of the picture where there is no window.
    pub size: UVec2,
}

/// Systems that set up the room; the bodies are placed after these.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct SceneSetup;

/// Systems that bring the room to the wanted quality.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
struct SceneQuality;

#[derive(Resource)]
struct Wanted(Option<Quality>);

#[derive(Resource)]
struct WindowlessSize(UVec2);

impl Plugin for ScenePlugin {
    fn build(&self, app: &mut App) {
        framing::watch_shaders(app);
        app.init_resource::<GlobalAmbientLight>()
            .init_resource::<Framing>()
            .insert_resource(Wanted(self.quality))
            .insert_resource(WindowlessSize(self.size))
            .insert_resource(ClearColor(Color::srgb(0.93, 0.92, 0.89)))
            .add_systems(Startup, (choose_quality, room::build, light, camera).chain().in_set(SceneSetup))
            .add_systems(Update, framing::pace.after(CoachingSystems))
            .add_systems(
                Update,
                (
                    fit_stage,
                    framing::frame,
                    paint_room.run_if(resource_changed::<Quality>.or_else(resource_changed::<Cast>)),
                    set_light.run_if(resource_changed::<Quality>),
                )
                    .chain()
                    .after(CoachingSystems)
                    .in_set(SceneQuality),
            );
    }
}

fn choose_quality(mut commands: Commands, wanted: Res<Wanted>, adapter: Option<Res<RenderAdapterInfo>>) {
    let software = adapter.is_some_and(|adapter| is_software(&adapter));
    let automatic = if software { Quality::Low } else { Quality::High };
    let quality = wanted.0.unwrap_or(automatic);
    commands.insert_resource(AutomaticQuality(quality));
    commands.insert_resource(quality);
}

fn is_software(adapter: &RenderAdapterInfo) -> bool {
    // wgpu's own type is not re-exported by Bevy; its name is stable.
    format!("{:?}", adapter.device_type) == "Cpu"
}

fn light(mut commands: Commands) {
    commands.insert_resource(DirectionalLightShadowMap { size: 2048 });
    commands.spawn((
        DirectionalLight { color: Color::srgb(1.0, 0.97, 0.92), ..default() },
        Transform::from_xyz(-2.4, 4.2, 3.2).looking_at(Vec3::ZERO, Vec3::Y),
        CascadeShadowConfigBuilder {
            num_cascades: 1,
            minimum_distance: 1.0,
            first_cascade_far_bound: 9.0,
            maximum_distance: 9.0,
            ..default()
        }
        .build(),
    ));
}

/// The camera at that distance from the bodies, which stand between the cards of the screen.
fn camera_at(distance_m: f32) -> Transform {
    Transform::from_xyz(0.1, 1.36, distance_m).looking_at(Vec3::new(0.1, 0.80, 0.0), Vec3::Y)
}

fn camera(mut commands: Commands, mut images: ResMut<Assets<Image>>, size: Res<WindowlessSize>) {
    let mut picture = Image::new_target_texture(size.0.x, size.0.y, TextureFormat::Rgba8UnormSrgb, None);
    picture.sampler = ImageSampler::linear(); // it is enlarged to the window
    let image = images.add(picture);
    commands.spawn((
        StageCamera,
        Camera3d::default(),
        Camera { order: -1, ..default() },
        RenderTarget::Image(image.clone().into()),
        Projection::from(PerspectiveProjection {
            fov: 34.0_f32.to_radians(),
            near: 0.5,
            far: 30.0,
            ..default()
        }),
        camera_at(5.0),
        // The colours are chosen for the screen as they are; a film curve would grey them, and costs pixels.
        Tonemapping::None,
        Msaa::Sample4,
        DebandDither::Disabled,
    ));
    commands.insert_resource(Stage { image });
}

fn fit_stage(
    window: Query<&Window, With<PrimaryWindow>>,
    windowless: Res<WindowlessSize>,
    quality: Res<Quality>,
    stage: Res<Stage>,
    mut images: ResMut<Assets<Image>>,
) {
    let size = quality.stage_size(window.single().map_or(windowless.0, Window::physical_size));
    if images.get(&stage.image).is_some_and(|image| image.size() != size)
        && let Some(mut image) = images.get_mut(&stage.image)
    {
        image.resize(Extent3d { width: size.x, height: size.y, depth_or_array_layers: 1 });
    }
}

/// Lets the room's materials carry their own light, and shows what belongs to this quality.
fn paint_room(
    quality: Res<Quality>,
    cast: Res<Cast>,
    room: Res<RoomMaterials>,
    mut materials: ResMut<Assets<StandardMaterial>>,
    mut discs: Query<(&mut Visibility, &InsteadOfShadows)>,
) {
    for handle in &room.0 {
        if let Some(mut material) = materials.get_mut(handle) {
            material.unlit = !quality.has_shadows();
        }
    }
    for (mut visibility, disc) in &mut discs {
        // Two bodies in one place have one shadow.
        let spare = disc.of == Who::Trainer && cast.place == TrainerPlace::Over;
        let hidden = quality.has_shadows() || spare;
        *visibility = if hidden { Visibility::Hidden } else { Visibility::Inherited };
    }
}

/// Tells the borrow rules, and Bevy's own check of such cameras, that it is not one of those.
type OnlyStage = (With<StageCamera>, Without<OrderIndependentTransparencySettings>);

/// Shadows and light.
fn set_light(
    quality: Res<Quality>,
    mut lights: Query<&mut DirectionalLight>,
    mut ambient: ResMut<GlobalAmbientLight>,
    mut cameras: Query<&mut Msaa, OnlyStage>,
    mut windows: Query<&mut Window>,
) {
    let (high, software) = (quality.has_shadows(), *quality == Quality::Low);
    for mut camera in &mut cameras {
        // Low's picture is enlarged, which softens its edges anyway.
        camera.set_if_neq(if software { Msaa::Off } else { Msaa::Sample4 });
    }
    for mut light in &mut lights {
        light.shadow_maps_enabled = high;
        // With shadows the room is lit too, and bright walls light what the lamp does not reach.
        light.illuminance = if high { 1_900.0 } else { 2_300.0 };
    }
    ambient.color = Color::srgb(0.96, 0.98, 1.0);
    ambient.brightness = if high { 1_350.0 } else { 520.0 };
    for mut window in &mut windows {
        // Software presentation that waits for the screen waits for whole frames.
        window.present_mode = if software { PresentMode::AutoNoVsync } else { PresentMode::AutoVsync };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_keeps_the_windows_shape_and_the_budget() {
        let size = Quality::Low.stage_size(UVec2::new(1280, 720));
        assert!(size.x * size.y <= 81_000, "{size}");
        assert!((size.x as f32 / size.y as f32 - 16.0 / 9.0).abs() < 0.01);
        assert_eq!(Quality::Medium.stage_size(UVec2::new(1280, 720)), UVec2::new(1280, 720));
        assert_eq!(Quality::High.stage_size(UVec2::new(1280, 720)), UVec2::new(1280, 720));
        assert_eq!(Quality::Low.stage_size(UVec2::new(320, 180)), UVec2::new(320, 180));
        assert_eq!(Quality::Low.stage_size(UVec2::ZERO), UVec2::ONE);
    }
}
