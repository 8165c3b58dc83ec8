//! What was not seen is neither held, nor counted, nor measured.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_coach::{JointAngles, Sight};
use baro_motion::{LandmarkId, PoseFrame};
use support::stage::{fade, film, film_at, on_one_leg, perform, shipped, there, trained};

const ANKLES: [LandmarkId; 2] = [LandmarkId::LeftAnkle, LandmarkId::RightAnkle];

/// A stance of 11 s, of which the ankles are not seen for `gap_s` from 7 s on.
fn stance(gap_s: f64) -> Vec<PoseFrame> {
    let mut frames = film(16.0, |t| Some(on_one_leg(there(t, 2.0, 14.0))));
    fade(&mut frames, 7.0..7.0 + gap_s, 0.1, &ANKLES);
    frames
}

#[test]
fn a_hold_is_not_credited_while_it_is_not_seen() {
    let test = shipped("single_leg_stance_test.toml");
    let held_s = |gap_s| {
        let report = perform(&test, &stance(gap_s)).0;
        (report.test.unwrap().value, report.reps.len())
    };
    let (whole_s, holds) = held_s(0.0);
    assert!((10.5..12.0).contains(&whole_s) && holds == 1);
    // What a tracker loses for a moment, it loses from the time, not from the hold.
    let (short_s, holds) = held_s(0.2);
    assert!((whole_s - 0.1..=whole_s).contains(&short_s) && holds == 1, "{short_s}");
    // In more time the foot can have been put down; and who was away for long begins again from the start posture.
    for (gap_s, entered) in [(0.4, 2), (0.9, 2), (3.0, 1)] {
        let (longest_s, holds) = held_s(gap_s);
        assert!(longest_s < 7.0 - gap_s.min(0.5) && holds == entered, "{gap_s} s: {longest_s} of {holds}");
    }
}

#[test]
fn grace_forgives_a_gap_without_counting_it() {
    let stance_s = |gap_s| {
        let report = perform(&shipped("tandem_stance.toml"), &tandem(gap_s)).0;
        report.reps.iter().map(|rep| rep.held_s.unwrap()).collect::<Vec<_>>()
    };
    let whole = stance_s(0.0);
    let bridged = stance_s(0.8);
    assert_eq!((whole.len(), bridged.len()), (1, 1), "{whole:?} {bridged:?}");
    assert!((whole[0] - bridged[0] - 0.6).abs() < 0.15, "{whole:?} {bridged:?}");
    assert_eq!(stance_s(1.4).len(), 2);
}

/// The trainer's stance at its own pace, cut short, with a gap.
fn tandem(gap_s: f64) -> Vec<PoseFrame> {
    let tandem = shipped("tandem_stance.toml");
    let period_s = tandem.trainer.period_s();
    // There by a tenth of the period, back from nine tenths on: 12 s in between.
    let mut frames = film(16.0, |t| {
        let there_s = 0.1 * period_s;
        Some(tandem.trainer.angles_at(if t < there_s {
            t
        } else if t < there_s + 11.0 {
            there_s
        } else {
            (t - there_s - 11.0 + 0.9 * period_s).min(0.9999 * period_s)
        }))
    });
    fade(&mut frames, 7.0..7.0 + gap_s, 0.1, &ANKLES);
    frames
}

#[test]
fn the_hold_under_way_at_the_end_counts_in_a_test() {
    let frames: Vec<_> = stance(0.0).into_iter().filter(|frame| frame.time_s < 10.0).collect();
    let report = perform(&shipped("single_leg_stance_test.toml"), &frames).0;
    assert!((6.5..8.0).contains(&report.test.unwrap().value), "{report:?}");
}

/// A rule that breaks the hold, and can't be told because an arm is not seen, does not count as kept.
#[test]
fn what_breaks_a_hold_must_be_seen() {
    let opener = shipped("neck_side_stretch.toml");
    let mut frames = trained(&opener, 1.0);
    assert_eq!(perform(&opener, &frames).0.count, 1);
    let end_s = opener.trainer.period_s();
    fade(&mut frames, 0.0..end_s, 0.1, &[LandmarkId::LeftHip, LandmarkId::RightHip]);
    assert_eq!(perform(&opener, &frames).0.count, 0);
}

/// Sitting to standing and back, from 2 s on, and away for a while.
fn stands(away_s: std::ops::Range<f64>) -> Vec<PoseFrame> {
    let chair = shipped("chair_stand_30s.toml");
    let period_s = chair.trainer.period_s();
    film(40.0, |t| {
        let share = if t < 2.0 { 0.0 } else { ((t - 2.0) / 2.5).fract() };
        (!away_s.contains(&t)).then(|| chair.trainer.angles_at(share * period_s))
    })
}

#[test]
fn a_functional_test_out_of_sight_has_no_result() {
    let chair = shipped("chair_stand_30s.toml");
    let test = |away_s| perform(&chair, &stands(away_s)).0.test;
    let whole = test(0.0..0.0).unwrap().value;
    assert!((12.0..=13.0).contains(&whole));
    // A blink, or leaving after the test, changes nothing.
    assert_eq!(test(16.0..16.5).unwrap().value, whole);
    assert_eq!(test(35.0..40.0).unwrap().value, whole);
    assert_eq!(test(15.0..19.0), None);
    assert_eq!(test(29.0..40.0), None);
    let five = |away_s| perform(&shipped("five_times_sit_to_stand.toml"), &stands(away_s)).0.test;
    assert!(five(0.0..0.0).is_some() && five(20.0..30.0).is_some());
    assert_eq!(five(6.0..8.0), None);
}

/// On the floor a joint must be seen better than elsewhere.
#[test]
fn floor_exercises_are_gated() {
    let seen = |file: &str, visibility| {
        let exercise = shipped(file);
        let mut frames = trained(&exercise, 3.0);
        let end_s = 4.0 * exercise.trainer.period_s();
        fade(&mut frames, 0.0..end_s, visibility, &LandmarkId::ALL);
        perform(&exercise, &frames).0.count
    };
    assert!(seen("bridge.toml", 0.7) >= 2);
    assert_eq!(seen("bridge.toml", 0.6), 0);
    assert!(seen("squat.toml", 0.6) >= 2);
}

#[test]
fn at_a_low_rate_holds_last_all_the_same() {
    let frames = film_at(5.0, 16.0, |t| Some(on_one_leg(there(t, 2.0, 14.0))));
    let report = perform(&shipped("single_leg_stance_test.toml"), &frames).0;
    assert!((10.2..12.2).contains(&report.test.unwrap().value), "{report:?}");
    assert_eq!(report.reps.len(), 1);
    let nobody = film_at(5.0, 8.0, |_| None::<JointAngles>);
    let mut coach =
        baro_coach::Coach::new(shipped("single_leg_stance_test.toml"), baro_coach::SideChoice::Auto);
    assert!(nobody.iter().all(|frame| coach.step(frame).sight == Sight::Lost));
    assert_eq!(coach.finish().test, None);
}
