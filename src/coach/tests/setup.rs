//! A mannequin gets ready before cameras that stand well and badly.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_coach::{
    Exercise, JointAngles, Position, SideChoice, View,
    setup::{Advice, Check, SetUp, State, Surroundings},
};
use baro_motion::{LandmarkId, Light, Mannequin, Pose, Viewpoint};
use glam::Vec3;
use std::sync::Arc;
use support::stage::shipped;

const FPS: f64 = 15.0;
const GOOD_LIGHT: Light = Light { picture: 0.45, around: 0.45, person: Some(0.6), burnt: 0.02 };
const GOOD: Surroundings = Surroundings { aspect: 16.0 / 9.0, light: Some(GOOD_LIGHT), people: Some(1) };

/// Someone who waits to begin, seen from so far (metres) and so turned (degrees).
fn waiting(exercise: &Exercise, distance_m: f32, yaw_deg: f32) -> Pose {
    seen(
        exercise.trainer.angles_at(0.0),
        Viewpoint { yaw_rad: yaw_deg.to_radians(), distance_m, ..Viewpoint::default() },
    )
}

/// As a camera sees it: what is outside the picture, or on the far side of the trunk, is guessed.
fn seen(angles: JointAngles, from: Viewpoint) -> Pose {
    outside_unseen(from.view(&Mannequin::default().landmarks(&angles)))
}

fn outside_unseen(mut pose: Pose) -> Pose {
    for (image, world) in pose.image.0.iter_mut().zip(&mut pose.world.0) {
        let [x, y] = [image.position.x, image.position.y];
        let inside = (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y);
        (image.visibility, world.visibility) = if inside { (1.0, 1.0) } else { (0.1, 0.1) };
    }
    pose
}

/// The camera points elsewhere: everything is moved in the picture.
fn moved(mut pose: Pose, x: f32, y: f32) -> Pose {
    pose.image.0.iter_mut().for_each(|landmark| landmark.position += Vec3::new(x, y, 0.0));
    outside_unseen(pose)
}

struct Stage {
    setup: SetUp,
    time_s: f64,
    said: Vec<(f64, String)>,
    ready_s: Option<f64>,
}

impl Stage {
    fn new(exercise: &Exercise) -> Self {
        Self { setup: SetUp::new(exercise, SideChoice::Auto), time_s: 0.0, said: Vec::new(), ready_s: None }
    }

    fn show(&mut self, seconds: f64, pose: Option<&Pose>, around: &Surroundings) -> &mut Self {
        for _ in 0..(seconds * FPS).round() as u32 {
            let guide = self.setup.step(self.time_s, pose, around);
            self.said.extend(guide.cue.iter().map(|cue| (self.time_s, cue.to_string())));
            if !guide.ready {
                self.ready_s = None;
            } else if self.ready_s.is_none() {
                self.ready_s = Some(self.time_s);
            }
            self.time_s += 1.0 / FPS;
        }
        self
    }

    fn last_said(&self) -> &str {
        self.said.last().map_or("", |(_, cue)| cue)
    }
}

fn facing(view: View) -> f32 {
    if view == View::Side { 90.0 } else { 0.0 }
}

fn all_shipped() -> Vec<Arc<Exercise>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    names.iter().map(|name| shipped(name)).collect()
}

#[test]
fn every_exercise_is_ready_within_three_seconds_over_a_metre_of_distance() {
    for exercise in all_shipped() {
        if exercise.about.position == Position::Floor {
            continue;
        }
        let good = |distance_m: f32| {
            let pose = waiting(&exercise, distance_m, facing(exercise.view));
            let mut stage = Stage::new(&exercise);
            stage.show(4.0, Some(&pose), &GOOD);
            stage.ready_s.is_some_and(|ready_s| ready_s < 3.0)
        };
        let distances: Vec<f32> =
            (0..40).map(|i| 1.0 + 0.125 * i as f32).filter(|distance_m| good(*distance_m)).collect();
        let (first, last) = (distances[0], distances[distances.len() - 1]);
        println!("{}: ready from {first} to {last} m", exercise.id);
        assert!(last - first >= 1.0, "{}: {distances:?}", exercise.id);
        assert_eq!(distances.len(), ((last - first) / 0.125) as usize + 1, "{}: gaps", exercise.id);
    }
}

#[test]
fn what_is_wrong_is_said_once_in_five_seconds_and_put_right() {
    let (squat, reach) = (shipped("squat.toml"), shipped("overhead_reach.toml"));
    let (march, heel) = (shipped("single_leg_stance.toml"), shipped("heel_raise.toml"));
    let tilted = |pitch: f32, roll: f32| {
        seen(
            JointAngles::default(),
            Viewpoint {
                pitch_rad: pitch.to_radians(),
                roll_rad: roll.to_radians(),
                distance_m: 3.2,
                ..Viewpoint::default()
            },
        )
    };
    let hidden = |ids: &[LandmarkId]| {
        let mut pose = waiting(&march, 3.0, 0.0);
        ids.iter().for_each(|&id| pose.world[id].visibility = 0.2);
        pose
    };
    let good = waiting(&squat, 3.0, 0.0);
    let cases: [(&str, &Exercise, Pose, Advice); 14] = [
        ("too near", &squat, waiting(&squat, 1.6, 0.0), Advice::StepBack),
        ("too far", &squat, waiting(&squat, 7.5, 0.0), Advice::ComeCloser),
        ("feet cut", &squat, moved(good, 0.0, 0.2), Advice::StepBackForFeet),
        ("head cut", &squat, moved(good, 0.0, -0.2), Advice::StepBackForHead),
        ("camera up", &squat, moved(waiting(&squat, 4.2, 0.0), 0.0, 0.4), Advice::CameraDown),
        ("camera down", &squat, moved(waiting(&squat, 4.2, 0.0), 0.0, -0.28), Advice::CameraUp),
        ("no room to reach", &reach, moved(waiting(&reach, 2.6, 0.0), 0.0, -0.03), Advice::StepBackForHead),
        ("at the left edge", &squat, moved(good, -0.45, 0.0), Advice::MoveLeft),
        ("at the right edge", &squat, moved(good, 0.45, 0.0), Advice::MoveRight),
        ("turned away", &march, waiting(&march, 3.0, 60.0), Advice::FaceCamera),
        ("turned round", &march, waiting(&march, 3.0, 165.0), Advice::FaceCamera),
        ("not sideways", &heel, waiting(&heel, 3.0, 20.0), Advice::TurnSideways),
        ("a knee hidden", &march, hidden(&[LandmarkId::LeftKnee]), Advice::Show(LandmarkId::LeftKnee)),
        ("a face only", &squat, moved(waiting(&squat, 0.9, 0.0), 0.0, 0.8), Advice::StepBack),
    ];
    for (name, exercise, wrong, advice) in cases {
        let mut stage = Stage::new(exercise);
        stage.show(2.5, Some(&wrong), &GOOD);
        let guide = stage.setup.guide().clone();
        assert_eq!(guide.advice, Some(advice), "{name}: {:?}", guide.checks);
        assert!(!guide.ready, "{name}");
        let cue = advice.cue().unwrap_or(&exercise.unseen_cue).to_owned();
        assert_eq!(stage.said.len(), 1, "{name}: {:?}", stage.said);
        assert_eq!(stage.last_said(), cue, "{name}");
        stage.show(18.0, Some(&wrong), &GOOD);
        assert!((2..=3).contains(&stage.said.len()), "{name}: {:?}", stage.said);
        // Who turns round passes the side.
        stage.show(0.5, Some(&waiting(exercise, 3.6, 90.0)), &GOOD);
        let right = waiting(exercise, 3.6, facing(exercise.view));
        let from_s = stage.time_s;
        stage.show(4.0, Some(&right), &GOOD);
        let ready_s = stage.ready_s.unwrap_or_else(|| panic!("{name}: {:?}", stage.setup.guide()));
        assert!(ready_s - from_s < 3.0, "{name}: {}", ready_s - from_s);
        assert_eq!(stage.last_said(), "cue-i-see-you", "{name}");
    }
    // A tilted camera is spoken of, but nothing waits for it.
    let level = |pitch, roll| {
        let mut stage = Stage::new(&squat);
        stage.show(6.0, Some(&tilted(pitch, roll)), &GOOD);
        (stage.setup.guide().state(Check::Camera), stage.setup.guide().ready)
    };
    assert_eq!(level(0.0, 3.0), (State::Ok, true));
    assert_eq!(level(0.0, 15.0).0, State::Not(Advice::LevelCamera));
    assert_eq!(level(0.0, -15.0).0, State::Not(Advice::LevelCamera));
    assert_eq!(level(15.0, 0.0), (State::Ok, true));
    assert_eq!(level(28.0, 0.0).0, State::Not(Advice::LowerCamera));
    assert_eq!(level(-28.0, 0.0).0, State::Not(Advice::RaiseCamera));
}

#[test]
fn light_and_others_are_advised_but_not_waited_for() {
    let squat = shipped("squat.toml");
    let good = waiting(&squat, 3.0, 0.0);
    let light = |picture: f32, around: f32, person: f32, burnt: f32| Surroundings {
        light: Some(Light { picture, around, person: Some(person), burnt }),
        ..GOOD
    };
    let cases = [
        (light(0.05, 0.05, 0.08, 0.0), Advice::MoreLight),
        (light(0.6, 0.75, 0.12, 0.1), Advice::LightBehind),
        (light(0.8, 0.8, 0.9, 0.6), Advice::LessLight),
        (Surroundings { people: Some(2), ..GOOD }, Advice::BeAlone),
    ];
    for (around, advice) in cases {
        let mut stage = Stage::new(&squat);
        stage.show(20.0, Some(&good), &around);
        assert_eq!(stage.setup.guide().advice, Some(advice));
        assert!(stage.ready_s.is_some_and(|s| s < 3.0));
        let said: Vec<&str> = stage.said.iter().map(|(_, cue)| cue.as_str()).collect();
        assert_eq!(said, [advice.cue().unwrap(), "cue-i-see-you"], "said once each");
    }
    // In the dark nobody is seen: it is the light that is spoken of.
    let mut stage = Stage::new(&squat);
    stage.show(2.0, None, &Surroundings { light: Some(Light { person: None, ..DARK }), ..GOOD });
    assert_eq!((stage.last_said(), stage.said.len()), ("cue-setup-dark", 1));
    let mut stage = Stage::new(&squat);
    stage.show(2.0, None, &GOOD);
    assert_eq!(stage.last_said(), "cue-cannot-see-you");
}

const DARK: Light = Light { picture: 0.05, around: 0.05, person: Some(0.05), burnt: 0.0 };

#[test]
fn ready_does_not_flicker() {
    let squat = shipped("squat.toml");
    for (a, b) in [(2.45, 2.65), (5.5, 6.1)] {
        let mut stage = Stage::new(&squat);
        let mut changes = 0;
        let mut ready = false;
        for i in 0..600 {
            // Sways over the limit of distance, with half a second lost now and then.
            let sway = ((i as f32 * 0.37).sin() + (i as f32 * 2.3).sin()) / 2.0;
            let pose = waiting(&squat, (a + b) / 2.0 + (b - a) / 2.0 * sway, 0.0);
            let lost = i % 150 >= 142;
            stage.show(1.0 / FPS, (!lost).then_some(&pose), &GOOD);
            changes += u32::from(stage.setup.guide().ready != ready);
            ready = stage.setup.guide().ready;
        }
        assert!(changes <= 1, "from {a} to {b} m: changed {changes} times");
    }
    // Gone is gone.
    let mut stage = Stage::new(&squat);
    stage.show(4.0, Some(&waiting(&squat, 3.0, 0.0)), &GOOD);
    assert!(stage.setup.guide().ready);
    stage.show(2.0, None, &GOOD);
    assert!(!stage.setup.guide().ready);
}

#[test]
fn broken_input_changes_nothing() {
    let squat = shipped("squat.toml");
    let mut pose = waiting(&squat, 3.0, 0.0);
    let mut stage = Stage::new(&squat);
    stage.show(4.0, Some(&pose), &GOOD);
    for time_s in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        assert!(stage.setup.step(time_s, None, &GOOD).ready, "at {time_s}");
    }
    for value in [f32::NAN, f32::INFINITY, 1e30] {
        pose.image.0.iter_mut().chain(&mut pose.world.0).for_each(|landmark| {
            landmark.position = Vec3::splat(value);
            landmark.visibility = value;
        });
        stage.show(2.0, Some(&pose), &Surroundings { aspect: value, light: None, people: None });
    }
    stage.show(4.0, Some(&waiting(&squat, 3.0, 0.0)), &GOOD);
    assert!(stage.setup.guide().ready, "it recovers: {:?}", stage.setup.guide());
}
