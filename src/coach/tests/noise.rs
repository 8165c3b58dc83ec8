//! A tracker's tremble is no repetition: every exercise of the set that is counted, done right by the mannequin, with 5 mm of noise
//! on each coordinate of each landmark, new in every frame.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{Exercise, Kind, Rehearsal};
use baro_motion::PoseFrame;
use glam::Vec3;
use std::path::Path;

const PERIODS: usize = 4;
const NOISE_M: f32 = 0.005;
const SEEDS: std::ops::RangeInclusive<u64> = 1..=3;

/// Numbers of a normal distribution, the same every time (splitmix64, the sum of four uniform ones).
fn normal(state: &mut u64) -> f32 {
    let mut sum = 0.0;
    for _ in 0..4 {
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        sum += ((z ^ (z >> 31)) >> 40) as f32 / (1_u64 << 24) as f32 - 0.5;
    }
    sum * 3.0_f32.sqrt()
}

fn tremble(frames: &mut [PoseFrame], state: &mut u64) {
    for pose in frames.iter_mut().filter_map(|frame| frame.pose.as_mut()) {
        for point in &mut pose.world.0 {
            let by = Vec3::new(normal(state), normal(state), normal(state));
            point.position += by * NOISE_M;
        }
    }
}

/// What is counted of an exercise done right with noise, where that is not what it should be.
fn miscounts(exercise: &Exercise) -> Vec<String> {
    let rehearsal = Rehearsal::new(exercise, exercise.view);
    let expected = (PERIODS * rehearsal.reps_in_period()) as u32;
    let mut wrong = Vec::new();
    for fps in [30.0, 15.0] {
        let still = rehearsal.play(fps, PERIODS, 1.0, |t_s| rehearsal.correct(t_s));
        for seed in SEEDS {
            let mut frames = still.clone();
            let mut state = seed;
            tremble(&mut frames, &mut state);
            let report = rehearsal.report(&frames);
            if (report.count, report.partial) != (expected, 0) {
                let (count, partial) = (report.count, report.partial);
                wrong
                    .push(format!("{} at {fps} fps, {seed}: {count} + {partial} of {expected}", exercise.id));
            }
        }
    }
    wrong
}

#[test]
fn tremble_is_no_repetition() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let all = texts.map(|path| Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap());
    let counted: Vec<_> = all.filter(|exercise| exercise.kind == Kind::Reps).collect();
    assert!(counted.len() > 40);
    let wrong: Vec<String> = counted.iter().flat_map(miscounts).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
