//! How long the coach takes from a landmark result to its cue, on a landmark file: `cargo xtask bench vision` runs it.
//!
//!     cue_latency LANDMARKS.trc EXERCISE.toml

use baro_coach::{Coach, Exercise, SideChoice};
use baro_motion::PoseFrame;
use baro_record::MovementFile;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Enough for a steady 99th percentile.
const ROUNDS: usize = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(landmarks), Some(exercise)) = (arguments.next(), arguments.next()) else {
        return Err("usage: cue_latency LANDMARKS.trc EXERCISE.toml".into());
    };
    let frames = MovementFile::Trc.read(Path::new(&landmarks))?;
    let exercise = Arc::new(Exercise::from_toml(&std::fs::read_to_string(exercise)?)?);
    let mut micros = Vec::with_capacity(ROUNDS * frames.len());
    let mut coach = Coach::new(exercise, SideChoice::Auto);
    let length_s = frames.last().map_or(0.0, |f| f.time_s) + 0.2;
    for round in 0..ROUNDS {
        for frame in &frames {
            let frame = PoseFrame { time_s: frame.time_s + round as f64 * length_s, ..*frame };
            let began = Instant::now();
            black_box(coach.step(black_box(&frame)));
            micros.push(began.elapsed().as_secs_f64() * 1e6);
        }
    }
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros.get((micros.len() as f64 * share) as usize).copied().unwrap_or(0.0);
    println!("frames={} median_us={:.2} p99_us={:.2}", micros.len(), at(0.5), at(0.99));
    Ok(())
}
