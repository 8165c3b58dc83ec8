//! A person with real records: what they trained, sealed and signed as the program writes it, and the device that sends it.

use anyhow::{Context as _, Result};
use baro_coach::{Coach, Exercise, SideChoice, plan::Dose, reference::Sensor};
use baro_home::{Home, PersonFolder};
use baro_motion::{LandmarkId, Pose, PoseFrame};
use baro_record::{Header, KeyRing, Keys, Recorder, Sending, snap};
use baro_store::{Device, StoreError};
use baro_sync::Key;
use baro_wire::RecordId;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

pub const FPS: usize = 30;
const SQUAT: &str = include_str!("../../../assets/exercises/squat.toml");
const ME: &str = "0123456789abcdef0123456789abcdef";

/// Their folder, new, with their word that the clinic keeps what they do.
pub fn person(home: &Path) -> Result<PersonFolder> {
    let folder = known(home)?;
    fs::create_dir_all(folder.records())?;
    let lines = ["clinic", "therapist", "therapist-movements"].map(|purpose| {
        format!("{{\"at\":\"2026-11-22T01:00:00Z\",\"day\":\"2026-11-22\",\"purpose\":\"{purpose}\",\"text\":1,\"given\":true}}\n")
    });
    fs::write(folder.consents(), lines.concat())?;
    Ok(folder)
}

/// The folder of a home that is there.
pub fn known(home: &Path) -> Result<PersonFolder> {
    let id = ME.parse().ok().context("no id of a person")?;
    Ok(Home::open(home)?.folder_of(&id))
}

/// Keeps its keys in a file.
pub fn ring() -> KeyRing {
    KeyRing::default()
}

/// A set of so many frames. It is written beside and moved in, as a whole.
pub fn record(folder: &PersonFolder, name: &str, frames: impl Iterator<Item = PoseFrame>) -> Result<PathBuf> {
    let (beside, path) = (folder.path().join(name), folder.records().join(name).with_extension("baro"));
    let keys = Keys::of_folder(&folder.records(), &ring())?;
    let mut recorder = Recorder::create(&beside, header(), keys)?;
    for frame in frames {
        recorder.frame(&snap(&frame))?;
    }
    recorder.finish(Coach::new(Arc::new(Exercise::from_toml(SQUAT)?), SideChoice::Auto).finish())?;
    fs::rename(beside, &path)?;
    Ok(path)
}

/// Landmarks repeated until there are so many.
pub fn repeated(raw: &[PoseFrame], frames: usize) -> impl Iterator<Item = PoseFrame> {
    (0..frames).map(|i| PoseFrame { time_s: i as f64 / FPS as f64, pose: raw[i % raw.len()].pose })
}

/// Somebody who only sways, with noise, where it does not matter who moves how.
pub fn swaying(frames: usize) -> impl Iterator<Item = PoseFrame> {
    let mut rng = fastrand::Rng::with_seed(frames as u64);
    (0..frames).map(move |i| {
        let mut pose = Pose { confidence: 0.9, ..Pose::default() };
        for (n, id) in LandmarkId::ALL.into_iter().enumerate() {
            let sway = (i as f32 / 20.0 + n as f32).sin() / 10.0 + rng.f32() / 500.0;
            pose.world[id].position = [sway, n as f32 / 20.0, sway / 2.0].into();
            pose.image[id].position = [0.5 + sway / 3.0, n as f32 / 40.0, 0.0].into();
            (pose.world[id].visibility, pose.world[id].presence) = (0.95, 0.99);
        }
        PoseFrame { time_s: i as f64 / FPS as f64, pose: Some(pose) }
    })
}

/// All records of a folder as they are sent.
pub fn records(folder: &PersonFolder) -> Result<Vec<Sending>> {
    let entries = fs::read_dir(folder.records())?.flatten().map(|entry| entry.path());
    let paths = entries.filter(|path| path.extension().is_some_and(|end| end == "baro"));
    Ok(paths.map(|path| Sending::of(&path)).collect::<Result<_, _>>()?)
}

/// What this device holds for acknowledged, of these chunks. Its program must be dead.
pub fn acknowledged(folder: &PersonFolder, records: &[Sending]) -> Result<Vec<(RecordId, u32)>> {
    let keys = Keys::of_folder(&folder.records(), &ring())?;
    let secret = keys.derived("clinic.db").context("the keys seal nothing")?;
    let device = match Device::open(&folder.clinic(), *secret) {
        Err(StoreError::Busy) => anyhow::bail!("its program still runs"),
        device => device?,
    };
    let (mut waiting, mut after) = (Vec::new(), 0);
    loop {
        let (rows, end) = device.page(after, 256)?;
        after = rows.last().map_or(after, |row| row.number);
        waiting.extend(rows.into_iter().map(|row| row.key));
        if end {
            break;
        }
    }
    let mut found = Vec::new();
    for sending in records {
        let record = RecordId(*sending.record.as_bytes());
        for chunk in &sending.chunks {
            let key = Key::Chunk(record, chunk.index);
            if device.has(key)? && !waiting.contains(&key) {
                found.push((record, chunk.index));
            }
        }
    }
    Ok(found)
}

fn header() -> Header {
    Header {
        program: "bench".into(),
        started_unix_ms: 1_764_000_000_000,
        source: "video".into(),
        exercise_toml: SQUAT.into(),
        side: SideChoice::Auto,
        model: "full".into(),
        model_sha256: String::new(),
        dose: Dose::default(),
        sensor: Sensor::Camera,
        reference: None,
    }
}
