//! Rules on a whole repetition: a tracker's tremble costs a correct one nothing, and a person's own does.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{Exercise, Rehearsal, Report};
use baro_motion::PoseFrame;
use glam::Vec3;
use std::path::Path;

/// A tracker's error: about 5 mm in each direction, changing over half a second and more.
const TREMBLE_M: f32 = 0.005;

/// The shipped exercises with rules on the whole repetition.
fn exercises() -> Vec<Exercise> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.extension().is_some_and(|e| e == "toml"));
    let all = texts.map(|path| Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap());
    all.filter(|exercise| !exercise.quality.is_empty()).collect()
}

/// Every landmark on a slow path of its own: three sines of different rates, whose sum has the wanted standard deviation.
fn trembling(frames: &[PoseFrame], seed: u32) -> Vec<PoseFrame> {
    let error = |time_s: f64, key: u32| {
        let parts = (0..3_u32).map(|i| {
            let bits = (key * 3 + i + seed * 7919).wrapping_mul(2_654_435_761);
            let [rate_hz, phase] = [bits >> 16, bits & 0xffff].map(|bits| f64::from(bits) / 65536.0);
            ((0.2 + 1.8 * rate_hz) * time_s * std::f64::consts::TAU + phase * std::f64::consts::TAU).sin()
        });
        TREMBLE_M * parts.sum::<f64>() as f32 / 1.5_f32.sqrt()
    };
    let mut frames = frames.to_vec();
    for frame in &mut frames {
        let Some(pose) = &mut frame.pose else { continue };
        for (landmark, key) in pose.world.0.iter_mut().zip(0_u32..) {
            let [x, y, z] = [0, 1, 2].map(|axis| error(frame.time_s, key * 3 + axis));
            landmark.position += Vec3::new(x, y, z);
        }
    }
    frames
}

/// Points that whole-repetition rules cost.
fn cost(exercise: &Exercise, report: &Report) -> f64 {
    let faults = report.reps.iter().flat_map(|rep| &rep.faults);
    faults.filter(|fault| exercise.quality.iter().any(|q| q.id == fault.rule)).map(|f| f.points).sum()
}

#[test]
fn a_trackers_tremble_costs_nothing_and_a_persons_does() {
    let all = exercises();
    assert!(!all.is_empty());
    for exercise in &all {
        let stage = Rehearsal::new(exercise, exercise.view);
        let played = stage.play(15.0, 1, 1.0, |t_s| stage.correct(t_s));
        for seed in 0..4 {
            let report = stage.report(&trembling(&played, seed));
            let rep = report.reps.iter().find(|rep| rep.complete);
            let told = rep.and_then(|rep| rep.steadiness);
            println!("{}: steadiness {told:?}, sway {:?}", exercise.id, rep.and_then(|rep| rep.sway));
            assert!(told.is_some() && cost(exercise, &report) == 0.0, "{}: {report:?}", exercise.id);
        }
        // Far out and half of the way back to the goal's edge, over and over.
        let shaky = stage.play(15.0, 1, 1.0, |t_s| {
            stage.scaled(1.0 + 0.45 * (t_s * std::f64::consts::TAU / 2.0).sin() as f32, t_s)
        });
        let report = stage.report(&shaky);
        assert!(cost(exercise, &report) >= 2.0, "{}: {report:?}", exercise.id);
    }
}
