//! Recordings that tests run the coach on. The shared data stands beside the project; where it is missing, tests say so.
#![allow(dead_code, reason = "each test uses its own part")]
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

pub mod puppet;
pub mod stage;

use baro_coach::{Coach, Exercise, Report, SideChoice};
use baro_datasets::or_skip;
pub use baro_datasets::{Episode, frame, landmark};
use baro_motion::PoseFrame;
use std::sync::Arc;

pub const SQUAT: &str = include_str!("../../../../assets/exercises/squat.toml");
pub const ABDUCTION: &str = include_str!("../../../../assets/exercises/shoulder_abduction.toml");
/// One of each other kind: a hold, a pace, sides by turns, and functional tests.
pub const WALL_SIT: &str = include_str!("../../../../assets/exercises/wall_sit.toml");
pub const BREATHING: &str = include_str!("../../../../assets/exercises/easy_breathing.toml");
pub const MARCH: &str = include_str!("../../../../assets/exercises/standing_march.toml");
pub const STANCE_TEST: &str = include_str!("../../../../assets/exercises/single_leg_stance_test.toml");
pub const CHAIR_TEST: &str = include_str!("../../../../assets/exercises/chair_stand_30s.toml");

pub fn exercise(text: &str) -> Arc<Exercise> {
    Arc::new(Exercise::from_toml(text).unwrap())
}

pub fn score(text: &str, side: SideChoice, frames: &[PoseFrame]) -> Report {
    let mut coach = Coach::new(exercise(text), side);
    for frame in frames {
        coach.step(frame);
    }
    coach.finish().clone()
}

/// The expected BlazePose landmarks of `pose_squats.mp4`; `None`, with a note, where the shared data is missing.
pub fn pose_squats() -> Option<Vec<PoseFrame>> {
    or_skip(baro_datasets::pose_squats()).unwrap()
}

/// UI-PRMD as the Kinect saw it; `None`, with a note, where the shared data is missing.
pub fn uiprmd_kinect() -> Option<Vec<Episode>> {
    or_skip(baro_datasets::uiprmd_kinect()).unwrap()
}
