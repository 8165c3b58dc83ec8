//! What the review costs: the board of a large clinic, and a set of 30 minutes.
//!
//!     cargo run --release -p baro-review --example review_figures -- EXERCISE.toml
//!
//! The set is the trainer's movement over and over, with the noise of one camera.
#![allow(clippy::print_stdout, reason = "its table is what it is for")]

use baro_coach::{Exercise, Rehearsal, SideChoice, plan::Dose, reference::Sensor};
use baro_motion::PoseFrame;
use baro_record::{Entry, Header, Keys, PersonKey, Recorder, Recording, snap};
use baro_review::session::{SessionReview, replay};
use std::{error::Error, fs, path::Path, time::Instant};

const FPS: f64 = 30.0;
const SECONDS: f64 = 30.0 * 60.0;
/// As a page asks for them.
const REPLAY_HZ: f64 = 15.0;
const CURVES_HZ: f64 = 10.0;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: review_figures EXERCISE.toml")?;
    let toml = fs::read_to_string(path)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("30.baro");
    write(&file, &toml)?;
    println!("record: {} bytes", fs::metadata(&file)?.len());
    let began = Instant::now();
    let recording = Recording::read(&file)?;
    println!("read and verified: {} ms", began.elapsed().as_millis());
    let frames = || {
        recording.entries.iter().filter_map(|entry| match entry {
            Entry::Frame(frame) => Some(&**frame),
            _ => None,
        })
    };
    for (what, span_s) in [("whole", None), ("first minute", Some([0.0, 60.0]))] {
        let began = Instant::now();
        let made = replay(frames(), REPLAY_HZ, span_s);
        let made_ms = began.elapsed().as_millis();
        let json = serde_json::to_string(&made)?;
        println!(
            "replay, {what}: {} frames, made in {made_ms} ms, with its JSON in {} ms, {} bytes",
            made.frames,
            began.elapsed().as_millis(),
            json.len()
        );
    }
    let began = Instant::now();
    let review = SessionReview::of(&recording, &[], CURVES_HZ)?;
    let made_ms = began.elapsed().as_millis();
    let json = serde_json::to_string(&review)?;
    println!(
        "review: {} repetitions, {:?}, scored again in {made_ms} ms, with its JSON in {} ms, {} bytes, of them {} curves",
        review.repetitions.len(),
        review.agrees,
        began.elapsed().as_millis(),
        json.len(),
        serde_json::to_string(&review.curves)?.len()
    );
    Ok(())
}

fn write(path: &Path, toml: &str) -> Result<(), Box<dyn Error>> {
    let exercise = Exercise::from_toml(toml)?;
    let stage = Rehearsal::new(&exercise, exercise.view);
    let periods = (SECONDS / exercise.trainer.period_s()) as usize;
    let header = Header {
        program: "figures".into(),
        started_unix_ms: 0,
        source: "demo".into(),
        exercise_toml: toml.into(),
        side: SideChoice::Auto,
        model: "none".into(),
        model_sha256: String::new(),
        dose: Dose::default(),
        sensor: Sensor::Camera,
        reference: None,
    };
    let mut coach = header.coach()?;
    let mut recorder = Recorder::create(path, header, Keys::unsealed(PersonKey::from_seed(&[7; 32])))?;
    let mut random = fastrand::Rng::with_seed(7);
    for mut frame in stage.play(FPS, periods, 1.0, |t_s| stage.correct(t_s)) {
        tremble(&mut frame, &mut random);
        let frame = snap(&frame);
        let ended = coach.step(&frame).ended_rep.is_some();
        recorder.frame(&frame)?;
        if ended {
            recorder.rep_ended(frame.time_s, coach.report())?;
        }
    }
    let report = coach.finish().clone();
    Ok(recorder.finish(&report)?)
}

/// A few millimetres, as a tracker has them.
fn tremble(frame: &mut PoseFrame, random: &mut fastrand::Rng) {
    let mut off = || 0.006 * (random.f32() - 0.5);
    for landmark in frame.pose.iter_mut().flat_map(|pose| &mut pose.world.0) {
        landmark.position.x += off();
        landmark.position.y += off();
        landmark.position.z += off();
    }
}
