//! Recorded movement in files, scored.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{Coach, Exercise, Report, SideChoice};
use baro_datasets::{opencap_squats, or_skip};
use baro_motion::PoseFrame;
use baro_record::MovementFile;
use std::sync::Arc;

fn squats(frames: &[PoseFrame]) -> Report {
    let exercise = Exercise::from_toml(include_str!("../../../assets/exercises/squat.toml")).unwrap();
    let mut coach = Coach::new(Arc::new(exercise), SideChoice::Auto);
    frames.iter().for_each(|frame| {
        coach.step(frame);
    });
    coach.finish().clone()
}

#[test]
fn five_squats_of_joint_angles() {
    let Some(path) = or_skip(opencap_squats()).unwrap() else { return };
    let frames = MovementFile::of(&path).unwrap().read(&path).unwrap();
    assert_eq!(frames.len(), 801);
    let report = squats(&frames);
    assert_eq!((report.count, report.partial), (5, 0), "{report:#?}");
}
