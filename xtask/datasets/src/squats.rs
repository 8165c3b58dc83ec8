//! Landmarks of a short video, and where the OpenCap recording is.

use crate::{DatasetError, error::wrong, find, landmark, read_text};
use baro_motion::{LANDMARK_COUNT, Landmarks, Pose, PoseFrame};
use glam::Vec3;
use std::path::PathBuf;

/// Size of the pictures of `pose_squats.mp4`.
const SQUATS_PX: Vec3 = Vec3::new(720.0, 1280.0, 720.0);

/// The expected BlazePose landmarks of `pose_squats.mp4`, in the picture and in metres: 65 frames at 5 fps.
///
/// # Errors
/// Where the files are missing or damaged.
pub fn pose_squats() -> Result<Vec<PoseFrame>, DatasetError> {
    let images = points("video/pose_squats.full.json")?;
    let worlds = points("video/pose_squats_3d.full.json")?;
    let poses = images.iter().zip(&worlds).enumerate().map(|(i, (image, world))| {
        let image = set(image, |at| at / SQUATS_PX);
        let pose = Pose { image, world: set(world, |at| at), confidence: 1.0 };
        PoseFrame { time_s: i as f64 / 5.0, pose: Some(pose) }
    });
    Ok(poses.collect())
}

fn points(path: &str) -> Result<Vec<Vec<[f32; 3]>>, DatasetError> {
    let frames: Vec<Vec<[f32; 3]>> =
        serde_json::from_str(&read_text(path)?).map_err(|e| wrong(path, e.to_string()))?;
    match frames.iter().all(|points| points.len() == LANDMARK_COUNT) {
        true => Ok(frames),
        false => Err(wrong(path, "a frame has not 33 points")),
    }
}

fn set(points: &[[f32; 3]], turn: impl Fn(Vec3) -> Vec3) -> Landmarks {
    let mut landmarks = Landmarks::default();
    for (at, point) in landmarks.0.iter_mut().zip(points) {
        *at = landmark(turn((*point).into()));
    }
    landmarks
}

/// OpenCap's recording of five squats, joint angles of OpenSim.
///
/// # Errors
/// Where the file is missing.
pub fn opencap_squats() -> Result<PathBuf, DatasetError> {
    find("opencap/squats1_videoAndMocap.mot")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::or_skip;
    use baro_motion::LandmarkId;

    #[test]
    fn squats_are_upright_and_inside_the_picture() {
        let Some(frames) = or_skip(pose_squats()).unwrap() else { return };
        assert_eq!(frames.len(), 65);
        let pose = frames[0].pose.unwrap();
        assert!(pose.world[LandmarkId::Nose].position.y < pose.world[LandmarkId::LeftKnee].position.y);
        assert!((0.0..1.0).contains(&pose.image[LandmarkId::LeftHip].position.y));
    }
}
