//! A body that squats three times, written in every format that holds movement.

use super::made;
use baro_coach::{Coach, Exercise, SideChoice, plan::Dose, reference::Sensor};
use baro_motion::{JointAngles, Mannequin, PoseFrame, Viewpoint};
use baro_record::{Header, Keys, PersonKey, Recorder, format_jsonl_line, snap, write_trc};
use std::{f64::consts::TAU, path::PathBuf, sync::Arc};

const SQUAT: &str = include_str!("../../assets/exercises/squat.toml");
const FPS: f64 = 30.0;

/// Knee flexion in degrees: a second of standing, then a squat of 4 s, three times, and standing again.
fn knee_deg(time_s: f64) -> f64 {
    let moving = (time_s % 5.0 - 1.0).max(0.0) / 4.0;
    if time_s < 15.0 { 47.5 * (1.0 - (moving * TAU).cos()) } else { 0.0 }
}

/// Knees, hips, ankles and trunk in degrees, feet flat on the floor.
fn posture(time_s: f64) -> [f64; 4] {
    let knee = knee_deg(time_s);
    let (ankle, trunk) = (knee * 0.27, knee * 0.33);
    [knee, knee - ankle + trunk, ankle, trunk]
}

pub fn squats() -> Vec<PoseFrame> {
    let frame = |i: u32| {
        let time_s = f64::from(i) / FPS;
        let [knee, hip, ankle, trunk] = posture(time_s).map(|degrees| degrees.to_radians() as f32);
        let mut angles = JointAngles { trunk_flexion_rad: trunk, ..JointAngles::default() };
        for limb in [&mut angles.left, &mut angles.right] {
            limb.knee_flexion_rad = knee;
            limb.hip_flexion_rad = hip;
            limb.ankle_dorsiflexion_rad = ankle;
        }
        let side = Viewpoint { yaw_rad: std::f32::consts::FRAC_PI_2, ..Viewpoint::default() };
        PoseFrame { time_s, pose: Some(side.view(&Mannequin::default().landmarks(&angles))) }
    };
    (0..(16.0 * FPS) as u32).map(frame).collect()
}

/// The same three squats as `.trc`, `.jsonl`, `.mot` and `.baro`.
pub fn squats_in_every_format() -> [PathBuf; 4] {
    let frames = squats();
    let trc = made("squats.trc", "movement 1", |file| write_trc(file, &frames).unwrap());
    let jsonl = made("squats.jsonl", "movement 1", |file| {
        let lines: String = frames.iter().zip(0..).map(|(f, i)| format_jsonl_line(i, f) + "\n").collect();
        std::fs::write(file, lines).unwrap();
    });
    let mot = made("squats.mot", "movement 1", |file| std::fs::write(file, opensim()).unwrap());
    let baro = made("squats.baro", "movement 3", |file| record(file, &frames));
    [trc, jsonl, mot, baro]
}

fn opensim() -> String {
    let names = [
        "time",
        "pelvis_tilt",
        "hip_flexion_r",
        "hip_flexion_l",
        "knee_angle_r",
        "knee_angle_l",
        "ankle_angle_r",
        "ankle_angle_l",
        "lumbar_extension",
        "arm_flex_r",
        "arm_flex_l",
    ];
    let rows: Vec<String> = (0..(16.0 * FPS) as u32)
        .map(|i| {
            let time_s = f64::from(i) / FPS;
            let [knee, hip, ankle, trunk] = posture(time_s);
            // Against OpenSim's pelvis, which leans as the trunk does here.
            let cells = [time_s, -trunk, hip, hip, knee, knee, ankle, ankle, 0.0, 0.0, 0.0];
            cells.map(|value| format!("{value:.6}")).join("\t")
        })
        .collect();
    let (count, names) = (rows.len(), names.join("\t"));
    format!(
        "squats\nversion=1\nnRows={count}\nnColumns=11\ninDegrees=yes\nendheader\n{names}\n{}\n",
        rows.join("\n")
    )
}

fn record(file: &std::path::Path, frames: &[PoseFrame]) {
    let header = Header {
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
    };
    let mut coach = Coach::new(Arc::new(Exercise::from_toml(SQUAT).unwrap()), SideChoice::Auto);
    let mut recorder =
        Recorder::create(file, header, Keys::unsealed(PersonKey::from_seed(&[1; 32]))).unwrap();
    for frame in frames.iter().map(snap) {
        coach.step(&frame);
        recorder.frame(&frame).unwrap();
    }
    recorder.finish(coach.finish()).unwrap();
}
