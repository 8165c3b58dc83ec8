//! A set of squats, and its record.
#![allow(dead_code, clippy::unwrap_used, reason = "each test uses its own part")]

use baro_coach::{Report, SideChoice, plan::Dose, reference::Sensor};
use baro_motion::{Landmark, LandmarkId as Id, Pose, PoseFrame};
use baro_record::{Header, KeyRing, Keys, PersonKey, Recorder, snap};
use std::path::Path;

const SQUAT: &str = include_str!("../../../../assets/exercises/squat.toml");

/// A body seen from the front, its knees bent by `knee_rad`, feet in place.
pub fn squatting(time_s: f64, knee_rad: f32) -> PoseFrame {
    let mut pose = Pose { confidence: 0.9, ..Pose::default() };
    let (shin, thigh) = (knee_rad * 0.4, knee_rad * 0.6);
    let knee = (0.43 * shin.cos(), 0.43 * shin.sin());
    let hip = (knee.0 + 0.42 * thigh.cos(), knee.1 - 0.42 * thigh.sin());
    let mut put = |id: Id, side: f32, (up, forward): (f32, f32)| {
        let position = [side, hip.0 - up, hip.1 - forward].into();
        pose.world[id] = Landmark { position, visibility: 0.95, presence: 0.99 };
        pose.image[id] =
            Landmark { position: [0.5 + side / 3.0, 0.5 - up / 3.0, 0.0].into(), ..pose.world[id] };
    };
    // Facing the camera, the person's left is on the right of the picture.
    for (s, [shoulder, hip_id, knee_id, ankle, heel, toes]) in [
        (1.0, [Id::LeftShoulder, Id::LeftHip, Id::LeftKnee, Id::LeftAnkle, Id::LeftHeel, Id::LeftFootIndex]),
        (
            -1.0,
            [
                Id::RightShoulder,
                Id::RightHip,
                Id::RightKnee,
                Id::RightAnkle,
                Id::RightHeel,
                Id::RightFootIndex,
            ],
        ),
    ] {
        put(shoulder, 0.18 * s, (hip.0 + 0.48, hip.1 + 0.2 * thigh.sin()));
        put(hip_id, 0.1 * s, hip);
        put(knee_id, 0.12 * s, knee);
        put(ankle, 0.12 * s, (0.0, 0.0));
        put(heel, 0.12 * s, (-0.06, -0.05));
        put(toes, 0.14 * s, (-0.06, 0.16));
    }
    PoseFrame { time_s, pose: Some(pose) }
}

/// Three squats of 3 s at 30 fps with a second of standing before each, and a moment in which nobody is seen.
pub fn session() -> Vec<PoseFrame> {
    (0..13 * 30)
        .map(|i| {
            let time_s = f64::from(i) / 30.0;
            let moving = (time_s % 4.0 - 1.0).max(0.0) / 3.0;
            let knee = (0.5 - 0.5 * (moving * std::f64::consts::TAU).cos()) * 1.8;
            snap(&if i < 5 { PoseFrame { time_s, pose: None } } else { squatting(time_s, knee as f32) })
        })
        .collect()
}

/// The keys of a person who seals nothing.
pub fn keys() -> Keys {
    Keys::unsealed(person())
}

pub fn person() -> PersonKey {
    PersonKey::from_seed(&[7; 32])
}

/// A ring without a key store and without a passphrase: keys are kept in a file.
pub fn in_a_file() -> KeyRing {
    KeyRing::default()
}

pub fn header() -> Header {
    Header {
        program: "test".into(),
        started_unix_ms: 1,
        source: "video".into(),
        exercise_toml: SQUAT.into(),
        side: SideChoice::Auto,
        model: "none".into(),
        model_sha256: String::new(),
        dose: Dose::default(),
        sensor: Sensor::Camera,
        reference: None,
    }
}

/// Coaches and records squats as the program does; without `finish` the record stays as a killed program would leave it.
pub fn record(path: &Path, frames: &[PoseFrame], finish: bool) -> Report {
    record_as(header(), path, frames, finish)
}

pub fn record_as(header: Header, path: &Path, frames: &[PoseFrame], finish: bool) -> Report {
    record_all(header, keys(), path, frames, finish)
}

/// The same with other keys.
pub fn record_with(keys: Keys, path: &Path, finish: bool) -> Report {
    record_all(header(), keys, path, &session(), finish)
}

fn record_all(header: Header, keys: Keys, path: &Path, frames: &[PoseFrame], finish: bool) -> Report {
    let mut coach = header.coach().unwrap();
    let mut recorder = Recorder::create(path, header, keys).unwrap();
    for frame in frames {
        let ended = coach.step(frame).ended_rep.is_some();
        recorder.frame(frame).unwrap();
        if ended {
            recorder.rep_ended(frame.time_s, coach.report()).unwrap();
        }
    }
    let report = coach.finish().clone();
    if finish {
        recorder.finish(&report).unwrap();
    }
    report
}
