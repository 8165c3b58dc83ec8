//! The things of a game: targets, balloons, bars and the board, with their colliders and their looks.

use super::{
    Playing, STEPS_HZ,
    limbs::{FLOOR, LIMBS, Limb, Part, THINGS},
    sense::Sensed,
};
use baro_coach::game::{GameKind, Task};
use bevy::prelude::*;
use bevy_rapier3d::prelude::*;

/// How long a thing that is done with is still seen, seconds.
const LEAVE_S: f32 = 0.9;
/// A balloon weighs next to nothing, and the air holds it: it falls at a steady speed, and a push dies away.
const BALLOON_KG: f32 = 0.02;
const AIR_PER_S: f32 = 1.6;
const BOUNCE: f32 = 0.5;
/// Half the width of a bar, its radius, and the radius of its posts, metres.
const BAR_HALF_M: f32 = 0.15;
const BAR_RADIUS_M: f32 = 0.018;
const POST_RADIUS_M: f32 = 0.011;
/// Half the board's width, thickness and depth; how high and how far before the feet it hovers, metres.
const BOARD_HALF_M: Vec3 = Vec3::new(0.42, 0.014, 0.09);
const BOARD_AT_M: Vec3 = Vec3::new(0.0, 0.16, 0.50);
const MARBLE_M: f32 = 0.05;
/// The board turns no faster than this, radians a second: one that jumps would throw its marble.
const BOARD_RAD_S: f32 = 0.35;

/// A thing of the game. It belongs to the task of this number; the board's marble and the mark to none.
#[derive(Component, Debug)]
pub struct Thing {
    /// Number of the task.
    pub number: Option<u32>,
    /// Is it what the task is about, and not its pivot or marble?
    leads: bool,
    leaving_s: Option<f32>,
    loose: bool,
}

impl Thing {
    const fn of(number: Option<u32>) -> Self {
        Self { number, leads: false, leaving_s: None, loose: false }
    }

    /// Is it what the task of this number is about, and is it still to be done?
    pub fn is_asked(&self, number: u32) -> bool {
        self.leads && self.leaving_s.is_none() && self.number == Some(number)
    }
}

/// The ring round the hand or foot that is asked.
#[derive(Component)]
pub struct Mark;

/// Colours and the shapes that are used again and again.
#[derive(Resource)]
pub struct Paint {
    /// The one accent: now.
    now: Handle<StandardMaterial>,
    /// Done.
    done: Handle<StandardMaterial>,
    /// To adjust.
    adjust: Handle<StandardMaterial>,
    wood: Handle<StandardMaterial>,
    /// Reads against the mat, which has the accent's hue.
    cream: Handle<StandardMaterial>,
    ring: Handle<Mesh>,
    bar: Handle<Mesh>,
}

impl FromWorld for Paint {
    fn from_world(world: &mut World) -> Self {
        // Matt, and with a little light of their own, so that they read against the bright room in either quality.
        let paint = |world: &mut World, colour: Color| {
            world.resource_mut::<Assets<StandardMaterial>>().add(StandardMaterial {
                base_color: colour,
                emissive: colour.to_linear() * 0.25,
                perceptual_roughness: 0.9,
                reflectance: 0.1,
                ..default()
            })
        };
        Self {
            now: paint(world, Color::srgb(0.05, 0.50, 0.47)),
            done: paint(world, Color::srgb(0.42, 0.72, 0.45)),
            adjust: paint(world, Color::srgb(0.85, 0.55, 0.15)),
            wood: paint(world, Color::srgb(0.74, 0.58, 0.42)),
            cream: paint(world, Color::srgb(0.97, 0.93, 0.82)),
            ring: world.resource_mut::<Assets<Mesh>>().add(Torus::new(0.085, 0.11)),
            bar: world.resource_mut::<Assets<Mesh>>().add(Capsule3d::new(BAR_RADIUS_M, 2.0 * BAR_HALF_M)),
        }
    }
}

/// Everything that spawns and dresses things.
#[derive(bevy::ecs::system::SystemParam)]
pub struct Workshop<'w, 's> {
    commands: Commands<'w, 's>,
    meshes: ResMut<'w, Assets<Mesh>>,
    paint: Res<'w, Paint>,
}

/// Things, without what has queries of its own.
type OnlyThings = (Without<Mark>, Without<Limb>);
type OnlyMarks = (With<Mark>, Without<Limb>);
type ThingParts = (Entity, &'static mut Thing, &'static mut Transform, Option<&'static mut RigidBody>);

/// Brings what is asked for, moves what moves by itself, and lets go what is done with.
pub fn arrange(
    playing: Res<Playing>,
    sensed: Res<Sensed>,
    mut things: Query<ThingParts, OnlyThings>,
    mut marks: Query<(&mut Transform, &mut Visibility), OnlyMarks>,
    limbs: Query<&Limb>,
    mut workshop: Workshop,
) {
    let Some(play) = &playing.play else { return };
    let (kind, task) = (play.game().kind, play.task());
    let outward = task.map_or(1.0, |task| sensed.seen().map_or(1.0, |seen| seen.body.outward(task.side)));
    let mut there = false;
    for (entity, mut thing, mut transform, body) in &mut things {
        let Some(number) = thing.number else { continue };
        match task.filter(|task| task.number == number) {
            Some(task) if thing.is_asked(number) => {
                there = true;
                match kind {
                    GameKind::Hurdles if task.clipped && !thing.loose => {
                        thing.loose = true;
                        workshop.knock_off(entity, body);
                    }
                    GameKind::Hurdles if !thing.loose => transform.translation = bar_at(task),
                    GameKind::Board => {
                        let most_rad = BOARD_RAD_S / STEPS_HZ as f32;
                        let goal = board_turn(task, outward);
                        transform.rotation = transform.rotation.rotate_towards(goal, most_rad);
                    }
                    GameKind::Reach | GameKind::Ball | GameKind::Hurdles => {}
                }
            }
            Some(_) => {}
            None if thing.leaving_s.is_none() => {
                thing.leaving_s = Some(LEAVE_S);
                let done = play.report().tasks.get(number as usize - 1).is_some_and(|task| task.done);
                workshop.let_go(entity, kind, done && thing.leads);
            }
            None => {}
        }
    }
    if let (Some(task), false) = (task, there) {
        workshop.bring(kind, task);
    }
    let asked = task.and_then(|task| ends_asked(kind, task, &sensed, &limbs));
    if marks.is_empty() {
        workshop.mark();
        workshop.floor();
    }
    for (mut transform, mut visibility) in &mut marks {
        visibility.set_if_neq(if asked.is_some() { Visibility::Inherited } else { Visibility::Hidden });
        if let Some([a, b]) = asked {
            transform.translation = (a + b) * 0.5 + Vec3::Z * 0.06;
        }
    }
}

/// Where the hand or foot is that is asked.
fn ends_asked(kind: GameKind, task: &Task, sensed: &Sensed, limbs: &Query<&Limb>) -> Option<[Vec3; 2]> {
    let side = if sensed.seen()?.mirror { task.side.other() } else { task.side };
    let part = match kind {
        GameKind::Reach | GameKind::Ball => Part::Hand(side),
        GameKind::Hurdles => Part::Foot(side),
        GameKind::Board => return None,
    };
    limbs.iter().find(|limb| limb.part == part).map(|limb| limb.ends)
}

fn bar_at(task: &Task) -> Vec3 {
    task.bar_m() - Vec3::Y * BAR_RADIUS_M
}

fn board_turn(task: &Task, outward: f32) -> Quat {
    Quat::from_rotation_z(-task.tilt_rad * outward)
}

impl Workshop<'_, '_> {
    fn bring(&mut self, kind: GameKind, task: &Task) {
        let thing = Thing { leads: true, ..Thing::of(Some(task.number)) };
        let at = Transform::from_translation(task.place_m);
        let now = MeshMaterial3d(self.paint.now.clone());
        match kind {
            GameKind::Reach => {
                let mesh = Mesh3d(self.meshes.add(Sphere::new(task.size_m).mesh().uv(24, 16)));
                self.commands.spawn((
                    (thing, mesh, now, at),
                    (Collider::ball(task.size_m), Sensor, ActiveCollisionTypes::all()),
                    CollisionGroups::new(THINGS, LIMBS),
                ));
            }
            GameKind::Ball => {
                let mesh = Mesh3d(self.meshes.add(Sphere::new(task.size_m).mesh().uv(28, 18)));
                let gravity = task.fall_m_s * AIR_PER_S / 9.81;
                self.commands.spawn((
                    (thing, mesh, now, at, RigidBody::Dynamic, Collider::ball(task.size_m)),
                    (GravityScale(gravity), Damping { linear_damping: AIR_PER_S, angular_damping: 1.0 }),
                    (Velocity::linear(Vec3::NEG_Y * task.fall_m_s), Restitution::coefficient(BOUNCE)),
                    (ColliderMassProperties::Mass(BALLOON_KG), CollisionGroups::new(THINGS, LIMBS | FLOOR)),
                    // It stays in the plane that one camera sees well.
                    LockedAxes::TRANSLATION_LOCKED_Z
                        | LockedAxes::ROTATION_LOCKED_X
                        | LockedAxes::ROTATION_LOCKED_Y,
                    Sleeping::disabled(),
                ));
            }
            GameKind::Hurdles => self.bar(thing, task),
            GameKind::Board => self.board(thing, task),
        }
    }

    /// The bar on two posts.
    fn bar(&mut self, thing: Thing, task: &Task) {
        let across = Quat::from_rotation_z(std::f32::consts::FRAC_PI_2);
        let mesh = Mesh3d(self.paint.bar.clone());
        let height = task.place_m.y.max(0.02);
        let post = Mesh3d(self.meshes.add(Cylinder::new(POST_RADIUS_M, height)));
        let wood = MeshMaterial3d(self.paint.wood.clone());
        let bar = self.commands.spawn((
            (thing, mesh, MeshMaterial3d(self.paint.cream.clone())),
            Transform::from_translation(bar_at(task)).with_rotation(across),
            (RigidBody::KinematicPositionBased, Collider::capsule_y(BAR_HALF_M, BAR_RADIUS_M), Sensor),
            (ActiveCollisionTypes::all(), CollisionGroups::new(THINGS, LIMBS | FLOOR)),
        ));
        let bar = bar.id();
        for side in [-1.0, 1.0] {
            // In the bar's own frame, whose y lies along it.
            let at = Vec3::new(-height * 0.5, side * BAR_HALF_M, 0.0);
            let upright = Transform::from_translation(at).with_rotation(across.inverse());
            self.commands.spawn((post.clone(), wood.clone(), upright, ChildOf(bar)));
        }
    }

    /// The foot has touched the bar: from here on it falls.
    fn knock_off(&mut self, bar: Entity, body: Option<Mut<RigidBody>>) {
        if let Some(mut body) = body {
            *body = RigidBody::Dynamic;
        }
        let amber = MeshMaterial3d(self.paint.adjust.clone());
        self.commands.entity(bar).remove::<Sensor>().insert(amber).despawn_related::<Children>();
    }

    /// Its task has ended: it goes, in the colour of what is done where that is so.
    fn let_go(&mut self, thing: Entity, kind: GameKind, done: bool) {
        let mut thing = self.commands.entity(thing);
        if done {
            thing.insert(MeshMaterial3d(self.paint.done.clone()));
        }
        if kind != GameKind::Ball {
            thing.remove::<(Collider, RigidBody, Sensor)>();
        }
    }

    /// The board on its pivot, with a marble that rolls as it tilts.
    fn board(&mut self, thing: Thing, task: &Task) {
        let half = BOARD_HALF_M;
        let at = Vec3::new(task.place_m.x, 0.0, task.place_m.z) + BOARD_AT_M;
        let stop = Collider::cuboid(0.012, 0.05, half.z);
        let stops =
            [-1.0, 1.0].map(|side| (Vec3::new(side * half.x, 0.05, 0.0), Quat::IDENTITY, stop.clone()));
        let plank = (Vec3::ZERO, Quat::IDENTITY, Collider::cuboid(half.x, half.y, half.z));
        let [left, right] = stops;
        let board = self.commands.spawn((
            (
                thing,
                Mesh3d(self.meshes.add(Cuboid::from_size(half * 2.0))),
                MeshMaterial3d(self.paint.wood.clone()),
            ),
            Transform::from_translation(at),
            (RigidBody::KinematicPositionBased, Collider::compound(vec![plank, left, right])),
            (CollisionGroups::new(THINGS, THINGS), Friction::coefficient(0.6)),
        ));
        let board = board.id();
        let stop = Mesh3d(self.meshes.add(Cuboid::new(0.024, 0.10, half.z * 2.0)));
        let wood = MeshMaterial3d(self.paint.wood.clone());
        for side in [-1.0, 1.0] {
            let at = Transform::from_xyz(side * half.x, 0.05, 0.0);
            self.commands.spawn((stop.clone(), wood.clone(), at, ChildOf(board)));
        }
        let pivot = Mesh3d(self.meshes.add(Cylinder::new(0.07, half.z * 2.0)));
        let lying = Quat::from_rotation_x(std::f32::consts::FRAC_PI_2);
        let under = Transform::from_translation(at - Vec3::Y * (0.07 + half.y)).with_rotation(lying);
        let number = Some(task.number);
        self.commands.spawn((Thing::of(number), pivot, MeshMaterial3d(self.paint.adjust.clone()), under));
        let marble = Mesh3d(self.meshes.add(Sphere::new(MARBLE_M).mesh().uv(20, 14)));
        self.commands.spawn((
            (Thing::of(number), marble, MeshMaterial3d(self.paint.now.clone())),
            Transform::from_translation(at + Vec3::Y * (half.y + MARBLE_M)),
            (RigidBody::Dynamic, Collider::ball(MARBLE_M), CollisionGroups::new(THINGS, THINGS)),
            (LockedAxes::TRANSLATION_LOCKED_Z, Damping { linear_damping: 0.8, angular_damping: 0.4 }),
            (GravityScale(0.5), Sleeping::disabled()),
        ));
    }

    /// The ground that balloons and knocked bars come to lie on; goes with the game, as the mark does.
    fn floor(&mut self) {
        if let Some(floor) = Collider::halfspace(Vec3::Y) {
            let mut floor = self.commands.spawn((Thing::of(None), floor, Transform::default()));
            floor.insert(CollisionGroups::new(FLOOR, THINGS));
        }
    }

    fn mark(&mut self) {
        let ring = (Mesh3d(self.paint.ring.clone()), MeshMaterial3d(self.paint.cream.clone()));
        // It faces the viewer.
        let turned = Transform::from_rotation(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
        self.commands.spawn((Mark, Thing::of(None), ring, turned, Visibility::Hidden));
    }
}

/// Takes away what has left: targets shrink, the rest goes after a moment.
pub fn leave(
    playing: Res<Playing>,
    mut things: Query<(Entity, &mut Thing, &mut Transform)>,
    mut commands: Commands,
) {
    let shrinks = playing.game().is_some_and(|game| game.kind == GameKind::Reach);
    for (entity, mut thing, mut transform) in &mut things {
        let Some(left_s) = &mut thing.leaving_s else { continue };
        *left_s -= (1.0 / STEPS_HZ) as f32;
        if *left_s <= 0.0 {
            commands.entity(entity).despawn();
        } else if shrinks {
            transform.scale = Vec3::splat((*left_s / LEAVE_S).max(0.05));
            transform.translation.y += 0.2 / STEPS_HZ as f32;
        }
    }
}
