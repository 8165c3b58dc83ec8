//! What a record costs: bytes, share of a core while it is written, time until it can be replayed, and what the grid changes.
//!
//!     cargo run --release -p baro-record --example record_figures -- EXERCISE.toml LANDMARKS.jsonl
//!
//! Landmarks as `baro track VIDEO --out LANDMARKS.jsonl` writes them; they are repeated until the set is long enough.
#![allow(clippy::print_stdout, reason = "its table is what it is for")]

use baro_coach::{Coach, Exercise, SideChoice, plan::Dose, reference::Sensor};
use baro_motion::{Measure, Measures, PoseFrame, Side, Unit};
use baro_record::{Header, KeyRing, Keys, MovementFile, Recorder, Recording, snap};
use std::{error::Error, fs, hint::black_box, path::Path, sync::Arc, time::Instant};

const FPS: usize = 30;
/// The set that is measured: 10 minutes; and the one that is opened: 30.
const FRAMES: usize = 10 * 60 * FPS;
const LONG: usize = 30 * 60 * FPS;
/// What is promised: bytes, percent of a core, milliseconds.
const LIMITS: [f64; 3] = [2.5e6, 1.0, 200.0];
const OPENED: usize = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(exercise), Some(landmarks)) = (arguments.next(), arguments.next()) else {
        return Err("usage: record_figures EXERCISE.toml LANDMARKS.jsonl".into());
    };
    let toml = fs::read_to_string(exercise)?;
    let raw = MovementFile::Jsonl.read(Path::new(&landmarks))?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("10.baro");
    let busy_s = write(&path, &toml, &raw, FRAMES)?;
    let bytes = fs::metadata(&path)?.len() as f64;
    let percent = 100.0 * busy_s / (FRAMES / FPS) as f64;
    let long = folder.path().join("30.baro");
    write(&long, &toml, &raw, LONG)?;
    let [fastest_ms, median_ms, cpu_ms] = open(&long)?;
    println!("| {} frames of {landmarks} | measured | share of the limit |\n|---|---|---|", raw.len());
    let row =
        |what: &str, value: String, share: f64| println!("| {what} | {value} | {:.0} % |", 100.0 * share);
    let a_frame = bytes / FRAMES as f64;
    row("bytes of 10 minutes", format!("{:.2} MB, {a_frame:.0} a frame", bytes / 1e6), bytes / LIMITS[0]);
    row("CPU while writing at 30 fps", format!("{percent:.2} % of a core"), percent / LIMITS[1]);
    row("opening 30 minutes, fastest of 11", format!("{fastest_ms:.0} ms"), fastest_ms / LIMITS[2]);
    row("the same, median", format!("{median_ms:.0} ms"), median_ms / LIMITS[2]);
    row("the same, CPU of all cores", format!("{cpu_ms:.0} ms"), cpu_ms / LIMITS[2]);
    changed_angles(&raw);
    changed_score(&toml, &raw)
}

/// Writes a set of so many frames as the program does; seconds of CPU that it took.
fn write(path: &Path, toml: &str, raw: &[PoseFrame], frames: usize) -> Result<f64, Box<dyn Error>> {
    let all: Vec<PoseFrame> = (0..frames)
        .filter_map(|i| {
            let pose = raw.get(i % raw.len().max(1))?.pose;
            Some(snap(&PoseFrame { time_s: i as f64 / FPS as f64, pose }))
        })
        .collect();
    let keys = Keys::of_folder(path.parent().unwrap_or(Path::new(".")), &KeyRing::default())?;
    let mut recorder = Recorder::create(path, header(toml), keys)?;
    let before_s = cpu_s();
    for frame in &all {
        recorder.frame(frame)?;
    }
    recorder.finish(Coach::new(Arc::new(Exercise::from_toml(toml)?), SideChoice::Auto).finish())?;
    Ok(cpu_s() - before_s)
}

/// Processor time of this program, its syncing thread included, seconds.
fn cpu_s() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in brackets, user and system time are the 12th and 13th word, in hundredths.
    let words = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    words.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Time to read a record, milliseconds: the fastest, the median (with whatever else ran), and the CPU time of all cores.
fn open(path: &Path) -> Result<[f64; 3], Box<dyn Error>> {
    let (mut all, before_s) = (Vec::new(), cpu_s());
    for _ in 0..OPENED {
        let began = Instant::now();
        let recording = black_box(Recording::read(path)?);
        all.push(began.elapsed().as_secs_f64() * 1e3);
        assert_eq!(recording.frames().count(), LONG);
    }
    all.sort_by(f64::total_cmp);
    Ok([all[0], all[OPENED / 2], (cpu_s() - before_s) * 1e3 / OPENED as f64])
}

/// What the grid changes in each angle, over all frames.
fn changed_angles(raw: &[PoseFrame]) {
    println!("\n| angle | mean change, degrees | 99 % are below | largest |\n|---|---|---|---|");
    for measure in Measure::ALL.into_iter().filter(|measure| measure.unit() == Unit::Angle) {
        let mut changes: Vec<f32> = raw
            .iter()
            .filter_map(|frame| Some((frame.pose?, snap(frame).pose?)))
            .flat_map(|(raw, snapped)| {
                let [raw, snapped] = [raw, snapped].map(|pose| Measures::new(&pose.world));
                [Side::Left, Side::Right].map(|side| {
                    Some((raw.get(measure, side)?.value - snapped.get(measure, side)?.value).abs())
                })
            })
            .flatten()
            .map(f32::to_degrees)
            .filter(|change| *change < 180.0) // beyond it is the same angle, counted round
            .collect();
        changes.sort_by(f32::total_cmp);
        let Some(most) = changes.last() else { continue };
        let mean = changes.iter().sum::<f32>() / changes.len() as f32;
        println!("| {} | {mean:.3} | {:.2} | {most:.2} |", measure.name(), changes[changes.len() * 99 / 100]);
    }
}

/// The same set scored as it was tracked and on the grid.
fn changed_score(toml: &str, raw: &[PoseFrame]) -> Result<(), Box<dyn Error>> {
    let exercise = Arc::new(Exercise::from_toml(toml)?);
    let report = |snapped: bool| {
        let mut coach = Coach::new(exercise.clone(), SideChoice::Auto);
        for frame in raw {
            coach.step(&if snapped { snap(frame) } else { *frame });
        }
        coach.finish().clone()
    };
    let [raw, snapped] = [false, true].map(report);
    println!(
        "\ncomplete and partial repetitions: {} + {} as tracked, {} + {} on the grid",
        raw.count, raw.partial, snapped.count, snapped.partial
    );
    println!("score of the set: {:?} as tracked, {:?} on the grid", raw.score, snapped.score);
    Ok(())
}

fn header(toml: &str) -> Header {
    Header {
        program: "bench".into(),
        started_unix_ms: 0,
        source: "video".into(),
        exercise_toml: toml.into(),
        side: SideChoice::Auto,
        model: "full".into(),
        model_sha256: String::new(),
        dose: Dose::default(),
        sensor: Sensor::Camera,
        reference: None,
    }
}
