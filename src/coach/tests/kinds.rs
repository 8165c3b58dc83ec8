//! Holds, paces, sides by turns and functional tests, performed by a mannequin.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{CUE_OTHER_SIDE, Coach, Exercise, JointAngles, RepSide, Report, SideChoice, TestUnit};
use baro_motion::{Mannequin, PoseFrame, Viewpoint};
use std::{path::Path, sync::Arc};

fn exercise(file: &str) -> Arc<Exercise> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises").join(file);
    Arc::new(Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// `posture` by time at 30 frames a second, `None` where nobody is seen.
fn film(seconds: f64, posture: impl Fn(f64) -> Option<JointAngles>) -> Vec<PoseFrame> {
    let body = Mannequin::default();
    (0..(seconds * 30.0) as usize)
        .map(|i| i as f64 / 30.0)
        .map(|time_s| {
            let pose = posture(time_s).map(|angles| Viewpoint::default().view(&body.landmarks(&angles)));
            PoseFrame { time_s, pose }
        })
        .collect()
}

fn score(exercise: &Arc<Exercise>, frames: &[PoseFrame]) -> (Report, Vec<String>) {
    let mut coach = Coach::new(exercise.clone(), SideChoice::Auto);
    let cues = frames.iter().filter_map(|frame| coach.step(frame).cue.clone()).map(|cue| cue.to_string());
    let cues = cues.collect();
    (coach.finish().clone(), cues)
}

/// From 0 to 1 and back between `from_s` and `to_s`, a second each way.
fn there(time_s: f64, from_s: f64, to_s: f64) -> f32 {
    let share = (time_s - from_s).min(to_s - time_s).clamp(0.0, 1.0);
    (0.5 - 0.5 * (share * std::f64::consts::PI).cos()) as f32
}

fn on_one_leg(up: f32) -> JointAngles {
    let mut angles = JointAngles::default();
    angles.left.hip_flexion_rad = 0.9 * up;
    angles.left.knee_flexion_rad = 1.5 * up;
    angles
}

#[test]
fn a_hold_counts_only_while_the_posture_is_right() {
    let stance = exercise("single_leg_stance.toml");
    let baro_coach::Kind::Hold(hold) = &stance.kind else { panic!("no hold") };
    let end_s = 3.0 + hold.target_s + 4.0;
    let (report, _) = score(&stance, &film(end_s + 2.0, |t| Some(on_one_leg(there(t, 2.0, end_s)))));
    assert_eq!((report.count, report.partial), (1, 0), "{report:?}");
    assert!((report.reps[0].held_s.unwrap() - hold.target_s).abs() < 0.2, "{report:?}");
    // A foot that comes down halfway makes two short holds of it; a blink of the camera does not.
    let half_s = 2.0 + hold.least_s * 0.7;
    let fell = film(end_s + 2.0, |t| {
        Some(on_one_leg(if t < half_s {
            there(t, 2.0, half_s)
        } else {
            there(t, half_s + 1.0, half_s * 1.8)
        }))
    });
    let (report, _) = score(&stance, &fell);
    assert_eq!(report.count, 0, "{report:?}");
    let blinked = film(end_s + 2.0, |t| {
        (!(half_s..half_s + 0.5).contains(&t)).then(|| on_one_leg(there(t, 2.0, end_s)))
    });
    assert_eq!(score(&stance, &blinked).0.count, 1);
    // Out of sight for longer: what came before is given up.
    let gone = film(end_s + 2.0, |t| {
        (!(half_s..half_s + 3.0).contains(&t)).then(|| on_one_leg(there(t, 2.0, half_s + 4.0)))
    });
    assert_eq!(score(&stance, &gone).0.count, 0);
}

#[test]
fn the_longest_stance_is_measured() {
    let stance = exercise("single_leg_stance_test.toml");
    let (report, _) = score(&stance, &film(20.0, |t| Some(on_one_leg(there(t, 2.0, 15.0)))));
    let test = report.test.unwrap();
    assert!(test.unit == TestUnit::S && (11.0..13.0).contains(&test.value), "{report:?}");
}

/// Sitting to standing and back, every `every_s` seconds, from 2 s on.
fn stands(count: u32, every_s: f64) -> Vec<PoseFrame> {
    let chair = exercise("chair_stand_30s.toml");
    let period_s = chair.trainer.period_s();
    let end_s = 2.0 + f64::from(count) * every_s;
    film(end_s + 3.0, |t| {
        let share = if (2.0..end_s).contains(&t) { ((t - 2.0) / every_s).fract() } else { 0.0 };
        Some(chair.trainer.angles_at(share * period_s))
    })
}

#[test]
fn stands_within_30_seconds_are_counted() {
    let (report, _) = score(&exercise("chair_stand_30s.toml"), &stands(20, 2.5));
    let test = report.test.unwrap();
    assert!(test.unit == TestUnit::Count && (12.0..=13.0).contains(&test.value), "{report:?}");
    // Stopped early: not done to its end.
    assert_eq!(score(&exercise("chair_stand_30s.toml"), &stands(3, 2.5)).0.test, None);
}

#[test]
fn five_stands_are_timed() {
    let (report, _) = score(&exercise("five_times_sit_to_stand.toml"), &stands(6, 2.5));
    let test = report.test.unwrap();
    // From the first movement to the fifth stand: four periods, and the way up of the fifth.
    assert!(test.unit == TestUnit::S && (10.3..12.2).contains(&test.value), "{report:?}");
    assert_eq!(score(&exercise("five_times_sit_to_stand.toml"), &stands(4, 2.5)).0.test, None);
}

fn step(left: f32, right: f32) -> JointAngles {
    let mut angles = JointAngles::default();
    for (limb, up) in [(&mut angles.left, left), (&mut angles.right, right)] {
        limb.hip_flexion_rad = 1.45 * up;
        limb.knee_flexion_rad = 1.55 * up;
    }
    angles
}

#[test]
fn sides_by_turns_are_counted_each_and_told_apart() {
    let march = exercise("standing_march.toml");
    let by_turns = film(14.0, |t| Some(step(there(t % 4.0, 1.0, 2.6), there(t % 4.0, 2.7, 4.3).max(0.0))));
    let (report, cues) = score(&march, &by_turns);
    assert!(report.count >= 6 && report.partial <= 1, "{report:?}");
    assert!(report.reps.windows(2).all(|pair| pair[0].side != pair[1].side), "{report:?}");
    assert!(!cues.iter().any(|cue| cue == CUE_OTHER_SIDE), "{cues:?}");
    let (report, cues) = score(&march, &film(14.0, |t| Some(step(there(t % 4.0, 1.0, 3.0), 0.0))));
    assert!(report.count >= 3 && report.reps.iter().all(|rep| rep.side == RepSide::Left), "{report:?}");
    assert!(cues.iter().any(|cue| cue == CUE_OTHER_SIDE), "{cues:?}");
}

#[test]
fn a_pace_counts_the_breaths_that_were_seen() {
    let breathing = exercise("paced_breathing.toml");
    let cycle_s = breathing.trainer.period_s();
    let posture = |t| breathing.trainer.angles_at(t);
    let frames = film(4.2 * cycle_s, |t| Some(posture(t)));
    assert_eq!(score(&breathing, &frames).0.count, 4);
    let away = film(4.2 * cycle_s, |t| (!(cycle_s..2.0 * cycle_s).contains(&t)).then(|| posture(t)));
    assert_eq!(score(&breathing, &away).0.count, 3);
    let nobody = film(30.0, |_| None);
    assert_eq!(score(&breathing, &nobody).0.reps.len(), 0);
}

/// Guards: a squat is no lunge, and a raised straight leg is no step over a hurdle.
#[test]
fn another_movement_is_not_counted() {
    let play = |file: &str| {
        let shown = exercise(file);
        film(3.0 * shown.trainer.period_s(), move |t| Some(shown.trainer.angles_at(t)))
    };
    for (of, shown) in [
        ("inline_lunge.toml", "squat.toml"),
        ("squat.toml", "inline_lunge.toml"),
        ("hurdle_step.toml", "standing_leg_raise.toml"),
        ("standing_leg_raise.toml", "hurdle_step.toml"),
        ("standing_leg_raise.toml", "squat.toml"),
        ("side_lunge.toml", "squat.toml"),
    ] {
        let (report, _) = score(&exercise(of), &play(shown));
        assert_eq!(report.reps, [], "{shown} counted as {of}");
        assert!(score(&exercise(shown), &play(shown)).0.count >= 2, "{shown} itself");
    }
}
