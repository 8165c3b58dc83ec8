//! A calm studio: oak floor, warm walls, a window, a mat, a plant.

use super::{InsteadOfShadows, RoomMaterials, Who, place, texture};
use bevy::{math::Affine2, prelude::*};
use std::f32::consts::{FRAC_PI_2, TAU};

/// Half the width of the room, its back wall and its height, metres.
const HALF_WIDTH: f32 = 3.4;
const BACK: f32 = -2.3;
const FRONT: f32 = 6.0;
const HEIGHT: f32 = 3.4;

/// Collects what the room is built of.
struct Builder<'a, 'w, 's> {
    commands: &'a mut Commands<'w, 's>,
    meshes: &'a mut Assets<Mesh>,
    materials: &'a mut Assets<StandardMaterial>,
    painted: Vec<Handle<StandardMaterial>>,
}

impl Builder<'_, '_, '_> {
    /// A matt material that can be shown without light.
    fn material(&mut self, material: StandardMaterial) -> Handle<StandardMaterial> {
        let handle =
            self.materials.add(StandardMaterial { perceptual_roughness: 0.95, reflectance: 0.1, ..material });
        self.painted.push(handle.clone());
        handle
    }

    fn plain(&mut self, color: Color) -> Handle<StandardMaterial> {
        self.material(StandardMaterial { base_color: color, ..default() })
    }

    fn add(
        &mut self,
        mesh: impl Into<Mesh>,
        material: &Handle<StandardMaterial>,
        transform: Transform,
    ) -> Entity {
        let mesh = self.meshes.add(mesh.into());
        self.commands.spawn((Mesh3d(mesh), MeshMaterial3d(material.clone()), transform)).id()
    }
}

/// Builds the room.
pub fn build(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<StandardMaterial>>,
    mut images: ResMut<Assets<Image>>,
) {
    let mut b = Builder {
        commands: &mut commands,
        meshes: &mut meshes,
        materials: &mut materials,
        painted: Vec::new(),
    };
    shell(&mut b, &mut images);
    window(&mut b, &mut images);
    furniture(&mut b);
    ground(&mut b, &mut images);
    let painted = std::mem::take(&mut b.painted);
    commands.insert_resource(RoomMaterials(painted));
}

/// Floor, walls and skirting.
fn shell(b: &mut Builder, images: &mut Assets<Image>) {
    let depth = FRONT - BACK;
    let floor = b.material(StandardMaterial {
        base_color_texture: Some(images.add(texture::planks(512))),
        uv_transform: Affine2::from_scale(Vec2::new(2.0 * HALF_WIDTH / 1.2, depth / 2.4)),
        ..default()
    });
    let middle = (FRONT + BACK) / 2.0;
    b.add(
        Plane3d::default().mesh().size(2.0 * HALF_WIDTH, depth),
        &floor,
        Transform::from_xyz(0.0, 0.0, middle),
    );

    let paint = images.add(texture::wall(128));
    let wall = b.material(StandardMaterial { base_color_texture: Some(paint.clone()), ..default() });
    let side = b.material(StandardMaterial {
        base_color: Color::srgb(0.965, 0.965, 0.97),
        base_color_texture: Some(paint),
        ..default()
    });
    b.add(Rectangle::new(2.0 * HALF_WIDTH, HEIGHT), &wall, Transform::from_xyz(0.0, HEIGHT / 2.0, BACK));
    let skirting = b.plain(Color::srgb(0.985, 0.98, 0.965));
    b.add(Cuboid::new(2.0 * HALF_WIDTH, 0.09, 0.02), &skirting, Transform::from_xyz(0.0, 0.045, BACK + 0.01));
    for sign in [-1.0, 1.0] {
        b.add(
            Rectangle::new(depth, HEIGHT),
            &side,
            Transform::from_xyz(sign * HALF_WIDTH, HEIGHT / 2.0, middle)
                .with_rotation(Quat::from_rotation_y(-sign * FRAC_PI_2)),
        );
        b.add(
            Cuboid::new(0.02, 0.09, depth),
            &skirting,
            Transform::from_xyz(sign * (HALF_WIDTH - 0.01), 0.045, middle),
        );
    }
}

/// A bright window in the back wall.
fn window(b: &mut Builder, images: &mut Assets<Image>) {
    const CENTRE: Vec3 = Vec3::new(-0.1, 1.78, BACK);
    const SIZE: Vec2 = Vec2::new(2.6, 1.5);
    let outside = b.materials.add(StandardMaterial {
        base_color_texture: Some(images.add(texture::outside(256, 128))),
        unlit: true,
        ..default()
    });
    let frame = b.plain(Color::srgb(0.99, 0.985, 0.97));
    b.add(Rectangle::new(SIZE.x, SIZE.y), &outside, Transform::from_translation(CENTRE + Vec3::Z * 0.004));
    let bar = 0.06;
    for (size, at) in [
        (Vec2::new(SIZE.x + bar, bar), Vec2::new(0.0, SIZE.y / 2.0)),
        (Vec2::new(SIZE.x + 0.22, 0.07), Vec2::new(0.0, -SIZE.y / 2.0)),
        (Vec2::new(bar, SIZE.y), Vec2::new(-SIZE.x / 2.0, 0.0)),
        (Vec2::new(bar, SIZE.y), Vec2::new(SIZE.x / 2.0, 0.0)),
        (Vec2::new(0.04, SIZE.y), Vec2::ZERO),
    ] {
        b.add(
            Cuboid::new(size.x, size.y, 0.05),
            &frame,
            Transform::from_translation(CENTRE + at.extend(0.03)),
        );
    }
}

/// A plant on the left and a low bench with rolled mats on the right.
fn furniture(b: &mut Builder) {
    let clay = b.plain(Color::srgb(0.80, 0.56, 0.44));
    let soil = b.plain(Color::srgb(0.36, 0.28, 0.23));
    let greens =
        [Color::srgb(0.38, 0.56, 0.42), Color::srgb(0.46, 0.64, 0.47), Color::srgb(0.33, 0.50, 0.38)];
    let greens = greens.map(|green| b.plain(green));
    let pot = Vec3::new(-2.35, 0.0, BACK + 0.65);
    b.add(
        ConicalFrustum { radius_top: 0.21, radius_bottom: 0.15, height: 0.36 },
        &clay,
        Transform::from_translation(pot + Vec3::Y * 0.18),
    );
    b.add(Cylinder::new(0.195, 0.01), &soil, Transform::from_translation(pot + Vec3::Y * 0.362));
    for i in 0..11 {
        let turn = i as f32 * TAU * 0.382;
        let lean = 0.22 + 0.50 * (i as f32 / 10.0);
        let length = 0.98 - 0.045 * i as f32;
        let rotation = Quat::from_rotation_y(turn) * Quat::from_rotation_z(-lean);
        let transform = Transform {
            translation: pot + Vec3::Y * 0.36 + rotation * (Vec3::Y * length * 0.5),
            rotation,
            scale: Vec3::new(0.035, length * 0.5, 0.105),
        };
        b.add(Sphere::new(1.0).mesh().uv(12, 8), &greens[i % 3], transform);
    }

    let wood = b.plain(Color::srgb(0.74, 0.61, 0.47));
    let bench = Vec3::new(2.30, 0.0, BACK + 0.42);
    b.add(Cuboid::new(1.3, 0.05, 0.36), &wood, Transform::from_translation(bench + Vec3::Y * 0.42));
    for x in [-0.56, 0.56] {
        b.add(
            Cuboid::new(0.05, 0.40, 0.32),
            &wood,
            Transform::from_translation(bench + Vec3::new(x, 0.20, 0.0)),
        );
    }
    let rolls = [Color::srgb(0.36, 0.58, 0.56), Color::srgb(0.88, 0.70, 0.45), Color::srgb(0.80, 0.80, 0.78)];
    for (i, color) in rolls.into_iter().enumerate() {
        let roll = b.plain(color);
        let at = bench + Vec3::new(-0.32 + 0.20 * i as f32, 0.525, 0.0);
        let lying = Quat::from_rotation_x(FRAC_PI_2);
        b.add(Cylinder::new(0.085, 0.34), &roll, Transform::from_translation(at).with_rotation(lying));
    }
}

/// The mat, and the painted shadows of the bodies.
fn ground(b: &mut Builder, images: &mut Assets<Image>) {
    let mat = b.material(StandardMaterial {
        base_color_texture: Some(images.add(texture::mat(512, 288))),
        // Not blended: the translucent trainer on it is drawn after all that is solid.
        alpha_mode: AlphaMode::Mask(0.5),
        ..default()
    });
    b.add(Plane3d::default().mesh().size(2.9, 1.63), &mat, Transform::from_xyz(0.12, 0.006, -0.08));
    let sun = b.materials.add(StandardMaterial {
        base_color_texture: Some(images.add(texture::sunlight(128))),
        alpha_mode: AlphaMode::Blend,
        unlit: true,
        // Before the bodies' shadows, which lie on it.
        depth_bias: -200.0,
        ..default()
    });
    // From the window behind, towards the front left.
    b.add(Plane3d::default().mesh().size(3.4, 2.6), &sun, Transform::from_xyz(-0.9, 0.009, 0.35));
    let blob = b.materials.add(StandardMaterial {
        base_color_texture: Some(images.add(texture::blob(64))),
        alpha_mode: AlphaMode::Blend,
        unlit: true,
        // Drawn first of what is translucent: the trainer stands on it.
        depth_bias: -100.0,
        ..default()
    });
    for (of, at) in [(Who::Person, place::PERSON), (Who::Trainer, place::TRAINER)] {
        let disc = b.add(
            Plane3d::default().mesh().size(1.05, 0.74),
            &blob,
            Transform::from_translation(at + Vec3::Y * 0.012),
        );
        b.commands.entity(disc).insert(InsteadOfShadows { of });
    }
}
