//! Recordings that tests run the coach on. The shared data stands beside the project; where it is missing, tests say so.
#![allow(dead_code, reason = "each test uses its own part")]
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

pub mod puppet;

use baro_coach::{Coach, Exercise, Report, SideChoice};
use baro_motion::{Landmark, LandmarkId, Landmarks, Pose, PoseFrame, landmark_from_name};
use flate2::read::GzDecoder;
use glam::Vec3;
use std::{fs::File, io::Read, path::PathBuf, sync::Arc};

pub const SQUAT: &str = include_str!("../../../../assets/exercises/squat.toml");
pub const ABDUCTION: &str = include_str!("../../../../assets/exercises/shoulder_abduction.toml");

/// A file of the shared data, or `None` (and a note) where it is missing.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {} is missing", file.display());
    None
}

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

pub fn frame(time_s: f64, world: Landmarks) -> PoseFrame {
    PoseFrame { time_s, pose: Some(Pose { image: Landmarks::default(), world, confidence: 1.0 }) }
}

pub fn landmark(position: Vec3) -> Landmark {
    Landmark { position, visibility: 1.0, presence: 1.0 }
}

/// The expected BlazePose landmarks of `pose_squats.mp4`: 65 frames at 5 fps.
pub fn pose_squats() -> Option<Vec<PoseFrame>> {
    let text = std::fs::read_to_string(shared("video/pose_squats_3d.full.json")?).unwrap();
    let poses: Vec<Vec<[f32; 3]>> = serde_json::from_str(&text).unwrap();
    let frames = poses.iter().enumerate().map(|(i, points)| {
        let mut world = Landmarks::default();
        for (at, point) in world.0.iter_mut().zip(points) {
            *at = landmark((*point).into());
        }
        frame(i as f64 / 5.0, world)
    });
    Some(frames.collect())
}

/// One repetition of UI-PRMD.
pub struct Episode {
    pub movement: u32,
    pub subject: u32,
    pub number: u32,
    pub correct: bool,
    /// At 30 Hz, from 0 s.
    pub frames: Vec<PoseFrame>,
}

const KINECT: [&str; 22] = [
    "waist",
    "spine",
    "chest",
    "neck",
    "head",
    "head_tip",
    "l_collar",
    "l_shoulder",
    "l_elbow",
    "l_wrist",
    "r_collar",
    "r_shoulder",
    "r_elbow",
    "r_wrist",
    "l_hip",
    "l_knee",
    "l_ankle",
    "l_toes",
    "r_hip",
    "r_knee",
    "r_ankle",
    "r_toes",
];

/// UI-PRMD as the Kinect saw it.
pub fn uiprmd_kinect() -> Option<Vec<Episode>> {
    let ids: Vec<Option<LandmarkId>> = KINECT.iter().map(|name| landmark_from_name(name)).collect();
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(shared("uiprmd/kinect_mm_30hz.npy.gz")?).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    let header = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let values: Vec<i16> =
        bytes[header..].chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
    let index = std::fs::read_to_string(shared("uiprmd/kinect_mm_30hz_index.csv")?).unwrap();
    let episodes = index.lines().skip(1).map(|line| {
        let n: Vec<usize> = line.split(',').map(|field| field.parse().unwrap()).collect();
        let frames = values[n[4] * 66..(n[4] + n[5]) * 66].chunks_exact(66).enumerate().map(|(i, points)| {
            let mut world = Landmarks::default();
            for (id, p) in ids.iter().zip(points.chunks_exact(3)) {
                // Kinect: y up; the camera frame: y down.
                let Some(id) = id else { continue };
                world[*id] =
                    landmark(Vec3::new(f32::from(p[0]), -f32::from(p[1]), -f32::from(p[2])) / 1000.0);
            }
            frame(i as f64 / 30.0, world)
        });
        Episode {
            movement: n[0] as u32,
            subject: n[1] as u32,
            number: n[2] as u32,
            correct: n[3] == 1,
            frames: frames.collect(),
        }
    });
    Some(episodes.collect())
}
