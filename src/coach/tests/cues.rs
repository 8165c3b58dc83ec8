//! One cue at a time, and silence where it is due.

mod support;

use baro_coach::{CUE_PRAISE, CUE_UNSEEN, Coach, SideChoice};
use baro_motion::{LandmarkId, PoseFrame};
use support::{
    ABDUCTION, SQUAT, exercise,
    puppet::{Puppet, film, hide, wave},
};

/// All cues with their times.
fn cues(text: &str, frames: &[PoseFrame]) -> Vec<(f64, String)> {
    let exercise = exercise(text);
    let known = exercise.cue_ids();
    let mut coach = Coach::new(exercise, SideChoice::Auto);
    let said = |frame: &PoseFrame| coach.step(frame).cue.clone().map(|cue| (frame.time_s, cue));
    let said: Vec<_> = frames.iter().filter_map(said).collect();
    assert!(said.iter().all(|(_, cue)| known.contains(cue)), "a cue that the list lacks: {said:?}");
    assert!(said.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 1.0), "too dense: {said:?}");
    said.into_iter().map(|(time_s, cue)| (time_s, cue.to_string())).collect()
}

fn squats(posture: impl Fn(f64, f32) -> Puppet) -> Vec<PoseFrame> {
    film(20.5, 30.0, |t| posture(t, wave(t, 1.0, 3.0)))
}

fn squat(far: f32) -> Puppet {
    Puppet::squat(5.0 + 95.0 * far)
}

#[test]
fn good_repetitions_are_praised_now_and_then() {
    let said = cues(SQUAT, &squats(|_, far| squat(far)));
    assert!((2..=3).contains(&said.len()) && said.iter().all(|(_, cue)| cue == CUE_PRAISE), "{said:?}");
}

#[test]
fn a_fault_is_told_while_it_happens_and_not_again_once_obeyed() {
    let said = cues(
        SQUAT,
        &squats(|t, far| Puppet {
            trunk_forward: if t < 4.5 { 65.0 * far } else { 30.0 * far },
            ..squat(far)
        }),
    );
    let (time_s, cue) = &said[0];
    assert!(cue == "cue-chest-up" && (1.5..3.5).contains(time_s), "{said:?}");
    assert!(said[1..].iter().all(|(_, cue)| cue == CUE_PRAISE), "{said:?}");
}

#[test]
fn safety_comes_first() {
    let said = cues(
        SQUAT,
        &squats(|_, far| Puppet { trunk_forward: 75.0 * far, knees_inward_m: 0.09 * far, ..squat(far) }),
    );
    assert_eq!(said[0].1, "cue-knees-out");
    assert!(said.iter().all(|(_, cue)| cue != CUE_PRAISE));
    assert!(said.len() <= 8, "talks all the time: {said:?}");
}

#[test]
fn shallow_squats_should_go_deeper() {
    let said = cues(SQUAT, &squats(|_, far| Puppet::squat(5.0 + 70.0 * far)));
    assert!(said.len() >= 2 && said.iter().all(|(_, cue)| cue == "cue-squat-deeper"), "{said:?}");
}

#[test]
fn who_is_not_seen_is_told_so() {
    let nobody: Vec<_> = (0..300).map(|i| PoseFrame { time_s: f64::from(i) / 30.0, pose: None }).collect();
    let said = cues(SQUAT, &nobody);
    assert!(said.len() == 2 && said.iter().all(|(_, cue)| cue == CUE_UNSEEN), "{said:?}");
    assert!((1.5..2.0).contains(&said[0].0));
    assert!(cues(SQUAT, &nobody[..40]).is_empty());

    let mut frames = squats(|_, far| squat(far));
    hide(&mut frames, &[LandmarkId::LeftAnkle, LandmarkId::RightAnkle]);
    assert!(cues(SQUAT, &frames).iter().all(|(_, cue)| cue == "cue-show-legs"));
    let mut frames = film(5.0, 30.0, |_| Puppet::arms(10.0, 10.0));
    hide(&mut frames, &[LandmarkId::LeftElbow, LandmarkId::RightElbow]);
    assert_eq!(cues(ABDUCTION, &frames).len(), 1);
}
