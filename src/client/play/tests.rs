//! A scripted body in the physics engine: it touches, pushes, steps and leans, and does it the same way twice.

use super::{
    limbs::{Limb, Part},
    props::Thing,
    *,
};
use crate::avatar::{AvatarPose, Bone, Performer, PoseInput, RigPose, SideBones, Skeleton, landmarks_of};
use baro_coach::{
    JointAngles,
    game::{GameKind, GameRule, Stage, Task},
};
use baro_motion::{Pose, Side};
use bevy::time::TimeUpdateStrategy;
use bevy_rapier3d::prelude::{RapierContextColliders, RigidBody, Velocity};
use std::time::Duration;

const TASKS: u32 = 4;
const PLACE: Vec3 = crate::scene::place::PERSON;

fn skeleton() -> Skeleton {
    let file = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/avatars/sunhee.glb"));
    baro_figure::skeleton_from_glb(&file.unwrap()).unwrap()
}

/// An app with a short game and one body, which moves as it is told at 32 frames a second.
fn stage(id: &str) -> App {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let mut choice = GameChoice::load(&assets, id, 0).unwrap();
    choice.game.levels[0].tasks = TASKS;
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, AssetPlugin::default(), TransformPlugin))
        .init_asset::<Mesh>()
        .init_asset::<StandardMaterial>()
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_secs_f64(2.0 / STEPS_HZ)))
        .add_plugins(PlayPlugin);
    let skeleton = skeleton();
    let pose = RigPose::rest(&skeleton);
    app.world_mut().spawn((
        AvatarPose { skeleton, pose },
        PoseInput::default(),
        Transform::from_translation(PLACE),
    ));
    app.finish();
    app.cleanup();
    app.world_mut().write_message(GameControl::Start(Box::new(choice)));
    app
}

/// Shows the body in this pose for one frame; `None`: nobody is seen.
fn show(app: &mut App, mirror: bool, pose: impl FnOnce(&Skeleton) -> Option<RigPose>) {
    let world = app.world_mut();
    let (mut avatar, mut input) =
        world.query::<(&mut AvatarPose, &mut PoseInput)>().single_mut(world).unwrap();
    let posed = pose(&avatar.skeleton);
    if let Some(posed) = posed {
        avatar.pose = posed;
    }
    let pose = posed.map(|posed| {
        let world = landmarks_of(&avatar.skeleton, &posed);
        Pose { image: world, world, confidence: 1.0 }
    });
    *input = PoseInput::Person { pose, mirror };
    app.update();
}

fn standing(skeleton: &Skeleton) -> RigPose {
    Performer::new(skeleton).pose(skeleton, &JointAngles::default())
}

/// The arm of this side straight towards a point of the room.
fn pointing(skeleton: &Skeleton, side: Side, at: Vec3) -> RigPose {
    let mut pose = standing(skeleton);
    let [_, upper, lower, hand] = side.arm();
    let shoulder = skeleton.positions(&pose)[upper as usize];
    let way = at - PLACE - shoulder;
    for (bone, next) in [(upper, lower), (lower, hand)] {
        pose.set(
            bone,
            Quat::from_rotation_arc(
                skeleton.span(bone, next).normalize_or(Vec3::Y),
                way.normalize_or(Vec3::Y),
            ),
        );
    }
    pose.set(hand, pose.turn(lower));
    pose
}

fn task(app: &App) -> Option<Task> {
    app.world().resource::<Playing>().play.as_ref()?.task().copied()
}

fn over(app: &App) -> bool {
    app.world().resource::<Playing>().report().is_some()
}

fn report(app: &App) -> GameReport {
    app.world().resource::<Playing>().report().unwrap().clone()
}

fn hold(app: &mut App, seconds: f64, mirror: bool, pose: impl Fn(&Skeleton) -> Option<RigPose>) {
    for _ in 0..(seconds * STEPS_HZ / 2.0) as usize {
        show(app, mirror, &pose);
    }
}

/// Plays to the end; `act` poses the body for a task, given since how many seconds it is asked.
fn play(app: &mut App, mirror: bool, act: impl Fn(&Skeleton, &Task, f64) -> RigPose) -> GameReport {
    let mut asked_s = 0.0;
    let mut number = 0;
    for _ in 0..(400.0 * STEPS_HZ) as usize {
        let now = task(app);
        asked_s = if now.is_some_and(|task| task.number == number) { asked_s + 2.0 / STEPS_HZ } else { 0.0 };
        number = now.map_or(0, |task| task.number);
        show(app, mirror, |skeleton| {
            Some(now.map_or_else(|| standing(skeleton), |task| act(skeleton, &task, asked_s)))
        });
        if over(app) {
            return report(app);
        }
    }
    panic!("the game does not end");
}

/// The avatar's side that is the person's.
fn drawn(side: Side, mirror: bool) -> Side {
    if mirror { side.other() } else { side }
}

#[test]
fn a_body_that_points_touches_every_target_mirrored_or_not() {
    for mirror in [false, true] {
        let mut app = stage("reach");
        let report = play(&mut app, mirror, |skeleton, task, asked_s| {
            if asked_s < 0.5 {
                standing(skeleton)
            } else {
                pointing(skeleton, drawn(task.side, mirror), task.place_m)
            }
        });
        assert_eq!((report.done, report.asked), (TASKS, TASKS), "{report:?}");
        assert!(report.score.unwrap() > 85.0, "{:?}", report.reasons());
        assert!(report.left.farthest.unwrap() > 40.0);
    }
}

#[test]
fn the_wrong_hand_and_hanging_arms_miss() {
    let mut app = stage("reach");
    let report =
        play(&mut app, false, |skeleton, task, _| pointing(skeleton, task.side.other(), task.place_m));
    assert_eq!((report.done, report.score), (0, Some(0.0)), "{report:?}");
}

/// Pushes a balloon from below: the hand waits under it and rises.
fn pushing(skeleton: &Skeleton, side: Side, task: &Task, asked_s: f64) -> RigPose {
    let rise = ((asked_s - 3.0).clamp(0.0, 3.0) * 0.35) as f32;
    let mut under = task.place_m;
    under.y = PLACE.y + 0.85 + rise;
    pointing(skeleton, side, under)
}

#[test]
fn a_hand_under_a_balloon_pushes_it_up() {
    let mut app = stage("balloon");
    let mut highest_m_s: f32 = 0.0;
    let mut pushed = 0;
    let mut asked_s = 0.0;
    for _ in 0..(300.0 * STEPS_HZ) as usize {
        let now = task(&app);
        asked_s = if now.is_some() { asked_s + 2.0 / STEPS_HZ } else { 0.0 };
        let done_before = app.world().resource::<Playing>().view().map_or(0, |view| view.done);
        show(&mut app, true, |skeleton| {
            Some(now.map_or_else(
                || standing(skeleton),
                |task| pushing(skeleton, drawn(task.side, true), &task, asked_s),
            ))
        });
        if over(&app) {
            break;
        }
        let done = app.world().resource::<Playing>().view().map_or(0, |view| view.done);
        if done > done_before {
            pushed += 1;
            let world = app.world_mut();
            let mut flying = world.query_filtered::<&Velocity, With<Thing>>();
            highest_m_s = flying.iter(world).map(|v| v.linear.y).fold(highest_m_s, f32::max);
        }
    }
    let report = report(&app);
    assert_eq!(report.done, TASKS, "{report:?}");
    assert!(pushed + 1 >= TASKS && highest_m_s > 0.05, "balloons go up: {highest_m_s} m/s of {pushed}");
}

#[test]
fn balloons_that_nobody_pushes_come_down_slowly() {
    let mut app = stage("balloon");
    let report = play(&mut app, false, |skeleton, _, _| standing(skeleton));
    assert_eq!(report.done, 0, "{report:?}");
    let first = &report.tasks[0];
    assert!(first.to_s - first.from_s > 6.0, "it falls for {} s", first.to_s - first.from_s);
}

/// One foot lifted by bending hip and knee.
fn lifting(skeleton: &Skeleton, side: Side, degrees: f32) -> RigPose {
    let mut angles = JointAngles::default();
    let limb = if side == Side::Left { &mut angles.left } else { &mut angles.right };
    limb.hip_flexion_rad = degrees.to_radians();
    limb.knee_flexion_rad = (degrees * 1.2).to_radians();
    Performer::new(skeleton).pose(skeleton, &angles)
}

#[test]
fn a_lifted_foot_clears_every_hurdle() {
    let mut app = stage("hurdles");
    let report = play(&mut app, true, |skeleton, task, asked_s| {
        let lift = (asked_s.clamp(0.0, 1.0) * 75.0) as f32;
        lifting(skeleton, drawn(task.side, true), lift)
    });
    assert_eq!((report.done, report.asked), (TASKS, TASKS), "{report:?}");
    assert!(report.score.unwrap() > 90.0, "{:?}", report.reasons());
}

#[test]
fn a_foot_that_comes_down_too_early_knocks_the_bar_off() {
    let mut app = stage("hurdles");
    let report = play(&mut app, false, |skeleton, task, _| {
        let lift = if task.progress > 0.3 { 0.0 } else { 75.0 };
        lifting(skeleton, task.side, lift)
    });
    assert_eq!(report.done, 0, "{report:?}");
    let clipped = report.tasks.iter().flat_map(|task| &task.faults).filter(|f| f.rule == GameRule::Clipped);
    assert!(clipped.count() + 1 >= TASKS as usize, "{report:?}");
    let score = report.score.unwrap();
    assert!((20.0..95.0).contains(&score), "{score}");
}

#[test]
fn the_board_tilts_with_the_weight() {
    let mut app = stage("board");
    hold(&mut app, 4.0, false, |skeleton| Some(standing(skeleton)));
    let first = task(&app).unwrap();
    assert!(first.tilt_rad < -0.05, "who stands in the middle is off the pivot: {first:?}");
    let shifted = |skeleton: &Skeleton| {
        let mut pose = standing(skeleton);
        // Shift the trunk over the pivot; the feet stay.
        let legs = Side::BOTH.map(|side| side.leg());
        let lean = 0.06;
        pose.root.x += skeleton.head(Bone::Pelvis).y * lean;
        for leg in legs {
            for bone in [leg[0], leg[1]] {
                pose.set(bone, Quat::from_rotation_z(-lean) * pose.turn(bone));
            }
        }
        Some(pose)
    };
    hold(&mut app, 0.5, false, shifted);
    let second = task(&app).unwrap();
    assert!(second.tilt_rad > first.tilt_rad + 0.05, "{} after {}", second.tilt_rad, first.tilt_rad);
    let world = app.world_mut();
    assert!(
        world.query::<&Thing>().iter(world).count() >= 5,
        "board, pivot, marble, ring and floor are there"
    );
    // Sudden shifts tilt it gently: the marble rolls and is not thrown.
    for _ in 0..3 {
        hold(&mut app, 0.7, false, |skeleton| Some(standing(skeleton)));
        hold(&mut app, 0.7, false, shifted);
        let world = app.world_mut();
        let mut bodies = world.query::<(&RigidBody, &Transform)>();
        let marble = bodies.iter(world).find(|(body, _)| **body == RigidBody::Dynamic).unwrap().1;
        assert!((0.05..0.4).contains(&marble.translation.y), "{marble:?}");
    }
}

#[test]
fn two_runs_are_the_same_to_the_last_bit() {
    let run = || {
        let mut app = stage("balloon");
        for i in 0..380 {
            let asked_s = f64::from(i % 320) / 32.0;
            let now = task(&app);
            show(&mut app, true, |skeleton| {
                Some(now.map_or_else(
                    || standing(skeleton),
                    |task| pushing(skeleton, drawn(task.side, true), &task, asked_s),
                ))
            });
        }
        let world = app.world_mut();
        let mut places: Vec<[u32; 3]> = world
            .query_filtered::<&Transform, With<Thing>>()
            .iter(world)
            .map(|transform| transform.translation.to_array().map(f32::to_bits))
            .collect();
        places.sort_unstable();
        let play = world.resource::<Playing>().play.as_ref().unwrap();
        (places, play.report().clone(), play.view())
    };
    let (one, two) = (run(), run());
    assert!(one.1.asked > 0 && one.0.len() > 2, "{:?}", one.1);
    assert_eq!(one, two);
}

#[test]
fn a_game_stands_still_while_nobody_is_seen_or_it_is_paused() {
    let mut app = stage("balloon");
    hold(&mut app, 6.0, true, |skeleton| Some(standing(skeleton)));
    let balloon = |app: &mut App| {
        let world = app.world_mut();
        let mut things = world.query::<(&Thing, &Transform)>();
        let it = things.iter(world).find(|(thing, _)| thing.is_asked(1)).map(|(_, at)| at.translation);
        it.unwrap()
    };
    let falling = balloon(&mut app);
    hold(&mut app, 0.3, true, |skeleton| Some(standing(skeleton)));
    assert!(balloon(&mut app).y < falling.y - 0.01);
    hold(&mut app, 1.0, true, |_| None);
    let view = app.world().resource::<Playing>().view().unwrap();
    assert!(!view.seen);
    assert_eq!(app.world().resource::<Playing>().caption().map(|cue| &**cue), Some("cue-show-upper-body"));
    let still = balloon(&mut app);
    hold(&mut app, 2.0, true, |_| None);
    assert_eq!(balloon(&mut app), still);
    hold(&mut app, 2.5, true, |skeleton| Some(standing(skeleton)));
    assert!(matches!(app.world().resource::<Playing>().view().unwrap().stage, Stage::Asking(_)));

    app.world_mut().write_message(GameControl::Pause);
    app.update();
    let (still, left) = (balloon(&mut app), app.world().resource::<Playing>().view().unwrap().left);
    hold(&mut app, 2.0, true, |skeleton| Some(standing(skeleton)));
    let now = app.world().resource::<Playing>().view().unwrap().left;
    assert_eq!((balloon(&mut app), now), (still, left));
}

#[test]
fn without_a_game_there_is_no_physics_and_after_it_nothing_is_left() {
    let mut app = stage("hurdles");
    let count = |app: &mut App| {
        let world = app.world_mut();
        let things = world.query_filtered::<(), Or<(With<Thing>, With<Limb>)>>().iter(world).count();
        let colliders =
            world.query::<&RapierContextColliders>().iter(world).map(|c| c.colliders.len()).sum::<usize>();
        (things, colliders)
    };
    hold(&mut app, 5.0, false, |skeleton| Some(standing(skeleton)));
    let (things, colliders) = count(&mut app);
    assert!(things > Part::ALL.len() && colliders > Part::ALL.len(), "{things} {colliders}");
    app.world_mut().write_message(GameControl::Close);
    hold(&mut app, 0.5, false, |skeleton| Some(standing(skeleton)));
    assert_eq!(count(&mut app), (0, 0));
    assert!(!app.world().resource::<Playing>().is_on());
}

#[test]
fn an_end_is_told_once_and_can_be_played_again() {
    let mut app = stage("reach");
    hold(&mut app, 5.0, true, |skeleton| Some(standing(skeleton)));
    app.world_mut().write_message(GameControl::End);
    show(&mut app, true, |skeleton| Some(standing(skeleton)));
    let told: Vec<_> = app.world_mut().resource_mut::<Messages<GameEnded>>().drain().collect();
    assert_eq!(told.len(), 1);
    assert!(!told[0].0.finished && over(&app));
    hold(&mut app, 0.5, true, |skeleton| Some(standing(skeleton)));
    assert_eq!(app.world_mut().resource_mut::<Messages<GameEnded>>().drain().count(), 0);
    app.world_mut().write_message(GameControl::Again);
    hold(&mut app, 5.0, true, |skeleton| Some(standing(skeleton)));
    assert!(!over(&app) && task(&app).is_some_and(|task| task.number == 1));
    assert_eq!(app.world().resource::<Playing>().game().unwrap().kind, GameKind::Reach);
}
