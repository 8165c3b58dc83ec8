//! One cue at a time, and silence where it is due.

mod support;

use baro_coach::{CUE_PRAISE, CUE_UNSEEN, Coach, CueReason, Report, SideChoice};
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

/// The report of a set, with its closing word.
fn report(text: &str, frames: &[PoseFrame]) -> Report {
    let mut coach = Coach::new(exercise(text), SideChoice::Auto);
    let mut said = Vec::new();
    for frame in frames {
        let ms = (frame.time_s * 1000.0).round() / 1000.0;
        said.extend(coach.step(frame).cue.clone().map(|cue| (ms, cue)));
    }
    let report = coach.finish().clone();
    let told = report.cues.iter().filter(|cue| cue.reason != CueReason::Close);
    assert!(told.map(|cue| (cue.time_s, cue.cue.clone())).eq(said), "the report tells what was said");
    assert_eq!(report, *coach.finish(), "a set ends once");
    report
}

fn closing(report: &Report) -> Option<&str> {
    report.cues.last().filter(|cue| cue.reason == CueReason::Close).map(|cue| &*cue.cue)
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

#[test]
fn the_largest_fault_comes_before_tempo_and_each_names_its_rule() {
    // Too fast on the way down, and too shallow: the depth costs more.
    let fast = film(20.0, 30.0, |t| Puppet::squat(5.0 + 70.0 * wave(t, 1.5, 1.0)));
    let told = report(SQUAT, &fast);
    let first = &told.cues[0];
    assert_eq!(
        (&*first.cue, first.rule.as_deref(), first.reason),
        ("cue-squat-deeper", Some("depth"), CueReason::Fault)
    );
    // Deep enough and too fast: tempo has its turn.
    let told = report(SQUAT, &film(20.0, 30.0, |t| squat(wave(t, 1.5, 1.0))));
    let first = &told.cues[0];
    assert_eq!((&*first.cue, first.reason), ("cue-slower", CueReason::Tempo));
    assert!(first.rule.as_deref().is_some_and(|rule| rule.ends_with("-time")));
}

#[test]
fn what_is_not_obeyed_is_said_less_often() {
    let shallow = film(62.0, 30.0, |t| Puppet::squat(5.0 + 70.0 * wave(t, 1.0, 3.0)));
    let told = report(SQUAT, &shallow);
    let times: Vec<f64> =
        told.cues.iter().filter(|cue| &*cue.cue == "cue-squat-deeper").map(|cue| cue.time_s).collect();
    let gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps[..2].iter().all(|gap| *gap < 10.0) && gaps[2..].iter().all(|gap| *gap >= 19.9), "{gaps:?}");
}

#[test]
fn every_set_ends_with_a_good_word() {
    let of = |depth: fn(f64) -> f32| {
        let frames = film(33.0, 30.0, |t| Puppet::squat(5.0 + depth(t) * wave(t, 1.0, 3.0)));
        report(SQUAT, &frames)
    };
    assert_eq!(closing(&of(|_| 95.0)), Some("cue-set-great"));
    assert_eq!(closing(&of(|t| if t < 16.5 { 66.0 } else { 80.0 })), Some("cue-set-better"));
    assert_eq!(closing(&of(|_| 68.0)), Some("cue-set-done"));
    assert_eq!(closing(&of(|_| 50.0)), Some("cue-set-tried"));
    assert_eq!(closing(&of(|_| 0.0)), None, "nothing was tried");
    let told = of(|_| 68.0);
    let text = serde_json::to_string(&told).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), told);
}

/// A degree too much is listed, but not worth a word.
#[test]
fn trifles_are_not_talked_about() {
    let lean = |degrees: f32| {
        let frames = squats(|_, far| Puppet { trunk_left: degrees * far, ..squat(far) });
        (report(SQUAT, &frames), cues(SQUAT, &frames))
    };
    let (told, said) = lean(11.2);
    assert!(told.reps.iter().all(|rep| rep.faults.iter().any(|fault| fault.rule == "trunk-sideways")));
    assert!(said.iter().all(|(_, cue)| cue == CUE_PRAISE), "{said:?}");
    assert!(lean(15.0).1.iter().any(|(_, cue)| cue == "cue-body-upright"));
}
