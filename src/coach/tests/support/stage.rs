//! Shipped exercises, and a mannequin that performs them.

use baro_coach::{Coach, Exercise, JointAngles, Report, SideChoice};
use baro_motion::{LandmarkId, Mannequin, PoseFrame, Viewpoint};
use std::{ops::Range, path::Path, sync::Arc};

/// An exercise by its file's name.
pub fn shipped(file: &str) -> Arc<Exercise> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises").join(file);
    Arc::new(Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// `posture` by time at so many frames a second, `None` where nobody is seen.
pub fn film_at(fps: f64, seconds: f64, posture: impl Fn(f64) -> Option<JointAngles>) -> Vec<PoseFrame> {
    let body = Mannequin::default();
    (0..(seconds * fps) as usize)
        .map(|i| i as f64 / fps)
        .map(|time_s| {
            let pose = posture(time_s).map(|angles| Viewpoint::default().view(&body.landmarks(&angles)));
            PoseFrame { time_s, pose }
        })
        .collect()
}

/// At 30 frames a second.
pub fn film(seconds: f64, posture: impl Fn(f64) -> Option<JointAngles>) -> Vec<PoseFrame> {
    film_at(30.0, seconds, posture)
}

/// The trainer's own performance, so many periods of it.
pub fn trained(exercise: &Exercise, periods: f64) -> Vec<PoseFrame> {
    film(periods * exercise.trainer.period_s(), |t| Some(exercise.trainer.angles_at(t)))
}

/// The report, and all that was said.
pub fn watch(coach: Coach, frames: &[PoseFrame]) -> (Report, Vec<String>) {
    let mut coach = coach;
    let cues = frames.iter().filter_map(|frame| coach.step(frame).cue.clone()).map(|cue| cue.to_string());
    let cues = cues.collect();
    (coach.finish().clone(), cues)
}

pub fn perform(exercise: &Arc<Exercise>, frames: &[PoseFrame]) -> (Report, Vec<String>) {
    watch(Coach::new(exercise.clone(), SideChoice::Auto), frames)
}

/// A camera that sees these worse for a while.
pub fn fade(frames: &mut [PoseFrame], span_s: Range<f64>, visibility: f32, landmarks: &[LandmarkId]) {
    for frame in frames.iter_mut().filter(|frame| span_s.contains(&frame.time_s)) {
        let Some(pose) = &mut frame.pose else { continue };
        landmarks.iter().for_each(|&id| pose.world[id].visibility = visibility);
    }
}

/// From 0 to 1 and back between `from_s` and `to_s`, a second each way.
pub fn there(time_s: f64, from_s: f64, to_s: f64) -> f32 {
    let share = (time_s - from_s).min(to_s - time_s).clamp(0.0, 1.0);
    (0.5 - 0.5 * (share * std::f64::consts::PI).cos()) as f32
}

/// The left foot off the floor.
pub fn on_one_leg(up: f32) -> JointAngles {
    let mut angles = JointAngles::default();
    angles.left.hip_flexion_rad = 0.9 * up;
    angles.left.knee_flexion_rad = 1.5 * up;
    angles
}
