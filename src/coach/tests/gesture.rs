//! Hands that are raised to choose, and hands that are not.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_coach::{
    Exercise, JointAngles,
    gesture::{Hands, RAISED_HAND_MOVING_S, RAISED_HAND_S, RaisedHand},
};
use baro_motion::{LandmarkId, Landmarks, Mannequin, PoseFrame, Side};
use support::stage::{shipped, trained};

/// Arms raised to the side by so much (degrees, left and right), elbows bent.
fn arms(left: f32, right: f32, elbow: f32) -> Landmarks {
    let mut angles = JointAngles::default();
    for (limb, abduction) in [(&mut angles.left, left), (&mut angles.right, right)] {
        limb.shoulder_abduction_rad = abduction.to_radians();
        if abduction > 90.0 {
            limb.elbow_flexion_rad = elbow.to_radians();
        }
    }
    Mannequin::default().landmarks(&angles)
}

/// What was chosen and when, and the numbers that were spoken, with frames at so many a second.
fn play(hand: &mut RaisedHand, fps: f64, seconds: f64, body: impl Fn(f64) -> Option<Landmarks>) -> Played {
    let mut played = Played::default();
    for i in 0..(seconds * fps) as usize {
        let time_s = i as f64 / fps;
        let Hands { progress, count, chosen } = hand.step(time_s, body(time_s).as_ref());
        played.chosen.extend(chosen.map(|side| (time_s, side)));
        played.counted.extend(count);
        played.most = played.most.max(progress.into_iter().flatten().fold(0.0, f32::max));
    }
    played
}

#[derive(Default)]
struct Played {
    chosen: Vec<(f64, Side)>,
    counted: Vec<u32>,
    most: f32,
}

#[test]
fn a_hand_held_up_chooses_once() {
    for fps in [5.0, 12.0, 30.0, 60.0] {
        for (side, body) in [(Side::Left, arms(170.0, 5.0, 10.0)), (Side::Right, arms(5.0, 150.0, 40.0))] {
            let mut hand = RaisedHand::new(None);
            let played =
                play(&mut hand, fps, 8.0, |t| Some(if t < 1.0 { arms(5.0, 5.0, 0.0) } else { body }));
            let [(time_s, chosen)] = played.chosen[..] else { panic!("{:?} at {fps}", played.chosen) };
            assert_eq!((chosen, played.counted), (side, vec![2, 1]));
            assert!((time_s - 1.0 - RAISED_HAND_S).abs() < 1.0 / fps + 0.01, "at {time_s} s, {fps} fps");
            assert!(played.most > 0.9);
        }
    }
}

#[test]
fn it_must_be_lowered_before_it_chooses_again() {
    let up = arms(5.0, 170.0, 10.0);
    let body = |t: f64| match t {
        // Down to beside the face is not lowered.
        t if (3.0..4.0).contains(&t) => arms(5.0, 100.0, 80.0),
        t if (8.0..9.0).contains(&t) => arms(5.0, 20.0, 0.0),
        _ => up,
    };
    let times: Vec<f64> = play(&mut RaisedHand::new(None), 30.0, 14.0, |t| Some(body(t)))
        .chosen
        .iter()
        .map(|(time_s, _)| (time_s * 10.0).round() / 10.0)
        .collect();
    assert_eq!(times, [2.0, 11.0]);
}

#[test]
fn a_short_dropout_is_borne_and_a_long_one_is_not() {
    let up = arms(170.0, 5.0, 0.0);
    let chosen_at = |gap_s: f64, seen: bool| {
        let body = |t: f64| match t {
            t if !(1.0..1.0 + gap_s).contains(&t) => Some(up),
            _ if seen => Some(arms(120.0, 5.0, 90.0)),
            _ => None,
        };
        play(&mut RaisedHand::new(None), 30.0, 6.0, body).chosen.first().map(|(time_s, _)| *time_s).unwrap()
    };
    for seen in [false, true] {
        assert!((chosen_at(0.25, seen) - 2.0).abs() < 0.05, "{}", chosen_at(0.25, seen));
        assert!((chosen_at(0.4, seen) - 3.4).abs() < 0.05, "{}", chosen_at(0.4, seen));
    }
}

#[test]
fn other_postures_choose_nothing() {
    let both = arms(170.0, 170.0, 0.0);
    let beside_the_head = arms(5.0, 90.0, 0.0);
    let mut unseen = arms(5.0, 170.0, 0.0);
    unseen[LandmarkId::RightWrist].visibility = 0.3;
    let broken = |value: f32| {
        let mut body = arms(5.0, 170.0, 0.0);
        body.0.iter_mut().for_each(|landmark| landmark.position.y = value);
        body
    };
    for (name, body) in [
        ("both hands", both),
        ("arm to the side", beside_the_head),
        ("a hand that is hardly seen", unseen),
        ("no numbers", broken(f32::NAN)),
        ("no place", broken(0.0)),
    ] {
        let played = play(&mut RaisedHand::new(None), 30.0, 6.0, |_| Some(body));
        assert!(played.chosen.is_empty() && played.most == 0.0, "{name}");
    }
    let mut hand = RaisedHand::new(None);
    let up = arms(5.0, 170.0, 0.0);
    for time_s in [0.0, f64::NAN, f64::INFINITY, -3.0, 0.0, 1e9] {
        assert_eq!(hand.step(time_s, Some(&up)).chosen, None, "at {time_s}");
    }
}

#[test]
fn an_exercise_of_the_arms_asks_for_a_longer_still_hand() {
    let held = |exercise: &Exercise| RaisedHand::new(Some(exercise)).hold_s();
    for name in
        ["squat.toml", "heel_raise.toml", "trunk_side_bend.toml", "neck_rotation.toml", "wall_sit.toml"]
    {
        assert_eq!(held(&shipped(name)), Some(RAISED_HAND_S), "{name}");
    }
    for name in ["shoulder_abduction.toml", "overhead_reach.toml", "y_raise.toml", "jumping_jack_step.toml"] {
        assert_eq!(held(&shipped(name)), Some(RAISED_HAND_MOVING_S), "{name}");
    }
    assert_eq!(held(&shipped("chest_opener.toml")), None, "a hold of the arms");
    let exercise = shipped("full_shoulder_abduction.toml");
    let still = play(&mut RaisedHand::new(Some(&exercise)), 30.0, 6.0, |_| Some(arms(5.0, 170.0, 0.0)));
    assert_eq!((still.chosen.len(), still.counted), (1, vec![2, 1]));
    assert!((still.chosen[0].0 - RAISED_HAND_MOVING_S).abs() < 0.1);
    let waving = |t: f64| Some(arms(5.0, 150.0 + 25.0 * (t * 4.0).sin() as f32, 0.0));
    assert!(play(&mut RaisedHand::new(Some(&exercise)), 30.0, 12.0, waving).chosen.is_empty());
    assert_eq!(play(&mut RaisedHand::new(None), 30.0, 3.0, waving).chosen.len(), 1);
}

#[test]
fn no_trainer_chooses_by_doing_its_exercise() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".toml") {
            continue; // the schema for editors
        }
        let exercise = shipped(&name);
        let mut hand = RaisedHand::new(Some(&exercise));
        for PoseFrame { time_s, pose } in trained(&exercise, 4.0) {
            let chosen = hand.step(time_s, pose.as_ref().map(|pose| &pose.world)).chosen;
            assert_eq!(chosen, None, "{} at {time_s} s", exercise.id);
        }
    }
}
